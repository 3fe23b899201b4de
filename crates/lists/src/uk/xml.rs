//! The UK Sanctions List, XML: one `Designation` each.
//!
//! Lists are an element around elements of one name, so what a leaf means shows in
//! its own name. A leaf that is not known is kept in `notes` and told once.

use std::collections::BTreeSet;
use std::io::BufRead;

use super::fields::{self, Designation, To};
use super::list;
use crate::date;
use crate::fault::{Effect, Fault, Refused};
use crate::gather::Gather;
use crate::party::Party;
use crate::xml::{Node, Piecewise, Unknown, records};

/// Leaves of a designation, wherever they stand in it.
const LEAVES: [(&str, To); 33] = [
    ("LastUpdated", To::Date("modifiedAt")),
    ("OFSIGroupID", To::Text("ofsiGroupId")),
    ("UNReferenceNumber", To::Text("unscId")),
    ("DesignationSource", To::Text("authority")),
    ("SanctionsImposed", To::Barred("provisions")),
    ("OtherInformation", To::Text("notes")),
    ("Title", To::Text("title")),
    ("PhoneNumber", To::Text("phone")),
    ("EmailAddress", To::Text("email")),
    ("Website", To::Text("website")),
    ("DOB", To::Date("birthDate")),
    ("Gender", To::Personal("gender")),
    ("Nationality", To::Country("nationality")),
    ("Position", To::Text("position")),
    (
        "BusinessRegistrationNumber",
        To::Property("registrationNumber"),
    ),
    ("TypeOfEntity", To::Text("classification")),
    ("ParentCompany", To::Note("Parent company")),
    ("Subsidiary", To::Note("Subsidiary")),
    ("IMONumber", To::Property("imoNumber")),
    (
        "CurrentOwnerOperator",
        To::Note("Current owner or operator"),
    ),
    (
        "PreviousOwnerOperator",
        To::Note("Previous owner or operator"),
    ),
    ("CurrentBelievedFlagOfShip", To::Country("flag")),
    ("PreviousFlag", To::Country("pastFlags")),
    ("TypeOfShip", To::Text("type")),
    ("TonnageOfShip", To::Text("tonnage")),
    ("LengthOfShip", To::Note("Length of ship")),
    ("YearBuilt", To::Date("buildDate")),
    (
        "HullIdentificationNumber",
        To::Note("Hull identification number"),
    ),
    // Read with the designation as a whole.
    ("DateDesignated", To::Text("")),
    ("UniqueID", To::Text("")),
    ("RegimeName", To::Text("")),
    ("IndividualEntityShip", To::Text("")),
    ("UKStatementofReasons", To::Text("")),
];

/// Elements that hold lists of others.
const AROUND: [&str; 32] = [
    "Names",
    "NonLatinNames",
    "Titles",
    "Addresses",
    "PhoneNumbers",
    "EmailAddresses",
    "Websites",
    "IndividualDetails",
    "Individual",
    "DOBs",
    "BirthDetails",
    "Genders",
    "Nationalities",
    "Positions",
    "PassportDetails",
    "NationalIdentifierDetails",
    "EntityDetails",
    "Entity",
    "BusinessRegistrationNumbers",
    "TypeOfEntities",
    "ParentCompanies",
    "Subsidiaries",
    "ShipDetails",
    "Ship",
    "IMONumbers",
    "CurrentOwnerOperators",
    "PreviousOwnerOperators",
    "CurrentBelievedFlagOfShips",
    "PreviousFlags",
    "TypeOfShipDetails",
    "TonnageOfShipDetails",
    "LengthOfShipDetails",
];

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = list();
    let limits = out.limits;
    let mut unknown = BTreeSet::new();
    let mut root = true;
    let mut others = Unknown::default();
    records(
        bytes,
        &[],
        &["Designation", "DateGenerated"],
        limits,
        |piece| {
            match piece {
                Piecewise::Open(node) if root => {
                    root = false;
                    if node.name() != "Designations" {
                        return Err(Refused::malformed(
                            node.at(),
                            "the root is not Designations",
                        ));
                    }
                }
                Piecewise::Record(node) if node.name() == "DateGenerated" => {
                    if let Some(day) = date::day_first(node.text()).and_then(|date| date.day()) {
                        out.published(day);
                    }
                }
                Piecewise::Record(node) => {
                    out.count(&list, node.at())?;
                    let party = designation(node, &mut unknown);
                    out.party(&list, party);
                }
                Piecewise::Open(_) => {}
                Piecewise::Unknown(node) => {
                    if let Some(fault) = others.fault(node) {
                        out.fault(&list, fault);
                    }
                }
            }
            Ok(())
        },
    )
}

