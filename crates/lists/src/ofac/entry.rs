//! One OFAC record, filled by any of its layouts.

use scruple_model::{ListId, Listing, NameKind, PartialDate, Schema};

use super::birth::{dates, when};
use super::label::{self, Kind};
use super::paper::{self, Paper};
use super::{remarks, sides};
use crate::countries;
use crate::fault::{At, Effect, Fault};
use crate::party::{Party, one_line};

/// A record in the making.
pub(crate) struct Entry {
    pub(crate) party: Party,
    /// As the file prints them.
    pub(crate) programmes: Vec<String>,
    /// Lists for which the record prints a day of listing, with that day.
    dated: Vec<(&'static str, Option<PartialDate>)>,
}

/// An address as its parts.
#[derive(Clone, Copy, Default)]
pub(crate) struct Address<'a> {
    pub(crate) lines: [&'a str; 3],
    pub(crate) city: &'a str,
    pub(crate) state: &'a str,
    pub(crate) postal: &'a str,
    pub(crate) country: &'a str,
}

impl Entry {
    /// Begins a record of a type: `Individual`, `Entity`, `Vessel`, `Aircraft`. The
    /// CSV prints nothing for an entity.
    pub(crate) fn new(at: At, record: &str, kind: &str) -> Self {
        let schema = match kind.trim().to_ascii_lowercase().as_str() {
            "individual" => Schema::Person,
            "entity" | "" => Schema::Organization,
            "vessel" => Schema::Vessel,
            "aircraft" => Schema::Airplane,
            _ => Schema::Thing,
        };
        let mut entry = Self {
            party: Party::new(at, record, schema),
            programmes: Vec::new(),
            dated: Vec::new(),
        };
        if schema == Schema::Thing {
            entry.note(
                "sdnType",
                format!("\"{kind}\" is no type of record that is known here"),
                "report it; the record is compared with parties of every kind",
            );
        }
        entry
    }

    /// Adds a name of two parts, family name first, as OFAC prints it on one line.
    pub(crate) fn name(&mut self, kind: NameKind, last: &str, first: &str) {
        let (last, first) = (last.trim(), first.trim());
        match (last.is_empty(), first.is_empty()) {
            (false, false) => self.party.name(kind, &format!("{last}, {first}")),
            (false, true) => self.party.name(kind, last),
            (true, _) => self.party.name(kind, first),
        }
    }

    /// Adds a programme.
    pub(crate) fn programme(&mut self, programme: &str) {
        let programme = one_line(programme);
        // The few that a record has; what is repeated beyond them is taken out at its end.
        let mut held = self.programmes.iter().take(32);
        if !programme.is_empty() && !held.any(|held| *held == programme) {
            self.programmes.push(programme.into_owned());
        }
    }

