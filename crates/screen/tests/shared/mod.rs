//! The shared parties and queries, for tests and measurements that need a full list.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use scruple_model::{Country, Entity, RecordId, Schema};
use scruple_screen::Query;
use serde_json::Value;

/// The folder of screening cases, if it is there.
pub(crate) fn cases() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told where the shared lists are"
    )]
    let shared = std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let cases = shared.join("cases/screen");
    cases
        .join("parties.ftm.jsonl.zst")
        .is_file()
        .then_some(cases)
}

/// The listed parties.
pub(crate) fn parties(cases: &std::path::Path) -> Vec<Entity> {
    let file = std::fs::File::open(cases.join("parties.ftm.jsonl.zst")).unwrap();
    let text = zstd::decode_all(file).unwrap();
    String::from_utf8(text)
        .unwrap()
        .lines()
        .map(entity)
        .collect()
}

fn entity(line: &str) -> Entity {
    let value: Value = serde_json::from_str(line).unwrap();
    let text = |field: &str| value[field].as_str().unwrap().to_owned();
    let properties: BTreeMap<String, Vec<String>> =
        serde_json::from_value(value["properties"].clone()).unwrap();
    Entity {
        id: RecordId::new(format!("user-shared:{}", text("id"))),
        schema: Schema::parse(&text("schema")).unwrap_or(Schema::Thing),
        caption: text("caption"),
        properties,
        listings: Vec::new(),
    }
}

/// A query with what is known of its answer.
#[allow(dead_code, reason = "used by the measurements, not by every test")]
pub(crate) struct Case {
    pub(crate) kind: String,
    pub(crate) origin: String,
    pub(crate) query: Query,
    pub(crate) expected: Vec<RecordId>,
}

/// The labelled queries.
#[allow(dead_code, reason = "used by the measurements, not by every test")]
pub(crate) fn queries(cases: &std::path::Path) -> Vec<Case> {
    let text = std::fs::read_to_string(cases.join("queries.jsonl")).unwrap();
    text.lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).unwrap();
            let query = &value["query"];
            let accepted = value["accept"].as_array().into_iter().flatten();
            Case {
                kind: value["kind"].as_str().unwrap().to_owned(),
                origin: value["origin"].as_str().unwrap_or("").to_owned(),
                query: Query {
                    schema: query["schema"].as_str().and_then(Schema::parse),
                    countries: query["country"]
                        .as_str()
                        .and_then(Country::parse)
                        .into_iter()
                        .collect(),
                    ..Query::of(query["name"].as_str().unwrap())
                },
                expected: std::iter::once(&value["expected"])
                    .chain(accepted)
                    .filter_map(Value::as_str)
                    .map(|id| RecordId::new(format!("user-shared:{id}")))
                    .collect(),
            }
        })
        .collect()
}
