//! What was read of the tables, to the deal; and what only shows when tables are
//! seen beside each other.

use std::collections::BTreeMap;

use super::read::Record;
use super::report::{Complaint, Report};
use super::value::Val;
use super::{
    Authorisation, Dates, Deal, Delivery, Direction, Fact, Function, Item, Nexus, Party, Role,
    Seller, SignOff, Stated, nearest,
};
use crate::{Date, PartyId, Place, Schema};

/// Builds the deal. Where the report holds problems the result is not used, so
/// what could not be read stands there as empty.
pub(super) fn deal(record: &Record, text: &str, report: &mut Report<'_>) -> Deal {
    let nexus = record.record("nexus").map(nexus).unwrap_or_default();
    let parties: Vec<Party> = record
        .records("parties")
        .map(|it| party(it, report))
        .collect();
    let parties_file = record.text("parties_file");
    check_parties(record, &parties, parties_file.is_some(), report);
    Deal {
        title: record.text("title").unwrap_or_default(),
        reference: record.text("reference"),
        direction: record
            .word("direction")
            .and_then(Direction::parse)
            .unwrap_or_default(),
        seller: record
            .record("seller")
            .map(|it| Seller {
                name: it.text("name").unwrap_or_default(),
                country: it.place("country"),
                names: it.texts("names"),
                identifiers: identifiers(it, report),
            })
            .unwrap_or_default(),
        nexus,
        items: record.records("items").map(item).collect(),
        parties,
        parties_file,
        destination: record.place("destination"),
        transit: record.places("transit"),
        place_of_use: record.place("place_of_use"),
        end_use: record.text_fact("end_use"),
        facts: record.stated("facts"),
        authorisations: record
            .records("authorisations")
            .map(authorisation)
            .collect(),
        dates: record
            .record("dates")
            .map(|it| Dates {
                signature: it.day("signature").known().copied(),
                delivery: it.day("delivery").known().copied(),
            })
            .unwrap_or_default(),
        sign_off: record.record("sign_off").map(|it| SignOff {
            name: it.text("name").unwrap_or_default(),
            function: it.text("function"),
        }),
        documents: BTreeMap::new(),
        hash: crate::hash::sha256(text.as_bytes()),
    }
}

fn nexus(record: &Record) -> Nexus {
    Nexus {
        legal_seat: record.place("legal_seat"),
        place_of_export: record.place("place_of_export"),
        us_persons: record.bool("us_persons"),
        us_origin: record.bool("us_origin"),
        us_content: record.share("us_content_percent"),
        us_direct_product: record.bool("us_direct_product"),
        brokering: record.bool("brokering"),
        technical_assistance: record.bool("technical_assistance"),
        currency: record.text_fact("currency"),
        bank_countries: record.places("bank_countries"),
        delivery: match record.many("delivery") {
            Some([]) | None => Fact::Unknown,
            Some(words) => Fact::Known(
                words
                    .iter()
                    .filter_map(|val| match val {
                        Val::Word(word) => Delivery::parse(word),
                        _ => None,
                    })
                    .collect(),
            ),
        },
        import_into: record.place("import_into"),
        importer_of_record: record.text_fact("importer_of_record"),
    }
}

pub(super) fn item(record: &Record) -> Item {
    Item {
        name: record.text("name").unwrap_or_default(),
        description: record.text("description"),
        maker: record.text("maker"),
        origin: record.place("origin"),
        control_codes: record.texts("control_codes"),
        capabilities: record.texts("capabilities"),
        attestations: record.texts("attestations"),
        claims_none: matches!(record.get("capabilities"), Some(Val::Many(many)) if many.is_empty()),
        facts: record.stated("facts"),
    }
}

/// Builds one party of a record that the fields of `[[parties]]` were read into.
pub(super) fn party(record: &Record, report: &mut Report<'_>) -> Party {
    let mut roles: Vec<Role> = Vec::new();
    for val in record.many("role").unwrap_or_default() {
        if let Val::Word(word) = val
            && let Some(role) = Role::parse(word)
            && !roles.contains(&role)
        {
            roles.push(role);
        }
    }
    Party {
        id: PartyId::new(record.text("id").unwrap_or_default()),
        roles,
        name: record.text("name").unwrap_or_default(),
        names: record.texts("names"),
        schema: record
            .word("schema")
            .and_then(Schema::parse)
            .unwrap_or(Schema::LegalEntity),
        function: record
            .word("function")
            .and_then(Function::parse)
            .map_or(Fact::Unknown, Fact::Known),
        country: record.place("country"),
        address: record.text("address"),
        identifiers: identifiers(record, report),
        of: record.text("of").map(PartyId::new),
        attestations: record.texts("attestations"),
    }
}

fn authorisation(record: &Record) -> Authorisation {
    Authorisation {
        number: record.text("number").unwrap_or_default(),
        authority: record.text("authority"),
        scope: record.text("scope").unwrap_or_default(),
        expires: record.day("expires"),
    }
}

