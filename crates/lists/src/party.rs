//! One listed party as a parser puts it together.
//!
//! Every parser fills an [`Entity`] through this, so that one party read from two
//! layouts comes out the same: property names are FollowTheMoney's, spaces are
//! single, what a person is stays out and is counted, and a value that is no date
//! or no country is kept as it stands beside a fault.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use scruple_model::ftm::is_personal;
use scruple_model::{
    Entity, ListId, Listing, NameKind, PartialDate, REGISTERED_IN, RecordId, Schema,
};

use crate::countries;
use crate::fault::{At, Effect, Fault};
use crate::prose::without_personal;
use crate::xml::Node;

/// A party that is being read.
pub(crate) struct Party {
    at: At,
    /// Where faults are: the record, or the row of it in hand.
    here: At,
    record: String,
    entity: Entity,
    faults: Vec<Fault>,
    /// Field and words of the faults.
    told: HashSet<(Option<String>, String)>,
    dropped: Vec<String>,
    /// The values of properties with many of them, to find a repeated one by.
    many: HashMap<String, HashSet<String>>,
}

/// Values of a property that are looked through one by one.
const FEW: usize = 32;

/// Designations of one party. Official lists have at most a few dozen.
const MOST_LISTINGS: usize = 1_000;

impl Party {
    /// Begins a record. `record` is the publisher's own id.
    pub(crate) fn new(at: At, record: &str, schema: Schema) -> Self {
        Self {
            at,
            here: at,
            record: record.trim().to_owned(),
            entity: Entity {
                id: RecordId::from(""),
                schema,
                caption: String::new(),
                properties: Default::default(),
                listings: Vec::new(),
            },
            faults: Vec::new(),
            told: HashSet::new(),
            dropped: Vec::new(),
            many: HashMap::new(),
        }
    }

    /// Where the record stands.
    pub(crate) fn at(&self) -> At {
        self.at
    }

    /// Goes on to another row of the same record: faults are there from now on.
    pub(crate) fn go_on_at(&mut self, at: At) {
        self.here = at;
    }

    /// The publisher's id, where that shows only later in the record.
    pub(crate) fn set_record(&mut self, record: &str) {
        self.record = record.trim().to_owned();
    }

    /// What it is, where that shows only later in the record.
    pub(crate) fn set_schema(&mut self, schema: Schema) {
        self.entity.schema = schema;
    }

    /// What it is so far.
    pub(crate) fn schema(&self) -> Schema {
        self.entity.schema
    }

    /// Adds a name. The first primary one is the caption.
    pub(crate) fn name(&mut self, kind: NameKind, name: &str) {
        let name = one_line(name);
        if kind == NameKind::Primary && self.entity.caption.is_empty() {
            self.entity.caption = name.clone().into_owned();
        }
        self.hold(kind.property(), name);
    }

    /// Adds a name that the publisher prints in the party's own script, with the
    /// script or language where it says so. It is an alias like others; `originalName`
    /// tells which it is.
    pub(crate) fn original_name(&mut self, name: &str, script: Option<&str>) {
        let name = one_line(name);
        if name.is_empty() {
            return;
        }
        self.hold(NameKind::Alias.property(), name.clone());
        match script.map(one_line).filter(|script| !script.is_empty()) {
            Some(script) => self.hold("originalName", format!("{name} ({script})")),
            None => self.hold("originalName", name),
        }
    }

    /// Adds a value of a FollowTheMoney property. One about what a person is is
    /// dropped and counted.
    pub(crate) fn add(&mut self, property: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        if is_personal(property) {
            return self.drop_personal(property);
        }
        self.hold(property, one_line(value));
    }

    /// Adds a registration number, and with it the country whose register gave it, where
    /// the publisher prints one beside the number.
    pub(crate) fn registered(&mut self, number: &str, country: &str) {
        self.add("registrationNumber", number);
        if let Some(country) = countries::parse(country)
            && !number.trim().is_empty()
        {
            self.hold(
                REGISTERED_IN,
                format!("{} {}", country.code(), one_line(number)),
            );
        }
    }

    /// Counts a value about what a person is that the file gives and we do not keep.
    pub(crate) fn drop_personal(&mut self, property: &str) {
        if !self.dropped.iter().any(|name| name == property) {
            self.dropped.push(property.to_owned());
        }
    }

    /// Adds a value unless it is empty or already there.
    fn hold(&mut self, property: &str, value: impl Into<String>) {
        if self.entity.values(property).len() < FEW {
            return self.entity.add(property, value);
        }
        let value = value.into();
        if value.trim().is_empty() {
            return;
        }
        let values = self
            .entity
            .properties
            .entry(property.to_owned())
            .or_default();
        let held = match self.many.get_mut(property) {
            Some(held) => held,
            None => self
                .many
                .entry(property.to_owned())
                .or_insert_with(|| values.iter().cloned().collect()),
        };
        if held.insert(value.clone()) {
            values.push(value);
        }
    }

