//! The ways publishers write a date.
//!
//! `00/00/1945` and `dd/mm/1945` are a year and nothing more. A day that does not
//! exist (31 February) is no date: it is never moved to one that does. Which of
//! two numbers is the day is a property of the layout, so each parser says which
//! form its publisher uses, and none tries one after the other.

use scruple_model::PartialDate;

/// `1945-03-09`, `1945-03`, `1945`; a time of day after `T` or a space is left out,
/// and so is a time zone after the date (`2008-12-10Z`, `2008-12-10+01:00`).
pub(crate) fn iso(text: &str) -> Option<PartialDate> {
    let date = without_time(text.trim(), &['T', ' '])?;
    let date = date.trim_end_matches('Z');
    let date = date.split('+').next().unwrap_or(date);
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    // A fourth part is a negative time zone (`2008-12-10-05:00`).
    whole(year, month.unwrap_or(""), day.unwrap_or(""))
}

/// `09/03/1945`: day first. A day or month of `00`, `dd` or `mm` is unknown.
pub(crate) fn day_first(text: &str) -> Option<PartialDate> {
    match parts(text)?[..] {
        [day, month, year] => whole(year, month, day),
        [month, year] => whole(year, month, ""),
        [year] => whole(year, "", ""),
        _ => None,
    }
}

/// `03/09/1945`: month first, as in the United States.
pub(crate) fn month_first(text: &str) -> Option<PartialDate> {
    match parts(text)?[..] {
        [month, day, year] => whole(year, month, day),
        [month, year] => whole(year, month, ""),
        [year] => whole(year, "", ""),
        _ => None,
    }
}

/// `09 Mar 1945`, `March 9, 1945`, `Mar 1945`, `1945`: English month names.
pub(crate) fn named(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '.'))
        .filter(|word| !word.is_empty())
        .collect();
    let month = |word: &str| {
        const MONTHS: [&str; 12] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        let lower = word.to_ascii_lowercase();
        let at = MONTHS.iter().position(|name| lower.starts_with(name))?;
        lower
            .bytes()
            .all(|b| b.is_ascii_lowercase())
            .then(|| format!("{}", at + 1))
    };
    match words[..] {
        [year] => whole(year, "", ""),
        [name, year] => whole(year, &month(name)?, ""),
        [a, b, year] => match month(b) {
            Some(name) => whole(year, &name, a),
            None => whole(year, &month(a)?, b),
        },
        _ => None,
    }
}

fn parts(text: &str) -> Option<Vec<&str>> {
    let date = without_time(text.trim(), &[' '])?;
    let parts: Vec<&str> = date.split(['/', '.', '-']).collect();
    (!date.is_empty()).then_some(parts)
}

/// The date before a time of day. Other words after it (`1958 to 1962`) make it none.
fn without_time<'a>(text: &'a str, before: &[char]) -> Option<&'a str> {
    match text.split_once(before) {
        Some((date, time)) => time.contains(':').then_some(date),
        None => Some(text),
    }
}

/// Puts the parts together where they are a date. An unknown part is empty, zeros or letters
/// of a pattern; a day without a month says no more than the year.
fn whole(year: &str, month: &str, day: &str) -> Option<PartialDate> {
    let number = |text: &str, most: usize| -> Option<u16> {
        (!text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    let unknown = |text: &str, pattern: &str| {
        text.is_empty()
            || text.eq_ignore_ascii_case(pattern)
            || (text.len() <= 2 && text.bytes().all(|b| b == b'0'))
    };
    if year.len() != 4 {
        return None;
    }
    let year = number(year, 4).filter(|year| *year > 0)?;
    if unknown(month, "mm") {
        return unknown(day, "dd")
            .then(|| format!("{year:04}").parse().ok())
            .flatten();
    }
    let month = number(month, 2)?;
    if unknown(day, "dd") {
        return format!("{year:04}-{month:02}").parse().ok();
    }
    let day = number(day, 2)?;
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(date: Option<PartialDate>) -> String {
        date.map_or("none".to_owned(), |date| date.to_string())
    }

    #[test]
    fn what_is_unknown_stays_unknown() {
        for (text, date) in [
            ("dd/mm/1945", "1945"),
            ("00/00/1945", "1945"),
            ("00/03/1945", "1945-03"),
            ("dd/03/1945", "1945-03"),
            ("09/03/1945", "1945-03-09"),
            ("9/3/1945 00:00:00", "1945-03-09"),
            ("1945", "1945"),
            ("31/02/1961", "none"),
            ("12/13/1961", "none"),
            ("09/00/1945", "none"),
            ("09/03/45", "none"),
            ("", "none"),
            ("1958 to 1962", "none"),
            ("00/00/0000", "none"),
        ] {
            assert_eq!(shown(day_first(text)), date, "{text}");
        }
    }

    #[test]
    fn each_form_reads_its_own() {
        assert_eq!(shown(month_first("03/29/2006")), "2006-03-29");
        assert_eq!(shown(month_first("29/03/2006")), "none");
        assert_eq!(shown(iso("2008-12-10T00:00:00")), "2008-12-10");
        assert_eq!(shown(iso("2008-12-10Z")), "2008-12-10");
        assert_eq!(shown(iso("2008-12-10+01:00")), "2008-12-10");
        assert_eq!(shown(iso("2008-12-10-05:00")), "2008-12-10");
        assert_eq!(shown(iso("1961-02-31")), "none");
        assert_eq!(shown(iso("1958 to 1962")), "none");
        assert_eq!(shown(named("15 Mar 1945")), "1945-03-15");
        assert_eq!(shown(named("March 9, 1945")), "1945-03-09");
        assert_eq!(shown(named("Mar 1945")), "1945-03");
        assert_eq!(shown(named("1945")), "1945");
        assert_eq!(shown(named("circa 1945")), "none");
    }
}
