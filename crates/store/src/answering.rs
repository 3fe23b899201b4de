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
    Manifest {
        held: without_repeats(held),
    }
}

/// Without transcriptions of what another copy holds, so that no designation is there
/// twice.
fn without_repeats(mut held: Vec<Held>) -> Vec<Held> {
    let all = held.clone();
    held.retain(|one| {
        !all.iter().any(|nearer| {
            rests(
                &one.snapshot.list,
                &one.layout,
                one.snapshot.published,
                nearer,
            )
        })
    });
    held
}

fn of_one_list(recorded: &[Held], as_of: Date) -> Option<&Held> {
    let standing = standing(recorded);
    // Of OFAC's lists the nearest kind of file counts, while it is as young.
    let mut newest: Option<&Held> = None;
    for near in [2, 1, 0] {
        let better = |one: &&Held| {
            newest.is_none_or(|held| !stands_against(held.snapshot.day(), one.snapshot.published))
        };
        let best = standing
            .clone()
            .filter(|one| one.snapshot.day() <= as_of && of_ofac(one) == near)
            .filter(better)
            .max_by_key(|one| (one.snapshot.day(), one.sequence));
        newest = best.or(newest);
    }
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

/// Whether a nearer copy of one of OFAC's lists counts before a farther one: it is as
/// young, or the farther does not say how young it is. Within a month, two kinds of
/// file of one list say the same; after that the younger one knows of parties that the
/// other does not.
pub fn stands_against(nearer: Date, farther: Option<Date>) -> bool {
    let young = |farther: Date| {
        farther
            .since(nearer)
            .is_ok_and(|span| span.get_days() <= 30)
    };
    farther.is_none_or(young)
}

/// Whether `nearer` being held, a transcription of one of OFAC's lists only repeats it:
/// the file with all of them but SDN, and as young.
pub fn rests(list: &ListId, layout: &str, published: Option<Date>, nearer: &Held) -> bool {
    list.as_str().starts_with("us-ofac-")
        && nearness(layout) == 0
        && nearer.snapshot.list.as_str() == "us-ofac-cons"
        && *list != nearer.snapshot.list
        && stands_against(nearer.snapshot.day(), published)
}

/// OFAC's lists stand in three kinds of file with other record ids in each, so that
/// only one kind may answer, or designations are there twice. How near this one is.
fn of_ofac(one: &Held) -> u8 {
    if one.snapshot.list.as_str().starts_with("us-ofac-") {
        nearness(&one.layout)
    } else {
        2
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
                held: without_repeats(now.values().cloned().collect()),
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
