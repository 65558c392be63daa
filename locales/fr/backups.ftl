# Les sauvegardes, vues de Discord.
cmd-backup-status = L’état des sauvegardes et des archives
cmd-force-backup = Faire une archive complète tout de suite (propriétaire du bot)
cmd-persistent-status = Ce que Greffier garde de ce serveur

backups-title-well = Sauvegardes : tout va bien
backups-title-trouble = Sauvegardes : il faut agir
backups-well = Tout va bien : dernière sauvegarde { $save }, { $count ->
    [1] 1 archive
   *[other] { $count } archives
}, la dernière preuve par restauration d’essai { $proof }.
backups-well-unproven = Tout va bien : dernière sauvegarde { $save }, { $count ->
    [1] 1 archive
   *[other] { $count } archives
}. La restauration d’essai se fait avec la prochaine archive de nuit.
backups-well-new = Tout va bien : dernière sauvegarde { $save }. La première archive se fera cette nuit.
backups-trouble-task = La tâche « { $task } » a échoué ({ $since }). Rien de ce qui est confirmé n’est perdu. Au propriétaire du bot : lisez la cause ci-dessous ou dans le journal, corrigez-la, puis lancez force_backup.
backups-trouble-no-save = Il n’y a encore aucune sauvegarde. Au propriétaire du bot : lancez force_backup et vérifiez le journal.
backups-trouble-save-overdue = La dernière sauvegarde est trop ancienne ({ $since }). Rien de ce qui est confirmé n’est perdu. Au propriétaire du bot : vérifiez le journal, puis redémarrez le bot.
backups-trouble-archive-overdue = La dernière archive est trop ancienne ({ $since }). Au propriétaire du bot : lancez force_backup et vérifiez le journal.
backups-trouble-damaged = { $count ->
    [1] Une archive est abîmée
   *[other] { $count } archives sont abîmées
}. Au propriétaire du bot : lancez force_backup, puis vérifiez le disque des archives.
backups-trouble-archives-unseen = Le dossier des archives est illisible : aucune archive ne se fait. Au propriétaire du bot : la cause est ci-dessous ; remettez le dossier en état, puis force_backup.
backups-trouble-mirror = La copie continue du registre ne s’écrit plus. Rien de ce qui est confirmé n’est perdu. Au propriétaire du bot : vérifiez l’espace libre et les droits du dossier de données.
backups-trouble-restore-waiting = Une archive attend dans le dossier de données. Au propriétaire du bot : redémarrez le bot pour la restaurer, ou retirez metadata.json.
backups-trouble-disk = Le disque est presque plein. Au propriétaire du bot : libérez de la place avant la prochaine archive.
backups-trouble-copied = Des fichiers de { $archive } ont été copiés sans metadata.json : ce n’était pas une restauration, ils sont mis de côté, sans être lus. Au propriétaire du bot : pour restaurer, copiez le dossier entier (`cp backups/{ $archive }/* data/`) et redémarrez ; sinon supprimez les fichiers nommés .edited.
backups-trouble-register = Le programme n’a plus { $register } : aucune sauvegarde n’a ses données, seulement { $archive }, qui n’est jamais supprimée. Au propriétaire du bot : remettez { $register } dans le programme.
backups-trouble-edited = { $count ->
    [1] Un fichier de sauvegarde modifié à la main a été mis
   *[other] { $count } fichiers de sauvegarde modifiés à la main ont été mis
} de côté, sans être lu. Au propriétaire du bot : regardez dans le dossier de données, puis supprimez ou renommez.
backups-trouble-daily-off = L’archive de nuit est coupée dans la configuration. Au propriétaire du bot : remettez daily_backup_enabled = true.

backups-field-save = Dernière sauvegarde
backups-field-archives = Archives
backups-field-retention = Conservation
backups-field-owner = Pour le propriétaire
backups-field-folder = Dossier
backups-field-content = Contenu
backups-field-duration = Durée
backups-no-save = aucune
backups-save = { $at } · { $rows ->
    [0] aucune ligne
    [1] 1 ligne
   *[other] { $rows } lignes
}, { $size } en { $milliseconds } ms · { $runs ->
    [0] premier passage encore à venir
    [1] { $rate } % de réussite sur 1 passage
   *[other] { $rate } % de réussite sur { $runs } passages
}
backups-task = { $outcome } · dernier passage : { $last } · prochain : { $next }
backups-outcome-none = pas encore passée
backups-outcome-ok = réussie
backups-outcome-failed = ÉCHEC
backups-task-auto-save = Sauvegarde automatique
backups-task-mirror-sync = Copie du registre
backups-task-daily-archive = Archive de nuit
backups-task-prune = Nettoyage des archives
backups-task-forget-orders = Oubli des réponses d’hier
backups-archives = { $count ->
    [0] aucune
    [1] 1 archive
   *[other] { $count } archives
}, { $proven ->
    [0] aucune encore restaurée à l’essai
    [1] 1 restaurée à l’essai
   *[other] { $proven } restaurées à l’essai
} · la plus récente : { $newest }
backups-marks = Écrite : { $written } · vérifiée : { $verified } · prouvée par restauration : { $proved }
backups-marks-unusable = Inutilisable
backups-mark = { $at } ({ $milliseconds } ms)
backups-mark-never = jamais
backups-retention = { $days ->
    [1] 1 jour
   *[other] { $days } jours
}, et toujours les dernières bonnes archives de trois jours
backups-owner = Registre à l’entrée { $seq } · libre : { $data } (données), { $backups } (archives) · erreurs : { $failed }
backups-content = { $files ->
    [1] 1 fichier
   *[other] { $files } fichiers
}, { $rows ->
    [0] aucune ligne
    [1] 1 ligne
   *[other] { $rows } lignes
}, { $size }
backups-milliseconds = { $n } ms
backups-forced-title = Archive faite et relue
backups-kept-title = { $count ->
    [0] Rien n’est encore gardé de ce serveur
    [1] 1 ligne est gardée de ce serveur
   *[other] { $count } lignes sont gardées de ce serveur
}
backups-kept-intro = Par module : les lignes de ce serveur, la taille du fichier entier à la dernière sauvegarde, et le dernier changement ici.
backups-register = { $name } (`{ $file }`)
backups-register-line = { $rows ->
    [0] aucune ligne
    [1] 1 ligne
   *[other] { $rows } lignes
} · { $size } · { $change }
backups-last-change = dernier changement { $at }
backups-no-change = aucun changement

size-bytes = { $n } o
size-kilobytes = { $n } ko
size-megabytes = { $n } Mo
size-gigabytes = { $n } Go

recovered-from = Source : { $source }, puis { $replayed ->
    [0] aucune entrée rejouée
    [1] 1 entrée rejouée
   *[other] { $replayed } entrées rejouées
}, jusqu’à l’entrée { $seq } du registre.
recovered-whole = { $brought } Il ne manque rien.
recovered-with-gaps = { $brought } Il manque les entrées { $gaps } : comparez avec vos archives.
recovered-without-history = { $told } Le registre ne dit plus ce qu’étaient les entrées { $gaps } ; leurs effets sont bien dans les données.
recovered-damaged-kept = { $told } Les fichiers endommagés sont gardés dans { $aside }.
log-records-refused = Le bot ne démarre pas : { $why }