/// FollowTheMoney property to value, from `identifiers` and the fields beside it.
fn identifiers(record: &Record, report: &mut Report<'_>) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for table in std::iter::once(record).chain(record.record("identifiers")) {
        for field in super::field::IDENTIFIERS.fields {
            let super::field::Shape::Identifier(property) = field.shape else {
                continue;
            };
            let Some((at, Val::Text(number))) = table.values.get(field.name) else {
                continue;
            };
            match found.get(property) {
                Some(other) if other != number => {
                    let what = format!("`{}` is given twice and differs", field.name);
                    let next = "keep the one in the register";
                    report.add(at.clone(), field.name, Complaint::new(what).next(next));
                }
                _ => {
                    found.insert(property.to_owned(), number.clone());
                }
            }
        }
    }
    found
}

fn check_parties(record: &Record, parties: &[Party], more_follow: bool, report: &mut Report<'_>) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for ((table, party), number) in record.records("parties").zip(parties).zip(1..) {
        let Some((at, _)) = table.values.get("id") else {
            continue;
        };
        let line = report.line(at.start);
        if let Some(before) = first.get(party.id.as_str()) {
            let what = format!(
                "party id \"{}\" is used twice, first on line {before}",
                party.id
            );
            let next =
                "give each party an id of its own; one party with two parts takes several roles";
            let field = format!("parties[{number}].id");
            report.add(at.clone(), &field, Complaint::new(what).next(next));
        } else {
            first.insert(party.id.as_str(), line);
        }
    }
    for ((table, party), number) in record.records("parties").zip(parties).zip(1..) {
        let (Some((at, _)), Some(of)) = (table.values.get("of"), &party.of) else {
            continue;
        };
        let field = format!("parties[{number}].of");
        if *of == party.id {
            report.add(at.clone(), &field, of_itself());
        } else if !more_follow && !first.contains_key(of.as_str()) {
            report.add(
                at.clone(),
                &field,
                of_nobody(
                    of,
                    first
                        .keys()
                        .copied()
                        .take(if report.is_full() { 0 } else { 1_000 }),
                ),
            );
        }
    }
}

pub(super) fn of_itself() -> Complaint {
    Complaint::new("a party does not direct or own itself").next("write the id of the other party")
}

pub(super) fn of_nobody<'a>(of: &PartyId, ids: impl Iterator<Item = &'a str> + Clone) -> Complaint {
    let known = ids.clone().take(20).collect::<Vec<_>>().join(", ");
    Complaint::new(format!("no party has the id \"{of}\""))
        .expected(format!("the id of another party: {known}"))
        .nearest(nearest::of(of.as_str(), ids))
        .next("write that party's id, or add the party")
}

impl Record {
    fn get(&self, field: &str) -> Option<&Val> {
        self.values.get(field).map(|(_, val)| val)
    }

    fn text(&self, field: &str) -> Option<String> {
        match self.get(field)? {
            Val::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn text_fact(&self, field: &str) -> Fact<String> {
        self.text(field).map_or(Fact::Unknown, Fact::Known)
    }

    fn word(&self, field: &str) -> Option<&'static str> {
        match self.get(field)? {
            Val::Word(word) => Some(word),
            _ => None,
        }
    }

    fn stated(&self, field: &str) -> BTreeMap<String, Stated> {
        match self.get(field) {
            Some(Val::Facts(facts)) => facts.clone(),
            _ => BTreeMap::new(),
        }
    }

    fn place(&self, field: &str) -> Fact<Place> {
        match self.get(field) {
            Some(Val::Place(place)) => Fact::Known(place.clone()),
            _ => Fact::Unknown,
        }
    }

    fn bool(&self, field: &str) -> Fact<bool> {
        match self.get(field) {
            Some(Val::Bool(yes)) => Fact::Known(*yes),
            _ => Fact::Unknown,
        }
    }

    fn share(&self, field: &str) -> Fact<u32> {
        match self.get(field) {
            Some(Val::Share(ppm)) => Fact::Known(*ppm),
            _ => Fact::Unknown,
        }
    }

    fn day(&self, field: &str) -> Fact<Date> {
        match self.get(field) {
            Some(Val::Day(day)) => Fact::Known(*day),
            _ => Fact::Unknown,
        }
    }

    /// One or several values; `None` where nothing or `unknown` stands.
    fn many(&self, field: &str) -> Option<&[Val]> {
        match self.get(field)? {
            Val::Many(many) if *many == [Val::Unknown] => None,
            Val::Many(many) => Some(many),
            Val::Unknown => None,
            one => Some(std::slice::from_ref(one)),
        }
    }

    fn texts(&self, field: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for val in self.many(field).unwrap_or_default() {
            if let Val::Text(text) = val
                && !texts.contains(text)
            {
                texts.push(text.clone());
            }
        }
        texts
    }

    fn places(&self, field: &str) -> Fact<Vec<Place>> {
        match self.many(field) {
            Some(many) => Fact::Known(
                many.iter()
                    .filter_map(|val| match val {
                        Val::Place(place) => Some(place.clone()),
                        _ => None,
                    })
                    .collect(),
            ),
            None => Fact::Unknown,
        }
    }

    fn record(&self, field: &str) -> Option<&Record> {
        match self.get(field)? {
            Val::Record(record) => Some(record),
            _ => None,
        }
    }

    fn records(&self, field: &str) -> impl Iterator<Item = &Record> {
        let many: &[Val] = match self.get(field) {
            Some(Val::Many(many)) => many,
            _ => &[],
        };
        many.iter().filter_map(|val| match val {
            Val::Record(record) => Some(record),
            _ => None,
        })
    }
}
