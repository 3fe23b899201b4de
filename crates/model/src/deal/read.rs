//! Text to deal.
//!
//! One visitor walks the tree beside the table of fields ([`super::field`]) and
//! goes on after each problem, so that a file is mended in one go. It decides
//! what is *structural*: a file it refuses cannot be understood. What is merely
//! incomplete is read, and becomes a finding with a question.

use std::collections::BTreeMap;
use std::ops::Range;

use super::field::{ALSO, DEAL, Field, ITEM, Section, Shape};
use super::report::{Complaint, Report};
use super::tree::{self, Entry, Node, Value};
use super::value::{self, Val};
use super::{Deal, Item, Stated, build, nearest, refused};
use crate::Problem;

/// The largest text that is read as a deal, in bytes.
pub const LARGEST: usize = 1 << 20;

/// Which notation a deal file is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML.
    Toml,
    /// JSON.
    Json,
}

/// What was read of one table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Record {
    /// Where the table stands.
    pub(super) at: Range<usize>,
    /// Field to value, with where it stands.
    pub(super) values: BTreeMap<&'static str, (Range<usize>, Val)>,
}

/// Reads a deal.
///
/// # Errors
///
/// Every problem of the text (the first 200, and how many more), in the order of
/// the text: broken notation, unknown and refused fields, values of a wrong kind,
/// missing titles, names, ids and roles, party ids used twice, and references to
/// parties that are not there. In `Problem::field`, `parties[2]` is the second.
pub fn read(text: &str, format: Format) -> Result<Deal, Vec<Problem>> {
    match read_in_part(text, format) {
        (Some(deal), problems) if problems.is_empty() => Ok(deal),
        (_, problems) => Err(problems),
    }
}

/// Reads what can be read of a deal, with every problem of the rest: so that whoever knows
/// more of its names than this crate does can add what is wrong with them, and all is told
/// at once. A deal with problems is for that only.
pub fn read_in_part(text: &str, format: Format) -> (Option<Deal>, Vec<Problem>) {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut report = Report::new(plain);
    let mut deal = None;
    if plain.len() > LARGEST {
        let what = format!("the text has {} bytes, {LARGEST} are read", plain.len());
        let next = "this is hardly a deal; put long lists of parties in `parties_file`";
        report.add(0..0, "", Complaint::new(what).next(next));
    } else if let Some(root) = tree::parse(plain, format, &mut report) {
        if let Value::Table(entries) = root.value {
            let record = record(&DEAL, root.at, entries, "", &mut report);
            deal = Some(build::deal(&record, plain, &mut report));
        } else {
            let what = format!("the file holds {}, not a deal", root.value.kind());
            let next = "put the fields in one object: { \"title\": … }";
            report.add(root.at, "", Complaint::new(what).next(next));
        }
    }
    if let Some(deal) = &mut deal {
        deal.hash = crate::hash::sha256(text.as_bytes());
    }
    let mut problems = report.finish();
    let mark = text.len() - plain.len();
    for problem in &mut problems {
        problem.at.bytes = problem.at.bytes.start + mark..problem.at.bytes.end + mark;
    }
    (deal, problems)
}

/// Reads one item: a file that holds the fields of `[[items]]` at its top.
///
/// # Errors
///
/// As [`read`].
pub fn read_item(text: &str, format: Format) -> Result<Item, Vec<Problem>> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut report = Report::new(plain);
    let mut item = None;
    if plain.len() > LARGEST {
        let what = format!("the text has {} bytes, {LARGEST} are read", plain.len());
        report.add(
            0..0,
            "",
            Complaint::new(what).next("shorten the description"),
        );
    } else if let Some(root) = tree::parse(plain, format, &mut report) {
        if let Value::Table(entries) = root.value {
            let record = record(&ITEM, root.at, entries, "", &mut report);
            item = Some(build::item(&record));
        } else {
            let what = format!("the file holds {}, not an item", root.value.kind());
            report.add(
                root.at,
                "",
                Complaint::new(what).next("put the fields in one object"),
            );
        }
    }
    match item {
        Some(item) if report.is_empty() => Ok(item),
        _ => Err(report.finish()),
    }
}

fn record(
    section: &'static Section,
    at: Range<usize>,
    entries: Vec<Entry>,
    path: &str,
    report: &mut Report<'_>,
) -> Record {
    let mut found = Record {
        at: at.clone(),
        values: BTreeMap::new(),
    };
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        let name = ALSO
            .iter()
            .find(|(also, _)| *also == entry.key)
            .map_or(entry.key.as_str(), |(_, name)| name);
        let here = join(path, &entry.key);
        let Some(field) = section.field(name) else {
            let complaint = unknown_key(section, &entry.key, report.is_full());
            report.add(entry.at, &here, complaint);
            continue;
        };
        if let Some(line) = seen.insert(field.name, report.line(entry.at.start)) {
            let what = format!(
                "`{}` says again what line {line} says",
                value::show(&entry.key)
            );
            report.add(
                entry.at,
                &here,
                Complaint::new(what).next("keep one of the two"),
            );
            continue;
        }
        let place = entry.node.at.clone();
        if let Some(val) = visit(field, field.shape, entry.node, &here, report) {
            found.values.insert(field.name, (place, val));
        }
    }
    for field in section.fields {
        if field.required && !seen.contains_key(field.name) {
            let complaint = Complaint::new(format!("`{}` is missing", field.name))
                .expected(field.shape.expected())
                .next(format!("add it: {}", field.help));
            report.add(at.clone(), &join(path, field.name), complaint);
        }
    }
    found
}

