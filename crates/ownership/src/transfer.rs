//! Shares that listed parties are reported to have given away.
//!
//! Whoever reports a transfer enters it as what it is: the old holding with the day on
//! which it ended, the new one with its first day, each with the document that shows
//! it. Nothing here asks whether a transfer is enough. What is said is what the
//! authority says: that property blocked before stays blocked, and which
//! circumstances make a transfer look like a sham.

use schemars::JsonSchema;
use scruple_model::Date;
use serde::{Deserialize, Serialize};

use crate::answer::Closed;
use crate::graph::lane;
use crate::share::Share;
use crate::{Layer, NodeNo, day};

/// The most owners above an entity whose past holdings are looked at.
const MOST: usize = 4_000;

/// A holding of a listed or reached party that is reported to have ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Transfer {
    /// The first day without it.
    #[schemars(with = "String")]
    pub ended: Date,
    /// Who held.
    pub owner: String,
    /// In what.
    pub owned: String,
    /// How much.
    pub share: Share,
    /// Of what.
    pub layer: Layer,
    /// On whose word.
    pub source: String,
    /// The source's own id for the record, or the document that a user names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Since when the owner is listed, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub listed_since: Option<Date>,
    /// Who holds in it for the first time since that day, by the same source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new_holders: Vec<String>,
}

impl<B: AsRef<[u8]>> Closed<'_, B> {
    /// Holdings in an entity, and in those above it, that listed or reached parties had
    /// and that ended by the day; in the order of days.
    pub fn transfers(&self, node: NodeNo) -> Vec<Transfer> {
        let today = day::number(self.as_of);
        let mut seen = rustc_hash::FxHashSet::default();
        let mut next = vec![node.0];
        let mut found = Vec::new();
        seen.insert(node.0);
        while let Some(owned) = next.pop() {
            for row in self.graph.rows(owned).filter(|row| row.from <= today) {
                if seen.len() < MOST && seen.insert(row.owner) {
                    next.push(row.owner);
                }
                let ended = row.until <= today && row.lane() < lane(Layer::Influence, false);
                if !ended || row.owner == owned || !self.covers(NodeNo(row.owner)) {
                    continue;
                }
                // A later record of the same holding: it went on under another number.
                let goes_on = self.graph.rows(owned).any(|other| {
                    other.owner == row.owner
                        && other.lane() == row.lane()
                        && other.stands_on(today)
                        && other.share().lo >= row.share().lo
                });
                let (Some(held), Some(ended)) = (self.graph.held(row), day::date(row.until)) else {
                    continue;
                };
                if goes_on {
                    continue;
                }
                let mut new_holders: Vec<String> = self
                    .graph
                    .rows(owned)
                    .filter(|other| {
                        other.owner != row.owner
                            && other.source() == row.source()
                            && other.from >= row.until
                            && other.stands_on(today)
                    })
                    .map(|other| self.graph.id(NodeNo(other.owner)).to_owned())
                    .collect();
                new_holders.sort_unstable();
                new_holders.dedup();
                found.push(Transfer {
                    ended,
                    owner: self.graph.id(held.owner).to_owned(),
                    owned: self.graph.id(NodeNo(owned)).to_owned(),
                    share: held.share,
                    layer: held.layer,
                    source: held.source.id.clone(),
                    document: held.record_id.map(str::to_owned),
                    listed_since: self.since.get(&row.owner).copied(),
                    new_holders,
                });
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Transfer {
    /// In a sentence, with parties called as `call` says.
    pub fn words(&self, call: &dyn Fn(&str) -> String) -> String {
        let listed = match self.listed_since {
            Some(since) if since > self.ended => {
                let days = self.ended.until(since).map_or(0, |span| span.get_days());
                format!(", {days} days before it was listed")
            }
            Some(since) => format!(", listed since {since}"),
            None => String::new(),
        };
        let to = if self.new_holders.is_empty() {
            String::new()
        } else {
            let names: Vec<String> = self.new_holders.iter().map(|id| call(id)).collect();
            format!("; new since then: {}", names.join(", "))
        };
        let document = self.document.as_ref().map_or(String::new(), |document| {
            format!(" ({} {document})", self.source)
        });
        format!(
            "{}{listed}, held {} {} of {} until {}{document}{to}",
            call(&self.owner),
            self.share,
            self.layer.words(),
            call(&self.owned),
            self.ended
        )
    }
}
