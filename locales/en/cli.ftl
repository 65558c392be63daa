# The command line.

cli-about = A self-hosted Discord bot that never loses its records
cli-usage = Usage:
cli-options = Options
cli-commands = Commands
cli-command = COMMAND
cli-help = Show this help
cli-version = Show the version
cli-opt-config = The configuration file, instead of ./config.toml
cli-opt-lang = The language of what is printed, instead of the terminal's
cli-json = Answer in JSON, for a script

cli-do-run = Run the bot on Discord
cli-do-run-new = Begin empty although there are archives
cli-do-try = Open a local Discord with the bot in it: try everything, without a token
cli-do-try-script = Play the lines of this file, then end
cli-do-try-data = Keep the records in this folder instead of a temporary one
cli-do-try-backups = Keep the archives in this folder instead of a temporary one
cli-do-invite = Give the link that adds the bot to a guild
cli-do-sandbox = Open the local Discord alone, for any Discord library
cli-do-sandbox-listen = The address to listen on; port 0 chooses a free one
cli-do-sandbox-record = Note each exchange in this file, one JSON line each
cli-do-save = Save everything into the data folder, now
cli-do-archive = Make a full archive, now
cli-do-archives = List the archives
cli-do-verify = Read each byte of an archive and say what is wrong with it
cli-do-verify-name = The archive; without a name, the newest
cli-do-verify-all = All archives
cli-do-verify-prove = Also restore them into a scratch database and compare
cli-do-diff = Say what would change if an archive took the place of another state
cli-do-diff-name = The archive that would take the place
cli-do-diff-other = What it would replace: another archive, or `now`
cli-do-restore = Bring an archive back, or the records of a moment; the bot must be stopped
cli-do-restore-name = The archive
cli-do-restore-at = The moment, to the second: `2026-11-20 14:32`, or `2h` for two hours ago
cli-do-restore-dry-run = Only say what would change
cli-do-prune = Delete old archives, now
cli-do-prune-dry-run = Only say what would be deleted, and why
cli-do-check = Say what is wrong with the configuration and the data
cli-do-check-online = Also ask Discord: the token, the intents
cli-do-journal = Show the changes, oldest first
cli-do-journal-since = Since when: `2h`, `3d`, `2026-11-20` or `2026-11-20 14:30`
cli-do-journal-member = Only what this member did or what is about them (Discord id)
cli-do-journal-limit = At most so many changes, the newest ones

cli-wrong-no-command = What is to be done? `greffier --help` shows the commands.
cli-wrong-command = There is no command `{ $got }`.
cli-wrong-option = There is no option `{ $got }` here.
cli-wrong-missing = { $got } is missing.
cli-wrong-value = `{ $got }` does not do for { $option }.
cli-wrong-other = { $why }
cli-wrong-nearest = Did you mean `{ $nearest }`?

