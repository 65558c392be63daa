# La configuration : ce qui est faux, où, et ce qui serait juste.

config-at-line = { $file }, ligne { $line } : { $what }
config-in-file = { $file } : { $what }
config-in-variable = variable { $variable } : { $what }

config-unreadable = fichier illisible ({ $why })
config-not-toml = ce n’est pas du TOML valide ({ $why })
config-unknown-key = la clé `{ $key }` n’existe pas
config-unknown-key-near = la clé `{ $key }` n’existe pas ; vouliez-vous dire `{ $nearest }` ?
config-unknown-variable = La variable { $variable } n’est connue de personne et reste sans effet
config-unknown-variable-near = La variable { $variable } n’est connue de personne et reste sans effet ; vouliez-vous dire { $nearest } ?
config-wrong-value = `{ $key }` : { $why }
config-same-folder = `paths.data` et `paths.backups` désignent le même dossier ({ $folder }) ; une archive doit être ailleurs que ce qu’elle protège

config-wants-text = il faut un texte entre guillemets, et non { $got }
config-wants-count = il faut un nombre entier de { $least } à { $most }, et non { $got }
config-wants-flag = il faut `true` ou `false`, et non { $got }
config-wants-time = il faut une heure comme "03:00", et non { $got }
config-wants-ids = il faut une liste d’identifiants Discord comme ["123456789012345678"], et non { $got }
config-wants-locale = il faut "fr" ou "en", et non { $got }
config-wants-zone = le fuseau horaire « { $got } » n’existe pas ; il faut un nom comme "Europe/Paris"
config-wants-zone-near = le fuseau horaire « { $got } » n’existe pas ; vouliez-vous dire "{ $nearest }" ?
config-wants-prefix = il faut de 1 à 5 caractères sans espace, autres que `/` au début, et non { $got }
config-wants-folder = il faut le nom d’un dossier, et non { $got }
config-wants-section = `{ $key }` est une section, qui s’écrit `[{ $key }]` sur sa propre ligne
config-wants-address = il faut une adresse `https://…` (ou `http://` sur cette machine même : le jeton n’irait nulle part en clair), et non { $got }
config-wants-ping = il faut une adresse `https://…` (ou `http://` sur cette machine même : qui la lirait en chemin pourrait dire que tout va bien)
config-wants-media-types = il faut des types de médias comme "image/*, application/pdf", et non { $got }
config-wants-log-format = il faut "auto", "text" ou "json", et non { $got }

config-no-token = Aucun jeton de bot. Donnez-le par la variable DISCORD_TOKEN, par un fichier nommé dans `discord.token_file`, ou par systemd (`LoadCredential=discord_token:…`). Pour essayer sans jeton : `greffier try`
config-token-malformed = ce n’est pas un jeton de bot : il est vide ou contient des caractères qu’aucun jeton ne contient
