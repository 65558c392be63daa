# Menus from which members choose their own roles.
cmd-rolemenu = Menus from which members choose their own roles
cmd-rolemenu-create = Begin a menu; nobody sees it before it is posted
    .usage = title
    .example = title:Colours
    .title = Its heading
cmd-rolemenu-add = Offer a role in a menu
    .usage = menu @role [label]
    .example =
        menu:1 role:@Red
        menu:1 role:@Blue label:The blue one
    .menu = The menu’s number
    .role = The role to offer
    .label = What stands on its button; otherwise the role’s name
cmd-rolemenu-drop = Offer a role in a menu no longer; who has it keeps it
    .usage = menu @role
    .example = menu:1 role:@Blue
    .menu = The menu’s number
    .role = The role
cmd-rolemenu-lend = Give a role of a menu for a time only
    .usage = menu @role duration
    .example = menu:1 role:@Red duration:7d
    .menu = The menu’s number
    .role = The role
    .duration = For how long, such as 7d; "always" for good
cmd-rolemenu-set = Change a menu: title, text, style, choice, required or forbidden roles
    .usage = menu property value
    .example =
        menu:1 property:title value:Your colour
        menu:1 property:choice value:one
    .menu = The menu’s number
    .property = What to change
    .value = Its new value
cmd-rolemenu-post = Post a menu in a channel, or move it there
    .usage = menu [#channel]
    .example =
        menu:1
        menu:1 channel:#general
    .menu = The menu’s number
    .channel = Where; otherwise here
cmd-rolemenu-show = A menu, with what keeps its roles from being handed out
    .usage = menu
    .example = menu:1
    .menu = The menu’s number
cmd-rolemenu-list = All the menus
    .usage = [page]
    .example = page:2
    .page = Which page
cmd-rolemenu-close = Close a menu for good; who has its roles keeps them
    .usage = menu
    .example = menu:1
    .menu = The menu’s number

help-category-selfroles = Self-roles

selfroles-created = Menu { $number } is begun. Next: `{ $prefix }rolemenu add { $number } @role` for each role, then `{ $prefix }rolemenu post { $number }`.
selfroles-added = Menu { $number } offers { $role }.
selfroles-dropped = Menu { $number } no longer offers { $role }. Who has it keeps it.
selfroles-lent = Menu { $number } gives { $role } for { $duration }.
selfroles-lent-always = Menu { $number } gives { $role } for good.
selfroles-edited = Menu { $number } is changed.
selfroles-posted = Menu { $number } goes to { $channel }.
selfroles-close-question = Close menu { $number }, “{ $title }”, for good? Its message stops working; who has its roles keeps them.
selfroles-close-button = Close it
selfroles-closed = Menu { $number } is closed.
selfroles-stays = Menu { $number } stays.

selfroles-form-words = some words
selfroles-form-style = `buttons` or `select`
selfroles-form-choice = `one`, `any`, a number at most, or from-to such as `1-3`
selfroles-form-roles = one or more roles, mentioned, or `none`
selfroles-form-loan = a length of time such as `7d`, or `always`

selfroles-list = { $count ->
    [0] No role menus
    [one] One role menu
   *[other] { $count } role menus
}
selfroles-list-none = The first one: `{ $prefix }rolemenu create title`.
selfroles-line-name = Menu { $number } · { $title }
selfroles-line = { $count ->
    [0] no role yet
    [one] one role
   *[other] { $count } roles
} · { $place }
selfroles-place = in { $channel }: { $link }
selfroles-place-none = not posted
selfroles-place-vanished = ⚠️ its message is gone since { $since }: post it again
selfroles-offer = { $role } — { $label }
selfroles-for = for { $duration }
selfroles-loan = { $role }: { $duration }
selfroles-lines =
    { $before }
    { $line }

selfroles-field-how = How it works
selfroles-field-place = Where
selfroles-field-required = Only with one of these roles
selfroles-field-forbidden = Not with any of these roles
selfroles-field-loans = For a time only
selfroles-how-buttons = Press to get a role, press again to give it back. { $count }
selfroles-how-select = Choose all the roles that you want. { $count }
selfroles-any = As many as you like.
selfroles-one = One at a time.
selfroles-at-most = { $most } at most.
selfroles-at-least = { $least } at least.
selfroles-between = From { $least } to { $most }.
selfroles-moved = This menu is now in { $channel }.
selfroles-closed-here = This menu is closed.
selfroles-not-posted = Role menu { $number } could not be posted
selfroles-not-posted-why = I may not write in { $channel }, or it is gone. Give me “View Channel”, “Send Messages” and “Embed Links” there, and post it again.

selfroles-given = ✅ You get { $roles }.
selfroles-given-until = ✅ You get { $roles } until { $until }.
selfroles-taken = ➖ You give { $roles } back.
selfroles-kept = { $roles } stays: you have it by other means than this menu too.
selfroles-as-before = Nothing changes: you have exactly that.

refused-no-menu = There is no role menu { $number } on this server.
refused-menu-gone = This menu is closed: it no longer gives roles.
refused-menu-changed = This menu was changed a moment ago: look at it once more and choose again.
refused-menu-not-offered = That menu does not offer { $role }.
refused-menu-least = You need at least { $least } of this menu’s roles.
refused-menu-most = You can have at most { $most } of this menu’s roles: give one back first.
refused-menu-required = This menu is for those who have one of these roles: { $roles }.
refused-menu-forbidden = This menu is not for those who have { $roles }.
refused-menus-too-many = There are { $most } menus already: close one first.
refused-menu-full = A menu takes { $most } roles at most (Discord’s limit).
refused-menu-choice = This choice won’t do: from 1 to { $most } at most, and no more at least than the menu offers.
refused-menu-loan = A role is lent for a minute at least.
refused-menu-empty = Menu { $number } offers no role yet.
refused-menu-length = These words won’t do: 1 to { $most } characters.
refused-menu-value = This value won’t do. Expected: { $form }.
