# La ligne de commande.

cli-about = Un bot Discord que l’on héberge soi-même et qui ne perd jamais ses registres
cli-usage = Usage :
cli-options = Options
cli-commands = Commandes
cli-command = COMMANDE
cli-help = Montre cette aide
cli-version = Montre la version
cli-opt-config = Le fichier de configuration, à la place de ./config.toml
cli-opt-lang = La langue de ce qui s’affiche, à la place de celle du terminal
cli-json = Répond en JSON, pour un script

cli-do-run = Fait tourner le bot sur Discord
cli-do-run-new = Commence à vide bien qu’il y ait des archives
cli-do-try = Ouvre un Discord local avec le bot dedans : on essaie tout, sans jeton
cli-do-try-script = Joue les lignes de ce fichier, puis s’arrête
cli-do-try-data = Garde les registres dans ce dossier, au lieu d’un dossier temporaire
cli-do-try-backups = Garde les archives dans ce dossier, au lieu d’un dossier temporaire
cli-do-invite = Donne le lien qui ajoute le bot à un serveur
cli-do-sandbox = Ouvre le Discord local seul, pour toute bibliothèque Discord
cli-do-sandbox-listen = L’adresse où il écoute ; le port 0 en choisit un libre
cli-do-sandbox-record = Note chaque échange dans ce fichier, une ligne JSON chacun
cli-do-save = Sauvegarde maintenant tout dans le dossier de données
cli-do-archive = Fait maintenant une archive complète
cli-do-archives = Montre les archives
cli-do-verify = Relire chaque octet d’une archive et dire ce qui ne va pas
cli-do-verify-name = L’archive ; sans nom, la plus récente
cli-do-verify-all = Toutes les archives
cli-do-verify-prove = Les restaurer aussi dans une base d’essai et comparer
cli-do-diff = Dire ce qui changerait si une archive prenait la place d’un autre état
cli-do-diff-name = L’archive qui prendrait la place
cli-do-diff-other = Ce qu’elle remplacerait : une autre archive, ou `now` pour l’état présent
cli-do-restore = Ramener une archive, ou les données d’un instant ; le bot doit être arrêté
cli-do-restore-name = L’archive
cli-do-restore-at = L’instant, à la seconde près : `2026-11-20 14:32`, ou `2h` pour il y a deux heures
cli-do-restore-dry-run = Dire seulement ce qui changerait
cli-do-prune = Supprime maintenant les anciennes archives
cli-do-prune-dry-run = Dit seulement ce qui serait supprimé, et pourquoi
cli-do-check = Dit ce qui ne va pas dans la configuration et les données
cli-do-check-online = Demande aussi à Discord : le jeton, les intentions
cli-do-journal = Montre les changements, du plus ancien au plus récent
cli-do-journal-since = Depuis quand : `2h`, `3d`, `2026-11-20` ou `2026-11-20 14:30`
cli-do-journal-member = Seulement ce qu’a fait ce membre ou ce qui le concerne (identifiant Discord)
cli-do-journal-limit = Au plus tant de changements, les plus récents

cli-wrong-no-command = Que faire ? `greffier --help` montre les commandes.
cli-wrong-command = La commande `{ $got }` n’existe pas.
cli-wrong-option = L’option `{ $got }` n’existe pas ici.
cli-wrong-missing = Il manque { $got }.
cli-wrong-value = `{ $got }` ne convient pas pour { $option }.
cli-wrong-other = { $why }
cli-wrong-nearest = Vouliez-vous dire `{ $nearest }` ?

