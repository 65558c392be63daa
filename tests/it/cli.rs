//! The program as it is called: what it prints, in which language, and how it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[test]
fn help_is_in_the_language_of_the_terminal_and_lacks_no_word() {
    let french = greffier(Path::new("/"), &["--help"], &[("LANG", "fr_FR.UTF-8")]);
    let english = greffier(Path::new("/"), &["--help"], &[("LANG", "en_US.UTF-8")]);
    assert!(said(&french).contains("Commandes"), "{}", said(&french));
    assert!(said(&english).contains("Commands"), "{}", said(&english));
    for command in commands(&said(&english)) {
        for language in ["fr", "en"] {
            let help = greffier(
                Path::new("/"),
                &[&command, "--help", "--lang", language],
                &[],
            );
            assert_eq!(help.status.code(), Some(0), "{command}");
            // A text that is missing shows as its key.
            assert!(!said(&help).contains("cli-"), "{}", said(&help));
        }
    }
}

#[test]
fn a_mistyped_command_or_option_names_the_nearest_right_one() {
    let wrong = greffier(Path::new("/"), &["chek"], &[("LANG", "en_US.UTF-8")]);
    assert_eq!(wrong.status.code(), Some(2));
    insta::assert_snapshot!(complained(&wrong), @"greffier: There is no command `chek`. Did you mean `check`?");
    let wrong = greffier(
        Path::new("/"),
        &["check", "--jsn"],
        &[("LANG", "C"), ("LC_ALL", "fr")],
    );
    assert_eq!(wrong.status.code(), Some(2));
    insta::assert_snapshot!(complained(&wrong).replace(['\u{a0}', '\u{202f}'], " "), @"greffier: L’option `--jsn` n’existe pas ici. Vouliez-vous dire `--json` ?");
}

#[test]
fn check_names_every_mistake_of_the_configuration_and_ends_with_78() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("config.toml"),
        "prefx = \"?\"\ntimezone = 3\n",
    )
    .expect("written");
    let checked = greffier(folder.path(), &["check", "--lang", "en"], &[]);
    assert_eq!(checked.status.code(), Some(78));
    let lines = said(&checked);
    assert!(
        lines.contains("line 1: there is no key `prefx`; did you mean `prefix`?"),
        "{lines}"
    );
    assert!(lines.contains("line 2: `timezone`"), "{lines}");
}

#[test]
fn check_finds_a_folder_that_cannot_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    // Not even root can make a file in a file.
    fs::write(folder.path().join("data"), "in the way").expect("written");
    let token = ("DISCORD_TOKEN", "x.y.z");
    let checked = greffier(
        folder.path(),
        &["check", "--lang", "en", "--json"],
        &[token],
    );
    assert_eq!(checked.status.code(), Some(78));
    let answer: serde_json::Value = serde_json::from_str(&said(&checked)).expect("JSON");
    let problems: Vec<&str> = answer["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|finding| finding["severity"] == "problem")
        .filter_map(|finding| finding["text"]["key"].as_str())
        .collect();
    assert!(problems.contains(&"vault-start-unwritable"), "{problems:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn check_finds_a_folder_that_cannot_be_made_even_by_root() {
    let folder = tempfile::tempdir().expect("a folder");
    let there = [
        ("DISCORD_TOKEN", "x.y.z"),
        ("GREFFIER_PATHS__DATA", "/proc/greffier/data"),
    ];
    let checked = greffier(folder.path(), &["check", "--lang", "en"], &there);
    assert_eq!(checked.status.code(), Some(78), "{}", said(&checked));
}

#[test]
fn check_warns_of_a_token_that_others_can_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("token");
    fs::write(&file, "x.y.z").expect("written");
    fs::write(
        folder.path().join("config.toml"),
        "[discord]\ntoken_file = \"token\"\n",
    )
    .expect("written");
    for (mode, is_warned) in [(0o644, true), (0o600, false)] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("set");
        let checked = greffier(folder.path(), &["check", "--lang", "en"], &[]);
        assert_eq!(
            said(&checked).contains("chmod 600"),
            is_warned,
            "{}",
            said(&checked)
        );
    }
}

#[test]
fn check_is_content_with_a_new_place_and_leaves_nothing_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let token = ("DISCORD_TOKEN", "x.y.z");
    let checked = greffier(folder.path(), &["check", "--lang", "en"], &[token]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    let left = fs::read_dir(folder.path()).expect("readable").count();
    assert_eq!(left, 0);
}

#[test]
fn a_configuration_that_was_named_and_is_not_there_is_no_default() {
    let checked = greffier(
        Path::new("/"),
        &["check", "--lang", "en", "--config", "/no/such"],
        &[],
    );
    assert_eq!(checked.status.code(), Some(78));
    assert!(
        said(&checked).contains("/no/such: the file cannot be read"),
        "{}",
        said(&checked)
    );
}

