//! One written value to one typed value, or what is wrong with it.

use super::field::{Field, Shape};
use super::report::Complaint;
use super::{Stated, currency, nearest, words};
use crate::{Date, Place};
use std::collections::BTreeMap;

/// Longest line of text, in characters.
const LONGEST_LINE: usize = 1_000;
/// Longest text of several lines.
const LONGEST_PROSE: usize = 20_000;

/// A typed value of one field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Val {
    Text(String),
    Place(Place),
    Bool(bool),
    /// Parts per million.
    Share(u32),
    Day(Date),
    Word(&'static str),
    /// Nobody knows it yet.
    Unknown,
    /// Several of one shape.
    Many(Vec<Val>),
    /// What is stated under free names.
    Facts(BTreeMap<String, Stated>),
    Record(super::read::Record),
}

/// What people write who mean `unknown`.
const NO_ANSWER: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "n/a",
    "na",
    "?",
    "??",
    "-",
    "--",
    "none",
    "null",
    "not known",
    "unclear",
    "unbekannt",
    "inconnu",
    "неизвестно",
    "неизвестен",
    "未知",
    "不详",
    "غير معروف",
];

/// The shape of one element of a field that takes several.
pub(super) fn element(shape: Shape) -> Option<Shape> {
    match shape {
        Shape::Lines | Shape::Capabilities => Some(shape),
        Shape::Places => Some(Shape::Place),
        Shape::Words(set) => Some(Shape::Word(set)),
        _ => None,
    }
}

/// Reads text as one value of `field`.
pub(super) fn from_text(field: &Field, shape: Shape, text: &str) -> Result<Val, Complaint> {
    let trimmed = text.trim();
    let leave_out = if field.unknown {
        "write what you know, or \"unknown\", which turns into a question"
    } else if field.required {
        "write it; the file cannot be read without it"
    } else {
        "write it, or leave the line out"
    };
    if trimmed.is_empty() {
        return Err(Complaint::new("the text is empty")
            .expected(shape.expected())
            .next(leave_out));
    }
    if trimmed.eq_ignore_ascii_case("unknown") {
        if field.unknown {
            return Ok(Val::Unknown);
        }
        if field.required {
            return Err(Complaint::new("\"unknown\" cannot stand here")
                .expected(shape.expected())
                .next("leave the whole table out while nobody knows it; a missing end user or item turns into a question"));
        }
    }
    if field.unknown && NO_ANSWER.contains(&trimmed.to_lowercase().as_str()) {
        return Err(Complaint::new(format!("\"{trimmed}\" is no answer"))
            .expected(shape.expected())
            .nearest(Some("unknown"))
            .next("write \"unknown\": it turns into a question with somebody to ask"));
    }
    check_characters(shape, trimmed)?;
    match shape {
        Shape::Identifier("leiCode")
            if trimmed.len() != 20 || !trimmed.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            Err(Complaint::new(format!("\"{}\" is no LEI", show(trimmed)))
                .expected("20 letters and digits without spaces")
                .next("copy it from the register of legal entity identifiers"))
        }
        Shape::Line | Shape::Lines | Shape::Prose | Shape::Identifier(_) | Shape::PartyRef => {
            Ok(Val::Text(trimmed.to_owned()))
        }
        Shape::Version if trimmed == super::SCHEMA => Ok(Val::Text(trimmed.to_owned())),
        Shape::Version => Err(
            Complaint::new(format!("\"{}\" is another format", show(trimmed)))
                .expected(shape.expected())
                .next("leave the line out, or read the file with the program that wrote it"),
        ),
        Shape::Key => key(trimmed, shape),
        Shape::Place => place(trimmed, shape, field),
        Shape::Places => place(trimmed, Shape::Place, field),
        Shape::Currency => match currency::parse(trimmed) {
            Ok(code) => Ok(Val::Text(code)),
            Err(near) => Err(
                Complaint::new(format!("\"{}\" is no currency", show(trimmed)))
                    .expected(shape.expected())
                    .nearest(near)
                    .next("write the three letters of the currency in the contract"),
            ),
        },
        Shape::Word(set) | Shape::Words(set) => word(trimmed, set, shape),
        Shape::Capabilities => capability(trimmed, shape),
        Shape::Day => day(trimmed),
        Shape::Bool => Err(Complaint::new(format!("\"{}\" is text", show(trimmed)))
            .expected(shape.expected())
            .nearest(match trimmed.to_lowercase().as_str() {
                "yes" | "y" | "true" | "1" | "ja" | "oui" | "是" | "да" => Some("true"),
                "no" | "n" | "false" | "0" | "nein" | "non" | "否" | "нет" => Some("false"),
                _ => None,
            })
            .next("write true or false without quotes, or \"unknown\"")),
        Shape::Percent => Err(Complaint::new(format!("\"{}\" is text", show(trimmed)))
            .expected(shape.expected())
            .nearest(Some(trimmed.trim_end_matches(['%', ' '])).filter(|n| share(n).is_ok()))
            .next("write the number without quotes and without a percent sign")),
        Shape::Facts | Shape::Table(_) | Shape::List(_) => Err(wrong_kind(shape, "text")),
    }
}

