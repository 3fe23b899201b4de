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

use crate::above::Climb;
use crate::answer::Closed;
use crate::graph::{Row, lane};
use crate::share::Share;
use crate::{Layer, NodeNo, day};

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

/// What was found of transfers above an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transfers {
    /// In the order of days.
    pub found: Vec<Transfer>,
    /// How many holdings were read, where there was too much above the entity to read
    /// all of it.
    pub cut_after: Option<u64>,
}

impl Transfers {
    /// What was not looked at, in words.
    pub fn doubt(&self) -> Option<String> {
        self.cut_after.map(|read| {
            format!(
                "too many holdings stand above it to read all for transfers: the nearest \
                 {read} were"
            )
        })
    }
}

impl<B: AsRef<[u8]>> Closed<'_, B> {
    /// Holdings in an entity, and in those above it, that listed or reached parties had
    /// and that ended by the day.
    pub fn transfers(&self, node: NodeNo) -> Transfers {
        let today = day::number(self.as_of);
        let mut found = Vec::new();
        let mut climb = Climb::from(self.graph, node.0);
        while let Some(owned) = climb.next(self.graph) {
            let rows: Vec<Row> = self
                .graph
                .rows(owned)
                .filter(|row| row.from <= today)
                .collect();
            for row in &rows {
                climb.add(row.owner);
            }
            // Rows lie by lane and owner: those of one holding are beside each other.
            let same =
                |one: &Row, other: &Row| one.owner == other.owner && one.lane() == other.lane();
            for held in rows.chunk_by(same) {
                let owner = held[0].owner;
                if owner == owned
                    || held[0].lane() >= lane(Layer::Influence, false)
                    || !self.covers(NodeNo(owner))
                {
                    continue;
                }
                for row in held.iter().filter(|row| row.until <= today) {
                    // A later record of the same holding: it went on under another number.
                    let goes_on = held
                        .iter()
                        .any(|other| other.stands_on(today) && other.share().lo >= row.share().lo);
                    if goes_on {
                        continue;
                    }
                    if !climb.spend(rows.len() as u64) {
                        break;
                    }
                    found.extend(self.transfer(owned, row, &rows, today));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Transfers {
            found,
            cut_after: climb.is_cut.then(|| climb.read()),
        }
    }

    fn transfer(&self, owned: u32, row: &Row, rows: &[Row], today: i32) -> Option<Transfer> {
        let held = self.graph.held(*row)?;
        let mut new_holders: Vec<String> = rows
            .iter()
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
        Some(Transfer {
            ended: day::date(row.until)?,
            owner: self.graph.id(held.owner).to_owned(),
            owned: self.graph.id(NodeNo(owned)).to_owned(),
            share: held.share,
            layer: held.layer,
            source: held.source.id.clone(),
            document: held.record_id.map(str::to_owned),
            listed_since: self.since.get(&row.owner).copied(),
            new_holders,
        })
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
