//! Which snapshot of a list answers, now and at any time before.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Date, ListId};

use crate::{Held, Manifest};

/// Of each list, the snapshot that answers for `as_of`. `all` in the order recorded.
///
/// The newest by its day counts, not the one taken last: a file of three years ago,
/// taken in today, is the past. Of one day, the one recorded last counts.
pub(crate) fn answering(mut all: Vec<Held>, as_of: Date) -> Manifest {
    all.sort_by(|a, b| (&a.snapshot.list, a.sequence).cmp(&(&b.snapshot.list, b.sequence)));
    let mut held = Vec::new();
    for of_list in all.chunk_by(|a, b| a.snapshot.list == b.snapshot.list) {
        held.extend(of_one_list(of_list, as_of).cloned());
    }
    Manifest { held }
}

fn of_one_list(recorded: &[Held], as_of: Date) -> Option<&Held> {
    let standing = standing(recorded);
    let newest = standing
        .clone()
        .filter(|one| one.snapshot.day() <= as_of)
        .max_by_key(|one| (of_ofac(one), one.snapshot.day(), one.sequence));
    let earliest = || standing.min_by_key(|one| (one.snapshot.day(), Reverse(one.sequence)));
    newest.or_else(earliest)
}

/// Those of one list that were not recorded again, in the order recorded.
fn standing(recorded: &[Held]) -> impl Iterator<Item = &Held> + Clone {
    recorded
        .iter()
        .enumerate()
        .filter(|(at, one)| !is_corrected(one, &recorded[at + 1..]))
        .map(|(_, one)| one)
}

/// The same, oldest day first. `recorded` is of one list, in the order recorded.
pub(crate) fn editions(recorded: Vec<Held>) -> Vec<Held> {
    let mut editions: Vec<Held> = standing(&recorded).cloned().collect();
    editions.sort_by_key(|one| (one.snapshot.day(), one.sequence));
    editions
}

/// How near to its publisher a file in this layout is: 2 its own, 1 the consolidated
/// US list, 0 a transcription.
pub fn nearness(layout: &str) -> u8 {
    match layout {
        "transcribed" => 0,
        _ if layout.starts_with("csl-") => 1,
        _ => 2,
    }
}

/// OFAC's lists stand in three kinds of file with other record ids in each; a nearer
/// one counts before a younger one, so that no designation is there twice.
fn of_ofac(one: &Held) -> u8 {
    if one.snapshot.list.as_str().starts_with("us-ofac-") {
        nearness(&one.layout)
    } else {
        0
    }
}

/// The manifests that answered after each recording, newest first, each once.
pub(crate) fn history(all: Vec<Held>, as_of: Date) -> Vec<Manifest> {
    let mut recorded: BTreeMap<ListId, Vec<Held>> = BTreeMap::new();
    let mut now: BTreeMap<ListId, Held> = BTreeMap::new();
    let mut manifests = Vec::new();
    for one in all {
        let list = one.snapshot.list.clone();
        let of_list = recorded.entry(list.clone()).or_default();
        of_list.push(one);
        if let Some(held) = of_one_list(of_list, as_of)
            && now.get(&list) != Some(held)
        {
            now.insert(list, held.clone());
            manifests.push(Manifest {
                held: now.values().cloned().collect(),
            });
        }
    }
    manifests.reverse();
    let mut known = BTreeSet::new();
    manifests.retain(|manifest| known.insert(manifest.hash()));
    manifests
}

/// Whether the same file was recorded again and that is the last word about it:
/// directly afterwards, or later with the day it had lacked.
fn is_corrected(one: &Held, after: &[Held]) -> bool {
    let same = |other: &Held| other.snapshot.hash == one.snapshot.hash;
    after.first().is_some_and(same)
        || (one.snapshot.published.is_none()
            && after
                .iter()
                .any(|other| same(other) && other.snapshot.published.is_some()))
}
