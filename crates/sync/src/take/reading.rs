//! Files to lists, their content in its place; nothing answers from it yet.

use std::collections::BTreeMap;

use scruple_lists::{At, Effect, Fault};
use scruple_model::Date;
use scruple_store::{DataDir, Manifest};

use crate::content::Content;
use crate::name::list_name;
use crate::offer::group::day_in;
use crate::offer::{Kind, Offer};
use crate::official::read_official;
use crate::read::{Failed, read_lines};
use crate::snapshot::store_entities;
use crate::unpack::{hash_of, unpack};
use crate::{Layout, Limits, Refusal, Source, SyncError};

/// A list that was read; its content lies in its place.
pub(super) struct Read {
    /// Which offer it came from.
    pub(super) offer: usize,
    pub(super) content: Content,
    pub(super) origin: String,
    pub(super) licence: Option<String>,
    pub(super) hash: String,
    pub(super) published: Option<Date>,
    pub(super) blob: String,
    pub(super) entities: u64,
}

/// Reads an offer and puts what it holds in its place.
pub(super) fn read(
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
                return read_own(store, at, offer, source, taken, before, limits)
                    .map(|read| vec![read]);
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
    for mut content in contents {
        content.faults.extend(odd_day(offer, &content, &names));
        let published = content.published.or(offer.dated);
        has_come(published, taken, &origin)?;
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

/// A day that was given and does not fit what the file or its name says.
fn odd_day(offer: &Offer, content: &Content, names: &[&str]) -> Option<Fault> {
    let given = offer.dated?;
    let what = match content.published {
        Some(own) if own != given => {
            format!("the file says that it is of {own}; the day given, {given} is not used")
        }
        Some(_) => return None,
        None => {
            let day = names.iter().find_map(|name| day_in(name));
            let day = day.filter(|day| !given.to_string().starts_with(day.as_str()))?;
            format!("it was given as of {given}, and its name holds {day}")
        }
    };
    Some(Fault {
        at: At::default(),
        record: None,
        field: None,
        what,
        effect: Effect::Note,
        next: "compare the day with the publisher's page".to_owned(),
    })
}

fn read_own(
    store: &DataDir,
    at: usize,
    offer: &Offer,
    source: &Source,
    taken: Date,
    before: &[Read],
    limits: &Limits,
) -> Result<Read, SyncError> {
    let list = list_name(source.as_name.as_deref(), &source.origin)?;
    let origin = source.origin.clone();
    if before.iter().any(|read| read.content.list == list) {
        return Err(SyncError::SameName { origin, list });
    }
    let hash = hash_of(source)?;
    let open = unpack(source, limits)?;
    let content = match read_lines(&list, open.bytes, open.compressed, limits) {
        Ok(content) => content,
        Err(Failed::Refused(why)) => return Err(SyncError::Refused { origin, why }),
        Err(Failed::Io(source)) => return Err(SyncError::Unreadable { origin, source }),
    };
    if hash_of(source)? != hash {
        return Err(source.refused(Refusal::Changed));
    }
    let published = offer.dated.or(source.published);
    has_come(published, taken, &origin)?;
    // Stored even when nothing changed: that mends a blob that was damaged.
    let blob = store_entities(store, &content.entities)?.hash;
    Ok(Read {
        offer: at,
        origin,
        licence: source.licence.clone(),
        hash,
        published,
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

/// Lists that an earlier consolidated US list held and this one does not: they have
/// become empty, which a file cannot say in another way.
pub(super) fn no_longer_there(
    store: &DataDir,
    reads: &[Read],
    held: &Manifest,
) -> Result<Vec<Read>, SyncError> {
    let is_consolidated =
        |id: &str| Layout::parse(id).is_some_and(|layout| layout.is_consolidated());
    let Some(first) = reads
        .first()
        .filter(|read| is_consolidated(read.content.layout))
    else {
        return Ok(Vec::new());
    };
    let mut gone = Vec::new();
    for one in &held.held {
        let list = &one.snapshot.list;
        // An older file says nothing about what came after it.
        let is_older = first.published.is_some_and(|day| day < one.snapshot.day());
        if is_older
            || !is_consolidated(&one.layout)
            || reads.iter().any(|read| read.content.list == *list)
        {
            continue;
        }
        gone.push(Read {
            offer: first.offer,
            content: Content {
                list: list.clone(),
                layout: first.content.layout,
                published: first.content.published,
                records: 0,
                entities: Vec::new(),
                unread: 0,
                fields_unread: 0,
                faults: Vec::new(),
                dropped: BTreeMap::new(),
                skipped: Vec::new(),
                duplicates: Vec::new(),
            },
            origin: first.origin.clone(),
            licence: first.licence.clone(),
            hash: first.hash.clone(),
            published: first.published,
            blob: store_entities(store, &[])?.hash,
            entities: 0,
        });
    }
    Ok(gone)
}

/// A publisher east of Greenwich may date its file tomorrow; later days have not come.
fn has_come(published: Option<Date>, today: Date, origin: &str) -> Result<(), SyncError> {
    let tomorrow = today.tomorrow().unwrap_or(today);
    match published.filter(|day| *day > tomorrow) {
        None => Ok(()),
        Some(day) => Err(SyncError::Refused {
            origin: origin.to_owned(),
            why: Refusal::Future {
                published: day,
                today,
            },
        }),
    }
}
