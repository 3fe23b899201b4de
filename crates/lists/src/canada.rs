//! Consolidated Canadian Autonomous Sanctions List, XML (`sema-lmes.xml`).
//!
//! A `record` is one item of a schedule to regulations under the Special Economic
//! Measures Act, or of the Justice for Victims of Corrupt Foreign Officials
//! Regulations. `Country` names the regulations, not where a party is from, so it
//! is the programme and never a country of the party.
//!
//! The publisher gives no id. What it gives is where in the law the entry stands:
//! regulations, schedule, item. Our id is a hash of those three, so that a name
//! spelled better is an amended record and not a new one. Two records with the same
//! three are not known to exist; should they come, the names enter the hash of the
//! second and later ones, so that no two parties become one.
//!
//! `Aliases` is prose: names are taken apart at `;` and line ends only. A comma also
//! stands within names (`Азия, ООО`), and a slash too.

use std::collections::BTreeSet;
use std::io::BufRead;

use scruple_model::hash::sha256_parts;
use scruple_model::{ListId, Listing, NameKind, Schema};

use crate::date;
use crate::fault::Refused;
use crate::gather::Gather;
use crate::party::{Party, one_line};
use crate::xml::{Node, Piecewise, Unknown, records};
use crate::{Layout, Part, birth};

/// Hexadecimal characters of the hash that are the id.
const ID: usize = 16;

const KNOWN: [&str; 11] = [
    "Country",
    "LastName",
    "GivenName",
    "EntityOrShip",
    "TitleOrShip",
    "ShipIMONumber",
    "Aliases",
    "DateOfBirthOrShipBuildDate",
    "Schedule",
    "Item",
    "DateOfListing",
];

pub(crate) fn recognise(text: &str) -> Option<Part> {
    let set = text.find("<data-set")?;
    let rest = &text[set..];
    (rest.contains("<record") && rest.contains("<Country")).then(|| Part::alone(Layout::CanadaXml))
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = ListId::from("ca-sema");
    let limits = out.limits;
    let mut held = BTreeSet::new();
    let mut root = true;
    let mut others = Unknown::default();
    records(bytes, &[], &["record"], limits, |piece| {
        match piece {
            Piecewise::Open(node) if root => {
                root = false;
                if node.name() != "data-set" {
                    return Err(Refused::malformed(node.at(), "the root is not data-set"));
                }
            }
            Piecewise::Open(_) => {}
            Piecewise::Unknown(node) => {
                if let Some(fault) = others.fault(node) {
                    out.fault(&list, fault);
                }
            }
            Piecewise::Record(node) => {
                out.count(&list, node.at())?;
                let id = id_of(node, &mut held);
                out.party(&list, party(node, &id, &list));
            }
        }
        Ok(())
    })
}

fn id_of(node: Node<'_>, held: &mut BTreeSet<String>) -> String {
    let text = |name| one_line(node.text_of(name)).to_lowercase();
    let place = [
        text("Country"),
        text("Schedule").replace(' ', ""),
        text("Item"),
    ];
    let mut id = hash(place.iter());
    if held.contains(&id) {
        let names = [text("LastName"), text("GivenName"), text("EntityOrShip")];
        id = hash(place.iter().chain(&names));
    }
    held.insert(id.clone());
    id
}

fn hash<'a>(parts: impl Iterator<Item = &'a String>) -> String {
    let mut id = sha256_parts(parts.map(|part| part.as_bytes()));
    id.truncate(ID);
    id
}

fn party(node: Node<'_>, id: &str, list: &ListId) -> Party {
    let text = |name| node.text_of(name);
    let ship = !text("ShipIMONumber").is_empty();
    let person = text("EntityOrShip").is_empty();
    let schema = match (ship, person) {
        (true, _) => Schema::Vessel,
        (false, true) => Schema::Person,
        (false, false) => Schema::Organization,
    };
    let mut party = Party::new(node.at(), id, schema);
    if person {
        party.name(
            NameKind::Primary,
            &format!("{} {}", text("GivenName"), text("LastName")),
        );
        party.add("firstName", text("GivenName"));
        party.add("lastName", text("LastName"));
    } else {
        party.name(
            NameKind::Primary,
            text("EntityOrShip").trim_end_matches(';'),
        );
    }
    for alias in text("Aliases").split([';', '\n']) {
        party.name(NameKind::Alias, alias);
    }
    party.add(if ship { "type" } else { "title" }, text("TitleOrShip"));
    party.add("imoNumber", text("ShipIMONumber"));
    let (property, field) = (
        if ship { "buildDate" } else { "birthDate" },
        "DateOfBirthOrShipBuildDate",
    );
    birth::put(&mut party, property, field, text(field), date::iso);
    let since = party.day_of_listing("DateOfListing", text("DateOfListing"), date::iso);
    let (programme, citation) = law(text("Country"), text("Schedule"), text("Item"));
    party.listing(Listing {
        list: Some(list.clone()),
        programmes: programme.into_iter().collect(),
        since,
        citation,
        ..Listing::default()
    });
    for child in node
        .children()
        .filter(|child| !KNOWN.contains(&child.name()))
    {
        party.not_known(child);
    }
    party
}

/// The English name of the programme, and where the entry stands in the law.
fn law(country: &str, schedule: &str, item: &str) -> (Option<String>, Option<String>) {
    let country = one_line(country);
    let english = country.split(" / ").next().unwrap_or(&country).trim();
    let act = if english.contains("JVCFOR") {
        english.to_owned()
    } else {
        format!("Special Economic Measures Act, {english}")
    };
    let mut citation = act;
    if !schedule.is_empty() {
        citation += &format!(", Schedule {}", one_line(schedule));
    }
    if !item.is_empty() {
        citation += &format!(", item {}", one_line(item));
    }
    let named = !english.is_empty();
    (named.then(|| english.to_owned()), named.then_some(citation))
}
