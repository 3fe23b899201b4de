//! Taking files in.
//!
//! Every file is read and its content put in its place first; nothing answers from
//! it yet. Then all that were read are ordered by list and day, so that of two days
//! of one list the older is compared with what was before it and the younger with
//! the older. What is much smaller than what it would replace is refused there.
//! Then one index is built, and all that were admitted begin to answer together.

use scruple_model::{Date, ListId, Snapshot};
use scruple_store::{DataDir, Held, Manifest, NewSnapshot, UnreadRow, nearness};

use crate::changes::{Changes, compare};
use crate::content::Content;
use crate::index::{Build, build_for};
use crate::name::list_name;
use crate::offer::{Kind, Offer};
use crate::official::read_official;
use crate::read::{Failed, read_lines};
use crate::report::{LeftOut, Report, Taken};
use crate::snapshot::{entities, store_entities};
use crate::unpack::{hash_of, unpack};
use crate::{Limits, Refusal, Source, SyncError};

/// What the caller allows.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    /// Lists that may come out much smaller than before.
    pub accept_shrink: Vec<ListId>,
    /// How much is read.
    pub limits: Limits,
}

/// A list that was read; its content lies in its place.
struct Read {
    /// Which offer it came from.
    offer: usize,
    content: Content,
    origin: String,
    licence: Option<String>,
    hash: String,
    published: Option<Date>,
    blob: String,
    entities: u64,
}

/// Takes lists in: each is admitted or refused by itself, then one index is built
/// and all that were admitted begin to answer together. The answers come in the
/// order of the offers.
///
/// `store` must be open for writing; `taken` is today.
///
/// # Errors
/// Only what concerns all of them: [`SyncError::Store`] where the directory cannot
/// be written or another list's snapshot is damaged. Nothing was taken then.
pub fn take(
    store: &mut DataDir,
    offers: &[Offer],
    taken: Date,
    admission: &Admission,
    build: Build<'_>,
) -> Result<Vec<Result<Taken, SyncError>>, SyncError> {
    let before = store.manifest()?;
    let known = store.snapshots()?;
    let mut answers: Vec<Result<Taken, SyncError>> = Vec::new();
    let mut all: Vec<Read> = Vec::new();
    for (at, offer) in offers.iter().enumerate() {
        match read(store, at, offer, taken, &all, &admission.limits) {
            Ok(reads) => {
                all.extend(reads);
                answers.push(Ok(Taken::default()));
            }
            Err(error @ SyncError::Store(_)) => return Err(error),
            Err(error) => answers.push(Err(error)),
        }
    }
    let own: Vec<(ListId, u8)> = all
        .iter()
        .map(|read| (read.content.list.clone(), nearness(read.content.layout)))
        .collect();
    all.sort_by_key(|read| (read.content.list.clone(), read.published.unwrap_or(taken)));
    let mut manifest = before;
    let mut new: Vec<NewSnapshot> = Vec::new();
    for read in all {
        let Ok(answer) = &mut answers[read.offer] else {
            continue;
        };
        if let Some(why) = left_out(&read, &own, &manifest) {
            answer.left_out.push(LeftOut {
                list: read.content.list,
                origin: read.origin,
                records: read.content.records,
                why,
            });
            continue;
        }
        match admit(store, &manifest, &known, read, taken, admission) {
            Ok((report, snapshot)) => {
                answer.reports.push(report);
                if let Some(snapshot) = snapshot {
                    manifest = manifest.with(&snapshot);
                    new.push(snapshot);
                }
            }
            // Other lists of the file are whole, and stay.
            Err(error) => answer.refused.push(error),
        }
    }
    if !new.is_empty() {
        let index = build_for(store, &manifest, build)?;
        store.put_index(&manifest, &index)?;
        let current = store.record(&new)?;
        // What is left over takes room and nothing else.
        let _ = store.tidy(&current);
    }
    Ok(answers)
}

/// How near a layout is to the publisher of OFAC's lists: its own files speak for
/// themselves; the consolidated US list repeats them, and a transcription one of
/// them. Where the nearer is held (or comes with it) the farther is left out, so that
/// one designation never shows twice.
fn left_out(read: &Read, own: &[(ListId, u8)], manifest: &Manifest) -> Option<String> {
    let list = &read.content.list;
    if !list.as_str().starts_with("us-ofac-") {
        return None;
    }
    let rank = nearness(read.content.layout);
    let nearer = manifest
        .of(list)
        .is_some_and(|held| nearness(&held.layout) > rank)
        || own.iter().any(|(of, theirs)| of == list && *theirs > rank);
    nearer.then(|| "a file nearer to OFAC is held, and this one only repeats it".to_owned())
}

/// Whether a nearer file of OFAC takes the place of a farther one: that one may have
/// held only part of the list, or more, and their sizes say nothing.
fn takes_the_place(list: &ListId, held: &str, new: &str) -> bool {
    list.as_str().starts_with("us-ofac-") && nearness(new) > nearness(held)
}

