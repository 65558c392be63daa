# Lockdowns: channels closed to members, and opened again.
cmd-lockdown = Close this channel to members, or others, or all; for a time or until `unlock`
    .usage = [#channel | all] [10m] [reason]
    .example =
        duration:10m reason:raid
        channel:#general duration:2h
    .channel = Which channel; otherwise this one
    .all = Every channel in which members can write
    .duration = For how long, such as 10m or 2h; otherwise until unlock
    .reason = Why
cmd-unlock = Open this channel again, or others, or all that are closed
    .usage = [#channel | all] [reason]
    .example = reason:all calm again
    .channel = Which channel; otherwise this one
    .all = Every channel that I closed
    .reason = Why

lockdown-until = until { $until }
lockdown-until-opened = until `unlock`
lockdown-for = for { $length }, { $until }
lockdown-preview = Close { $count ->
    [1] this channel
   *[other] these { $count } channels
} to members until `unlock`? { $channels }
lockdown-preview-for = Close { $count ->
    [1] this channel
   *[other] these { $count } channels
} to members for { $length }? { $channels }
lockdown-preview-beyond = { $question }
    Out of my reach, and staying open: { $channels }
lockdown-confirm = Yes, close them
lockdown-done = Lockdown { $number }: { $channels } { $count ->
    [1] is
   *[other] are
} closed to members { $until }.
lockdown-goes-on = { $channels }: closed { $until }.
lockdown-opened = { $count ->
    [1] Open again:
   *[other] { $count } channels open again:
} { $channels }

lockdown-begun = Lockdown { $number } · { $count ->
    [1] 1 channel closed
   *[other] { $count } channels closed
}
lockdown-prolonged = Lockdown { $number } · another end
lockdown-ended = Lockdown { $number } · { $count ->
    [1] 1 channel open again
   *[other] { $count } channels open again
}
lockdown-trouble = Lockdown { $number } · not as ordered
lockdown-field-channels = Channels
lockdown-time-over = its time is over
lockdown-changed-by-hand = Somebody changed the permissions of { $channel } while it was closed, for { $whom }. I left that as it is: have a look.
lockdown-gone = #{ $name } was deleted while it was closed: there is nothing to open any more.
lockdown-not-closed = Discord won’t let me close { $channel } (code { $code }): it stays open. I need “Manage Roles” there.
lockdown-not-opened = Discord won’t let me open { $channel } (code { $code }): I try again every hour. I need “Manage Roles” there.

refused-nothing-to-close = There is no channel that I could close to members.
refused-all-closed = All of them are closed already.
refused-closed-already = { $channel } is closed already, { $until }. A duration gives it another end: `lockdown 30m`.
refused-not-closed = I did not close { $channel }.
refused-none-closed = I closed no channel here.
refused-no-channel = { $channel } is no channel in which people meet.
refused-channel-out-of-reach = I may not change who writes in { $channel }: I need “View Channel” and “Manage Roles” there.