/// Reads a number as written.
pub(super) fn from_number(shape: Shape, written: &str) -> Result<Val, Complaint> {
    match shape {
        Shape::Percent => share(written).map(Val::Share),
        Shape::Bool => Err(wrong_kind(shape, "a number")),
        _ => Err(wrong_kind(shape, "a number").nearest(Some(format!("\"{written}\"")))),
    }
}

/// A number in thousandths, as written; none where it has more decimals or is too large.
pub(super) fn thousandths(written: &str) -> Option<i64> {
    let plain = written.replace('_', "");
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, plain.trim_start_matches('+')),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 3 || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.checked_mul(1000)?.checked_add(part).map(|n| sign * n)
}

/// Reads a day as `YYYY-MM-DD`.
pub(super) fn day(text: &str) -> Result<Val, Complaint> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let complaint = |what: String| {
        Complaint::new(what)
            .expected(Shape::Day.expected())
            .next("write the day as it is in the calendar, year first")
    };
    if !shaped {
        let time = text.len() > 10 && text.is_char_boundary(10) && day(&text[..10]).is_ok();
        let near = time.then(|| text[..10].to_owned());
        return Err(complaint(format!("\"{}\" is no day", show(text))).nearest(near));
    }
    let day = text
        .parse::<Date>()
        .map_err(|_| complaint(format!("{text} is no day that exists")))?;
    if !crate::date::is_plausible(day) {
        let (first, last) = (crate::date::YEARS.start(), crate::date::YEARS.end());
        return Err(Complaint::new(format!("{text} is no day of a deal"))
            .expected(format!("a day from {first} to {last}, as YYYY-MM-DD"))
            .next("look at the year"));
    }
    Ok(Val::Day(day))
}

/// A value of the wrong kind.
pub(super) fn wrong_kind(shape: Shape, kind: &str) -> Complaint {
    let next = match shape {
        Shape::List(section) => {
            format!(
                "start each entry with its own {} line; in JSON, a list of objects",
                section.heading
            )
        }
        Shape::Table(section) => {
            format!(
                "put its fields under {}; in JSON, in an object",
                section.heading
            )
        }
        Shape::Bool => "write true or false without quotes, or \"unknown\"".into(),
        Shape::Percent => "write the number without quotes".into(),
        _ if kind == "a list" => "write one text in quotes, without brackets".into(),
        _ if kind == "a table" => "write the value itself, in quotes".into(),
        _ => "put it in quotes".into(),
    };
    Complaint::new(format!("this is {kind}"))
        .expected(shape.expected())
        .next(next)
}

/// A share of a hundred, in parts per million: exact, since a threshold hangs on it.
fn share(written: &str) -> Result<u32, Complaint> {
    let complaint = |what: String| {
        Complaint::new(what)
            .expected(Shape::Percent.expected())
            .next("write the share as a percentage: 25 for a quarter")
    };
    let unsigned = written.trim_start_matches('+');
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        let negative = written.starts_with('-');
        return Err(complaint(if negative {
            format!("{} is below 0", show(written))
        } else {
            format!("{} is no plain number", show(written))
        }));
    }
    let part = part.trim_end_matches('0');
    if part.len() > 4 {
        return Err(complaint(format!(
            "{} has more than four decimals",
            show(written)
        )));
    }
    let whole = whole.trim_start_matches('0');
    let whole: u32 = if whole.is_empty() {
        0
    } else {
        whole.parse().unwrap_or(u32::MAX)
    };
    // At most four digits, padded to four: always a number below 10,000.
    let part: u32 = format!("{part:0<4}").parse().unwrap_or(0);
    let ppm = whole
        .checked_mul(10_000)
        .and_then(|ppm| ppm.checked_add(part));
    ppm.filter(|ppm| *ppm <= 1_000_000)
        .ok_or_else(|| complaint(format!("{} is above 100", show(written))))
}

