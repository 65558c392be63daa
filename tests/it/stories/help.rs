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
    | Moderation (continued):
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
    | `/coinflip montant [pile|face]` — Doubler une mise, ou la perdre contre la banque
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
    | Modération (suite):
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
    insta::assert_snapshot!(sam.says("!help warn"), @r"
    `!warn @member [points] reason` — Warn a member
    For example:
    `!warn @sam spam`
    `!warn @sam 2 insults`
    ");
    insta::assert_snapshot!(sam.slash("help command:warnreason"), @r"
    (only sam) `/warnreason number reason` — Change the reason of a warning
    For example:
    `/warnreason case:1 reason:insults in #general`
    ");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!help wran")), @r#"There is no command "wran". Did you mean `warn`?"#);
    insta::assert_snapshot!(town.unchanged(|| sam.says("!help cookies")), @r#"There is no command "cookies". The list: `!help`."#);
    insta::assert_snapshot!(town.unchanged(|| sam.slash("help command:cookies")), @r#"(only sam) There is no command "cookies". The list: `/help`."#);
    let town = Building::default().speaking(Locale::Fr).open();
    insta::assert_snapshot!(town.member("sam").says("!help !warn"), @r"
    `!warn @membre [points] motif` — Avertir un membre
    Par exemple :
    `!warn @sam spam`
    `!warn @sam 2 insultes`
    ");
}

#[test]
fn help_on_a_subcommand_and_on_a_group_shows_them_with_examples() {
    let town = Town::open();
    let sam = town.member("sam");
    insta::assert_snapshot!(sam.says("!help ticket close"), @r"
    `!ticket close [reason] | in 2h [reason] | ask [reason] | cancel` — Close this ticket
    For example:
    `!ticket close solved`
    `!ticket close in 2h solved`
    `!ticket close ask`
    ");
    insta::assert_snapshot!(sam.slash("help command:ticket category set"), @r"
    (only sam) `/ticket category set category setting value` — Change something about a category
    For example:
    `/ticket category set category:billing setting:about value:Payments and refunds`
    ");
    insta::assert_snapshot!(sam.says("!help ticket note"), @r"
    `!ticket note words` — Keep a note that the member never sees
    For example:
    `/ticket note words:wrote to us last week too`
    ");
    insta::assert_snapshot!(sam.says("!help top"), @r"
    `!leaderboard [page]` — Who has the most coins
    For example:
    `!leaderboard 2`
    ");
    insta::assert_snapshot!(sam.says("!help daily"), @r"
    `!daily` — Take the day’s coins; each further day in a row brings more
    For example:
    `!daily`
    ");
    insta::assert_snapshot!(sam.says("!help economy"), @r#"
    | **The economy of this server**
    | `!economy overview` — What is set for this server’s economy
    | `!economy audit` — Add all coins up: how many there are, and whether the ledger is right
    | `!economy grant @member amount [reason]` — Give a member coins from the bank
    | `!economy take @member amount [reason]` — Take coins from a member
    | `!economy payday @role amount [every]` — Pay everyone with a role, once or from time to time
    | `!economy reset` — Begin anew: all coins, streaks and inventories go; an archive is made first
    | `!economy currency symbol [name]` — The symbol of the coins and what they are called
    | `!economy set what value` — Set rewards, limits and the time zone
    | `!economy item add "name" price [role:@role] [for:30d] [stock:10] [limit:1] [description]` — Put an item into the shop
    | `!economy item edit "item" [price:500] [role:@role] [for:30d] [stock:10] [limit:1] [description]` — Change an item of the shop
    | `!economy item remove item` — Take an item out of the shop; those who have it keep it
    | _`!help economy overview`: how one of them is used, with examples._
    "#);
    let offered = sam.is_offered("help command:ticket c", "command");
    insta::assert_snapshot!(offered.join(", "), @"ticket close, ticket claim, ticket category, ticket category add, ticket category set, ticket category remove, ticket category list, ticket canned, ticket canned set, ticket canned remove, ticket canned list");
    let town = Building::default().speaking(Locale::Fr).open();
    let sam = town.member("sam");
    insta::assert_snapshot!(sam.says("!help ticket"), @r"
    | **Les tickets : ouvrir, répondre, fermer**
    | `!ticket open [catégorie] [sujet]` — Ouvrir un ticket
    | `!ticket close [motif] | dans 2h [motif] | demander [motif] | annuler` — Fermer ce ticket
    | `!ticket reopen [numéro]` — Rouvrir un ticket fermé
    | `!ticket claim [numéro]` — Prendre un ticket en charge
    | `!ticket release [numéro]` — Laisser un ticket à d’autres
    | `!ticket transfer @membre [numéro]` — Confier un ticket à quelqu’un d’autre de l’équipe
    | `!ticket priority basse|normale|haute|urgente [numéro]` — Dire si un ticket presse
    | `!ticket rename sujet` — Changer le sujet de ce ticket
    | `!ticket add @membre [numéro]` — Faire entrer un membre dans un ticket
    | `!ticket remove @membre [numéro]` — Faire sortir un membre d’un ticket
    | `!ticket move catégorie [numéro]` — Mettre un ticket dans une autre catégorie
    | `!ticket note texte` — Garder une note que le membre ne voit jamais
    | `!ticket reply nom` — Publier ici une réponse préparée
    | `!ticket list` — Les tickets ouverts
    | `!ticket transcript numéro` — Lire un ticket
    | `!ticket search mots` — Chercher dans tous les tickets
    | `!ticket stats` — Combien de tickets, en combien de temps, par qui
    | `!ticket block @membre [motif]` — Empêcher un membre d’ouvrir des tickets
    | `!ticket unblock @membre` — Laisser un membre ouvrir à nouveau des tickets
    | `!ticket blocks` — Qui ne peut pas ouvrir de tickets
    | `!ticket category add nom` — Créer une catégorie
    | `!ticket category set catégorie réglage valeur` — Changer quelque chose à une catégorie
    | `!ticket category remove catégorie` — Ne plus proposer une catégorie
    | `!ticket category list` — Les catégories
    | `!ticket panel post [#salon] [boutons|menu] [titre | texte]` — Publier un panneau
    | `!ticket panel remove numéro` — Oublier un panneau
    | `!ticket canned set nom texte` — Préparer une réponse
    | `!ticket canned remove nom` — Oublier une réponse préparée
    | `!ticket canned list` — Les réponses préparées
    | `!ticket desk transcripts|zone valeur` — Ce qui vaut pour tous les tickets
    | _`!help ticket open` : l’emploi de l’une d’elles, avec des exemples._
    ");
    insta::assert_snapshot!(sam.slash("help command:ban"), @r"
    (only sam) `/ban @membre [7j] [suppr:1j] [motif]` — Bannir quelqu’un, pour un temps ou pour toujours, présent ou non
    Par exemple :
    `/ban member:@sam reason:publicité`
    `/ban member:@sam duration:7j reason:insultes`
    `/ban member:@sam reason:raid delete_days:1`
    ");
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
    insta::assert_snapshot!(mia.says_in("@mia", "!help warn"), @r"
    `!warn @member [points] reason` — Warn a member
    For example:
    `!warn @sam spam`
    `!warn @sam 2 insults`
    ");
}

#[test]
fn a_mistyped_argument_is_answered_in_the_members_language() {
    let town = Town::open();
    let mia = town.moderator("mia");
    insta::assert_snapshot!(town.unchanged(|| mia.says("!unwarn first")), @r#"I don’t understand "first". The command is typed: `!unwarn number`"#);
    let town = Building::default().speaking(Locale::Fr).open();
    insta::assert_snapshot!(town.unchanged(|| town.moderator("mia").says("!unwarn premier")), @"Je ne comprends pas « premier ». La commande s’écrit : `!unwarn numéro`");
}
