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
    mia opens "Warn" on @sam     une commande du menu contextuel ; aussi : on sam’s message
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
try-missed = … et { $count } autres choses, trop vite pour être montrées
try-ended = Le bot s’est arrêté de lui-même ({ $how }). `quit`, ou `crash` pour le relancer.
try-in = dans { $count } { $unit ->
    [d] { $count ->
        [1] jour
       *[other] jours
    }
   *[other] { $unit }
}
try-ago = il y a { $count } { $unit ->
    [d] { $count ->
        [1] jour
       *[other] jours
    }
   *[other] { $unit }
}
try-no-archive = Il n’y a pas encore d’archive. `later 24h` en fait faire une.
try-no-such-archive = Il n’y a pas d’archive « { $name } ».
try-not-started = Le bot s’est arrêté au lieu de démarrer ({ $how }).
try-not-ready = Le bot n’était pas prêt après { $seconds } s.
