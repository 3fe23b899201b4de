//! A `Sanction` record to the [`Listing`] it stands for, and back.
//!
//! What [`Listing`] has no field for (the authority, the status, a date nobody
//! can read) is kept on the entity under `sanction.NAME`, and written back to the
//! first of its sanctions.

use std::collections::BTreeMap;

use super::line::{LineError, Raw, Values};
use super::lists::list_alias;
use super::personal::is_personal;
use crate::{ListId, Listing, PartialDate, RecordId};

/// The list whose numbers others give.
const UN: &str = "un-sc";

/// Entity properties that came from its sanctions begin with this.
pub(super) const REST: &str = "sanction.";

/// Properties of a `Sanction` that have a field in [`Listing`], or point at the party.
pub(super) const READ: [&str; 12] = [
    "citation",
    "endDate",
    "entity",
    "licencePolicy",
    "licenceRequirement",
    "listingDate",
    "program",
    "programId",
    "reason",
    "sourceUrl",
    "startDate",
    "unscId",
];

/// A designation that waits for its party.
pub(super) struct Sanction {
    pub(super) line: u64,
    /// Ids of the parties, as the file has them.
    pub(super) targets: Vec<String>,
    /// Whether the record itself says where it is from, be it a list we do not know.
    pub(super) says_source: bool,
    pub(super) listing: Listing,
    pub(super) rest: BTreeMap<String, Vec<String>>,
    pub(super) dropped: Vec<String>,
}

impl Sanction {
    /// Reads a `Sanction`; `parent` is the record it is nested in, if any.
    pub(super) fn read(line: u64, raw: Raw, parent: Option<&str>) -> Result<Self, LineError> {
        let mut left: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut dropped = Vec::new();
        for (name, Values { texts, .. }) in raw.properties.0 {
            if is_personal(&name) {
                dropped.push(name);
                continue;
            }
            let texts: Vec<String> = texts
                .into_iter()
                .filter(|text| !text.trim().is_empty())
                .collect();
            if !texts.is_empty() {
                left.insert(name, texts);
            }
        }
        let mut targets = left.remove("entity").unwrap_or_default();
        if targets.is_empty() {
            targets.extend(parent.map(str::to_owned));
        }
        if targets.is_empty() {
            return Err(LineError::new(
                line,
                "a Sanction that does not say whom it is about (`properties.entity` is missing)",
                "add the id of the party, or ask whoever wrote the file",
            ));
        }

        let programme_ids = left.remove("programId").unwrap_or_default();
        let mut programmes = left.remove("program").unwrap_or_default();
        for id in &programme_ids {
            if !programmes.contains(id) {
                programmes.push(id.clone());
            }
        }
        let known = |names: &[String]| names.iter().find_map(|name| list_alias(name));
        // A programme names the list more exactly than a data set that holds many.
        let list: Option<ListId> = known(&programme_ids)
            .or_else(|| raw.datasets.as_ref().and_then(|sets| known(&sets.texts)));

        let mut joined = |name: &str| left.remove(name).map(|texts| texts.join("; "));
        let reason = joined("reason");
        let citation = joined("citation");
        let licence_requirement = joined("licenceRequirement");
        let licence_policy = joined("licencePolicy");
        let since =
            take_date(&mut left, "listingDate").or_else(|| take_date(&mut left, "startDate"));
        let until = take_date(&mut left, "endDate");
        let link = take_first(&mut left, "sourceUrl");
        // FollowTheMoney's property for the UN's own number of the same party.
        let un = ListId::from(UN);
        let refers_to = left
            .remove("unscId")
            .unwrap_or_default()
            .iter()
            .map(|number| RecordId::of(&un, number.trim()))
            .collect();
        Ok(Self {
            line,
            targets,
            says_source: raw.datasets.is_some() || list.is_some(),
            listing: Listing {
                list,
                programmes,
                reason,
                since,
                until,
                citation,
                licence_requirement,
                licence_policy,
                link,
                refers_to,
            },
            rest: left,
            dropped,
        })
    }
}

/// The first value that is a date leaves the map; what is none stays in it.
fn take_date(left: &mut BTreeMap<String, Vec<String>>, name: &str) -> Option<PartialDate> {
    let texts = left.get_mut(name)?;
    let (at, date) = texts.iter().enumerate().find_map(|(at, text)| {
        // A time of day may follow; the day is what a designation has.
        let day = text.split(['T', ' ']).next().unwrap_or(text);
        Some((at, day.parse::<PartialDate>().ok()?))
    })?;
    texts.remove(at);
    if texts.is_empty() {
        left.remove(name);
    }
    Some(date)
}

fn take_first(left: &mut BTreeMap<String, Vec<String>>, name: &str) -> Option<String> {
    let texts = left.get_mut(name)?;
    let first = texts.remove(0);
    if texts.is_empty() {
        left.remove(name);
    }
    Some(first)
}

/// The properties of the `Sanction` that stands for a listing, without its `entity`.
pub(super) fn properties_of(listing: &Listing) -> BTreeMap<String, Vec<String>> {
    let mut properties = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            properties.insert(name.to_owned(), vec![value]);
        }
    };
    put("reason", listing.reason.clone());
    put("citation", listing.citation.clone());
    put("licenceRequirement", listing.licence_requirement.clone());
    put("licencePolicy", listing.licence_policy.clone());
    put("listingDate", listing.since.map(|date| date.to_string()));
    put("endDate", listing.until.map(|date| date.to_string()));
    put("sourceUrl", listing.link.clone());
    let un: Vec<String> = listing
        .refers_to
        .iter()
        .filter(|record| record.list().as_str() == UN)
        .map(|record| record.record().to_owned())
        .collect();
    if !un.is_empty() {
        properties.insert("unscId".to_owned(), un);
    }
    if !listing.programmes.is_empty() {
        properties.insert("program".to_owned(), listing.programmes.clone());
    }
    properties
}
