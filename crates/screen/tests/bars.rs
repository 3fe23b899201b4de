//! Every listed party is found under its own names.

use rayon::prelude::*;
use scruple_model::NameKind;
use scruple_names::{LegalForms, read};
use scruple_screen::{Index, Options, Query, build, search};

mod shared;

/// Own name on top, in 1/10,000.
const OWN_NAME_ON_TOP: usize = 9_990;

#[test]
fn every_primary_name_and_strong_alias_of_two_words_scores_its_own_party_top() {
    let Some(cases) = shared::cases() else {
        println!("skipped: no shared lists (set SCRUPLE_SHARED)");
        return;
    };
    let parties = shared::parties(&cases);
    let index = Index::open(build(parties.iter().cloned())).unwrap();
    assert_eq!(index.len(), parties.len());
    let options = Options {
        threshold: 0,
        limit: 40,
    };
    let strong = |kind| matches!(kind, NameKind::Primary | NameKind::Alias);
    let words = |name: &str| {
        let readings = read(name, LegalForms::built_in()).readings;
        readings.first().map_or(0, |reading| reading.parts.len())
    };
    let results: Vec<Option<String>> = parties
        .par_iter()
        .flat_map_iter(|party| {
            party
                .names()
                .filter(|(kind, name)| strong(*kind) && words(name) >= 2)
                .map(|(_, name)| {
                    let found = search(&index, &Query::of(name), &options);
                    let top = found.first().map_or(0, |m| m.score);
                    let own = found
                        .iter()
                        .find(|m| m.id == party.id)
                        .map_or(0, |m| m.score);
                    (own == 0 || own < top)
                        .then(|| format!("{} \"{name}\": own {own}, top {top}", party.id))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let misses: Vec<&String> = results.iter().flatten().collect();
    for miss in &misses {
        println!("{miss}");
    }
    println!("{} names, {} misses", results.len(), misses.len());
    assert!(results.len() > 1_000, "too few names to say anything");
    assert!(
        misses.len() * 10_000 <= results.len() * (10_000 - OWN_NAME_ON_TOP),
        "{} of {} names do not find their own party on top",
        misses.len(),
        results.len()
    );
}
