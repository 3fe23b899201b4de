//! JSON Schemas of what this crate writes, made from the types that write it.

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

/// A published format: its name, and its schema.
pub type Format = (&'static str, Value);

fn of<T: JsonSchema>(name: &str) -> Value {
    let mut schema = schema_for!(T).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), Value::from(name));
    }
    schema
}

/// Every format, by name.
pub fn all() -> Vec<Format> {
    vec![
        ("brief-1", of::<crate::Brief>(crate::brief::SCHEMA)),
        (
            "decision-1",
            of::<crate::decision::Decision>(crate::decision::SCHEMA),
        ),
        ("since-1", of::<crate::since::Since>("scruple.since/1")),
        (
            "match-1",
            of::<super::screening::Screening>(super::screening::SCHEMA),
        ),
    ]
}
