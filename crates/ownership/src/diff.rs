//! Between two days: who became covered, and who is no longer reached by count.
//!
//! "No longer reached by count" is all it says. Property that was blocked while the
//! entity was reached stays blocked until it is licensed or unblocked (FAQ 402), and a
//! share that was sold lately is a reason to look harder.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_model::{Date, RuleId};
use scruple_pack::Entry;
use serde::{Deserialize, Serialize};

use crate::answer::close;
use crate::day;
use crate::rule::{Listed, RuleBody};
use crate::{Graph, NodeNo};

/// The most days on which something begins or ends that are looked at one by one.
const MOST_DAYS: usize = 400;

/// What changed under one rule between two days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// The rule.
    #[schemars(with = "String")]
    pub rule: RuleId,
    /// The first day.
    #[schemars(with = "String")]
    pub from: Date,
    /// The second.
    #[schemars(with = "String")]
    pub to: Date,
    /// Covered on the second and not on the first, in the order of ids.
    pub newly: Vec<Changed>,
    /// Covered on the first and not on the second.
    pub no_longer_by_count: Vec<Changed>,
    /// What has to be said of those.
    pub note: String,
}

/// One entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    /// Its id.
    pub entity: String,
    /// Since which day it is as on the second; none where there are too many days on
    /// which something changes to look at each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub since: Option<Date>,
}

/// Compares two days over one graph.
pub fn diff<B: AsRef<[u8]>>(
    graph: &Graph<B>,
    entry: &Entry<RuleBody>,
    listed: &[Listed],
    from: Date,
    to: Date,
) -> Diff {
    let of = |day| -> BTreeSet<NodeNo> {
        let closed = close(graph, entry, listed, day);
        closed.rounds().into_iter().flatten().collect()
    };
    let (before, after) = (of(from), of(to));
    let newly: Vec<NodeNo> = after.difference(&before).copied().collect();
    let gone: Vec<NodeNo> = before.difference(&after).copied().collect();
    let mut since: BTreeMap<NodeNo, Date> = BTreeMap::new();
    if !newly.is_empty() || !gone.is_empty() {
        // Backwards: the last day on which an entity changed over is the one that counts.
        let mut next: Option<Date> = None;
        let mut open: BTreeSet<NodeNo> = newly.iter().chain(&gone).copied().collect();
        for day in days(graph, listed, from, to)
            .into_iter()
            .rev()
            .chain([from])
        {
            if open.is_empty() {
                break;
            }
            let then = if day == to { after.clone() } else { of(day) };
            open.retain(|node| {
                let is_as_after = then.contains(node) == after.contains(node);
                if !is_as_after && let Some(next) = next {
                    since.insert(*node, next);
                }
                is_as_after
            });
            next = Some(day);
        }
    }
    let named = |nodes: &[NodeNo]| {
        nodes
            .iter()
            .map(|node| Changed {
                entity: graph.id(*node).to_owned(),
                since: since.get(node).copied(),
            })
            .collect()
    };
    Diff {
        rule: entry.id.clone(),
        from,
        to,
        newly: named(&newly),
        no_longer_by_count: named(&gone),
        note: "No longer reached by count says no more than that. Property blocked before stays \
               blocked until it is licensed or unblocked (OFAC FAQ 402); a recent sale is a red \
               flag."
            .to_owned(),
    }
}

/// The days after `from` until `to` on which a holding, an arrangement or a listing
/// begins or ends; none where there are too many.
fn days<B: AsRef<[u8]>>(
    graph: &Graph<B>,
    listed: &[Listed],
    from: Date,
    to: Date,
) -> BTreeSet<Date> {
    let (first, last) = (day::number(from), day::number(to));
    let mut found: BTreeSet<i32> = BTreeSet::new();
    for node in graph.nodes() {
        for row in graph.rows(node.0) {
            found.extend(
                [row.from, row.until]
                    .into_iter()
                    .filter(|day| first < *day && *day <= last),
            );
        }
        if found.len() > MOST_DAYS {
            return BTreeSet::new();
        }
    }
    let ends = graph
        .joints()
        .iter()
        .flat_map(|joint| [joint.from, joint.until])
        .chain(listed.iter().flat_map(|one| [one.from, one.until]));
    found.extend(
        ends.flatten()
            .map(day::number)
            .filter(|day| first < *day && *day <= last),
    );
    if found.len() > MOST_DAYS {
        return BTreeSet::new();
    }
    found.into_iter().filter_map(day::date).collect()
}
