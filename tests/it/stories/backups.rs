//! What the owner and the administrators see of saves and archives.

use crate::town::{Building, Town};

#[test]
fn the_owner_sees_how_saves_and_archives_stand() {
    let town = Town::open();
    insta::assert_snapshot!(steady(&town.olive().slash("backup_status")), @r"
    (only olive) | **Backups: all is well**
    | All is well: last save <t:1795176000:R>. The first archive is made tonight.
    | Last save: <t:1795176000:f> · no rows, 1 kB in … ms · the first scheduled save is still to come
    | Automatic save: has not run yet · last run: — · next: <t:1795179600:R>
    | Nightly archive: has not run yet · last run: — · next: <t:1795226400:R>
    | Forgetting yesterday’s answers: has not run yet · last run: — · next: <t:1795179600:R>
    | Copy of the journal: has not run yet · last run: — · next: <t:1795176030:R>
    | Pruning of archives: has not run yet · last run: — · next: <t:1795230000:R>
    | Archives: none, none test-restored yet · the newest: —
    | Retention: 7 days, and always the last good archives of three days
    | For the owner: Journal at entry 0 · free: … GB (data), … GB (archives) · errors: —
    ");
}

#[test]
fn only_administrators_and_the_owner_see_them() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    insta::assert_snapshot!(town.unchanged(|| mia.says("!backup_status")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!persistent_status")), @"This command is for the server’s administrators.");
    insta::assert_snapshot!(town.unchanged(|| sam.cannot_slash("backup_status")), @"sam may not use /backup_status in #general");
    let shown = town.member("adam").says("!backup_status");
    assert!(!shown.contains("For the owner"), "{shown}");
}

#[test]
fn the_owner_makes_an_archive_at_once() {
    let town = Town::open();
    town.moderator("mia").says("!warn @sam spam");
    let shown = town.olive().says("!force_backup");
    assert!(
        shown.contains("`backups/backup_2026-11-20_13-00-00`"),
        "{shown}"
    );
    let archive = town.backups().join("backup_2026-11-20_13-00-00");
    let metadata = std::fs::read_to_string(archive.join("metadata.json")).expect("metadata");
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("JSON");
    assert_eq!(metadata["guilds_count"], 1);
    assert_eq!(metadata["users_count"], 6);
    let warnings = std::fs::read_to_string(archive.join("warnings.json")).expect("the warnings");
    assert!(warnings.contains("\"reason\":\"spam\""), "{warnings}");
}

#[test]
fn nobody_else_makes_an_archive() {
    let town = Town::open();
    insta::assert_snapshot!(town.unchanged(|| town.member("adam").says("!force_backup")), @"This command is for the bot’s owner.");
    insta::assert_snapshot!(town.unchanged(|| town.member("adam").slash("force_backup")), @"(only adam) This command is for the bot’s owner.");
    insta::assert_snapshot!(town.unchanged(|| town.moderator("mia").says("!force_backup")), @"This command is for the bot’s owner.");
    let archives = std::fs::read_dir(town.backups())
        .expect("the folder")
        .count();
    assert_eq!(archives, 0);
}

#[test]
fn owners_that_the_operator_named_are_the_only_ones() {
    // The ids of the local Discord's people are the same in every town.
    const ADAM: u64 = 671_813_415_731_200_000;
    let town = Building::default()
        .configured(|config| config.owners = vec![ADAM])
        .open();
    insta::assert_snapshot!(town.unchanged(|| town.olive().says("!force_backup")), @"This command is for the bot’s owner.");
    let shown = town.member("adam").says("!force_backup");
    assert!(shown.contains("Archive made and read back"), "{shown}");
}

#[test]
fn what_is_kept_is_counted_by_cog() {
    let town = Town::open();
    town.moderator("mia").says("!warn @sam spam");
    town.moderator("mia").says("!warn @lea spam");
    town.olive().says("!settings prefix ?");
    insta::assert_snapshot!(town.member("adam").says("?persistent_status"), @r"
    | **3 rows are kept of this server**
    | By cog: this server’s rows, the size of the whole file at the last save, and the last change here.
    | warnings (`warnings.json`): 2 rows · 81 B · last change <t:1795176000:R>
    | economy (`persistent_data.json`): no rows · 628 B · no change
    | roles (`persistent_data.json`): no rows · 628 B · no change
    | selfroles (`persistent_data.json`): no rows · 628 B · no change
    | conversations (`conversations.json`): no rows · 91 B · no change
    | messages (`messages.json`): no rows · 124 B · no change
    | cases (`persistent_data.json`): no rows · 628 B · no change
    | mutes (`muted_users.json`): no rows · 75 B · no change
    | channel_acts (`persistent_data.json`): no rows · 628 B · no change
    | lockdowns (`persistent_data.json`): no rows · 628 B · no change
    | tickets (`config.json`): no rows · 226 B · no change
    | settings (`config.json`): 1 row · 226 B · last change <t:1795176000:R>
    | guilds (`persistent_data.json`): no rows · 628 B · no change
    ");
}

/// Without what depends on the machine: the number before `ms` and `GB`.
fn steady(text: &str) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    for place in 1..words.len() {
        if words[place].starts_with("ms") || words[place].starts_with("GB") {
            words[place - 1] = "…";
        }
    }
    words.join(" ")
}
