# `greffier try`.

try-mistyped-whole = Je ne comprends pas. Vouliez-vous dire `{ $nearest }` ?
try-mistyped-near = Je ne comprends pas « { $got } ». Vouliez-vous dire `{ $nearest }` ?
try-mistyped-time = `{ $order }` attend une durée comme `30s`, `8h` ou `2d`, et non « { $got } ».
try-mistyped-nobody = Il n’y a personne du nom de « { $got } » ici, seulement { $people }. `help` montre ce que l’on peut taper.
try-greeting =
    Un Discord local, avec Greffier dedans. Rien ne sort de cette machine.
    olive (propriétaire du serveur et du bot), adam (administrateur), mia (modératrice), sam et lea (membres)
    sont dans #general ; #staff et #logs sont réservés à l’équipe. Par exemple :
try-greeting-end = `help` montre tout ce que l’on peut taper, `quit` termine.
try-help =
    mia: { $prefix }warn @sam 2 spam        écrire dans #general
    mia #staff: texte            écrire dans un autre salon
    sam dm: texte                écrire au bot en privé
    mia /warn member:@sam reason:spam       une commande slash
    sam clicks "Label"           presser un bouton
    sam picks "valeur" in "menu"            choisir dans un menu
    sam submits champ=valeur; autre=valeur  remplir le formulaire ouvert
    mia opens "Avertir" on @sam  une commande du menu contextuel ; aussi : on sam’s message
    sam posts notes.txt: texte   publier un fichier ; sans texte, le fichier de ce chemin
    mia replies to "mots": texte            répondre à un message ; aussi : sam’s message, that message
    sam edits "mots" to "texte", mia deletes sam’s message
    mia times out sam 10m spam, mia lifts sam’s timeout     modérer à la main ; aussi : kicks, bans, unbans
    olive gives sam Moderator, olive takes Moderator from sam
    olive creates #news, olive deletes #news                salons ; avec @, rôles
    sam leaves, sam joins        quitter le serveur, revenir
    lea founds Other, lea goes to Other     un autre serveur avec le bot ; chacun agit dans celui où il est allé
    crowd joins 50               comme dans un raid : guest1, guest2, … qui agissent comme les autres
    sam closes dms, sam opens dms           refuser les messages privés, les accepter
    wait 2s                      laisser passer du temps
    later 8h                     avancer l’horloge : ce qui était prévu se produit
    crash                        tuer le bot (SIGKILL) et le relancer
    restore                      arrêter le bot, copier la dernière archive sur ses données, le relancer
    # remarque                   ne rien faire
    quit                         terminer
