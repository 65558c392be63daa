//! Every byte of an archive that is not as it was written is found, and its file named.

use std::fs;
use std::path::{Path, PathBuf};

use greffier::vault::{Archive, Cause, FlawKind, Vault};

use crate::ledgers::{Office, count, kill, stop, write_note};

/// Between two bytes that are flipped. A prime, so that it falls into step with no line.
const STRIDE: usize = 7;

/// An archive with attachments among the copies, and where it lies.
fn archived(office: &Office) -> (Vault, PathBuf) {
    let (vault, _) = office.start();
    write_note(vault.store(), 1, "archived");
    count(vault.store(), 3);
    let made = vault.archive(Cause::Requested, None).expect("archiving");
    (vault, made.path)
}

fn archive(vault: &Vault) -> Archive {
    let found = vault.bench().find(None).expect("listing");
    found.expect("there is one")
}

/// What is wrong with the newest archive.
#[track_caller]
fn flaws(vault: &Vault) -> Vec<(String, FlawKind)> {
    let archive = archive(vault);
    let (found, unnoted) = vault.bench().verify(&archive).expect("looking");
    assert_eq!(unnoted, None);
    found
        .flaws
        .into_iter()
        .map(|flaw| (flaw.file, flaw.kind))
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("a name");
    name.to_string_lossy().into_owned()
}

#[test]
fn a_flipped_byte_anywhere_is_found_and_its_file_named() {
    let office = Office::new();
    let (vault, folder) = archived(&office);
    vault.prove(&archive(&vault)).expect("whole");
    let mut flipped = 0;
    for path in files(&folder) {
        let whole = fs::read(&path).expect("readable");
        for at in (0..whole.len()).step_by(STRIDE) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&path, bytes).expect("flipping");
            let found = flaws(&vault);
            assert_eq!(
                found,
                [(name(&path), FlawKind::Changed)],
                "byte {at} of {}",
                path.display()
            );
            flipped += 1;
        }
        fs::write(&path, &whole).expect("mending");
        assert_eq!(flaws(&vault), [], "{}", path.display());
    }
    assert!(flipped > 200, "only {flipped} bytes were flipped");
    kill(vault);
}

#[test]
fn a_file_cut_removed_added_or_replaced_by_a_link_is_found() {
    let office = Office::new();
    let (vault, folder) = archived(&office);
    for path in files(&folder) {
        let whole = fs::read(&path).expect("readable");
        let is_note = name(&path).starts_with('.');
        let is_sealed = is_note || name(&path) == "metadata.json";
        for cut in [0, 1, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).expect("cutting");
            let kind = match is_sealed {
                true => FlawKind::Changed,
                false => FlawKind::Cut,
            };
            assert_eq!(flaws(&vault), [(name(&path), kind)], "cut at {cut}");
        }
        fs::remove_file(&path).expect("removing");
        let found = flaws(&vault);
        // Without a note nothing is known of a former look; that is no damage.
        match is_note {
            true => assert_eq!(found, []),
            false => assert_eq!(found, [(name(&path), FlawKind::Missing)]),
        }
        if !is_sealed {
            std::os::unix::fs::symlink("/etc/hostname", &path).expect("linking");
            assert_eq!(flaws(&vault), [(name(&path), FlawKind::Unreadable)]);
            fs::remove_file(&path).expect("removing");
        }
        fs::write(&path, &whole).expect("mending");
    }
    fs::write(folder.join("more.json"), "{}").expect("adding");
    fs::create_dir(folder.join("folder")).expect("adding");
    let extra = |name: &str| (name.to_owned(), FlawKind::Extra);
    assert_eq!(flaws(&vault), [extra("folder"), extra("more.json")]);
    // What is too much does not keep the rest from being restored.
    assert_eq!(archive(&vault).state.err(), None);
    kill(vault);
}

#[test]
fn what_was_found_is_known_after_a_restart_and_a_damaged_archive_is_not_counted_as_good() {
    let office = Office::new();
    let (vault, folder) = archived(&office);
    let made = archive(&vault);
    let verified = made.verification.expect("an archive is read back");
    assert_eq!(verified.at, office.clock.now());
    assert!(verified.bytes > 0);
    assert_eq!(made.proof, None);
    office.later(1);
    vault.prove(&archive(&vault)).expect("whole");
    stop(vault);
    let (vault, _) = office.start();
    let found = archive(&vault);
    assert_eq!(found.proof.expect("proved").at, office.clock.now());
    assert_eq!(found.verification.expect("noted").at, office.clock.now());
    // A byte whose loss no size tells.
    let path = folder.join("notes.json");
    let whole = fs::read_to_string(&path).expect("readable");
    fs::write(&path, whole.replace("archived", "Archived")).expect("changing");
    assert_eq!(archive(&vault).state.err(), None, "nobody has looked yet");
    let error = vault.prove(&archive(&vault)).expect_err("it is damaged");
    assert!(error.to_string().contains("notes.json"), "{error:#}");
    stop(vault);
    let (vault, _) = office.start();
    let why = archive(&vault).state.expect_err("it was noted");
    assert!(why.contains("notes.json"), "{why}");
    fs::write(&path, whole).expect("mending");
    vault.prove(&archive(&vault)).expect("whole again");
    assert_eq!(archive(&vault).state.err(), None);
    kill(vault);
}

#[test]
fn a_damaged_copy_of_an_attachment_is_named() {
    let office = Office::new();
    let (vault, folder) = archived(&office);
    let archive = name(&folder);
    let copies = office.layout.backups.join("blobs");
    fs::create_dir(&copies).expect("a folder");
    let kept = vault.blobs().keep(b"a picture").expect("kept");
    fs::copy(office.data("blobs").join(&kept), copies.join(&kept)).expect("copying");
    let note = copies.join(format!("{archive}.refers"));
    fs::write(&note, &kept).expect("noting");
    assert_eq!(flaws(&vault), []);
    let blob = format!("blobs/{kept}");
    fs::write(copies.join(&kept), b"a Picture").expect("changing");
    assert_eq!(flaws(&vault), [(blob.clone(), FlawKind::Changed)]);
    fs::remove_file(copies.join(&kept)).expect("removing");
    assert_eq!(flaws(&vault), [(blob, FlawKind::Missing)]);
    fs::write(&note, "no name").expect("changing");
    let refers = (format!("blobs/{archive}.refers"), FlawKind::Changed);
    assert_eq!(flaws(&vault), [refers]);
    kill(vault);
}
