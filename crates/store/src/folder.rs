//! Folders that are either the old one or the new one, never half of each.
//!
//! A published site is many files that belong together. The new ones are written
//! into a folder beside it, synced, and then the two folders change places in one
//! step, where the system can do that; elsewhere the old one is moved aside and
//! moved back if the new one cannot take its place.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path};

use crate::StoreError;
use crate::atomic::UNFINISHED;

/// Finishes what a program that was killed left beside a folder: an old one that was moved
/// aside and never replaced comes back, and what is half made goes away.
///
/// Called before the folder is read, by the one who may write it.
///
/// # Errors
/// [`StoreError::Io`] with the path.
pub fn finish_folder(path: &Path) -> Result<(), StoreError> {
    finish(path).map_err(StoreError::io(path, "write"))
}

fn finish(path: &Path) -> io::Result<()> {
    let parent = parent(path);
    let begins = unfinished(path);
    let entries = match fs::read_dir(parent) {
        Ok(entries) => entries,
        // Nothing was ever written there.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(&begins) {
            continue;
        }
        let old = entry.path().join(ASIDE);
        if old.is_dir() && !path.exists() {
            fs::rename(&old, path)?;
            sync(parent)?;
        }
        fs::remove_dir_all(entry.path())?;
    }
    Ok(())
}

/// Where the folder that stood there is while the new one takes its place.
const ASIDE: &str = "aside";

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// What unfinished folders beside this one are called at the beginning.
fn unfinished(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("{UNFINISHED}{name}-")
}

/// Puts `files`, by name with `/` between folders, into a folder at `path`, in place of
/// whatever folder stands there. Everybody may read them (0644, folders 0755).
///
/// # Errors
/// [`StoreError::Io`] with the path; the folder that was there is unchanged.
pub fn replace_folder(path: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), StoreError> {
    write(path, files).map_err(StoreError::io(path, "write"))
}

fn write(path: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let parent = parent(path);
    // Gone again on every way out of here but the last.
    let new = tempfile::Builder::new()
        .prefix(&unfinished(path))
        .tempdir_in(parent)?;
    for (name, bytes) in files {
        let inside = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !inside {
            return Err(io::Error::other(format!("{name} leads out of the folder")));
        }
        let target = new.path().join(name);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = File::create(&target)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        open_to_all(&target, 0o644)?;
    }
    settle(new.path())?;
    if path.exists() {
        exchange(new.path(), path, parent)?;
    } else {
        fs::rename(new.path(), path)?;
    }
    sync(parent)
}

/// Folders readable by all, and on disk.
fn settle(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            settle(&path)?;
        }
    }
    open_to_all(folder, 0o755)?;
    sync(folder)
}

fn open_to_all(path: &Path, mode: u32) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
    Ok(())
}

fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Lets two folders change places.
fn exchange(new: &Path, path: &Path, parent: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, path, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Not on this file system: two steps, and back if the second fails.
    let aside = tempfile::Builder::new()
        .prefix(&unfinished(path))
        .tempdir_in(parent)?;
    let old = aside.path().join(ASIDE);
    fs::rename(path, &old)?;
    fs::rename(new, path).or_else(|error| {
        fs::rename(&old, path)?;
        Err(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(all: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        all.iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn a_folder_takes_the_place_of_the_one_before_and_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("site");
        replace_folder(
            &path,
            &files(&[("index.html", "1"), ("versions/1.json", "a")]),
        )
        .unwrap();
        replace_folder(
            &path,
            &files(&[("index.html", "2"), ("versions/2.json", "b")]),
        )
        .unwrap();
        assert_eq!(fs::read_to_string(path.join("index.html")).unwrap(), "2");
        assert!(!path.join("versions/1.json").exists());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_write_that_fails_leaves_the_folder_that_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("site");
        replace_folder(&path, &files(&[("index.html", "1")])).unwrap();
        // The second name cannot be written: the first is a file, not a folder.
        for bad in [
            &[("index.html", "2"), ("index.html/x", "3")][..],
            &[("a", "2"), ("../out", "3")],
            &[("a", "2"), ("/out", "3")],
        ] {
            assert!(replace_folder(&path, &files(bad)).is_err());
            assert_eq!(fs::read_to_string(path.join("index.html")).unwrap(), "1");
            assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
            assert_eq!(fs::read_dir(&path).unwrap().count(), 1);
        }
    }

    #[test]
    fn what_a_kill_left_beside_a_folder_is_finished() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("site");
        replace_folder(&path, &files(&[("index.html", "1")])).unwrap();
        let left = |name: &str| dir.path().join(format!("{UNFINISHED}{name}"));
        fs::create_dir_all(left("site-half/versions")).unwrap();
        fs::create_dir_all(left("site-old")).unwrap();
        fs::create_dir_all(left("another-1")).unwrap();
        fs::rename(&path, left("site-old").join(ASIDE)).unwrap();
        finish_folder(&path).unwrap();
        assert_eq!(fs::read_to_string(path.join("index.html")).unwrap(), "1");
        let mut names: Vec<_> = fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        // What belongs to another folder stays.
        assert_eq!(names, [".unfinished-another-1", "site"]);
        finish_folder(&dir.path().join("nowhere/site")).unwrap();
    }

    #[test]
    fn a_file_in_its_place_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("missing/site");
        assert!(replace_folder(&path, &files(&[("index.html", "1")])).is_err());
    }
}
