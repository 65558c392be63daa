# `greffier try`.

try-mistyped-whole = I don't understand that. Did you mean `{ $nearest }`?
try-mistyped-near = I don't understand “{ $got }”. Did you mean `{ $nearest }`?
try-mistyped-time = `{ $order }` takes a time such as `30s`, `8h` or `2d`, not “{ $got }”.
try-mistyped-nobody = There is nobody called “{ $got }” here, only { $people }. `help` shows what can be typed.
try-greeting =
    A local Discord with Greffier in it. Nothing leaves this machine.
    olive (owner of the guild and of the bot), adam (administrator), mia (moderator), sam and lea (members)
    are in #general; #staff and #logs are for the staff. For instance:
try-greeting-end = `help` shows everything that can be typed, `quit` ends.
try-help =
    mia: { $prefix }warn @sam 2 spam        write in #general
    mia #staff: text             write in another channel
    sam dm: text                 write to the bot in private
    mia /warn member:@sam reason:spam       a slash command
    sam clicks "Label"           press a button
    sam picks "value" in "menu"             choose in a menu
    sam submits field=value; other=value    fill in the form that is open
    mia opens "Warn" on @sam     a command of the context menu; also: on sam's message
    sam posts notes.txt: text    post a file; without a text, the file at that path
    mia replies to "words": text            answer a message; also: sam's message, that message
    sam edits "words" to "text", mia deletes sam's message
    mia times out sam 10m spam, mia lifts sam's timeout     moderate by hand; also: kicks, bans, unbans
    olive gives sam Moderator, olive takes Moderator from sam
    olive creates #news, olive deletes #news                channels; with @ roles
    sam leaves, sam joins        leave the guild, come back
    lea founds Other, lea goes to Other     another guild with the bot in it; each acts in the one they went to
    crowd joins 50               as in a raid: guest1, guest2, …, who can act like everyone
    sam closes dms, sam opens dms           refuse direct messages, take them
    wait 2s                      let time pass
    later 8h                     move the clock: what was due happens
    crash                        kill the bot (SIGKILL) and start it again
    restore                      stop the bot, copy the newest archive over its data, start it again
    # remark                     do nothing
    quit                         end