try-crashed = Le bot est tué par SIGKILL ; on le relance.
try-stopping = On arrête le bot.
try-copying = cp { $archive }/* { $data }/
try-file = Le fichier est dans { $path }
try-missed =
    { $count ->
        [one] … et une autre chose, trop vite pour être montrée
       *[other] … et { $count } autres choses, trop vite pour être montrées
    }
try-ended = Le bot s’est arrêté de lui-même ({ $how }). `quit`, ou `crash` pour le relancer.
try-no-archive = Il n’y a pas encore d’archive. `later 24h` en fait faire une.
try-no-such-archive = Il n’y a pas d’archive « { $name } ».
try-not-started = Le bot s’est arrêté au lieu de démarrer ({ $how }).
try-not-ready = Le bot n’était pas prêt après { $seconds } s.

# Ce que dit le client de qui lit.
try-head = { $place } { $author } :{" "}
try-head-private = { $place } { $author } (seulement pour { $who }) :{" "}
try-place-dm = MP à { $who }
try-thinking = réfléchit…
try-edited = { $message } (modifié)
try-edited-lines = { $head }(modifié){ $changes }
try-deleted = { $place } un message de { $author } a été supprimé
try-form = un formulaire s’ouvre pour { $who } : { $title } { $fields }
try-offered = proposé à { $who } : { $choices }
try-timed-out = { $who } : exclusion temporaire jusqu’au { $until }{ $because }
try-timeout-over = { $who } : fin de l’exclusion temporaire
try-kicked = { $who } : expulsion{ $because }
try-banned = { $who } : bannissement{ $because }
try-unbanned = { $who } : bannissement levé
try-left = { $who } a quitté le serveur
try-joined = { $who } a rejoint le serveur
try-roles = les rôles de { $who } ont changé : { $changes }
try-renamed = { $who } s’appelle maintenant { $nick }
try-nickname-gone = { $who } n’a plus de pseudo
try-channel-made = { $name } a été créé
try-channel-gone = { $name } a été supprimé
try-channel-changed = { $name } a changé : { $changes }
try-change-set = { $setting } : { $value }
try-change-emptied = { $setting } : rien
try-change-on = { $setting } : oui
try-change-off = { $setting } : non
try-change-moved = dans { $category }
try-change-moved-out = dans aucune catégorie
try-change-may = { $whom } peut { $may }
try-change-may-not = { $whom } ne peut pas { $may_not }
try-change-may-but-not = { $whom } peut { $may } mais pas { $may_not }
try-change-as-elsewhere = { $whom } comme ailleurs
try-change-nothing-special = plus rien de particulier pour { $whom }
try-setting-name = nom
try-setting-topic = sujet
try-setting-nsfw = réservé aux adultes
try-setting-slowmode = secondes de mode lent
try-setting-archived = archivé
try-setting-locked = verrouillé
try-setting-auto-archive = minutes avant l’archivage
try-setting-invitable = invitations par tous
try-permission-see = voir
try-permission-write = écrire
try-permission-write-in-threads = écrire dans les fils
try-permission-read-history = lire l’historique
try-permission-react = réagir
try-permission-attach = joindre des fichiers
try-permission-embed = intégrer des liens
try-permission-open-threads = ouvrir des fils
try-permission-open-private-threads = ouvrir des fils privés
try-permission-manage-messages = gérer les messages
try-permission-manage-channel = gérer le salon
try-permission-other = user des permissions { $bits }
try-thread-entered = { $who } est maintenant dans { $name }
try-thread-left = { $who } n’est plus dans { $name }
try-role-made = le rôle { $name } a été créé
try-role-gone = le rôle { $name } a été supprimé
try-field = { $name } :
try-attachment = [fichier { $name }, { $bytes } octets]
try-control-off = (désactivé)
try-offer-choose = choisir
try-offer-member = un membre
try-offer-role = un rôle
try-offer-member-or-role = un membre ou un rôle
try-offer-channel = un salon
try-trouble-nobody = il n’y a personne du nom de { $name }
try-trouble-not-here = { $name } n’est pas sur le serveur
try-trouble-here-already = { $name } est déjà sur le serveur
try-trouble-banned = { $name } fait l’objet d’un bannissement
try-trouble-no-place = { $name } n’existe pas
try-trouble-no-place-near = { $name } n’existe pas ; vouliez-vous dire `{ $nearest }` ?
try-trouble-no-role = il n’y a pas de rôle { $name }
try-trouble-no-command = il n’y a pas de commande /{ $name }
try-trouble-no-command-near = il n’y a pas de commande /{ $name } ; vouliez-vous dire `/{ $nearest }` ?
try-trouble-no-control = { $who } ne voit rien à presser ou à choisir du nom de « { $label } »
try-trouble-off = « { $name } » est désactivé
try-trouble-link = « { $name } » est un lien ; rien n’est envoyé au bot
try-trouble-no-form = aucun formulaire n’est ouvert pour { $name }
try-trouble-no-field = le formulaire n’a pas de champ « { $name } »
try-trouble-bot-absent = le bot n’est pas connecté
try-trouble-not-answered = le bot n’a pas répondu en 3 secondes
try-trouble-still-thinking = le bot réfléchit encore
try-trouble-nothing-heard = le bot n’a rien écrit
try-trouble-discord = Discord refuse : { $words }
try-trouble-may-not = { $who } n’a pas le droit d’utiliser /{ $command } dans { $place }
try-trouble-archived = { $who } ne peut pas utiliser de commande dans un fil archivé
try-trouble-no-guild = il n’y a pas de serveur « { $name } »
try-trouble-no-message-by = il n’y a pas de message de { $who }
try-trouble-no-message-saying = il n’y a pas de message qui contienne « { $words } »
try-trouble-no-message-at-all = il n’y a pas encore de message
try-trouble-no-message = il n’y a pas de message { $id }
try-trouble-no-option = « { $typed } » n’est pas une option ; les options sont : { $options }
try-trouble-no-options = « { $typed } » n’est pas une option ; cette commande n’en a aucune
try-trouble-subcommand = la commande continue par l’un de ces mots : { $names }
try-trouble-option = option { $name } : { $flaw }
try-trouble-field = « { $label } » : { $flaw }
try-trouble-menu-takes = le menu attend de { $least } à { $most } valeurs
try-trouble-menu-takes-just =
    { $count ->
        [one] le menu attend une seule valeur
       *[other] le menu attend { $count } valeurs
    }
try-trouble-picked-twice = une valeur ne se choisit qu’une fois
try-trouble-not-in-menu = le menu ne propose pas « { $value } »
try-flaw-missing = elle est obligatoire
try-flaw-empty = il faut le remplir
try-flaw-not-completed = rien n’est proposé pendant la saisie
try-flaw-length = il faut de { $least } à { $most } caractères
try-flaw-not-whole = il faut un nombre entier
try-flaw-not-number = il faut un nombre
try-flaw-not-truth = il faut `true` ou `false`
try-flaw-not-choice = il faut l’un de ces choix : { $names }
try-flaw-outside = il faut de { $least } à { $most }
try-flaw-too-small = il faut au moins { $least }
try-flaw-too-large = il faut au plus { $most }
try-flaw-no-channel = aucun salon ne s’appelle { $name }
try-flaw-other-kind = #{ $name } n’est pas un salon de ce type
try-flaw-untypable = une option de type { $kind } ne se tape pas ici
try-no-file = il n’y a pas de fichier { $path }
try-unreadable-file = le fichier { $path } ne peut pas être lu : { $why }
try-empty-archive = L’archive { $name } est vide.
try-bot-gone = Le bot ne tourne pas. `crash` le relance.
try-how-code = code de sortie { $code }
try-how-signal = signal { $signal }
try-how-unknown = on ne sait pas comment
