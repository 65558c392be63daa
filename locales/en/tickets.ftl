# Tickets.
help-category-tickets = Tickets
cmd-ticket = Tickets: open, answer, close
cmd-ticket-open = Open a ticket
    .usage = [category] [subject]
    .example =
        subject:I can’t see the shop
        category:billing subject:A payment is missing
    .typed =
        support I can’t see the shop
        billing A payment is missing
    .category = Which kind; needed where there are several
    .subject = What it is about
cmd-ticket-close = Close this ticket
    .usage = [reason] | in 2h [reason] | ask [reason] | cancel
    .example =
        reason:solved
        reason:in 2h solved
        reason:ask
    .reason = Why; "in 2h …" closes later, "ask …" asks the member, "cancel" keeps it open
cmd-ticket-reopen = Open a closed ticket again
    .usage = [number]
    .example = number:1
    .number = Which; else the one of this channel
cmd-ticket-claim = Take a ticket
    .usage = [number]
    .example = number:1
    .number = Which; else the one of this channel
cmd-ticket-release = Let go of a ticket
    .usage = [number]
    .example = number:1
    .number = Which; else the one of this channel
cmd-ticket-transfer = Hand a ticket to somebody else of the staff
    .usage = @member [number]
    .example =
        member:@mia
        member:@mia number:1
    .member = To whom
    .number = Which; else the one of this channel
cmd-ticket-priority = Say how pressing a ticket is
    .usage = low|normal|high|urgent [number]
    .example =
        level:high
        level:urgent number:1
    .level = How pressing
    .number = Which; else the one of this channel
cmd-ticket-rename = Give this ticket another subject
    .usage = subject
    .example = subject:The shop is closed
    .subject = What it is about
cmd-ticket-add = Let a member into a ticket
    .usage = @member [number]
    .example = member:@lea
    .member = Whom
    .number = Which; else the one of this channel
cmd-ticket-remove = Show a member out of a ticket
    .usage = @member [number]
    .example = member:@lea
    .member = Whom
    .number = Which; else the one of this channel
cmd-ticket-move = Put a ticket into another category
    .usage = category [number]
    .example = category:billing
    .category = Which
    .number = Which ticket; else the one of this channel
cmd-ticket-note = Keep a note that the member never sees
    .usage = words
    .example = words:wrote to us last week too
    .typed = /
    .words = The note
cmd-ticket-reply = Post a prepared answer here
    .usage = name
    .example = name:hello
    .name = Which
cmd-ticket-list = The open tickets
cmd-ticket-transcript = Read a ticket
    .usage = number
    .example = number:1
    .typed = /
    .number = Which
cmd-ticket-search = Search in all tickets
    .usage = words
    .example = words:refund
    .words = What to search for
cmd-ticket-stats = How many tickets, how soon answered, by whom
cmd-ticket-block = Have a member open no more tickets
    .usage = @member [reason]
    .example = member:@sam reason:jokes only
    .member = Whom
    .reason = Why
cmd-ticket-unblock = Have a member open tickets again
    .usage = @member
    .example = member:@sam
    .member = Whom
cmd-ticket-blocks = Who can open no tickets
cmd-ticket-category = The kinds of tickets
cmd-ticket-category-add = Make a category
    .usage = name
    .example = name:Billing
    .name = What people read
cmd-ticket-category-set = Change something about a category
    .usage = category setting value
    .example = category:billing setting:about value:Payments and refunds
    .category = Which
    .setting = What: name, about, staff, parent, place, opening, questions, hours, ending…
    .value = What it is from now on; "default" takes it back
cmd-ticket-category-remove = Offer a category no longer
    .usage = category
    .example = category:billing
    .category = Which
