//! Zip archives: folders in a file, and workbooks, which are archives too.
//!
//! A member's name is shown and never used as a path. Members are unpacked to
//! files without names in a folder the caller gives, so that a list of a gigabyte
//! does not stand in memory; what all of them unpack to is bounded.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek as _};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::source::ReadSeek;
use crate::{Limits, Refusal, Source, SyncError, snapshots};

/// The bytes of a workbook; `None` for another archive.
pub(crate) fn workbook(source: &Source, limits: &Limits) -> Result<Option<Vec<u8>>, SyncError> {
    let archive = open(source)?;
    let is_workbook = archive
        .file_names()
        .any(|name| name.is_ok_and(|name| name == "xl/workbook.xml"));
    if !is_workbook {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    source
        .open()?
        .take(limits.workbook + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| source.unreadable(error))?;
    if bytes.len() as u64 > limits.workbook {
        return Err(source.refused(Refusal::TooBig {
            limit: limits.workbook,
        }));
    }
    Ok(Some(bytes))
}

/// Files that lie in one folder of an archive.
#[derive(Default)]
pub(crate) struct Folder {
    /// The files.
    pub(crate) files: Vec<Source>,
    /// Its `snapshots.toml`, if it has one.
    pub(crate) note: Option<String>,
}

/// The files of an archive, folder by folder: what lies apart there is not joined.
pub(crate) fn members(
    source: &Source,
    scratch: &Path,
    limits: &Limits,
) -> Result<Vec<Folder>, SyncError> {
    let mut archive = open(source)?;
    if archive.len() > limits.members {
        return Err(fault(
            source,
            format!("an archive of {} files", archive.len()),
        ));
    }
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    let mut left = limits.whole;
    for at in 0..archive.len() {
        let mut member = archive
            .by_index(at)
            .map_err(|error| broken(source, &error))?;
        if !member.is_file() {
            continue;
        }
        let whole = member.name().map_err(|error| broken(source, &error))?;
        let (folder, name) = whole.rsplit_once(['/', '\\']).unwrap_or(("", &whole));
        let (folder, name) = (folder.to_owned(), name.to_owned());
        drop(whole);
        if name.is_empty() || name.starts_with('.') {
            continue;
        }
        let mut file = tempfile::tempfile_in(scratch).map_err(|error| source.unreadable(error))?;
        let taken = io::copy(&mut member.by_ref().take(left + 1), &mut file)
            .map_err(|error| fault(source, format!("{name} in it is damaged ({error})")))?;
        left = left.checked_sub(taken).ok_or_else(|| {
            source.refused(Refusal::TooBig {
                limit: limits.whole,
            })
        })?;
        if name == snapshots::NAME {
            let mut text = String::new();
            file.rewind()
                .and_then(|()| file.take(1 << 20).read_to_string(&mut text))
                .map_err(|error| fault(source, format!("{name} in it: {error}")))?;
            folders.entry(folder).or_default().note = Some(text);
            continue;
        }
        let one = Source::unnamed(name, file);
        let mut head = [0; 4];
        let taken = one
            .open()?
            .read(&mut head)
            .map_err(|error| source.unreadable(error))?;
        if head[..taken].starts_with(b"PK\x03\x04") && workbook(&one, limits)?.is_none() {
            return Err(one.refused(Refusal::PackedTwice));
        }
        folders.entry(folder).or_default().files.push(one);
    }
    let mut folders: Vec<Folder> = folders.into_values().collect();
    if folders.iter().all(|folder| folder.files.is_empty()) {
        return Err(fault(source, "an archive without files".to_owned()));
    }
    for folder in &mut folders {
        folder.files.sort_by(|a, b| a.origin.cmp(&b.origin));
    }
    Ok(folders)
}

fn open(source: &Source) -> Result<ZipArchive<Box<dyn ReadSeek>>, SyncError> {
    ZipArchive::new(source.open()?).map_err(|error| broken(source, &error))
}

fn broken(source: &Source, error: &ZipError) -> SyncError {
    fault(
        source,
        format!("the archive is damaged or cut off ({error})"),
    )
}

fn fault(source: &Source, what: String) -> SyncError {
    source.refused(Refusal::Archive { what })
}
