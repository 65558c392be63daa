//! `greffier try`, as a newcomer meets it: the program, its prompt's lines, and what they read.

use std::io::Write as _;
use std::process::{Command, Stdio};

mod french;

#[test]
fn a_warning_outlives_a_crash() {
    let tried = play("en", "mia: !warn @sam 2 spam\ncrash\nmia: !warnings @sam\n");
    assert!(tried.is_done, "{}", tried.said);
    let (before, after) = tried
        .said
        .split_once("> crash")
        .expect("the crash is echoed");
    assert!(before.contains("DM to sam Greffier: "), "{before}");
    assert!(after.contains("killed with SIGKILL"), "{after}");
    assert!(after.contains("@sam — spam"), "{after}");
}

#[test]
fn slash_commands_are_answered_in_the_language_that_was_asked_for() {
    let tried = play("fr", "sam /mywarnings\n");
    assert!(tried.is_done, "{}", tried.said);
    assert!(
        tried.said.contains("(seulement pour sam)"),
        "{}",
        tried.said
    );
    assert!(tried.said.contains("avertissement"), "{}", tried.said);
}

#[test]
fn the_prompt_opens_with_the_people_and_lines_that_work() {
    let opened = play("en", "# nothing\n");
    for person in ["olive", "adam", "mia", "sam", "lea"] {
        assert!(opened.said.contains(person), "{}", opened.said);
    }
    // The greeting indents its examples, and only them, by four.
    let examples: Vec<&str> = opened
        .said
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .collect();
    assert_eq!(examples.len(), 3, "{}", opened.said);
    let tried = play("en", &examples.join("\n"));
    assert!(tried.is_done, "{}", tried.said);
    for example in examples {
        let echo = format!("> {example}\n");
        let (_, answer) = tried.said.split_once(&echo).expect("the line is echoed");
        assert!(answer.contains("Greffier"), "{answer}");
    }
}

#[test]
fn a_line_that_cannot_be_carried_out_is_named_and_the_end_says_so() {
    let tried = play("en", "sam click \"OK\"\nsam clicks \"OK\"\nmia: hello\n");
    assert!(!tried.is_done);
    assert!(
        tried.said.contains("Did you mean `sam clicks \"OK\"`?"),
        "{}",
        tried.said
    );
    assert!(
        tried.said.contains("nothing to press or pick called “OK”"),
        "{}",
        tried.said
    );
    assert!(
        tried.said.contains("> mia: hello"),
        "it goes on: {}",
        tried.said
    );
}

#[test]
fn a_mistyped_command_or_channel_names_the_nearest_right_one() {
    let tried = play(
        "en",
        "mia /wran member:@sam reason:x\nmia #staf: hi\nmia /zzz\n",
    );
    assert!(!tried.is_done);
    for answer in [
        "there is no command /wran; did you mean `/warn`?",
        "there is no #staf; did you mean `#staff`?",
        "there is no command /zzz\n",
    ] {
        assert!(tried.said.contains(answer), "{answer}: {}", tried.said);
    }
}

#[test]
fn menus_are_chosen_from_by_what_they_offer() {
    let tried = play(
        "en",
        "adam: !setup\nadam picks #logs\nadam picks \"Nope\"\n",
    );
    assert!(tried.said.contains("Log channel: #logs"), "{}", tried.said);
    assert!(
        tried
            .said
            .contains("nothing to press or pick called “Nope”"),
        "{}",
        tried.said
    );
    assert!(!tried.is_done);
}

#[test]
fn people_moderate_by_hand_and_act_on_messages() {
    let lines = "sam: buy this\nsam posts notes.txt: some text\nmia replies to \"buy this\": no\n\
                 sam edits \"buy this\" to \"sorry\"\nmia times out sam 10m too loud\nmia lifts sam's timeout\n\
                 olive gives sam Moderator\nmia deletes sam's message\ncrowd joins 2\nguest2: hello\n\
                 adam kicks guest2\nlea kicks sam\n";
    let tried = play("en", lines);
    for seen in [
        "#general sam: sorry (edited)",
        "sam is timed out until",
        "sam is no longer timed out",
        "sam’s roles changed: +Moderator",
        "#general sam’s message was deleted",
        "guest2 joined",
        "guest2 was kicked",
        "! Discord refuses: Missing Permissions",
    ] {
        assert!(tried.said.contains(seen), "{seen}: {}", tried.said);
    }
    assert!(!tried.is_done, "lea may not");
}

#[test]
fn lines_come_from_standard_input_as_well_and_quit_ends() {
    let mut child = command("en")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("piped");
    writeln!(input, "sam leaves\nsam joins\nquit\nmia: never").expect("written");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{said}");
    assert!(said.contains("sam left"), "{said}");
    assert!(said.contains("sam joined"), "{said}");
    assert!(!said.contains("never"), "{said}");
}

