# Ce que le coffre dit : démarrage, restauration, récupération, nettoyage, vérification.

# Pourquoi Greffier ne démarre pas.
vault-start-locked = Le dossier { $folder } est déjà utilisé par le processus { $pid }.
vault-start-misplaced = Une restauration se trouve dans { $found } au lieu de { $folder }. Pour la mettre à sa place : { $command }
vault-start-partial-copy = L’archive du { $archive } dans { $folder } n’est pas complète ({ $files }). Rien n’a été touché. Copiez-la de nouveau, ou supprimez { $marker } pour renoncer à la restauration.
vault-start-broken-marker = La demande de restauration { $marker } est illisible : { $why }. Rien n’a été touché.
vault-start-unreadable = { $path } ne peut pas être lu. Rien n’a été touché. Pour y remédier : { $command }
vault-start-unwritable = Impossible d’écrire dans { $folder } : { $why }. Indiquez un autre dossier dans la configuration, ou rendez celui-ci accessible à l’utilisateur qui lance Greffier.
vault-start-restore-waits = Une autre archive attend dans le dossier de données ({ $marker }). Démarrez le bot pour la restaurer, ou supprimez ce fichier pour y renoncer.
vault-start-too-new = L’archive du { $archive } vient d’un Greffier plus récent ({ $why }). Rien n’a été touché.
vault-start-nothing-but-archives = { $folder } est vide, mais { $backups } contient des archives. Pour restaurer la plus récente : { $command } — pour commencer à vide : --new
vault-start-nothing-whole = La base est perdue, et aucune sauvegarde ni archive n’est intacte : { $damaged }. Rien n’a été touché.
vault-start-no-way-back = La base doit être migrée, mais ne peut pas être archivée auparavant : { $why }. Démarrez une fois l’ancienne version pour qu’elle fasse une sauvegarde.
vault-start-old-sqlite = Le SQLite de ce programme est trop ancien ({ $found }) : il peut perdre des données.
vault-start-foreign = { $path } n’est pas une base de Greffier. Rien n’a été touché. Déplacez ce fichier ailleurs, ou indiquez un autre dossier de données dans la configuration.
vault-start-newer = { $path } a été écrite par un Greffier plus récent : { $part } a le schéma { $found }, celui-ci connaît { $known }. Rien n’a été touché. Relancez le programme plus récent, ou restaurez dans un dossier de données vide l’archive qu’il a faite avant sa mise à jour.
vault-start-failed = Erreur interne : { $error }
vault-no-space = Le disque est presque plein : { $free } Mo libres, il en faut { $needed }.

# Ce que le système refuse, dans les phrases ci-dessus.
vault-system-denied = l’accès est refusé
vault-system-read-only = ce disque est en lecture seule
vault-system-no-folder = il y a là un fichier à la place d’un dossier
vault-system-not-there = il n’y a rien à cet endroit, et rien ne peut y être créé
vault-system-other = le système répond « { $error } »

# Ce qui ne va pas dans un fichier d’archive.
vault-flaw-missing = { $file } manque
vault-flaw-cut = { $file } est tronqué
vault-flaw-changed = { $file } a été modifié
vault-flaw-extra = { $file } n’a rien à faire là
vault-flaw-unreadable = { $file } est illisible
vault-flaw-unproved = elle ne se laisse pas restaurer : { $why }

# Ce qui avance, devant sa barre.
vault-progress-save = Sauvegarde
vault-progress-archive = Archivage
vault-progress-verification = Vérification
vault-progress-restore = Restauration
vault-progress-recovery = Reconstruction de la base

# Pourquoi le nettoyage attend.
vault-prune-empty-retention = Une durée de conservation de zéro jour supprimerait tout : elle est refusée.
vault-prune-no-archive-tonight = Il n’y a pas d’archive de moins d’un jour : rien n’est supprimé avant qu’il y en ait une.
vault-prune-clock-jumped = L’horloge et l’ordre des archives se contredisent : rien n’est supprimé.
vault-prune-long-pause = Les archives les plus récentes sont éloignées de plus de trois jours : rien n’est supprimé pour l’instant.

