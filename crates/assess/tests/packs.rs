//! The packs are whole, and a broken one is refused with what is wrong.

#![allow(clippy::unwrap_used, reason = "a test panics when it fails")]

use crate::shared;
use scruple_assess::{NAMES, Packs};

fn text(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs");
    std::fs::read_to_string(format!("{folder}/{name}.toml")).unwrap()
}

fn refused(pack: &str, from: &str, to: &str) -> String {
    let load = |name: &str| {
        let text = text(name);
        if name == pack {
            assert!(text.contains(from), "{pack} has no {from}");
            text.replacen(from, to, 1)
        } else {
            text
        }
    };
    Packs::load(&load).unwrap_err().to_string()
}

#[test]
fn a_pack_that_names_what_no_other_has_is_refused() {
    for (pack, from, to, said) in [
        ("rights", "scale = ", "weight = ", "unknown field"),
        (
            "impact",
            "\"liberty\"",
            "\"freedom\"",
            "unknown right freedom",
        ),
        (
            "impact",
            "[\"cn-xj\"]",
            "[\"cn-uk\"]",
            "unknown place cn-uk",
        ),
        (
            "impact",
            "duty.ungp.stop",
            "duty.ungp.halt",
            "no duty duty.ungp.stop",
        ),
        (
            "mitigations",
            "\"q.covert\"",
            "\"q.secret\"",
            "unknown question q.secret",
        ),
        (
            "patterns",
            "is = [\"everybody\"]",
            "is = [\"all\"]",
            "has no answer all",
        ),
        ("patterns", "least = 3", "least = 30", "least is from 1"),
        (
            "forced-labour",
            "{ value = \"yes\", text",
            "{ value = \"unknown\", text",
            "unknown is an answer to every question",
        ),
        (
            "forced-labour",
            "checked = \"2025-06-30\"",
            "",
            "missing field `checked`",
        ),
    ] {
        let error = refused(pack, from, to);
        assert!(error.contains(said), "{pack}: {error}");
        assert!(error.contains(&format!("pack {pack}")), "{error}");
    }
}

#[test]
fn every_right_has_an_instrument_and_holders() {
    let packs = shared::packs();
    assert!(packs.rights.entries.len() >= 33);
    for entry in &packs.rights.entries {
        let body = &entry.body;
        let stated = [&body.udhr, &body.iccpr, &body.icescr, &body.other];
        assert!(
            stated.iter().any(|articles| !articles.is_empty()),
            "{}",
            entry.id
        );
        assert!(!body.holders.is_empty(), "{}", entry.id);
    }
}

#[test]
fn every_measure_says_what_it_does_not_fix_and_some_measure_bears_on_most_questions() {
    let packs = shared::packs();
    for entry in &packs.mitigations.entries {
        assert!(entry.body.not_fixed.ends_with('.'), "{}", entry.id);
        assert!(!entry.body.evidence.is_empty() && !entry.body.who.is_empty());
    }
}

#[test]
fn every_ilo_indicator_is_asked_for() {
    let labour = text("forced-labour");
    for number in 1..=11 {
        assert!(
            labour.contains(&format!("\"indicator {number}\"")),
            "indicator {number}"
        );
    }
}

#[test]
fn nothing_is_called_verified_that_nobody_compared() {
    for name in NAMES {
        assert!(!text(name).contains("verified = true"), "{name}");
    }
}
