//! More clean names: the parts of those in the tune half, put together anew.
//!
//! A threshold at one clean name in a hundred rests on a dozen names; a fit that
//! looks at no more than those learns the dozen. Parts are exchanged between names
//! of one label and one length, so that what comes out is as likely a name as what
//! went in. One name in three is written shorter by a word: people leave out a middle
//! name or a legal form, and a clean name that is cut short must not alert either. The
//! labels come with the cases and go no further.

use std::collections::BTreeMap;

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
    let mut state: u64 = 0x5eed;
    let mut below = move |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % bound.max(1)
    };
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