fn designation(node: Node<'_>, unknown: &mut BTreeSet<String>) -> Party {
    let mut party = Party::new(
        node.at(),
        node.text_of("UniqueID"),
        fields::schema(node.text_of("IndividualEntityShip")),
    );
    each(node, &mut party, unknown);
    let since = party.day_of_listing(
        "DateDesignated",
        node.text_of("DateDesignated"),
        date::day_first,
    );
    Designation {
        regime: node.text_of("RegimeName"),
        reason: node.text_of("UKStatementofReasons"),
        since,
    }
    .put(&mut party);
    party
}

/// Goes through what is in an element.
fn each(node: Node<'_>, party: &mut Party, unknown: &mut BTreeSet<String>) {
    for child in node.children() {
        let text = |name| child.text_of(name);
        match child.name() {
            "Name" => fields::name(
                party,
                fields::kind(text("NameType"), text("AliasStrength")),
                [
                    text("Name1"),
                    text("Name2"),
                    text("Name3"),
                    text("Name4"),
                    text("Name5"),
                    text("Name6"),
                ],
            ),
            "NonLatinName" => fields::original(
                party,
                text("NameNonLatinScript"),
                text("NonLatinScriptType"),
                text("NonLatinScriptLanguage"),
            ),
            "Address" => fields::address(
                party,
                "AddressCountry",
                &[
                    text("AddressLine1"),
                    text("AddressLine2"),
                    text("AddressLine3"),
                    text("AddressLine4"),
                    text("AddressLine5"),
                    text("AddressLine6"),
                ],
                text("AddressPostalCode"),
                text("AddressCountry"),
            ),
            "Location" => fields::birth_place(party, text("TownOfBirth"), text("CountryOfBirth")),
            "Passport" | "PassportDetail" => fields::document(
                party,
                "passportNumber",
                "Passport",
                text("PassportNumber"),
                text("PassportAdditionalInformation"),
            ),
            "NationalIdentifier" | "NationalIdentifierDetail" => fields::document(
                party,
                "idNumber",
                "National identifier",
                text("NationalIdentifierNumber"),
                text("NationalIdentifierAdditionalInformation"),
            ),
            // Says in flags what `SanctionsImposed` says in words.
            "SanctionsImposedIndicators" => {}
            "YearsBuilt" => each(child, party, unknown),
            name if AROUND.contains(&name) => each(child, party, unknown),
            name => match LEAVES.iter().find(|(leaf, _)| *leaf == name) {
                Some((_, To::Text(""))) => {}
                Some((_, to)) => fields::put(party, name, *to, child.text()),
                None => not_known(child, party, unknown),
            },
        }
    }
}

fn not_known(node: Node<'_>, party: &mut Party, unknown: &mut BTreeSet<String>) {
    if node.children().next().is_some() {
        for child in node.children() {
            not_known(child, party, unknown);
        }
        return;
    }
    if node.text().is_empty() {
        return;
    }
    party.add("notes", &format!("{}: {}", node.name(), node.text()));
    if unknown.insert(node.name().to_owned()) {
        party.fault(Fault {
            at: node.at(),
            record: None,
            field: Some(node.name().to_owned()),
            what: format!("the element \"{}\" is not known here", node.name()),
            effect: Effect::Note,
            next: "report it; its text is kept in the notes".to_owned(),
        });
    }
}
