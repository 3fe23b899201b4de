//! `sdn.xml` and `consolidated.xml`, root `sdnList`.
//!
//! One `sdnEntry` is one record. The file states its date and its number of
//! records, and both are used: a file with fewer is refused.

use std::io::BufRead;

use scruple_model::{ListId, NameKind};

use super::entry::{Address, Entry};
use super::paper::Paper;
use super::sides::{self, Sides, by_name};
use crate::fault::{Effect, Fault, Refused};
use crate::gather::Gather;
use crate::xml::{Node, Piecewise, Unknown, records};
use crate::{Layout, Part, date};

pub(super) fn recognise(text: &str, name: &str) -> Option<Part> {
    let root = text.find("<sdnList")?;
    let text = &text[root..];
    let mut sides = Sides::default();
    for entry in text.split("<sdnEntry").skip(1) {
        let Some((list, _)) = entry.split_once("</programList>") else {
            continue;
        };
        sides.record(
            list.split("<program>")
                .skip(1)
                .filter_map(|rest| rest.split('<').next())
                .map(str::trim),
        );
    }
    Some(Part {
        layout: Layout::OfacXml,
        role: "",
        list: sides.settled().or_else(|| by_name(name)),
    })
}

pub(crate) fn read(
    bytes: impl BufRead,
    list: Option<&ListId>,
    out: &mut Gather,
) -> Result<(), Refused> {
    let mut entries = Vec::new();
    let mut sides = Sides::default();
    let mut faults = Vec::new();
    let mut others = Unknown::default();
    let limits = out.limits;
    records(
        bytes,
        &[],
        &["publshInformation", "sdnEntry"],
        out.limits,
        |piece| {
            match piece {
                Piecewise::Open(node) if node.name() != "sdnList" => {
                    return Err(Refused::malformed(node.at(), "the root is not sdnList"));
                }
                Piecewise::Open(_) => {}
                Piecewise::Unknown(node) => faults.extend(others.fault(node)),
                Piecewise::Record(node) if node.name() == "sdnEntry" => {
                    let entry = entry(node);
                    sides.record(entry.programmes.iter().map(String::as_str));
                    entries.push(entry);
                    limits.room(entries.len() as u64, node.at())?;
                }
                Piecewise::Record(node) => publication(node, out, &mut faults),
            }
            Ok(())
        },
    )?;
    if entries.is_empty() {
        return Err(Refused::Empty);
    }
    let list = sides::agreed(sides.settled(), list)?;
    for fault in faults {
        out.fault(&list, fault);
    }
    for entry in entries {
        out.count(&list, entry.party.at())?;
        out.party(&list, entry.listed_in(&list));
    }
    Ok(())
}

fn publication(node: Node<'_>, out: &mut Gather, faults: &mut Vec<Fault>) {
    let mut odd = |field: &str, text: &str, next: &str| {
        faults.push(Fault {
            at: node.at(),
            record: None,
            field: Some(field.to_owned()),
            what: format!("\"{text}\" cannot be read"),
            effect: Effect::Note,
            next: next.to_owned(),
        });
    };
    let day = node.text_of("Publish_Date");
    match date::month_first(day).and_then(scruple_model::PartialDate::day) {
        Some(day) => out.published(day),
        None => odd(
            "Publish_Date",
            day,
            "say the file's date when you take it in",
        ),
    }
    let count = node.text_of("Record_Count");
    match count.parse() {
        Ok(count) => out.stated(count),
        Err(_) => odd(
            "Record_Count",
            count,
            "compare the number of records with the publisher's",
        ),
    }
}

fn entry(node: Node<'_>) -> Entry {
    let mut entry = Entry::new(node.at(), node.text_of("uid"), node.text_of("sdnType"));
    entry.name(
        NameKind::Primary,
        node.text_of("lastName"),
        node.text_of("firstName"),
    );
    for child in node.children() {
        match child.name() {
            "uid" | "lastName" | "firstName" | "sdnType" => {}
            "title" => entry.party.add("position", child.text()),
            "remarks" => entry.remarks(child.text()),
            "programList" => child.all("program").for_each(|p| entry.programme(p.text())),
            "idList" => child.all("id").for_each(|id| {
                entry.paper(Paper {
                    label: id.text_of("idType"),
                    number: id.text_of("idNumber"),
                    country: id.text_of("idCountry"),
                    issued: id.text_of("issueDate"),
                    expires: id.text_of("expirationDate"),
                });
            }),
            "akaList" => child.all("aka").for_each(|aka| alias(&mut entry, aka)),
            "addressList" => child.all("address").for_each(|a| {
                entry.address(Address {
                    lines: ["address1", "address2", "address3"].map(|name| a.text_of(name)),
                    city: a.text_of("city"),
                    state: a.text_of("stateOrProvince"),
                    postal: a.text_of("postalCode"),
                    country: a.text_of("country"),
                });
            }),
            "nationalityList" => child.all("nationality").for_each(|n| {
                entry
                    .party
                    .country("nationality", "nationality", n.text_of("country"));
            }),
            "citizenshipList" => child.all("citizenship").for_each(|c| {
                entry
                    .party
                    .country("citizenship", "citizenship", c.text_of("country"));
            }),
            "dateOfBirthList" => child.all("dateOfBirthItem").for_each(|d| {
                entry.birth("dateOfBirth", d.text_of("dateOfBirth"));
            }),
            "placeOfBirthList" => child.all("placeOfBirthItem").for_each(|p| {
                entry.party.add("birthPlace", p.text_of("placeOfBirth"));
            }),
            "vesselInfo" => vessel(&mut entry, child),
            _ => entry.party.not_known(child),
        }
    }
    entry
}

fn alias(entry: &mut Entry, aka: Node<'_>) {
    let (kind, category) = (aka.text_of("type"), aka.text_of("category"));
    let kind = alias_kind(entry, "type", kind, category.eq_ignore_ascii_case("weak"));
    entry.name(kind, aka.text_of("lastName"), aka.text_of("firstName"));
}

/// `a.k.a.`, `f.k.a.`, `n.k.a.`, with or without its points.
pub(super) fn alias_kind(entry: &mut Entry, field: &str, kind: &str, weak: bool) -> NameKind {
    let letters: String = kind
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    match letters.as_str() {
        "fka" => NameKind::Former,
        "aka" | "nka" | "name" if weak => NameKind::Weak,
        "aka" | "nka" | "name" => NameKind::Alias,
        _ => {
            entry.note(
                field,
                format!("\"{kind}\" is no kind of alias that is known here"),
                "report it; the name is read as an alias",
            );
            if weak {
                NameKind::Weak
            } else {
                NameKind::Alias
            }
        }
    }
}

fn vessel(entry: &mut Entry, node: Node<'_>) {
    for child in node.children() {
        match child.name() {
            "callSign" => entry.party.add("callSign", child.text()),
            "vesselType" => entry.party.add("type", child.text()),
            "vesselFlag" => entry.flag("vesselFlag", child.text()),
            "vesselOwner" => entry.party.add("owner", child.text()),
            "tonnage" => entry.party.add("tonnage", child.text()),
            "grossRegisteredTonnage" => entry.party.add("grossRegisteredTonnage", child.text()),
            _ => entry.party.not_known(child),
        }
    }
}
