//! Every case of the shared folder and every one of our own, by one runner.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test panics when it fails, and says what it looked at"
)]

use std::collections::BTreeMap;
use std::path::Path;

use crate::shared::{self, Case, CaseJoint, Edge, Node};
use scruple_model::{Answer, Force};
use scruple_ownership::{Flag, close, verify};
use serde::Deserialize;
use serde_json::json;

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

/// One of our own cases; how its lines are written stands in `cases/ofac.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    id: String,
    why: String,
    as_of: Option<String>,
    given: Vec<String>,
    expect: BTreeMap<String, String>,
    #[serde(default)]
    flags: BTreeMap<String, Vec<String>>,
    rounds: Option<Vec<Vec<String>>>,
    force: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Own>,
}

impl Own {
    fn case(&self, rule: &str, list: &str) -> Case {
        let mut case = Case {
            id: self.id.clone(),
            title: self.why.clone(),
            operator: String::new(),
            preset: rule.to_owned(),
            params: Default::default(),
            as_of: self.as_of.clone().unwrap_or_else(|| "2026-06-01".into()),
            nodes: Vec::new(),
            edges: Vec::new(),
            joint_arrangements: Vec::new(),
            expect: BTreeMap::new(),
            expect_reason: String::new(),
            expect_flags: BTreeMap::new(),
            expect_rounds: None,
            expect_look_through_ppm: BTreeMap::new(),
        };
        for line in &self.given {
            let words: Vec<&str> = line.split_whitespace().collect();
            let at = |word: &str| words.iter().position(|w| *w == word);
            let after = |word: &str| at(word).map(|no| words[no + 1].to_owned());
            if at("joint").is_some() {
                let about = at("about").unwrap();
                case.joint_arrangements.push(CaseJoint {
                    id: words[0].into(),
                    members: words[2..about].iter().map(|w| (*w).to_owned()).collect(),
                    entity: after("about"),
                    layer: None,
                    start: after("from"),
                    end: after("until"),
                });
                continue;
            }
            let node = self.node(&mut case, words[0], list);
            match words[1..] {
                ["listed"] => node.listed = true,
                ["listed", "perhaps"] => (node.listed, node.perhaps) = (true, true),
                ["listed", "elsewhere"] => {
                    node.listed = true;
                    node.list = Some("us-ofac-cmic".into());
                }
                ["person"] => node.kind = Some("person".into()),
                ["anonymous"] => node.kind = Some("anonymous".into()),
                ["complete"] => node.remainder = Some(json!("none")),
                ["checked"] => node.remainder = Some(json!("clear")),
                ["max", most] => node.remainder = Some(json!({ "max_each": ends(most).0 })),
                ["in", country] => node.country = Some(country.into()),
                _ => {
                    let owned = after("of").unwrap_or_else(|| panic!("{line}"));
                    let (lo, hi) = ends(words[1]);
                    let layer = words
                        .iter()
                        .find(|w| scruple_ownership::Layer::parse(w).is_some());
                    self.node(&mut case, &owned, list);
                    if let Some(principal) = after("for") {
                        self.node(&mut case, &principal, list);
                    }
                    case.edges.push(Edge {
                        owner: words[0].into(),
                        owned,
                        lo,
                        hi,
                        layer: layer.unwrap_or(&"shares").to_string(),
                        start: after("from"),
                        end: after("until"),
                        source: after("by").unwrap_or_else(|| "register".into()),
                        tranche: after("tranche"),
                        nominee_for: after("for"),
                        unit_ambiguous: false,
                        indirect: at("indirect").is_some(),
                        record: None,
                    });
                }
            }
        }
        case
    }

    fn node<'c>(&self, case: &'c mut Case, id: &str, list: &str) -> &'c mut Node {
        let at = case
            .nodes
            .iter()
            .position(|node| node.id == id)
            .unwrap_or_else(|| {
                case.nodes.push(Node {
                    id: id.into(),
                    kind: None,
                    listed: false,
                    perhaps: false,
                    list: Some(list.into()),
                    listed_from: None,
                    listed_to: None,
                    remainder: None,
                    country: None,
                });
                case.nodes.len() - 1
            });
        &mut case.nodes[at]
    }
}

/// "50%", "25-50%", "?%" in parts per million.
fn ends(text: &str) -> (i64, i64) {
    let one = |text: &str| {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        whole.parse::<i64>().unwrap() * 10_000 + format!("{rest:0<4}").parse::<i64>().unwrap()
    };
    match text.trim_end_matches('%').split_once('-') {
        Some((lo, hi)) => (one(lo), one(hi)),
        None if text == "?%" => (0, 1_000_000),
        None => (
            one(text.trim_end_matches('%')),
            one(text.trim_end_matches('%')),
        ),
    }
}

#[test]
fn every_case_of_our_own_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let (mut count, mut wrong) = (0, Vec::new());
    for (file, rule, list) in [
        ("ofac", "us.ofac.50", "us-ofac-sdn"),
        ("gb", "gb.ownership-control", "gb-uksl"),
        ("eu", "eu.ownership-control", "eu-fsf"),
        ("bis", "us.bis.affiliates", "us-bis-el"),
    ] {
        let text = std::fs::read_to_string(folder.join(format!("{file}.toml"))).unwrap();
        let cases: Cases = toml::from_str(&text).unwrap();
        for own in cases.case {
            count += 1;
            let case = own.case(rule, list);
            let (graph, entry, listed) = (case.graph(), case.rule(), case.listed());
            let closed = close(&graph, &entry, &listed, shared::day(&case.as_of));
            let mut say =
                |what: String| wrong.push(format!("{file}/{}: {what} ({})", own.id, own.why));
            for (id, expected) in &own.expect {
                let reach = closed.answer(graph.find(id).unwrap());
                let got = match reach.answer {
                    Answer::Yes => "yes",
                    Answer::CannotTell => "open",
                    Answer::No => "no",
                };
                if got != expected {
                    say(format!("{id} is {got}, not {expected}"));
                }
                if let Err(fault) = verify(&reach.proof, &graph, &entry.body, &listed) {
                    say(fault.to_string());
                }
                let has = serde_json::to_value(&reach.flags).unwrap();
                for flag in own.flags.get(id).into_iter().flatten() {
                    if !has.as_array().unwrap().iter().any(|known| known == flag) {
                        say(format!("{id} has no flag {flag}, only {has}"));
                    }
                }
            }
            if let Some(expected) = &own.force {
                let force = serde_json::to_value(closed.force()).unwrap();
                if force["is"] != **expected {
                    say(format!("the rule is {force}"));
                }
            }
            if let Some(expected) = &own.rounds {
                let rounds: Vec<Vec<&str>> = closed
                    .rounds()
                    .iter()
                    .map(|round| round.iter().map(|node| graph.id(*node)).collect())
                    .collect();
                if rounds != *expected {
                    say(format!("rounds {rounds:?}, not {expected:?}"));
                }
            }
        }
    }
    println!("{count} cases of our own");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
