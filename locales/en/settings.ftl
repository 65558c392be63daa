# Settings, setup and help.
cmd-settings = The server’s settings: see them, change one
    .usage = [setting] [value]
    .example =
        setting:log_channel
        setting:log_channel value:#general
        setting:thresholds value:3 in 30d: timeout 1h; 5: kick
    .setting = Which setting
    .value = Its new value; "default" takes it back to the default
cmd-setup = Set Greffier up on this server, step by step
cmd-help = The commands and how they are used
    .usage = [command]
    .example =
        command:warn
        command:ticket close
    .command = One command in particular

help-title = Greffier’s commands
help-intro = Each command is typed `{ $prefix }command` or `/command`. In brackets: optional.
help-command = `{ $usage }` — { $description }
help-examples = For example:
help-group = `{ $prefix }help { $command }`: how one of them is used, with examples.
help-category-continued = { $category } (continued)
help-category-warnings = Warnings
help-category-settings = Settings
help-category-backups = Backups
help-category-others = Others

settings-title = Settings of this server
settings-how = To change one: `{ $prefix }settings setting value`. The value `default` takes it back to the default.
settings-field = { $label } (`{ $name }`)
settings-kept = { $setting }: { $value }. It is kept.
settings-unchanged = { $setting }: { $value }. It was so already.

setting-none = none
setting-default = { $value } (default)
setting-prefix = Prefix
    .form = 1 to 5 signs, no letter, digit or space, for example `?`
setting-language = Language
    .form = `fr` or `en`
setting-log-channel = Log channel
    .form = a channel, for example `#logs`, or `none`
setting-log-channel-lost = ⚠️ { $channel } is gone or closed to me since { $since }: choose another
setting-moderator-roles = Moderator roles
    .form = one or more roles, mentioned, or `none`
setting-moderator-roles-default = whoever may time members out (default)
setting-direct-messages = Direct message to a warned member
    .form = `yes` or `no`
setting-mute-role = Role that mutes
    .form = `none`; the command `mute_setup` makes or chooses a role
setting-mute-role-default = none: Discord’s timeouts (default)
setting-warning-days = How long warnings count
    .form = a number of days, 0 for ever
setting-warning-days-never = for ever
setting-thresholds = Thresholds
    .form = `3 in 30d: timeout 1h; 5: kick; 8: ban`, or `none`
setting-reasons = Suggested reasons
    .form = reasons separated by `|`
setting-keep-roles = Roles given back to members who return
    .form = `yes` or `no`
setting-keep-records = Moderation records kept, without content, of members who erase their data
    .form = `yes` or `no`

setup-title = Setting Greffier up
setup-choose-language = Choose the language
setup-choose-log-channel = Choose the log channel
setup-choose-moderator-roles = Choose the moderator roles
setup-check = Check again
setup-lacks = What I lack here
setup-lacks-nothing = Nothing: I have every permission that I need, and my role is well placed.
setup-lacks-permission = The permission "{ $permission }": Server Settings → Roles → Greffier → Permissions.
setup-lacks-in-channel = The permission "{ $permission }" in { $channel }: Edit Channel → Permissions → Greffier.
setup-lacks-position = The role { $role } is above mine, I can’t act on its members: Server Settings → Roles, and drag Greffier higher.
setup-lacks-log-channel = The log channel is gone or closed to me since { $since }: choose another below.

language-fr = French
language-en = English
yes = yes
no = no

log-channel-lost-title = The log channel is gone
log-channel-lost-field = What to do
log-channel-lost-text = The channel <#{ $channel }>, where Greffier kept your server’s log, is gone or closed to it. Every case is still kept. Choose another channel with the setup command.

refused-moderators-only = This command is for moderators. Your own warnings: command `mywarnings`.
refused-administrators-only = This command is for the server’s administrators.
refused-prefix = This prefix won’t do: 1 to { $longest } signs, no letter, digit or space, and no `/`, `<`, `@` or `#` in front.
refused-thresholds = These thresholds won’t do: { $most } at most, each of at least 1 point.
refused-timeout-length = A timeout lasts at most 28 days (Discord’s limit), and more than zero seconds.
refused-reasons = These reasons won’t do: { $most } at most, of { $longest } characters at most.
refused-setting-value = This value won’t do for "{ $setting }". Expected: { $form }.
refused-unknown-setting = There is no setting "{ $typed }". The list: `{ $prefix }settings`.
refused-unknown-setting-near = There is no setting "{ $typed }". Did you mean `{ $nearest }`? The list: `{ $prefix }settings`.
refused-unknown-command = There is no command "{ $typed }". The list: `{ $prefix }help`.
refused-unknown-command-near = There is no command "{ $typed }". Did you mean `{ $nearest }`?
