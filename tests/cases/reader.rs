//! Cases for lawyers: one reader for every crate that keeps some.
//!
//! A case says what is `given`, the day, what to `expect` and `why`, with the citation.
//! What is given and expected is each crate's own; that a case has a name of its own and
//! cites something is the same everywhere, and so is the report on those that differ.
//! Used by `#[path]` from the tests of a crate, so that no crate depends on another for it.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<G, E> {
    case: Vec<Case<G, E>>,
}

/// A case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case<G, E> {
    /// Its name, in its crate.
    pub(crate) id: String,
    /// Why the expected follows, with the citation.
    pub(crate) why: String,
    /// The day whose facts and law are asked for.
    pub(crate) as_of: String,
    /// What is given.
    pub(crate) given: G,
    /// What follows; what it does not name is not looked at.
    pub(crate) expect: E,
}

/// Reads every file of a folder and hands each case to `check`, which says what differs.
/// Panics where anything does, a file cannot be read, or a case cites nothing.
pub(crate) fn all_hold<G: DeserializeOwned, E: DeserializeOwned>(
    folder: &str,
    check: impl Fn(&Case<G, E>) -> Vec<String>,
) {
    let mut paths: Vec<_> = std::fs::read_dir(Path::new(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: File<G, E> =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in &file.case {
            let id = &case.id;
            assert!(ids.insert(id.clone()), "two cases are called {id}");
            let cites = case.why.chars().any(|c| c.is_ascii_digit()) || case.why.contains("packs/");
            assert!(cites, "{id} cites nothing");
            wrong.extend(
                check(case)
                    .iter()
                    .map(|what| format!("{what} ({})", case.why)),
            );
        }
    }
    println!("{} cases", ids.len());
    assert!(
        wrong.is_empty(),
        "{} of {} cases\n{}",
        wrong.len(),
        ids.len(),
        wrong.join("\n")
    );
}
