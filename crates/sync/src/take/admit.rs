//! What was read, beside what is held: admitted or refused.

use scruple_lists::{At, Effect, Fault};
use scruple_model::{Date, Snapshot};
use scruple_store::{DataDir, Held, Manifest, NewSnapshot, UnreadRow};

use super::Admission;
use super::reading::Read;
use crate::changes::{Changes, compare};
use crate::report::Report;
use crate::snapshot::entities;
use crate::{Refusal, SyncError};

/// What a file is held against.
pub(super) struct Beside<'a> {
    /// What answers.
    pub(super) manifest: &'a Manifest,
    /// Everything that was ever taken.
    pub(super) known: &'a [Held],
    /// The file that answers is given again in the same call: it goes on answering.
    pub(super) stays: bool,
}

/// Admits what was read, or refuses it beside what is held. No snapshot where the
/// same is held already.
pub(super) fn admit(
    store: &DataDir,
    beside: &Beside<'_>,
    read: Read,
    taken: Date,
    admission: &Admission,
) -> Result<(Report, Option<NewSnapshot>), SyncError> {
    let Read {
        mut content,
        origin,
        licence,
        hash,
        published,
        blob,
        entities: count,
        ..
    } = read;
    let list = content.list.clone();
    let held = beside.manifest.of(&list);
    let is_it = |known: &Held| {
        known.snapshot.list == list
            && known.snapshot.hash == hash
            && known.blob == blob
            && (published.is_none() || known.snapshot.published == published)
            && (licence.is_none() || known.licence == licence)
    };
    let same = beside.known.iter().rev().find(|known| is_it(known));
    let answered = held.is_some_and(is_it);
    let published = published.or_else(|| same.and_then(|known| known.snapshot.published));
    let mut snapshot = NewSnapshot {
        snapshot: Snapshot {
            list: list.clone(),
            hash: hash.clone(),
            published,
            taken,
            records: content.records,
            entities: count,
            unread: content.unread,
            dropped: content.dropped.values().sum(),
        },
        blob: blob.clone(),
        origin: origin.clone(),
        licence,
        layout: content.layout.to_owned(),
        fields_unread: content.fields_unread,
        unread: Vec::new(),
    };
    // What it comes after: the snapshot it would take the place of.
    let after = beside.manifest.with(&snapshot);
    let answers = after
        .of(&list)
        .is_some_and(|held| held.blob == blob && held.snapshot.hash == hash);
    // The same file again changes nothing, but where another took its place that this
    // one takes back.
    let unchanged = same.is_some() && (answered || !answers || beside.stays);
    let answering = held.filter(|_| !answers).map(|held| held.snapshot.day());
    let (changes, compared_with) = match held {
        Some(held) if held.blob == blob => (Changes::default(), Some(held)),
        Some(held) if answers => match entities(store, &list, &held.blob)
            .and_then(|old| compare(old, entities(store, &list, &blob)?))
        {
            Ok(changes) => (changes, Some(held)),
            Err(error) => {
                content.faults.push(not_compared(&error));
                (all_added(count), None)
            }
        },
        _ => (all_added(count), None),
    };
    if let Some(held) = held.filter(|_| answers && !unchanged)
        && !admission.accept_shrink.contains(&list)
        && let Some(why) = shrunk(held, &snapshot, changes)
    {
        return Err(SyncError::Refused { origin, why });
    }
    snapshot.unread = content
        .faults
        .iter()
        .map(|fault| UnreadRow {
            line: fault.at.line,
            column: fault.at.column,
            what: fault.what.clone(),
            record: fault.record.clone(),
            field: fault.field.clone(),
            effect: fault.effect.as_str().to_owned(),
            next: Some(fault.next.clone()),
        })
        .collect();
    let report = Report {
        list,
        origin,
        layout: content.layout.to_owned(),
        hash,
        published,
        records: content.records,
        entities: count,
        added: changes.added,
        removed: changes.removed,
        amended: changes.amended,
        compared_with: compared_with.map(|held| held.snapshot.hash.clone()),
        unread_count: content.unread,
        fields_unread: content.fields_unread,
        unread: content.faults,
        dropped: content.dropped,
        skipped: content.skipped,
        duplicates: content.duplicates,
        unchanged,
        answering,
    };
    Ok((report, (!unchanged).then_some(snapshot)))
}

/// The copy held before cannot be read, so that all of the new one counts as added.
fn not_compared(error: &SyncError) -> Fault {
    Fault {
        at: At::default(),
        record: None,
        field: None,
        what: format!("what changed cannot be told, all counts as added: {error}"),
        effect: Effect::Note,
        next: "`scruple doctor` says what of the earlier copy is damaged".to_owned(),
    }
}

/// More than a fifth fewer parties: what a file looks like that was cut at a line's end.
/// In one layout, more than a fifth fewer names: a set that came without its aliases.
fn shrunk(held: &Held, new: &NewSnapshot, changes: Changes) -> Option<Refusal> {
    let fewer = |of, before: u64, now: u64| {
        is_much_less(before, now).then(|| Refusal::Shrunk {
            list: held.snapshot.list.clone(),
            of,
            before,
            now,
        })
    };
    fewer("parties", held.snapshot.entities, new.snapshot.entities).or_else(|| {
        (held.layout == new.layout)
            .then(|| fewer("names", changes.names_before, changes.names_now))
            .flatten()
    })
}

/// Whether more than a fifth is gone.
pub(crate) fn is_much_less(before: u64, now: u64) -> bool {
    now * 5 < before * 4
}

fn all_added(entities: u64) -> Changes {
    Changes {
        added: entities,
        ..Changes::default()
    }
}
