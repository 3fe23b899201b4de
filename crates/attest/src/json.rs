//! JSON that has one meaning, and one spelling to be signed.
//!
//! A signature is over RFC 8785 bytes, not over the bytes received. Two readers
//! that understand one text differently would accept one signature for two
//! statements. So the ledger's reader goes first: it refuses a member given twice,
//! a number that a double would change, half a surrogate pair.

use serde_json::Value;

/// Larger than this no credential or status list is.
pub const LARGEST: usize = 4 << 20;

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

fn fault(error: impl std::fmt::Display) -> JsonFault {
    JsonFault::Text(error.to_string())
}

/// Reads a text, refusing what could be read in two ways.
///
/// # Errors
/// [`JsonFault`] with the place.
pub fn read(bytes: &[u8]) -> Result<Value, JsonFault> {
    if bytes.len() > LARGEST {
        return Err(JsonFault::TooLarge(bytes.len()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(fault)?;
    let canonical = scruple_ledger::canonical(text).map_err(fault)?;
    serde_json::from_str(&canonical).map_err(fault)
}

/// The bytes that are signed: RFC 8785.
///
/// # Errors
/// A number that JSON cannot hold; none that [`read`] let through.
pub fn canonical(value: &Value) -> Result<Vec<u8>, JsonFault> {
    scruple_ledger::canonical_value(value)
        .map(String::into_bytes)
        .map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_two_meanings_is_refused() {
        for text in [
            r#"{"a":1,"a":2}"#,
            r#"{"x":{"a":1,"b":2,"\u0061":3}}"#,
            "9007199254740993",
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
