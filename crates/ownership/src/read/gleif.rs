//! What GLEIF's records mean, whichever way they are written.
//!
//! A relationship says that one entity's accounts consolidate another's. That is
//! control and no percentage: the quantifier beside it says "1.00" in some records
//! and "100.00" in others for the same fact, and neither is a shareholding. It is not
//! read. A branch is its head office, and is held wholly. A fund's manager and its
//! umbrella have influence. A reporting exception that admits a parent without naming
//! it is a holder nobody named; the others say that there is none to name.

use super::{Intake, Report, ids};
use crate::holding::{Holding, Kind, Layer, Record};
use crate::{Period, Share};

/// One relationship record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Relationship {
    pub(super) start: String,
    pub(super) end: String,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) registration_status: String,
    pub(super) updated: String,
    /// `(start, end, type)`.
    pub(super) periods: Vec<(String, String, String)>,
}

impl Relationship {
    pub(super) fn take(&self, number: u64, into: &mut Intake<'_>, report: &mut Report) {
        report.records += 1;
        if matches!(
            self.registration_status.as_str(),
            "ANNULLED" | "DUPLICATE" | "PENDING_TRANSFER_DUPLICATE"
        ) {
            report.leave_out("the record was annulled");
            return;
        }
        let (layer, share, indirect) = match self.kind.as_str() {
            "IS_DIRECTLY_CONSOLIDATED_BY" => (Layer::Consolidation, Share::UNKNOWN, false),
            "IS_ULTIMATELY_CONSOLIDATED_BY" => (Layer::Consolidation, Share::UNKNOWN, true),
            "IS_INTERNATIONAL_BRANCH_OF" => (Layer::Shares, Share::ALL, false),
            "IS_FUND-MANAGED_BY" | "IS_SUBFUND_OF" => (Layer::Influence, Share::UNKNOWN, false),
            "IS_FEEDER_TO" => {
                report.leave_out("a feeder fund invests, and is not held");
                return;
            }
            other => {
                report.unread(
                    number,
                    "RelationshipType",
                    format!("\"{other}\" is not known"),
                    "tell us: GLEIF has a new relationship",
                );
                return;
            }
        };
        let (Some(child), Some(parent)) = (ids::lei(&self.start), ids::lei(&self.end)) else {
            let field = if ids::lei(&self.start).is_none() {
                "StartNode"
            } else {
                "EndNode"
            };
            report.unread(
                number,
                field,
                format!(
                    "\"{}\" to \"{}\": not two legal entity identifiers",
                    self.start, self.end
                ),
                "compare the record with GLEIF's page",
            );
            return;
        };
        let mut dates = self
            .periods
            .iter()
            .filter(|(_, _, kind)| kind == "RELATIONSHIP_PERIOD");
        let (from, until) = match (dates.next(), self.periods.first()) {
            (Some((from, until, _)), _) => (day(from), day(until)),
            // Accounting and filing periods say when it was last reported, not since when it is.
            _ => (None, None),
        };
        // One that ended without a day ended when the record says so at the latest.
        let until = until.or_else(|| {
            (self.status == "INACTIVE")
                .then(|| day(&self.updated))
                .flatten()
        });
        let mut period = Period::new(from, until);
        if period.is_backwards() && from.is_some() && self.status == "INACTIVE" {
            period = Period::new(None, until);
        }
        into.builder.hold(
            into.source,
            &Holding {
                layer,
                indirect,
                period,
                record: Record {
                    number: u32::try_from(number).unwrap_or(u32::MAX),
                    id: None,
                },
                ..Holding::new(&parent, &child, share)
            },
        );
        report.holdings += 1;
    }
}

/// One reporting exception.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Exception {
    pub(super) lei: String,
    pub(super) category: String,
    pub(super) reasons: Vec<String>,
}

impl Exception {
    pub(super) fn take(&self, number: u64, into: &mut Intake<'_>, report: &mut Report) {
        report.records += 1;
        let Some(child) = ids::lei(&self.lei) else {
            report.unread(
                number,
                "LEI",
                format!("\"{}\" is no legal entity identifier", self.lei),
                "compare the record with GLEIF's page",
            );
            return;
        };
        into.builder.node(&child);
        let none = ["NO_KNOWN_PERSON", "NATURAL_PERSONS", "NON_CONSOLIDATING"];
        if !self.reasons.is_empty()
            && self
                .reasons
                .iter()
                .all(|reason| none.contains(&reason.as_str()))
        {
            report.leave_out("an exception: no parent that consolidates it");
            return;
        }
        // NO_LEI, NON_PUBLIC and the legal obstacles: there is a parent, and it is not named.
        let indirect = self.category.starts_with("ULTIMATE");
        let owner = format!(
            "anon:{}:{}:{}",
            into.id,
            self.lei,
            if indirect { "ultimate" } else { "direct" }
        );
        into.builder.kind(&owner, Kind::Anonymous);
        into.builder.hold(
            into.source,
            &Holding {
                layer: Layer::Consolidation,
                indirect,
                record: Record {
                    number: u32::try_from(number).unwrap_or(u32::MAX),
                    id: None,
                },
                ..Holding::new(&owner, &child, Share::UNKNOWN)
            },
        );
        report.holdings += 1;
    }
}

/// One LEI record: only what joins it to other registers. The name is not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lei {
    pub(super) lei: String,
    pub(super) jurisdiction: String,
    pub(super) number: String,
    pub(super) registration_status: String,
    pub(super) successors: Vec<String>,
}

impl Lei {
    pub(super) fn take(&self, number: u64, into: &mut Intake<'_>, report: &mut Report) {
        report.records += 1;
        let Some(lei) = ids::lei(&self.lei) else {
            report.unread(
                number,
                "LEI",
                format!("\"{}\" is no legal entity identifier", self.lei),
                "compare the record with GLEIF's page",
            );
            return;
        };
        into.builder.node(&lei);
        into.builder
            .country(&lei, self.jurisdiction.get(..2).unwrap_or(""));
        if matches!(self.registration_status.as_str(), "ANNULLED" | "DUPLICATE") {
            report.leave_out("the record was annulled");
            return;
        }
        if let Some(registration) = ids::registration(&self.jurisdiction, &self.number) {
            // HRB 77 stands in the register of every German court, for a company each.
            if registration.starts_with("reg:de:") {
                report.leave_out("a number of one German court's register joins nothing");
            } else {
                into.builder.same(&lei, &registration);
            }
        }
        if !self.successors.is_empty() {
            report.leave_out("merged into another: look at its successor");
        }
    }
}

/// The day of a time: `2012-11-29T00:00:00.000Z`.
fn day(text: &str) -> Option<scruple_model::PartialDate> {
    text.get(..10).and_then(|text| text.parse().ok())
}
