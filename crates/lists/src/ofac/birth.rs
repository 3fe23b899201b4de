//! Dates as OFAC prints them, ranges included.
//!
//! `1958 to 1962` means any day of five years. A party born in 1960 must not be
//! contradicted by it, so the range is kept as the years it spans. `circa 1973`
//! says no bounds: it is kept as it stands and contradicts nobody.

use scruple_model::PartialDate;

use crate::date;

/// Years that a range may span. Longer ones are kept as they stand.
const MOST_YEARS: i16 = 30;

/// One date: `13 Nov 1978`, `Nov 1978`, `1978`, `1978-11-13`.
pub(crate) fn when(text: &str) -> Option<PartialDate> {
    date::iso(text).or_else(|| date::named(text))
}

/// What a date of birth says: dates, or one text that takes no part in comparing.
/// `None` where it is neither.
pub(super) fn dates(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("circa ") {
        let known = rest.split(['-']).all(|part| when(part).is_some()) || range(rest).is_some();
        return known.then(|| vec![text.to_owned()]);
    }
    if let Some(date) = when(text) {
        return Some(vec![date.to_string()]);
    }
    let (from, to) = range(text)?;
    if from.year() == to.year() {
        let (from, to) = (from.to_string(), to.to_string());
        let month = from.get(..7).filter(|month| to.get(..7) == Some(*month));
        return Some(vec![month.unwrap_or(&from[..4]).to_owned()]);
    }
    if to.year() - from.year() >= MOST_YEARS {
        return Some(vec![text.to_owned()]);
    }
    let years = from.year()..=to.year();
    Some(years.map(|year| format!("{year:04}")).collect())
}

fn range(text: &str) -> Option<(PartialDate, PartialDate)> {
    let (from, to) = text.split_once(" to ")?;
    let (from, to) = (when(from)?, when(to)?);
    (from.earliest() <= to.earliest()).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        dates(text).map_or("none".to_owned(), |dates| dates.join(" "))
    }

    #[test]
    fn a_range_is_the_years_it_spans() {
        for (text, read) in [
            ("26 Dec 1955", "1955-12-26"),
            ("Dec 1955", "1955-12"),
            ("1955", "1955"),
            ("1978-12-05", "1978-12-05"),
            ("1958 to 1962", "1958 1959 1960 1961 1962"),
            ("01 Sep 1957 to 31 Aug 1958", "1957 1958"),
            ("01 Jan 1957 to 31 Dec 1957", "1957"),
            ("03 Mar 1957 to 09 Mar 1957", "1957-03"),
            ("Mar 1957 to Mar 1957", "1957-03"),
            ("circa 1973", "circa 1973"),
            ("circa 01 Mar 1973", "circa 01 Mar 1973"),
            ("circa 1979-1982", "circa 1979-1982"),
            ("1900 to 1980", "1900 to 1980"),
            ("1962 to 1958", "none"),
            ("31 Feb 1961", "none"),
            ("circa the war", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(text), read, "{text}");
        }
    }
}
