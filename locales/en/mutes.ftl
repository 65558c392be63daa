# Mutes.
cmd-mute = Silence a member, for 10 minutes unless you say otherwise
    .usage = @member [3h] [reason]
    .example =
        member:@sam
        member:@sam duration:3h reason:insults
        member:@sam duration:1d12h
    .member = Whom to silence
    .duration = For how long, such as 90m, 1d12h, 2 weeks or forever; 10 minutes by default
    .reason = Why
cmd-unmute = Let a member speak again
    .usage = @member [reason]
    .example = member:@sam reason:apologised
    .member = Whom
    .reason = Why
cmd-mutes = Who is silenced at present
    .usage = [page]
    .example = page:2
    .page = Which page of the list
cmd-muteinfo = Since when, until when and why a member is silenced
    .usage = @member
    .example = member:@sam
    .member = Who
cmd-mute-user = Silence this member
    .menu = Mute
    .usage = member
    .user = Whom
cmd-mute-message = Silence who wrote this message, and keep it
    .menu = Mute
    .usage = message
    .message = Which
mutes-form = Mute a member
mutes-field-duration = For how long (10 minutes by default)

mutes-muted = Case { $number }: { $member } is muted for { $length }, until { $until }.
mutes-muted-for-good = Case { $number }: { $member } is muted until somebody unmutes them.
mutes-muted-instead = { $done } This replaces case { $former }.
mutes-unmuted = Case { $number }: { $member } may speak again.
mutes-list = { $count ->
    [0] Nobody is muted
    [1] 1 member is muted
   *[other] { $count } members are muted
}
mutes-line-name = Case { $number }
mutes-line = { $member } · { $until }
mutes-info = Mute, case { $number }
mutes-field-since = Since
mutes-field-means = By
mutes-until = until { $until } ({ $relative })
mutes-ending = ending just now
mutes-by-timeout = a timeout
mutes-by-role = the role { $role }

refused-not-muted = { $member } is not muted.
refused-administrator = { $member } is an administrator: Discord lets nobody silence them.

log-mutes-restored = Server { $guild }: { $count ->
    [1] 1 member who should be silent is silenced again
   *[other] { $count } members who should be silent are silenced again
}
