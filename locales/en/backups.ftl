# Backups, as seen from Discord.
cmd-backup-status = How saves and archives stand
cmd-force-backup = Make a full archive at once (the bot’s owner)
cmd-persistent-status = What Greffier keeps of this server

backups-title-well = Backups: all is well
backups-title-trouble = Backups: somebody must act
backups-well = All is well: last save { $save }, { $count ->
    [1] 1 archive
   *[other] { $count } archives
}, the last proof by test restore { $proof }.
backups-well-unproven = All is well: last save { $save }, { $count ->
    [1] 1 archive
   *[other] { $count } archives
}. The test restore comes with the next nightly archive.
backups-well-new = All is well: last save { $save }. The first archive is made tonight.
backups-trouble-task = The task "{ $task }" failed ({ $since }). Nothing that was confirmed is lost. To the bot’s owner: read the cause below or in the log, mend it, then run force_backup.
backups-trouble-no-save = There is no save yet. To the bot’s owner: run force_backup and look at the log.
backups-trouble-save-overdue = The last save is too old ({ $since }). Nothing that was confirmed is lost. To the bot’s owner: look at the log, then restart the bot.
backups-trouble-archive-overdue = The last archive is too old ({ $since }). To the bot’s owner: run force_backup and look at the log.
backups-trouble-damaged = { $count ->
    [1] An archive is damaged
   *[other] { $count } archives are damaged
}. To the bot’s owner: run force_backup, then check the archives’ disk.
backups-trouble-archives-unseen = The folder of the archives can’t be read: no archive is made. To the bot’s owner: the cause stands below; put the folder right, then run force_backup.
backups-trouble-mirror = The running copy of the journal is not written any more. Nothing that was confirmed is lost. To the bot’s owner: check free space and permissions of the data folder.
backups-trouble-restore-waiting = An archive waits in the data folder. To the bot’s owner: restart the bot to restore it, or take metadata.json away.
backups-trouble-disk = The disk is nearly full. To the bot’s owner: make room before the next archive.
backups-trouble-copied = Files of { $archive } were copied without metadata.json: that was no restore, and they are set aside, unread. To the bot’s owner: to restore, copy the whole folder (`cp backups/{ $archive }/* data/`) and restart; else delete the files named .edited.
backups-trouble-register = The program no longer has { $register }: no save has its records, only { $archive }, which is never pruned. To the bot’s owner: put { $register } back into the program.
backups-trouble-edited = { $count ->
    [1] A save file that was edited by hand was
   *[other] { $count } save files that were edited by hand were
} set aside, unread. To the bot’s owner: look into the data folder, then delete or rename.
backups-trouble-daily-off = The nightly archive is switched off in the configuration. To the bot’s owner: set daily_backup_enabled = true again.

backups-field-save = Last save
backups-field-archives = Archives
backups-field-retention = Retention
backups-field-owner = For the owner
backups-field-folder = Folder
backups-field-content = Content
backups-field-duration = Duration
backups-no-save = none
backups-save = { $at } · { $rows ->
    [0] no rows
    [1] 1 row
   *[other] { $rows } rows
}, { $size } in { $milliseconds } ms · { $runs ->
    [0] the first scheduled save is still to come
    [1] { $rate }% of 1 run went well
   *[other] { $rate }% of { $runs } runs went well
}
backups-task = { $outcome } · last run: { $last } · next: { $next }
backups-outcome-none = has not run yet
backups-outcome-ok = went well
backups-outcome-failed = FAILED
backups-task-auto-save = Automatic save
backups-task-mirror-sync = Copy of the journal
backups-task-daily-archive = Nightly archive
backups-task-prune = Pruning of archives
backups-task-forget-orders = Forgetting yesterday’s answers
backups-archives = { $count ->
    [0] none
    [1] 1 archive
   *[other] { $count } archives
}, { $proven ->
    [0] none test-restored yet
    [1] 1 test-restored
   *[other] { $proven } test-restored
} · the newest: { $newest }
backups-marks = Written: { $written } · verified: { $verified } · proven by restore: { $proved }
backups-marks-unusable = Can’t be used
backups-mark = { $at } ({ $milliseconds } ms)
backups-mark-never = never
backups-retention = { $days ->
    [1] 1 day
   *[other] { $days } days
}, and always the last good archives of three days
backups-owner = Journal at entry { $seq } · free: { $data } (data), { $backups } (archives) · errors: { $failed }
backups-content = { $files ->
    [1] 1 file
   *[other] { $files } files
}, { $rows ->
    [0] no rows
    [1] 1 row
   *[other] { $rows } rows
}, { $size }
backups-milliseconds = { $n } ms
backups-forced-title = Archive made and read back
backups-kept-title = { $count ->
    [0] Nothing is kept of this server yet
    [1] 1 row is kept of this server
   *[other] { $count } rows are kept of this server
}
backups-kept-intro = By cog: this server’s rows, the size of the whole file at the last save, and the last change here.
backups-register = { $name } (`{ $file }`)
backups-register-line = { $rows ->
    [0] no rows
    [1] 1 row
   *[other] { $rows } rows
} · { $size } · { $change }
backups-last-change = last change { $at }
backups-no-change = no change

size-bytes = { $n } B
size-kilobytes = { $n } kB
size-megabytes = { $n } MB
size-gigabytes = { $n } GB

recovered-from = Source: { $source }, then { $replayed ->
    [0] no entries replayed
    [1] 1 entry replayed
   *[other] { $replayed } entries replayed
}, up to entry { $seq } of the journal.
recovered-whole = { $brought } Nothing is missing.
recovered-with-gaps = { $brought } Entries { $gaps } are missing: compare with your archives.
recovered-without-history = { $told } The journal no longer says what entries { $gaps } were; what they did is in the records.
recovered-damaged-kept = { $told } The damaged files are kept in { $aside }.
log-records-refused = The bot does not start: { $why }
