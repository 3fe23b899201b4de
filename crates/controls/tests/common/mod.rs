//! The packs of the repository, read from their folder.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use scruple_controls::Controls;
use scruple_model::Place;

#[derive(serde::Deserialize)]
struct Groups {
    groups: BTreeMap<String, Vec<String>>,
}

pub(crate) fn text(name: &str) -> String {
    let path = format!("{}/../../packs/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn groups() -> BTreeMap<String, Vec<Place>> {
    let file: Groups = toml::from_str(&text("groups")).unwrap();
    file.groups
        .into_iter()
        .map(|(name, codes)| {
            (
                name,
                codes.iter().filter_map(|code| Place::parse(code)).collect(),
            )
        })
        .collect()
}

pub(crate) fn controls() -> Controls {
    Controls::load(&text, groups()).unwrap_or_else(|error| panic!("{error}"))
}
