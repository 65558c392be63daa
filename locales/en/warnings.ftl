# Warnings.
cmd-warn = Warn a member
    .usage = @member [points] reason
    .example =
        member:@sam reason:spam
        member:@sam points:2 reason:insults
    .member = Whom to warn
    .reason = Why
    .points = How much it weighs, 1 by default
cmd-warnings = The warnings of the server or of a member
    .usage = [@member] [page]
    .example =
        member:@sam
        page:2
    .member = Whose; otherwise those of the whole server
    .page = Which page of the list
cmd-unwarn = Take a warning back; it stays in the history
    .usage = number
    .example = case:1
    .case = The warning’s number
cmd-clearwarnings = Take all warnings of a member back
    .usage = @member
    .example = member:@sam
    .member = Whose
cmd-warnreason = Change the reason of a warning
    .usage = number reason
    .example = case:1 reason:insults in #general
    .case = The warning’s number
    .reason = The new reason
cmd-mywarnings = Your own warnings
    .usage = [page]
    .example = page:2
    .page = Which page of the list
cmd-warn-user = Warn this member
    .menu = Warn
    .usage = member
    .user = Whom
cmd-warn-message = Warn who wrote this message, and keep it
    .menu = Warn
    .usage = message
    .message = Which
warnings-form = Warn a member

warnings-preset-reasons = Spam | Insults | Off topic | Advertising | Shocking content
warnings-warned = { $member } was warned (case { $number }): { $points ->
    [1] 1 point
   *[other] { $points } points
}, { $total } in total.
warnings-warned-and = { $done } Threshold reached: { $consequence }.
warnings-warned-but = { $done } Threshold reached ({ $consequence }), but my role is not above theirs: it is yours to act.
warnings-withdrawn = Warning { $number } of { $member } is taken back. It stays in the history.
warnings-cleared = { $count ->
    [1] 1 warning
   *[other] { $count } warnings
} of { $member } taken back. The history keeps them.
warnings-reworded = Warning { $number } has a new reason: { $reason }

warnings-points = { $points } (total: { $total })
warnings-field-member = Member
warnings-field-moderator = Moderator
warnings-field-reason = Reason
warnings-field-points = Points
warnings-field-consequence = Consequence
warnings-field-expires = Counts until
warnings-field-cases = Warnings
warnings-out-of-reach = { $consequence }: impossible, my role is not above theirs
warnings-dm-title = You were warned on { $guild } (case { $number })
warnings-log-title = Warning { $number }
warnings-log-withdrawn = { $count ->
    [1] Warning taken back
   *[other] { $count } warnings taken back
}

warnings-list-member = { $count ->
    [0] No warnings
    [1] 1 warning
   *[other] { $count } warnings
} · { $points ->
    [0] no points count
    [1] 1 point counts
   *[other] { $points } points count
}
warnings-list-guild = { $count ->
    [0] No warnings on this server
    [1] 1 warning on this server
   *[other] { $count } warnings on this server
}
warnings-list-more = And more
warnings-list-more-text = { $count ->
    [1] 1 is left
   *[other] { $count } are left
}: ask for page { $page }.
warnings-line-name = Case { $number } · { $points ->
    [1] 1 point
   *[other] { $points } points
}
warnings-line = { $member } — { $reason }
    by { $moderator }, { $at } · { $state }
warnings-state-counts = counts for ever
warnings-state-counts-until = counts until { $until }
warnings-state-expired = expired, counts no longer
warnings-state-withdrawn = taken back, counts no longer

consequence-timeout = timeout of { $duration }
consequence-kick = kick
consequence-ban = ban

refused-yourself = You can’t warn yourself.
refused-own-warnings = Your own warnings are not yours to take back.
refused-a-bot = A bot doesn’t read warnings: choose a member.
refused-hierarchy = { $member } stands at your level or above: only somebody higher can do that.
refused-no-reason = The reason is missing.
refused-long-reason = This reason is too long: { $longest } characters at most.
refused-points = Points go from 1 to { $most }.
refused-no-case = There is no warning { $number } on this server.
refused-case-withdrawn = Warning { $number } is taken back already.
refused-own-case = This is your own warning: somebody else has to deal with it.
refused-no-warnings = { $member } has no warnings to take back.
refused-no-page = There is no page { $page }: the list { $pages ->
    [1] fits on 1 page
   *[other] has { $pages }
}.

warnings-counted-warnings = { $count ->
    [1] 1 warning
   *[other] { $count } warnings
}
