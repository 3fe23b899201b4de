//! A query against the whole index.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::candidates::candidates;
use crate::index::{EntityNo, Index};
use crate::matched::Match;
use crate::query::{Prepared, Query};
use crate::score::compare;

/// Candidates that are compared in full, at least.
const COMPARED: usize = 64;

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

/// The listed parties a query may mean, by score, then by id.
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
    let prepared = Prepared::new(index, query);
    let mut candidates = candidates(index, &prepared, COMPARED.max(options.limit));
    if options.threshold == 0 && !prepared.readings.is_empty() && candidates.len() < options.limit {
        // Whoever asks for the best candidates whatever their score gets that many;
        // those that share nothing with the query come last, with no score.
        let rest = (0..index.len()).filter_map(|no| u32::try_from(no).ok().map(EntityNo));
        let held: BTreeSet<EntityNo> = candidates.iter().copied().collect();
        let missing = options.limit - candidates.len();
        candidates.extend(rest.filter(|no| !held.contains(no)).take(missing));
    }
    let mut found: Vec<_> = candidates
        .into_iter()
        .map(|no| (no, compare(index, &prepared, no)))
        .filter(|(_, compared)| compared.score >= options.threshold)
        .collect();
    // Entities are numbered in the order of their ids.
    found.sort_by(|a, b| b.1.score.cmp(&a.1.score).then(a.0.cmp(&b.0)));
    found
        .into_iter()
        .filter_map(|(_, compared)| compared.finish(index))
        .filter_map(|mut found| keep(&mut found).then_some(found))
        .take(options.limit)
        .collect()
}
