//! JSON that has one meaning, and one spelling to be signed.
//!
//! A signature is over RFC 8785 bytes, not over the bytes received. Two readers
//! that understand one text differently would accept one signature for two
//! statements. So a text that leaves room for that is refused: a member given
//! twice, a whole number beyond what every reader holds exactly.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Larger than this no credential or status list is.
pub const LARGEST: usize = 4 << 20;

/// The largest whole number that every reader of JSON holds exactly (RFC 7493).
const EXACT: u64 = (1 << 53) - 1;

/// Why a text is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// More than [`LARGEST`] bytes.
    #[error("{0} bytes are more than any credential has")]
    TooLarge(usize),
    /// Not JSON, or JSON with two meanings.
    #[error("not JSON with one meaning: {0}")]
    Text(String),
}

/// Reads a text, refusing what could be read in two ways.
///
/// # Errors
/// [`JsonFault`] with line and column.
pub fn read(bytes: &[u8]) -> Result<Value, JsonFault> {
    if bytes.len() > LARGEST {
        return Err(JsonFault::TooLarge(bytes.len()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| JsonFault::Text(error.to_string()))?;
    Ok(value)
}

/// The bytes that are signed: RFC 8785.
///
/// # Errors
/// A number that JSON cannot hold; none that [`read`] let through.
pub fn canonical(value: &Value) -> Result<Vec<u8>, JsonFault> {
    serde_json_canonicalizer::to_vec(value).map_err(|error| JsonFault::Text(error.to_string()))
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        if value > EXACT {
            return Err(E::custom(format!(
                "{value} is larger than every reader holds exactly"
            )));
        }
        Ok(value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() > EXACT {
            return Err(E::custom(format!(
                "{value} is larger than every reader holds exactly"
            )));
        }
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number that is none"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(value) = seq.next_element_seed(Strict)? {
            all.push(value);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if all.contains_key(&key) {
                return Err(A::Error::custom(format!("the member {key:?} stands twice")));
            }
            let value = map.next_value_seed(Strict)?;
            all.insert(key, value);
        }
        Ok(Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_two_meanings_is_refused() {
        for text in [
            r#"{"a":1,"a":2}"#,
            r#"{"x":{"a":1,"b":2,"\u0061":3}}"#,
            "9007199254740992",
            "-9007199254740993",
            "1e999",
            r#""\ud800""#,
            "{} {}",
            "",
        ] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read(b"9007199254740991").is_ok());
        assert!(read(&vec![b' '; LARGEST + 1]).is_err());
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert!(read(deep.as_bytes()).is_err());
    }

    #[test]
    fn members_are_sorted_by_utf_16_as_the_rfc_says() {
        let value = read("{\"\u{fb33}\":1,\"\u{1f600}\":2,\"a\":1.0}".as_bytes()).unwrap();
        let text = String::from_utf8(canonical(&value).unwrap()).unwrap();
        assert_eq!(text, "{\"a\":1,\"\u{1f600}\":2,\"\u{fb33}\":1}");
    }
}
