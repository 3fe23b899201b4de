//! What an argument may be: days, countries, columns, a decimal.

use scruple_model::{Country, Date, Schema};

pub(crate) fn day(text: &str) -> Result<Date, String> {
    let day = text
        .parse()
        .map_err(|_| "write a day that exists as YYYY-MM-DD".to_owned())?;
    if !scruple_model::date::is_plausible(day) {
        let years = scruple_model::date::YEARS;
        return Err(format!(
            "no day of a deal: write one from {} to {}",
            years.start(),
            years.end()
        ));
    }
    Ok(day)
}

pub(super) fn country(text: &str) -> Result<Country, String> {
    Country::parse(text)
        .ok_or_else(|| "write a two-letter country code, such as cn or de".to_owned())
}

pub(super) fn schema(text: &str) -> Result<Schema, String> {
    Schema::parse(text).ok_or_else(|| {
        let all: Vec<&str> = Schema::ALL.into_iter().map(Schema::as_str).collect();
        format!("one of {}", all.join(", "))
    })
}

pub(super) fn mapping(text: &str) -> Result<(String, String), String> {
    let (field, column) = text.split_once('=').ok_or("write FIELD=COLUMN")?;
    Ok((field.trim().to_owned(), column.trim().to_owned()))
}

/// `0.7` to 7,000, without the detour through binary fractions.
pub(super) fn threshold(text: &str) -> Result<u16, String> {
    let fail = || "write a decimal from 0 to 1, such as 0.7".to_owned();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) {
        return Err(fail());
    }
    let part: String = part.chars().chain("0000".chars()).take(4).collect();
    let value = whole.trim_start_matches('0').len();
    let number: u32 = format!("{}{part}", if value == 0 { "0" } else { whole })
        .parse()
        .map_err(|_| fail())?;
    u16::try_from(number)
        .ok()
        .filter(|number| *number <= 10_000)
        .ok_or_else(fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_a_decimal() {
        assert_eq!(threshold("0"), Ok(0));
        assert_eq!(threshold("0.7"), Ok(7_000));
        assert_eq!(threshold(".85"), Ok(8_500));
        assert_eq!(threshold("1"), Ok(10_000));
        assert_eq!(threshold("1.0"), Ok(10_000));
        for bad in ["1.1", "70", "", ".", "-0.1", "x", "1e0"] {
            assert!(threshold(bad).is_err(), "{bad}");
        }
    }
}
