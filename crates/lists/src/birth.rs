//! Dates of birth as prose: `a) Approximately 1955-1958 b) 4 May 1961`.
//!
//! A list may print several dates, a range or "about". What may be so stays
//! possible: each date is a value, and a range is each of its years, so that no
//! year within it contradicts. "About 1963" names no year for certain: it is kept
//! as it stands and takes no part in comparing, with a fault, because as a year it
//! would contradict 1964 and lose somebody who is listed. A range of more than
//! [`WIDEST`] years says as little and is kept the same way.

use scruple_model::PartialDate;

use crate::fault::{At, Effect, Fault};
use crate::party::{Party, shortened};
use crate::split::lettered;

/// Years of a range that are written out.
const WIDEST: i16 = 20;

/// Words for "about" at the beginning of a date, in lower case.
const ABOUT: [&str; 7] = [
    "approximately",
    "approx",
    "circa",
    "c.",
    "ca.",
    "about",
    "around",
];

/// Adds every date in `text`; `read` knows the layout's way to write one.
pub(crate) fn put(
    party: &mut Party,
    property: &str,
    field: &str,
    text: &str,
    read: impl Fn(&str) -> Option<PartialDate>,
) {
    for piece in pieces(text) {
        let plain = plain(piece);
        if plain.is_empty() || plain.eq_ignore_ascii_case("na") {
            continue;
        }
        if let Some(date) = read(plain) {
            party.add(property, &date.to_string());
        } else if let Some((from, to)) = years(plain) {
            between(party, property, field, from, to);
        } else if is_about(plain) {
            about(party, property, field, plain);
        } else {
            // Kept as it stands, with a fault.
            party.date(property, field, plain, &read);
        }
    }
}

/// Adds each year of a range.
pub(crate) fn between(party: &mut Party, property: &str, field: &str, from: i16, to: i16) {
    if (0..=WIDEST).contains(&to.saturating_sub(from)) {
        for year in from..=to {
            party.add(property, &format!("{year:04}"));
        }
    } else {
        about(party, property, field, &format!("{from:04} to {to:04}"));
    }
}

/// Keeps a date that is stated as uncertain.
pub(crate) fn about(party: &mut Party, property: &str, field: &str, text: &str) {
    party.add(property, text);
    party.fault(Fault {
        at: At::default(),
        record: None,
        field: Some(field.to_owned()),
        what: format!("\"{}\" is stated as uncertain", shortened(text)),
        effect: Effect::FieldUnread,
        next: "compare it by hand; as it stands it neither supports nor contradicts a date"
            .to_owned(),
    });
}

fn pieces(text: &str) -> Vec<&str> {
    lettered(text)
        .into_iter()
        .flat_map(|piece| piece.split([';', '\n']))
        .flat_map(|piece| piece.split(">>"))
        .flat_map(|piece| piece.split(" or "))
        .flat_map(|piece| piece.split(" OR "))
        .collect()
}

/// Without what stands around a date: `alt DOB:`, brackets, commas.
fn plain(piece: &str) -> &str {
    let piece = piece.trim().trim_matches([',', '.', '(', ')']).trim();
    match piece.split_once(':') {
        Some((label, date)) if label.to_ascii_lowercase().contains("dob") => date.trim(),
        _ => piece,
    }
}

/// `1963-1968`, `Between 1963 and 1968`.
fn years(text: &str) -> Option<(i16, i16)> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("between ").unwrap_or(&lower);
    let (from, to) = [" and ", " to ", "-", "–"]
        .iter()
        .find_map(|between| rest.split_once(between))?;
    let year = |text: &str| {
        let text = text.trim();
        (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    Some((year(from)?, year(to)?))
}

fn is_about(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ABOUT.iter().any(|word| lower.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date;
    use scruple_model::{ListId, NameKind, Schema};

    fn read(text: &str) -> (Vec<String>, usize) {
        let mut party = Party::new(At { line: 1, column: 1 }, "1", Schema::Person);
        party.name(NameKind::Primary, "A");
        put(&mut party, "birthDate", "DOB", text, date::named);
        let (entity, faults, _) = party.finish(&ListId::from("x")).unwrap();
        (entity.values("birthDate").to_vec(), faults.len())
    }

    #[test]
    fn what_may_be_stays_possible() {
        for (text, dates, faults) in [
            ("a) 11 Apr. 1963 b) 1960", vec!["1963-04-11", "1960"], 0),
            ("Between 1963 to 1965", vec!["1963", "1964", "1965"], 0),
            ("1966-1967", vec!["1966", "1967"], 0),
            ("1966 to 1967", vec!["1966", "1967"], 0),
            ("1964 or 1967, ", vec!["1964", "1967"], 0),
            ("1952 or 4 May 1955", vec!["1952", "1955-05-04"], 0),
            ("1 May 1964; alt DOB: 1962", vec!["1964-05-01", "1962"], 0),
            (
                "14 Mar 1974 >> 1 Aug 1970",
                vec!["1974-03-14", "1970-08-01"],
                0,
            ),
            ("na", vec![], 0),
            ("circa 1967", vec!["circa 1967"], 1),
            (
                "Approximately 1955- 1958",
                vec!["Approximately 1955- 1958"],
                1,
            ),
            ("Between 1900 and 1980", vec!["1900 to 1980"], 1),
            (
                "born in the early 1970s",
                vec!["born in the early 1970s"],
                1,
            ),
            ("31 Feb 1961", vec!["31 Feb 1961"], 1),
        ] {
            let (found, told) = read(text);
            assert_eq!(
                (found, told),
                (dates.into_iter().map(str::to_owned).collect(), faults),
                "{text}"
            );
        }
    }
}
