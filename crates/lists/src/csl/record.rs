//! One record of the screening list, from JSON or CSV, to a party.

use scruple_model::{ListId, Listing, NameKind, Schema};

use super::sources::{self, Source};
use crate::countries;
use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::Gather;
use crate::name_id;
use crate::ofac::entry::{Address, Entry};
use crate::ofac::paper::Paper;
use crate::party::{Party, one_line};

/// An address as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) address: String,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) postal: String,
    pub(super) country: String,
}

/// A number as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) kind: String,
    pub(super) number: String,
    pub(super) country: String,
    pub(super) issued: String,
    pub(super) expires: String,
}

/// Everything either layout has. Texts are empty where the file has nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) at: At,
    pub(super) source: String,
    pub(super) entity_number: String,
    pub(super) kind: String,
    pub(super) programs: Vec<String>,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) addresses: Vec<Place>,
    pub(super) federal_register_notice: String,
    pub(super) start_date: String,
    pub(super) end_date: String,
    pub(super) standard_order: String,
    pub(super) license_requirement: String,
    pub(super) license_policy: String,
    pub(super) call_sign: String,
    pub(super) vessel_type: String,
    pub(super) gross_tonnage: String,
    pub(super) gross_registered_tonnage: String,
    pub(super) vessel_flag: String,
    pub(super) vessel_owner: String,
    pub(super) remarks: String,
    pub(super) source_list_url: String,
    pub(super) source_information_url: String,
    pub(super) alt_names: Vec<String>,
    pub(super) citizenships: Vec<String>,
    pub(super) dates_of_birth: Vec<String>,
    pub(super) nationalities: Vec<String>,
    pub(super) places_of_birth: Vec<String>,
    pub(super) country: String,
    pub(super) ids: Vec<Number>,
    /// Fields that are not known here, with their values.
    pub(super) others: Vec<(String, String)>,
    /// What of it could not be read.
    pub(super) faults: Vec<Fault>,
}

/// Where records of a source that is not known are counted.
pub(super) const UNKNOWN: &str = "us-csl";

impl Record {
    /// Hands the record over.
    ///
    /// # Errors
    /// Where there are more records than any list has.
    pub(super) fn put(self, out: &mut Gather) -> Result<(), Refused> {
        let Some(source) = sources::find(&self.source) else {
            let list = ListId::from(UNKNOWN);
            out.count(&list, self.at)?;
            out.fault(
                &list,
                Fault {
                    at: self.at,
                    record: Some(one_line(&self.name).into_owned()).filter(|name| !name.is_empty()),
                    field: Some("source".to_owned()),
                    what: format!("\"{}\" is no list that is known here", self.source),
                    effect: Effect::RecordUnread,
                    next: "report it; look the record up at the publisher".to_owned(),
                },
            );
            return Ok(());
        };
        match source {
            Source::Own(list) => {
                let list = ListId::from(list);
                out.count(&list, self.at)?;
                let party = self.own(&list);
                out.party(&list, party);
            }
            Source::Treasury(file, list) => {
                let file = ListId::from(file);
                out.count(&file, self.at)?;
                let party = self.treasury(list);
                out.party(&file, party);
            }
        }
        Ok(())
    }

    /// A record of the Treasury, as OFAC's own files give it.
    fn treasury(self, list: &str) -> Party {
        let mut entry = Entry::new(self.at, &self.entity_number, &self.kind);
        self.shared(&mut entry);
        entry.remarks(&self.remarks);
        for programme in &self.programs {
            entry.programme(programme);
        }
        let mut party = entry.listed_on(&[list]);
        let (reason, notice) = (None, self.federal_register_notice.as_str());
        self.designation(&mut party, reason, notice);
        party
    }

    /// A record of Commerce or State. They do not say whether a party is a person,
    /// and number none; Commerce's entries that are an address (15 CFR 744.16) are
    /// called `Address 01`.
    fn own(self, list: &ListId) -> Party {
        let address = (list.as_str() == "us-bis-el" && is_address(&self.name))
            .then(|| self.addresses.first())
            .flatten()
            .map(|place| place.shown())
            .filter(|text| !text.is_empty());
        let id = name_id::of(list, address.as_deref().unwrap_or(&self.name));
        let mut entry = Entry::new(self.at, &id, &self.kind);
        if self.kind.is_empty() {
            entry.party.set_schema(Schema::LegalEntity);
        }
        match &address {
            Some(text) => {
                entry.party.set_schema(Schema::Address);
                entry.party.add("full", text);
                entry.party.add("notes", &self.name);
            }
            None => entry.party.name(NameKind::Primary, &self.name),
        }
        self.shared(&mut entry);
        entry.party.add("notes", &self.remarks);
        let programmes = self.programs.iter().map(|text| one_line(text).into_owned());
        let mut party = entry.party;
        party.listing(Listing {
            list: Some(list.clone()),
            programmes: programmes.filter(|text| !text.is_empty()).collect(),
            ..Listing::default()
        });
        let notice = self.federal_register_notice.as_str();
        self.designation(&mut party, None, notice);
        party
    }

