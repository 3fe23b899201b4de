//! Every listed party is found under its own names, and nobody of another name above it.
//!
//! The quick test takes a part of the names, spread over the lists; the full one
//! takes all of them: `cargo test --release -p scruple-screen --test tests bars -- --ignored --nocapture`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test lists its misses, and fails"
)]

use crate::shared;
use rayon::prelude::*;
use scruple_model::{Entity, NameKind};
use scruple_names::{LegalForms, read};
use scruple_screen::{Index, Options, Query, build, search};

/// Own name on top, in 1/10,000.
const OWN_NAME_ON_TOP: usize = 9_990;

/// Screens the names of every `step`-th party and checks the bar.
fn own_names_score_top(step: usize) {
    let Some(cases) = shared::cases() else {
        println!("skipped: no shared lists (set SCRUPLE_SHARED)");
        return;
    };
    let parties = shared::parties(&cases);
    let index = Index::open(build(parties.iter().cloned())).unwrap();
    assert_eq!(index.len(), parties.len());
    let some: Vec<&Entity> = parties.iter().step_by(step).collect();
    let results: Vec<Option<String>> = some
        .par_iter()
        .flat_map_iter(|party| {
            names(party)
                .map(|name| miss(&index, party, name))
                .collect::<Vec<_>>()
        })
        .collect();
    let misses: Vec<&String> = results.iter().flatten().collect();
    for miss in &misses {
        println!("{miss}");
    }
    println!("{} names, {} misses", results.len(), misses.len());
    assert!(results.len() > 500, "too few names to say anything");
    assert!(
        misses.len() * 10_000 <= results.len() * (10_000 - OWN_NAME_ON_TOP),
        "{} of {} names do not find their own party on top",
        misses.len(),
        results.len()
    );
}

/// Primary names and strong aliases of two words or more.
fn names(party: &Entity) -> impl Iterator<Item = &str> {
    let words = |name: &str| {
        let readings = read(name, LegalForms::built_in()).readings;
        readings.first().map_or(0, |reading| reading.parts.len())
    };
    party
        .names()
        .filter(move |(kind, name)| {
            matches!(kind, NameKind::Primary | NameKind::Alias) && words(name) >= 2
        })
        .map(|(_, name)| name)
}

/// What went wrong, if the party is not on top under this name (ties count as on top).
fn miss(index: &Index<Vec<u8>>, party: &Entity, name: &str) -> Option<String> {
    let found = search(
        index,
        &Query::of(name),
        &Options {
            threshold: 0,
            limit: 40,
        },
    );
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    // Another party of the same name may stand above: a firm and a person who share
    // one are measured on two scales.
    let others = found
        .iter()
        .filter(|m| plain(&m.explanation.listed_name) != plain(name));
    let top = others.map(|m| m.score).max().unwrap_or(0);
    let own = found
        .iter()
        .find(|m| m.id == party.id)
        .map_or(0, |m| m.score);
    (own == 0 || own < top).then(|| format!("{} \"{name}\": own {own}, top {top}", party.id))
}

#[test]
fn own_names_score_top_in_a_part_of_the_lists() {
    own_names_score_top(29);
}

#[test]
#[ignore = "every name of every list: a proof, run in release"]
fn own_names_score_top_in_all_lists() {
    own_names_score_top(1);
}
