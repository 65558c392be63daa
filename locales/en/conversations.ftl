# Conversations: what their rules refuse.
refused-no-ticket = There is no ticket { $number } on this server.
refused-ticket-closed = Ticket { $number } is closed.
refused-ticket-open = Ticket { $number } is still open.
refused-ticket-opening = Ticket { $number } is only just being opened: try again in a moment.
refused-not-your-ticket = This is not your ticket.
refused-stars = It takes from 1 to 5 stars.
refused-subject = A subject has from 1 to { $longest } characters.
refused-claimed-already = You have this ticket already.
refused-claimed-by = { $agent } has this ticket.
refused-claimed-by-nobody = Nobody has this ticket.
refused-same-category = The ticket is in this category already.
refused-in-ticket = { $member } is in this ticket already.
refused-not-in-ticket = { $member } was not added to this ticket.
refused-ticket-crowd = At most { $most } people can be added to a ticket.
refused-not-scheduled = No closing is planned for this ticket.
