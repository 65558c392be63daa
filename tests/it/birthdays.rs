//! A cog that somebody else wrote: handed to the program in the list, and with nothing else done, kept like its own.

use std::fs;

use greffier::model::Locale;
use serde_json::Value;

use crate::town::{Building, Town};

#[path = "../../examples/birthdays.rs"]
#[expect(dead_code, reason = "its main is for `cargo run --example`")]
mod example;

fn open() -> Town {
    Building::default().with_cogs(example::all).open()
}

#[test]
fn it_speaks_both_languages_and_stands_in_help() {
    let town = open();
    let sam = town.member("sam");
    insta::assert_snapshot!(sam.says("!birthday 29 2"), @"@sam celebrates on 29/2.");
    insta::assert_snapshot!(sam.slash("birthday day:14 month:3"), @"@sam celebrates on 14/3.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!birthday 31 2")), @"There is no such day.");
    insta::assert_snapshot!(town.unchanged(|| sam.says("!birthday tomorrow")), @r#"I don’t understand "tomorrow". The command is typed: `!birthday day month`"#);
    insta::assert_snapshot!(sam.says("!birthdays"), @r"
    | **1 birthday**
    | 14/3: @sam
    ");
    let town = Building::default()
        .with_cogs(example::all)
        .speaking(Locale::Fr)
        .open();
    let help = town.member("sam").slash("help");
    assert!(
        help.contains("| Anniversaires:\n| `/birthday jour mois` — Dire quand"),
        "{help}"
    );
}

#[test]
fn it_is_counted_saved_and_archived() {
    let town = open();
    town.member("sam").says("!birthday 14 3");
    town.member("lea").says("!birthday 1 12");
    insta::assert_snapshot!(town.olive().says("!persistent_status"), @r"
    | **2 rows are kept of this server**
    | By cog: this server’s rows, the size of the whole file at the last save, and the last change here.
    | warnings (`warnings.json`): no rows · 81 B · no change
    | economy (`persistent_data.json`): no rows · 683 B · no change
    | roles (`persistent_data.json`): no rows · 683 B · no change
    | selfroles (`persistent_data.json`): no rows · 683 B · no change
    | conversations (`conversations.json`): no rows · 91 B · no change
    | messages (`messages.json`): no rows · 124 B · no change
    | cases (`persistent_data.json`): no rows · 683 B · no change
    | mutes (`muted_users.json`): no rows · 75 B · no change
    | channel_acts (`persistent_data.json`): no rows · 683 B · no change
    | lockdowns (`persistent_data.json`): no rows · 683 B · no change
    | tickets (`config.json`): no rows · 226 B · no change
    | settings (`config.json`): no rows · 226 B · no change
    | guilds (`persistent_data.json`): no rows · 683 B · no change
    | birthdays (`persistent_data.json`): 2 rows · 683 B · last change <t:1795176000:R>
    ");
    town.olive().says("!force_backup");
    let archive = town.backups().join("backup_2026-11-20_13-00-00");
    assert_eq!(birthdays_in(&archive), 2);
    let metadata = fs::read_to_string(archive.join("metadata.json")).expect("the metadata");
    assert!(metadata.contains("persistent_data.json"), "{metadata}");
    town.member("mia").says("!birthday 2 2");
    town.stops_bot();
    assert_eq!(birthdays_in(&town.data()), 3);
    town.starts_bot();
}

#[test]
fn it_is_restored_from_an_archive_and_recovered_from_the_journal() {
    let town = open();
    town.member("sam").says("!birthday 14 3");
    town.olive().says("!force_backup");
    town.member("lea").says("!birthday 1 12");
    let both = town.records().rows;
    town.stops_bot();
    fs::remove_file(town.data().join("greffier.db")).expect("deleted");
    town.starts_bot();
    assert_eq!(town.records().rows, both, "recovered");
    town.stops_bot();
    let archive = town.backups().join("backup_2026-11-20_13-00-00");
    for file in fs::read_dir(archive).expect("the archive") {
        let path = file.expect("a file").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, town.data().join(name)).expect("copied");
    }
    town.starts_bot();
    insta::assert_snapshot!(town.member("mia").says("!birthdays"), @r"
    | **1 birthday**
    | 14/3: @sam
    ");
}

/// How many birthdays the saved file of a folder holds.
fn birthdays_in(folder: &std::path::Path) -> usize {
    let saved = fs::read_to_string(folder.join("persistent_data.json")).expect("the save");
    let saved: Value = serde_json::from_str(&saved).expect("JSON");
    let rows = saved.pointer("/registers/birthdays/tables/birthdays");
    rows.and_then(Value::as_array).expect("the table").len()
}
