//! One flat JSON object a line.

use std::collections::BTreeMap;
use std::fmt;

use scruple_model::Problem;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::report::{Report, problem};
use crate::{LONGEST_LINE, MOST_COLUMNS, Row, Table};

/// From here on, a float no longer holds every whole number.
const EXACT: f64 = 1e15;

pub(crate) fn read(text: &str) -> Result<Table, Vec<Problem>> {
    let mut table = Table::default();
    let mut report = Report::default();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        if line.len() > LONGEST_LINE {
            let what = format!("the line has {} bytes, {LONGEST_LINE} are read", line.len());
            report.add(problem((number, 1), "", what, "write one object a line"));
            continue;
        }
        match serde_json::from_str::<Pairs>(line) {
            Ok(Pairs(pairs)) => {
                let mut cells = vec![String::new(); table.headers.len()];
                let mut seen = BTreeMap::new();
                for (key, value) in pairs {
                    let key = key.trim().to_owned();
                    if seen.insert(key.clone(), ()).is_some() {
                        let what = format!("\"{key}\" is written twice in this line");
                        report.add(problem((number, 1), key, what, "keep one"));
                        continue;
                    }
                    let cell = match flat(&value) {
                        Ok(cell) => cell,
                        Err(what) => {
                            let next = "write text, a number, true, false, null or a list of texts";
                            report.add(problem((number, 1), key, what, next));
                            continue;
                        }
                    };
                    let place = *places.entry(key.clone()).or_insert_with(|| {
                        table.headers.push(key);
                        table.headers.len() - 1
                    });
                    cells.resize(table.headers.len(), String::new());
                    cells[place] = cell;
                }
                table.rows.push(Row {
                    line: number,
                    cells,
                });
            }
            Err(error) => {
                let words = error.to_string();
                let words = words.split(" at line ").next().unwrap_or("");
                let what = format!("this line is no JSON object: {words}");
                let next = if line.trim_start().starts_with('[') || line.trim() == "{" {
                    "write one object a line, without a list around them"
                } else {
                    "write one whole object: {\"id\": \"1\", \"name\": \"…\"}"
                };
                report.add(problem((number, error.column().max(1)), "", what, next));
            }
        }
        if table.headers.len() > MOST_COLUMNS {
            let what = format!("more than {MOST_COLUMNS} different keys");
            report.add(problem(
                (number, 1),
                "",
                what,
                "use the same keys in each line",
            ));
            break;
        }
    }
    if table.headers.is_empty() && report.is_empty() {
        let next = "write one object a line: {\"name\": \"…\"}";
        report.add(problem(
            (1, 1),
            "",
            "the file holds no object with a key",
            next,
        ));
    }
    if !report.is_empty() {
        return Err(report.finish());
    }
    for row in &mut table.rows {
        row.cells.resize(table.headers.len(), String::new());
    }
    Ok(table)
}

fn flat(value: &Value) -> Result<String, String> {
    Ok(match value {
        Value::Null => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.abs() >= EXACT => {
                return Err(format!("{number} has more digits than a number keeps"));
            }
            _ => number.to_string(),
        },
        Value::Array(list) => {
            let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            match texts {
                Some(texts) => texts.join("; "),
                None => return Err("the list holds something else than texts".into()),
            }
        }
        Value::Object(_) => return Err("an object stands in an object".into()),
    })
}

/// The pairs of an object in their order, repeated keys included.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Read)
    }
}