#[test]
fn without_an_archive_there_is_nothing_to_restore() {
    let tried = play("en", "restore\nmia: !help\n");
    assert!(!tried.is_done);
    let said = "There is no archive yet. `later 24h` has one made.";
    assert!(tried.said.contains(said), "{}", tried.said);
    assert!(
        tried.said.contains("#general Greffier: "),
        "it goes on: {}",
        tried.said
    );
}

#[test]
fn a_bot_that_cannot_start_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("made");
    std::fs::write(data.join("greffier.db"), "this is no database at all").expect("written");
    std::fs::write(data.join("metadata.json"), "{").expect("written");
    let tried = play_with(
        "en",
        "mia: hello\n",
        &["--data", &data.display().to_string()],
    );
    assert!(!tried.is_done);
    assert!(tried.said.contains("metadata.json"), "{}", tried.said);
    assert!(!tried.said.contains("> mia"), "{}", tried.said);
}

#[test]
fn records_that_were_given_a_folder_are_there_the_next_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    let backups = folder.path().join("backups").display().to_string();
    let folders = ["--data", &data, "--backups", &backups];
    assert!(play_with("en", "mia: !warn @sam 1 first\n", &folders).is_done);
    let again = play_with("en", "mia: !warnings @sam\n", &folders);
    assert!(again.said.contains("@sam — first"), "{}", again.said);
}

#[test]
fn a_night_passes_and_its_archive_is_made_at_three() {
    let tried = play("fr", "mia: !warn @sam 1 spam\nlater 24h\n");
    assert!(tried.is_done, "{}", tried.said);
    for line in [
        "🌙 Début de la sauvegarde quotidienne...",
        "✅ Sauvegarde quotidienne terminée - ",
        "✅ Nettoyage terminé - 0 anciennes sauvegardes supprimées",
    ] {
        assert!(tried.said.contains(line), "{line}\n{}", tried.said);
    }
    assert!(tried.said.contains("_03-00-0"), "{}", tried.said);
}

#[test]
fn the_tour_can_be_made_and_is_the_picture_in_the_readme() {
    let tour = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/tour.txt");
    let output = command("en")
        .args(["--script", tour])
        .output()
        .expect("it starts");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{said}");
    let (_, restored) = said.split_once("> restore").expect("it restores");
    assert!(
        restored.contains("2 points count"),
        "what was cleared is back: {restored}"
    );

    let picture = include_str!("../../README.md");
    let picture = picture.split("```text\n").nth(1).expect("a picture");
    let picture = picture.split("```").next().unwrap_or_default();
    let told: Vec<&str> = picture
        .lines()
        .filter(|line| line.starts_with(['>', '#']))
        .collect();
    let told: Vec<&str> = told
        .into_iter()
        .filter(|line| line.starts_with("> ") || line.starts_with("# "))
        .map(|line| line.trim_start_matches("> "))
        .collect();
    let script: Vec<&str> = include_str!("../../examples/tour.txt").lines().collect();
    assert_eq!(
        told, script,
        "make the picture in the README anew from the tour"
    );
}

#[test]
fn two_months_that_pass_have_their_archive_of_each_night_at_three() {
    let folder = tempfile::tempdir().expect("a folder");
    let backups = folder.path().join("backups");
    let tried = play_with(
        "en",
        "mia: !warn @sam spam\nlater 60d\n",
        &["--backups", &backups.display().to_string()],
    );
    assert!(tried.is_done, "{}", tried.said);
    let nights = tried.said.matches("Daily archive done").count();
    assert_eq!(nights, 60, "{}", tried.said);
    let left: Vec<String> = std::fs::read_dir(&backups)
        .expect("archives")
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.starts_with("backup_"))
        .collect();
    assert!(left.len() >= 7, "{left:?}");
    assert!(
        left.iter().all(|name| name.ends_with("_03-00-00")),
        "{left:?}"
    );
}

struct Tried {
    said: String,
    is_done: bool,
}

fn play(language: &str, script: &str) -> Tried {
    play_with(language, script, &[])
}

fn play_with(language: &str, script: &str, more: &[&str]) -> Tried {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("script.txt");
    std::fs::write(&file, script).expect("written");
    let output = command(language)
        .arg("--script")
        .arg(&file)
        .args(more)
        .output()
        .expect("it starts");
    Tried {
        said: String::from_utf8(output.stdout).expect("text"),
        is_done: output.status.success(),
    }
}

fn command(language: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greffier"));
    command
        .args(["try", "--lang", language])
        .current_dir("/")
        .env_remove("GREFFIER_LOG");
    command
}
