//! Canonical JSON (RFC 8785): one text for one value, so that two people hash the same.
//!
//! A reader of our own, because three things must not happen in silence. A number must
//! not change: `serde_json` may read the last digit of a double differently, and an
//! integer past 2^53 is another number once it is a double. A name must not stand twice
//! in an object, where readers disagree which one counts. And an error must say where.
//!
//! Numbers are written as ECMAScript does. Rust's own shortest digits are the same
//! digits; only where the point and the exponent stand differs.

use std::fmt::Write as _;

/// Deeper than this nothing is nested.
const DEEPEST: usize = 100;

/// Why a text has no canonical form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {what}")]
pub struct JsonFault {
    /// Where, counted in bytes from 0.
    pub at: usize,
    /// What is wrong.
    pub what: String,
}

/// The canonical form of a JSON text.
///
/// # Errors
/// [`JsonFault`]: not JSON, a name twice in an object, a number that a double would
/// change, half a surrogate pair.
pub fn canonical(text: &str) -> Result<String, JsonFault> {
    read(text).map(|value| {
        let mut out = String::with_capacity(text.len());
        write(&value, &mut out);
        out
    })
}

/// The canonical form of a value. What `serde_json` prints reads back as the same value.
///
/// # Errors
/// [`JsonFault`]: a number that a double would change.
pub fn canonical_value(value: &serde_json::Value) -> Result<String, JsonFault> {
    canonical(&value.to_string())
}

