//! The JSON Schema and the documented tables of the deal file, from its fields.

use serde_json::{Map, Value, json};

use super::field::{DEAL, Field, SECTIONS, Section, Shape};

/// The JSON Schema (draft 2020-12) of `scruple.deal/1`. It describes the JSON
/// form; the TOML form has the same names and may write days without quotes.
pub fn schema() -> Value {
    let mut schema = section(&DEAL);
    if let Some(object) = schema.as_object_mut() {
        let mut whole = Map::new();
        whole.insert(
            "$schema".into(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        whole.insert("$id".into(), json!(super::SCHEMA));
        whole.insert(
            "title".into(),
            json!("A technology deal, before it is signed"),
        );
        whole.append(object);
        return Value::Object(whole);
    }
    schema
}

fn section(section: &Section) -> Value {
    let mut properties = Map::new();
    for field in section.fields {
        properties.insert(field.name.into(), described(field));
        for (also, name) in super::field::ALSO {
            if *name == field.name {
                properties.insert((*also).into(), described(field));
            }
        }
    }
    let aliased = |field: &&Field| {
        super::field::ALSO
            .iter()
            .any(|(_, name)| *name == field.name)
    };
    let required: Vec<&str> = section
        .fields
        .iter()
        .filter(|field| field.required && !aliased(field))
        .map(|field| field.name)
        .collect();
    let mut schema = json!({
        "type": "object",
        "description": section.about,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    let either: Vec<Value> = section
        .fields
        .iter()
        .filter(|field| field.required)
        .filter(aliased)
        .map(|field| {
            let names = super::field::ALSO
                .iter()
                .filter(|(_, name)| *name == field.name)
                .map(|(also, _)| *also);
            let any: Vec<Value> = std::iter::once(field.name)
                .chain(names)
                .map(|name| json!({ "required": [name] }))
                .collect();
            json!({ "oneOf": any })
        })
        .collect();
    if !either.is_empty() {
        schema["allOf"] = json!(either);
    }
    schema
}

fn described(field: &Field) -> Value {
    let mut schema = shape(field.shape);
    if field.unknown {
        schema = json!({ "anyOf": [schema, { "const": "unknown" }] });
    }
    schema["description"] = json!(field.help);
    schema
}

fn shape(shape_: Shape) -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let many = |one: Value, least: u32| {
        let list = json!({ "type": "array", "items": one, "minItems": least });
        json!({ "anyOf": [one, list] })
    };
    match shape_ {
        Shape::Line | Shape::Prose | Shape::PartyRef | Shape::Place => text,
        Shape::Identifier("leiCode") => json!({ "type": "string", "pattern": "^[0-9A-Za-z]{20}$" }),
        Shape::Identifier(_) => text,
        Shape::Lines | Shape::Places => many(text, 0),
        Shape::Version => json!({ "const": super::SCHEMA }),
        // Every control, space and ASCII sign but `-`, `.` and `_` left out. Names of
        // classes such as \p{L} would say it better, and not every reader has them.
        Shape::Key => json!({
            "type": "string",
            "pattern": "^[^\\x00-,/:-@\\[-\\^`{-\\x7f]{1,64}$",
        }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Percent => json!({ "type": "number", "minimum": 0, "maximum": 100 }),
        Shape::Day => json!({ "type": "string", "format": "date" }),
        Shape::Currency => json!({ "type": "string", "pattern": "^[A-Za-z]{3}$" }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Words(words) => many(json!({ "enum": words }), 1),
        Shape::Facts => json!({
            "type": "object",
            "additionalProperties": { "type": ["boolean", "number", "string"] },
        }),
        Shape::Capabilities => many(
            json!({ "type": "string", "pattern": "^cap\\.[a-z0-9-]+$" }),
            0,
        ),
        Shape::Table(fields) => section(fields),
        Shape::List(fields) => json!({ "type": "array", "items": section(fields) }),
    }
}

/// The tables of `docs/deal-file.md` in Markdown: heading of the section, table.
/// A test compares them with the page.
pub fn tables() -> Vec<(&'static str, String)> {
    SECTIONS
        .into_iter()
        .map(|section| {
            let mut table = format!(
                "{}\n\n| field | holds | says |\n| --- | --- | --- |\n",
                section.about
            );
            for field in section.fields {
                let mut holds = holds(field.shape);
                if field.required {
                    holds.push_str("; **required**");
                }
                if field.unknown {
                    holds.push_str(", or `\"unknown\"`");
                }
                let row = format!("| `{}` | {holds} | {} |\n", field.name, field.help);
                table.push_str(&row);
            }
            (section.heading, table)
        })
        .collect()
}

fn holds(shape: Shape) -> String {
    let words = |words: &[&str]| {
        let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        quoted.join(", ")
    };
    match shape {
        Shape::Line | Shape::Prose | Shape::Identifier(_) => "text".into(),
        Shape::Lines => "text, or a list of texts".into(),
        Shape::Version => format!("`\"{}\"`", super::SCHEMA),
        Shape::Key => "letters, digits, `-`, `_`, `.`".into(),
        Shape::PartyRef => "the id of a party".into(),
        Shape::Place => "country or region".into(),
        Shape::Places => "countries or regions".into(),
        Shape::Bool => "`true` or `false`".into(),
        Shape::Percent => "number from 0 to 100".into(),
        Shape::Day => "day, `2026-03-31`".into(),
        Shape::Currency => "three letters, `EUR`".into(),
        Shape::Word(set) => format!("one of {}", words(set)),
        Shape::Words(set) => format!("one or several of {}", words(set)),
        Shape::Facts => "a table of facts: `{ content = false }`".into(),
        Shape::Capabilities => "`cap.…`, one or several".into(),
        Shape::Table(section) => format!("a table, see `{}`", section.heading),
        Shape::List(section) => format!("tables, see `{}`", section.heading),
    }
}