#[test]
fn a_bot_that_runs_on_defaults_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    // It gets no further than that: a file is in the way of the data.
    fs::write(folder.path().join("data"), "in the way").expect("written");
    let variables = [("DISCORD_TOKEN", "x.y.z"), ("GREFFIER_LOCALE", "en")];
    let ran = greffier(folder.path(), &["run"], &variables);
    let words = "There is no config.toml here: the defaults hold";
    assert!(complained(&ran).contains(words), "{}", complained(&ran));
    // The log speaks the language that was asked for, whatever is configured.
    let french = greffier(folder.path(), &["run", "--lang", "fr"], &variables);
    let words_in_french = "Il n’y a pas de config.toml ici";
    assert!(
        complained(&french).contains(words_in_french),
        "{}",
        complained(&french)
    );
    fs::write(folder.path().join("config.toml"), "").expect("written");
    let ran = greffier(folder.path(), &["run"], &variables);
    assert!(!complained(&ran).contains(words), "{}", complained(&ran));
}

#[test]
fn records_can_be_saved_archived_and_listed_without_a_bot() {
    let folder = tempfile::tempdir().expect("a folder");
    let none = greffier(folder.path(), &["archives", "--lang", "en"], &[]);
    insta::assert_snapshot!(said(&none), @"There are no archives.");
    let archived = greffier(folder.path(), &["archive", "--json"], &[]);
    assert_eq!(archived.status.code(), Some(0), "{}", complained(&archived));
    let answer: serde_json::Value = serde_json::from_str(&said(&archived)).expect("JSON");
    let name = answer["name"].as_str().expect("a name");
    let metadata = folder
        .path()
        .join("backups")
        .join(name)
        .join("metadata.json");
    assert!(metadata.is_file());

    let listed = greffier(folder.path(), &["archives", "--json"], &[]);
    let answer: serde_json::Value = serde_json::from_str(&said(&listed)).expect("JSON");
    assert_eq!(answer["archives"][0]["name"], name);
    assert_eq!(answer["archives"][0]["fault"], serde_json::Value::Null);

    let saved = greffier(folder.path(), &["save", "--lang", "en"], &[]);
    assert!(
        said(&saved).starts_with("Saved in "),
        "{}",
        complained(&saved)
    );
    let pruned = greffier(folder.path(), &["prune", "--dry-run", "--lang", "en"], &[]);
    assert!(
        said(&pruned).contains("it is among the last good ones"),
        "{}",
        said(&pruned)
    );
    assert!(metadata.is_file());
    let journal = greffier(
        folder.path(),
        &["journal", "--lang", "en", "--since", "1h"],
        &[],
    );
    insta::assert_snapshot!(said(&journal), @"No changes.");
    let wrong = greffier(
        folder.path(),
        &["journal", "--lang", "en", "--since", "soon"],
        &[],
    );
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_damaged_archive_is_said_to_be_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let archived = greffier(folder.path(), &["archive", "--json"], &[]);
    let answer: serde_json::Value = serde_json::from_str(&said(&archived)).expect("JSON");
    let name = answer["name"].as_str().expect("a name");
    let archive = folder.path().join("backups").join(name);
    fs::write(archive.join("metadata.json"), "{").expect("written");
    let listed = greffier(folder.path(), &["archives", "--lang", "en"], &[]);
    assert!(said(&listed).contains("FAULTY"), "{}", said(&listed));
}

