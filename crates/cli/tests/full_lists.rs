//! Everything at work on whole lists: those of the shared set, where it is there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::PathBuf;

use crate::common::{EXAMPLES, Place, example_path, root};
use clap::Parser as _;
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

/// The full official files by whose numbers listed parties join holdings.
const WITH_NUMBERS: [&[&str]; 4] = [
    &["ofac_sdn_2024-05-03.csv.zst"],
    &[
        "ofac_2021-07/sdn.csv.zst",
        "ofac_2021-07/alt.csv",
        "ofac_2021-07/add.csv",
        "ofac_2021-07/sdn_comments.csv",
    ],
    &["ofac_cons_2026-01-08.xml"],
    &["ofac_cons_advanced_2020-03-17.xml.zst"],
];

/// Every register that a country of a party may have.
fn countries(entity: &scruple_model::Entity) -> std::collections::BTreeSet<String> {
    let properties = ["jurisdiction", "mainCountry", "country"];
    let values = properties
        .iter()
        .flat_map(|property| entity.values(property));
    values.cloned().collect()
}

#[test]
fn no_listed_number_is_taken_for_that_of_a_register_which_its_record_does_not_point_to() {
    let Some(shared) = shared() else { return };
    for names in WITH_NUMBERS {
        let folder = shared.join("data/lists");
        if names.iter().any(|name| !folder.join(name).is_file()) {
            println!("skipped: {} is not there", names[0]);
            continue;
        }
        let inputs = names.iter().map(|name| {
            let bytes = std::fs::read(folder.join(name)).unwrap();
            let bytes = match name.strip_suffix(".zst") {
                Some(_) => zstd::decode_all(bytes.as_slice()).unwrap(),
                None => bytes,
            };
            let first = &bytes[..bytes.len().min(scruple_lists::LOOK)];
            let bare = name.rsplit('/').next().unwrap().trim_end_matches(".zst");
            let part = scruple_lists::recognise(first, bare).unwrap();
            scruple_lists::Input {
                part,
                bytes: Box::new(std::io::Cursor::new(bytes)),
            }
        });
        let readings =
            scruple_lists::read(inputs.collect(), None, scruple_lists::Limits::default()).unwrap();
        let entities = readings.iter().flat_map(|reading| &reading.entities);
        let (mut all, mut sure, mut open, mut neither, mut were) = (0, 0, 0, 0, 0);
        for entity in entities.filter(|one| !one.values("registrationNumber").is_empty()) {
            all += 1;
            let ids = scruple_ownership::read::ids::of_entity(entity);
            let is_number = |id: &&String| id.starts_with("reg:");
            let own = ids.sure.iter().filter(is_number).count();
            sure += usize::from(own > 0);
            open += usize::from(!ids.open.is_empty());
            neither += usize::from(own == 0 && ids.open.is_empty());
            // As many as the countries of the party were taken before.
            let number = entity.values("registrationNumber").len();
            were +=
                usize::from(countries(entity).len() > 1 && own < number * countries(entity).len());
            for (id, why) in &ids.open {
                assert!(
                    countries(entity).len() > 1 && why.contains("which register"),
                    "{id}"
                );
            }
        }
        assert!(all > 0 && sure > 0, "{}", names[0]);
        println!(
            "{}: {all} parties with a registration number: {sure} join by one, {open} are a \
             question, {neither} give no register; {were} were taken in more registers than now",
            names[0]
        );
    }
}
