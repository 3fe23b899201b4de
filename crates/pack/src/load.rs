//! Text to rules, with every problem of a pack at once.

use std::ops::Range;

use scruple_model::hash::sha256;
use scruple_model::{Problem, RuleId, Span};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Entry;

/// A pack as loaded.
#[derive(Clone, Debug)]
pub struct Pack<T> {
    /// Its name: `lists`, `places`.
    pub name: String,
    /// SHA-256 of its text: part of the vintage.
    pub hash: String,
    /// Its rules, in the order written.
    pub entries: Vec<Entry<T>>,
}

impl<T> Pack<T> {
    /// The rule with this id.
    pub fn get(&self, id: &RuleId) -> Option<&Entry<T>> {
        self.entries.iter().find(|entry| entry.id == *id)
    }
}

/// What is wrong with a pack: one or more [`PackProblem`]s.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct PackError(pub Vec<PackProblem>);

/// One thing wrong in a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("pack {pack}, line {}, column {}: {}\n  next: {}", .problem.at.line, .problem.at.column, .problem.what, .problem.next)]
pub struct PackProblem {
    /// Which pack.
    pub pack: String,
    /// What and where.
    pub problem: Problem,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    entry: Vec<toml::Spanned<toml::Table>>,
}

/// Reads a pack of rules. Unknown keys are refused; so are a rule without a
/// period, periods that overlap, and two rules with one id.
pub fn load<T: DeserializeOwned>(name: &str, text: &str) -> Result<Pack<T>, PackError> {
    let file: File = parse(name, text)?;
    let mut problems = Vec::new();
    let mut entries: Vec<Entry<T>> = Vec::with_capacity(file.entry.len());
    for table in file.entry {
        let span = table.span();
        match toml::Value::Table(table.into_inner()).try_into::<Entry<T>>() {
            Err(error) => {
                let what = error.message().trim().to_owned();
                problems.push(problem(name, text, span, what, "mend this entry"));
            }
            Ok(entry) => {
                for what in faults(&entry, &entries) {
                    problems.push(problem(name, text, span.clone(), what, "mend this entry"));
                }
                entries.push(entry);
            }
        }
    }
    if problems.is_empty() {
        Ok(Pack {
            name: name.to_owned(),
            hash: sha256(text.as_bytes()),
            entries,
        })
    } else {
        Err(PackError(problems))
    }
}

/// Reads a pack that is a plain typed file without the rule envelope, such as a
/// list of names.
pub fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, PackError> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let what = error.message().trim().to_owned();
        PackError(vec![problem(name, text, span, what, "mend this line")])
    })
}

fn problem(pack: &str, text: &str, span: Range<usize>, what: String, next: &str) -> PackProblem {
    PackProblem {
        pack: pack.to_owned(),
        problem: Problem {
            at: Span::locate(text, span),
            field: String::new(),
            what,
            expected: None,
            nearest: None,
            next: next.to_owned(),
        },
    }
}

fn faults<T>(entry: &Entry<T>, before: &[Entry<T>]) -> Vec<String> {
    let mut faults = Vec::new();
    if before.iter().any(|other| other.id == entry.id) {
        faults.push(format!("two entries have the id {}", entry.id));
    }
    if entry.periods.is_empty() {
        faults.push(format!(
            "{} has no period: say from when it is what",
            entry.id
        ));
    }
    if entry.verified == crate::Verified::No(true) {
        faults.push(format!(
            "{}: verified is false, or {{ against = \"which text\", on = \"which day\" }}",
            entry.id
        ));
    }
    for pair in entry.periods.windows(2) {
        if pair[0].until.is_none_or(|until| until > pair[1].from) {
            faults.push(format!(
                "the period of {} from {} runs into the next from {}",
                entry.id, pair[0].from, pair[1].from
            ));
        }
    }
    for period in &entry.periods {
        if period.until.is_some_and(|until| until <= period.from) {
            faults.push(format!(
                "a period of {} ends before it begins: {}",
                entry.id, period.from
            ));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        #[expect(dead_code, reason = "only its presence is tested")]
        places: Vec<String>,
    }

    const GOOD: &str = r#"
[[entry]]
id = "us.test"
summary = "A rule."
citation = { instrument = "An act" }
periods = [{ from = "2020-01-01", status = "in-force", citation = "gazette" }]
checked = "2026-01-01"
verified = false
[entry.body]
places = ["cn-xj"]
"#;

    #[test]
    fn a_good_pack_loads() {
        let pack = load::<Body>("test", GOOD).unwrap();
        assert_eq!(pack.entries.len(), 1);
        assert!(!pack.entries[0].is_verified());
    }

    #[test]
    fn unknown_keys_are_refused_in_envelope_and_body() {
        for (from, to) in [
            ("checked", "untill = 1\nchecked"),
            ("places", "plaices = []\nplaces"),
        ] {
            let error = load::<Body>("test", &GOOD.replacen(from, to, 1)).unwrap_err();
            assert!(error.to_string().contains("unknown field"), "{error}");
        }
    }

    #[test]
    fn every_faulty_entry_is_reported_with_its_line() {
        let overlapping = GOOD.replace(
            "periods = [",
            "periods = [{ from = \"2019-01-01\", status = \"in-force\", citation = \"g\" }, ",
        );
        let error = load::<Body>("test", &format!("{overlapping}{GOOD}")).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("runs into the next"), "{text}");
        assert!(text.contains("two entries have the id"), "{text}");
        assert!(text.contains("line 12"), "{text}");
    }
}