#[test]
fn verify_says_what_is_wrong_with_an_archive_and_ends_accordingly() {
    let folder = tempfile::tempdir().expect("a folder");
    let none = greffier(folder.path(), &["verify", "--lang", "en"], &[]);
    assert_eq!(none.status.code(), Some(1), "{}", said(&none));
    assert!(complained(&none).contains("There are no archives."));
    let archived = greffier(folder.path(), &["archive", "--json"], &[]);
    let answer: serde_json::Value = serde_json::from_str(&said(&archived)).expect("JSON");
    let name = answer["name"].as_str().expect("a name").to_owned();
    let proved = greffier(
        folder.path(),
        &["verify", "--all", "--prove", "--lang", "en"],
        &[],
    );
    assert_eq!(proved.status.code(), Some(0), "{}", complained(&proved));
    assert!(
        said(&proved).contains("restored on trial"),
        "{}",
        said(&proved)
    );
    let listed = greffier(folder.path(), &["archives", "--json"], &[]);
    let answer: serde_json::Value = serde_json::from_str(&said(&listed)).expect("JSON");
    for mark in ["verified", "proved"] {
        assert!(answer["archives"][0][mark]["at_ms"].is_i64(), "{answer}");
    }
    let listed = greffier(folder.path(), &["archives", "--lang", "en"], &[]);
    assert!(!said(&listed).contains("never"), "{}", said(&listed));

    let archive = folder.path().join("backups").join(&name);
    fs::write(archive.join("warnings.json"), "{}").expect("written");
    let typed = format!("backups/{name}/");
    let damaged = greffier(folder.path(), &["verify", &typed, "--lang", "en"], &[]);
    assert_eq!(damaged.status.code(), Some(1), "{}", said(&damaged));
    assert!(
        said(&damaged).contains("warnings.json is cut short"),
        "{}",
        said(&damaged)
    );
    let json = greffier(folder.path(), &["verify", &name, "--json"], &[]);
    assert_eq!(json.status.code(), Some(1));
    let answer: serde_json::Value = serde_json::from_str(&said(&json)).expect("JSON");
    let key = &answer["archives"][0]["flaws"][0]["key"];
    assert_eq!(key, "vault-flaw-cut", "{answer}");
    let unknown = greffier(folder.path(), &["verify", "backup_x", "--lang", "en"], &[]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(complained(&unknown).contains("no archive backup_x"));
}

#[test]
fn an_archive_is_restored_by_name_unless_a_bot_runs() {
    use greffier::vault::{Layout, Options, Vault};
    let folder = tempfile::tempdir().expect("a folder");
    let archived = greffier(folder.path(), &["archive", "--json"], &[]);
    let answer: serde_json::Value = serde_json::from_str(&said(&archived)).expect("JSON");
    let name = answer["name"].as_str().expect("a name").to_owned();
    let differs = greffier(folder.path(), &["diff", &name, "--lang", "en"], &[]);
    assert_eq!(
        said(&differs).trim_end(),
        format!("the archive {name} and the present state hold the same.")
    );
    let dry = ["restore", &name, "--dry-run", "--lang", "fr"];
    let dry = greffier(folder.path(), &dry, &[]);
    assert!(
        said(&dry).contains("contiennent la même chose"),
        "{}",
        complained(&dry)
    );
    let restored = greffier(folder.path(), &["restore", &name, "--lang", "en"], &[]);
    assert_eq!(restored.status.code(), Some(0), "{}", complained(&restored));
    assert!(
        said(&restored).starts_with("Restored: the archive of "),
        "{}",
        said(&restored)
    );
    let journal = greffier(folder.path(), &["journal", "--json"], &[]);
    assert!(
        said(&journal).contains("\"restored\""),
        "{}",
        said(&journal)
    );
    let early = ["restore", "--at", "2020-01-01 10:00", "--lang", "en"];
    let early = greffier(folder.path(), &early, &[]);
    assert_eq!(early.status.code(), Some(1));
    let words = "2020-01-01 10:00:00 is out of reach: the archives reach back to";
    assert!(complained(&early).contains(words), "{}", complained(&early));

    let layout = Layout::new(folder.path().join("data"), folder.path().join("backups"));
    let registers = greffier::cogs::registers(&greffier::cogs::all());
    let clock = greffier::model::Clock::system();
    let (bot, _) = Vault::start(layout, registers, clock, Options::default()).expect("it starts");
    let refused = greffier(folder.path(), &["restore", &name, "--lang", "en"], &[]);
    assert_eq!(refused.status.code(), Some(75));
    let pid = format!("in use by process {}", std::process::id());
    assert!(
        complained(&refused).contains(&pid),
        "{}",
        complained(&refused)
    );
    bot.stop(std::time::Duration::from_secs(10))
        .expect("it stops");
}

#[test]
fn two_processes_on_one_data_folder_are_refused_with_the_pid_of_the_first() {
    use greffier::vault::{Layout, Options, Vault};
    let folder = tempfile::tempdir().expect("a folder");
    let layout = Layout::new(folder.path().join("data"), folder.path().join("backups"));
    let registers = greffier::store::Registers::default();
    let clock = greffier::model::Clock::system();
    let (first, _) = Vault::start(layout, registers, clock, Options::default()).expect("it starts");
    let second = greffier(folder.path(), &["save", "--lang", "en"], &[]);
    assert_eq!(second.status.code(), Some(75));
    let pid = std::process::id().to_string();
    assert!(
        complained(&second).contains(&pid),
        "{}",
        complained(&second)
    );
    first
        .stop(std::time::Duration::from_secs(10))
        .expect("it stops");
}

/// The commands that a help names.
fn commands(help: &str) -> Vec<String> {
    let found: Vec<String> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert!(!found.is_empty(), "{help}");
    found
}

fn greffier(folder: &Path, typed: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greffier"))
        .args(typed)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .expect("it starts")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}
