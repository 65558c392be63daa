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

cmd-mute-setup = Mute by a role: make it, close every channel to it, mend it
    .usage = [@role | off]
    .example = off:true
    .role = Which role; otherwise the one that there is, or a new one
    .off = Back to Discord’s timeouts
mutes-role-name = Muted
mutes-setup-done = Mutes go by the role { $role } from now on. It may not write in { $count } channels and categories ({ $mended } were mended just now), nor in those to come.
mutes-setup-made = I am making the role “{ $name }” and closing { $count } channels and categories to it. Mutes go by it from then on; `settings` shows it.
mutes-setup-kept = { $done }
    Somebody let the role write in { $channels }: I left that.
mutes-setup-louder = { $done }
    In { $channels } another role may write by name: for its holders that counts for more than a mute. Take that out there.
mutes-setup-off = Mutes go by Discord’s timeouts again. Those that hold stay as they are.
mutes-role-lost = The mute role
mutes-role-deleted = It was deleted. Mutes go by Discord’s timeouts from now on{ $count ->
    [0] .
    [1] , and 1 member who was muted by it is timed out instead.
   *[other] , and { $count } members who were muted by it are timed out instead.
} A new one: `mute_setup`.
mutes-role-out-of-reach = I could not give { $role }: it must stand below my own. Mutes go by Discord’s timeouts from now on{ $count ->
    [0] .
    [1] , this one as well.
   *[other] , these { $count } as well.
} When it is mended: `mute_setup`.
mutes-role-not-made = Discord won’t let me make the mute role: I need “Manage Roles”, and the server must have fewer than 250 roles.

refused-no-mute-role = Mutes go by Discord’s timeouts already.
refused-no-role = “{ $words }” is no role: mention one, or say `off`.

mutes-counted-mutes = { $count ->
    [1] 1 mute
   *[other] { $count } mutes
}