    /// Adds an address: its text, and its country for comparing.
    pub(crate) fn address(&mut self, address: Address<'_>) {
        let mut parts: Vec<String> = Vec::new();
        let mut part = |text: &str| {
            if !text.trim().is_empty() {
                parts.push(text.trim().to_owned());
            }
        };
        address.lines.iter().for_each(|line| part(line));
        let city = [address.city.trim(), address.state.trim()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        part(&format!("{city} {}", address.postal.trim()));
        let country = address.country.trim();
        if !country.is_empty() && !country.eq_ignore_ascii_case("undetermined") {
            let read = countries::parse(country);
            part(read.map_or(country, |read| read.name()));
            // OFAC marks with this what is no country; the address says it.
            if read.is_some() || !country.to_ascii_lowercase().starts_with("region:") {
                self.party.country("country", "country", country);
            }
        }
        // A country alone is no address.
        let only_country = address.lines.iter().all(|line| line.trim().is_empty())
            && city.is_empty()
            && address.postal.trim().is_empty();
        if !only_country {
            self.party.add("address", &parts.join(", "));
        }
    }

    /// Adds a ship's flag; it may sail under none.
    pub(crate) fn flag(&mut self, field: &str, text: &str) {
        if !text.trim().eq_ignore_ascii_case("none identified") {
            self.party.country("flag", field, text);
        }
    }

    /// Adds a date of birth, a range included.
    pub(crate) fn birth(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        match dates(text) {
            Some(dates) => dates
                .iter()
                .for_each(|date| self.party.add("birthDate", date)),
            None => self.party.date("birthDate", field, text, when),
        }
    }

    /// Adds a labelled value.
    pub(crate) fn paper(&mut self, paper: Paper<'_>) {
        let label = paper.label.trim();
        let number = one_line(paper.number);
        if number.is_empty() && label.is_empty() {
            return;
        }
        let mut paper = Paper {
            number: &number,
            ..paper
        };
        // A country may stand in the number's own field.
        if paper.country.is_empty()
            && let Some((plain, country)) = paper
                .number
                .strip_suffix(')')
                .and_then(|n| n.rsplit_once(" ("))
            && countries::parse(country).is_some()
        {
            (paper.number, paper.country) = (plain.trim(), country);
        }
        match label::find(label) {
            Some(kind) => self.labelled(kind, paper),
            None => {
                self.note(
                    label,
                    format!("\"{label}\" is a kind of number that is not known here"),
                    "report it; the number is kept as a note",
                );
                self.party.add("notes", &paper.shown());
            }
        }
    }

    fn labelled(&mut self, kind: Kind, paper: Paper<'_>) {
        let Paper { label, number, .. } = paper;
        match kind {
            Kind::Paper(property) => {
                let property = match property {
                    "leiCode" if !paper::is_lei(number) => "registrationNumber",
                    other => other,
                };
                match paper::imo(number) {
                    Some(digits) => self.party.add("imoNumber", digits),
                    None if property == "registrationNumber" => {
                        self.party.registered(number, paper.country);
                    }
                    None => self.party.add(property, number),
                }
                self.party.add("identification", &paper.shown());
                for (field, day) in paper.odd_days() {
                    self.party.fault(Fault {
                        at: At::default(),
                        record: None,
                        field: Some(field.to_owned()),
                        what: format!("\"{day}\" is not a date that exists"),
                        effect: Effect::FieldUnread,
                        next: "read the record at the publisher; the text is kept as it stands"
                            .to_owned(),
                    });
                }
            }
            Kind::Text(property) => self.party.add(property, number),
            // A ship may sail under no flag.
            Kind::Country(_) if number.eq_ignore_ascii_case("none identified") => {}
            Kind::Country(property) => self.party.country(property, label, number),
            Kind::Date(property) => match dates(number) {
                Some(dates) => dates.iter().for_each(|date| self.party.add(property, date)),
                None => self.party.date(property, label, number, when),
            },
            Kind::Birth => self.birth(label, number),
            Kind::Coin => {
                let coin = label.rsplit_once("- ").map_or("", |(_, coin)| coin.trim());
                self.party.add("cryptoAddress", &format!("{coin} {number}"));
            }
            Kind::Provision => self.provision(label, number),
            Kind::Personal(property) => self.party.drop_personal(property),
            Kind::Note => self.party.add("notes", &format!("{label} {number}")),
        }
    }

    /// Adds what the measure says; the day of listing among it tells a list.
    fn provision(&mut self, label: &str, text: &str) {
        let all = format!("{} {text}", label.trim());
        let all = all.trim();
        let lower = all.to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix("listing date (") {
            let what = rest.split(')').next().unwrap_or("");
            let list = match what {
                "cmic" => Some("us-ofac-cmic"),
                "eo 14024 directive 2" => Some("us-ofac-cap"),
                "eo 14024 directive 1a" | "eo 14024 directive 3" | "eo 14014 directive 1" => {
                    Some("us-ofac-mbs")
                }
                _ => None,
            };
            let day = all
                .rsplit([':', ')'])
                .next()
                .and_then(|text| when(text.trim()));
            if let Some(list) = list {
                self.dated.push((list, day));
            }
        }
        self.party.add("sanction.provisions", all);
    }

    /// Adds remarks, taken apart.
    pub(crate) fn remarks(&mut self, text: &str) {
        for part in remarks::parts(text) {
            self.remark(part);
        }
    }

    fn remark(&mut self, part: &str) {
        let one = remarks::first(part);
        if let Some((former, name)) = remarks::alias(one) {
            let kind = if former {
                NameKind::Former
            } else {
                NameKind::Weak
            };
            return self.party.name(kind, name);
        }
        let Some((kind, label, rest)) = label::begins(one) else {
            return self.remainder(part);
        };
        match kind {
            Kind::Provision => self.provision("", one),
            Kind::Coin => self.party.add("cryptoAddress", rest),
            Kind::Paper(_) => match Paper::of_remark(label, rest) {
                Some(paper) => self.labelled(kind, paper),
                None => self.remainder(part),
            },
            // In remarks only what reads as one is taken for one.
            Kind::Birth if dates(rest).is_none() && rest.contains(',') => {
                self.remainder(part);
            }
            Kind::Country(_) if countries::parse(rest).is_none() && rest.len() > 60 => {
                self.remainder(part);
            }
            Kind::Note => self.remainder(part),
            _ => self.labelled(
                kind,
                Paper {
                    label,
                    number: rest,
                    ..Paper::default()
                },
            ),
        }
    }

    /// Keeps words of the remarks as they stand. The point at their end is the
    /// sentence's in one layout and nobody's in another.
    fn remainder(&mut self, part: &str) {
        self.party
            .add("notes", part.strip_suffix('.').unwrap_or(part));
    }

    /// Reports something that loses nothing.
    pub(crate) fn note(&mut self, field: &str, what: String, next: &str) {
        self.party.fault(Fault {
            at: At::default(),
            record: None,
            field: Some(field.to_owned()),
            what,
            effect: Effect::Note,
            next: next.to_owned(),
        });
    }

    /// Ends a record of the XML or CSV file `file`.
    pub(super) fn listed_in(mut self, file: &ListId) -> Party {
        if file.as_str() == sides::SDN {
            return self.listed_on(&[sides::SDN]);
        }
        let dated: Vec<&str> = self.dated.iter().map(|(list, _)| *list).collect();
        let mut lists = sides::lists_of(&self.programmes, &dated);
        lists.dedup();
        if lists.is_empty() {
            self.note(
                "program",
                format!(
                    "no programme of \"{}\" says which list it is",
                    self.programmes.join(", ")
                ),
                "report it; the record answers as one of OFAC's other lists",
            );
            lists.push(sides::CONS);
        }
        self.listed_on(&lists)
    }

    /// Ends a record that is on these lists.
    pub(crate) fn listed_on(mut self, lists: &[&str]) -> Party {
        // Their order means nothing, and differs from layout to layout.
        self.programmes.sort_unstable();
        self.programmes.dedup();
        for list in lists {
            let since = self
                .dated
                .iter()
                .filter(|(dated, _)| dated == list)
                .filter_map(|(_, day)| *day)
                .min_by_key(|day| day.earliest());
            self.party.listing(Listing {
                list: Some(ListId::from(*list)),
                programmes: self.programmes.clone(),
                since,
                ..Listing::default()
            });
        }
        self.party
    }
}
