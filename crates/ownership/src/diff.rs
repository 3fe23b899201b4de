//! Between two days: who became covered, and who is no longer reached by count.
//!
//! "No longer reached by count" is all it says. Property that was blocked while the
//! entity was reached stays blocked until it is licensed or unblocked (FAQ 402), and a
//! share that was sold lately is a reason to look harder.

use schemars::JsonSchema;
use scruple_model::Date;
use scruple_pack::Entry;
use serde::Serialize;

use crate::answer::close;
use crate::rule::{Listed, RuleBody};
use crate::{Graph, NodeNo};

/// What changed under one rule between two days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diff {
    /// The first day.
    #[schemars(with = "String")]
    pub from: Date,
    /// The second.
    #[schemars(with = "String")]
    pub to: Date,
    /// Covered on the second and not on the first, in the order of ids.
    pub newly: Vec<String>,
    /// Covered on the first and not on the second.
    pub no_longer_by_count: Vec<String>,
    /// What has to be said of those.
    pub note: String,
}

/// Compares two days over one graph.
pub fn diff<B: AsRef<[u8]>>(
    graph: &Graph<B>,
    entry: &Entry<RuleBody>,
    listed: &[Listed],
    from: Date,
    to: Date,
) -> Diff {
    let of = |day| {
        let closed = close(graph, entry, listed, day);
        let mut nodes: Vec<NodeNo> = closed.rounds().into_iter().flatten().collect();
        nodes.sort_unstable();
        nodes
    };
    let (before, after) = (of(from), of(to));
    let only = |these: &[NodeNo], those: &[NodeNo]| {
        these
            .iter()
            .filter(|node| those.binary_search(node).is_err())
            .map(|node| graph.id(*node).to_owned())
            .collect::<Vec<_>>()
    };
    Diff {
        from,
        to,
        newly: only(&after, &before),
        no_longer_by_count: only(&before, &after),
        note: format!(
            "No longer reached by count since a day between {from} and {to}. Property blocked \
             before stays blocked until it is licensed or unblocked (OFAC FAQ 402); a recent \
             sale is a red flag."
        ),
    }
}
