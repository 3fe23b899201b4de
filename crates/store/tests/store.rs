//! The data directory, through the public door.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use crate::common::{Home, blob, content, day, with_one_list};
use scruple_model::ListId;
use scruple_store::{DataDir, FaultKind, Fetched, Mode, StoreError, UnreadRow};

#[test]
fn the_newest_snapshot_of_each_list_answers() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    for (list, text, taken) in [
        ("user-b", "b1", "2026-11-01"),
        ("user-a", "a1", "2026-11-02"),
        ("user-b", "b2", "2026-11-03"),
    ] {
        let new = blob(&dir, list, text, taken);
        dir.record(&[new]).unwrap();
    }
    let texts = |manifest: &scruple_store::Manifest| -> Vec<String> {
        manifest
            .held
            .iter()
            .map(|held| content(&dir, &held.blob))
            .collect()
    };
    let now = dir.manifest().unwrap();
    assert_eq!(texts(&now), ["a1", "b2"]);
    let then = dir.manifest_known_at(day("2026-11-02")).unwrap();
    assert_eq!(texts(&then), ["a1", "b1"]);
    assert_ne!(now.hash(), then.hash());
    assert_eq!(dir.snapshots().unwrap().len(), 3);
}

#[test]
fn an_older_file_taken_in_later_is_kept_for_the_past_and_does_not_answer() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let dated = |dir: &DataDir, text: &str, published: &str, taken: &str| {
        let mut new = blob(dir, "user-a", text, taken);
        new.snapshot.published = Some(day(published));
        new
    };
    let newer = dated(&dir, "newer", "2026-11-20", "2026-11-21");
    let current = dir.record(&[newer]).unwrap();
    let older = dated(&dir, "older", "2024-05-03", "2026-11-22");
    assert_eq!(current.with(&older), current);
    assert_eq!(dir.record(&[older]).unwrap(), current);
    assert_eq!(dir.snapshots().unwrap().len(), 2);

    let text_of = |as_of: &str, known_at: &str| {
        let manifest = dir.manifest_as_of(day(as_of), day(known_at)).unwrap();
        let younger = manifest.younger_than(day(as_of)).count();
        (content(&dir, &manifest.held[0].blob), younger)
    };
    assert_eq!(text_of("2026-11-22", "2026-11-22"), ("newer".into(), 0));
    assert_eq!(text_of("2025-01-01", "2026-11-22"), ("older".into(), 0));
    // On the 21st nobody knew the older file.
    assert_eq!(text_of("2025-01-01", "2026-11-21"), ("newer".into(), 1));
    // Before the first snapshot, the first one serves and is marked.
    assert_eq!(text_of("2020-01-01", "2026-11-22"), ("older".into(), 1));
    let nothing = dir.manifest_known_at(day("2026-11-20")).unwrap();
    assert!(nothing.is_empty());
}

#[test]
fn the_last_word_about_the_same_file_counts() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let undated = blob(&dir, "user-a", "same", "2026-11-20");
    dir.record(std::slice::from_ref(&undated)).unwrap();
    let mut dated = undated.clone();
    dated.snapshot.published = Some(day("2026-11-01"));
    let manifest = dir.record(&[dated.clone()]).unwrap();
    assert_eq!(manifest.held[0].snapshot.published, Some(day("2026-11-01")));

    // A list that goes back to what it was keeps both times.
    let other = blob(&dir, "user-a", "other", "2026-11-21");
    dir.record(&[other]).unwrap();
    dated.snapshot.published = Some(day("2026-11-22"));
    dir.record(&[dated]).unwrap();
    let day_of = |as_of: &str| {
        let manifest = dir.manifest_as_of(day(as_of), day("2026-12-01")).unwrap();
        manifest.held[0].snapshot.day()
    };
    assert_eq!(day_of("2026-11-10"), day("2026-11-01"));
    assert_eq!(day_of("2026-11-21"), day("2026-11-21"));
    assert_eq!(day_of("2026-11-30"), day("2026-11-22"));
}

#[test]
fn the_last_answer_of_an_address_is_kept() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let mut answer = Fetched {
        url: "https://lists.example.org/a.xml".into(),
        list: ListId::from("xx-a"),
        etag: Some("\"7\"".into()),
        last_modified: None,
        hash: "00".repeat(32),
        checked: day("2026-11-01"),
    };
    assert_eq!(dir.fetched(&answer.url).unwrap(), None);
    dir.put_fetched(&answer).unwrap();
    answer.etag = Some("\"8\"".into());
    answer.checked = day("2026-11-02");
    dir.put_fetched(&answer).unwrap();
    let confirmed = dir.confirmed().unwrap();
    assert_eq!(confirmed[&answer.hash], day("2026-11-02"));
    assert_eq!(dir.fetched(&answer.url).unwrap(), Some(answer));
}

