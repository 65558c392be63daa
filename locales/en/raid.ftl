# A raid: one order against many, messages cleared, a channel slowed.
cmd-massban = Ban many at once, after one look and one confirmation
    .usage = ids… | joined:10m [reason]
    .example = who:joined:10m raid
    .who = Ids or mentions, or joined:10m for the newest; then the reason
cmd-masskick = Send many out at once, after one look and one confirmation
    .usage = ids… | joined:10m [reason]
    .example = who:joined:10m raid
    .who = Ids or mentions, or joined:10m for the newest; then the reason
cmd-massmute = Silence many at once, after one look and one confirmation
    .usage = ids… | joined:10m [1h] [reason]
    .example = who:joined:10m 1h raid
    .who = Ids or mentions, or joined:10m for the newest; then how long, and the reason
cmd-massundo = Take a whole batch back
    .usage = number
    .example = batch:1
    .batch = The batch’s number
cmd-purge = Clear the newest messages of this channel, everyone’s or one member’s
    .usage = number [@member]
    .example =
        count:20
        count:20 member:@sam
    .count = How many, 1 to 500
    .member = Whose; otherwise everyone’s
cmd-slowmode = Let each member write here only so often
    .usage = 10s | off
    .example =
        pause:10s
        pause:off
    .pause = How long each waits between two messages, such as 10s or 5m; or off

raid-preview-ban = Ban { $count }? { $members }
raid-preview-kick = Send { $count } out? { $members }
raid-preview-mute = Mute { $count }? { $members }
raid-confirm = Yes, all of them
raid-cancelled = Nothing was done.
raid-done = Batch { $batch }: { $count } done{ $spared ->
    [0] .
   *[other] , { $spared } spared.
} To take it back: massundo { $batch }
raid-undone = Batch { $number } is taken back: { $count }.
raid-purged = { $count ->
    [1] 1 message cleared.
   *[other] { $count } messages cleared.
}
raid-purged-limit = { $done } I looked through the newest { $most } messages of the last two weeks.
raid-log-purged = { $count ->
    [1] 1 message cleared
   *[other] { $count } messages cleared
}
raid-log-slowmode = Slow mode
raid-field-channel = Channel
raid-slowmode = Slow mode: one message each { $length }.
raid-slowmode-off = Slow mode is off.

refused-too-many = Too many at once: { $most } at most.
refused-nobody-left = There is nobody to do this to: ids, mentions or joined:10m, of members below you and me.
refused-no-batch = No case of batch { $number } still holds.
refused-purge-count = 1 to { $most } messages at once.
refused-nothing-to-purge = There is no such message of the last two weeks here.
refused-lacking-permission = I lack a permission here: { $permission }.
refused-slowmode = I don’t understand "{ $words }": 10s, 5m, up to 6h, or off.
