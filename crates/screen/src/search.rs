//! A query against the whole index.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::candidates::candidates;
use crate::index::Index;
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
    let compared_most = COMPARED.max(options.limit);
    let mut found: Vec<_> = candidates(index, &prepared, compared_most)
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
