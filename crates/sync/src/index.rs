//! The index of the lists that answer: opened, or built again from their snapshots.

use std::path::PathBuf;

use scruple_model::Entity;
use scruple_store::{DataDir, Manifest, Mode};

use crate::SyncError;
use crate::snapshot::{Entities, entities_of};

/// Builds an index from entities.
pub type Build<'a> = &'a dyn Fn(&mut dyn Iterator<Item = Entity>) -> Vec<u8>;

/// Where an index is to be opened from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexAt {
    /// A file, to be mapped.
    File(PathBuf),
    /// In memory only: it could not be written.
    Memory(Vec<u8>),
}

/// An index that answers, and what it answers for.
#[derive(Debug)]
pub struct Opened<T> {
    /// What the caller's `open` made of it.
    pub index: T,
    /// The snapshots it was built from.
    pub manifest: Manifest,
    /// Why it was built again, where it was.
    pub rebuilt: Option<String>,
}

/// Opens the index of the current lists; `None` where no list is held.
///
/// `open` says whether it can use what it is given; it must check layout version
/// and checksum. Where it says no, or there is no file, the index is built again
/// and written beside the snapshots, or kept in memory where that is not possible.
///
/// # Errors
/// [`SyncError::Store`] where a snapshot is damaged, [`SyncError::Index`] where
/// `open` refuses what `build` just made.
pub fn open_index<T>(
    store: &DataDir,
    build: Build<'_>,
    open: &dyn Fn(IndexAt) -> Result<T, String>,
) -> Result<Option<Opened<T>>, SyncError> {
    open_index_of(store, store.manifest()?, build, open)
}

/// Opens the index of any manifest, also of one that is past; see [`open_index`].
/// `None` where the manifest holds no list. Of the past, a few indexes are kept
/// and the others built when they are asked for.
///
/// # Errors
/// As [`open_index`].
pub fn open_index_of<T>(
    store: &DataDir,
    manifest: Manifest,
    build: Build<'_>,
    open: &dyn Fn(IndexAt) -> Result<T, String>,
) -> Result<Option<Opened<T>>, SyncError> {
    if manifest.is_empty() {
        return Ok(None);
    }
    let file = store.index_file(&manifest);
    let why = if file.present {
        match open(IndexAt::File(file.path)) {
            Ok(index) => {
                return Ok(Some(Opened {
                    index,
                    manifest,
                    rebuilt: None,
                }));
            }
            Err(why) => why,
        }
    } else {
        "there was none".to_owned()
    };
    let bytes = build_for(store, &manifest, build)?;
    let at = match put(store, &manifest, &bytes) {
        Some(path) => IndexAt::File(path),
        None => IndexAt::Memory(bytes),
    };
    Ok(Some(Opened {
        index: open(at).map_err(SyncError::Index)?,
        manifest,
        rebuilt: Some(why),
    }))
}

/// Builds the index of a manifest from its snapshots, list by list.
pub(crate) fn build_for(
    store: &DataDir,
    manifest: &Manifest,
    build: Build<'_>,
) -> Result<Vec<u8>, SyncError> {
    let mut failed = None;
    let bytes = {
        let mut all = manifest
            .held
            .iter()
            .flat_map(|held| match entities_of(store, held) {
                Ok(entities) => EitherWay::Open(Box::new(entities)),
                Err(error) => EitherWay::Not(Some(error)),
            })
            .map_while(|entity| entity.map_err(|error| failed = Some(error)).ok());
        build(&mut all)
    };
    match failed {
        // What was built lacks whatever came after: it is thrown away.
        Some(error) => Err(error),
        None => Ok(bytes),
    }
}

/// Writes an index where that is possible. A reader becomes the writer for that
/// moment; where it cannot (somebody else writes, nothing can be written) the
/// index serves from memory, so no error is worth stopping for.
fn put(store: &DataDir, manifest: &Manifest, bytes: &[u8]) -> Option<PathBuf> {
    let write = |writer: &DataDir| match writer.manifest()? == *manifest {
        true => writer.put_index(manifest, bytes),
        false => writer.put_past_index(manifest, bytes),
    };
    match store.mode() {
        Mode::Write => write(store).ok(),
        Mode::Read => DataDir::open(store.root(), Mode::Write)
            .and_then(|writer| write(&writer))
            .ok(),
    }
}

enum EitherWay {
    Open(Box<Entities>),
    Not(Option<SyncError>),
}

impl Iterator for EitherWay {
    type Item = Result<Entity, SyncError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Open(entities) => entities.next(),
            Self::Not(error) => error.take().map(Err),
        }
    }
}
