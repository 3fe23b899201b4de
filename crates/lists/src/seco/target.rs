//! One target: identities, what is said of it, and when it was listed.

use scruple_model::{Listing, PartialDate, Schema};

use super::{Tables, iso_code, list, name, told};
use crate::fault::{At, Effect};
use crate::party::{Party, one_line};
use crate::xml::Node;
use crate::{birth, date};

/// A target whose references are still open.
pub(super) struct Target {
    party: Party,
    at: At,
    sets: Vec<String>,
    places: Vec<Referred>,
    reason: Vec<String>,
    modifications: Vec<Modification>,
}

/// A reference to a place, with what the target itself says of it.
struct Referred {
    id: String,
    /// `None` for a place of birth.
    details: Option<String>,
}

struct Modification {
    kind: Kind,
    day: Option<PartialDate>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Listed,
    Ended,
    Other,
}

pub(super) fn read(node: Node<'_>) -> Target {
    let mut target = Target {
        party: Party::new(node.at(), node.attr("ssid"), Schema::LegalEntity),
        at: node.at(),
        sets: Vec::new(),
        places: Vec::new(),
        reason: Vec::new(),
        modifications: Vec::new(),
    };
    for child in node.children() {
        match child.name() {
            "sanctions-set-id" => target.sets.push(child.text().to_owned()),
            // The number on the list that Switzerland follows: the UN's, or another's.
            "foreign-identifier" if is_un(child.text()) => {
                target.party.add("unscId", child.text());
            }
            "foreign-identifier" => target.note("Foreign identifier", child.text()),
            "individual" => target.subject(child, Schema::Person),
            "entity" => target.subject(child, Schema::Organization),
            "object" => {
                let schema = match child.attr("object-type") {
                    "vessel" => Schema::Vessel,
                    "aircraft" => Schema::Airplane,
                    _ => Schema::Thing,
                };
                target.subject(child, schema);
            }
            "modification" => target.modification(child),
            _ => target.other(child),
        }
    }
    target
}

/// Whether a number is one of the UN's permanent reference numbers: `QDi.001`.
fn is_un(text: &str) -> bool {
    let Some((kind, number)) = text.split_once('.') else {
        return false;
    };
    kind.ends_with(['i', 'e'])
        && kind[..kind.len() - 1]
            .bytes()
            .all(|b| b.is_ascii_uppercase())
        && (3..=4).contains(&kind.len())
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}

impl Target {
    fn subject(&mut self, node: Node<'_>, schema: Schema) {
        self.party.set_schema(schema);
        if !node.attr("sex").is_empty() {
            self.party.drop_personal("sex");
        }
        for child in node.children() {
            match child.name() {
                "identity" => self.identity(child),
                "justification" => self.reason.push(one_line(child.text()).into_owned()),
                "other-information" => self.information(child.text()),
                "generic-attribute" => {
                    self.note(child.attr("name"), child.text());
                }
                "relation" => {
                    let to = format!(
                        "{} {}",
                        child.attr("relation-type"),
                        child.attr("target-id")
                    );
                    let remark = child.text_of("remark");
                    self.note("Relation", &[to.trim(), remark].join(" "));
                }
                _ => self.other(child),
            }
        }
    }

    fn identity(&mut self, node: Node<'_>) {
        let main = node.attr("main") != "false";
        for child in node.children() {
            match child.name() {
                "name" => name::read(child, main, &mut self.party),
                "day-month-year" => self.birth_date(child),
                "place-of-birth" => self.places.push(Referred {
                    id: child.attr("place-id").to_owned(),
                    details: None,
                }),
                "address" => self.address(child),
                "nationality" => {
                    for country in child.all("country") {
                        let text = match iso_code(country) {
                            "" => country.text(),
                            code => code,
                        };
                        self.party.country("nationality", "nationality", text);
                    }
                }
                "identification-document" => self.document(child),
                _ => self.other(child),
            }
        }
    }

    fn birth_date(&mut self, node: Node<'_>) {
        let number = |text: &str| match text.len() {
            0 => "00".to_owned(),
            1 => format!("0{text}"),
            _ => text.to_owned(),
        };
        let (day, month, year) = (node.attr("day"), node.attr("month"), node.attr("year"));
        let text = format!("{}/{}/{year}", number(day), number(month));
        let calendar = node.attr("calendar");
        if year.is_empty() && day.is_empty() && month.is_empty() {
        } else if !calendar.is_empty() && !calendar.eq_ignore_ascii_case("gregorian") {
            self.note("Date of birth", &format!("{text} ({calendar})"));
        } else if node.attr("quality") == "low" {
            let known = date::day_first(&text).map_or(text, |date| date.to_string());
            birth::about(
                &mut self.party,
                "birthDate",
                "day-month-year",
                &format!("circa {known}"),
            );
        } else {
            self.party
                .date("birthDate", "day-month-year", &text, date::day_first);
        }
    }