    /// Adds a date that `read` understands; another is kept as it stands, with a fault.
    pub(crate) fn date(
        &mut self,
        property: &str,
        field: &str,
        text: &str,
        read: impl Fn(&str) -> Option<PartialDate>,
    ) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match read(text) {
            Some(date) => self.hold(property, date.to_string()),
            None => {
                self.hold(property, text);
                self.not_a_date(field, text);
            }
        }
    }

    /// The date of a designation; a fault where it cannot be read.
    pub(crate) fn day_of_listing(
        &mut self,
        field: &str,
        text: &str,
        read: impl Fn(&str) -> Option<PartialDate>,
    ) -> Option<PartialDate> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let date = read(text);
        if date.is_none() {
            self.not_a_date(field, text);
        }
        date
    }

    /// Adds a country as its code; a text that is no country we know is kept as it
    /// stands, with a note.
    pub(crate) fn country(&mut self, property: &str, field: &str, text: &str) {
        let text = one_line(text);
        if text.is_empty() {
            return;
        }
        // A remark may follow: `Iraq (previous address)`.
        let before = || text.split_once(" (").map(|(before, _)| before.trim_end());
        let found = match countries::parse(&text) {
            None => before().and_then(countries::parse),
            found => found,
        };
        match found {
            Some(country) => self.hold(property, country.code()),
            None => {
                self.fault(Fault {
                    at: self.here,
                    record: None,
                    field: Some(field.to_owned()),
                    what: format!("\"{}\" is no country that is known here", shortened(&text)),
                    effect: Effect::FieldUnread,
                    next: "read the record at the publisher; the text is kept as it stands"
                        .to_owned(),
                });
                self.hold(property, text);
            }
        }
    }

    /// Adds a designation unless it is there already.
    pub(crate) fn listing(&mut self, listing: Listing) {
        if self.entity.listings.contains(&listing) {
            return;
        }
        if self.entity.listings.len() < MOST_LISTINGS {
            return self.entity.listings.push(listing);
        }
        self.fault(Fault {
            at: self.here,
            record: None,
            field: None,
            what: format!("the record has more than {MOST_LISTINGS} designations"),
            effect: Effect::FieldUnread,
            next: "read the record at the publisher".to_owned(),
        });
    }

    /// The designations so far.
    pub(crate) fn listings(&mut self) -> &mut Vec<Listing> {
        &mut self.entity.listings
    }

    /// Reports something about this record, once; its position is filled in where it is
    /// missing, and the record's id when the record ends.
    pub(crate) fn fault(&mut self, fault: Fault) {
        let mut fault = fault.shortened();
        if fault.at == At::default() {
            fault.at = self.here;
        }
        // Many rows of one party repeat its values.
        if self.told.insert((fault.field.clone(), fault.what.clone())) {
            self.faults.push(fault);
        }
    }

    /// Keeps an element that the layout does not have in the notes, with all that is in
    /// it, and tells of it: a name in it is not searched for.
    pub(crate) fn not_known(&mut self, node: Node<'_>) {
        let mut effect = Effect::Note;
        let mut open = vec![node];
        while let Some(one) = open.pop() {
            if is_personal(one.name()) {
                self.drop_personal(one.name());
                continue;
            }
            if !one.text().is_empty() {
                self.add("notes", &format!("{}: {}", one.name(), one.text()));
                if Effect::of_field(one.name()) == Effect::NameUnread {
                    effect = Effect::NameUnread;
                }
            }
            open.extend(one.children());
        }
        self.fault(Fault {
            at: node.at(),
            record: None,
            field: Some(node.name().to_owned()),
            what: format!("the element \"{}\" is not known here", node.name()),
            effect,
            next: "report it; its text is kept in the notes".to_owned(),
        });
    }

    /// Takes sentences about what a person is out of the list's prose.
    fn take_out_personal(&mut self) {
        let person = matches!(
            self.entity.schema,
            Schema::Person | Schema::LegalEntity | Schema::Thing
        );
        let mut dropped = Vec::new();
        let mut clear = |text: &mut String| {
            if let Some((left, what)) = without_personal(text, person) {
                *text = left;
                dropped.extend(what);
            }
        };
        if let Some(notes) = self.entity.properties.get_mut("notes") {
            notes.iter_mut().for_each(&mut clear);
            notes.retain(|note| !note.is_empty());
            if notes.is_empty() {
                self.entity.properties.remove("notes");
            }
        }
        for listing in &mut self.entity.listings {
            if let Some(reason) = &mut listing.reason {
                clear(reason);
            }
            listing.reason.take_if(|reason| reason.is_empty());
        }
        for property in dropped {
            self.drop_personal(property);
        }
    }

    fn not_a_date(&mut self, field: &str, text: &str) {
        self.fault(Fault {
            at: self.here,
            record: None,
            field: Some(field.to_owned()),
            what: format!("\"{}\" is not a date that exists", shortened(text)),
            effect: Effect::FieldUnread,
            next: "read the record at the publisher; the date takes no part in comparing"
                .to_owned(),
        });
    }

    /// A UN number in another publisher's record points at the UN's own.
    fn link(&mut self) {
        let un = ListId::from("un-sc");
        let numbers = self.entity.values("unscId");
        let records: Vec<RecordId> = numbers
            .iter()
            .map(|number| RecordId::of(&un, number))
            .filter(|record| *record != self.entity.id)
            .collect();
        for listing in &mut self.entity.listings {
            listing.refers_to.clone_from(&records);
        }
    }

    /// Ends the record: the entity, its faults, the properties that were dropped.
    /// One without any name is unread; an address that is listed for itself is
    /// named by its text.
    pub(crate) fn finish(
        mut self,
        list: &ListId,
    ) -> Result<(Entity, Vec<Fault>, Vec<String>), Fault> {
        let unread = |what: String, next: &str| Fault {
            at: self.at,
            record: (!self.record.is_empty()).then(|| self.record.clone()),
            field: None,
            what,
            effect: Effect::RecordUnread,
            next: next.to_owned(),
        };
        if self.entity.caption.is_empty() {
            let name = self.entity.names().next().map(|(_, name)| name.to_owned());
            let address = || self.entity.values("full").first().cloned();
            match name.or_else(address) {
                Some(name) => {
                    if self.entity.names().next().is_none() {
                        self.entity.add(NameKind::Primary.property(), name.clone());
                    }
                    self.entity.caption = name;
                }
                None => {
                    return Err(unread(
                        "the record has no name".to_owned(),
                        "look the record up at the publisher",
                    ));
                }
            }
        }
        if self.record.is_empty() {
            return Err(unread(
                "the record has no id of its own".to_owned(),
                "look the record up at the publisher by its line",
            ));
        }
        self.take_out_personal();
        self.entity.id = RecordId::of(list, &self.record);
        self.link();
        for fault in &mut self.faults {
            fault.record.get_or_insert_with(|| self.record.clone());
        }
        Ok((self.entity, self.faults, self.dropped))
    }
}

