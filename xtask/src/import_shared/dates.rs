//! The many ways in which these files print a day.

use scruple_model::PartialDate;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads `2021-06-03`, `03/06/2021` (day first), `03 Jun 2021`, `June 21, 2022`,
/// `November, 1975`, `1975`.
pub(crate) fn read(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    if let [day, month, year] = text.split('/').collect::<Vec<_>>()[..] {
        return build(year, number(month)?, Some(number(day)?));
    }
    let words: Vec<&str> = text
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    match words[..] {
        [first, second, year] => match (month(first), month(second)) {
            (Some(month), _) => build(year, month, Some(number(second)?)),
            (_, Some(month)) => build(year, month, Some(number(first)?)),
            _ => None,
        },
        [first, year] => build(year, month(first)?, None),
        _ => None,
    }
}

/// Reads `12/27/06` and `02/03/2022`, month first, as US agencies print them.
pub(crate) fn read_us(text: &str) -> Option<PartialDate> {
    match text.trim().split('/').collect::<Vec<_>>()[..] {
        [month, day, year] => build(year, number(month)?, Some(number(day)?)),
        _ => read(text),
    }
}

/// Every US date in a text, in order.
pub(crate) fn all_us(text: &str) -> Vec<PartialDate> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '/'))
        .filter(|part| part.matches('/').count() == 2)
        .filter_map(read_us)
        .collect()
}

/// A year that was padded to its first day becomes a year again.
pub(crate) fn unpadded(text: &str) -> Option<PartialDate> {
    let date: PartialDate = text.parse().ok()?;
    // The file holds record numbers that were taken for years.
    (1850..=2100).contains(&date.year()).then_some(())?;
    match text.strip_suffix("-01-01") {
        Some(year) => year.parse().ok(),
        None => Some(date),
    }
}

fn number(text: &str) -> Option<u8> {
    text.trim().parse().ok()
}

fn month(text: &str) -> Option<u8> {
    let start = text.to_ascii_lowercase().get(..3)?.to_owned();
    let at = MONTHS.iter().position(|month| *month == start)?;
    u8::try_from(at + 1).ok()
}

fn build(year: &str, month: u8, day: Option<u8>) -> Option<PartialDate> {
    let year = match (year.len(), year.parse::<u16>().ok()?) {
        (4, year) => year,
        // These lists begin in the 1970s.
        (2, short) if short >= 70 => 1900 + short,
        (2, short) => 2000 + short,
        _ => return None,
    };
    match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}").parse().ok(),
        None => format!("{year:04}-{month:02}").parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printed_form_is_read() {
        for (text, date) in [
            ("2021-08-02", "2021-08-02"),
            ("29/06/2012", "2012-06-29"),
            ("03 Jun 2021", "2021-06-03"),
            ("June 21, 2022", "2022-06-21"),
            ("November, 1975", "1975-11"),
            ("1999", "1999"),
        ] {
            assert_eq!(read(text).map(|d| d.to_string()).as_deref(), Some(date));
        }
        assert_eq!(read("31/02/2012"), None);
    }

    #[test]
    fn us_dates_have_the_month_first() {
        let found: Vec<String> = all_us("84 FR 54004, 10/9/19.\n49 FR 1, 3/30/81")
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, ["2019-10-09", "1981-03-30"]);
    }

    #[test]
    fn a_padded_year_is_a_year_and_a_record_number_is_no_date() {
        let of = |text| unpadded(text).map(|date| date.to_string());
        assert_eq!(of("1962-01-01").as_deref(), Some("1962"));
        assert_eq!(of("1962-01-02").as_deref(), Some("1962-01-02"));
        assert_eq!(of("4696-01-01"), None);
        assert_eq!(of("true"), None);
    }
}
