# Les menus où les membres choisissent leurs propres rôles.
cmd-rolemenu = Les menus où les membres choisissent leurs rôles
cmd-rolemenu-create = Commencer un menu ; personne ne le voit avant sa publication
    .usage = titre
    .example = title:Couleurs
    .title = Son titre
cmd-rolemenu-add = Proposer un rôle dans un menu
    .usage = menu @rôle [libellé]
    .example =
        menu:1 role:@Red
        menu:1 role:@Blue label:Le bleu
    .menu = Le numéro du menu
    .role = Le rôle à proposer
    .label = Ce qui est écrit sur son bouton ; sinon le nom du rôle
cmd-rolemenu-drop = Ne plus proposer un rôle dans un menu ; qui l’a le garde
    .usage = menu @rôle
    .example = menu:1 role:@Blue
    .menu = Le numéro du menu
    .role = Le rôle
cmd-rolemenu-lend = Ne donner un rôle d’un menu que pour un temps
    .usage = menu @rôle durée
    .example = menu:1 role:@Red duration:7j
    .menu = Le numéro du menu
    .role = Le rôle
    .duration = Pour combien de temps, par exemple 7j ; « toujours » pour de bon
cmd-rolemenu-set = Changer un menu : titre, texte, forme, choix, rôles requis ou exclus
    .usage = menu propriété valeur
    .example =
        menu:1 property:titre value:Votre couleur
        menu:1 property:choix value:un
    .menu = Le numéro du menu
    .property = Ce qui change
    .value = Sa nouvelle valeur
cmd-rolemenu-post = Publier un menu dans un salon, ou l’y déplacer
    .usage = menu [#salon]
    .example =
        menu:1
        menu:1 channel:#general
    .menu = Le numéro du menu
    .channel = Où ; sinon ici
cmd-rolemenu-show = Un menu, et ce qui empêche de donner ses rôles
    .usage = menu
    .example = menu:1
    .menu = Le numéro du menu
cmd-rolemenu-list = Tous les menus
    .usage = [page]
    .example = page:2
    .page = Quelle page
cmd-rolemenu-close = Fermer un menu pour de bon ; qui a ses rôles les garde
    .usage = menu
    .example = menu:1
    .menu = Le numéro du menu

help-category-selfroles = Rôles au choix

selfroles-created = Le menu { $number } est commencé. Ensuite : `{ $prefix }rolemenu add { $number } @rôle` pour chaque rôle, puis `{ $prefix }rolemenu post { $number }`.
selfroles-added = Le menu { $number } propose { $role }.
selfroles-dropped = Le menu { $number } ne propose plus { $role }. Qui l’a le garde.
selfroles-lent = Le menu { $number } donne { $role } pour { $duration }.
selfroles-lent-always = Le menu { $number } donne { $role } pour de bon.
selfroles-edited = Le menu { $number } est changé.
selfroles-posted = Le menu { $number } part dans { $channel }.
selfroles-close-question = Fermer pour de bon le menu { $number }, « { $title } » ? Son message ne fonctionnera plus ; qui a ses rôles les garde.
selfroles-close-button = Le fermer
selfroles-closed = Le menu { $number } est fermé.
selfroles-stays = Le menu { $number } reste.

selfroles-form-words = quelques mots
selfroles-form-style = `boutons` ou `liste`
selfroles-form-choice = `un`, `libre`, un nombre au plus, ou de-à comme `1-3`
selfroles-form-roles = un ou plusieurs rôles, mentionnés, ou `aucun`
selfroles-form-loan = une durée comme `7j`, ou `toujours`

selfroles-list = { $count ->
    [0] Aucun menu de rôles
    [one] Un menu de rôles
   *[other] { $count } menus de rôles
}
selfroles-list-none = Le premier : `{ $prefix }rolemenu create titre`.
selfroles-line-name = Menu { $number } · { $title }
selfroles-line = { $count ->
    [0] aucun rôle encore
    [one] un rôle
   *[other] { $count } rôles
} · { $place }
selfroles-place = dans { $channel } : { $link }
selfroles-place-none = pas publié
selfroles-place-vanished = ⚠️ son message a disparu depuis { $since } : publiez-le de nouveau
selfroles-offer = { $role } — { $label }
selfroles-for = pour { $duration }
selfroles-loan = { $role } : { $duration }
selfroles-lines =
    { $before }
    { $line }

selfroles-field-how = Comment ça marche
selfroles-field-place = Où
selfroles-field-required = Seulement avec l’un de ces rôles
selfroles-field-forbidden = Sans aucun de ces rôles
selfroles-field-loans = Pour un temps seulement
selfroles-how-buttons = Appuyez pour recevoir un rôle, de nouveau pour le rendre. { $count }
selfroles-how-select = Choisissez tous les rôles que vous voulez. { $count }
selfroles-any = Autant que vous voulez.
selfroles-one = Un seul à la fois.
selfroles-at-most = { $most } au plus.
selfroles-at-least = { $least } au moins.
selfroles-between = De { $least } à { $most }.
selfroles-moved = Ce menu se trouve maintenant dans { $channel }.
selfroles-closed-here = Ce menu est fermé.
selfroles-not-posted = Le menu de rôles { $number } n’a pas pu être publié
selfroles-not-posted-why = Je ne peux pas écrire dans { $channel }, ou ce salon n’existe plus. Donnez-m’y « Voir le salon », « Envoyer des messages » et « Intégrer des liens », puis publiez-le de nouveau.

selfroles-given = ✅ Vous recevez { $roles }.
selfroles-given-until = ✅ Vous recevez { $roles } jusqu’au { $until }.
selfroles-taken = ➖ Vous rendez { $roles }.
selfroles-kept = { $roles } reste : vous l’avez aussi par une autre voie que ce menu.
selfroles-as-before = Rien ne change : c’est exactement ce que vous avez.

refused-no-menu = Il n’y a pas de menu de rôles { $number } sur ce serveur.
refused-menu-gone = Ce menu est fermé : il ne donne plus de rôles.
refused-menu-changed = Ce menu vient d’être changé : regardez-le encore et choisissez de nouveau.
refused-menu-not-offered = Ce menu ne propose pas { $role }.
refused-menu-least = Il vous faut au moins { $least } des rôles de ce menu.
refused-menu-most = Vous pouvez avoir au plus { $most } des rôles de ce menu : rendez-en un d’abord.
refused-menu-required = Ce menu est pour qui a l’un de ces rôles : { $roles }.
refused-menu-forbidden = Ce menu n’est pas pour qui a { $roles }.
refused-menus-too-many = Il y a déjà { $most } menus : fermez-en un d’abord.
refused-menu-full = Un menu contient { $most } rôles au plus (limite de Discord).
refused-menu-choice = Ce choix ne convient pas : de 1 à { $most } au plus, et au moins pas plus que le menu n’en propose.
refused-menu-loan = Un rôle se prête pour une minute au moins.
refused-menu-empty = Le menu { $number } ne propose encore aucun rôle.
refused-menu-length = Ces mots ne conviennent pas : de 1 à { $most } caractères.
refused-menu-value = Cette valeur ne convient pas. Attendu : { $form }.
