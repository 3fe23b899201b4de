//! The stretch of days that a report is about.

use schemars::JsonSchema;
use scruple_model::Date;
use scruple_model::date::{YEARS, is_plausible};
use serde::{Deserialize, Serialize};

/// A stretch of days, both ends within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// The first day.
    #[schemars(with = "String")]
    pub from: Date,
    /// The last day.
    #[schemars(with = "String")]
    pub to: Date,
}

impl Period {
    /// Reads a year, or two days with `..` between them.
    ///
    /// # Errors
    /// What was expected, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fail = || "write a year, such as 2026, or two days: 2026-01-01..2026-06-30".to_owned();
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (from.to_owned(), to.to_owned()),
            None if text.len() == 4 => (format!("{text}-01-01"), format!("{text}-12-31")),
            None => return Err(fail()),
        };
        let day = |text: &str| text.trim().parse::<Date>().map_err(|_| fail());
        let period = Self {
            from: day(&from)?,
            to: day(&to)?,
        };
        if !is_plausible(period.from) || !is_plausible(period.to) {
            return Err(format!(
                "write years from {} to {}",
                YEARS.start(),
                YEARS.end()
            ));
        }
        if period.from > period.to {
            return Err("the period ends before it begins".to_owned());
        }
        Ok(period)
    }

    pub(super) fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_year_or_two_days() {
        let year = Period::parse("2026").unwrap();
        assert_eq!(
            (year.from.to_string(), year.to.to_string()),
            ("2026-01-01".into(), "2026-12-31".into())
        );
        assert!(Period::parse("2026-01-01..2026-06-30").is_ok());
        for bad in [
            "26",
            "0000",
            "9999",
            "2026-02-30..2026-03-01",
            "2026-06-30..2026-01-01",
            "",
            "next year",
        ] {
            assert!(Period::parse(bad).is_err(), "{bad}");
        }
    }
}
