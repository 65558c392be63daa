//! A disk that fills up: on a small tmpfs where this user may mount one, and behind RLIMIT_FSIZE everywhere.
//!
//! Each test runs itself once more as a child, which does the writing.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use greffier::model::{Clock, Timestamp};
use greffier::vault::{Cause, Layout, NoSpace, Options, Vault};

use crate::ledgers::{NoteChange, Notes, contents, order, registers};
use crate::town::Town;

/// Tells the child where to write.
const FOLDER: &str = "GREFFIER_TEST_FULL_DISK";

fn start(folder: &Path) -> Vault {
    let layout = Layout::new(folder.join("data"), folder.join("backups"));
    let clock = Clock::fixed(Timestamp(1_795_176_000_000));
    Vault::start(layout, registers(), clock, Options::default())
        .expect("starting")
        .0
}

/// Writes notes until one is not kept; returns how many were.
fn write_until_full(vault: &Vault, first: u32) -> u32 {
    let text = "words ".repeat(2000);
    for number in first..first + 10_000 {
        let change = NoteChange::Written {
            number,
            text: text.clone(),
        };
        let kept = vault
            .store()
            .write_blocking(order(), move |tx| Ok(tx.record::<Notes>(&change)?));
        if kept.is_err() {
            return number - first;
        }
    }
    panic!("the disk did not fill up");
}

fn notes(vault: &Vault) -> u32 {
    let count = vault.store().read_blocking(|reader| {
        Ok(reader.query_row("SELECT count(*) FROM slips", [], |row| row.get(0))?)
    });
    count.expect("reading")
}

/// Runs the test `name` again, in a shell that first does `before`.
fn child(name: &str, folder: &Path, wrapper: &[&str], before: &str) -> Output {
    let test = std::env::current_exe().expect("this program");
    let script = format!(
        "{before} && exec {} --exact --nocapture {name}",
        test.display()
    );
    let mut words = wrapper.iter().copied().chain(["sh", "-c", &script]);
    Command::new(words.next().expect("a word"))
        .args(words)
        .env(FOLDER, folder)
        .output()
        .expect("running")
}

#[track_caller]
fn succeeded(output: &Output) {
    let words = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.status.success() && words.contains("1 passed"),
        "{words}"
    );
}

#[test]
fn what_was_acknowledged_before_files_could_not_grow_is_there_afterwards() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let vault = start(Path::new(&folder));
        let kept = write_until_full(&vault, 0);
        std::fs::write(Path::new(&folder).join("kept"), kept.to_string()).expect("writing");
        // No clean end: the disk is what it is.
        std::process::exit(0);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let name = "disk_full::what_was_acknowledged_before_files_could_not_grow_is_there_afterwards";
    let limited = child(name, folder.path(), &[], "trap '' XFSZ && ulimit -f 2000");
    assert!(
        limited.status.success(),
        "{}",
        String::from_utf8_lossy(&limited.stderr)
    );
    let kept = std::fs::read_to_string(folder.path().join("kept")).expect("written");
    let vault = start(folder.path());
    assert!(notes(&vault) >= kept.parse().expect("a number"), "{kept}");
    assert!(notes(&vault) > 10);
    vault.save(Cause::Requested).expect("saving");
}

#[test]
fn a_full_disk_harms_nothing_and_is_written_to_again_when_there_is_room() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return fill_and_free(Path::new(&folder));
    }
    on_a_small_disk("a_full_disk_harms_nothing_and_is_written_to_again_when_there_is_room");
}

#[test]
fn a_ticket_stays_open_and_untouched_while_there_is_no_room_for_its_transcript() {
    if std::env::var(FOLDER).is_ok() {
        return close_without_room();
    }
    on_a_small_disk("a_ticket_stays_open_and_untouched_while_there_is_no_room_for_its_transcript");
}

/// Runs the test `name` again with everything temporary on a disk of 16 MiB, where one can be made.
fn on_a_small_disk(name: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display();
    let mount = format!("mount -t tmpfs -o size=16m tmpfs {path} && export TMPDIR={path}");
    let wrapper = ["unshare", "--user", "--map-root-user", "--mount"];
    let may_mount = Command::new(wrapper[0])
        .args(&wrapper[1..])
        .args(["sh", "-c", &mount])
        .output();
    if !may_mount.is_ok_and(|tried| tried.status.success()) {
        // The other tests stand for it, where no disk can be made.
        eprintln!("no tmpfs can be mounted here");
        return;
    }
    let name = format!("disk_full::{name}");
    succeeded(&child(&name, folder.path(), &wrapper, &mount));
}

