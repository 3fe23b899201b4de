//! `SanctionsEntry` and `ProfileRelationship`: what a record is listed for, and
//! whom it is linked to.

use scruple_model::{ListId, Listing};

use super::super::birth::when;
use super::super::entry::Entry;
use super::super::sides;
use super::period;
use super::sets::Sets;
use crate::xml::Node;

/// Our id for a list, from its name in the file.
pub(super) fn list_of(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let has = |part: &str| name.contains(part);
    Some(if has("palestinian") || has("ns-plc") {
        "us-ofac-plc"
    } else if has("fse") || has("foreign sanctions evaders") {
        "us-ofac-fse"
    } else if has("sectoral") || has("ssi") {
        "us-ofac-ssi"
    } else if has("capta") || has("correspondent account") {
        "us-ofac-cap"
    } else if has("menu-based") || has("mbs") {
        "us-ofac-mbs"
    } else if has("chinese military") || has("cmic") {
        "us-ofac-cmic"
    } else if has("consolidated") {
        sides::CONS
    } else if name.starts_with("sdn") || has("specially designated") {
        sides::SDN
    } else {
        return None;
    })
}

/// One designation.
pub(super) struct Designation {
    pub(super) profile: String,
    /// `None`: a list that is not known here.
    pub(super) list: Option<&'static str>,
    /// The list's name in the file.
    pub(super) list_name: String,
    listing: Listing,
    provisions: Vec<String>,
    notes: Vec<String>,
    odd_day: Option<String>,
}

impl Designation {
    pub(super) fn read(node: Node<'_>, sets: &Sets) -> Self {
        let list_name = sets.text("List", node.attr("ListID"));
        let mut read = Self {
            profile: node.attr("ProfileID").to_owned(),
            list: list_of(list_name),
            list_name: list_name.to_owned(),
            listing: Listing::default(),
            provisions: Vec::new(),
            notes: Vec::new(),
            odd_day: None,
        };
        for child in node.children() {
            match child.name() {
                "EntryEvent" => read.event(child, sets),
                "SanctionsMeasure" => read.measure(child, sets),
                "SupportingInfo" => {
                    let kind = sets.text("SupInfoType", child.attr("SupInfoTypeID"));
                    let text = format!("{kind} {}", child.text_of("Text"));
                    read.notes.push(text.trim().to_owned());
                    let url = child.text_of("DirectURL");
                    if !url.is_empty() {
                        read.listing.link.get_or_insert_with(|| url.to_owned());
                    }
                }
                "Comment" | "LimitationsToListing" => read.notes.push(child.text().to_owned()),
                _ => {}
            }
        }
        read
    }

    fn event(&mut self, node: Node<'_>, sets: &Sets) {
        let basis = sets.text("LegalBasis", node.attr("LegalBasisID"));
        if !basis.is_empty() {
            self.provisions.push(basis.to_owned());
        }
        let text = node.child("Date").map(period::date).unwrap_or_default();
        let kind = sets.text("EntryEventType", node.attr("EntryEventTypeID"));
        match (kind, when(&text)) {
            (_, None) if !text.is_empty() => self.odd_day = Some(text),
            ("Created", Some(day)) => {
                let earlier = self
                    .listing
                    .since
                    .is_none_or(|held| day.earliest() < held.earliest());
                if earlier {
                    self.listing.since = Some(day);
                }
            }
            _ => self.notes.push(format!("{kind} {text}").trim().to_owned()),
        }
        self.notes.push(node.text_of("Comment").to_owned());
    }

    fn measure(&mut self, node: Node<'_>, sets: &Sets) {
        let kind = sets.text("SanctionsType", node.attr("SanctionsTypeID"));
        let comment = node.text_of("Comment");
        if kind == "Program" {
            let programmes = &mut self.listing.programmes;
            if !comment.is_empty() && !programmes.iter().any(|held| held == comment) {
                programmes.push(comment.to_owned());
            }
            return;
        }
        self.provisions
            .push(format!("{kind} {comment}").trim().to_owned());
        if let Some(period) = node.child("DatePeriod").and_then(period::text) {
            self.notes.push(format!("{kind} {period}"));
        }
    }

    /// Adds it to its record.
    pub(super) fn put(mut self, entry: &mut Entry) {
        for programme in &self.listing.programmes {
            entry.programme(programme);
        }
        if self.list.is_none() {
            entry.note(
                "List",
                format!("\"{}\" is no list that is known here", self.list_name),
                "report it; the record answers as one of OFAC's other lists",
            );
        }
        for text in self.provisions {
            entry.party.add("sanction.provisions", &text);
        }
        for text in self.notes {
            entry.party.add("notes", &text);
        }
        if let Some(text) = self.odd_day {
            entry.party.day_of_listing("EntryEvent", &text, when);
        }
        self.listing.programmes.sort_unstable();
        entry.party.listing(Listing {
            list: Some(ListId::from(self.list.unwrap_or(sides::CONS))),
            ..self.listing
        });
    }
}

/// A link between two records.
pub(super) struct Link {
    pub(super) from: String,
    pub(super) to: String,
    kind: String,
}

impl Link {
    pub(super) fn read(node: Node<'_>, sets: &Sets) -> Self {
        let kind = sets.text("RelationType", node.attr("RelationTypeID"));
        let former = node.attr("Former").eq_ignore_ascii_case("true");
        Self {
            from: node.attr("From-ProfileID").to_owned(),
            to: node.attr("To-ProfileID").to_owned(),
            kind: if former {
                format!("{kind} (former)")
            } else {
                kind.to_owned()
            },
        }
    }

    /// Adds it to the record it begins at; `name` is the other's.
    pub(super) fn put(&self, entry: &mut Entry, name: Option<&str>) {
        match name {
            Some(name) => {
                entry.party.add("linkedTo", name);
                entry
                    .party
                    .add("relationship", &format!("{}: {name}", self.kind));
            }
            None => {
                entry.party.add(
                    "relationship",
                    &format!("{}: profile {}", self.kind, self.to),
                );
                entry.note(
                    "To-ProfileID",
                    format!(
                        "is linked to profile {}, which the file does not have",
                        self.to
                    ),
                    "look the link up at the publisher",
                );
            }
        }
    }
}