/// Every name in the objects of a JSON text, with where it stands.
///
/// # Errors
/// As [`canonical`].
pub fn names(text: &str) -> Result<Vec<String>, JsonFault> {
    fn walk(value: &Json, found: &mut Vec<String>) {
        match value {
            Json::Object(members) => {
                for (name, value) in members {
                    found.push(name.clone());
                    walk(value, found);
                }
            }
            Json::Array(values) => values.iter().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&read(text)?, &mut found);
    Ok(found)
}

enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

fn read(text: &str) -> Result<Json, JsonFault> {
    let mut reader = Reader { text, at: 0 };
    reader.space();
    let value = reader.value(0)?;
    reader.space();
    if reader.at < text.len() {
        return reader.fault("something follows the value");
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn fault<T>(&self, what: impl Into<String>) -> Result<T, JsonFault> {
        Err(JsonFault {
            at: self.at,
            what: what.into(),
        })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Json, JsonFault> {
        if depth > DEEPEST {
            return self.fault(format!("nested more than {DEEPEST} deep"));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Json::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in [
                    ("null", Json::Null),
                    ("true", Json::Bool(true)),
                    ("false", Json::Bool(false)),
                ] {
                    if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                self.fault("no JSON value begins here")
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json, JsonFault> {
        self.at += 1;
        let mut values = Vec::new();
        self.space();
        if self.takes(b']') {
            return Ok(Json::Array(values));
        }
        loop {
            self.space();
            values.push(self.value(depth + 1)?);
            self.space();
            if self.takes(b']') {
                return Ok(Json::Array(values));
            }
            if !self.takes(b',') {
                return self.fault("expected a comma or ]");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, JsonFault> {
        self.at += 1;
        let mut members: Vec<(String, Json)> = Vec::new();
        self.space();
        if !self.takes(b'}') {
            loop {
                self.space();
                if self.peek() != Some(b'"') {
                    return self.fault("expected a name in quotes");
                }
                let name = self.string()?;
                self.space();
                if !self.takes(b':') {
                    return self.fault("expected a colon");
                }
                self.space();
                members.push((name, self.value(depth + 1)?));
                self.space();
                if self.takes(b'}') {
                    break;
                }
                if !self.takes(b',') {
                    return self.fault("expected a comma or }");
                }
            }
        }
        // By UTF-16 units, as RFC 8785 says.
        members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        if let Some(pair) = members.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return self.fault(format!(
                "the name {:?} stands twice in an object",
                pair[0].0
            ));
        }
        Ok(Json::Object(members))
    }

    fn string(&mut self) -> Result<String, JsonFault> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else {
                return self.fault("a text does not end");
            };
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(out);
                }
                '\\' => {
                    let c = self.escape()?;
                    out.push(c);
                }
                c if c < ' ' => return self.fault("a control character stands in a text"),
                c => {
                    out.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonFault> {
        self.at += 1;
        let Some(letter) = self.peek() else {
            return self.fault("a text does not end");
        };
        let plain = match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                let first = self.hex()?;
                let code = match first {
                    0xd800..=0xdbff => {
                        if !self.text[self.at..].starts_with("\\u") {
                            return self.fault("half a surrogate pair");
                        }
                        self.at += 2;
                        let second = self.hex()?;
                        if !(0xdc00..=0xdfff).contains(&second) {
                            return self.fault("half a surrogate pair");
                        }
                        0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                    }
                    code => code,
                };
                return match char::from_u32(code) {
                    Some(c) => Ok(c),
                    None => self.fault("half a surrogate pair"),
                };
            }
            _ => return self.fault("no such escape"),
        };
        self.at += 1;
        Ok(plain)
    }

    fn hex(&mut self) -> Result<u32, JsonFault> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4);
        let code = digits
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                self.at += 4;
                Ok(code)
            }
            None => self.fault("expected four hexadecimal digits"),
        }
    }

    fn digits(&mut self) -> bool {
        let begin = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > begin
    }

    fn number(&mut self) -> Result<Json, JsonFault> {
        let begin = self.at;
        self.takes(b'-');
        let zero = self.peek() == Some(b'0');
        let first = self.at;
        if !self.digits() || zero && self.at > first + 1 {
            return self.fault("no number is written like that");
        }
        let mut whole = true;
        if self.takes(b'.') {
            whole = false;
            if !self.digits() {
                return self.fault("expected digits after the point");
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            whole = false;
            self.at += 1;
            if !self.takes(b'+') {
                self.takes(b'-');
            }
            if !self.digits() {
                return self.fault("expected digits of an exponent");
            }
        }
        let written = &self.text[begin..self.at];
        let number: f64 = match written.parse() {
            Ok(number) if f64::is_finite(number) => number,
            _ => return self.fault("a number too large for a double"),
        };
        if whole && number.abs() >= 9_007_199_254_740_992.0 && ecmascript(number) != written {
            self.at = begin;
            return self.fault(format!(
                "{written} would become {}: write it as a text, in quotes",
                ecmascript(number)
            ));
        }
        Ok(Json::Number(number))
    }
}

fn write(value: &Json, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) => out.push_str(&ecmascript(*number)),
        Json::Text(text) => write_text(text, out),
        Json::Array(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(value, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (at, (name, value)) in members.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A number as `Number.prototype.toString` writes it.
fn ecmascript(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    // Most numbers are whole and small, and written as they are.
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return format!("{number}");
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let scientific = format!("{:e}", number.abs());
    let (mantissa, exponent) = scientific
        .split_once('e')
        .expect("the format e has an exponent");
    let exponent: i32 = exponent.parse().expect("an exponent is a small number");
    let mut digits = mantissa.replace('.', "");
    if let Some(even) = even(number.abs(), &digits) {
        digits = even;
    }
    let digits = digits;
    let count = i32::try_from(digits.len()).expect("a double has at most 17 digits");
    // The number is 0.DIGITS times ten to this.
    let point = exponent + 1;
    let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or_default());
    let at = |n: i32| digits.split_at(usize::try_from(n).unwrap_or_default());
    let body = if (count..=21).contains(&point) {
        format!("{digits}{}", zeros(point - count))
    } else if (1..=21).contains(&point) {
        let (whole, rest) = at(point);
        format!("{whole}.{rest}")
    } else if (-5..=0).contains(&point) {
        format!("0.{}{digits}", zeros(-point))
    } else {
        let (first, rest) = at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let plus = if exponent < 0 { '-' } else { '+' };
        format!("{first}{dot}{rest}e{plus}{}", exponent.abs())
    };
    format!("{sign}{body}")
}

/// Where a number lies in the middle between two shortest texts, ECMAScript takes the
/// even one and Rust the larger. The other digits, if these are to be changed.
fn even(number: f64, digits: &str) -> Option<String> {
    // What follows the shortest digits, exactly: a double has at most 767 of them.
    let exact = format!("{number:.800e}");
    let exact: String = exact
        .chars()
        .take_while(|c| *c != 'e')
        .filter(|c| *c != '.')
        .collect();
    let (low, rest) = exact.split_at_checked(digits.len())?;
    let is_middle = rest.starts_with('5') && rest[1..].bytes().all(|digit| digit == b'0');
    let odd = |text: &str| text.bytes().last().is_some_and(|digit| digit % 2 == 1);
    // The smaller of the two ends in an even digit, and Rust took the larger.
    (is_middle && odd(digits) && !odd(low)).then(|| low.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_35_order_and_spaces_make_no_difference() {
        let one = canonical(" { \"b\" : [ 1.0 , 2e0 ], \"a\":\"\\u20ac\" }\r\n").unwrap();
        assert_eq!(one, "{\"a\":\"€\",\"b\":[1,2]}");
        assert_eq!(canonical(&one).unwrap(), one);
    }

    #[test]
    fn a_number_that_a_double_would_change_is_refused() {
        let error = canonical("[1,9007199254740993]").unwrap_err();
        assert_eq!(error.at, 3);
        assert!(error.what.contains("9007199254740992"), "{error}");
        assert!(canonical("9007199254740991").is_ok());
        assert!(canonical("123456789012345680000").is_ok());
        assert!(canonical("1e400").is_err());
    }

    #[test]
    fn what_readers_would_disagree_about_is_refused() {
        for text in [
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"\\u0061\":2}",
            "\"\\ud800\"",
            "01",
            "[1,]",
            "{} {}",
            "",
            "nul",
            "\"a\nb\"",
            "+1",
            "1.",
            ".5",
            "\"\\x\"",
            "'a'",
            "\u{feff}1",
            "NaN",
            "\"\\ud800\\u0041\"",
        ] {
            assert!(canonical(text).is_err(), "{text:?}");
        }
        assert!(canonical(&"[".repeat(100_000)).is_err());
    }
}
