//! What the program prints as JSON is what its own schemas say, field by field.
//!
//! The validator here knows the words that our schemas use, and stops at any other. That
//! validators of others agree is shown by `cargo xtask prove formats` and `interop`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;

use crate::common::{self, Place};
use serde_json::Value;

struct Schema {
    root: Value,
}

impl Schema {
    fn of(name: &str) -> Self {
        let path = common::root().join(format!("docs/schemas/{name}.schema.json"));
        Self {
            root: serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap(),
        }
    }

    /// What is wrong with a value, each with its place.
    fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.judge(&self.root, value, "$", &mut faults);
        faults
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.judge(schema, value, "$", &mut faults);
        faults.is_empty()
    }

    fn judge(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let Value::Object(words) = schema else {
            if schema == &Value::Bool(false) {
                faults.push(format!("{at}: nothing may stand here"));
            }
            return;
        };
        for (word, rule) in words {
            match word.as_str() {
                "$schema" | "$id" | "title" | "description" | "$defs" | "default" => {}
                // Of numbers: what `type` and `minimum` say is more.
                "format" => {}
                "$ref" => {
                    let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                    self.judge(&self.root["$defs"][name], value, at, faults);
                }
                "type" => {
                    let is = |name: &Value| match name.as_str().unwrap() {
                        "integer" => value.is_i64() || value.is_u64(),
                        "number" => value.is_number(),
                        "string" => value.is_string(),
                        "boolean" => value.is_boolean(),
                        "array" => value.is_array(),
                        "object" => value.is_object(),
                        "null" => value.is_null(),
                        other => panic!("no type {other}"),
                    };
                    let fits = rule
                        .as_array()
                        .map_or_else(|| is(rule), |all| all.iter().any(is));
                    if !fits {
                        faults.push(format!("{at}: {value} is no {rule}"));
                    }
                }
                "const" if rule != value => faults.push(format!("{at}: {value} is not {rule}")),
                "enum" if !rule.as_array().unwrap().contains(value) => {
                    faults.push(format!("{at}: {value} is none of {rule}"));
                }
                "const" | "enum" => {}
                "minimum" => {
                    if value
                        .as_f64()
                        .is_some_and(|number| number < rule.as_f64().unwrap())
                    {
                        faults.push(format!("{at}: {value} is less than {rule}"));
                    }
                }
                "anyOf" | "oneOf" => {
                    let count = rule
                        .as_array()
                        .unwrap()
                        .iter()
                        .filter(|one| self.fits(one, value))
                        .count();
                    if count == 0 || word == "oneOf" && count > 1 {
                        faults.push(format!("{at}: {count} of {word} fit {value}"));
                    }
                }
                "required" => {
                    for name in rule.as_array().unwrap() {
                        if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                            faults.push(format!("{at}: {name} is missing"));
                        }
                    }
                }
                "properties" => {
                    for (name, rule) in rule.as_object().unwrap() {
                        if let Some(inner) = value.get(name) {
                            self.judge(rule, inner, &format!("{at}.{name}"), faults);
                        }
                    }
                }
                "additionalProperties" => {
                    let known = words.get("properties").and_then(Value::as_object);
                    for (name, inner) in value.as_object().into_iter().flatten() {
                        if known.is_none_or(|known| !known.contains_key(name)) {
                            self.judge(rule, inner, &format!("{at}.{name}"), faults);
                        }
                    }
                }
                "items" => {
                    for (number, inner) in value.as_array().into_iter().flatten().enumerate() {
                        self.judge(rule, inner, &format!("{at}[{number}]"), faults);
                    }
                }
                other => panic!("{at}: the validator does not know {other}"),
            }
        }
    }
}

/// Fields that the schema knows and the outputs never held: what was not seen was not
/// judged.
fn unseen(schema: &Schema, values: &[Value]) -> Vec<String> {
    let seen = |name: &str| values.iter().any(|value| value.get(name).is_some());
    schema.root["properties"]
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| !seen(name))
        .cloned()
        .collect()
}

/// Every output fits, every field of the format was seen, and without any one of the
/// required fields the first does not fit.
#[track_caller]
fn hold(name: &str, outputs: &[Value]) {
    let schema = Schema::of(name);
    for output in outputs {
        assert_eq!(schema.faults(output), [""; 0], "{name}: {output}");
    }
    assert_eq!(unseen(&schema, outputs), [""; 0], "{name}");
    let required = schema.root["required"].as_array().unwrap();
    assert!(required.len() > 4, "{name}");
    for field in required {
        let mut without = outputs[0].clone();
        without
            .as_object_mut()
            .unwrap()
            .remove(field.as_str().unwrap());
        assert!(!schema.faults(&without).is_empty(), "{name}: {field}");
        without[field.as_str().unwrap()] = Value::Array(vec![Value::Null]);
        assert!(!schema.faults(&without).is_empty(), "{name}: {field}");
    }
}

#[test]
fn what_the_ledger_prints_is_what_its_schemas_say() {
    let place = Place::new();
    let run = |words: &[&str]| place.run_here([&["ledger"][..], words].concat());
    run(&["init", "log", "--origin", "log.example/a"]).code(0);
    place.write("a.jsonl", "{\"a\":1}\n{\"b\":2}\n");
    let mut receipts = run(&["append", "a.jsonl", "--json"]).code(0).lines();
    // A decision waits for its hour; its file sent meanwhile has the receipt of that.
    let brief = place.brief("firewall").display().to_string();
    let decide = [
        "decide",
        &brief,
        "--stop",
        "--by",
        "AB",
        "--reason",
        "no answer",
    ];
    place.run(decide).code(0);
    let decisions = place.file("brief.decisions.jsonl").display().to_string();
    receipts.extend(run(&["append", &decisions, "--json"]).code(0).lines());
    hold("receipt-1", &receipts);

    run(&["checkpoint"]).code(0);
    let disclosed = || -> Value {
        run(&["disclose", "1", "--out", "entry.json"]).code(0);
        let text = fs::read_to_string(place.file("entry.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let before = disclosed();

    let mut audits = vec![run(&["audit", "log", "--json"]).code(0).json()];
    run(&["rotate"]).code(0);
    hold("disclosure-1", &[before, disclosed()]);
    audits.push(run(&["audit", "log", "--json"]).code(0).json());
    place.write("other", fs::read(place.file("log/checkpoint")).unwrap());
    let bundle = place.file("log/tile/entries/000.p/2");
    let mut bytes = fs::read(&bundle).unwrap();
    bytes[40] ^= 1;
    fs::write(&bundle, &bytes).unwrap();
    audits.push(run(&["audit", "log", "--json"]).code(3).json());
    fs::remove_file(bundle).unwrap();
    audits.push(run(&["audit", "log", "--json"]).code(3).json());
    assert!(audits[2]["breaks"][0]["first"].is_u64() && !audits[1]["handovers"][0].is_null());
    hold("audit-1", &audits);
}

#[test]
fn a_schema_is_printed_as_it_is_kept() {
    let place = Place::new();
    for name in [
        "disclosure-1",
        "audit-1",
        "receipt-1",
        "attest-1",
        "register-1",
    ] {
        let printed = place.run(["schema", name]).code(0).json();
        assert_eq!(printed, Schema::of(name).root, "{name}");
    }
}
