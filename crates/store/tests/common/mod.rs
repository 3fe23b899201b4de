//! What the tests of this crate share.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use scruple_model::{Date, ListId, Snapshot};
use scruple_store::{DataDir, Mode, NewSnapshot};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Puts a blob in its place and describes the snapshot it makes, without recording it.
pub(crate) fn blob(dir: &DataDir, list: &str, content: &str, taken: &str) -> NewSnapshot {
    let mut writer = dir.write_blob().unwrap();
    writer.write_all(content.as_bytes()).unwrap();
    let stored = writer.finish().unwrap();
    NewSnapshot {
        snapshot: Snapshot {
            list: ListId::from(list),
            hash: stored.hash.clone(),
            published: None,
            taken: day(taken),
            records: 1,
            entities: 1,
            unread: 0,
            dropped: 0,
        },
        blob: stored.hash,
        origin: "list.jsonl".into(),
        licence: None,
        layout: "ftm".into(),
        fields_unread: 0,
        unread: Vec::new(),
    }
}

pub(crate) fn content(dir: &DataDir, hash: &str) -> String {
    let mut text = String::new();
    dir.read_blob(hash)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn with_one_list(root: &Path) {
    let mut dir = DataDir::open(root, Mode::Write).unwrap();
    let new = blob(&dir, "user-a", "first\n", "2026-11-01");
    let manifest = dir.manifest().unwrap().with(&new);
    dir.put_index(&manifest, b"index").unwrap();
    dir.record(&[new]).unwrap();
}

/// A data directory that is not there yet, in a folder of its own.
pub(crate) struct Home {
    _parent: tempfile::TempDir,
    path: PathBuf,
}

#[allow(dead_code, reason = "not every test file has one")]
impl Home {
    pub(crate) fn new() -> Self {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("data");
        Self {
            _parent: parent,
            path,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// A small file system of its own. `None` where mounting is not permitted.
#[allow(dead_code, reason = "not every test file fills a disk")]
pub(crate) struct SmallDisk(PathBuf);

impl SmallDisk {
    #[allow(dead_code, reason = "not every test file fills a disk")]
    pub(crate) fn mount(at: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let done = Command::new("mount")
            .args([
                "-t",
                "tmpfs",
                "-o",
                &format!("size={size},mode=0700"),
                "tmpfs",
            ])
            .arg(at)
            .output()
            .is_ok_and(|output| output.status.success());
        done.then(|| Self(at.to_owned()))
    }

    #[allow(dead_code, reason = "not every test file needs it")]
    pub(crate) fn make_read_only(&self) {
        let status = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(&self.0)
            .status()
            .unwrap();
        assert!(status.success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
