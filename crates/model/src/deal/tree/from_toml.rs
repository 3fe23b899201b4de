//! TOML to tree.
//!
//! The parser goes on after an error. Some errors leave the rest readable (a
//! second key of one name, a day that does not exist): then the rest is read too
//! and all problems are told at once. After any other the parser's guess of what
//! follows would blame the wrong lines, so only the syntax errors are told.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{DEEPEST, Entry, Node, Value};
use crate::deal::report::{Complaint, Report};

pub(super) fn parse(text: &str, report: &mut Report<'_>) -> Option<Node> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut broken: Vec<Range<usize>> = Vec::new();
    let mut readable = true;
    for error in errors {
        let at = error.span().unwrap_or(text.len()..text.len());
        let written = text.get(at.clone()).unwrap_or("");
        let complaint = if error.message().starts_with("duplicate key") {
            Complaint::new(format!("`{}` is written twice", written.trim()))
                .next("keep one; a further item or party starts with its own [[…]] line")
        } else if starts_like_a_day(written) {
            Complaint::new(format!("{} is no day that exists", written.trim()))
                .expected("a day as YYYY-MM-DD")
                .next("write the day as it is in the calendar")
        } else {
            readable = false;
            Complaint::new(format!("this is not TOML: {}", error.message())).next(advice(text, &at))
        };
        report.add(at.clone(), "", complaint);
        broken.push(at);
    }
    let (at, table) = (root.span(), root.into_inner());
    readable.then(|| Node {
        at: at.start..at.start,
        value: convert_table(table, &broken, 0, report),
    })
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
fn advice(text: &str, at: &Range<usize>) -> &'static str {
    let mut start = at.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
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
    let spoilt = broken
        .iter()
        .any(|error| error.start < at.end && at.start < error.end);
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
