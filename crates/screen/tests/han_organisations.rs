//! The table of organisations in Chinese script, from which matching across scripts
//! is measured, is well formed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

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