/// A value on one line: line ends, tabs and runs of spaces become one space.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let plain = !text.contains("  ")
        && !text
            .chars()
            .any(|c| c != ' ' && (c.is_whitespace() || c.is_control()));
    if plain {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    Cow::Owned(words.join(" "))
}

/// A text as a fault repeats it.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date;

    fn party() -> Party {
        Party::new(At { line: 7, column: 3 }, "36", Schema::Company)
    }

    #[test]
    fn a_party_is_put_together() {
        let mut party = party();
        party.name(NameKind::Primary, " Aero\n Caribbean ");
        party.country("country", "Country", "Cuba");
        party.date("incorporationDate", "Date", "31/02/1961", date::day_first);
        party.add("eyeColor", "brown");
        party.add("address", "");
        let (entity, faults, dropped) = party.finish(&ListId::from("us-ofac-sdn")).unwrap();
        assert_eq!(entity.id.as_str(), "us-ofac-sdn:36");
        assert_eq!(entity.caption, "Aero Caribbean");
        assert_eq!(entity.values("country"), ["cu"]);
        assert_eq!(entity.values("incorporationDate"), ["31/02/1961"]);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].record.as_deref(), Some("36"));
        assert_eq!(faults[0].at.line, 7);
        assert_eq!(dropped, ["eyeColor"]);
    }

    #[test]
    fn a_registration_number_keeps_the_country_printed_beside_it() {
        let mut party = party();
        party.name(NameKind::Primary, "A");
        party.registered(" 77  8", "Kazakhstan");
        party.registered("9", "Atlantis");
        party.registered("", "Cuba");
        let (entity, ..) = party.finish(&ListId::from("x")).unwrap();
        assert_eq!(entity.values("registrationNumber"), ["77 8", "9"]);
        assert_eq!(entity.registered_in("77 8").collect::<Vec<_>>(), ["kz"]);
        assert_eq!(entity.registered_in("9").count(), 0);
    }

    #[test]
    fn a_fault_repeats_no_more_than_one_reads() {
        let mut party = party();
        let long = "Atlantis ".repeat(10_000);
        party.name(NameKind::Primary, "A");
        party.country("country", "Country", &long);
        crate::birth::about(&mut party, "birthDate", "DOB", &long);
        party.fault(Fault {
            at: At::default(),
            record: None,
            field: Some(long.clone()),
            what: long.clone(),
            effect: Effect::Note,
            next: "look".to_owned(),
        });
        let (entity, faults, _) = party.finish(&ListId::from("x")).unwrap();
        assert_eq!(entity.values("country"), [long.trim()]);
        assert_eq!(faults.len(), 3);
        assert!(faults.iter().all(|fault| fault.what.len() < 400));
        assert!(faults[1].what.ends_with("is stated as uncertain"));
    }

    #[test]
    fn a_party_without_a_name_is_unread_and_named_by_its_place() {
        let fault = party().finish(&ListId::from("x")).unwrap_err();
        assert_eq!(fault.effect, Effect::RecordUnread);
        assert_eq!(fault.at.line, 7);
    }
}
