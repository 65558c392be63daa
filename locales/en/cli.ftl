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