try-crashed = The bot is killed with SIGKILL; it is started again.
try-stopping = The bot is stopped.
try-copying = cp { $archive }/* { $data }/
try-file = The file is in { $path }
try-missed =
    { $count ->
        [one] … and one more thing, too fast to be shown
       *[other] … and { $count } more things, too fast to be shown
    }
try-ended = The bot ended by itself ({ $how }). `quit`, or `crash` to start it again.
try-no-archive = There is no archive yet. `later 24h` has one made.
try-no-such-archive = There is no archive “{ $name }”.
try-not-started = The bot ended instead of starting ({ $how }).
try-not-ready = The bot was not ready after { $seconds } s.

# What the reader's own client says.
try-head = { $place } { $author }:{" "}
try-head-private = { $place } { $author } (only { $who } sees this):{" "}
try-place-dm = DM to { $who }
try-thinking = is thinking…
try-edited = { $message } (edited)
try-edited-lines = { $head }(edited){ $changes }
try-deleted = { $place } { $author }’s message was deleted
try-form = a form opens for { $who }: { $title } { $fields }
try-offered = { $who } is offered: { $choices }
try-timed-out = { $who } is timed out until { $until }{ $because }
try-timeout-over = { $who } is no longer timed out
try-kicked = { $who } was kicked{ $because }
try-banned = { $who } was banned{ $because }
try-unbanned = { $who } was unbanned
try-left = { $who } left
try-joined = { $who } joined
try-roles = { $who }’s roles changed: { $changes }
try-renamed = { $who } is now called { $nick }
try-nickname-gone = { $who } no longer has a nickname
try-channel-made = { $name } was created
try-channel-gone = { $name } was deleted
try-channel-changed = { $name } was changed: { $changes }
try-change-set = { $setting } { $value }
try-change-emptied = no { $setting }
try-change-on = { $setting }
try-change-off = not { $setting }
try-change-moved = in { $category }
try-change-moved-out = in no category
try-change-may = { $whom } may { $may }
try-change-may-not = { $whom } may not { $may_not }
try-change-may-but-not = { $whom } may { $may } but may not { $may_not }
try-change-as-elsewhere = { $whom } as elsewhere
try-change-nothing-special = nothing special for { $whom }
try-setting-name = name
try-setting-topic = topic
try-setting-nsfw = for adults only
try-setting-slowmode = slowmode in seconds
try-setting-archived = archived
try-setting-locked = locked
try-setting-auto-archive = minutes until archived
try-setting-invitable = open to everyone’s invitations
try-permission-see = see
try-permission-write = write
try-permission-write-in-threads = write in threads
try-permission-read-history = read history
try-permission-react = react
try-permission-attach = attach files
try-permission-embed = embed links
try-permission-open-threads = open threads
try-permission-open-private-threads = open private threads
try-permission-manage-messages = manage messages
try-permission-manage-channel = manage the channel
try-permission-other = use the permissions { $bits }
try-thread-entered = { $who } is now in { $name }
try-thread-left = { $who } is no longer in { $name }
try-role-made = the role { $name } was created
try-role-gone = the role { $name } was deleted
try-field = { $name }:
try-attachment = [file { $name }, { $bytes } bytes]
try-control-off = (off)
try-offer-choose = choose
try-offer-member = a member
try-offer-role = a role
try-offer-member-or-role = a member or role
try-offer-channel = a channel
try-trouble-nobody = there is nobody called { $name }
try-trouble-not-here = { $name } is not in the guild
try-trouble-here-already = { $name } is in the guild already
try-trouble-banned = { $name } is banned from the guild
try-trouble-no-place = there is no { $name }
try-trouble-no-place-near = there is no { $name }; did you mean `{ $nearest }`?
try-trouble-no-role = there is no role called { $name }
try-trouble-no-command = there is no command /{ $name }
try-trouble-no-command-near = there is no command /{ $name }; did you mean `/{ $nearest }`?
try-trouble-no-control = there is nothing to press or pick called “{ $label }” that { $who } can see
try-trouble-off = “{ $name }” is switched off
try-trouble-link = “{ $name }” is a link; nothing is sent to the bot
try-trouble-no-form = no form is open for { $name }
try-trouble-no-field = the form has no field called “{ $name }”
try-trouble-bot-absent = the bot is not connected
try-trouble-not-answered = the bot did not answer within 3 seconds
try-trouble-still-thinking = the bot is still thinking
try-trouble-nothing-heard = the bot wrote nothing
try-trouble-discord = Discord refuses: { $words }
try-trouble-may-not = { $who } may not use /{ $command } in { $place }
try-trouble-archived = { $who } may not use commands in an archived thread
try-trouble-no-guild = there is no guild “{ $name }”
try-trouble-no-message-by = there is no message by { $who }
try-trouble-no-message-saying = there is no message with “{ $words }”
try-trouble-no-message-at-all = there is no message yet
try-trouble-no-message = there is no message { $id }
try-trouble-no-option = “{ $typed }” is no option; the options are: { $options }
try-trouble-no-options = “{ $typed }” is no option; this command has none
try-trouble-subcommand = the command goes on with one of: { $names }
try-trouble-option = the option { $name } { $flaw }
try-trouble-field = “{ $label }” { $flaw }
try-trouble-menu-takes = the menu takes { $least } to { $most } values
try-trouble-menu-takes-just =
    { $count ->
        [one] the menu takes one value
       *[other] the menu takes { $count } values
    }
try-trouble-picked-twice = a value can be picked once
try-trouble-not-in-menu = the menu has no “{ $value }”
try-flaw-missing = is required
try-flaw-empty = must be filled in
try-flaw-not-completed = has no autocompletion
try-flaw-length = must have { $least } to { $most } characters
try-flaw-not-whole = must be a whole number
try-flaw-not-number = must be a number
try-flaw-not-truth = must be `true` or `false`
try-flaw-not-choice = must be one of: { $names }
try-flaw-outside = must be from { $least } to { $most }
try-flaw-too-small = must be at least { $least }
try-flaw-too-large = must be at most { $most }
try-flaw-no-channel = names no channel: { $name }
try-flaw-other-kind = cannot be #{ $name }
try-flaw-untypable = has type { $kind }, which cannot be typed here
try-no-file = there is no file { $path }
try-unreadable-file = the file { $path } can’t be read: { $why }
try-empty-archive = The archive { $name } is empty.
try-bot-gone = The bot is not running. `crash` starts it again.
try-how-code = exit code { $code }
try-how-signal = signal { $signal }
try-how-unknown = nobody knows how
