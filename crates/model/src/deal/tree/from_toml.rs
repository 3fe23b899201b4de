//! TOML to tree.
//!
//! The parser goes on after an error. Some errors leave the rest readable (a
//! second key of one name, a day that does not exist, a word without quotation
//! marks): then the rest is read too and all problems are told at once. After any
//! other the parser's guess of what follows would blame the wrong lines, so only
//! the syntax errors are told.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{DEEPEST, Entry, Node, Value};
use crate::deal::refused;
use crate::deal::report::{Complaint, Report};
use crate::deal::value::show;

pub(super) fn parse(text: &str, report: &mut Report<'_>) -> Option<Node> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut broken: Vec<Range<usize>> = Vec::new();
    let mut readable = true;
    for error in errors {
        let at = error.span().unwrap_or(text.len()..text.len());
        if report.is_broken(at.start) {
            // A consequence of the first error on its line.
            broken.push(at);
            continue;
        }
        let (complaint, local) = complain(text, &at, error.message());
        readable &= local;
        let field = if report.is_full() {
            String::new()
        } else {
            field_at(text, at.start)
        };
        report.add_syntax(at.clone(), &field, complaint);
        broken.push(at);
    }
    broken.sort_by_key(|at| at.start);
    let (at, table) = (root.span(), root.into_inner());
    readable.then(|| Node {
        at: at.start..at.start,
        value: convert_table(table, &broken, 0, report),
    })
}

/// What to say of an error, and whether the lines after it can be trusted.
fn complain(text: &str, at: &Range<usize>, message: &str) -> (Complaint, bool) {
    let written = text.get(at.clone()).unwrap_or("").trim();
    let line = line_of(text, at.start);
    if message.starts_with("duplicate key") {
        let complaint = Complaint::new(format!("`{}` is written twice", show(written)))
            .next("keep one; a further item or party starts with its own [[…]] line");
        return (complaint, true);
    }
    if starts_like_a_day(written) {
        let complaint = Complaint::new(format!("{} is no day that exists", show(written)))
            .expected("a day as YYYY-MM-DD")
            .next("write the day as it is in the calendar");
        return (complaint, true);
    }
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    if message.starts_with("invalid unquoted key") && !key.is_empty() && !key.starts_with('[') {
        let complaint = match refused::check(key) {
            Some(refusal) => Complaint::new(refusal.why()).next(refusal.next()),
            None => Complaint::new(format!("`{}` is no name of a field", show(key)))
                .expected("letters a to z, digits, `-` and `_`")
                .next("take the name of a field from docs/deal-file.md"),
        };
        return (complaint, true);
    }
    let complaint = Complaint::new(format!("this is not TOML: {message}")).next(advice(line));
    // A word without quotation marks ends with its line.
    (
        complaint,
        message.starts_with("string values must be quoted"),
    )
}

/// The line that a byte is on.
fn line_of(text: &str, at: usize) -> &str {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    text[start..].lines().next().unwrap_or("")
}

/// The path of the field on the line of an error: `parties[2].country`. Taken
/// from the headings above, since the parser gives none.
fn field_at(text: &str, at: usize) -> String {
    let key = line_of(text, at).split_once('=').map_or("", |(key, _)| key);
    let mut heading = String::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut passed = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if let Some(name) = bare
            .strip_prefix("[[")
            .and_then(|rest| rest.split_once("]]"))
        {
            let number = numbers.entry(name.0.trim()).or_default();
            *number += 1;
            heading = format!("{}[{number}]", name.0.trim());
        } else if let Some(name) = bare.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            heading = name.0.trim().to_owned();
        }
        passed += line.len();
        if passed > at {
            break;
        }
    }
    let key = show(key.trim());
    match (heading.is_empty(), key.is_empty() || key.starts_with('[')) {
        (_, true) => show(&heading),
        (true, false) => key,
        (false, false) => format!("{}.{key}", show(&heading)),
    }
}

fn starts_like_a_day(text: &str) -> bool {
    let bytes = text.trim().as_bytes();
    bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// What most people forget on such a line.
fn advice(line: &str) -> &'static str {
    let value = line.split_once('=').map(|(_, value)| value.trim());
    if line.trim_start().starts_with('{') {
        "this looks like JSON: give the file a name that ends in .json"
    } else if line.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}']) {
        "replace the curly quotation marks by straight ones: \"…\""
    } else if value.is_some_and(|value| value.starts_with(char::is_alphabetic)) {
        "put the text in quotation marks: key = \"text\""
    } else if value.is_some_and(|value| value.matches('"').count() % 2 == 1) {
        "close the quotation mark"
    } else {
        "write key = value, or a heading such as [nexus] or [[parties]]"
    }
}

fn convert_table(
    table: DeTable<'_>,
    broken: &[Range<usize>],
    depth: usize,
    report: &mut Report<'_>,
) -> Value {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            at: key.span(),
            node: {
                let at = value.span();
                convert(value.into_inner(), at, broken, depth + 1, report)
            },
            key: key.into_inner().into_owned(),
        })
        .collect();
    entries.sort_by_key(|entry| entry.at.start);
    Value::Table(entries)
}

fn convert(
    value: DeValue<'_>,
    at: Range<usize>,
    broken: &[Range<usize>],
    depth: usize,
    report: &mut Report<'_>,
) -> Node {
    if depth > DEEPEST {
        report.add(at.clone(), "", Complaint::too_deep());
        return Node {
            at,
            value: Value::Broken,
        };
    }
    // `broken` is in order; errors do not overlap.
    let spoilt = broken
        .get(broken.partition_point(|error| error.end <= at.start))
        .is_some_and(|error| error.start < at.end);
    let value = match value {
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
            if spoilt =>
        {
            Value::Broken
        }
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) if number.radix() == 10 => {
            Value::Number(number.as_str().to_owned())
        }
        DeValue::Integer(number) => Value::Number(number.to_string()),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Value::Bool(yes),
        DeValue::Datetime(moment) => Value::Moment(moment.to_string()),
        DeValue::Array(list) => Value::List(
            list.into_iter()
                .map(|value| {
                    let at = value.span();
                    convert(value.into_inner(), at, broken, depth + 1, report)
                })
                .collect(),
        ),
        DeValue::Table(table) => convert_table(table, broken, depth, report),
    };
    Node { at, value }
}
