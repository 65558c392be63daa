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
try-missed = … and { $count } more things, too fast to be shown
try-ended = The bot ended by itself ({ $how }). `quit`, or `crash` to start it again.
try-in = in { $count } { $unit ->
    [d] { $count ->
        [1] day
       *[other] days
    }
   *[other] { $unit }
}
try-ago = { $count } { $unit ->
    [d] { $count ->
        [1] day
       *[other] days
    }
   *[other] { $unit }
} ago
try-no-archive = There is no archive yet. `later 24h` has one made.
try-no-such-archive = There is no archive “{ $name }”.
try-not-started = The bot ended instead of starting ({ $how }).
try-not-ready = The bot was not ready after { $seconds } s.