    /// What both kinds of record have.
    fn shared(&self, entry: &mut Entry) {
        if entry.party.schema() != Schema::Address {
            entry.party.name(NameKind::Primary, &self.name);
        }
        for name in &self.alt_names {
            entry.party.name(NameKind::Alias, name);
        }
        entry.party.add("position", &self.title);
        for place in &self.addresses {
            entry.address(Address {
                lines: [&place.address, "", ""],
                city: &place.city,
                state: &place.state,
                postal: &place.postal,
                country: &place.country,
            });
        }
        entry.party.country("country", "country", &self.country);
        for country in &self.nationalities {
            entry.party.country("nationality", "nationalities", country);
        }
        for country in &self.citizenships {
            entry.party.country("citizenship", "citizenships", country);
        }
        for date in &self.dates_of_birth {
            entry.birth("dates_of_birth", date);
        }
        for place in &self.places_of_birth {
            entry.party.add("birthPlace", place);
        }
        entry.party.add("callSign", &self.call_sign);
        entry.party.add("type", &self.vessel_type);
        entry.party.add("tonnage", &self.gross_tonnage);
        entry
            .party
            .add("grossRegisteredTonnage", &self.gross_registered_tonnage);
        entry.flag("vessel_flag", &self.vessel_flag);
        entry.party.add("owner", &self.vessel_owner);
        entry.party.add("standardOrder", &self.standard_order);
        for id in &self.ids {
            entry.paper(Paper {
                label: &id.kind,
                number: &id.number,
                country: &id.country,
                issued: &id.issued,
                expires: &id.expires,
            });
        }
        for fault in &self.faults {
            entry.party.fault(fault.clone());
        }
        for (name, value) in &self.others {
            if scruple_model::ftm::is_personal(name) {
                entry.party.drop_personal(name);
            } else {
                entry.party.add("notes", &format!("{name}: {value}"));
                entry.note(
                    name,
                    format!("\"{name}\" is a field that is not known here"),
                    "report it: the layout has grown; the value is kept as a note",
                );
            }
        }
    }

    /// What the file says about the designation.
    fn designation(&self, party: &mut Party, reason: Option<String>, notice: &str) {
        let when = |text: &str| crate::date::iso(text);
        let since = party.day_of_listing("start_date", &self.start_date, when);
        let until = party.day_of_listing("end_date", &self.end_date, when);
        let some = |text: &str| {
            let text = one_line(text);
            (!text.is_empty()).then(|| text.into_owned())
        };
        for listing in party.listings() {
            listing.since = since.or(listing.since);
            listing.until = until;
            listing.reason.clone_from(&reason);
            listing.citation = some(notice);
            listing.licence_requirement = some(&self.license_requirement);
            listing.licence_policy = some(&self.license_policy);
            listing.link =
                some(&self.source_information_url).or_else(|| some(&self.source_list_url));
        }
    }
}

/// `Address 01`: an entry for a place, whoever is there.
fn is_address(name: &str) -> bool {
    name.trim()
        .strip_prefix("Address")
        .map(|rest| rest.trim_matches([' ', '.', ':', '#']))
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
}

impl Place {
    /// On one line, country last.
    fn shown(&self) -> String {
        let country = countries::parse(&self.country).map_or(self.country.as_str(), |c| c.name());
        [&self.address, &self.city, &self.state, &self.postal]
            .into_iter()
            .map(|part| part.trim())
            .chain([country])
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_entry_that_is_an_address_is_told() {
        for name in ["Address 01", " Address 1 ", "Address #3"] {
            assert!(super::is_address(name), "{name}");
        }
        for name in ["Address Systems Ltd.", "Room 1", "Addressing 1"] {
            assert!(!super::is_address(name), "{name}");
        }
    }
}
