//! Disks that are full or cannot be written.
//!
//! A file of its own, one test at a time: mounting starts a process, and a process
//! that another test starts holds copies of open files for a moment, so that a file
//! just deleted still takes its room on a disk of one megabyte.

mod common;

use std::fs;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use common::{SmallDisk, blob, content, with_one_list};
use scruple_store::{DataDir, Mode, StoreError, UnreadRow};

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[test]
fn a_read_only_directory_answers() {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join("data #1?");
    let Some(disk) = SmallDisk::mount(&root, "4m") else {
        println!("skipped: mounting a file system is not permitted here");
        return;
    };
    with_one_list(&root);
    disk.make_read_only();
    let dir = DataDir::open(&root, Mode::Read).unwrap();
    let manifest = dir.manifest().unwrap();
    assert_eq!(content(&dir, &manifest.held[0].blob), "first\n");
    assert_eq!(dir.integrity().unwrap(), []);
    assert!(matches!(
        dir.put_index(&manifest, b"x"),
        Err(StoreError::ReadOnly(_))
    ));
    let error = DataDir::open(&root, Mode::Write).err().unwrap();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
    assert!(error.to_string().contains("data #1?"), "{error}");
}

#[test]
fn a_full_disk_is_named_and_the_old_state_answers() {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join("data");
    let Some(_disk) = SmallDisk::mount(&root, "1m") else {
        println!("skipped: mounting a file system is not permitted here");
        return;
    };
    with_one_list(&root);
    let mut dir = DataDir::open(&root, Mode::Write).unwrap();
    let before = dir.manifest().unwrap();

    // An index too big for the disk.
    let error = dir.put_index(&before, &vec![7; 2 << 20]).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("indexes") && text.contains("free some space"),
        "{text}"
    );
    assert_eq!(fs::read(dir.index_file(&before).path).unwrap(), b"index");

    // A database that cannot grow: fill what is left, then record.
    let mut new = blob(&dir, "user-b", "b", "2026-11-02");
    new.unread = (0..5_000)
        .map(|line| UnreadRow {
            line,
            column: 1,
            what: "x".repeat(100),
            ..UnreadRow::default()
        })
        .collect();
    let mut filler = fs::File::create(root.join("filler")).unwrap();
    while filler.write_all(&[0; 512]).is_ok() {}
    let error = dir.record(&[new]).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
    drop(dir);
    fs::remove_file(root.join("filler")).unwrap();
    let dir = DataDir::open(&root, Mode::Write).unwrap();
    assert_eq!(dir.manifest().unwrap(), before);
    assert!(dir.integrity().unwrap().is_empty());
}
