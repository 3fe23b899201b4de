//! What changed in the lists since they were last screened against.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use scruple_brief::World;
use scruple_brief::watch::Delta;
use scruple_brief::world::Bytes;
use scruple_model::Entity;
use scruple_review::HeldCopy;
use scruple_screen::Index;
use scruple_store::{DataDir, Held, Manifest};
use scruple_sync::diff::{Change, ChangeKind, diff};
use scruple_sync::entities_of;

use crate::world::build;

/// Compares the copies of the last run with those of today, list by list, and makes
/// an index over the records that came or changed.
pub(super) fn since(
    store: &DataDir,
    world: &World,
    before: &[HeldCopy],
    manifest: &Manifest,
) -> anyhow::Result<Delta> {
    let all = store.snapshots()?;
    let mut changed = BTreeMap::new();
    let (mut added, mut removed) = (BTreeSet::new(), BTreeSet::new());
    let mut whole = BTreeSet::new();
    let mut entities: Vec<Entity> = Vec::new();
    for now in &manifest.held {
        let list = &now.snapshot.list;
        let then = before.iter().find(|one| one.list == *list);
        if then.is_some_and(|then| then.content == now.blob) {
            continue;
        }
        let Some(then) = then.and_then(|then| held(&all, then)) else {
            // New, or its earlier copy has left: every record of it may be another.
            whole.insert(list.clone());
            for entity in entities_of(store, now)? {
                entities.push(entity?);
            }
            continue;
        };
        let found = diff(store, then, now)?;
        if found.renumbered.is_some() {
            whole.insert(list.clone());
            for entity in entities_of(store, now)? {
                entities.push(entity?);
            }
            continue;
        }
        for change in found.changes {
            match change.kind {
                ChangeKind::Added => drop(added.insert(change.id)),
                ChangeKind::Removed => drop(removed.insert(change.id)),
                ChangeKind::Renamed | ChangeKind::Amended => {
                    let words = words(&change);
                    changed.insert(change.id, words);
                }
            }
        }
        for entity in entities_of(store, now)? {
            let entity = entity?;
            if changed.contains_key(&entity.id) || added.contains(&entity.id) {
                entities.push(entity);
            }
        }
    }
    for gone in before {
        if manifest.of(&gone.list).is_none() {
            whole.insert(gone.list.clone());
        }
    }
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    // An index numbers its records by their ids.
    let places = entities
        .iter()
        .map(|entity| world.index.find(&entity.id))
        .collect();
    let bytes = build(&mut entities.into_iter());
    let index = Index::open(Bytes::new(bytes)).context("the index over what changed")?;
    Ok(Delta {
        index,
        places,
        changed,
        added,
        removed,
        whole,
    })
}

/// The copy of the last run, where it is still here.
fn held<'a>(all: &'a [Held], then: &HeldCopy) -> Option<&'a Held> {
    all.iter()
        .find(|one| one.snapshot.list == then.list && one.blob == then.content)
}

/// A change, field by field, in words.
fn words(change: &Change) -> Vec<String> {
    change
        .fields
        .iter()
        .map(|field| {
            let side = |values: &[String]| match values {
                [] => "nothing".to_owned(),
                some => some.join(", "),
            };
            format!(
                "{}: {}, before {}",
                field.field,
                side(&field.new),
                side(&field.old)
            )
        })
        .collect()
}
