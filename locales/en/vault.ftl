# What the vault says: start, restore, recovery, pruning, check.

# Why Greffier does not start.
vault-start-locked = The folder { $folder } is in use by process { $pid }.
vault-start-misplaced = A restore stands in { $found } instead of { $folder }. To put it in its place: { $command }
vault-start-partial-copy = The archive of { $archive } in { $folder } is not complete ({ $files }). Nothing was touched. Copy it again, or delete { $marker } to give the restore up.
vault-start-broken-marker = The request to restore { $marker } can’t be read: { $why }. Nothing was touched.
vault-start-unreadable = { $path } can’t be read. Nothing was touched. To mend it: { $command }
vault-start-unwritable = { $folder } can’t be written to: { $why }. Name another folder in the configuration, or let the user who starts Greffier write there.
vault-start-restore-waits = Another archive waits in the data folder ({ $marker }). Start the bot to restore it, or delete that file to give it up.
vault-start-too-new = The archive of { $archive } comes from a newer Greffier ({ $why }). Nothing was touched.
vault-start-nothing-but-archives = { $folder } is empty, but { $backups } has archives. To restore the newest: { $command } — to begin empty: --new
vault-start-nothing-whole = The database is lost, and no save or archive is whole: { $damaged }. Nothing was touched.
vault-start-no-way-back = The database must be migrated, but can’t be archived first: { $why }. Start the former version once, so that it makes a save.
vault-start-old-sqlite = The SQLite in this program is too old ({ $found }): it can lose data.
vault-start-foreign = { $path } is no database of Greffier’s. Nothing was touched. Move that file elsewhere, or name another data folder in the configuration.
vault-start-newer = { $path } was written by a newer Greffier: { $part } has schema { $found }, this one knows { $known }. Nothing was touched. Start the newer program again, or restore into an empty data folder the archive that it made before its upgrade.
vault-start-failed = Internal error: { $error }
vault-no-space = The disk is almost full: { $free } MB are free, { $needed } are needed.

# What the system refuses, in the sentences above.
vault-system-denied = access is denied
vault-system-read-only = this disk is read-only
vault-system-no-folder = there is a file where a folder should be
vault-system-not-there = there is nothing at that place, and nothing can be made there
vault-system-other = the system says “{ $error }”

# What is wrong with a file of an archive.
vault-flaw-missing = { $file } is missing
vault-flaw-cut = { $file } is cut short
vault-flaw-changed = { $file } was changed
vault-flaw-extra = { $file } does not belong there
vault-flaw-unreadable = { $file } can’t be read
vault-flaw-unproved = it can’t be restored: { $why }

# What goes on, before its bar.
vault-progress-save = Saving
vault-progress-archive = Archiving
vault-progress-verification = Verifying
vault-progress-restore = Restoring
vault-progress-recovery = Making the database anew

# Why pruning waits.
vault-prune-empty-retention = A retention of no days would delete everything: it is refused.
vault-prune-no-archive-tonight = No archive is younger than a day: nothing is deleted before there is one.
vault-prune-clock-jumped = The clock and the order of the archives contradict each other: nothing is deleted.
vault-prune-long-pause = The newest archives lie more than three days apart: nothing is deleted for now.

# greffier check
vault-check-running = Process { $pid } works on this data.
vault-check-folder = { $folder }: writable, { $free } MB free.
vault-check-restore-waiting = The archive of { $archive } will be restored at the next start.
vault-check-recoverable = The database is missing: the next start will make it anew.
vault-check-only-archives = There is neither a database nor a save, only archives.
vault-check-new = There is no data yet.
vault-check-migration = The database is older than this program: it will be archived, then migrated, at the next start.
vault-check-damaged = The database is damaged: { $problem }. The next start sets it aside and makes it anew.
vault-check-database = The database is sound (change no. { $seq }).
vault-check-copied = { $path } is a file of the archive { $archive }, copied without metadata.json: that was no restore. To restore, copy everything in backups/{ $archive } into the data folder and restart.
vault-check-register = The program no longer has { $register }: no save has its records. The archive { $archive } has them and is never pruned. Put { $register } back into the program.
vault-check-edited = { $path } was edited by hand and set aside.
vault-check-save-differs = { $path } is not as the last save left it.
vault-check-segment = { $path }: unreadable journal segment.
vault-check-archive-damaged = The archive { $archive } can’t be used: { $why }
vault-check-archives = { $count ->
    [0] No whole archive.
    [1] 1 whole archive.
   *[other] { $count } whole archives.
}

# The log.
log-mirror-failed = The journal’s copy can’t be written any more: { $error }. Nothing is lost, it will catch up.
log-mirror-mended = The journal’s copy is complete again (change no. { $seq })
log-save-copied = { $file } was copied from the archive { $archive } without metadata.json: that was no restore, and it is set aside as { $aside }. To restore, stop the bot, run { $command } and start it
log-register-missing = The program no longer has { $register }: no save has its records. The archive { $archive } has them and is never pruned. Put { $register } back into the program
log-save-edited = { $file } was edited by hand: set aside as { $aside }
log-save-finished = An interrupted save was finished
log-restore-waiting = An archive waits in the data folder: restart to restore it
log-restored = ✅ Archive of { $archive } restored: { $rows ->
    [1] 1 record
   *[other] { $rows } records
}; the state before is in { $safety }
log-recovered = ♻️ Database made anew from { $source }: { $replayed ->
    [0] no changes
    [1] 1 change
   *[other] { $replayed } changes
} replayed, up to no. { $seq }
log-damaged-kept = The damaged files are kept in { $aside }
log-changes-lost = Changes are missing: { $gaps }
log-history-incomplete = The records are whole, but the journal no longer has the changes { $gaps }
log-archived-before-migration = The database was archived before its migration: { $archive }
log-archive-made = ✅ Archive { $archive } made
log-saved-file-not-copied = { $file } in the data folder is not as the last save wrote it, or could not be copied: { $error }. The archive takes it from the database
log-archive-proved = ✅ Archive { $archive } verified by restoring it: { $rows ->
    [1] 1 record
   *[other] { $rows } records
}
log-archive-damaged = The archive { $archive } can’t be restored: { $error }
log-journal-trimmed = The journal was trimmed behind the oldest archive: { $rows ->
    [1] 1 change is
   *[other] { $rows } changes are
} no longer in it
log-person-erased = A person was erased up to change no. { $seq }: { $rows } changes overwritten
log-erasure-unfinished = A person’s erasure could not be finished, the next start goes on with it: { $error }
log-log-not-emptied = The database’s log could not be emptied while it was read; the next stop empties it
log-prune-waits = No archive is deleted: { $why ->
    [empty_retention] the retention is zero days
    [no_archive_tonight] none is younger than a day
    [clock_jumped] the clock and the order of the archives contradict each other
   *[long_pause] the newest lie more than three days apart
}
log-database-suspect = The database seems damaged: restart Greffier, it will make it anew
log-note-failed = A note could not be written: { $error }
log-task-failed = The task { $task } failed: { $error }
log-ping-sent = The address of alerts.ping_url was told that the archive is proven
log-ping-failed = The address of alerts.ping_url could not be told that the archive is proven (the archive itself is safe): { $error }
log-task-record-failed = The record of the task { $task } could not be kept: { $error }
log-ticks-not-stopped = The ticks did not stop: { $error }
