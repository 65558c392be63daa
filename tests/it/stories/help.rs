//! `!help`, and what the bot says to what it does not understand.

use greffier::model::Locale;

use crate::town::{Building, Town};

#[test]
fn help_lists_every_command_in_the_readers_language() {
    let town = Town::open();
    let sam = town.member("sam");
    insta::assert_snapshot!(sam.slash("help"), @r"
    (only sam) | **Greffier’s commands**
    | Each command is typed `!command` or `/command`. In brackets: optional.
    | Warnings:
    | `/warn @member [points] reason` — Warn a member
    | `/warnings [@member] [page]` — The warnings of the server or of a member
    | `/unwarn number` — Take a warning back; it stays in the history
    | `/clearwarnings @member` — Take all warnings of a member back
    | `/warnreason number reason` — Change the reason of a warning
    | `/mywarnings [page]` — Your own warnings
    | Economy:
    | `/balance [@member]` — How many coins you or another member have
    | `/pay @member amount` — Pay another member
    | `/leaderboard [page]` — Who has the most coins
    | `/history [@member]` — Where your coins came from and went
    | `/daily` — Take the day’s coins; each further day in a row brings more
    | `/work` — Work for some coins
    | `/shop [page]` — What can be bought here
    | `/buy [number] item` — Buy something from the shop
    | `/inventory [@member]` — What you or another member have bought
    | `/use item` — Use something that you have bought
    | `/coinflip amount [heads|tails]` — Double a stake, or lose it to the bank
    | `/duel @member amount` — Challenge a member: both stake as much, one takes it all
    | `/economy` — The economy of this server
    | Self-roles: `/rolemenu` — Menus from which members choose their own roles
    | Moderation:
    | `/kick @member [reason]` — Send a member out of the server
    | `/ban @member [7d] [delete:1d] [reason]` — Ban somebody, for a time or for good, here or not
    | `/unban id [reason]` — End somebody’s ban
    | `/case number` — Everything about one case
    | `/cases [@member] [page]` — The cases of the server or of a member
    | `/reason number reason` — Give a case another reason
    | `/note @member text` — Write down what moderators should know; the member isn’t told
    | `/modstats [@moderator] [30d]` — How many cases each moderator opened
    | `/mute @member [3h] [reason]` — Silence a member, for 10 minutes unless you say otherwise
    | `/unmute @member [reason]` — Let a member speak again
    | `/mutes [page]` — Who is silenced at present
    | `/muteinfo @member` — Since when, until when and why a member is silenced
    | `/mute_setup [@role | off]` — Mute by a role: make it, close every channel to it, mend it
    | `/massban ids… | joined:10m [reason]` — Ban many at once, after one look and one confirmation
    | Moderation:
    | `/masskick ids… | joined:10m [reason]` — Send many out at once, after one look and one confirmation
    | `/massmute ids… | joined:10m [1h] [reason]` — Silence many at once, after one look and one confirmation
    | `/massundo number` — Take a whole batch back
    | `/purge number [@member]` — Clear the newest messages of this channel, everyone’s or one member’s
    | `/slowmode 10s | off` — Let each member write here only so often
    | `/lockdown [#channel | all] [10m] [reason]` — Close this channel to members, or others, or all; for a time or until `unlock`
    | `/unlock [#channel | all] [reason]` — Open this channel again, or others, or all that are closed
    | Tickets:
    | `/ticket` — Tickets: open, answer, close
    | `/mytickets [page]` — Your own tickets, with what was written in them
    | `/ticket_setup` — Set tickets up with menus
    | Your data: `/mydata` — Your own data: have it, or have it erased
    | Settings:
    | `/settings [setting] [value]` — The server’s settings: see them, change one
    | `/setup` — Set Greffier up on this server, step by step
    | `/help [command]` — The commands and how they are used
    | Backups:
    | `/backup_status` — How saves and archives stand
    | `/force_backup` — Make a full archive at once (the bot’s owner)
    | `/persistent_status` — What Greffier keeps of this server
    ");
    sam.speaks("fr");
    insta::assert_snapshot!(sam.slash("help"), @r"
    (only sam) | **Commandes de Greffier**
    | Chaque commande s’écrit `!commande` ou `/commande`. Entre crochets : facultatif.
    | Avertissements:
    | `/warn @membre [points] motif` — Avertir un membre
    | `/warnings [@membre] [page]` — Les avertissements du serveur ou d’un membre
    | `/unwarn numéro` — Retirer un avertissement ; il reste dans l’historique
    | `/clearwarnings @membre` — Retirer tous les avertissements d’un membre
    | `/warnreason numéro motif` — Changer le motif d’un avertissement
    | `/mywarnings [page]` — Vos propres avertissements
    | Économie:
    | `/balance [@membre]` — Combien de pièces vous avez, vous ou un autre membre
    | `/pay @membre montant` — Payer un autre membre
    | `/leaderboard [page]` — Qui a le plus de pièces
    | `/history [@membre]` — D’où viennent vos pièces et où elles sont parties
    | `/daily` — Prendre les pièces du jour ; chaque jour de suite rapporte davantage
    | `/work` — Travailler pour quelques pièces
    | `/shop [page]` — Ce qui s’achète ici
    | `/buy [nombre] article` — Acheter quelque chose à la boutique
    | `/inventory [@membre]` — Ce que vous avez acheté, vous ou un autre membre
    | `/use article` — Utiliser quelque chose que vous avez acheté
    | `/coinflip montant [heads|tails]` — Doubler une mise, ou la perdre contre la banque
    | `/duel @membre montant` — Défier un membre : chacun mise autant, l’un prend tout
    | `/economy` — L’économie de ce serveur
    | Rôles au choix: `/rolemenu` — Les menus où les membres choisissent leurs rôles
    | Modération:
    | `/kick @membre [motif]` — Expulser un membre du serveur
    | `/ban @membre [7j] [suppr:1j] [motif]` — Bannir quelqu’un, pour un temps ou pour toujours, présent ou non
    | `/unban identifiant [motif]` — Mettre fin à un bannissement
    | `/case numéro` — Tout sur un dossier
    | `/cases [@membre] [page]` — Les dossiers du serveur ou d’un membre
    | `/reason numéro motif` — Changer le motif d’un dossier
    | `/note @membre texte` — Noter ce que la modération doit savoir ; le membre n’en est pas averti
    | `/modstats [@modérateur] [30j]` — Combien de dossiers chacun a ouverts
    | `/mute @membre [3h] [motif]` — Mettre un membre en sourdine, 10 minutes sauf indication contraire
    | `/unmute @membre [motif]` — Rendre la parole à un membre
    | `/mutes [page]` — Qui est en sourdine en ce moment
    | `/muteinfo @membre` — Depuis quand, jusqu’à quand et pourquoi un membre est en sourdine
    | `/mute_setup [@rôle | off]` — Mettre en sourdine par un rôle : le créer, lui fermer les salons, le réparer
    | Modération:
    | `/massban identifiants… | joined:10m [motif]` — Bannir beaucoup de monde d’un coup, après un aperçu et une confirmation
    | `/masskick identifiants… | joined:10m [motif]` — Expulser beaucoup de monde d’un coup, après un aperçu et une confirmation
    | `/massmute identifiants… | joined:10m [1h] [motif]` — Faire taire beaucoup de monde d’un coup, après un aperçu et une confirmation
    | `/massundo numéro` — Revenir sur tout un lot
    | `/purge nombre [@membre]` — Effacer les derniers messages de ce salon, de tous ou d’un membre
    | `/slowmode 10s | off` — Ralentir ce salon
    | `/lockdown [#salon | all] [10m] [motif]` — Fermer ce salon aux membres, ou d’autres, ou tous ; pour un temps ou jusqu’à `unlock`
    | `/unlock [#salon | all] [motif]` — Rouvrir ce salon, ou d’autres, ou tous ceux qui sont fermés
    | Tickets:
    | `/ticket` — Les tickets : ouvrir, répondre, fermer
    | `/mytickets [page]` — Vos propres tickets, avec ce qui y fut écrit
    | `/ticket_setup` — Mettre les tickets en place avec des menus
    | Vos données: `/mydata` — Vos propres données : les recevoir ou les faire effacer
    | Réglages:
    | `/settings [réglage] [valeur]` — Les réglages du serveur : les voir, en changer un
    | `/setup` — Installer Greffier sur ce serveur, pas à pas
    | `/help [commande]` — Les commandes et leur emploi
    | Sauvegardes:
    | `/backup_status` — L’état des sauvegardes et des archives
    | `/force_backup` — Faire une archive complète tout de suite (propriétaire du bot)
    | `/persistent_status` — Ce que Greffier garde de ce serveur
    ");
}

#[test]
fn help_on_one_command_shows_how_it_is_typed() {
    let town = Town::open();
    let sam = town.member("sam");
    insta::assert_snapshot!(sam.says("!help warn"), @"`!warn @member [points] reason` — Warn a member");
    insta::assert_snapshot!(sam.slash("help command:warnreason"), @"(only sam) `/warnreason number reason` — Change the reason of a warning");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!help wran")), @r#"There is no command "wran". Did you mean `warn`?"#);
    insta::assert_snapshot!(town.unchanged(|| sam.says("!help cookies")), @r#"There is no command "cookies". The list: `!help`."#);
    insta::assert_snapshot!(town.unchanged(|| sam.slash("help command:cookies")), @r#"(only sam) There is no command "cookies". The list: `/help`."#);
    let town = Building::default().speaking(Locale::Fr).open();
    insta::assert_snapshot!(town.member("sam").says("!help !warn"), @"`!warn @membre [points] motif` — Avertir un membre");
}

#[test]
fn what_is_no_command_of_ours_is_not_our_business() {
    let town = Town::open();
    let sam = town.member("sam");
    sam.meets_silence("!play something nice");
    sam.meets_silence("hello everyone");
    sam.meets_silence("!");
}

#[test]
fn commands_are_understood_in_any_case_and_with_several_spaces() {
    let town = Town::open();
    insta::assert_snapshot!(town.moderator("mia").says("!WARN   @sam   spam"), @"@sam was warned (case 1): 1 point, 1 in total.");
}

#[test]
fn a_command_for_servers_is_refused_in_a_direct_message() {
    let town = Town::open();
    let mia = town.moderator("mia");
    insta::assert_snapshot!(town.unchanged(|| mia.says_in("@mia", "!warn @sam spam")), @"This command works on a server only.");
    insta::assert_snapshot!(mia.says_in("@mia", "!help warn"), @"`!warn @member [points] reason` — Warn a member");
}

#[test]
fn a_mistyped_argument_is_answered_in_the_members_language() {
    let town = Town::open();
    let mia = town.moderator("mia");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn first")), @r#"I don’t understand "first". The command is typed: `!unwarn number`"#);
    let town = Building::default().speaking(Locale::Fr).open();
    insta::assert_snapshot!(town.unchanged(|| town.moderator("mia").says("!unwarn premier")), @"Je ne comprends pas « premier ». La commande s’écrit : `!unwarn numéro`");
}