cmd-ticket-category-list = The categories
cmd-ticket-panel = Messages by which tickets are opened
cmd-ticket-panel-post = Post a panel
    .usage = [#channel] [buttons|menu] [title | words]
    .example =
        channel:#general
        channel:#general look:menu words:Need help? | Choose what it is about.
    .channel = Where; else here
    .look = Buttons or a menu
    .words = What it says: a title, a bar, the text
cmd-ticket-panel-remove = Forget a panel
    .usage = number
    .example = number:1
    .number = Which
cmd-ticket-canned = Prepared answers
cmd-ticket-canned-set = Prepare an answer
    .usage = name words
    .example = name:hello words:Hello {"{"}user{"}"}, how can we help?
    .name = By which you call it
    .words = What it says; "{"{"}user{"}"}", "{"{"}agent{"}"}", "{"{"}number{"}"}" and "{"{"}subject{"}"}" are filled in
cmd-ticket-canned-remove = Forget a prepared answer
    .usage = name
    .example = name:hello
    .name = Which
cmd-ticket-canned-list = The prepared answers
cmd-ticket-desk = What holds for all tickets
    .usage = transcripts|zone value
    .example =
        setting:zone value:Europe/Paris
        setting:transcripts value:#general
    .setting = "transcripts" (a channel) or "zone" (of the hours)
    .value = The channel, or a zone like Europe/Paris
cmd-mytickets = Your own tickets, with what was written in them
    .usage = [page]
    .example = page:2
    .page = Which page of the list
cmd-ticket-setup = Set tickets up with menus

tickets-title = Ticket { $number } · { $subject }
tickets-opening = Say what it is about: staff read along here and will answer.
tickets-field-away = Nobody is there until
tickets-field-reason = Reason
tickets-field-user = Member
tickets-field-category = Category
tickets-field-subject = Subject
tickets-field-agent = Staff
tickets-field-cause = How
tickets-button-close = Close
tickets-button-claim = Take it
tickets-button-reopen = Open again
tickets-button-agree = It is settled
tickets-button-decline = Not yet
tickets-request-title = Is it settled?
tickets-request = { $agent } would like to close this ticket.
tickets-requested = The member is asked whether it is settled.
tickets-declined = { $member } says: not yet. The ticket stays open.
tickets-cause-asked = Closed by { $by }
tickets-cause-agreed = { $by } agreed that it is settled
tickets-cause-scheduled = Closed at the time that was set
tickets-cause-stale = Closed because nobody wrote
tickets-cause-vanished = Its channel was deleted; its history is kept
tickets-cause-unmade = No channel could be made for it
tickets-closed-title = Ticket { $number } is closed
tickets-farewell = Here is what was written in your ticket on { $guild }. How was it?
tickets-trouble-title = Ticket { $number }
tickets-opened = Ticket { $number } is open: { $channel }
tickets-opening-soon = Ticket { $number } is open; its channel appears in a moment.
tickets-opened-away = { $opened } Nobody is there until { $until }; you can write already.
tickets-overflowed = There was no room for its channel (Discord: { $code }); it is a thread instead.
tickets-not-moved = Discord would not move its channel (code { $code }), as where a category is full with 50 channels; it stays where it is.
tickets-not-changed = Discord would not change or delete its channel (code { $code }): please do it by hand.
tickets-unmade = Your ticket on { $guild } could not be opened: the server has no room for it. Its staff know.
tickets-claimed = { $agent } takes care of this ticket.
tickets-released = { $agent } let go of this ticket.
tickets-transferred = { $agent } takes care of this ticket from now on.
tickets-moved = This ticket is in the category { $category } now.
tickets-added = { $member } may read and write here now.
tickets-removed = { $member } may no longer read here.
tickets-answer-title = { $guild }
tickets-scheduled = This ticket closes { $at } unless you write.
tickets-scheduled-reply = Set: it closes { $at }.
tickets-unscheduled = It stays open.
tickets-called-off = The planned closing is off, since you wrote.
tickets-stale = Nobody has written for a while: this ticket closes { $until } unless somebody does.
tickets-reopened = { $agent } opened this ticket again.
tickets-closing = Ticket { $number } is closed; what was written is kept.
tickets-claim-done = Ticket { $number } is yours.
tickets-release-done = Nobody has ticket { $number } now.
tickets-transfer-done = { $agent } has ticket { $number } now.
tickets-priority-done = Ticket { $number }: priority { $level }.
tickets-rename-done = Ticket { $number } is about: { $subject }
tickets-add-done = { $member } is in ticket { $number } now.
tickets-remove-done = { $member } is no longer in ticket { $number }.
tickets-move-done = Ticket { $number } is in { $category } now.
tickets-note-done = Noted in ticket { $number }. Only staff read it.
tickets-reply-done = Posted.
tickets-reopen-done = Ticket { $number } is open again.
tickets-blocked = { $member } can open no more tickets.
tickets-unblocked = { $member } can open tickets again.
tickets-blocks = { $count ->
    [0] Everyone can open tickets
    [1] 1 member can open no tickets
   *[other] { $count } members can open no tickets
}
tickets-blocks-value = { $member } · by { $by }, { $at }
tickets-rated = { $stars } Thank you!
tickets-list = { $count ->
    [0] No open ticket
    [1] 1 open ticket
   *[other] { $count } open tickets
}
tickets-list-line = { $number } · { $subject }
tickets-list-value = { $channel } by { $user }, { $since } · staff: { $agent } · priority { $level }
tickets-found = { $count ->
    [0] Nothing found
    [1] 1 message found
   *[other] { $count } messages found
}
tickets-found-line = Ticket { $number }
tickets-mine = { $count ->
    [0] You have no ticket
    [1] Your ticket
   *[other] Your { $count } tickets
}
tickets-state-opening = being opened
tickets-state-open = open: { $channel }
tickets-state-closed = closed { $at }
tickets-read-one = Read one
tickets-stats-title = Tickets
tickets-stats-count = How many
tickets-stats-counts = { $open } open, { $all } in all
tickets-stats-answer = First answer after
tickets-stats-close = Closed after
tickets-stats-stars = Rated
tickets-stats-by = Staff
tickets-stats-agent = { $agent }: { $count ->
    [1] 1 ticket
   *[other] { $count } tickets
}, answered after { $answer }, { $stars }
priority-low = low
priority-normal = normal
priority-high = high
priority-urgent = urgent

tickets-categories = { $count ->
    [0] No category yet: `ticket category add name`
    [1] 1 category
   *[other] { $count } categories
}
tickets-category-added = The category is made; in commands it is called `{ $key }`.
tickets-category-removed = The category `{ $key }` is no longer offered. Its tickets go on.
tickets-category-title = { $name } ({ $key })
tickets-panel-title = Need help?
tickets-panel-words = Open a ticket: a channel that only you and the staff see.
tickets-panel-menu = What is it about?
tickets-panel-posted = Panel { $number } is on its way.
tickets-panel-removed = Panel { $number } is forgotten. Delete its message yourself.
tickets-canned-set = The answer `{ $name }` is prepared.
tickets-canned-removed = The answer `{ $name }` is forgotten.
tickets-canned-list = { $count ->
    [0] No prepared answer yet
    [1] 1 prepared answer
   *[other] { $count } prepared answers
}
tickets-desk = Transcripts: { $transcripts } · zone of the hours: { $zone }
ticket-setting-name = Name
ticket-setting-about = What it is for
ticket-setting-staff = Staff
ticket-setting-parent = Where
ticket-setting-place = Channel or thread
ticket-setting-opening = First words
ticket-setting-questions = Questions
ticket-setting-most-open = Open at once
ticket-setting-most-each = Open at once for one member
ticket-setting-cooldown = Between two of one member
ticket-setting-hours = Hours
ticket-setting-silence = Warning after silence of
ticket-setting-grace = Closed so long after it
ticket-setting-ending = Channel at the end
ticketsetup-title = Setting tickets up
ticketsetup-words = { $count ->
    [0] First make a category: a kind of ticket with its staff and its questions. Then post a panel where members see it.
    [1] There is 1 category. Choose it to change it, or post a panel here.
   *[other] There are { $count } categories. Choose one to change it, or post a panel here.
}
ticketsetup-pick = Change a category
ticketsetup-transcripts = Where transcripts are posted
ticketsetup-new = New category
ticketsetup-panel = Post a panel here
ticketsetup-menu = Post a panel with a menu here
ticketsetup-staff = Who answers
ticketsetup-parent = Where its tickets stand
ticketsetup-texts = Texts and questions
ticketsetup-as-thread = Use threads
ticketsetup-as-channel = Use channels
ticketsetup-back = Back

transcript-title = Ticket { $number }
transcript-edited = edited
transcript-deleted = deleted
transcript-note = note
transcript-staff = staff
transcript-lost = not kept

refused-no-category = There is no category `{ $key }`.
refused-no-categories = No category of tickets is set up yet: an administrator does so with `ticket_setup`.
refused-which-category = Say which category: { $keys }
refused-category-exists = There is a category `{ $key }` already, or this is no name for one.
refused-many-categories = A server has at most { $most } categories.
refused-blocked = You can't open tickets on this server.
refused-open-already = { $count ->
    [1] You have an open ticket of this kind: { $channel }
   *[other] You have { $count } open tickets of this kind: { $channel }
}
refused-opening-already = { $count ->
    [1] Your ticket is being opened already.
   *[other] You have { $count } tickets of this kind already.
}
refused-reopen-open = { $member } has an open ticket of this kind already.
refused-cooldown = You can open another one { $until }.
refused-category-full = { $most } tickets of this kind are open: as many as there may be. Try again later.
refused-staff-only = This is for the staff of this ticket.
refused-own-ticket = This is your own ticket: somebody else has to do that.
refused-not-staff = { $member } is not of the staff of this ticket.
refused-ticket-bot = Bots can't be added to tickets.
refused-typed-note = What is typed here is read here, also by the member: use /ticket note.
refused-typed-transcript = The answer would be read here by everyone, staff’s notes included: use /ticket transcript.
refused-before-member = The member reads this channel: use the slash command, or another channel.
refused-no-ticket-here = This channel is no ticket: go there, or give its number.
refused-no-reply = There is no prepared answer `{ $name }`.
refused-words = From 1 to { $longest } characters, please.
refused-questions = At most { $most } questions of { $longest } characters each, with | between them.
refused-ticket-setting = "{ $value }" does not fit here.
refused-no-ticket-setting = What can be set: { $names }
refused-no-panel = There is no panel { $number }.
refused-not-blocked = { $member } can open tickets.
refused-transcript = What was written in ticket { $number } could not be kept safe, so it stays open. The log says why.
refused-ticket-busy = People write in ticket { $number } faster than it can be copied: try again in a moment.
