//! A query against the whole index.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::candidates::{self, COMPARED, candidates};
use crate::index::{EntityNo, Index};
use crate::matched::Match;
use crate::query::{Prepared, Query};
use crate::score::crowd::Crowd;
use crate::score::{Compared, Desk, NOTHING, compare};
use crate::scratch::{self, Scratch};

/// What to give back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Least score, 0 to 10,000; 0 gives the best candidates whatever their score.
    pub threshold: u16,
    /// Most matches.
    pub limit: usize,
}

impl Options {
    /// The threshold where nobody chose one.
    pub const THRESHOLD: u16 = 7_000;
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threshold: Self::THRESHOLD,
            limit: 10,
        }
    }
}

/// Finds what a query may mean, by score, then by id.
pub fn search<B: AsRef<[u8]>>(index: &Index<B>, query: &Query, options: &Options) -> Vec<Match> {
    search_where(index, query, options, |_| true)
}

/// As [`search`], with only matches that `keep` keeps counted against the limit: a
/// record that does not count today must not push out one that does. `keep` may
/// change a match, such as take ended designations off it.
pub fn search_where<B: AsRef<[u8]>>(
    index: &Index<B>,
    query: &Query,
    options: &Options,
    keep: impl Fn(&mut Match) -> bool,
) -> Vec<Match> {
    scratch::with(|scratch| {
        let prepared = Prepared::new(index, query, scratch);
        let mut desk = Desk::default();
        let mut found = compared(index, &prepared, options, scratch, &mut desk);
        found.retain(|found| found.score() >= options.threshold);
        // Entities are numbered in the order of their ids.
        found.sort_by(|a, b| b.score().cmp(&a.score()).then(a.no.cmp(&b.no)));
        found
            .into_iter()
            .filter_map(|found| found.finish(index, &prepared, &mut desk))
            .filter_map(|mut found| keep(&mut found).then_some(found))
            .take(options.limit)
            .collect()
    })
}

/// Every candidate, compared and, where one may be found, settled.
pub(crate) fn compared<B: AsRef<[u8]>>(
    index: &Index<B>,
    prepared: &Prepared<'_>,
    options: &Options,
    scratch: &mut Scratch,
    desk: &mut Desk,
) -> Vec<Compared> {
    let limit = COMPARED.max(options.limit);
    let mut candidates = candidates(index, prepared, scratch, limit, options.threshold);
    candidates.sort_unstable();
    let mut found: Vec<Compared> = Vec::new();
    for group in candidates.chunk_by(|a, b| a.0 == b.0) {
        scratch.terms.clear();
        scratch
            .terms
            .extend(group.iter().map(|(_, reading)| *reading));
        found.push(compare(index, prepared, group[0].0, &scratch.terms, desk));
    }
    settle(
        &mut found,
        index,
        prepared,
        options.threshold,
        scratch,
        desk,
    );
    if options.threshold == 0 && !prepared.readings.is_empty() && found.len() < options.limit {
        // Whoever asks for the best candidates whatever their score gets that many;
        // those that share nothing with the query come last, with no score.
        let held: Vec<EntityNo> = found.iter().map(|found| found.no).collect();
        let rest = (0..index.len()).filter_map(|no| u32::try_from(no).ok().map(EntityNo));
        let missing = options.limit - held.len();
        for no in rest
            .filter(|no| held.binary_search(no).is_err())
            .take(missing)
        {
            found.push(compare(index, prepared, no, &[], desk));
        }
    }
    found
}

/// Settles what was found. Most queries find nothing, whatever their crowd: they are
/// spared the search for it.
fn settle<B: AsRef<[u8]>>(
    found: &mut [Compared],
    index: &Index<B>,
    prepared: &Prepared<'_>,
    threshold: u16,
    scratch: &mut Scratch,
    desk: &mut Desk,
) {
    if !found.iter().any(|one| one.may_reach(threshold, prepared)) {
        return;
    }
    let crowd = crowd(index, prepared, scratch, desk);
    for one in found {
        one.settle(index, prepared, crowd);
    }
}

/// How near listed names come to a query whose candidates were looked for last. What was
/// compared already is not compared again.
pub(crate) fn crowd<B: AsRef<[u8]>>(
    index: &Index<B>,
    prepared: &Prepared<'_>,
    scratch: &mut Scratch,
    desk: &mut Desk,
) -> Crowd {
    if let Some(untold) = Crowd::of_short(index.len()) {
        return untold;
    }
    let near = candidates::crowd(index, scratch);
    desk.weighed.sort_unstable();
    let held = desk.weighed.len();
    let mut names: Vec<(i32, u64)> = Vec::with_capacity(near.len());
    for group in near.chunk_by(|a, b| a.0 == b.0) {
        let mut best = (NOTHING, 0);
        for (entity, reading) in group {
            let known = desk.weighed[..held].binary_search_by_key(reading, |(reading, _)| *reading);
            let weight = match known {
                Ok(at) => desk.weighed[at].1,
                Err(_) => compare(index, prepared, *entity, &[*reading], desk).weight,
            };
            if weight > best.0 {
                best = (weight, index.words(*reading));
            }
        }
        names.push(best);
    }
    // One party on several lists is one name.
    names.sort_unstable();
    names.dedup();
    desk.weights.clear();
    desk.weights
        .extend(names.into_iter().map(|(weight, _)| weight));
    Crowd::of(&mut desk.weights)
}

/// The listed parties a query may mean of a few that are known, each compared in full:
/// what [`search`] would give of them, whether or not it would have come to them.
pub fn search_among<B: AsRef<[u8]>>(
    index: &Index<B>,
    query: &Query,
    options: &Options,
    among: &[EntityNo],
) -> Vec<Match> {
    if among.is_empty() {
        return Vec::new();
    }
    scratch::with(|scratch| {
        let prepared = Prepared::new(index, query, scratch);
        let mut desk = Desk::default();
        let mut found: Vec<Compared> = Vec::new();
        for no in among {
            scratch.terms.clear();
            scratch.terms.extend(index.entity_readings(*no));
            found.push(compare(index, &prepared, *no, &scratch.terms, &mut desk));
        }
        found.retain(|found| found.may_reach(options.threshold, &prepared));
        if found.is_empty() {
            return Vec::new();
        }
        candidates(index, &prepared, scratch, COMPARED, options.threshold);
        settle(
            &mut found,
            index,
            &prepared,
            options.threshold,
            scratch,
            &mut desk,
        );
        found.retain(|found| found.score() >= options.threshold);
        found.sort_by(|a, b| b.score().cmp(&a.score()).then(a.no.cmp(&b.no)));
        found
            .into_iter()
            .filter_map(|found| found.finish(index, &prepared, &mut desk))
            .take(options.limit)
            .collect()
    })
}
