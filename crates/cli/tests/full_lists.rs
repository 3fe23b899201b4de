//! Everything at work on whole lists: those of the shared set, where it is there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod common;

use std::path::PathBuf;

use clap::Parser as _;
use common::{EXAMPLES, Place, example_path, root};
use serde_json::Value;

/// The import's own arguments, read as its command line reads them.
#[derive(clap::Parser)]
struct Import {
    #[command(flatten)]
    arguments: xtask::import_shared::Arguments,
}

/// Where the shared set lies, or `None` said aloud; in CI that fails.
#[expect(
    clippy::disallowed_methods,
    reason = "where the shared set lies is the machine's matter"
)]
fn shared() -> Option<PathBuf> {
    let folder =
        std::env::var_os("SCRUPLE_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if folder.join("data/lists/MANIFEST.md").is_file() {
        return Some(folder);
    }
    let skipped = format!(
        "skipped: {} is not there (set SCRUPLE_SHARED)",
        folder.display()
    );
    let must_run = std::env::var_os("SCRUPLE_NO_SKIP").is_some_and(|value| value == "1");
    assert!(!must_run, "{skipped}, and SCRUPLE_NO_SKIP=1 forbids that");
    println!("{skipped}");
    None
}

fn user(id: &Value) {
    let id = id.as_str().unwrap();
    assert!(id.starts_with("user-"), "{id}");
}

#[test]
fn every_list_of_the_shared_set_is_taken_and_answers() {
    let Some(shared) = shared() else { return };
    let place = Place::new();
    let out = place.file("lists");
    let import = Import::parse_from([
        "import".as_ref(),
        "--shared".as_ref(),
        shared.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
    ]);
    let counts = xtask::import_shared::run(&import.arguments).unwrap();
    assert!(counts.len() >= 5, "{counts:?}");

    let mut arguments = vec!["sync".to_owned(), "--json".to_owned()];
    for list in counts.keys() {
        arguments.push("--from".to_owned());
        arguments.push(out.join(format!("{list}.jsonl")).display().to_string());
    }
    let report = place.run(&arguments).code(0).json();
    assert_eq!(report["refused"], serde_json::json!([]));
    let lists = report["lists"].as_array().unwrap();
    assert_eq!(lists.len(), counts.len());
    for list in lists {
        let name = list["list"]
            .as_str()
            .unwrap()
            .strip_prefix("user-")
            .unwrap();
        assert_eq!(list["entities"], counts[name], "{name}");
        assert_eq!(list["unread"], 0, "{name}: {}", list["unread_first"]);
    }

    for (name, _) in EXAMPLES {
        let ran = place.run(["check", &example_path(name)]);
        assert!(
            matches!(ran.code, Some(3 | 4)),
            "{name}: {:?} {}",
            ran.code,
            ran.err
        );
        let ran = place.run(["check", "--json", &example_path(name)]);
        let brief = ran.json();
        assert_eq!(
            brief["vintage"]["lists"].as_object().unwrap().len(),
            counts.len()
        );
        for finding in brief["findings"].as_array().unwrap() {
            for evidence in finding["evidence"].as_array().unwrap() {
                if let Some(record) = evidence.get("record") {
                    user(record);
                }
            }
        }
    }
    let brief = place
        .run(["check", "--json", &example_path("cameras")])
        .code(3)
        .json();
    let maker = brief["findings"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|finding| finding["evidence"].as_array().unwrap())
        .any(|evidence| {
            evidence["source"] == "us-bis-el"
                && evidence["text"].as_str().unwrap().contains("Hikvision")
        });
    assert!(maker, "the maker of the cameras is on the full Entity List");

    let name = "Hangzhou Hikvision Digital Technology";
    let answer = &place.run(["screen", "--json", name]).code(3).lines()[0];
    for found in answer["matches"].as_array().unwrap() {
        user(&found["id"]);
    }
    let listing = answer["matches"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|found| found["caption"].as_str().unwrap().contains("Hikvision"))
        .flat_map(|found| found["listings"].as_array().unwrap())
        .find(|listing| listing["list"] == "us-bis-el")
        .unwrap_or_else(|| panic!("{answer:#}"));
    for field in ["licence_requirement", "licence_policy", "citation", "since"] {
        assert!(
            listing[field].as_str().is_some_and(|text| !text.is_empty()),
            "{field} of {listing}"
        );
    }
    place.run(["doctor"]).code(0);
}