cli-failed = échec : { $why }
cli-saved = Sauvegarde terminée en { $time } : { $cogs ->
    [1] 1 cog
   *[other] { $cogs } cogs
}, { $files ->
    [0] rien n’avait changé
    [1] 1 fichier écrit ({ $size })
   *[other] { $files } fichiers écrits ({ $size })
}
cli-archived = Archive { $name } terminée en { $time } : { $files ->
    [1] 1 fichier
   *[other] { $files } fichiers
}, { $size }
cli-saving = Sauvegarde en cours
cli-archiving = Archivage en cours
cli-working = Travail en cours
cli-wrong-since = `{ $got }` n’est pas un moment ; par exemple `2h`, `3d`, `2026-11-20` ou `2026-11-20 14:30`.
cli-no-archives = Il n’y a aucune archive.
cli-archive-line = { $name }  { $files ->
    [1] 1 fichier
   *[other] { $files } fichiers
}, { $size }, position { $seq }
cli-archive-line-faulty = { $facts }  DÉFECTUEUSE : { $fault }
cli-archive-marks = { "  " }écrite : { $written } · vérifiée : { $verified } · prouvée par restauration : { $proved }
cli-archive-mark = { $at } (en { $time })
cli-archive-never = jamais
cli-verified = { $name } : chaque octet est tel qu’il a été écrit { $facts }
cli-verified-proved = { $name } : chaque octet est tel qu’il a été écrit { $facts }, et restaurée à l’essai : { $rows ->
    [0] aucun enregistrement
    [1] 1 enregistrement
   *[other] { $rows } enregistrements
}, à l’identique (en { $time })
cli-verified-facts = ({ $size } en { $time })
cli-verified-damaged = { $name } : ENDOMMAGÉE { $facts }
cli-verified-flaw = { "  " }{ $flaw }
cli-verified-unnoted = { "  " }cela n’a pas pu être noté à côté de l’archive : { $why }
archive-unknown = Il n’y a pas d’archive { $name } ; `greffier archives` les liste.
cli-diff = Si { $to } prenait la place de { $from } :
cli-diff-none = { $to } et { $from } contiennent la même chose.
cli-state-now = l’état présent
cli-state-archive = l’archive { $name }
cli-state-at = l’état du { $at }
cli-restored = Restauration faite : l’archive du { $archive } ({ $rows ->
    [0] aucun enregistrement
    [1] 1 enregistrement
   *[other] { $rows } enregistrements
}){ $replayed ->
    [0] .
    [1] {" "}et 1 changement ultérieur.
   *[other] {" "}et { $replayed } changements ultérieurs.
}
cli-restored-erased = { $count ->
    [1] 1 personne a été effacée depuis, et le reste.
   *[other] { $count } personnes ont été effacées depuis, et le restent.
}
cli-restored-safety = L’état d’avant est dans { $name }.
cli-restored-nothing-before = Il n’y avait rien avant.
archive-damaged = L’archive { $name } est inutilisable : { $why }. Rien n’a été touché.
difference-rows = { $count ->
    [1] 1 ligne
   *[other] { $count } lignes
} dans { $table }
difference-added = + { $what }
difference-removed = − { $what }
difference-changed = { $what }, avec un autre contenu
difference-amount = { $owner } : { $before } → { $after }
difference-more = … et { $count } de plus
restore-in-the-future = { $at } est dans l’avenir.
restore-out-of-reach = { $at } est hors d’atteinte : les archives remontent au { $oldest }, et entre elles le registre doit être complet. Rien n’a été touché.
restore-without-archive = { $at } est hors d’atteinte : il n’y a pas d’archive de cette base. Rien n’a été touché.
restore-without-journal = Il n’y a pas de base ici, donc pas de registre : seules des archives entières se restaurent.
cli-prune-kept = gardée     { $name } : { $why }
cli-prune-would-go = partirait  { $name } : { $why }
cli-prune-gone = supprimée  { $name } : { $why }
cli-no-changes = Aucun changement.
cli-journal-line = { $seq }  { $at }  { $register }  serveur { $guild }  par { $actor }  { $change }
cli-journal-bot = le bot

cli-archive-unusable = { $why }
prune-kept-recent = elle est encore récente
prune-kept-last = elle est parmi les dernières bonnes
prune-kept-only = c’est la plus récente qui ait des données que ce programme ne lit plus
prune-kept-unreadable = elle est illisible : à vous de voir
prune-too-old = elle a plus de { $days ->
    [1] 1 jour
   *[other] { $days } jours
}

check-good = OK         { $what }
check-warning = ATTENTION  { $what }
check-problem = PROBLÈME   { $what }
check-config = configuration lue : { $file }
check-config-none = aucun fichier, les valeurs par défaut
check-token = un jeton de bot est donné
check-token-exposed = d’autres utilisateurs de cette machine peuvent lire le jeton ; pour y remédier : `{ $command }`
check-application = Discord connaît ce jeton : c’est « { $name } »
check-token-refused = Discord refuse ce jeton ; copiez-le de nouveau depuis le portail des développeurs (« Reset Token »)
check-address-wrong = `discord.api_url` n’est pas une adresse : { $address }
check-unreachable = Discord ne répond pas : { $why }
check-intent = { $intent } : activé
check-intent-off = { $intent } : désactivé ; activez-le sur { $page }
check-one-disk = données et archives sont sur le même disque : s’il meurt, les deux sont perdues

control-not-understood = le bot qui tourne n’a pas compris la demande ({ $why }) ; est-il d’une autre version ?
control-denied = un bot tourne sur { $folder }, mais cet utilisateur ne peut rien lui demander ; lancez la commande sous l’utilisateur de ce bot
cli-sandbox-not-here = Le Discord local n’écoute que sur cette machine même, pas sur { $address } : qui l’atteint peut y parler au nom de n’importe qui.
control-failed = cela n’a pas abouti : { $why }
control-clock-fixed = l’horloge d’un bot qui tourne pour de bon ne s’avance pas
