# The configuration: what is wrong, where, and what would be right.

config-at-line = { $file }, line { $line }: { $what }
config-in-file = { $file }: { $what }
config-in-variable = variable { $variable }: { $what }

config-unreadable = the file cannot be read ({ $why })
config-not-toml = this is not valid TOML ({ $why })
config-unknown-key = there is no key `{ $key }`
config-unknown-key-near = there is no key `{ $key }`; did you mean `{ $nearest }`?
config-unknown-variable = Nobody knows the variable { $variable }; it has no effect
config-unknown-variable-near = Nobody knows the variable { $variable }; it has no effect; did you mean { $nearest }?
config-wrong-value = `{ $key }`: { $why }
config-same-folder = `paths.data` and `paths.backups` are the same folder ({ $folder }); an archive must stand elsewhere than what it protects

config-wants-text = it must be a text in quotes, not { $got }
config-wants-count = it must be a whole number from { $least } to { $most }, not { $got }
config-wants-flag = it must be `true` or `false`, not { $got }
config-wants-time = it must be a time of day like "03:00", not { $got }
config-wants-ids = it must be a list of Discord ids like ["123456789012345678"], not { $got }
config-wants-locale = it must be "fr" or "en", not { $got }
config-wants-zone = there is no time zone “{ $got }”; it must be a name like "Europe/Paris"
config-wants-zone-near = there is no time zone “{ $got }”; did you mean "{ $nearest }"?
config-wants-prefix = it must be 1 to 5 characters without a space, not beginning with `/`, not { $got }
config-wants-folder = it must be the name of a folder, not { $got }
config-wants-section = `{ $key }` is a section, written `[{ $key }]` on a line of its own
config-wants-address = it must be an address `https://…` (or `http://` on this very machine: the token would travel in clear nowhere), not { $got }
config-wants-ping = it must be an address `https://…` (or `http://` on this very machine: whoever reads it on its way could say that all is well)
config-wants-media-types = it must be media types like "image/*, application/pdf", not { $got }
config-wants-log-format = it must be "auto", "text" or "json", not { $got }

config-no-token = No bot token. Give it by the variable DISCORD_TOKEN, by a file named in `discord.token_file`, or by systemd (`LoadCredential=discord_token:…`). To try without a token: `greffier try`
config-token-malformed = this is not a bot token: it is empty or has characters that no token has
