//! Cells of the CSV that hold several values.
//!
//! Values are separated by `; `. An address ends in a country's code, which tells a
//! semicolon inside an address from one after it. A number's parts stand in another
//! order in the older files: `US, 80-0890696, Tax ID No.` became
//! `Tax ID No., 80-0890696, US`.

use super::record::{Number, Place};
use crate::countries;

/// Values between semicolons.
pub(super) fn values(cell: &str) -> Vec<String> {
    cell.split(';')
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Addresses, each a line with the country's code last.
pub(super) fn places(cell: &str) -> Vec<Place> {
    let mut out = Vec::new();
    let mut line = String::new();
    for piece in cell.split(';') {
        if !line.is_empty() {
            line.push(';');
        }
        line.push_str(piece);
        if country_at_end(line.trim()).is_some() {
            out.push(place(line.trim()));
            line.clear();
        }
    }
    if !line.trim().is_empty() {
        out.push(place(line.trim()));
    }
    out
}

fn place(line: &str) -> Place {
    match country_at_end(line) {
        Some((address, country)) => Place {
            address: address.to_owned(),
            country: country.to_owned(),
            ..Place::default()
        },
        None => Place {
            address: line.to_owned(),
            ..Place::default()
        },
    }
}

fn country_at_end(line: &str) -> Option<(&str, &str)> {
    let (before, last) = match line.rsplit_once(", ") {
        Some((before, last)) => (before.trim(), last.trim()),
        None => ("", line),
    };
    is_code(last).then_some((before, last))
}

fn is_code(text: &str) -> bool {
    text.len() == 2
        && text.bytes().all(|b| b.is_ascii_uppercase())
        && countries::parse(text).is_some()
}

/// Numbers; `newer` files begin with the kind.
pub(super) fn numbers(cell: &str, newer: bool) -> Vec<Number> {
    cell.split(';')
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            if newer {
                kind_first(piece)
            } else {
                kind_last(piece)
            }
        })
        .collect()
}

fn kind_first(piece: &str) -> Number {
    let (kind, rest) = piece.split_once(',').unwrap_or((piece, ""));
    let (number, country) = match country_at_end(rest.trim()) {
        Some((number, country)) if !number.is_empty() => (number, country),
        _ => (rest.trim(), ""),
    };
    number_of(kind, number, country)
}

fn kind_last(piece: &str) -> Number {
    let (rest, kind) = piece.rsplit_once(',').unwrap_or(("", piece));
    let (country, number) = match rest.split_once(',') {
        Some((country, number)) if is_code(country.trim()) => (country, number),
        _ => ("", rest),
    };
    number_of(kind, number, country)
}

fn number_of(kind: &str, number: &str, country: &str) -> Number {
    Number {
        kind: kind.trim().to_owned(),
        number: number.trim().to_owned(),
        country: country.trim().to_owned(),
        ..Number::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_at_its_country() {
        let read = places("1 Road; Floor 2, Town, HK; CN; 3 Lane, PHOENIX, AZ, 85043");
        let shown: Vec<(&str, &str)> = read
            .iter()
            .map(|place| (place.address.as_str(), place.country.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("1 Road; Floor 2, Town", "HK"),
                ("", "CN"),
                ("3 Lane, PHOENIX, AZ, 85043", "")
            ]
        );
        assert!(places("").is_empty());
    }

    #[test]
    fn numbers_read_the_same_from_both_orders() {
        let newer = numbers("Tax ID No., 80-0890696, US; Gender, Male", true);
        let older = numbers("US, 80-0890696, Tax ID No.; Male, Gender", false);
        assert_eq!(newer, older);
        assert_eq!(newer[0], number_of("Tax ID No.", "80-0890696", "US"));
        let risk = numbers("Secondary sanctions risk:, Rules, sections 1 and 2", true);
        assert_eq!(risk[0].number, "Rules, sections 1 and 2");
    }
}
