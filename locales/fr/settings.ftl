# Les réglages, l’installation et l’aide.
cmd-settings = Les réglages du serveur : les voir, en changer un
    .usage = [réglage] [valeur]
    .example =
        setting:salon_journal
        setting:salon_journal value:#general
        setting:seuils value:3 en 30j: sourdine 1h; 5: expulsion
    .setting = Quel réglage
    .value = Sa nouvelle valeur ; « default » pour revenir au réglage d’origine
cmd-setup = Installer Greffier sur ce serveur, pas à pas
cmd-help = Les commandes et leur emploi
    .usage = [commande]
    .example =
        command:warn
        command:ticket close
    .command = Une commande en particulier

help-title = Commandes de Greffier
help-intro = Chaque commande s’écrit `{ $prefix }commande` ou `/commande`. Entre crochets : facultatif.
help-command = `{ $usage }` — { $description }
help-examples = Par exemple :
help-group = `{ $prefix }help { $command }` : l’emploi de l’une d’elles, avec des exemples.
help-category-continued = { $category } (suite)
help-category-warnings = Avertissements
help-category-settings = Réglages
help-category-backups = Sauvegardes
help-category-others = Autres

settings-title = Réglages de ce serveur
settings-how = Pour en changer un : `{ $prefix }settings réglage valeur`. La valeur `default` rend le réglage d’origine.
settings-field = { $label } (`{ $name }`)
settings-kept = { $setting } : { $value }. C’est enregistré.
settings-unchanged = { $setting } : { $value }. C’était déjà le cas.

setting-none = aucun
setting-default = { $value } (par défaut)
setting-prefix = Préfixe
    .form = 1 à 5 signes, sans lettre ni chiffre ni espace, par exemple `?`
setting-language = Langue
    .form = `fr` ou `en`
setting-log-channel = Salon du journal
    .form = un salon, par exemple `#logs`, ou `aucun`
setting-log-channel-lost = ⚠️ { $channel } a disparu ou m’est fermé depuis le { $since } : choisissez-en un autre
setting-moderator-roles = Rôles de modération
    .form = un ou plusieurs rôles mentionnés, ou `aucun`
setting-moderator-roles-default = tous ceux qui peuvent exclure temporairement (par défaut)
setting-direct-messages = Message privé au membre averti
    .form = `oui` ou `non`
setting-mute-role = Rôle de sourdine
    .form = `aucun` ; la commande `mute_setup` crée ou choisit un rôle
setting-mute-role-default = aucun : les exclusions temporaires de Discord (par défaut)
setting-warning-days = Durée des avertissements
    .form = un nombre de jours, 0 pour toujours
setting-warning-days-never = sans limite
setting-thresholds = Seuils
    .form = `3 en 30j: timeout 1h; 5: kick; 8: ban`, ou `aucun`
setting-reasons = Motifs proposés
    .form = des motifs séparés par `|`
setting-keep-roles = Rôles rendus aux membres qui reviennent
    .form = `oui` ou `non`
setting-keep-records = Sanctions gardées, sans contenu, pour les membres qui effacent leurs données
    .form = `oui` ou `non`

setup-title = Installation de Greffier
setup-choose-language = Choisir la langue
setup-choose-log-channel = Choisir le salon du journal
setup-choose-moderator-roles = Choisir les rôles de modération
setup-check = Vérifier à nouveau
setup-lacks = Ce qui me manque ici
setup-lacks-nothing = Rien : j’ai toutes les permissions qu’il me faut, et mon rôle est bien placé.
setup-lacks-permission = La permission « { $permission } » : Paramètres du serveur → Rôles → Greffier → Permissions.
setup-lacks-in-channel = La permission « { $permission } » dans { $channel } : Modifier le salon → Permissions → Greffier.
setup-lacks-position = Le rôle { $role } est au-dessus du mien, je ne peux pas agir sur ses membres : Paramètres du serveur → Rôles, et glissez Greffier plus haut.
setup-lacks-log-channel = Le salon du journal a disparu ou m’est fermé depuis le { $since } : choisissez-en un autre ci-dessous.

language-fr = français
language-en = anglais
yes = oui
no = non

log-channel-lost-title = Le salon du journal a disparu
log-channel-lost-field = Que faire
log-channel-lost-text = Le salon <#{ $channel }>, où Greffier tenait le journal de votre serveur, a disparu ou lui est fermé. Les sanctions restent enregistrées. Choisissez un autre salon avec la commande setup.

refused-moderators-only = Cette commande est réservée à la modération. Vos propres avertissements : commande `mywarnings`.
refused-administrators-only = Cette commande est réservée aux administrateurs du serveur.
refused-prefix = Ce préfixe ne convient pas : 1 à { $longest } signes, sans lettre, chiffre ni espace, et sans `/`, `<`, `@` ni `#` au début.
refused-thresholds = Ces seuils ne conviennent pas : { $most } au plus, et au moins 1 point chacun.
refused-timeout-length = Une exclusion temporaire dure au plus 28 jours (limite de Discord), et plus de zéro seconde.
refused-reasons = Ces motifs ne conviennent pas : { $most } au plus, de { $longest } caractères au plus.
refused-setting-value = Cette valeur ne convient pas pour « { $setting } ». Attendu : { $form }.
refused-unknown-setting = Il n’y a pas de réglage « { $typed } ». La liste : `{ $prefix }settings`.
refused-unknown-setting-near = Il n’y a pas de réglage « { $typed } ». Vouliez-vous dire `{ $nearest }` ? La liste : `{ $prefix }settings`.
refused-unknown-command = Il n’y a pas de commande « { $typed } ». La liste : `{ $prefix }help`.
refused-unknown-command-near = Il n’y a pas de commande « { $typed } ». Vouliez-vous dire `{ $nearest }` ?