#[test]
fn the_manifest_to_be_has_the_hash_it_will_have() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let new = blob(&dir, "user-a", "x", "2026-11-01");
    let to_be = dir.manifest().unwrap().with(&new).hash();
    assert_eq!(dir.record(&[new]).unwrap().hash(), to_be);
}

#[test]
fn what_could_not_be_read_stays_with_its_position() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let mut new = blob(&dir, "user-a", "x", "2026-11-01");
    let row = UnreadRow {
        line: 7,
        column: 3,
        what: "cut".into(),
        record: Some("QDi.001".into()),
        field: Some("dob".into()),
        effect: "field-unread".into(),
        next: Some("compare with the publisher's page".into()),
    };
    new.unread = vec![row.clone()];
    let manifest = dir.record(&[new]).unwrap();
    let held = manifest.of(&ListId::from("user-a")).unwrap();
    assert_eq!(dir.unread(held.sequence).unwrap(), [row]);
}

#[test]
fn reading_makes_nothing_where_there_is_nothing() {
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join("scruple");
    assert!(matches!(
        DataDir::open(&root, Mode::Read),
        Err(StoreError::Absent(_))
    ));
    assert!(DataDir::open_if_present(&root).unwrap().is_none());
    fs::create_dir(&root).unwrap();
    assert!(DataDir::open_if_present(&root).unwrap().is_none());
    assert_eq!(fs::read_dir(&root).unwrap().count(), 0);
}

#[test]
fn a_database_that_is_not_filled_yet_is_none_unless_snapshots_lie_beside_it() {
    let root = Home::new();
    drop(DataDir::open(root.path(), Mode::Write).unwrap());
    fs::write(root.path().join("scruple.db"), "").unwrap();
    assert!(DataDir::open_if_present(root.path()).unwrap().is_none());
    fs::write(root.path().join("snapshots/x.zst"), "").unwrap();
    let error = DataDir::open_if_present(root.path()).err().unwrap();
    assert!(
        matches!(error, StoreError::Older { found: 0, .. }),
        "{error}"
    );
}

#[test]
fn reading_leaves_no_file_beside_the_database() {
    let root = Home::new();
    with_one_list(root.path());
    let names = || -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(root.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let before = names();
    let dir = DataDir::open(root.path(), Mode::Read).unwrap();
    assert_eq!(dir.manifest().unwrap().held.len(), 1);
    assert_eq!(names(), before);
    drop(dir);
    assert_eq!(names(), before);
    assert!(
        !before
            .iter()
            .any(|name| name.contains("-wal") || name.contains("-shm"))
    );
}

#[test]
fn a_second_writer_is_told_the_lock_file_and_readers_go_on() {
    let root = Home::new();
    with_one_list(root.path());
    let first = DataDir::open(root.path(), Mode::Write).unwrap();
    match DataDir::open(root.path(), Mode::Write) {
        Err(StoreError::Locked { lock }) => assert!(lock.ends_with("scruple.lock")),
        other => panic!("{:?}", other.err()),
    }
    let reader = DataDir::open(root.path(), Mode::Read).unwrap();
    assert_eq!(reader.manifest().unwrap().held.len(), 1);
    drop(first);
    DataDir::open(root.path(), Mode::Write).unwrap();
}

#[test]
fn a_database_of_a_later_version_is_refused_with_the_version_needed() {
    let root = Home::new();
    with_one_list(root.path());
    let db = rusqlite::Connection::open(root.path().join("scruple.db")).unwrap();
    db.execute("UPDATE written_by SET version = '9.4.0'", [])
        .unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    for mode in [Mode::Read, Mode::Write] {
        let error = DataDir::open(root.path(), mode).err().unwrap();
        assert!(
            matches!(&error, StoreError::Newer { found: 99, needs, .. } if needs == "9.4.0"),
            "{error}"
        );
        assert!(error.to_string().contains("9.4.0"), "{error}");
    }
}

#[test]
fn a_file_that_is_not_ours_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("scruple.db");
    fs::write(
        &path,
        "this is a text of somebody else, long enough to be looked at",
    )
    .unwrap();
    for mode in [Mode::Read, Mode::Write] {
        let error = DataDir::open(root.path(), mode).err().unwrap();
        assert!(matches!(error, StoreError::Foreign(_)), "{error}");
    }
    let before = fs::read(&path).unwrap();
    assert!(before.starts_with(b"this is a text"));

    let theirs = tempfile::tempdir().unwrap();
    let db = rusqlite::Connection::open(theirs.path().join("scruple.db")).unwrap();
    db.execute("CREATE TABLE theirs (x)", []).unwrap();
    drop(db);
    let error = DataDir::open(theirs.path(), Mode::Write).err().unwrap();
    assert!(matches!(error, StoreError::Foreign(_)), "{error}");
}