fn visit(
    field: &'static Field,
    shape: Shape,
    node: Node,
    path: &str,
    report: &mut Report<'_>,
) -> Option<Val> {
    let at = node.at;
    let read = match (shape, node.value) {
        (_, Value::Broken) => return None,
        (Shape::Table(section), Value::Table(entries)) => {
            return Some(Val::Record(record(section, at, entries, path, report)));
        }
        (Shape::List(section), Value::List(nodes)) => {
            let nodes = nodes.into_iter().zip(1..);
            return Some(Val::Many(
                nodes
                    .filter_map(|(node, number)| {
                        let path = format!("{path}[{number}]");
                        visit(field, Shape::Table(section), node, &path, report)
                    })
                    .collect(),
            ));
        }
        (Shape::Facts, Value::Table(entries)) => {
            return Some(Val::Facts(facts(entries, path, report)));
        }
        (_, Value::List(nodes)) if value::element(shape).is_some() => {
            let shape = value::element(shape)?;
            let nothing = nodes.is_empty();
            let nodes = nodes.into_iter().zip(1..);
            let many: Vec<Val> = nodes
                .filter_map(|(node, number)| {
                    let path = format!("{path}[{number}]");
                    visit(field, shape, node, &path, report)
                })
                .collect();
            if nothing && field.required {
                Err(Complaint::new("the list is empty")
                    .expected(field.shape.expected())
                    .next(format!("fill it: {}", field.help)))
            } else if many.len() > 1 && many.contains(&Val::Unknown) {
                Err(Complaint::new("\"unknown\" stands beside what is known")
                    .expected(field.shape.expected())
                    .next("write \"unknown\" alone, or only what is known"))
            } else {
                Ok(Val::Many(many))
            }
        }
        (_, Value::Text(text)) => value::from_text(field, shape, &text),
        (_, Value::Number(number)) => value::from_number(shape, &number),
        (Shape::Bool, Value::Bool(yes)) => Ok(Val::Bool(yes)),
        (Shape::Day, Value::Moment(written)) => value::day(&written),
        (_, Value::Null) => Err(Complaint::new("null says nothing")
            .expected(shape.expected())
            .next(if field.unknown {
                "leave the field out, or write \"unknown\""
            } else {
                "leave the field out"
            })),
        (_, other) => Err(value::wrong_kind(shape, other.kind())),
    };
    match read {
        Ok(val) => Some(val),
        Err(complaint) => {
            report.add(at, path, complaint);
            None
        }
    }
}

/// A table whose names are free. What the names mean is known to whoever evaluates
/// rules; here only what a person is has no place.
fn facts(entries: Vec<Entry>, path: &str, report: &mut Report<'_>) -> BTreeMap<String, Stated> {
    let mut found = BTreeMap::new();
    for entry in entries {
        let here = join(path, &entry.key);
        if let Some(refusal) = refused::check(&entry.key) {
            let complaint = Complaint::new(refusal.why()).next(refusal.next());
            report.add(entry.at, &here, complaint);
            continue;
        }
        let at = entry.node.at;
        let stated = match entry.node.value {
            Value::Broken => continue,
            Value::Bool(yes) => Some(Stated::Truth(yes)),
            Value::Number(written) => value::thousandths(&written).map(Stated::Number),
            Value::Text(text) if text.trim() == "unknown" => Some(Stated::Unknown),
            Value::Text(text) if !text.trim().is_empty() && text.len() <= 200 => {
                Some(Stated::Word(text.trim().to_owned()))
            }
            _ => None,
        };
        match stated {
            Some(stated) if found.contains_key(&entry.key) => {
                if found.get(&entry.key) != Some(&stated) {
                    let what = format!("`{}` is given twice and differs", value::show(&entry.key));
                    report.add(
                        at,
                        &here,
                        Complaint::new(what).next("keep the one that holds"),
                    );
                }
            }
            Some(stated) => {
                found.insert(entry.key, stated);
            }
            None => {
                let complaint = Complaint::new("this is no fact")
                    .expected(
                        "true, false, a number with at most three decimals, a word, or \"unknown\"",
                    )
                    .next("write what is known in that form; a long text goes in `description`");
                report.add(at, &here, complaint);
            }
        }
    }
    found
}

fn unknown_key(section: &Section, key: &str, in_short: bool) -> Complaint {
    if let Some(refusal) = refused::check(key) {
        return Complaint::new(refusal.why()).next(refusal.next());
    }
    let names = section.fields.iter().map(|field| field.name);
    let shown = value::show(key);
    if in_short {
        let what = format!("there is no field `{shown}` here");
        return Complaint::new(what).next("take the line out");
    }
    let near = nearest::of(key, names.clone());
    let elsewhere = super::field::SECTIONS
        .iter()
        .find(|other| other.heading != section.heading && other.field(key).is_some());
    let next = match (near, elsewhere) {
        (Some(near), _) => format!("write `{near}` if that is meant, else take the line out"),
        (None, Some(other)) => format!("move it to {}", other.heading),
        (None, None) => "take the line out; docs/deal-file.md lists every field".into(),
    };
    let place = if std::ptr::eq(section, &DEAL) {
        "at"
    } else {
        "in"
    };
    Complaint::new(format!(
        "there is no field `{shown}` {place} {}",
        section.heading
    ))
    .expected(format!("one of {}", names.collect::<Vec<_>>().join(", ")))
    .nearest(near)
    .next(next)
}

pub(super) fn join(path: &str, key: &str) -> String {
    let key = value::show(key);
    if path.is_empty() {
        key
    } else {
        format!("{path}.{key}")
    }
}