# greffier check
vault-check-running = Le processus { $pid } travaille sur ces données.
vault-check-folder = { $folder } : accessible en écriture, { $free } Mo libres.
vault-check-restore-waiting = L’archive du { $archive } sera restaurée au prochain démarrage.
vault-check-recoverable = La base manque : le prochain démarrage la reconstruira.
vault-check-only-archives = Il n’y a ni base ni sauvegarde, seulement des archives.
vault-check-new = Il n’y a encore aucune donnée.
vault-check-migration = La base est plus ancienne que ce programme : elle sera archivée, puis migrée, au prochain démarrage.
vault-check-damaged = La base est endommagée : { $problem }. Le prochain démarrage la met de côté et la reconstruit.
vault-check-database = La base est saine (changement n° { $seq }).
vault-check-copied = { $path } est un fichier de l’archive { $archive }, copié sans metadata.json : ce n’était pas une restauration. Pour restaurer, copiez tout ce que contient backups/{ $archive } dans le dossier des données, puis redémarrez.
vault-check-register = Le programme n’a plus { $register } : aucune sauvegarde n’a ses données. L’archive { $archive } les a et n’est jamais supprimée. Remettez { $register } dans le programme.
vault-check-edited = { $path } a été modifié à la main et mis de côté.
vault-check-save-differs = { $path } n’est plus tel que la dernière sauvegarde l’a laissé.
vault-check-segment = { $path } : segment de journal illisible.
vault-check-archive-damaged = L’archive { $archive } est inutilisable : { $why }
vault-check-archives = { $count ->
    [0] Aucune archive intacte.
    [1] 1 archive intacte.
   *[other] { $count } archives intactes.
}

# Journal d’exploitation.
log-mirror-failed = La copie du journal ne peut plus être écrite : { $error }. Rien n’est perdu, elle sera rattrapée.
log-mirror-mended = La copie du journal est de nouveau complète (changement n° { $seq })
log-save-copied = { $file } a été copié de l’archive { $archive } sans metadata.json : ce n’était pas une restauration, il est mis de côté sous { $aside }. Pour restaurer, arrêtez le bot, lancez { $command } et démarrez-le
log-register-missing = Le programme n’a plus { $register } : aucune sauvegarde n’a ses données. L’archive { $archive } les a et n’est jamais supprimée. Remettez { $register } dans le programme
log-save-edited = { $file } a été modifié à la main : mis de côté sous { $aside }
log-save-finished = Une sauvegarde interrompue a été terminée
log-restore-waiting = Une archive attend dans le dossier des données : redémarrez pour la restaurer
log-restored = ✅ Archive du { $archive } restaurée : { $rows ->
    [1] 1 enregistrement
   *[other] { $rows } enregistrements
} ; l’état d’avant est dans { $safety }
log-recovered = ♻️ Base reconstruite depuis { $source } : { $replayed ->
    [0] aucun changement rejoué
    [1] 1 changement rejoué
   *[other] { $replayed } changements rejoués
}, jusqu’au n° { $seq }
log-damaged-kept = Les fichiers endommagés sont gardés dans { $aside }
log-changes-lost = Des changements manquent : { $gaps }
log-history-incomplete = Les données sont complètes, mais le registre n’a plus les changements { $gaps }
log-archived-before-migration = La base a été archivée avant sa migration : { $archive }
log-archive-made = ✅ Archive { $archive } créée
log-saved-file-not-copied = { $file } dans le dossier des données n’est plus tel que la dernière sauvegarde l’a écrit, ou n’a pas pu être copié : { $error }. L’archive le reprend de la base
log-archive-proved = ✅ Archive { $archive } vérifiée par restauration : { $rows ->
    [1] 1 enregistrement
   *[other] { $rows } enregistrements
}
log-archive-damaged = L’archive { $archive } ne peut pas être restaurée : { $error }
log-journal-trimmed = Le registre a été raccourci jusqu’à la plus ancienne archive : { $rows ->
    [1] 1 changement n’y est plus
   *[other] { $rows } changements n’y sont plus
}
log-person-erased = Une personne a été effacée jusqu’au changement n° { $seq } : { $rows } changements écrasés
log-erasure-unfinished = L’effacement d’une personne n’a pas pu être terminé, le prochain démarrage le reprend : { $error }
log-log-not-emptied = Le journal de la base n’a pas pu être vidé pendant qu’on le lisait ; le prochain arrêt le vide
log-prune-waits = Aucune archive n’est supprimée : { $why ->
    [empty_retention] la durée de conservation est de zéro jour
    [no_archive_tonight] il n’y en a pas de moins d’un jour
    [clock_jumped] l’horloge et l’ordre des archives se contredisent
   *[long_pause] les plus récentes sont éloignées de plus de trois jours
}
log-database-suspect = La base semble endommagée : redémarrez Greffier, il la reconstruira
log-note-failed = Une note n’a pas pu être écrite : { $error }
log-task-failed = La tâche { $task } a échoué : { $error }
log-ping-sent = L’adresse alerts.ping_url sait que l’archive est prouvée
log-ping-failed = L’adresse alerts.ping_url n’a pas pu apprendre que l’archive est prouvée (l’archive, elle, est en sûreté) : { $error }
log-task-record-failed = Le compte rendu de la tâche { $task } n’a pas pu être gardé : { $error }
log-ticks-not-stopped = Les tops de l’horloge ne se sont pas arrêtés : { $error }
