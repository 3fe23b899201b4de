//! Which of several files of one list counts.

use scruple_model::{Date, ListId};
use scruple_store::{Held, Manifest, nearness, stands_against};

use super::reading::Read;

/// Files of one call that hold one list in one layout and of one day, with other
/// content: nothing says which of them counts.
pub(super) fn twice(all: &[Read]) -> Vec<usize> {
    let alike = |a: &Read, b: &Read| {
        a.offer != b.offer
            && a.content.list == b.content.list
            && a.content.layout == b.content.layout
            && a.published == b.published
            && a.blob != b.blob
    };
    (0..all.len())
        .filter(|at| all.iter().any(|other| alike(&all[*at], other)))
        .collect()
}

/// How near a copy of a list is to its publisher, and how young it is.
pub(super) struct Near {
    list: ListId,
    rank: u8,
    day: Date,
}

impl Near {
    pub(super) fn of_read(read: &Read, taken: Date) -> Self {
        Self {
            list: read.content.list.clone(),
            rank: nearness(read.content.layout),
            day: read.published.unwrap_or(taken),
        }
    }

    fn of_held(held: &Held) -> Self {
        Self {
            list: held.snapshot.list.clone(),
            rank: nearness(&held.layout),
            day: held.snapshot.day(),
        }
    }
}

/// OFAC's own files speak for themselves; the consolidated US list repeats them, and a
/// transcription one of them. Where the nearer is held (or comes with it) and is as
/// young, the farther is left out, so that one designation never shows twice.
pub(super) fn left_out(read: &Read, own: &[Near], manifest: &Manifest) -> Option<String> {
    let list = &read.content.list;
    if !list.as_str().starts_with("us-ofac-") {
        return None;
    }
    let rank = nearness(read.content.layout);
    // A transcription holds one of the lists that stand together in OFAC's other file.
    let speaks_for_it = |near: &Near| {
        near.rank > rank
            && (near.list == *list || rank == 0 && near.list.as_str() == "us-ofac-cons")
            && stands_against(near.day, read.published)
    };
    let held = manifest.held.iter().map(Near::of_held);
    let nearer = held
        .into_iter()
        .find(|near| speaks_for_it(near))
        .map(|near| near.day);
    let nearer = nearer.or_else(|| {
        own.iter()
            .find(|near| speaks_for_it(near))
            .map(|near| near.day)
    });
    nearer.map(|day| {
        format!("a file nearer to OFAC, of {day}, is held, and this one is no younger by a month")
    })
}
