# Les dossiers : leurs noms, leur présentation, les expulsions et les bannissements.
help-category-moderation = Modération

cmd-kick = Expulser un membre du serveur
    .usage = @membre [motif]
    .example =
        member:@sam
        member:@sam reason:publicité
    .member = Qui expulser
    .reason = Pourquoi
cmd-ban = Bannir quelqu’un, pour un temps ou pour toujours, présent ou non
    .usage = @membre [7j] [suppr:1j] [motif]
    .example =
        member:@sam reason:publicité
        member:@sam duration:7j reason:insultes
        member:@sam reason:raid delete_days:1
    .typed =
        @sam publicité
        @sam 7j insultes
        @sam suppr:1j raid
    .member = Qui bannir ; l’identifiant de quelqu’un d’absent convient aussi
    .duration = Pour combien de temps, par exemple 7j ou 2 semaines ; sinon pour toujours
    .reason = Pourquoi
    .delete-days = Effacer aussi ses messages de combien de jours, 0 par défaut
cmd-unban = Mettre fin à un bannissement
    .usage = identifiant [motif]
    .example = member:@sam reason:appel accepté
    .member = De qui
    .reason = Pourquoi
cmd-case = Tout sur un dossier
    .usage = numéro
    .example = case:1
    .case = Le numéro du dossier
cmd-cases = Les dossiers du serveur ou d’un membre
    .usage = [@membre] [page]
    .example =
        member:@sam
        page:2
    .member = De qui ; sinon ceux de tout le serveur
    .page = Quelle page de la liste
cmd-cases-of = Les dossiers de ce membre
    .menu = Dossiers
    .usage = membre
    .user = De qui
cmd-reason = Changer le motif d’un dossier
    .usage = numéro motif
    .example = case:1 reason:insultes dans #general
    .case = Le numéro du dossier
    .reason = Le nouveau motif
cmd-note = Noter ce que la modération doit savoir ; le membre n’en est pas averti
    .usage = @membre texte
    .example = member:@sam text:a demandé deux fois les règles
    .member = À propos de qui
    .text = Ce qu’il faut retenir
cmd-modstats = Combien de dossiers chacun a ouverts
    .usage = [@modérateur] [30j]
    .example =
        moderator:@mia
        period:30j
    .moderator = De qui ; sinon de tout le monde
    .period = Sur combien de temps, par exemple 30j ; sinon depuis toujours

case-kind-warning = avertissement
case-kind-mute = mise en sourdine
case-kind-unmute = fin de sourdine
case-kind-kick = expulsion
case-kind-ban = bannissement
case-kind-unban = fin de bannissement
case-kind-note = note
case-title = Dossier n° { $number } · { $kind }
case-batch-title = Lot n° { $number } · { $kind } × { $count }
case-batch = lot n° { $number }
case-batch-standing = { $standing } sur { $count } tiennent encore
case-field-member = Membre
case-field-members = Membres
case-field-cases = Dossiers
case-field-moderator = Modération
case-field-reason = Motif
case-field-batch = Avec
case-field-state = État
case-field-until = Jusqu’au
case-field-evidence = Message
case-no-reason = sans motif
case-evidence = { $author } : { $words }
    { $link }
case-evidence-files = { $author } : { $words }
    { $link } · { $count ->
    [1] 1 pièce jointe
   *[other] { $count } pièces jointes
}
case-state-lifted = terminé par { $by }, le { $at }
case-state-expired = terminé depuis le { $at }
case-state-withdrawn = retiré par { $by }, le { $at }
case-state-replaced = remplacé par un dossier plus récent
case-state-refused = refusé par Discord : rien n’a été fait
case-state-until = jusqu’au { $until }
case-state-for-good = sans limite de temps
case-notice-mute = Vous avez été mis en sourdine sur { $guild } (dossier n° { $number })
case-notice-unmute = Vous pouvez à nouveau parler sur { $guild } (dossier n° { $number })
case-notice-kick = Vous avez été expulsé de { $guild } (dossier n° { $number })
case-notice-ban = Vous avez été banni de { $guild } (dossier n° { $number })
case-notice-unban = Votre bannissement de { $guild } a pris fin (dossier n° { $number })
case-notice-other = { $guild }, dossier n° { $number }

cases-kicked = Dossier n° { $number } : { $member } est expulsé.
cases-banned = Dossier n° { $number } : { $member } est banni.
cases-banned-for = Dossier n° { $number } : { $member } est banni pour { $length }, jusqu’au { $until }.
cases-unbanned = Dossier n° { $number } : le bannissement de { $member } prend fin.
cases-noted = Dossier n° { $number } : noté à propos de { $member }.
cases-reworded = Le dossier n° { $number } a un nouveau motif : { $reason }
cases-list = { $count ->
    [0] Aucun dossier
    [1] 1 dossier
   *[other] { $count } dossiers
}
cases-count = { $count ->
    [1] 1 dossier
   *[other] { $count } dossiers
}
cases-line = { $member } — { $reason }
    par { $moderator }, le { $at }
cases-line-state = { $line } · { $state }
cases-statistics = Dossiers par modérateur
cases-statistics-since = Dossiers par modérateur depuis le <t:{ $since }:D>
cases-statistics-none = Aucun dossier
cases-statistics-line = { $moderator } : { $line }
cases-statistics-and = { $line } · { $kind } { $count }

refused-moderate-yourself = Vous ne pouvez pas faire cela à vous-même.
refused-moderate-bot = C’est un bot : les réglages de Discord s’occupent des bots.
refused-out-of-reach = { $member } est à mon niveau ou au-dessus : il faut d’abord monter mon rôle.
refused-no-such-case = Il n’y a pas de dossier n° { $number } sur ce serveur.
refused-length = Je ne comprends pas la durée « { $words } ». Elle s’écrit par exemple 90m, 1j12h ou 2 semaines.
refused-no-length = Une durée nulle n’en est pas une : au moins une seconde.
refused-deleted-days = Discord efface les messages de 0 à { $most } jours.
refused-not-banned = { $member } n’est pas banni ici.
refused-form-too-late = Ce formulaire a attendu trop longtemps : ouvrez-le à nouveau.

cases-counted-cases = { $count ->
    [0] aucun dossier
    [1] 1 dossier
   *[other] { $count } dossiers
}
