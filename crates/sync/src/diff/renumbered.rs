//! Two snapshots of a list whose publisher numbered its records anew.

use std::collections::BTreeMap;

use scruple_model::{Entity, Schema};

use super::stream::{Pair, change_of};
use super::{Change, ChangeKind, Diff};

/// Pairs records by kind and name; `None` where that pairs fewer than half of the
/// smaller side, so that the records are indeed others.
pub(super) fn diff(old: Vec<Entity>, new: Vec<Entity>) -> Option<Diff> {
    let smaller = old.len().min(new.len());
    let mut left: BTreeMap<Key, Vec<Entity>> = BTreeMap::new();
    for entity in old {
        left.entry(key(&entity)).or_default().push(entity);
    }
    let mut paired = 0;
    let mut changes: Vec<Change> = Vec::new();
    for entity in new {
        let same = left.get_mut(&key(&entity)).and_then(|same| {
            // Two people of one name: the first is paired with the first.
            (!same.is_empty()).then(|| same.remove(0))
        });
        let pair = match same {
            Some(before) => {
                paired += 1;
                Pair::Both(before, entity)
            }
            None => Pair::New(entity),
        };
        changes.extend(change_of(pair).map(|change| match change.kind {
            // Paired by name: another way of writing it is no other name.
            ChangeKind::Renamed => Change {
                kind: ChangeKind::Amended,
                ..change
            },
            _ => change,
        }));
    }
    if paired * 2 < smaller {
        return None;
    }
    changes.extend(
        left.into_values()
            .flatten()
            .filter_map(|entity| change_of(Pair::Old(entity))),
    );
    changes.sort_by(|a, b| (&a.id, a.kind).cmp(&(&b.id, b.kind)));
    Some(Diff {
        renumbered: Some(paired as u64),
        changes,
    })
}

type Key = (Schema, String);

/// Names are compared without case and punctuation: with a new numbering often
/// comes a new way of writing.
fn key(entity: &Entity) -> Key {
    let mut words: Vec<String> = entity
        .caption
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort();
    (entity.schema, words.join(" "))
}
