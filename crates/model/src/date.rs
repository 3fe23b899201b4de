//! Days, and days of which only a part is known.
//!
//! Lists print `1945` or `03/1945` for a birth date. Padding that to 1 January
//! would contradict a real birthday and lose somebody who is listed, so what is
//! unknown stays unknown: a [`PartialDate`] compares only where both sides know.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day in UTC. The clock is an argument everywhere; nothing here asks it.
pub type Date = jiff::civil::Date;

/// A length of time in years, months and days.
pub use jiff::Span;

/// The years in which a deal, its law and its decisions lie. A day outside is a slip of the
/// hand (`0026`, `20226`), and would be answered from no law or no list at all.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Whether a day can be one of a deal: see [`YEARS`].
pub fn is_plausible(day: Date) -> bool {
    YEARS.contains(&day.year())
}

/// A day, a month or a year: `1945-03-09`, `1945-03`, `1945`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, a day that exists")]
pub struct NotADate(pub String);

impl PartialDate {
    /// A whole day.
    pub fn from_day(date: Date) -> Self {
        Self {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }

    /// The year, always known.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The day, where year, month and day are all known.
    pub fn day(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The first day this may mean; `1945` gives 1945-01-01. For "was it before?", not for identity.
    pub fn earliest(self) -> Date {
        // Year, month and day were checked when this was made, and 1 is always a day.
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Date::MIN)
    }

    /// Whether both may mean one day, comparing only what both know.
    pub fn may_equal(self, other: Self) -> bool {
        fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            !matches!((a, b), (Some(a), Some(b)) if a != b)
        }
        self.year == other.year && agree(self.month, other.month) && agree(self.day, other.day)
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let fail = || NotADate(text.to_owned());
        let digits = |part: &str, wide: usize| {
            (part.len() == wide && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
                .ok_or_else(fail)
        };
        let mut parts = text.trim().split('-');
        let year = digits(parts.next().unwrap_or(""), 4)?;
        let month = parts
            .next()
            .map(|p| digits(p, 2))
            .transpose()?
            .map(|m| m as i8);
        let day = parts
            .next()
            .map(|p| digits(p, 2))
            .transpose()?
            .map(|d| d as i8);
        if parts.next().is_some() || Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_err()
        {
            return Err(fail());
        }
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_stays_a_year() {
        let year: PartialDate = "1945".parse().unwrap();
        assert_eq!(year.to_string(), "1945");
        assert_eq!(year.day(), None);
    }

    #[test]
    fn a_partial_date_never_contradicts_a_day_within_it() {
        let of = |text: &str| text.parse::<PartialDate>().unwrap();
        assert!(of("1945").may_equal(of("1945-03-09")));
        assert!(of("1945-03").may_equal(of("1945-03-09")));
        assert!(!of("1945-04").may_equal(of("1945-03-09")));
    }

    #[test]
    fn impossible_days_are_refused() {
        for text in [
            "1961-02-31",
            "1961-13",
            "61",
            "1961-2-3",
            "",
            "1961-02-03-04",
            "+961",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }
}
