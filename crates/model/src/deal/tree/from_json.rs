//! JSON to tree. Strict: no comments, no trailing commas, no bare words.

use std::collections::BTreeMap;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{DEEPEST, Entry, Node, Value};
use crate::deal::read::join;
use crate::deal::report::{Complaint, Report};
use crate::deal::value::show;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn parse(text: &str, report: &mut Report<'_>) -> Option<Node> {
    match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Err(error) => {
            let range = error.range();
            let what = format!(
                "this is not JSON: {}",
                lower_first(&error.kind().to_string())
            );
            let cut_off = text.trim_end().len() <= range.end;
            let next = if cut_off {
                "the text ends too early: get the whole file, or close what is open"
            } else {
                "JSON takes \"key\": value pairs, a comma between them and none after the last"
            };
            report.add(range.start..range.end, "", Complaint::new(what).next(next));
            None
        }
        Ok(parsed) => match parsed.value {
            Some(value) => Some(convert(value, "", 0, report)),
            None => {
                report.add(
                    0..0,
                    "",
                    Complaint::new("the file is empty")
                        .next("start from `scruple init`, which writes a deal to fill in"),
                );
                None
            }
        },
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

fn convert(value: ast::Value<'_>, path: &str, depth: usize, report: &mut Report<'_>) -> Node {
    let range = value.range();
    let at = range.start..range.end;
    if depth > DEEPEST {
        report.add(at.clone(), "", Complaint::too_deep());
        return Node {
            at,
            value: Value::Broken,
        };
    }
    let value = match value {
        ast::Value::StringLit(text) => Value::Text(text.value.into_owned()),
        ast::Value::NumberLit(number) => Value::Number(number.value.to_owned()),
        ast::Value::BooleanLit(yes) => Value::Bool(yes.value),
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::Array(list) => Value::List(
            list.elements
                .into_iter()
                .zip(1..)
                .map(|(value, number)| {
                    convert(value, &format!("{path}[{number}]"), depth + 1, report)
                })
                .collect(),
        ),
        ast::Value::Object(object) => {
            let mut first: BTreeMap<String, usize> = BTreeMap::new();
            let mut entries = Vec::with_capacity(object.properties.len());
            for property in object.properties {
                let range = property.name.range();
                let at = range.start..range.end;
                let key = property.name.into_string();
                let here = join(path, &key);
                let node = convert(property.value, &here, depth + 1, report);
                if let Some(before) = first.get(&key) {
                    let line = report.line(*before);
                    report.add(
                        at,
                        &here,
                        Complaint::new(format!(
                            "`{}` is written twice, first on line {line}",
                            show(&key)
                        ))
                        .next("keep one; further items and parties go in the list"),
                    );
                    continue;
                }
                first.insert(key.clone(), at.start);
                entries.push(Entry { key, at, node });
            }
            Value::Table(entries)
        }
    };
    Node { at, value }
}
