//! One line of JSON to one raw record.
//!
//! Written by hand over a derived parse so that nothing is lost quietly: a
//! property that stands twice keeps the values of both, a lone value counts as a
//! list of one, and a number becomes its text.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// A record that could not be read: where, what, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}; next: {next}")]
pub struct LineError {
    /// Line, from 1.
    pub line: u64,
    /// Byte column in the line, from 1.
    pub column: u64,
    /// What is wrong, without a full stop.
    pub what: String,
    /// What to do next.
    pub next: &'static str,
}

impl LineError {
    pub(super) fn new(line: u64, what: impl Into<String>, next: &'static str) -> Self {
        Self {
            line,
            column: 1,
            what: what.into(),
            next,
        }
    }
}

/// A record as the line has it, before anything is made of it.
#[derive(Deserialize)]
pub(super) struct Raw {
    #[serde(default)]
    pub(super) id: Values,
    #[serde(default)]
    pub(super) schema: Values,
    #[serde(default)]
    pub(super) caption: Values,
    pub(super) datasets: Option<Values>,
    #[serde(default)]
    pub(super) properties: Properties,
}

/// The texts under one key, and the records nested there.
#[derive(Default)]
pub(super) struct Values {
    pub(super) texts: Vec<String>,
    pub(super) nested: Vec<Raw>,
}

/// Property name to values; a repeated name adds to the first.
#[derive(Default)]
pub(super) struct Properties(pub(super) BTreeMap<String, Values>);

impl Raw {
    /// Parses a line. `number` is the line's, from 1.
    pub(super) fn parse(number: u64, text: &str) -> Result<Self, LineError> {
        let mut parser = serde_json::Deserializer::from_str(text);
        Self::deserialize(&mut parser)
            .and_then(|raw| parser.end().map(|()| raw))
            .map_err(|error| {
                let column = error.column().max(1) as u64;
                // serde_json ends its message with a position within the one line it saw.
                let what = error.to_string();
                let what = what
                    .rsplit_once(" at line ")
                    .map_or(what.as_str(), |(w, _)| w);
                LineError {
                    line: number,
                    column,
                    what: if error.is_eof() {
                        format!("the JSON stops short ({what})")
                    } else if error.is_syntax() {
                        format!("this is not JSON ({what})")
                    } else {
                        format!("this is JSON, but no FollowTheMoney record ({what})")
                    },
                    next: if error.is_eof() {
                        "take the file again; it may have been cut off"
                    } else {
                        "correct the line, or ask whoever wrote the file"
                    },
                }
            })
    }
}

impl Values {
    /// The first text that is not blank.
    pub(super) fn first(&self) -> Option<&str> {
        self.texts
            .iter()
            .map(|text| text.trim())
            .find(|t| !t.is_empty())
    }

    fn push(&mut self, other: Self) {
        self.texts.extend(other.texts);
        self.nested.extend(other.nested);
    }

    fn text(text: impl Into<String>) -> Self {
        Self {
            texts: vec![text.into()],
            nested: Vec::new(),
        }
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ReadValues)
    }
}

struct ReadValues;

impl<'de> Visitor<'de> for ReadValues {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E>(self, text: &str) -> Result<Values, E> {
        Ok(Values::text(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Values, E> {
        Ok(Values::text(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Values, E> {
        Ok(Values::text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Values, E> {
        Ok(Values::text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Values, E> {
        Ok(Values::text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Values, E> {
        Ok(Values::text(value.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Values, E> {
        Ok(Values::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Values, A::Error> {
        let mut all = Values::default();
        while let Some(values) = seq.next_element::<Values>()? {
            all.push(values);
        }
        Ok(all)
    }

    /// The nested export puts whole records where others put their ids.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Values, A::Error> {
        let raw = Raw::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        if raw.schema.first().is_none() {
            return Err(A::Error::custom(
                "a nested value that is neither a text nor a record with a `schema`",
            ));
        }
        Ok(Values {
            texts: raw.id.first().map(str::to_owned).into_iter().collect(),
            nested: vec![raw],
        })
    }
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct ReadProperties;
        impl<'de> Visitor<'de> for ReadProperties {
            type Value = Properties;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of property names with their values")
            }

            fn visit_unit<E>(self) -> Result<Properties, E> {
                Ok(Properties::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
                let mut all = Properties::default();
                while let Some((name, values)) = map.next_entry::<String, Values>()? {
                    all.0.entry(name).or_default().push(values);
                }
                Ok(all)
            }
        }
        from.deserialize_any(ReadProperties)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_line_says_where_it_stops() {
        let text = r#"{"id":"1","schema":"Company","prop"#;
        let error = Raw::parse(7, text).err().unwrap();
        assert_eq!((error.line, error.column), (7, text.len() as u64));
        assert!(error.what.contains("stops short"), "{error}");
    }

    #[test]
    fn columns_count_bytes() {
        let error = Raw::parse(1, r#"{"id":"имя" x"#).err().unwrap();
        assert_eq!(error.column, 16);
        assert!(error.what.starts_with("this is not JSON"), "{error}");
    }

    #[test]
    fn values_in_other_shapes_are_kept() {
        let raw = Raw::parse(
            1,
            r#"{"id":36,"schema":"Company","properties":{"name":"A","name":["B",null],"number":[12345678901234567890,1.5,true]}}"#,
        )
        .unwrap();
        assert_eq!(raw.id.first(), Some("36"));
        assert_eq!(raw.properties.0["name"].texts, ["A", "B"]);
        assert_eq!(
            raw.properties.0["number"].texts,
            ["12345678901234567890", "1.5", "true"]
        );
    }

    #[test]
    fn a_list_of_records_or_a_bare_text_is_no_record() {
        for text in [r#"[]"#, r#""x""#, "3", "null", r#"{"properties":[1]}"#] {
            let error = Raw::parse(1, text).err().unwrap();
            assert!(
                error.what.contains("no FollowTheMoney record"),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn deep_nesting_ends_in_an_error() {
        let text = format!(
            r#"{{"id":"1","schema":"X","properties":{{"a":{}"#,
            "[".repeat(100_000)
        );
        assert!(Raw::parse(1, &text).is_err());
    }
}