/// Reads an offer and puts what it holds in its place.
fn read(
    store: &DataDir,
    at: usize,
    offer: &Offer,
    taken: Date,
    before: &[Read],
    limits: &Limits,
) -> Result<Vec<Read>, SyncError> {
    let mut official = Vec::new();
    for (source, kind) in &offer.files {
        match kind {
            Kind::Lines if offer.files.len() == 1 => {
                return read_own(store, at, offer, source, before, limits).map(|read| vec![read]);
            }
            Kind::Lines => {
                return Err(source.refused(Refusal::Ambiguous {
                    what: "a list of your own among the files of an official one".to_owned(),
                    lines: crate::snapshots::lines(None, None, &[&source.origin]),
                }));
            }
            Kind::Official(part) => official.push((source, part)),
        }
    }
    let (contents, hash) = read_official(&official, offer.list.as_ref(), limits)?;
    let names: Vec<&str> = official
        .iter()
        .map(|(source, _)| source.origin.as_str())
        .collect();
    let origin = names.join(", ");
    let licence = official
        .iter()
        .find_map(|(source, _)| source.licence.clone());
    let mut reads = Vec::new();
    for content in contents {
        let published = content.published.or(offer.dated);
        if let Some(day) = published.filter(|day| *day > taken) {
            return Err(SyncError::Refused {
                origin,
                why: Refusal::Future {
                    published: day,
                    today: taken,
                },
            });
        }
        let blob = store_entities(store, &content.entities)?.hash;
        reads.push(Read {
            offer: at,
            origin: origin.clone(),
            licence: licence.clone(),
            hash: hash.clone(),
            published,
            blob,
            entities: content.entities.len() as u64,
            content: emptied(content),
        });
    }
    Ok(reads)
}

fn read_own(
    store: &DataDir,
    at: usize,
    offer: &Offer,
    source: &Source,
    before: &[Read],
    limits: &Limits,
) -> Result<Read, SyncError> {
    let list = list_name(source.as_name.as_deref(), &source.origin)?;
    let origin = source.origin.clone();
    if before.iter().any(|read| read.content.list == list) {
        return Err(SyncError::SameName { origin, list });
    }
    let open = unpack(source, limits)?;
    let content = match read_lines(&list, open.bytes, open.compressed, limits) {
        Ok(content) => content,
        Err(Failed::Refused(why)) => return Err(SyncError::Refused { origin, why }),
        Err(Failed::Io(source)) => return Err(SyncError::Unreadable { origin, source }),
    };
    // Stored even when nothing changed: that mends a blob that was damaged.
    let blob = store_entities(store, &content.entities)?.hash;
    Ok(Read {
        offer: at,
        origin,
        licence: source.licence.clone(),
        hash: hash_of(source)?,
        published: offer.dated.or(source.published),
        blob,
        entities: content.entities.len() as u64,
        content: emptied(content),
    })
}

/// What a list holds without the entities, which lie in their blob.
fn emptied(content: Content) -> Content {
    Content {
        entities: Vec::new(),
        ..content
    }
}

/// Admits what was read, or refuses it beside what is held. No snapshot where the
/// same is held already.
fn admit(
    store: &DataDir,
    manifest: &Manifest,
    known: &[Held],
    read: Read,
    taken: Date,
    admission: &Admission,
) -> Result<(Report, Option<NewSnapshot>), SyncError> {
    let Read {
        content,
        origin,
        licence,
        hash,
        published,
        blob,
        entities: count,
        ..
    } = read;
    let list = content.list;
    let held = manifest.of(&list);
    let same = known.iter().rev().find(|known| {
        known.snapshot.list == list
            && known.snapshot.hash == hash
            && known.blob == blob
            && (published.is_none() || known.snapshot.published == published)
            && (licence.is_none() || known.licence == licence)
    });
    let unchanged = same.is_some();
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
    let after = manifest.with(&snapshot);
    let answers = after
        .of(&list)
        .is_some_and(|held| held.blob == blob && held.snapshot.hash == hash);
    let answering = held.filter(|_| !answers).map(|held| held.snapshot.day());
    if let Some(held) = held.filter(|_| answers && !unchanged)
        && shrunk(held.snapshot.entities, count)
        && !admission.accept_shrink.contains(&list)
        && !takes_the_place(&list, &held.layout, &snapshot.layout)
    {
        return Err(SyncError::Refused {
            origin,
            why: Refusal::Shrunk {
                list,
                before: held.snapshot.entities,
                now: count,
            },
        });
    }
    let (changes, compared_with) = match held {
        Some(held) if held.blob == blob => (Changes::default(), Some(held)),
        Some(held) if answers => match entities(store, &list, &held.blob)
            .and_then(|old| compare(old, entities(store, &list, &blob)?))
        {
            Ok(changes) => (changes, Some(held)),
            Err(_) => (all_added(count), None),
        },
        _ => (all_added(count), None),
    };
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

/// More than a fifth fewer: what a file looks like that was cut at a line's end.
fn shrunk(before: u64, now: u64) -> bool {
    now * 5 < before * 4
}

fn all_added(entities: u64) -> Changes {
    Changes {
        added: entities,
        ..Changes::default()
    }
}
