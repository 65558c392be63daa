# Cases: what they are called, how they are shown, kicks and bans.
help-category-moderation = Moderation

cmd-kick = Send a member out of the server
    .usage = @member [reason]
    .example =
        member:@sam
        member:@sam reason:advertising
    .member = Whom to send out
    .reason = Why
cmd-ban = Ban somebody, for a time or for good, here or not
    .usage = @member [7d] [delete:1d] [reason]
    .example =
        member:@sam reason:advertising
        member:@sam duration:7d reason:insults
        member:@sam reason:raid delete_days:1
    .typed =
        @sam advertising
        @sam 7d insults
        @sam delete:1d raid
    .member = Whom to ban; the id of somebody who is not here works too
    .duration = For how long, such as 7d or 2 weeks; otherwise for good
    .reason = Why
    .delete-days = Their messages of how many days go as well, 0 by default
cmd-unban = End somebody’s ban
    .usage = id [reason]
    .example = member:@sam reason:appeal accepted
    .member = Whose ban
    .reason = Why
cmd-case = Everything about one case
    .usage = number
    .example = case:1
    .case = The case’s number
cmd-cases = The cases of the server or of a member
    .usage = [@member] [page]
    .example =
        member:@sam
        page:2
    .member = Whose; otherwise those of the whole server
    .page = Which page of the list
cmd-cases-of = The cases of this member
    .menu = Cases
    .usage = member
    .user = Whose
cmd-reason = Give a case another reason
    .usage = number reason
    .example = case:1 reason:insults in #general
    .case = The case’s number
    .reason = The new reason
cmd-note = Write down what moderators should know; the member isn’t told
    .usage = @member text
    .example = member:@sam text:asked twice for the rules
    .member = About whom
    .text = What to remember
cmd-modstats = How many cases each moderator opened
    .usage = [@moderator] [30d]
    .example =
        moderator:@mia
        period:30d
    .moderator = Whose; otherwise everyone’s
    .period = Of how long back, such as 30d; otherwise of all time

case-kind-warning = warning
case-kind-mute = mute
case-kind-unmute = end of mute
case-kind-kick = kick
case-kind-ban = ban
case-kind-unban = end of ban
case-kind-note = note
case-title = Case { $number } · { $kind }
case-batch-title = Batch { $number } · { $kind } × { $count }
case-batch = batch { $number }
case-batch-standing = { $standing } of { $count } still hold
case-field-member = Member
case-field-members = Members
case-field-cases = Cases
case-field-moderator = Moderator
case-field-reason = Reason
case-field-batch = Together with
case-field-state = State
case-field-until = Until
case-field-evidence = Message
case-no-reason = no reason given
case-evidence = { $author }: { $words }
    { $link }
case-evidence-files = { $author }: { $words }
    { $link } · { $count ->
    [1] 1 attachment
   *[other] { $count } attachments
}
case-state-lifted = ended by { $by }, { $at }
case-state-expired = over since { $at }
case-state-withdrawn = taken back by { $by }, { $at }
case-state-replaced = replaced by a newer case
case-state-refused = Discord refused it: it was not done
case-state-until = until { $until }
case-state-for-good = for good
case-notice-mute = You were muted on { $guild } (case { $number })
case-notice-unmute = You can speak again on { $guild } (case { $number })
case-notice-kick = You were sent out of { $guild } (case { $number })
case-notice-ban = You were banned from { $guild } (case { $number })
case-notice-unban = Your ban from { $guild } was ended (case { $number })
case-notice-other = { $guild }, case { $number }

cases-kicked = Case { $number }: { $member } is sent out.
cases-banned = Case { $number }: { $member } is banned.
cases-banned-for = Case { $number }: { $member } is banned for { $length }, until { $until }.
cases-unbanned = Case { $number }: the ban of { $member } is ended.
cases-noted = Case { $number }: noted about { $member }.
cases-reworded = Case { $number } has a new reason: { $reason }
cases-list = { $count ->
    [0] No cases
    [1] 1 case
   *[other] { $count } cases
}
cases-count = { $count ->
    [1] 1 case
   *[other] { $count } cases
}
cases-line = { $member } — { $reason }
    by { $moderator }, { $at }
cases-line-state = { $line } · { $state }
cases-statistics = Cases by moderator
cases-statistics-since = Cases by moderator since <t:{ $since }:D>
cases-statistics-none = No cases
cases-statistics-line = { $moderator }: { $line }
cases-statistics-and = { $line } · { $kind } { $count }

refused-moderate-yourself = You can’t do that to yourself.
refused-moderate-bot = That is a bot: Discord’s own settings deal with bots.
refused-out-of-reach = { $member } stands at my level or above: my role must be higher first.
refused-no-such-case = There is no case { $number } on this server.
refused-length = I don’t understand the duration "{ $words }". It is written like 90m, 1d12h or 2 weeks.
refused-no-length = A duration of nothing is none: at least a second.
refused-deleted-days = Discord deletes the messages of 0 to { $most } days.
refused-not-banned = { $member } is not banned here.
refused-form-too-late = This form waited too long: open it again.

cases-counted-cases = { $count ->
    [1] 1 case
   *[other] { $count } cases
}
