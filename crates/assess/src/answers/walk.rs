//! Walks the tables of an answers file, and gathers every problem with its place.

use std::ops::Range;

use scruple_model::date::is_plausible;
use scruple_model::deal::{nearest, refused};
use scruple_model::{Date, Problem, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The problems of one text.
pub(super) struct Report<'a> {
    pub(super) text: &'a str,
    pub(super) problems: Vec<Problem>,
    /// Lines whose notation is broken, each with its key: what else is said of them is a
    /// consequence.
    pub(super) broken: Vec<(usize, String)>,
}

impl Report<'_> {
    pub(super) fn add(
        &mut self,
        at: Range<usize>,
        field: &str,
        what: impl Into<String>,
        expected: Option<String>,
        nearest: Option<String>,
        next: impl Into<String>,
    ) {
        let line = self.line(at.start);
        if self
            .broken
            .iter()
            .any(|(no, key)| *no == line || (!key.is_empty() && key == field))
        {
            return;
        }
        self.problems.push(Problem {
            at: Span::locate(self.text, at),
            field: field.to_owned(),
            what: what.into(),
            expected,
            nearest,
            next: next.into(),
        });
    }

    /// Adds a problem of the notation: the first of its line.
    pub(super) fn add_syntax(
        &mut self,
        at: Range<usize>,
        what: impl Into<String>,
        next: impl Into<String>,
    ) {
        let no = self.line(at.start);
        self.add(at, "", what, None, None, next);
        let line = self.text.lines().nth(no - 1).unwrap_or_default();
        let key = line.split_once('=').map_or("", |(key, _)| key.trim());
        self.broken.push((no, key.to_owned()));
    }

    pub(super) fn line(&self, at: usize) -> usize {
        Span::locate(self.text, at..at).line
    }
}

/// One table, read key by key.
pub(super) struct Row<'r, 't> {
    pub(super) at: Range<usize>,
    pub(super) name: &'static str,
    table: &'r DeTable<'t>,
}

impl<'r, 't> Row<'r, 't> {
    /// Takes a table, and complains of every key that is not `known`.
    pub(super) fn new(
        name: &'static str,
        at: Range<usize>,
        table: &'r DeTable<'t>,
        known: &[&str],
        report: &mut Report<'_>,
    ) -> Self {
        for (key, _) in table {
            let word: &str = key.get_ref();
            if known.contains(&word) {
                continue;
            }
            if let Some(refusal) = refused::check(word) {
                report.add(key.span(), word, refusal.why(), None, None, refusal.next());
                continue;
            }
            report.add(
                key.span(),
                word,
                format!("{name} has no field `{word}`"),
                Some(known.join(", ")),
                nearest::of(word, known.iter().copied()).map(str::to_owned),
                "take it out, or write the field that was meant",
            );
        }
        Self { at, name, table }
    }

    fn value(&self, key: &str) -> Option<&'r Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    /// Text, with its place. Text of spaces only counts as none.
    pub(super) fn text(
        &self,
        key: &str,
        report: &mut Report<'_>,
    ) -> Option<(Range<usize>, String)> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => None,
            DeValue::String(text) => Some((value.span(), text.trim().to_owned())),
            _ => {
                report.add(
                    value.span(),
                    key,
                    format!("`{key}` of {} is no text", self.name),
                    Some("text in quotes".to_owned()),
                    None,
                    "put it in quotes",
                );
                None
            }
        }
    }

    /// Text that has to be there.
    pub(super) fn needs(&self, key: &str, report: &mut Report<'_>) -> (Range<usize>, String) {
        let wrong = report.problems.len();
        if let Some(found) = self.text(key, report) {
            return found;
        }
        if report.problems.len() == wrong {
            report.add(
                self.at.clone(),
                key,
                format!("{} has no `{key}`", self.name),
                None,
                None,
                format!("write {key} = \"…\""),
            );
        }
        (self.at.clone(), String::new())
    }

    /// A day, as a TOML date or as text.
    pub(super) fn day(&self, key: &str, report: &mut Report<'_>) -> Option<(Range<usize>, Date)> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => return None,
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(day) => day.to_string(),
            _ => String::new(),
        };
        match text.parse() {
            Ok(day) if is_plausible(day) => Some((value.span(), day)),
            _ => {
                report.add(
                    value.span(),
                    key,
                    format!("`{key}` of {} is no day that exists", self.name),
                    Some("a day as YYYY-MM-DD".to_owned()),
                    None,
                    "write the day as it is in the calendar",
                );
                None
            }
        }
    }
}

/// The tables under `[[name]]`; one `[name]` counts as a list of one.
pub(super) fn rows<'r, 't>(
    root: &'r DeTable<'t>,
    name: &'static str,
    known: &[&str],
    report: &mut Report<'_>,
) -> Vec<Row<'r, 't>> {
    let Some(value) = root.get(name) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    match value.get_ref() {
        DeValue::Array(all) => {
            for one in all.iter() {
                match one.get_ref() {
                    DeValue::Table(table) => {
                        found.push(Row::new(name, one.span(), table, known, report));
                    }
                    _ => not_a_table(one.span(), name, report),
                }
            }
        }
        DeValue::Table(table) => found.push(Row::new(name, value.span(), table, known, report)),
        _ => not_a_table(value.span(), name, report),
    }
    found
}

fn not_a_table(at: Range<usize>, name: &str, report: &mut Report<'_>) {
    report.add(
        at,
        name,
        format!("`{name}` is no table"),
        Some(format!("[[{name}]] with its fields below")),
        None,
        "write it as a table",
    );
}
