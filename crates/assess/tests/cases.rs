//! Every case in `tests/cases`, by one runner.
//!
//! A case says what is `given`, the day, what to `expect` and `why`, with the
//! citation. What it does not name is not looked at.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test panics when it fails, and says what it looked at"
)]

mod shared;

use std::collections::BTreeSet;
use std::path::PathBuf;

use scruple_model::{Answer, Band, Severity};
use serde::Deserialize;
use serde_json::json;
use shared::Given;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    why: String,
    as_of: String,
    given: Given,
    expect: Expect,
}

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
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"));
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: File =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in &file.case {
            assert!(
                ids.insert(case.id.clone()),
                "two cases are called {}",
                case.id
            );
            assert!(
                case.why.chars().any(|c| c.is_ascii_digit()),
                "{} cites nothing",
                case.id
            );
            wrong.extend(check(case, &packs));
        }
    }
    println!("{} cases", ids.len());
    assert!(ids.len() >= 40, "only {} cases", ids.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