fn key(text: &str, shape: Shape) -> Result<Val, Complaint> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text.chars().all(fits) && text.chars().count() <= 64 {
        return Ok(Val::Text(text.to_owned()));
    }
    let near: String = text
        .split(|c| !fits(c))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
        .to_lowercase()
        .chars()
        .take(64)
        .collect();
    Err(Complaint::new(format!("\"{}\" is no id", show(text)))
        .expected(shape.expected())
        .nearest(Some(near).filter(|near| !near.is_empty()))
        .next("choose a short key; the name goes in `name`"))
}

fn place(text: &str, shape: Shape, field: &Field) -> Result<Val, Complaint> {
    if let Some(place) = Place::parse(text) {
        return Ok(Val::Place(place));
    }
    let near = Place::nearest(text);
    let next = match &near {
        Some(code) if text.eq_ignore_ascii_case("uk") => {
            format!("write \"{code}\": ISO 3166-1 has no code uk")
        }
        Some(code) => match Place::parse(code) {
            Some(place) => format!("write \"{code}\" if {} is meant", place.name()),
            None => String::new(),
        },
        None if field.unknown => {
            "write the country's ISO code or its English name, or \"unknown\"".into()
        }
        None => "write the country's ISO code or its English name".into(),
    };
    Err(Complaint::new(format!(
        "\"{}\" is no country or region that rules name",
        show(text)
    ))
    .expected(shape.expected())
    .nearest(near)
    .next(next))
}

fn word(text: &str, set: &'static [&'static str], shape: Shape) -> Result<Val, Complaint> {
    if let Some(word) = set.iter().find(|word| **word == text) {
        return Ok(Val::Word(word));
    }
    let near = words::same_word(text, set).or_else(|| nearest::of(text, set.iter().copied()));
    Err(
        Complaint::new(format!("\"{}\" is not known here", show(text)))
            .expected(shape.expected())
            .nearest(near)
            .next("take the word that fits best"),
    )
}

fn capability(text: &str, shape: Shape) -> Result<Val, Complaint> {
    let plain = |rest: &str| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    if text.strip_prefix("cap.").is_some_and(plain) && text.len() <= 64 {
        return Ok(Val::Text(text.to_owned()));
    }
    let slug = text
        .trim_start_matches("cap.")
        .to_lowercase()
        .replace(['_', ' '], "-");
    let near = (plain(&slug) && slug.len() <= 60).then(|| format!("cap.{slug}"));
    Err(
        Complaint::new(format!("\"{}\" is no capability's name", show(text)))
            .expected(shape.expected())
            .nearest(near)
            .next("name it as cap.…; words about it go in `description`"),
    )
}

/// Characters that would deceive a reader of the brief, or break its lines.
fn check_characters(shape: Shape, text: &str) -> Result<(), Complaint> {
    let prose = matches!(shape, Shape::Prose);
    let bad = text.chars().find(|c| {
        let line = prose && matches!(c, '\n' | '\r' | '\t');
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        (c.is_control() && !line) || turns
    });
    if let Some(bad) = bad {
        let what = format!(
            "the text holds the invisible character U+{:04X}",
            u32::from(bad)
        );
        return Err(Complaint::new(what).next("type the text anew, without copying it"));
    }
    let longest = if prose { LONGEST_PROSE } else { LONGEST_LINE };
    let length = text.chars().count();
    if length > longest {
        return Err(Complaint::new(format!(
            "the text has {length} characters, {longest} are read"
        ))
        .next("shorten it; a longer document belongs beside the deal"));
    }
    Ok(())
}

/// A written value, short enough for a message.
pub(super) fn show(text: &str) -> String {
    let mut short: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(60)
        .collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_exact_and_between_0_and_100() {
        for (text, ppm) in [
            ("0", 0),
            ("31", 310_000),
            ("24.9999", 249_999),
            ("100.0", 1_000_000),
            ("0.50000", 5_000),
        ] {
            assert_eq!(share(text), Ok(ppm), "{text}");
        }
        for text in [
            "-1",
            "100.0001",
            "101",
            "24.99999",
            "1e1",
            "nan",
            "inf",
            ".5",
            "99999999999",
        ] {
            assert!(share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        assert!(day("2026-02-28").is_ok());
        for text in [
            "2026-02-31",
            "2026-2-3",
            "31.02.2026",
            "2026-02-28T10:00:00",
            "",
            "2026-13-01",
        ] {
            assert!(day(text).is_err(), "{text}");
        }
    }
}
