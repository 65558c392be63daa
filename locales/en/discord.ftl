# What all commands have in common, and the alarms for the bot’s owner.
verbatim = { $words }
duration-days = { $n ->
    [1] 1 day
   *[other] { $n } days
}
duration-hours = { $n ->
    [1] 1 hour
   *[other] { $n } hours
}
duration-minutes = { $n ->
    [1] 1 minute
   *[other] { $n } minutes
}
duration-seconds = { $n ->
    [1] 1 second
   *[other] { $n } seconds
}

apology = Sorry, something went wrong on my side, and nothing was changed. Incident { $incident }: give this number to whoever runs the bot.
refused-argument = I don’t understand "{ $input }". The command is typed: `{ $usage }`
refused-usage = Something is missing. The command is typed: `{ $usage }`
refused-too-much = That is more than the command takes. It is typed: `{ $usage }`
refused-guild-only = This command works on a server only.
refused-pace = Slow down, please: again { $until }.
refused-owners-only = This command is for the bot’s owner.
refused-stopping = I am just being stopped, and nothing was changed. Try again in a moment.
refused-outdated-command = This command has just changed: reload Discord (Ctrl+R) and try again.

alarm-second-bot = ⚠️ A message was posted with my token, and I did not send it. Another program uses the same token: stop it, or change the token in the developer portal.
alarm-recovered = ⚠️ At start the data had to be recovered from files. { $report }
alarm-task-failed = ⚠️ The task "{ $task }" failed: { $why }
alarm-store-broken = ⚠️ The disk refused a write. Nothing that was confirmed is lost, but nothing more will be kept before a restart: check the disk, then restart me.

log-incident = Incident { $incident } during { $what }: { $error }
log-reply-failed = The reply to { $command } did not go out: { $error }
log-command-outdated = Discord has an outdated command: { $command } ({ $reason })
log-listener-failed = Listening to { $what } failed: { $error }
log-framework-failed = The command framework failed: { $error }
log-commands-published = { $count ->
    [1] 1 slash command published
   *[other] { $count } slash commands published
}
log-commands-not-published = The slash commands could not be published; those with a prefix work: { $error }
log-effect-refused = Discord refuses the act { $effect } for good (code { $code }, journal entry { $seq })
log-effect-postponed = The act { $effect } will be tried again (journal entry { $seq }): { $error }
log-outbox-failed = The outbox could not be read: { $error }
log-member-not-told = Member { $member } could not be told: { $error }
log-owner-not-told = Owner { $owner } could not be told: { $error }
log-settings-unreadable = The settings of server { $guild } are unreadable: { $error }
log-autocomplete-failed = Autocomplete failed: { $error }
log-connected = Connected to Discord as { $name } ({ $guilds ->
    [0] on no server
    [1] on 1 server
   *[other] on { $guilds } servers
})
log-invite-wanted = Greffier is on no server yet. The invite link: { $link }
log-gateway-close-slow = Discord’s gateway is slow to close; the shutdown goes on without it
log-second-bot = A message of our account is not ours (channel { $channel }, message { $message }): another program uses the same token
log-tasks-cut-off = Tasks were cut off at the stop; the next start takes them up again
log-listeners-cut-off = What was still being listened to was cut off at the stop; the next start looks again
log-disk-failed = The disk refused a write: nothing that was confirmed is lost; the bot ends, to start again on a disk that was checked
refused-not-your-question = This question was put to somebody else.
