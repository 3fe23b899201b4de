//! Export cases: facts of a deal in, classification, catch-all, licence and duty out.
//!
//! Reads whatever stands in `$SCRUPLE_SHARED/cases/export/cases.jsonl`, ignores keys it
//! does not know, and depends on no case by its id. A case's facts are written down as a
//! person would write the deal, and the deal goes through the same check as any other.
//! Expected answers are read only to compare.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod export;

use std::collections::BTreeMap;
use std::path::PathBuf;

use export::{answer, deal, meaning};
use serde_json::Value;

/// Signs that speak of what is known of a state or a body: no fact of a case shows them.
const OF_RECORD: &[&str] = &[
    "repression_record",
    "history_misuse",
    "judiciary_capture",
    "shutdown_history",
    "region_high_risk",
    "no_oversight",
];

#[derive(Default)]
struct Tally {
    met: usize,
    of: usize,
}

impl Tally {
    fn add(&mut self, met: bool) {
        self.of += 1;
        self.met += usize::from(met);
    }

    fn holds(&self, percent: usize) -> bool {
        self.met * 100 >= self.of * percent
    }
}

#[test]
fn export_cases_come_out_as_expected_and_none_is_unsafe() {
    #[expect(
        clippy::disallowed_methods,
        reason = "where the cases stand is the test's own"
    )]
    let shared = std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = shared.join("cases/export/cases.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        #[expect(
            clippy::disallowed_methods,
            reason = "whether skipping is allowed is the runner's"
        )]
        let strict = std::env::var_os("SCRUPLE_NO_SKIP").is_some();
        assert!(!strict, "{} is not there", path.display());
        println!(
            "skipped: {} is not there (set SCRUPLE_SHARED)",
            path.display()
        );
        return;
    };
    let world = export::world();
    let cases: Vec<Value> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut exact = 0;
    let mut harms: Vec<String> = Vec::new();
    let mut missed: Vec<String> = Vec::new();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for case in &cases {
        let id = case["id"].as_str().unwrap_or("?");
        let (deal, as_of) = deal(case, &world.packs);
        let brief = scruple_brief::check(&deal, &world, as_of);
        let ours = answer(case, &brief);
        let (wrong, unsafe_) = export::compare(case, &ours);
        exact += usize::from(wrong.is_empty());
        missed.extend(wrong.into_iter().map(|what| format!("{id}: {what}")));
        harms.extend(unsafe_.into_iter().map(|what| format!("{id}: {what}")));
        for (kind, wanted) in [("red flags", "red_flags"), ("rights", "rights")] {
            for one in export::texts(&case["expect"][wanted]) {
                let have = if kind == "rights" {
                    &ours.rights
                } else {
                    &ours.flags
                };
                let met = have.contains(&one);
                let kind = if kind == "red flags" && OF_RECORD.contains(&one.as_str()) {
                    "red flags of record, apart"
                } else {
                    kind
                };
                tallies.entry(kind).or_default().add(met);
                if !met {
                    missed.push(format!("{id}: {kind} {one}"));
                }
            }
        }
        for question in export::texts(&case["expect"]["questions_must_include"]) {
            let ids = meaning::ids(&question);
            let met = ours
                .questions
                .iter()
                .any(|asked| ids.contains(&asked.as_str()));
            tallies.entry("must-ask questions").or_default().add(met);
            if !met {
                missed.push(format!("{id}: question \"{question}\" (means {ids:?})"));
            }
        }
    }
    for line in &missed {
        println!("  {line}");
    }
    for line in &harms {
        println!("  UNSAFE {line}");
    }
    println!(
        "{} cases, {exact} exact, {} unsafe",
        cases.len(),
        harms.len()
    );
    for (kind, tally) in &tallies {
        println!("{kind}: {} of {}", tally.met, tally.of);
    }
    assert!(harms.is_empty(), "unsafe: {harms:?}");
    assert!(
        exact * 100 >= cases.len() * 90,
        "{exact} of {} exact",
        cases.len()
    );
    for (kind, tally) in &tallies {
        let told = kind.contains("apart") || tally.holds(95);
        assert!(told, "{kind}: {} of {}", tally.met, tally.of);
    }
}

/// The product's text alone: does the right entry come first, or among five?
#[test]
fn product_text_alone_points_to_the_right_entry() {
    #[expect(
        clippy::disallowed_methods,
        reason = "where the cases stand is the test's own"
    )]
    let shared = std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(shared.join("cases/export/cases.jsonl")) else {
        println!("skipped: no export cases (set SCRUPLE_SHARED)");
        return;
    };
    let packs = export::packs();
    let (mut first, mut five, mut quiet) = (Tally::default(), Tally::default(), Tally::default());
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let case: Value = serde_json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap_or("?");
        let outcome = export::text_alone(&case, &packs);
        let list = export::lists_of(&case);
        let codes: Vec<String> = outcome
            .considered
            .iter()
            .filter_map(|one| list.iter().find_map(|list| one.codes.get(*list)))
            .map(|code| export::plain(code))
            .collect();
        let wanted: Vec<String> = export::accepted(&case, "classification")
            .iter()
            .flat_map(export::texts)
            .filter(|code| code.starts_with(|c: char| c.is_ascii_digit()))
            .collect();
        if !wanted.is_empty() {
            let is = |code: &String| wanted.iter().any(|one| export::same_code(one, code));
            first.add(codes.first().is_some_and(is));
            five.add(codes.iter().take(5).any(is));
            if !codes.first().is_some_and(is) {
                println!("  {id}: wanted {wanted:?}, found {codes:?}");
            }
        }
        let benign = case["expect"]["duty"] == "none";
        if benign {
            let loud = outcome.considered.iter().any(|one| {
                one.state == scruple_controls::State::Listed
                    && list.iter().any(|list| one.codes.contains_key(*list))
            }) || outcome.catch_all == scruple_controls::CatchAll::Candidate;
            quiet.add(!loud);
            if loud {
                println!("  {id}: benign, and raised more than a question");
            }
        }
    }
    println!("right entry first: {} of {}", first.met, first.of);
    println!("right entry in five: {} of {}", five.met, five.of);
    println!(
        "benign items that raise no more than a question: {} of {}",
        quiet.met, quiet.of
    );
    assert!(first.holds(90) && five.holds(97) && quiet.holds(95));
}
