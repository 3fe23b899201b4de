//! Days as numbers, and periods of which an end is known only in part.
//!
//! A record that says "until 2024-02" held before February, did not after, and in
//! between may or may not have. It becomes up to three stretches; in the
//! uncertain ones the stake may be nothing. Rejected: padding to the first day of
//! the month, which would end a stake a month early.

use scruple_model::{Date, PartialDate};

/// Before every day.
pub(crate) const EVER: i32 = i32::MIN;
/// After every day.
pub(crate) const NEVER: i32 = i32::MAX;

/// Days since 1970-01-01.
pub(crate) fn number(day: Date) -> i32 {
    // Days from civil: months counted from March, so that the leap day is last.
    let (y, m, d) = (
        i32::from(day.year()),
        i32::from(day.month()),
        i32::from(day.day()),
    );
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// The day with this number; `None` outside the calendar, and for open ends.
pub(crate) fn date(number: i32) -> Option<Date> {
    if number == EVER || number == NEVER {
        return None;
    }
    let z = i64::from(number) + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// When a holding stands: from the first day on, until the first day on which it
/// is gone. Each end may be known only in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First and last day that may be its first.
    from: (i32, i32),
    /// First and last day that may be the first without it.
    until: (i32, i32),
}

impl Period {
    /// No end is known: it stands.
    pub const ALWAYS: Self = Self {
        from: (EVER, EVER),
        until: (NEVER, NEVER),
    };

    /// A period by its ends; `until` is the first day on which it is gone.
    pub fn new(from: Option<PartialDate>, until: Option<PartialDate>) -> Self {
        Self {
            from: from.map_or((EVER, EVER), |date| (first(date), last(date))),
            until: until.map_or((NEVER, NEVER), |date| match date.day() {
                Some(day) => (number(day), number(day)),
                // Some day of that month or year, so gone on the day after it at the latest.
                None => (first(date), last(date) + 1),
            }),
        }
    }

    /// Whether it ends before it begins, whatever the unknown parts are.
    pub fn is_backwards(&self) -> bool {
        self.until.1 < self.from.0
    }

    /// Stretches of time, each with whether the holding surely stands in it.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = (i32, i32, bool)> {
        let (sure_from, sure_until) = (self.from.1, self.until.0);
        let parts = if sure_from < sure_until {
            [
                (self.from.0, sure_from, false),
                (sure_from, sure_until, true),
                (sure_until, self.until.1, false),
            ]
        } else {
            [
                (
                    self.from.0,
                    self.until.1,
                    self.from.0 == self.from.1 && self.until.0 == self.until.1,
                ),
                (0, 0, false),
                (0, 0, false),
            ]
        };
        parts.into_iter().enumerate().filter_map(move |(no, part)| {
            // The first is kept even when empty, if it is all there is: no record is lost.
            (part.0 < part.1 || (no == 0 && sure_from >= sure_until)).then_some(part)
        })
    }
}

fn first(date: PartialDate) -> i32 {
    number(date.earliest())
}

fn last(date: PartialDate) -> i32 {
    if let Some(day) = date.day() {
        return number(day);
    }
    let first = date.earliest();
    let end = if date.to_string().len() == 4 {
        Date::new(first.year(), 12, 31).unwrap_or(first)
    } else {
        first.last_of_month()
    };
    number(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_agree() {
        for text in [
            "1970-01-01",
            "2000-02-29",
            "1899-12-31",
            "2026-11-22",
            "0001-01-01",
        ] {
            let day: Date = text.parse().unwrap();
            assert_eq!(date(number(day)), Some(day), "{text}");
        }
        assert_eq!(number("1970-01-02".parse().unwrap()), 1);
        assert_eq!(
            number("2026-03-01".parse().unwrap()) - number("2026-02-28".parse().unwrap()),
            1
        );
    }

    #[test]
    fn a_partial_end_leaves_a_stretch_that_is_not_sure() {
        let of = |text: &str| Some(text.parse().unwrap());
        let day = |text: &str| number(text.parse().unwrap());
        let parts: Vec<_> = Period::new(of("2018"), of("2024-02")).stretches().collect();
        assert_eq!(
            parts,
            [
                (day("2018-01-01"), day("2018-12-31"), false),
                (day("2018-12-31"), day("2024-02-01"), true),
                (day("2024-02-01"), day("2024-03-01"), false),
            ]
        );
        assert!(Period::new(of("2024"), of("2023-12-30")).is_backwards());
        assert!(!Period::new(of("2024"), of("2024")).is_backwards());
    }
}
