//! The table of organisations in Chinese script, from which matching across scripts
//! is measured, is well formed.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test lists its misses, and fails"
)]

use std::collections::BTreeSet;

use crate::shared;
use scruple_screen::{Index, Options, Query, build, search};
use serde::Deserialize;

const TABLE: &str = include_str!("han_organisations/organisations.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    format: String,
    organisation: Vec<Organisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    han: String,
    english: String,
    listed: Vec<String>,
}

#[test]
fn the_table_holds_each_organisation_once_with_both_names() {
    let table: Table = toml::from_str(TABLE).unwrap();
    assert_eq!(table.format, "han-organisations/1");
    assert!(table.organisation.len() >= 150);
    let listed = table.organisation.iter().filter(|o| !o.listed.is_empty());
    assert!(listed.count() * 2 >= table.organisation.len());
    let mut seen = BTreeSet::new();
    for organisation in &table.organisation {
        assert!(
            seen.insert(&organisation.han),
            "{} stands twice",
            organisation.han
        );
        assert!(!organisation.han.is_ascii());
        assert!(
            organisation
                .english
                .chars()
                .any(|c| c.is_ascii_alphabetic())
        );
    }
}

/// Of a hundred Chinese names, so many find their party among the best ten.
const AMONG_TEN: usize = 60;

#[test]
fn a_chinese_name_finds_the_party_that_bears_the_english_one() {
    let Some(cases) = shared::cases() else {
        println!("skipped: no shared lists (set SCRUPLE_SHARED)");
        return;
    };
    let table: Table = toml::from_str(TABLE).unwrap();
    let parties = shared::parties(&cases);
    let index = Index::open(build(parties.iter().cloned())).unwrap();
    let options = Options {
        threshold: 0,
        limit: 10,
    };
    let (mut asked, mut top, mut ten) = (0, 0, 0);
    for organisation in &table.organisation {
        // What stands under these names on the lists held now.
        let right: BTreeSet<&str> = parties
            .iter()
            .filter(|party| {
                party
                    .names()
                    .any(|(_, name)| organisation.listed.iter().any(|listed| listed == name))
            })
            .map(|party| party.id.as_str())
            .collect();
        if right.is_empty() {
            continue;
        }
        asked += 1;
        let found = search(&index, &Query::of(&organisation.han), &options);
        let rank = found.iter().position(|m| right.contains(m.id.as_str()));
        top += usize::from(rank == Some(0));
        ten += usize::from(rank.is_some());
        if rank.is_none() {
            let best = found.first().map_or("nobody", |m| m.id.as_str());
            println!("{} finds {best}", organisation.han);
        }
    }
    println!("{asked} asked, {top} on top, {ten} among ten");
    assert!(
        ten * 100 >= asked * AMONG_TEN,
        "{ten} of {asked} find their party"
    );
}
