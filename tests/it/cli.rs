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
    insta::assert_snapshot!(complained(&wrong).replace('\u{a0}', " ").replace('\u{202f}', " "), @"greffier: L’option `--jsn` n’existe pas ici. Vouliez-vous dire `--json` ?");
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
    assert_eq!(problems, ["check-folder-cannot"]);
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
