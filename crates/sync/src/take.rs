//! Taking files in.

use scruple_model::{Date, ListId, Snapshot};
use scruple_store::{DataDir, Manifest, NewSnapshot, UnreadRow};

use crate::changes::{Changes, compare};
use crate::index::{Build, build_for};
use crate::name::list_name;
use crate::read::{Failed, read_file};
use crate::report::Report;
use crate::snapshot::{entities, store_entities};
use crate::{Limits, Source, SyncError};

/// Takes one file in; see [`take_files`].
///
/// # Errors
/// As [`take_files`] has them for the one file.
pub fn take_file(
    store: &mut DataDir,
    source: Source<'_>,
    taken: Date,
    limits: &Limits,
    build: Build<'_>,
) -> Result<Report, SyncError> {
    // One source gives one answer.
    take_files(store, vec![source], taken, limits, build)?
        .pop()
        .unwrap_or_else(|| Err(SyncError::Index("no answer for the file".to_owned())))
}

/// Takes files in: each is admitted or refused by itself, then one index is built
/// and all that were admitted begin to answer together. The answers come in the
/// order of the files.
///
/// `store` must be open for writing; `taken` is today.
///
/// # Errors
/// Only what concerns all of them: [`SyncError::Store`] where the directory cannot
/// be written or another list's snapshot is damaged. Nothing was taken then.
pub fn take_files(
    store: &mut DataDir,
    sources: Vec<Source<'_>>,
    taken: Date,
    limits: &Limits,
    build: Build<'_>,
) -> Result<Vec<Result<Report, SyncError>>, SyncError> {
    let before = store.manifest()?;
    let mut lists: Vec<ListId> = Vec::new();
    let mut answers = Vec::new();
    let mut new: Vec<NewSnapshot> = Vec::new();
    for source in sources {
        match admit(store, &before, &lists, source, taken, limits) {
            Ok((report, snapshot)) => {
                lists.push(report.list.clone());
                new.extend(snapshot);
                answers.push(Ok(report));
            }
            Err(error @ SyncError::Store(_)) => return Err(error),
            Err(error) => answers.push(Err(error)),
        }
    }
    if !new.is_empty() {
        let after = new.iter().fold(before, |manifest, one| manifest.with(one));
        let index = build_for(store, &after, build)?;
        store.put_index(&after, &index)?;
        let current = store.record(&new)?;
        // What is left over takes room and nothing else.
        let _ = store.tidy(&current);
    }
    Ok(answers)
}

/// Reads a file and puts its content in its place; nothing answers from it yet.
/// No snapshot where the same file is held already.
fn admit(
    store: &DataDir,
    before: &Manifest,
    taken_now: &[ListId],
    source: Source<'_>,
    taken: Date,
    limits: &Limits,
) -> Result<(Report, Option<NewSnapshot>), SyncError> {
    let list = list_name(source.as_name.as_deref(), &source.origin)?;
    let origin = source.origin;
    if taken_now.contains(&list) {
        return Err(SyncError::SameName { origin, list });
    }
    let read = match read_file(&list, source.bytes, limits) {
        Ok(read) => read,
        Err(Failed::Refused(why)) => return Err(SyncError::Refused { origin, why }),
        Err(Failed::Io(source)) => return Err(SyncError::Unreadable { origin, source }),
    };
    // Stored even when nothing changed: that mends a blob that was damaged.
    let blob = store_entities(store, &read.folded.entities)?.hash;
    let held = before.of(&list);
    let unchanged = held.is_some_and(|held| {
        held.snapshot.hash == read.hash
            && held.blob == blob
            && (source.published.is_none() || held.snapshot.published == source.published)
            && (source.licence.is_none() || held.licence == source.licence)
    });
    let (changes, compared_with) = match held {
        Some(held) if held.blob == blob => (Changes::default(), Some(held)),
        Some(held) => match entities(store, &list, &held.blob)
            .and_then(|old| compare(old, &read.folded.entities))
        {
            Ok(changes) => (changes, Some(held)),
            Err(_) => (all_added(read.folded.entities.len()), None),
        },
        None => (all_added(read.folded.entities.len()), None),
    };
    let published = source.published.or_else(|| {
        held.filter(|_| unchanged)
            .and_then(|held| held.snapshot.published)
    });
    let report = Report {
        list: list.clone(),
        origin: origin.clone(),
        hash: read.hash.clone(),
        published,
        records: read.folded.records,
        entities: read.folded.entities.len() as u64,
        added: changes.added,
        removed: changes.removed,
        amended: changes.amended,
        compared_with: compared_with.map(|held| held.snapshot.hash.clone()),
        unread_count: read.unread_count,
        unread: read.unread,
        dropped: read.folded.dropped,
        skipped: read.folded.skipped,
        duplicates: read.folded.duplicates,
        unchanged,
    };
    if unchanged {
        return Ok((report, None));
    }
    let snapshot = NewSnapshot {
        snapshot: Snapshot {
            list,
            hash: read.hash,
            published,
            taken,
            records: report.records,
            entities: report.entities,
            unread: report.unread_count,
            dropped: report.dropped.values().sum(),
        },
        blob,
        origin,
        licence: source.licence,
        layout: "ftm".to_owned(),
        fields_unread: 0,
        unread: report
            .unread
            .iter()
            .map(|unread| UnreadRow {
                line: unread.line,
                column: unread.column,
                what: unread.what.clone(),
                ..UnreadRow::default()
            })
            .collect(),
    };
    Ok((report, Some(snapshot)))
}

fn all_added(entities: usize) -> Changes {
    Changes {
        added: entities as u64,
        ..Changes::default()
    }
}
