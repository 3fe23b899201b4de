//! Every case in `tests/cases`, by one runner.
//!
//! A case says what is `given`, the day, what to `expect` and `why`, with the
//! citation. What it does not name is not looked at.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test panics when it fails, and says what it looked at"
)]

#[path = "../../../tests/cases/reader.rs"]
mod reader;
use std::collections::BTreeSet;

use crate::shared::{self, Given};
use scruple_model::{Answer, Band, Severity};
use serde::Deserialize;
use serde_json::json;

type Case = reader::Case<Given, Expect>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// The stop rule: yes, cannot-tell, no.
    stop: Option<Answer>,
    /// Whether a finding is stop-level.
    stops: Option<bool>,
    at_least: Option<Severity>,
    at_most: Option<Severity>,
    likelihood: Option<String>,
    connection: Option<String>,
    confidence: Option<Band>,
    residue: Option<Answer>,
    /// Rights that are named, at least these.
    #[serde(default)]
    rights: Vec<String>,
    /// Rules with a finding, at least these.
    #[serde(default)]
    rules: Vec<String>,
    /// Rules without one.
    #[serde(default)]
    no_rules: Vec<String>,
    /// Questions that are open, at least these.
    #[serde(default)]
    questions: Vec<String>,
    /// Questions that are not.
    #[serde(default)]
    no_questions: Vec<String>,
    /// A pattern with its number of features present.
    pattern: Option<(String, usize)>,
}

fn check(case: &Case, packs: &scruple_assess::Packs) -> Vec<String> {
    let day = case.as_of.parse().unwrap();
    let found = shared::assess(&case.given, packs, day);
    let mut wrong = Vec::new();
    let mut differ = |what: &str, got: serde_json::Value, expected: serde_json::Value| {
        if !expected.is_null() && got != expected {
            wrong.push(format!(
                "{}: {what} is {got}, not {expected} ({})",
                case.id, case.why
            ));
        }
    };
    let expect = &case.expect;
    differ("stop", json!(found.stop), json!(expect.stop));
    let stops = found.findings.iter().any(scruple_model::Finding::is_stop);
    differ("stop-level", json!(stops), json!(expect.stops));
    if let Some(worst) = found.impacts.first() {
        differ(
            "at_least",
            json!(worst.severity.at_least),
            json!(expect.at_least),
        );
        differ(
            "at_most",
            json!(worst.severity.at_most),
            json!(expect.at_most),
        );
        differ(
            "likelihood",
            json!(worst.likelihood),
            json!(expect.likelihood),
        );
        differ(
            "connection",
            json!(worst.connection),
            json!(expect.connection),
        );
        differ(
            "confidence",
            json!(worst.confidence.band),
            json!(expect.confidence),
        );
        differ(
            "residue",
            json!(worst.residue.acceptable),
            json!(expect.residue),
        );
    }
    let rights: BTreeSet<&str> = found
        .impacts
        .iter()
        .flat_map(|impact| &impact.rights)
        .map(|right| right.id.as_str())
        .collect();
    let rules: BTreeSet<&str> = found.findings.iter().map(|f| f.rule.as_str()).collect();
    let questions: BTreeSet<&str> = found.questions.iter().map(|q| q.id.as_str()).collect();
    for (what, named, there, wanted) in [
        ("right", &expect.rights, &rights, true),
        ("rule", &expect.rules, &rules, true),
        ("rule", &expect.no_rules, &rules, false),
        ("question", &expect.questions, &questions, true),
        ("question", &expect.no_questions, &questions, false),
    ] {
        for one in named {
            if there.contains(one.as_str()) != wanted {
                let not = if wanted { "no" } else { "a" };
                wrong.push(format!(
                    "{}: {not} {what} {one}, of {there:?} ({})",
                    case.id, case.why
                ));
            }
        }
    }
    if let Some((id, present)) = &expect.pattern {
        let got = found
            .patterns
            .iter()
            .find(|pattern| pattern.id == *id)
            .map_or(0, |pattern| pattern.present.len());
        if got != *present {
            wrong.push(format!(
                "{}: {got} features of {id}, not {present}",
                case.id
            ));
        }
    }
    wrong
}

#[test]
fn every_case_comes_out_as_its_citation_says() {
    let packs = shared::packs();
    reader::all_hold(
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"),
        |case| check(case, &packs),
    );
}
