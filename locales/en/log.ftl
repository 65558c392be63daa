# The lines of the log: one for each event, with the key `log-` and the event's name.

# Worded after the documents that the program comes from.
log-auto-save-task-started = ✅ Automatic save task started
log-auto-save-started = 🔄 Automatic save starting...
log-auto-save-done = ✅ Automatic save done - { $cogs ->
    [1] 1 cog saved
   *[other] { $cogs } cogs saved
}
log-daily-archive-started = 🌙 Daily archive starting...
log-daily-archive-done = ✅ Daily archive done - { $files ->
    [1] 1 file saved
   *[other] { $files } files saved
}
log-prune-started = 🧹 Pruning of old archives starting...
log-prune-done = ✅ Pruning done - { $count ->
    [1] 1 old archive deleted
   *[other] { $count } old archives deleted
}
log-mirror-saved = 💾 Automatic save (30s): { $conversations ->
    [1] 1 conversation
   *[other] { $conversations } conversations
}, { $groups ->
    [1] 1 group of messages
   *[other] { $groups } groups of messages
}

# The program itself.
log-text-unreadable = Texts of a cog can’t be read, or are there already, and are left out ({ $locale }): { $error }
log-text-missing = The text “{ $key }” does not exist in { $locale ->
    [fr] French
   *[en] English
}: this is a defect of the program
log-control-failed = A request on the control socket failed: { $error }
log-store-close-failed = The database did not close cleanly: { $error }
log-commit-failed = A commit failed; nothing of it was announced: { $error }
log-panicked = Defect of the program: { $what } ({ $at })
log-log-filter-wrong = GREFFIER_LOG is not a valid filter and has no effect: { $why }
log-config-mistake = Configuration: { $what }
log-config-warning = { $what }
log-ready = 📖 Greffier is at its desk
log-stopping = Greffier is stopping...
log-stopped = Greffier has stopped, everything is recorded
log-stop-failed = The stop did not end cleanly ({ $error }); nothing that was acknowledged is lost
log-token-refused = Discord refuses the bot's token; copy it again from the developer portal (“Reset Token”)
log-intents-missing = The bot lacks a privileged intent; switch on “Server Members Intent” and “Message Content Intent” at https://discord.com/developers/applications (your application, page “Bot”). `greffier check --online` says which one is missing
log-connection-lost = The connection to Discord is lost: { $why }
log-address-wrong = `discord.api_url` is no address: { $address }
log-start-failed = The start failed: { $error }
log-watchdog-silent = The records do not answer: { $error }
log-systemd-not-told = systemd could not be told: { $error }
log-deadlines-failed = What has become due could not be looked up; it is tried again in 30 s: { $error }
log-deadline-failed = What has become due ({ $what }) could not be done; it is tried again in 30 s: { $error }
log-file-unreadable = A file that was to be posted could not be read: { $error }
log-config-absent = There is no config.toml here: the defaults hold, and the data are in { $data }
log-transcript-failed = The transcripts of ticket { $ticket } could not be kept; it stays open: { $error }
log-attachment-postponed = A file of message { $message } did not arrive; it is tried again at the next start: { $error }
log-attachments-full = The files of tickets have reached `attachments.quota_mib` ({ $quota } bytes): new ones are named but not kept
log-ticket-not-read = The channel of ticket { $ticket } could not be read: { $error }
log-messages-fetched = { $count } messages of tickets, written while the bot was away, were fetched
log-discord-unreachable = Discord does not answer. Is this machine connected, and is `discord.api_url` right? What the connection says: { $error }
log-blobs-missing = { $count } files that tickets refer to are nowhere to be found, such as { $first }
log-blobs-pruned = { $count } files that nothing refers to any more were deleted
log-blobs-brought-back = { $count } files of tickets were brought back from the backups
log-ticket-compared-in-part = Ticket { $ticket } has many messages: what was changed or deleted while the bot was away was looked for in the { $pages } newest pages of 100
log-audit-log-unread = The audit log of server { $guild } can’t be read: what was done by hand while the bot was away stays unknown: { $error }
log-archive-passed-over = ⚠️ Archive { $archive } is damaged: an older one is taken
