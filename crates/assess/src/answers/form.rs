//! The line that the HTML form gives, to an answers file.
//!
//! A page without scripts cannot save a file. What it can do is send itself its own
//! fields: the browser then shows `questionnaire.html?deal=…&q.courts=not&…` in its
//! address line, nothing leaves the machine, and whoever filled it in copies the
//! line into a message. This turns such a line, or its part after the `?`, into the
//! TOML that everything else reads. It decides nothing: what is wrong with an
//! answer is said where the TOML is read.

use std::fmt::Write as _;

use crate::answers::SCHEMA;

/// Whether a text is such a line rather than a file of answers.
pub fn is_line(text: &str) -> bool {
    let text = text.trim();
    let fields = text.rsplit_once('?').map_or(text, |(_, fields)| fields);
    !text.contains('\n') && fields.split('&').any(|field| field.starts_with("deal="))
}

/// The line as an answers file.
pub fn to_toml(line: &str) -> String {
    let line = line.trim();
    let fields = line.rsplit_once('?').map_or(line, |(_, fields)| fields);
    let fields = fields.split_once('#').map_or(fields, |(fields, _)| fields);
    let pairs: Vec<(String, String)> = fields
        .split('&')
        .filter_map(|field| field.split_once('='))
        .map(|(key, value)| (decode(key), decode(value)))
        .filter(|(_, value)| !value.trim().is_empty())
        .collect();
    let mut text = format!("schema = \"{SCHEMA}\"\n");
    for key in ["deal", "by", "on"] {
        for (_, value) in pairs.iter().filter(|(name, _)| name == key) {
            put(&mut text, key, value);
        }
    }
    for (key, value) in &pairs {
        let is_top = ["deal", "by", "on"].contains(&key.as_str());
        if is_top || key.ends_with(".why") || key.ends_with(".word") {
            continue;
        }
        text.push_str("\n[[answer]]\n");
        put(&mut text, "question", key);
        put(&mut text, "value", value);
        for part in ["word", "why"] {
            let named = format!("{key}.{part}");
            if let Some((_, said)) = pairs.iter().find(|(name, _)| *name == named) {
                put(&mut text, part, said);
            }
        }
    }
    text
}

fn put(text: &mut String, key: &str, value: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{key} = {}", toml::Value::String(value.to_owned()));
}

/// `%C3%A9` and `+` as a form writes them; what is not of that kind stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
        match (bytes[at], hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                // Two hexadecimal digits fit a byte.
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (b'+', ..) => {
                out.push(b' ');
                at += 1;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_line_of_a_filled_form_is_a_file_of_answers() {
        let line = "file:///home/a/q.html?deal=3f9c1a&by=Legal+department&on=2026-11-20&q.courts=not\
                    &q.courts.why=Art.%205%20%22code%22&q.undo=&q.timing=no#end";
        assert!(is_line(line));
        let text = to_toml(line);
        assert_eq!(
            text,
            "schema = \"scruple.answers/1\"\ndeal = \"3f9c1a\"\nby = \"Legal department\"\n\
             on = \"2026-11-20\"\n\n[[answer]]\nquestion = \"q.courts\"\nvalue = \"not\"\n\
             why = 'Art. 5 \"code\"'\n\n[[answer]]\nquestion = \"q.timing\"\nvalue = \"no\"\n"
        );
    }

    #[test]
    fn a_file_of_answers_is_no_line() {
        assert!(!is_line("schema = \"scruple.answers/1\"\ndeal = \"x\"\n"));
        assert!(!is_line(""));
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(decode("100%+%zz%4"), "100% %zz%4");
        assert_eq!(decode("%ff"), "\u{fffd}");
    }
}
