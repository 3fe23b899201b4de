//! `Location` and `IDRegDocument`: places and papers that parties point at.

use std::collections::HashMap;

use super::super::entry::{Address, Entry};
use super::super::paper::Paper;
use super::period;
use super::sets::Sets;
use crate::xml::Node;

/// A place as its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Location {
    /// Value by type of part: `CITY`.
    parts: Vec<(String, String)>,
    pub(super) country: String,
    comment: String,
}

impl Location {
    fn read(node: Node<'_>, sets: &Sets) -> Self {
        let mut read = Self {
            comment: node.text_of("Comment").to_owned(),
            ..Self::default()
        };
        for country in node.all("LocationCountry") {
            let name = sets.country(country.attr("CountryID"));
            if read.country.is_empty() {
                name.clone_into(&mut read.country);
            }
        }
        if read.country.is_empty()
            && let Some(area) = node.child("LocationAreaCode")
            && let Some(area) = sets.get("AreaCode", area.attr("AreaCodeID"))
            && !area.says.eq_ignore_ascii_case("undetermined")
        {
            read.country.clone_from(&area.says);
        }
        for part in node.all("LocationPart") {
            let kind = sets.text("LocPartType", part.attr("LocPartTypeID"));
            for value in part.all("LocationPartValue") {
                let text = value.text_of("Value");
                if !text.is_empty() {
                    read.parts.push((kind.to_owned(), text.to_owned()));
                }
            }
        }
        read
    }

    fn part(&self, kind: &str) -> &str {
        self.parts
            .iter()
            .find(|(held, _)| held.eq_ignore_ascii_case(kind))
            .map_or("", |(_, text)| text)
    }

    /// Adds it as an address.
    pub(super) fn put(&self, entry: &mut Entry) {
        entry.address(Address {
            lines: ["ADDRESS1", "ADDRESS2", "ADDRESS3"].map(|kind| self.part(kind)),
            city: self.part("CITY"),
            state: self.part("STATE/PROVINCE"),
            postal: self.part("POSTAL CODE"),
            country: &self.country,
        });
        const PUT: [&str; 6] = [
            "ADDRESS1",
            "ADDRESS2",
            "ADDRESS3",
            "CITY",
            "STATE/PROVINCE",
            "POSTAL CODE",
        ];
        // A region, a second city: no part of the printed address.
        let mut seen: Vec<&str> = Vec::new();
        for (kind, text) in &self.parts {
            let first = !seen.contains(&kind.as_str());
            seen.push(kind);
            if !(first && PUT.iter().any(|put| put.eq_ignore_ascii_case(kind))) {
                entry.party.add("notes", &format!("{kind} {text}"));
            }
        }
        entry.party.add("notes", &self.comment);
    }
}

/// A paper as its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    label: String,
    number: String,
    country: String,
    issued: String,
    expires: String,
    rest: Vec<String>,
}

impl Document {
    fn read(node: Node<'_>, sets: &Sets) -> Self {
        let mut read = Self {
            label: sets
                .text("IDRegDocType", node.attr("IDRegDocTypeID"))
                .to_owned(),
            number: node.text_of("IDRegistrationNo").to_owned(),
            country: sets.country(node.attr("IssuedBy-CountryID")).to_owned(),
            ..Self::default()
        };
        for date in node.all("DocumentDate") {
            let text = date
                .child("DatePeriod")
                .and_then(period::text)
                .unwrap_or_default();
            match sets.text("IDRegDocDateType", date.attr("IDRegDocDateTypeID")) {
                "Issue Date" => read.issued = text,
                "Expiration Date" => read.expires = text,
                other if !text.is_empty() => read.rest.push(format!("{other} {text}")),
                _ => {}
            }
        }
        let validity = sets.text("Validity", node.attr("ValidityID"));
        if !validity.is_empty() && validity != "Valid" {
            read.rest.push(validity.to_owned());
        }
        for name in ["IssuingAuthority", "Comment"] {
            let text = node.text_of(name);
            if !text.is_empty() {
                read.rest.push(text.to_owned());
            }
        }
        read
    }

    /// Adds it to the party it is of.
    pub(super) fn put(&self, entry: &mut Entry) {
        entry.paper(Paper {
            label: &self.label,
            number: &self.number,
            country: &self.country,
            issued: &self.issued,
            expires: &self.expires,
        });
        for rest in &self.rest {
            entry
                .party
                .add("notes", &format!("{} {}: {rest}", self.label, self.number));
        }
    }
}

/// Both, until the parties come.
#[derive(Default)]
pub(super) struct Held {
    locations: HashMap<String, Location>,
    /// By the identity they are of.
    documents: HashMap<String, Vec<Document>>,
}

impl Held {
    pub(super) fn location(&mut self, node: Node<'_>, sets: &Sets) {
        let read = Location::read(node, sets);
        self.locations.insert(node.attr("ID").to_owned(), read);
    }

    pub(super) fn document(&mut self, node: Node<'_>, sets: &Sets) {
        let read = Document::read(node, sets);
        let identity = node.attr("IdentityID").to_owned();
        self.documents.entry(identity).or_default().push(read);
    }

    pub(super) fn at(&self, id: &str) -> Option<&Location> {
        self.locations.get(id)
    }

    /// Takes the papers of an identity, so that those of nobody are left.
    pub(super) fn take(&mut self, identity: &str) -> Vec<Document> {
        self.documents.remove(identity).unwrap_or_default()
    }

    /// Papers of identities that the file does not have.
    pub(super) fn left(&self) -> usize {
        self.documents.len()
    }
}