fn close_without_room() {
    let town = Town::open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    town.olive().says("!ticket category add Help");
    town.olive().says("!ticket category set help ending delete");
    town.olive().says("!ticket desk transcripts #logs");
    sam.slash("ticket open category:help");
    town.keeps("Say what");
    sam.mutters_in("#ticket-1", "please help");
    town.keeps("please help");
    town.settles();
    // What the store itself needs is left; what a file must leave free is not.
    let ballast = town.data().join("ballast");
    let full = std::fs::File::create(&ballast).and_then(|mut file| {
        while free(&town.data()) > 3_000_000 {
            std::io::Write::write_all(&mut file, &[1; 100_000])?;
        }
        Ok(())
    });
    full.expect("ballast");
    town.expects_error("transcript_failed");
    let said = town.unchanged(|| mia.slash_in("#ticket-1", "ticket close reason:settled"));
    assert!(said.contains("could not be kept safe"), "{said}");
    town.settles();
    let channels = town.discord().directory().channels;
    assert!(channels.contains_key("ticket-1"), "{channels:?}");
    assert!(!sam.dms().contains("is closed"));
    assert!(!town.shows("#logs").contains("is closed"));
    std::fs::remove_file(ballast).expect("making room");
    mia.slash_in("#ticket-1", "ticket close reason:settled");
    sam.is_told("How was it?");
}

/// Bytes that can still be written.
fn free(folder: &Path) -> u64 {
    let disk = Command::new("df")
        .args(["-B1", "--output=avail"])
        .arg(folder)
        .output();
    let words = String::from_utf8(disk.expect("df").stdout).expect("text");
    words
        .split_whitespace()
        .last()
        .and_then(|word| word.parse().ok())
        .expect("a number")
}

fn fill_and_free(folder: &Path) {
    let ballast = folder.join("ballast");
    std::fs::write(&ballast, vec![1; 4_000_000]).expect("ballast");
    let vault = start(folder);
    write_until_full_or(&vault, 100);
    vault
        .save(Cause::Requested)
        .expect("saving while there is room");
    let saved = std::fs::read(folder.join("data/notes.json")).expect("saved");
    let kept = 100 + write_until_full(&vault, 1000);
    assert_eq!(
        notes(&vault),
        kept,
        "all that was acknowledged, and nothing else"
    );
    for outcome in [
        vault.save(Cause::Requested).map(drop),
        vault.archive(Cause::Requested, None).map(drop),
    ] {
        let error = outcome.expect_err("there is no room");
        assert!(error.is::<NoSpace>(), "{error:#}");
    }
    assert_eq!(
        std::fs::read(folder.join("data/notes.json")).expect("saved"),
        saved
    );
    assert!(leftovers(folder).is_empty(), "{:?}", leftovers(folder));
    std::fs::remove_file(ballast).expect("making room");
    let more = 3;
    for number in 0..more {
        crate::ledgers::write_note(vault.store(), 100_000 + number, "there is room again");
    }
    let report = vault.sync_mirror();
    assert_eq!(report.trouble, None, "it caught up");
    assert_eq!(notes(&vault), kept + more);
    let before = contents(vault.store());
    vault.store().close().expect("closing");
    drop(vault);
    for suffix in ["", "-wal", "-shm"] {
        // Closing has removed the others.
        let _ = std::fs::remove_file(folder.join(format!("data/greffier.db{suffix}")));
    }
    let vault = start(folder);
    assert_eq!(
        contents(vault.store()),
        before,
        "from the save and the journal's copy"
    );
}

fn write_until_full_or(vault: &Vault, most: u32) {
    for number in 0..most {
        crate::ledgers::write_note(vault.store(), number, "while there is room");
    }
}

fn leftovers(folder: &Path) -> Vec<PathBuf> {
    [folder.join("data"), folder.join("backups")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'))
        })
        .collect()
}
