//! What holds whatever is answered.

#![allow(clippy::unwrap_used, reason = "a test panics when it fails")]

use crate::shared::{self, Given, GivenMeasure};
use proptest::prelude::*;
use scruple_assess::Packs;
use scruple_model::{Answer, Band, Date};

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

const CAPABILITIES: [&str; 6] = [
    "cap.face-recognition-vms",
    "cap.encryption-general",
    "cap.str-kit",
    "cap.content-filter",
    "cap.torture-tools",
    "cap.nobody-described-this",
];
const PLACES: [Option<&str>; 6] = [
    Some("cn-xj"),
    Some("cn"),
    Some("fr"),
    Some("kz"),
    Some("mm"),
    None,
];
const STATES: [&str; 3] = ["proposed", "agreed", "in-place"];
const WORDS: [&str; 3] = ["customer", "document", "independent"];

/// A deal with arbitrary answers, measures and consultation.
fn given(packs: &Packs, seed: &[u8], purchase: bool) -> Given {
    let mut bytes = seed.iter().copied().cycle();
    let mut pick = |of: usize| usize::from(bytes.next().unwrap()) % of;
    let mut given = Given {
        purchase,
        capabilities: if purchase {
            Vec::new()
        } else {
            vec![CAPABILITIES[pick(CAPABILITIES.len())].to_owned()]
        },
        place: PLACES[pick(PLACES.len())].map(str::to_owned),
        word: Some(WORDS[pick(WORDS.len())].to_owned()),
        consulted: pick(2) == 0,
        ..Given::default()
    };
    let side = if purchase {
        scruple_assess::Side::Purchase
    } else {
        scruple_assess::Side::Sale
    };
    for (entry, question) in packs.questions(side) {
        let choices = question.choices.len();
        let value = match pick(choices + 2) {
            at if at < choices => question.choices[at].value.clone(),
            at if at == choices => "unknowable".to_owned(),
            _ => continue,
        };
        given.answers.insert(entry.id.to_string(), value);
    }
    for entry in &packs.mitigations.entries {
        if pick(3) == 0 {
            given.measures.push(GivenMeasure {
                id: entry.id.to_string(),
                state: STATES[pick(STATES.len())].to_owned(),
                since: Some(["2026-10-01", "2024-01-01"][pick(2)].to_owned()),
                due: None,
                again: None,
                capability: None,
            });
        }
    }
    given
}

/// What is milder in `after` than in `before`, if anything.
fn milder(packs: &Packs, before: &Given, after: &Given) -> Option<String> {
    let before = shared::assess(before, packs, today());
    let after = shared::assess(after, packs, today());
    for (a, b) in before.impacts.iter().zip(&after.impacts) {
        // Severity orders the gravest first.
        if b.severity.at_most > a.severity.at_most {
            let (a, b) = (a.severity.at_most, b.severity.at_most);
            return Some(format!("severity fell from {a:?} to {b:?}"));
        }
    }
    (before.stop != Answer::No && after.stop == Answer::No)
        .then(|| format!("the stop rule went from {:?} to No", before.stop))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn an_answer_that_becomes_unknown_never_lowers_severity_nor_turns_the_stop_rule_off(
        seed in prop::collection::vec(any::<u8>(), 160),
        purchase in any::<bool>(),
        which in any::<prop::sample::Index>(),
        all in any::<bool>(),
    ) {
        let packs = shared::packs();
        let before = given(&packs, &seed, purchase);
        let mut after = before.clone();
        if all {
            after.answers.clear();
        } else if !before.answers.is_empty() {
            let key = which.get(&before.answers.keys().collect::<Vec<_>>()).to_string();
            after.answers.remove(&key);
        }
        prop_assert_eq!(milder(&packs, &before, &after), None);
    }

    #[test]
    fn a_place_that_becomes_unknown_never_lowers_severity_nor_turns_the_stop_rule_off(
        seed in prop::collection::vec(any::<u8>(), 160),
        purchase in any::<bool>(),
    ) {
        let packs = shared::packs();
        let before = given(&packs, &seed, purchase);
        let mut after = before.clone();
        after.place = None;
        prop_assert_eq!(milder(&packs, &before, &after), None);
    }

    #[test]
    fn a_measure_that_becomes_unknown_never_turns_the_stop_rule_off(
        seed in prop::collection::vec(any::<u8>(), 160),
        purchase in any::<bool>(),
        which in any::<prop::sample::Index>(),
    ) {
        let packs = shared::packs();
        let before = given(&packs, &seed, purchase);
        let mut after = before.clone();
        if !after.measures.is_empty() {
            after.measures.remove(which.index(after.measures.len()));
        }
        prop_assert_eq!(milder(&packs, &before, &after), None);
    }

    #[test]
    fn where_nobody_was_consulted_nothing_is_called_strong(
        seed in prop::collection::vec(any::<u8>(), 160),
        purchase in any::<bool>(),
        reason in any::<bool>(),
    ) {
        let packs = shared::packs();
        let mut given = given(&packs, &seed, purchase);
        given.consulted = false;
        given.not_consulted = reason.then(|| "no time".to_owned());
        let found = shared::assess(&given, &packs, today());
        for impact in &found.impacts {
            prop_assert!(impact.confidence.band >= Band::Moderate);
        }
        prop_assert!(found.consultation.lines.iter().all(|line| line.starts_with("not consulted")));
    }

    #[test]
    fn consulting_people_never_turns_the_stop_rule_off(
        seed in prop::collection::vec(any::<u8>(), 160),
        purchase in any::<bool>(),
    ) {
        let packs = shared::packs();
        let mut before = given(&packs, &seed, purchase);
        before.consulted = false;
        let mut after = before.clone();
        after.consulted = true;
        prop_assert_eq!(milder(&packs, &before, &after), None);
    }
}
