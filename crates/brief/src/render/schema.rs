//! JSON Schemas of what this crate writes, made from the types that write it.

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A published format: its name, and its schema.
pub type Format = (&'static str, Value);

/// The schema of a type that is written as JSON, under the name of its format.
pub fn of<T: JsonSchema>(name: &str) -> Value {
    let schema = schema_for!(T).to_value();
    let mut named = serde_json::Map::new();
    // Readers look for these first, so they stand first.
    named.insert("$schema".to_owned(), Value::from(DIALECT));
    named.insert("$id".to_owned(), Value::from(name));
    named.insert("title".to_owned(), Value::from(name));
    for (key, value) in schema.as_object().into_iter().flatten() {
        named.entry(key.clone()).or_insert_with(|| value.clone());
    }
    Value::Object(named)
}

/// Every format of this crate and those below it, by name.
pub fn all() -> Vec<Format> {
    vec![
        ("brief-1", of::<crate::Brief>(crate::brief::SCHEMA)),
        (
            "decision-1",
            of::<crate::decision::Decision>(crate::decision::SCHEMA),
        ),
        (
            "classify-1",
            of::<super::classify::Classification>(super::classify::SCHEMA),
        ),
        ("since-1", of::<crate::since::Since>("scruple.since/1")),
        (
            "ownership-1",
            of::<super::ownership::Shown>(super::ownership::SCHEMA),
        ),
        (
            "match-1",
            of::<super::screening::Screening>(super::screening::SCHEMA),
        ),
        (
            "review-1",
            of::<scruple_review::Decision>(scruple_review::SCHEMA),
        ),
        (
            "watch-1",
            of::<crate::watch::WatchReport>(crate::watch::SCHEMA),
        ),
        (
            "followup-1",
            of::<crate::conditions::FollowUp>(crate::conditions::SCHEMA),
        ),
        (
            "report-1",
            of::<crate::report::Report>(crate::report::SCHEMA),
        ),
        (
            "assessment-1",
            of::<scruple_assess::Assessment>(scruple_assess::assessment::SCHEMA),
        ),
        (
            "compare-1",
            of::<crate::compare::Comparison>(crate::compare::SCHEMA),
        ),
        (
            "attest-1",
            of::<scruple_attest::verify::Report>(scruple_attest::verify::SCHEMA),
        ),
        (
            "register-1",
            of::<scruple_register::Version>(scruple_register::version::SCHEMA),
        ),
        (
            "register-history-1",
            of::<scruple_register::site::History>(scruple_register::site::HISTORY),
        ),
    ]
}
