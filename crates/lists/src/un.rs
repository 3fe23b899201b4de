//! United Nations Security Council consolidated list, XML.
//!
//! An `INDIVIDUAL` or `ENTITY` is a record. Its id is the permanent reference number
//! (`QDi.001`), which other publishers quote and which stays when a record is
//! amended; some are printed with a space behind. `DATAID` stands in where there is
//! none.
//!
//! A person's name is in up to four parts that are no first and last name: what
//! stands where follows the custom of the person's country. They are put together
//! in the order printed, and not taken apart again. The same list prints several
//! names of one entity with `;` between them: the first is the primary one.
//!
//! Elements are there but empty, in any number (`<INDIVIDUAL_DOCUMENT/>`), and the
//! schema leaves out some that the file has (`NOTE` of an entity's alias, `STREET`
//! of a place of birth). An element that is not known is kept in `notes` and told.

use std::io::BufRead;

use scruple_model::{ListId, Listing, NameKind, Schema};

use crate::date;
use crate::fault::Refused;
use crate::gather::Gather;
use crate::party::{Party, one_line};
use crate::xml::{Node, Piecewise, Unknown, records};
use crate::{Layout, Part, birth};

pub(crate) fn recognise(text: &str) -> Option<Part> {
    text.contains("<CONSOLIDATED_LIST")
        .then(|| Part::alone(Layout::UnXml))
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = ListId::from("un-sc");
    let limits = out.limits;
    let mut root = true;
    let mut others = Unknown::default();
    records(
        bytes,
        &["INDIVIDUALS", "ENTITIES"],
        &["INDIVIDUAL", "ENTITY"],
        limits,
        |piece| {
            match piece {
                Piecewise::Open(node) if root => {
                    root = false;
                    if node.name() != "CONSOLIDATED_LIST" {
                        return Err(Refused::malformed(
                            node.at(),
                            "the root is not CONSOLIDATED_LIST",
                        ));
                    }
                    if let Some(day) =
                        date::iso(node.attr("dateGenerated")).and_then(|date| date.day())
                    {
                        out.published(day);
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
                    out.party(&list, party(node, &list));
                }
            }
            Ok(())
        },
    )
}

fn party(node: Node<'_>, list: &ListId) -> Party {
    let reference = match node.text_of("REFERENCE_NUMBER") {
        "" => node.text_of("DATAID"),
        reference => reference,
    };
    let schema = match node.name() {
        "INDIVIDUAL" => Schema::Person,
        _ => Schema::Organization,
    };
    let mut party = Party::new(node.at(), reference, schema);
    names(node, &mut party);
    let mut listing = Listing {
        list: Some(list.clone()),
        ..Listing::default()
    };
    for child in node.children() {
        element(child, &mut party, &mut listing);
    }
    party.add("unscId", node.text_of("REFERENCE_NUMBER"));
    party.listing(listing);
    party
}

fn names(node: Node<'_>, party: &mut Party) {
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(|part| node.text_of(part))
        // The schema's default for a part that is not there.
        .filter(|part| !part.is_empty() && *part != "na")
        .collect();
    let mut kind = NameKind::Primary;
    for name in several(&parts.join(" ")) {
        party.name(kind, name);
        kind = NameKind::Alias;
    }
}

/// Names with `;` between them.
fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split(';')
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

fn element(node: Node<'_>, party: &mut Party, listing: &mut Listing) {
    let values = || {
        node.all("VALUE")
            .map(Node::text)
            .filter(|text| !text.is_empty())
    };
    let name = node.name();
    match name {
        "FIRST_NAME" | "SECOND_NAME" | "THIRD_NAME" | "FOURTH_NAME" | "REFERENCE_NUMBER" => {}
        // Keys of the publisher's database and of its printed order; `LIST_TYPE` says "UN List".
        "DATAID" | "VERSIONNUM" | "SORT_KEY" | "SORT_KEY_LAST_MOD" | "LIST_TYPE" => {}
        "UN_LIST_TYPE" => listing.programmes.extend(filled(node.text())),
        "LISTED_ON" => listing.since = party.day_of_listing(name, node.text(), date::iso),
        "DELISTED_ON" => listing.until = party.day_of_listing(name, node.text(), date::iso),
        "COMMENTS1" => listing.reason = filled(node.text()),
        "LAST_DAY_UPDATED" => {
            for day in values() {
                party.date("modifiedAt", name, day, date::iso);
            }
        }
        "GENDER" => {
            if !node.text().is_empty() {
                party.drop_personal("gender");
            }
        }
        "NAME_ORIGINAL_SCRIPT" => {
            for name in several(node.text()) {
                party.original_name(name, None);
            }
        }
        "TITLE" => values().for_each(|title| party.add("title", title)),
        "DESIGNATION" => values().for_each(|post| party.add("position", post)),
        "NATIONALITY" => values().for_each(|land| party.country("nationality", name, land)),
        "NATIONALITY2" => party.country("nationality", name, node.text()),
        "SUBMITTED_BY" => note(party, "Submitted by", node.text()),
        "SUBMITTED_ON" => note(party, "Submitted on", node.text()),
        "INDIVIDUAL_ALIAS" | "ENTITY_ALIAS" => alias(node, party),
        "INDIVIDUAL_ADDRESS" | "ENTITY_ADDRESS" => address(node, party),
        "INDIVIDUAL_DATE_OF_BIRTH" => birth_date(node, party),
        "INDIVIDUAL_PLACE_OF_BIRTH" => birth_place(node, party),
        "INDIVIDUAL_DOCUMENT" => document(node, party),
        _ => party.not_known(node),
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| one_line(text).into_owned())
}

fn note(party: &mut Party, words: &str, text: &str) {
    if !text.is_empty() {
        party.add("notes", &format!("{words}: {text}"));
    }
}

/// Tells and keeps the children of an element that have no meaning here.
fn others(node: Node<'_>, party: &mut Party, known: &[&str]) {
    for child in node
        .children()
        .filter(|child| !known.contains(&child.name()))
    {
        party.not_known(child);
    }
}

fn alias(node: Node<'_>, party: &mut Party) {
    let quality = node.text_of("QUALITY").to_ascii_lowercase();
    let kind = match quality.as_str() {
        "low" => NameKind::Weak,
        "f.k.a." | "fka" => NameKind::Former,
        _ => NameKind::Alias,
    };
    for name in several(node.text_of("ALIAS_NAME")) {
        party.name(kind, name);
    }
    // Dates and places that go with a name stand for the party as well.
    birth::put(
        party,
        "birthDate",
        "DATE_OF_BIRTH",
        node.text_of("DATE_OF_BIRTH"),
        date::iso,
    );
    let place = [
        node.text_of("CITY_OF_BIRTH"),
        node.text_of("COUNTRY_OF_BIRTH"),
    ];
    party.add("birthPlace", &joined(&place));
    match (node.text_of("ALIAS_NAME"), node.text_of("NOTE")) {
        (_, "") => {}
        ("", text) => party.add("notes", text),
        (name, text) => party.add("notes", &format!("{name}: {text}")),
    }
    others(
        node,
        party,
        &[
            "QUALITY",
            "ALIAS_NAME",
            "DATE_OF_BIRTH",
            "CITY_OF_BIRTH",
            "COUNTRY_OF_BIRTH",
            "NOTE",
        ],
    );
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| part.trim().trim_end_matches(',').trim())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

const PLACE: [&str; 5] = ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY"];

fn address(node: Node<'_>, party: &mut Party) {
    let line = joined(&PLACE.map(|part| node.text_of(part)));
    party.add("address", &line);
    party.country("country", "COUNTRY", node.text_of("COUNTRY"));
    match (line.is_empty(), node.text_of("NOTE")) {
        (_, "") => {}
        (true, text) => party.add("notes", &format!("Address: {text}")),
        (false, text) => party.add("notes", &format!("{line}: {text}")),
    }
    others(
        node,
        party,
        &[
            "STREET",
            "CITY",
            "STATE_PROVINCE",
            "ZIP_CODE",
            "COUNTRY",
            "NOTE",
        ],
    );
}

fn birth_date(node: Node<'_>, party: &mut Party) {
    let kind = node.text_of("TYPE_OF_DATE");
    let text = node.text_of("NOTE");
    let date = match node.text_of("DATE") {
        "" => node.text_of("YEAR"),
        date => date,
    };
    let about = |text: &str| text.to_ascii_lowercase().starts_with("approx");
    let (from, to) = (node.text_of("FROM_YEAR"), node.text_of("TO_YEAR"));
    if !from.is_empty() || !to.is_empty() {
        match (from.parse(), to.parse()) {
            (Ok(from), Ok(to)) => birth::between(party, "birthDate", "FROM_YEAR", from, to),
            _ => party.date("birthDate", "FROM_YEAR", &format!("{from} to {to}"), |_| {
                None
            }),
        }
    }
    if !date.is_empty() {
        if about(kind) || about(text) {
            birth::about(party, "birthDate", "YEAR", &format!("approximately {date}"));
        } else {
            party.date("birthDate", "DATE", date, date::iso);
        }
    }
    match date {
        // A note alone is a date in words: `Nov. 1973`.
        "" if from.is_empty() && !text.is_empty() => {
            birth::put(party, "birthDate", "NOTE", text, date::named);
        }
        _ if !about(text) => note(party, "Date of birth", text),
        _ => {}
    }
    others(
        node,
        party,
        &[
            "TYPE_OF_DATE",
            "NOTE",
            "DATE",
            "YEAR",
            "FROM_YEAR",
            "TO_YEAR",
        ],
    );
}

fn birth_place(node: Node<'_>, party: &mut Party) {
    party.add("birthPlace", &joined(&PLACE.map(|part| node.text_of(part))));
    note(party, "Place of birth", node.text_of("NOTE"));
    others(
        node,
        party,
        &[
            "STREET",
            "CITY",
            "STATE_PROVINCE",
            "ZIP_CODE",
            "COUNTRY",
            "NOTE",
        ],
    );
}

fn document(node: Node<'_>, party: &mut Party) {
    let kind = joined(&[
        node.text_of("TYPE_OF_DOCUMENT"),
        node.text_of("TYPE_OF_DOCUMENT2"),
    ]);
    let number = node.text_of("NUMBER");
    let lower = kind.to_lowercase();
    let passport = ["passport", "passeport", "pasaporte"]
        .iter()
        .any(|word| lower.contains(word));
    let property = if passport {
        "passportNumber"
    } else {
        "idNumber"
    };
    party.add(property, number);
    let label = |words: &str, name: &str| match node.text_of(name) {
        "" => String::new(),
        text => format!("{words} {text}"),
    };
    let about = joined(&[
        &label("issued by", "ISSUING_COUNTRY"),
        &label("issued on", "DATE_OF_ISSUE"),
        &label("issued in", "CITY_OF_ISSUE"),
        &label("issued in", "COUNTRY_OF_ISSUE"),
        node.text_of("NOTE"),
    ]);
    let kind = if kind.is_empty() {
        "Document".to_owned()
    } else {
        kind
    };
    match (number, about.as_str()) {
        ("", "") => {}
        ("", about) => party.add("notes", &format!("{kind}: {about}")),
        (_, "") if ["passport", "national identification number"].contains(&lower.as_str()) => {}
        (number, "") => party.add("notes", &format!("{kind} {number}")),
        (number, about) => party.add("notes", &format!("{kind} {number}: {about}")),
    }
    others(
        node,
        party,
        &[
            "TYPE_OF_DOCUMENT",
            "TYPE_OF_DOCUMENT2",
            "NUMBER",
            "ISSUING_COUNTRY",
            "DATE_OF_ISSUE",
            "CITY_OF_ISSUE",
            "COUNTRY_OF_ISSUE",
            "NOTE",
        ],
    );
}
