//! Folders that can't be made or written: every command that needs them says so in words, and ends with 78.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[test]
fn every_command_says_in_words_that_a_folder_cannot_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    // Not even root can make a file in a file.
    fs::write(folder.path().join("file"), "in the way").expect("written");
    let commands: [&[&str]; 7] = [
        &["run"],
        &["save"],
        &["archive"],
        &["prune"],
        &["prune", "--dry-run"],
        &["archives"],
        &["journal"],
    ];
    for variable in ["GREFFIER_PATHS__DATA", "GREFFIER_PATHS__BACKUPS"] {
        for typed in commands {
            for (path, why) in [
                ("file", "there is a file where a folder should be"),
                ("file/below", "there is a file where a folder should be"),
                #[cfg(target_os = "linux")]
                ("/proc/greffier", "nothing can be made there"),
            ] {
                let ended = greffier(folder.path(), typed, (variable, path));
                let words = complained(&ended);
                assert_eq!(ended.status.code(), Some(78), "{typed:?} {path}: {words}");
                assert!(words.contains(why), "{typed:?} {path}: {words}");
                assert!(words.contains(path), "{typed:?} {path}: {words}");
                assert!(!words.contains("os error"), "{typed:?} {path}: {words}");
            }
        }
    }
}

#[test]
fn a_check_says_once_and_in_words_that_a_folder_cannot_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "in the way").expect("written");
    for variable in ["GREFFIER_PATHS__DATA", "GREFFIER_PATHS__BACKUPS"] {
        for path in ["file", "file/below"] {
            let ended = greffier(folder.path(), &["check"], (variable, path));
            let words = String::from_utf8(ended.stdout).expect("text");
            assert_eq!(ended.status.code(), Some(78), "{path}: {words}");
            let problems: Vec<&str> = words
                .lines()
                .filter(|line| line.starts_with("PROBLEM"))
                .collect();
            let [problem] = &problems[..] else {
                panic!("{variable} {path}: {words}");
            };
            assert!(
                problem.contains("there is a file where a folder should be"),
                "{problem}"
            );
        }
    }
}

#[test]
fn trying_in_a_folder_that_cannot_be_written_ends_with_78() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "in the way").expect("written");
    for option in ["--data", "--backups"] {
        let ended = greffier(
            folder.path(),
            &["try", "--script", "/dev/null", option, "file/below"],
            ("NO_COLOR", "1"),
        );
        assert_eq!(ended.status.code(), Some(78), "{}", complained(&ended));
        assert!(
            complained(&ended).contains("file/below"),
            "{}",
            complained(&ended)
        );
    }
}

fn greffier(folder: &Path, typed: &[&str], variable: (&str, &str)) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greffier"))
        .args(typed)
        .args(["--lang", "en"])
        .current_dir(folder)
        .env_clear()
        .env("DISCORD_TOKEN", "x.y.z")
        // Nobody listens there: whoever gets as far as that fails otherwise.
        .env("GREFFIER_DISCORD__API_URL", "http://127.0.0.1:9/api/v10")
        .env("GREFFIER_LOCALE", "en")
        .env(variable.0, variable.1)
        .output()
        .expect("it starts")
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}
