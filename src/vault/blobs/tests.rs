//! Files kept side by side in a folder of their own: read back, copied, pruned, and no more of them than the quota allows.

use super::*;

fn blobs() -> (tempfile::TempDir, Blobs) {
    let folder = tempfile::tempdir().expect("a folder");
    let layout = Layout::new(folder.path().join("data"), folder.path().join("backups"));
    for path in [&layout.data, &layout.backups] {
        fs::create_dir_all(path).expect("a folder");
    }
    (folder, Blobs::new(&layout))
}

fn names(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn the_same_bytes_are_kept_once_and_read_back() {
    let (_folder, blobs) = blobs();
    let name = blobs.keep(b"a cat").expect("kept");
    assert_eq!(blobs.keep(b"a cat").expect("kept"), name);
    assert_eq!(blobs.size().expect("a size"), 5);
    assert_eq!(blobs.read(&name).expect("read"), b"a cat");
    assert!(blobs.read("../greffier.db").is_err());
}

#[test]
fn several_may_keep_the_same_bytes_at_once() {
    let (_folder, blobs) = blobs();
    let bytes = vec![7; 100_000];
    for round in 0..20 {
        let bytes = [bytes.as_slice(), &[round]].concat();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| blobs.keep(&bytes).expect("kept"));
            }
        });
    }
}

#[test]
fn files_that_arrive_at_once_do_not_exceed_the_quota_together() {
    for _ in 0..20 {
        let (_folder, blobs) = blobs();
        let start = std::sync::Barrier::new(8);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let (blobs, start) = (blobs.clone(), &start);
                scope.spawn(move || {
                    start.wait();
                    blobs.keep_within(&[number; 10], 25).expect("looked at")
                });
            }
        });
        assert_eq!(blobs.size().expect("a size"), 20);
    }
}

#[test]
fn what_is_kept_already_needs_no_room() {
    let (_folder, blobs) = blobs();
    let name = blobs.keep_within(b"a cat", 5).expect("looked at");
    assert!(name.is_some());
    assert_eq!(blobs.keep_within(b"a cat", 5).expect("looked at"), name);
    assert_eq!(blobs.keep_within(b"b", 5).expect("looked at"), None);
    assert_eq!(blobs.size().expect("a size"), 5);
}

#[test]
fn a_lost_or_damaged_file_is_read_from_its_verified_copy() {
    let (_folder, blobs) = blobs();
    let name = blobs.keep(b"a cat").expect("kept");
    let report = blobs.copy("backup_1", &names(&[&name])).expect("copied");
    assert_eq!((report.copied, report.missing.len()), (1, 0));
    fs::write(blobs.live.join(&name), b"a dog").expect("damaged");
    assert_eq!(blobs.read(&name).expect("read"), b"a cat");
    fs::remove_file(blobs.live.join(&name)).expect("gone");
    assert_eq!(blobs.read(&name).expect("read"), b"a cat");
    let again = blobs
        .copy("backup_1", &names(&[&name, &"0".repeat(64)]))
        .expect("copied");
    assert_eq!((again.copied, again.missing), (0, vec!["0".repeat(64)]));
}

#[test]
fn what_nothing_refers_to_goes_after_a_day_and_nothing_else_does() {
    let (_folder, blobs) = blobs();
    let kept = blobs.keep(b"kept").expect("kept");
    let archived = blobs.keep(b"archived").expect("kept");
    let loose = blobs.keep(b"loose").expect("kept");
    let copy = |archive: &str, list: &[&str]| blobs.copy(archive, &names(list)).expect("copied");
    copy("backup_1", &[&loose]);
    copy("backup_2", &[&kept, &archived]);
    let now = Timestamp::from(chrono::Utc::now());
    let live = names(&[&kept]);
    let is_kept = |archive: &str| archive == "backup_2";
    assert_eq!(
        blobs.prune(&live, is_kept, now).expect("pruned"),
        0,
        "too young"
    );
    let later = now + UNREFERRED_KEPT + Duration::from_secs(60);
    // From the live files `archived` and `loose`, from the copies `loose`.
    assert_eq!(blobs.prune(&live, is_kept, later).expect("pruned"), 3);
    assert_eq!(blobs.read(&archived).expect("still there"), b"archived");
    assert!(blobs.read(&loose).is_err());
}