#[test]
fn a_snapshot_that_was_recorded_cannot_be_changed() {
    let root = Home::new();
    with_one_list(root.path());
    let db = rusqlite::Connection::open(root.path().join("scruple.db")).unwrap();
    assert!(db.execute("UPDATE snapshot SET entities = 9", []).is_err());
}

#[test]
fn a_blob_given_up_halfway_is_not_there_and_its_waste_is_removed() {
    let root = Home::new();
    with_one_list(root.path());
    let dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let before = dir.manifest().unwrap();
    let mut writer = dir.write_blob().unwrap();
    writer.write_all(b"half of a list").unwrap();
    // As after a kill: nothing of it is dropped in order.
    std::mem::forget(writer);
    drop(dir);
    let files = || fs::read_dir(root.path().join("snapshots")).unwrap().count();
    assert_eq!(files(), 2);
    let dir = DataDir::open(root.path(), Mode::Write).unwrap();
    assert_eq!(files(), 1);
    assert_eq!(dir.manifest().unwrap(), before);
    assert_eq!(dir.integrity().unwrap(), []);
}

#[test]
fn a_crash_between_blob_and_row_leaves_the_old_manifest() {
    let root = Home::new();
    with_one_list(root.path());
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let before = dir.manifest().unwrap();
    let new = blob(&dir, "user-a", "second\n", "2026-11-02");
    dir.put_index(&before.with(&new), b"newer index").unwrap();
    drop(dir);
    dir = DataDir::open(root.path(), Mode::Write).unwrap();
    assert_eq!(dir.manifest().unwrap(), before);
    assert_eq!(fs::read(dir.index_file(&before).path).unwrap(), b"index");
    dir.tidy(&before).unwrap();
    assert_eq!(
        fs::read_dir(root.path().join("snapshots")).unwrap().count(),
        1
    );
    assert_eq!(
        fs::read_dir(root.path().join("indexes")).unwrap().count(),
        2
    );
    assert_eq!(dir.integrity().unwrap(), []);
}

#[test]
fn a_row_without_its_blob_is_refused() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let new = blob(&dir, "user-a", "x", "2026-11-01");
    fs::remove_file(dir.blob_path(&new.blob)).unwrap();
    assert!(matches!(
        dir.record(&[new]),
        Err(StoreError::Damaged { .. })
    ));
    assert!(dir.manifest().unwrap().is_empty());
}

#[test]
fn integrity_finds_an_altered_blob_a_missing_one_and_an_altered_index() {
    let root = Home::new();
    let mut dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let a = blob(&dir, "user-a", &"a line\n".repeat(500), "2026-11-01");
    let b = blob(&dir, "user-b", "b", "2026-11-01");
    let (path_a, path_b) = (dir.blob_path(&a.blob), dir.blob_path(&b.blob));
    let manifest = dir.record(&[a, b]).unwrap();
    let index = dir.put_index(&manifest, b"index").unwrap();
    assert_eq!(dir.integrity().unwrap(), []);

    // Another valid compressed file: only the hash can tell.
    let other = zstd::encode_all(&b"something else"[..], 1).unwrap();
    fs::write(&path_a, other).unwrap();
    fs::remove_file(&path_b).unwrap();
    fs::write(&index, b"indeX").unwrap();
    let faults = dir.integrity().unwrap();
    let found: Vec<_> = faults
        .iter()
        .map(|fault| (fault.kind, fault.path.clone()))
        .collect();
    let mut expected = vec![
        (FaultKind::Snapshot, path_a),
        (FaultKind::Snapshot, path_b),
        (FaultKind::Index, index),
    ];
    expected.sort();
    assert_eq!(found, expected);
    assert!(faults.iter().any(|fault| fault.what.contains("user-a")));
}

#[test]
fn a_cut_blob_never_ends_as_if_it_were_whole() {
    let root = Home::new();
    let dir = DataDir::open(root.path(), Mode::Write).unwrap();
    let noise: String = (0..20_000u32)
        .map(|n| format!("{}\n", n.wrapping_mul(2_654_435_761)))
        .collect();
    let new = blob(&dir, "user-a", &noise, "2026-11-01");
    let path = dir.blob_path(&new.blob);
    let bytes = fs::read(&path).unwrap();
    for cut in [0, 1, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&path, &bytes[..cut]).unwrap();
        let mut text = String::new();
        let end = dir.read_blob(&new.blob).unwrap().read_to_string(&mut text);
        assert!(end.is_err(), "cut at {cut}");
    }
}

#[cfg(unix)]
#[test]
fn the_directory_is_private_and_doctor_says_where_it_is_not() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join("data");
    with_one_list(&root);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&root), 0o700);
    assert_eq!(mode(&root.join("scruple.db")), 0o600);
    fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
    let dir = DataDir::open(&root, Mode::Read).unwrap();
    let faults = dir.integrity().unwrap();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].kind, FaultKind::Permissions);
}
