//! What the person does who has to bring records back: at the terminal, with the bot stopped.

use std::process::Command;

use crate::town::Town;

/// What the program answers at the terminal, and how it ends.
fn greffier(town: &Town, arguments: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_greffier"))
        .args(arguments)
        .current_dir(town.data())
        .env("GREFFIER_PATHS__DATA", town.data())
        .env("GREFFIER_PATHS__BACKUPS", town.backups())
        .output()
        .expect("it runs");
    let (said, complained) = (ran.stdout, ran.stderr);
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&complained)
    );
    let said = String::from_utf8(said).expect("text");
    said.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The name of the oldest archive.
fn oldest(town: &Town) -> String {
    let entries = std::fs::read_dir(town.backups()).expect("archives");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let archive = names.filter(|name| name.starts_with("backup_")).min();
    archive.expect("an archive")
}

/// A town that was archived, and in which some things happened since.
fn changed_since_its_archive() -> Town {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    olive.says("!economy grant @sam 120");
    mia.says("!warn @sam kept");
    olive.says("!force_backup");
    for _ in 0..3 {
        mia.says("!warn @lea later");
    }
    mia.says("!mute @lea 2h shouting");
    town.member("sam").says("!pay @lea 40");
    town.settles();
    town.stops_bot();
    town
}

#[test]
fn what_an_archive_would_change_is_said_in_words() {
    let town = changed_since_its_archive();
    let sam = town.member("sam").id();
    let archive = oldest(&town);
    let english = greffier(&town, &["diff", &archive, "--lang", "en"]);
    for words in [
        "− 3 warnings\n",
        "− 1 mute\n",
        &format!("{sam}: 80 → 120 coins\n"),
        "− 2 bookings\n",
    ] {
        assert!(english.contains(words), "no {words} in:\n{english}");
    }
    let french = greffier(&town, &["diff", &archive, "--lang", "fr"]);
    for words in [
        "− 3 avertissements\n",
        &format!("{sam} : 80 → 120 pièces\n"),
        "− 2 écritures\n",
    ] {
        assert!(french.contains(words), "no {words} in:\n{french}");
    }
    let backwards = greffier(&town, &["diff", "now", &archive, "--lang", "en"]);
    assert!(backwards.contains("+ 3 warnings\n"), "{backwards}");
}

#[test]
fn a_restored_archive_is_what_the_bot_goes_on_with() {
    let town = changed_since_its_archive();
    let archive = oldest(&town);
    let dry = greffier(&town, &["restore", &archive, "--dry-run", "--lang", "en"]);
    assert!(dry.contains("− 3 warnings\n"), "{dry}");
    assert!(greffier(&town, &["diff", &archive, "--lang", "en"]).contains("− 3 warnings"));
    let done = greffier(&town, &["restore", &archive, "--lang", "en"]);
    assert!(done.contains("− 3 warnings\n"), "{done}");
    let same = greffier(&town, &["diff", &archive, "--lang", "en"]);
    assert!(same.contains("hold the same"), "{same}");
    town.starts_bot();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    assert!(mia.says("!warnings @sam").contains("kept"));
    assert!(!mia.says("!warnings @lea").contains("later"));
    assert!(sam.says("!balance").contains("120"));
}
