//! Switzerland's list of SECO (`swiss-sanctions-list`), XML.
//!
//! A `target` is a record. The file keeps history: a target that was de-listed
//! stays, and each `modification` copies what it added and removed, whole targets
//! too. So only targets directly under the root count, and nothing within a
//! `modification` is read but its kind and days. A de-listed target is kept with the
//! day its designation ended, so that a day before it is answered rightly, and no
//! day after it.
//!
//! Places and programmes stand in tables of their own, before or after the targets
//! that refer to them: what refers is put together when the file has ended.
//!
//! A name is in parts, and each part has its own spellings, by language and script.
//! Parts of one spelling make one more name; a part without that spelling keeps its
//! value only where the script is Latin too, since nobody writes half a name in
//! Cyrillic.

mod name;
mod target;

use std::collections::BTreeMap;
use std::io::BufRead;

use scruple_model::{Date, ListId, PartialDate};

use crate::date;
use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::Gather;
use crate::party::one_line;
use crate::xml::{Node, Piecewise, Unknown, records};
use crate::{Layout, Part};

fn list() -> ListId {
    ListId::from("ch-seco")
}

pub(crate) fn recognise(text: &str) -> Option<Part> {
    text.contains("<swiss-sanctions-list")
        .then(|| Part::alone(Layout::SecoXml))
}

/// A set of measures of a programme, by its `ssid`.
#[derive(Default)]
struct Set {
    programme: String,
    set: String,
    origin: String,
}

/// A place, by its `ssid`: the parts of an address from the place to the country.
#[derive(Default)]
struct Place {
    line: String,
    country: String,
}

/// The tables that targets refer to.
#[derive(Default)]
struct Tables {
    sets: BTreeMap<String, Set>,
    places: BTreeMap<String, Place>,
    /// The day of the file.
    published: Option<Date>,
}

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = list();
    let limits = out.limits;
    let mut tables = Tables::default();
    let mut targets = Vec::new();
    let mut root = true;
    let mut others = Unknown::default();
    let wanted = ["sanctions-program", "place", "target"];
    records(bytes, &[], &wanted, limits, |piece| {
        match piece {
            Piecewise::Open(node) if root => {
                root = false;
                if node.name() != "swiss-sanctions-list" {
                    return Err(Refused::malformed(
                        node.at(),
                        "the root is not swiss-sanctions-list",
                    ));
                }
                head(node, &mut tables, out);
            }
            Piecewise::Open(_) => {}
            Piecewise::Unknown(node) => {
                if let Some(fault) = others.fault(node) {
                    out.fault(&list, fault);
                }
            }
            Piecewise::Record(node) => match node.name() {
                "sanctions-program" => programme(node, &mut tables.sets),
                "place" => {
                    tables
                        .places
                        .insert(node.attr("ssid").to_owned(), place(node));
                }
                _ => {
                    out.count(&list, node.at())?;
                    targets.push(target::read(node));
                }
            },
        }
        Ok(())
    })?;
    for target in targets {
        out.party(&list, target.finish(&tables));
    }
    Ok(())
}

fn head(node: Node<'_>, tables: &mut Tables, out: &mut Gather) {
    tables.published = date::iso(node.attr("date")).and_then(PartialDate::day);
    if let Some(day) = tables.published {
        out.published(day);
    }
    let kind = node.attr("list-type");
    if !kind.is_empty() && kind != "whole-list" {
        out.fault(
            &list(),
            Fault {
                at: node.at(),
                record: None,
                field: Some("list-type".to_owned()),
                what: format!("the file is \"{kind}\", not the whole list"),
                effect: Effect::PartMissing,
                next: "take the whole list from the publisher".to_owned(),
            },
        );
    }
}

/// The text of the child in English, else of the first.
fn english<'a>(node: Node<'a>, name: &str) -> &'a str {
    node.all(name)
        .find(|child| child.attr("lang") == "eng")
        .map_or_else(|| node.text_of(name), Node::text)
}

fn programme(node: Node<'_>, sets: &mut BTreeMap<String, Set>) {
    let name = match english(node, "program-name") {
        "" => english(node, "program-key"),
        name => name,
    };
    for set in node.all("sanctions-set") {
        let held = sets.entry(set.attr("ssid").to_owned()).or_default();
        if held.set.is_empty() || set.attr("lang") == "eng" {
            held.set = one_line(set.text()).into_owned();
        }
        held.programme = one_line(name).into_owned();
        held.origin = node.text_of("origin").to_owned();
    }
}

fn place(node: Node<'_>) -> Place {
    // Spellings of a location in other scripts stand within it and are left out.
    let text = |name| node.text_of(name);
    let (country, code) = node
        .child("country")
        .map_or(("", ""), |country| (country.text(), iso_code(country)));
    let parts: Vec<&str> = [text("location"), text("area"), country]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    Place {
        line: parts.join(", "),
        country: if code.is_empty() { country } else { code }.to_owned(),
    }
}

/// `iso-code` or `code`, as the publisher has called it.
fn iso_code(node: Node<'_>) -> &str {
    match node.attr("iso-code") {
        "" => node.attr("code"),
        code => code,
    }
}

/// A fault of a target, at its place.
fn told(at: At, field: &str, what: String, effect: Effect, next: &str) -> Fault {
    Fault {
        at,
        record: None,
        field: Some(field.to_owned()),
        what,
        effect,
        next: next.to_owned(),
    }
}
