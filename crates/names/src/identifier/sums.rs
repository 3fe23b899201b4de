//! The check digits, one function for each rule.

use super::{Check, Kind};

/// Checks a text whose form fits its kind.
pub(super) fn check(kind: Kind, text: &[u8]) -> Check {
    let agrees = match kind {
        Kind::Bic | Kind::Mmsi => return Check::Unknown,
        Kind::Lei => mod_97(text),
        Kind::Uscc => mod_31(text),
        Kind::InGstin => luhn_36(text),
        Kind::Imo => weighted(text, &[7, 6, 5, 4, 3, 2]) % 10 == last(text),
        Kind::RuInn => weighted(text, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == last(text),
        Kind::RuOgrn => number(&text[..12]) % 11 % 10 == u64::from(last(text)),
        Kind::UaEdrpou => edrpou(text),
        Kind::KzBin => bin(text),
        Kind::ByUnp => weighted(text, &[29, 23, 19, 17, 13, 7, 5, 3]) % 11 == last(text),
        Kind::FrSiren | Kind::FrSiret | Kind::ItVat | Kind::IlCompany => luhn(text),
        Kind::DeVat => mod_11_10(text),
        Kind::PlNip => weighted(text, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(text),
        Kind::TrVkn => vkn(text),
        Kind::BrCnpj => {
            let first = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
            let second = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
            mod_11(weighted(text, &first), 2) == digit(text[12])
                && mod_11(weighted(text, &second), 2) == last(text)
        }
        Kind::JpCorporate => corporate(text),
        Kind::KrBrn => {
            let sum = weighted(text, &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + digit(text[8]) * 5 / 10;
            (10 - sum % 10) % 10 == last(text)
        }
        Kind::AuAbn => abn(text),
        Kind::AuAcn => (10 - weighted(text, &[8, 7, 6, 5, 4, 3, 2, 1]) % 10) % 10 == last(text),
        Kind::NoOrg => mod_11(weighted(text, &[3, 2, 7, 6, 5, 4, 3, 2]), 1) == last(text),
        Kind::ChUid => mod_11(weighted(text, &[5, 4, 3, 2, 7, 6, 5, 4]), 1) == last(text),
    };
    if agrees { Check::Valid } else { Check::Invalid }
}

/// A digit's worth; the forms are checked before, so another byte cannot come here.
fn digit(byte: u8) -> u32 {
    u32::from(byte.wrapping_sub(b'0') % 10)
}

fn last(text: &[u8]) -> u32 {
    text.last().map_or(0, |byte| digit(*byte))
}

fn number(text: &[u8]) -> u64 {
    text.iter()
        .fold(0, |sum, byte| sum * 10 + u64::from(digit(*byte)))
}

fn weighted(text: &[u8], weights: &[u32]) -> u32 {
    text.iter().zip(weights).map(|(b, w)| digit(*b) * w).sum()
}

/// Eleven less the rest; a rest below `least` gives 0. Ten is no digit and agrees with
/// none.
fn mod_11(sum: u32, least: u32) -> u32 {
    match sum % 11 {
        rest if rest < least => 0,
        rest => 11 - rest,
    }
}

/// `0` to `9`, then letters from ten on.
fn base_36(byte: u8) -> u32 {
    if byte.is_ascii_digit() {
        digit(byte)
    } else {
        u32::from(byte.wrapping_sub(b'A')) + 10
    }
}

fn mod_97(text: &[u8]) -> bool {
    let rest = text.iter().fold(0, |rest, byte| match base_36(*byte) {
        value if value < 10 => (rest * 10 + value) % 97,
        value => (rest * 100 + value) % 97,
    });
    rest == 1
}

/// GB 32100: weights are powers of three, the letters I, O, S, V, Z do not occur.
fn mod_31(text: &[u8]) -> bool {
    const LETTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |byte: u8| LETTERS.iter().position(|known| *known == byte);
    let mut weight = 1;
    let mut sum = 0;
    for byte in &text[..17] {
        let Some(value) = value(*byte) else {
            return false;
        };
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    value(text[17]) == Some((31 - sum % 31) % 31)
}

/// Luhn's sum from the right.
fn luhn(text: &[u8]) -> bool {
    let sum: u32 = text
        .iter()
        .rev()
        .enumerate()
        .map(|(at, byte)| match digit(*byte) * (1 + (at as u32) % 2) {
            two if two > 9 => two - 9,
            one => one,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Luhn's sum over base 36, from the left.
fn luhn_36(text: &[u8]) -> bool {
    let sum: u32 = text[..14]
        .iter()
        .enumerate()
        .map(|(at, byte)| base_36(*byte) * (1 + (at as u32) % 2))
        .map(|product| product / 36 + product % 36)
        .sum();
    (36 - sum % 36) % 36 == base_36(text[14])
}

/// ISO 7064, mod 11,10.
fn mod_11_10(text: &[u8]) -> bool {
    let product = text[..8].iter().fold(10, |product, byte| {
        let sum = match (digit(*byte) + product) % 10 {
            0 => 10,
            sum => sum,
        };
        2 * sum % 11
    });
    (11 - product) % 10 == last(text)
}

fn edrpou(text: &[u8]) -> bool {
    let middle = (30_000_000..=60_000_000).contains(&number(text));
    let weights: [u32; 7] = if middle {
        [7, 1, 2, 3, 4, 5, 6]
    } else {
        [1, 2, 3, 4, 5, 6, 7]
    };
    let rest = match weighted(text, &weights) % 11 {
        10 => weighted(text, &weights.map(|w| w + 2)) % 11 % 10,
        rest => rest,
    };
    rest == last(text)
}

fn bin(text: &[u8]) -> bool {
    let rest = match weighted(text, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11 {
        10 => weighted(text, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11,
        rest => rest,
    };
    rest == last(text)
}

fn vkn(text: &[u8]) -> bool {
    let mut sum = 0;
    for (at, byte) in text[..9].iter().rev().enumerate() {
        let place = at as u32 + 1;
        let one = (digit(*byte) + place) % 10;
        if one > 0 {
            sum += match one * 2_u32.pow(place) % 9 {
                0 => 9,
                rest => rest,
            };
        }
    }
    (10 - sum % 10) % 10 == last(text)
}

/// The check digit goes before the others.
fn corporate(text: &[u8]) -> bool {
    let sum: u32 = text[1..]
        .iter()
        .rev()
        .enumerate()
        .map(|(at, byte)| digit(*byte) * (1 + (at as u32) % 2))
        .sum();
    9 - sum % 9 == digit(text[0])
}

fn abn(text: &[u8]) -> bool {
    let weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
    // The rule takes one from the first digit, which is never 0.
    text[0] != b'0' && (weighted(text, &weights) - 10).is_multiple_of(89)
}