    fn address(&mut self, node: Node<'_>) {
        let po_box = match node.text_of("p-o-box") {
            "" => String::new(),
            number => format!("P.O. Box {number}"),
        };
        let care_of = match node.text_of("c-o") {
            "" => String::new(),
            name => format!("c/o {name}"),
        };
        let parts = [
            &care_of,
            node.text_of("address-details"),
            &po_box,
            node.text_of("zip-code"),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.note("Address", node.text_of("remarks"));
        self.places.push(Referred {
            id: node.attr("place-id").to_owned(),
            details: Some(parts.join(", ")),
        });
    }

    fn document(&mut self, node: Node<'_>) {
        let kind = node.attr("document-type");
        let number = node.text_of("number");
        let property = match kind {
            "passport" | "diplomatic-passport" | "service-passport" => "passportNumber",
            _ => "idNumber",
        };
        self.party.add(property, number);
        let issuer = node.child("issuer");
        let issued_by = issuer.map_or("", |issuer| match issuer.text() {
            "" => iso_code(issuer),
            text => text,
        });
        let with = |words: &str, text: &str| match text {
            "" => String::new(),
            text => format!("{words} {text}"),
        };
        let about = [
            with("issued by", issued_by),
            with("issued on", node.text_of("date-of-issue")),
            with("expires on", node.text_of("expiry-date")),
            node.text_of("remark").to_owned(),
        ];
        let about: Vec<&str> = about
            .iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        let words = [kind, number].join(" ");
        self.note(words.trim(), &about.join(", "));
    }

    /// A sentence; that of a ship states its number.
    fn information(&mut self, text: &str) {
        if self.party.schema() == Schema::Vessel
            && let Some((_, rest)) = text.split_once("IMO")
        {
            let digits: String = rest
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            if digits.len() == 7 {
                self.party.add("imoNumber", &digits);
            }
        }
        self.party.add("notes", text);
    }

    fn modification(&mut self, node: Node<'_>) {
        let kind = match node.attr("modification-type") {
            "listed" | "re-listed" => Kind::Listed,
            "de-listed" => Kind::Ended,
            _ => Kind::Other,
        };
        let day = ["effective-date", "enactment-date", "publication-date"]
            .into_iter()
            .map(|name| node.attr(name))
            .find(|text| !text.is_empty())
            .and_then(|text| self.party.day_of_listing("modification", text, date::iso));
        if let (Kind::Other, Some(day)) = (kind, day) {
            self.party.add("modifiedAt", &day.to_string());
        }
        self.modifications.push(Modification { kind, day });
    }

    fn note(&mut self, words: &str, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.party.add("notes", &format!("{words}: {text}"));
        }
    }

    fn other(&mut self, node: Node<'_>) {
        self.note(node.name(), node.text());
        let what = format!("the element \"{}\" is not known here", node.name());
        let next = "report it; its text is kept in the notes";
        self.party
            .fault(told(node.at(), node.name(), what, Effect::Note, next));
    }

    /// Puts in what the target refers to.
    pub(super) fn finish(mut self, tables: &Tables) -> Party {
        for referred in std::mem::take(&mut self.places) {
            let place = tables.places.get(&referred.id);
            let (line, country) = place.map_or(("", ""), |place| (&place.line, &place.country));
            if place.is_none() && !referred.id.is_empty() {
                let what = format!("the place {} is not in the file", referred.id);
                let next = "look the target up at the publisher";
                self.party
                    .fault(told(self.at, "place-id", what, Effect::FieldUnread, next));
            }
            match &referred.details {
                Some(details) => {
                    let parts = [details.as_str(), line];
                    let parts: Vec<&str> =
                        parts.into_iter().filter(|part| !part.is_empty()).collect();
                    self.party.add("address", &parts.join(", "));
                    self.party.country("country", "place", country);
                }
                None => self.party.add("birthPlace", line),
            }
        }
        self.designations(tables);
        self.party
    }

    fn designations(&mut self, tables: &Tables) {
        let (since, until) = self.standing(tables);
        let reason = (!self.reason.is_empty()).then(|| self.reason.join(" "));
        let ids = std::mem::take(&mut self.sets);
        for id in &ids {
            let Some(set) = tables.sets.get(id) else {
                let what = format!("the sanctions set {id} is not in the file");
                let next = "look the target up at the publisher";
                self.party.fault(told(
                    self.at,
                    "sanctions-set-id",
                    what,
                    Effect::FieldUnread,
                    next,
                ));
                continue;
            };
            let programmes = [&set.programme, &set.set];
            self.party.listing(Listing {
                list: Some(list()),
                programmes: programmes
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .cloned()
                    .collect(),
                reason: reason.clone(),
                since,
                until,
                ..Listing::default()
            });
            if !set.origin.is_empty() {
                self.party.add("authority", &set.origin);
            }
        }
        if self.party.listings().is_empty() {
            self.party.listing(Listing {
                list: Some(list()),
                reason,
                since,
                until,
                ..Listing::default()
            });
        }
    }

    /// Since when and until when. The last of the listings and de-listings counts: that
    /// with the latest day, and where days are missing the one that stands first, since
    /// the file has the newest first. A de-listing without a day ended by the day of the
    /// file.
    fn standing(&self, tables: &Tables) -> (Option<PartialDate>, Option<PartialDate>) {
        let of = |kind| {
            self.modifications
                .iter()
                .filter(move |held| held.kind == kind)
        };
        let last = |kind| of(kind).filter_map(|held| held.day).max();
        let (listed, ended) = (last(Kind::Listed), last(Kind::Ended));
        let first = self
            .modifications
            .iter()
            .find(|held| held.kind != Kind::Other);
        let has_ended = match (listed, ended) {
            (Some(listed), Some(ended)) if listed != ended => ended > listed,
            _ => first.is_some_and(|first| first.kind == Kind::Ended),
        };
        let until = has_ended
            .then(|| ended.or_else(|| tables.published.map(PartialDate::from_day)))
            .flatten();
        // Listed again: the newest listing is the one that stands.
        (listed, until)
    }
}
