//! A share as an interval in parts per million.
//!
//! Sources say "25 to 50 percent", "a third" or nothing. A single number would
//! have to invent the rest, and a share just under a threshold is where inventing
//! does harm. So a share is the closed interval `[lo, hi]` of what it may be; an
//! open end of a band is written one part per million inside, which is exact for
//! any source that gives no more than four decimals of a percent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// All of it, in parts per million.
pub const WHOLE: u32 = 1_000_000;

/// What a stake may be, in parts per million, both ends included.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Share {
    /// At least.
    pub lo: u32,
    /// At most.
    pub hi: u32,
}

impl Share {
    /// Nothing is known of it.
    pub const UNKNOWN: Self = Self { lo: 0, hi: WHOLE };
    /// All of it.
    pub const ALL: Self = Self {
        lo: WHOLE,
        hi: WHOLE,
    };

    /// A share that is known to the part per million.
    pub const fn exact(ppm: u32) -> Self {
        Self { lo: ppm, hi: ppm }
    }

    /// An interval, if it is one: `lo` not above `hi`, neither above the whole.
    pub fn between(lo: i64, hi: i64) -> Option<Self> {
        (0 <= lo && lo <= hi && hi <= i64::from(WHOLE)).then_some(Self {
            lo: lo as u32,
            hi: hi as u32,
        })
    }

    /// Whether only one value is possible.
    pub fn is_exact(self) -> bool {
        self.lo == self.hi
    }
}

/// A part of the whole as a percentage, without trailing zeros: `49.9999%`.
pub fn percent(ppm: u32) -> String {
    let whole = ppm / 10_000;
    let rest = ppm % 10_000;
    if rest == 0 {
        return format!("{whole}%");
    }
    let digits = format!("{rest:04}");
    format!("{whole}.{}%", digits.trim_end_matches('0'))
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_exact() {
            f.write_str(&percent(self.lo))
        } else {
            write!(f, "{} to {}", percent(self.lo), percent(self.hi))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_exact_and_short() {
        assert_eq!(percent(500_000), "50%");
        assert_eq!(percent(499_999), "49.9999%");
        assert_eq!(percent(1), "0.0001%");
        assert_eq!(percent(505_000), "50.5%");
        assert_eq!(Share { lo: 0, hi: WHOLE }.to_string(), "0% to 100%");
    }

    #[test]
    fn what_is_no_interval_is_refused() {
        for (lo, hi) in [(-1, 5), (6, 5), (0, 1_000_001)] {
            assert_eq!(Share::between(lo, hi), None);
        }
    }
}
