//! Every case of the shared folder and every one of our own, by one runner.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod shared;

use std::path::Path;

use scruple_model::{Answer, Force};
use scruple_ownership::{Flag, close, verify};
use shared::Case;

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "covered",
        Answer::CannotTell => "cannot_rule_out",
        Answer::No => "not_covered",
    }
}

fn run(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let case: Case =
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let graph = case.graph();
    let rule = case.rule();
    let listed = case.listed();
    let as_of = shared::day(&case.as_of);
    let mut wrong = Vec::new();
    let closed = close(&graph, &rule, &listed, as_of);
    let binds = matches!(closed.force(), Force::InForce | Force::Guidance);
    for (id, expected) in &case.expect {
        let node = graph.find(id).unwrap();
        let reach = closed.answer(node);
        let mut got = word(reach.answer);
        if !binds {
            // A rule that does not bind covers nobody; the flag says why.
            assert!(reach.flags.contains(&Flag::RuleNotInForce));
            got = "not_covered";
        }
        let mut flags = serde_json::to_value(&reach.flags).unwrap();
        if case.operator == "MULTIPLY" {
            let product = closed.look_through(node);
            got = word(product.reaches(500_000));
            if let Some((floor, ceiling)) = case.expect_look_through_ppm.get(id) {
                let found = (u64::from(product.at_least()), u64::from(product.at_most()));
                if found != (*floor, *ceiling) {
                    wrong.push(format!("{}: {id} has the product {found:?}", case.id));
                }
            }
            let flags = flags.as_array_mut().unwrap();
            // A product is for a person to look at, always.
            flags.push(serde_json::to_value(Flag::Review).unwrap());
            if product.singular {
                flags.push(serde_json::to_value(Flag::Singular).unwrap());
            }
        }
        if let Err(fault) = verify(&reach.proof, &graph, &rule.body, &listed) {
            wrong.push(format!("{}: {id}: {fault}\n{:#?}", case.id, reach.proof));
        }
        if got != expected {
            wrong.push(format!(
                "{} ({}): {id} is {got}, not {expected}: {}",
                case.id, case.title, case.expect_reason
            ));
        }
        for flag in case.expect_flags.get(id).into_iter().flatten() {
            if !flags.as_array().unwrap().iter().any(|has| has == flag) {
                wrong.push(format!(
                    "{}: {id} has no flag {flag}, only {flags}",
                    case.id
                ));
            }
        }
    }
    if let Some(expected) = &case.expect_rounds {
        let rounds: Vec<Vec<&str>> = closed
            .rounds()
            .iter()
            .map(|round| round.iter().map(|node| graph.id(*node)).collect())
            .collect();
        if rounds != *expected {
            wrong.push(format!("{}: rounds {rounds:?}, not {expected:?}", case.id));
        }
    }
    wrong
}

fn run_all(folder: &Path) {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    let wrong: Vec<String> = files.iter().flat_map(|path| run(path)).collect();
    println!("{} cases", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_shared_case_passes() {
    let Some(folder) = shared::shared().map(|shared| shared.join("cases/ownership/open")) else {
        println!("skipped: no shared cases (set SCRUPLE_SHARED)");
        return;
    };
    if !folder.is_dir() {
        println!("skipped: no shared cases (set SCRUPLE_SHARED)");
        return;
    }
    run_all(&folder);
}
