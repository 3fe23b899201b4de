//! More clean names: the parts of those in the tune half, put together anew.
//!
//! A threshold at one clean name in a hundred rests on a dozen names; a fit that
//! looks at no more than those learns the dozen. Parts are exchanged between names
//! of one label and one length, so that what comes out is as likely a name as what
//! went in. One name in three is written shorter by a word: people leave out a middle
//! name or a legal form, and a clean name that is cut short must not alert either. The
//! labels come with the cases and go no further.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Country, Entity, Schema};
use scruple_screen::Query;

use super::cases::Case;

/// Names made of the parts of clean ones of the tune half, `times` as many.
pub(super) fn names(queries: &[Case], times: usize) -> Vec<Query> {
    let mut groups: BTreeMap<(String, String, usize), Vec<&Query>> = BTreeMap::new();
    for case in queries.iter().filter(|case| case.tune && case.is_clean()) {
        let words = case.query.name.split_whitespace().count();
        let key = (case.kind.clone(), case.origin.clone(), words);
        groups.entry(key).or_default().push(&case.query);
    }
    let mut below = dice(0x5eed);
    let mut out = Vec::new();
    for group in groups.values().filter(|group| group.len() > 2) {
        for _ in 0..group.len() * times {
            let base = group[below(group.len())];
            let mut name: Vec<&str> = (0..base.name.split_whitespace().count())
                .filter_map(|at| group[below(group.len())].name.split_whitespace().nth(at))
                .collect();
            if name.len() > 2 && below(3) == 0 {
                name.remove(below(name.len()));
            }
            out.push(Query {
                name: name.join(" "),
                ..base.clone()
            });
        }
    }
    out
}

/// Numbers below a bound, the same in every run.
fn dice(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |bound| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % bound.max(1)
    }
}

/// The words of a name, and how many of them go before a comma.
fn parted(name: &str) -> (Vec<&str>, usize) {
    let words = |text| str::split_whitespace(text).collect::<Vec<_>>();
    match name.split_once(',') {
        Some((family, rest)) => {
            let (mut family, rest) = (words(family), words(rest));
            let before = family.len();
            family.extend(rest);
            (family, before)
        }
        None => (words(name), 0),
    }
}

/// Hard clean names: the parts of listed names of one country, put together anew. Each
/// part is one that somebody listed bears, as often as they do; the whole is nobody's.
/// What two strangers of one country share by chance is what these share with the list.
pub(super) fn of_listed(parties: &[Entity], many: usize) -> Vec<Query> {
    let mut groups: BTreeMap<(bool, Country, usize, usize), Vec<Vec<&str>>> = BTreeMap::new();
    let mut held: BTreeSet<Vec<String>> = BTreeSet::new();
    let key = |words: &[&str]| {
        let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        words.sort_unstable();
        words
    };
    for party in parties {
        let person = party.schema == Schema::Person;
        if !person && !matches!(party.schema, Schema::Company | Schema::Organization) {
            continue;
        }
        for (at, (_, name)) in party.names().enumerate() {
            let (words, before) = if person {
                parted(name)
            } else {
                (name.split_whitespace().collect(), 0)
            };
            held.insert(key(&words));
            let country = party.countries().first().copied();
            if let Some(country) = country.filter(|_| at == 0 && (2..=7).contains(&words.len())) {
                let group = groups.entry((person, country, words.len(), before));
                group.or_default().push(words);
            }
        }
    }
    let groups: Vec<_> = groups
        .into_iter()
        .filter(|(_, group)| group.len() >= 20)
        .collect();
    let mut below = dice(0xfa1e);
    let mut out = Vec::new();
    for wanted in [true, false] {
        let groups: Vec<_> = groups
            .iter()
            .filter(|((person, ..), _)| *person == wanted)
            .collect();
        let all: usize = groups.iter().map(|(_, group)| group.len()).sum();
        for ((_, country, count, before), group) in groups {
            for _ in 0..many * group.len() / all.max(1) {
                let mut words: Vec<&str> = (0..*count)
                    .map(|at| group[below(group.len())][at])
                    .collect();
                if *before > 0 && below(2) == 0 {
                    words.rotate_left(*before);
                }
                if words.len() > 2 && below(3) == 0 {
                    words.remove(below(words.len()));
                }
                if held.contains(&key(&words)) {
                    continue;
                }
                let schema = if wanted {
                    Schema::Person
                } else {
                    Schema::Company
                };
                out.push(Query {
                    schema: Some(schema),
                    countries: vec![*country],
                    ..Query::of(words.join(" "))
                });
            }
        }
    }
    out
}