cli-failed = failed: { $why }
cli-saved = Saved in { $time }: { $cogs ->
    [1] 1 cog
   *[other] { $cogs } cogs
}, { $files ->
    [0] nothing had changed
    [1] 1 file written ({ $size })
   *[other] { $files } files written ({ $size })
}
cli-archived = Archive { $name } done in { $time }: { $files ->
    [1] 1 file
   *[other] { $files } files
}, { $size }
cli-saving = Saving
cli-archiving = Archiving
cli-working = Working
cli-wrong-since = `{ $got }` is no moment; for instance `2h`, `3d`, `2026-11-20` or `2026-11-20 14:30`.
cli-no-archives = There are no archives.
cli-archive-line = { $name }  { $files ->
    [1] 1 file
   *[other] { $files } files
}, { $size }, position { $seq }
cli-archive-line-faulty = { $facts }  FAULTY: { $fault }
cli-archive-marks = { "  " }written: { $written } · verified: { $verified } · proven by restore: { $proved }
cli-archive-mark = { $at } (in { $time })
cli-archive-never = never
cli-verified = { $name }: each byte is as it was written { $facts }
cli-verified-proved = { $name }: each byte is as it was written { $facts }, and restored on trial: { $rows ->
    [1] 1 record
   *[other] { $rows } records
}, the same (in { $time })
cli-verified-facts = ({ $size } in { $time })
cli-verified-damaged = { $name }: DAMAGED { $facts }
cli-verified-flaw = { "  " }{ $flaw }
cli-verified-unnoted = { "  " }this could not be noted beside the archive: { $why }
archive-unknown = There is no archive { $name }; `greffier archives` lists them.
cli-diff = If { $to } took the place of { $from }:
cli-diff-none = { $to } and { $from } hold the same.
cli-state-now = the present state
cli-state-archive = the archive { $name }
cli-state-at = the state of { $at }
cli-restored = Restored: the archive of { $archive } ({ $rows ->
    [1] 1 record
   *[other] { $rows } records
}){ $replayed ->
    [0] .
    [1] {" "}and 1 later change.
   *[other] {" "}and { $replayed } later changes.
}
cli-restored-erased = { $count ->
    [1] 1 person was erased since then, and stays so.
   *[other] { $count } people were erased since then, and stay so.
}
cli-restored-safety = The state before is in { $name }.
cli-restored-nothing-before = There was nothing before.
archive-damaged = The archive { $name } can’t be used: { $why }. Nothing was touched.
difference-rows = { $count ->
    [1] 1 row
   *[other] { $count } rows
} in { $table }
difference-added = + { $what }
difference-removed = − { $what }
difference-changed = { $what } changed
difference-amount = { $owner }: { $before } → { $after }
difference-more = … and { $count } more
restore-in-the-future = { $at } lies in the future.
restore-out-of-reach = { $at } is out of reach: the archives reach back to { $oldest }, and between archives the journal must be whole. Nothing was touched.
restore-without-archive = { $at } is out of reach: there is no archive of this database. Nothing was touched.
restore-without-journal = There is no database here, and so no journal: only whole archives can be restored.
cli-prune-kept = kept      { $name }: { $why }
cli-prune-would-go = would go  { $name }: { $why }
cli-prune-gone = deleted   { $name }: { $why }
cli-no-changes = No changes.
cli-journal-line = { $seq }  { $at }  { $register }  guild { $guild }  by { $actor }  { $change }
cli-journal-bot = the bot

cli-archive-unusable = { $why }
prune-kept-recent = it is still recent
prune-kept-last = it is among the last good ones
prune-kept-only = it is the newest with records that this program no longer reads
prune-kept-unreadable = it can't be read: that is for you to look at
prune-too-old = it is older than { $days ->
    [1] 1 day
   *[other] { $days } days
}

check-good = OK       { $what }
check-warning = WARNING  { $what }
check-problem = PROBLEM  { $what }
check-config = configuration read: { $file }
check-config-none = no file, the defaults
check-token = a bot token is given
check-token-exposed = other users of this machine can read the token; to mend it: `{ $command }`
check-application = Discord knows this token: it is “{ $name }”
check-token-refused = Discord refuses this token; copy it again from the developer portal (“Reset Token”)
check-address-wrong = `discord.api_url` is no address: { $address }
check-unreachable = Discord does not answer: { $why }
check-intent = { $intent }: on
check-intent-off = { $intent }: off; switch it on at { $page }
check-one-disk = data and archives are on the same disk: if it dies, both are lost

control-not-understood = the running bot did not understand the request ({ $why }); is it of another version?
control-denied = a bot runs on { $folder }, but this user may not ask it anything; run the command as the user of that bot
cli-sandbox-not-here = The local Discord listens only on this very machine, not on { $address }: whoever reaches it can speak as anyone.
control-failed = it did not work out: { $why }
control-clock-fixed = the clock of a bot that runs in earnest can't be moved
