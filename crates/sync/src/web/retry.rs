//! When to try again: back-off with jitter, and what the publisher asks for.
//!
//! Full jitter: each wait is drawn evenly from nothing up to a bound that doubles.
//! Machines whose timers all go off at six o'clock then do not come back together.

use std::time::Duration;

/// Waiting and chance, given by the caller: the edge sleeps and rolls, a test records.
pub trait Pace {
    /// A number drawn evenly from all there are. It need not be secret.
    fn random(&mut self) -> u64;
    /// Waits that long.
    fn wait(&mut self, time: Duration);
}

/// The longest back-off.
const LONGEST: Duration = Duration::from_secs(60);

/// The wait before attempt `attempt + 1`, attempts counted from 1.
pub(super) fn back_off(attempt: u32, base: Duration, random: u64) -> Duration {
    let bound = base
        .saturating_mul(1u32.checked_shl(attempt - 1).unwrap_or(u32::MAX))
        .min(LONGEST);
    let nanos = u64::try_from(bound.as_nanos()).unwrap_or(u64::MAX);
    Duration::from_nanos(random % nanos.saturating_add(1))
}

/// What `Retry-After` asks for: seconds, or a day and time. A time is measured from
/// the server's own `Date`, so that nobody's clock is asked.
pub(super) fn asked_for(retry_after: &str, date: Option<&str>) -> Option<Duration> {
    let retry_after = retry_after.trim();
    if retry_after.bytes().all(|byte| byte.is_ascii_digit()) && !retry_after.is_empty() {
        // More digits than fit is a long time all the same.
        return Some(Duration::from_secs(retry_after.parse().unwrap_or(u64::MAX)));
    }
    let then = timestamp(retry_after)?;
    let now = timestamp(date?)?;
    let seconds = then.as_second().saturating_sub(now.as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

fn timestamp(text: &str) -> Option<jiff::Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(text.trim())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_bound_doubles_and_has_an_end() {
        let longest = |attempt| {
            let bound = SECOND * 2u32.pow(attempt - 1);
            back_off(attempt, SECOND, u64::try_from(bound.as_nanos()).unwrap())
        };
        assert_eq!([1, 2, 3].map(longest), [SECOND, SECOND * 2, SECOND * 4]);
        for attempt in [1, 5, 7, 32, 33, 1000] {
            for random in [0, 1, u64::MAX / 3, u64::MAX] {
                assert!(back_off(attempt, SECOND, random) <= LONGEST);
            }
        }
        assert_eq!(back_off(3, SECOND, 0), Duration::ZERO);
    }

    #[test]
    fn seconds_and_days_are_read() {
        assert_eq!(asked_for("120", None), Some(SECOND * 120));
        let date = Some("Sun, 22 Nov 2026 10:00:00 GMT");
        assert_eq!(
            asked_for("Sun, 22 Nov 2026 10:02:00 GMT", date),
            Some(SECOND * 120)
        );
        assert_eq!(
            asked_for("Sun, 22 Nov 2026 09:00:00 GMT", date),
            Some(Duration::ZERO)
        );
        assert_eq!(
            asked_for("99999999999999999999", None),
            Some(Duration::from_secs(u64::MAX))
        );
    }

    #[test]
    fn what_cannot_be_read_asks_for_nothing() {
        for text in ["", "soon", "-5", "1.5", "2026-11-22"] {
            assert_eq!(asked_for(text, Some("Sun, 22 Nov 2026 10:00:00 GMT")), None);
        }
        assert_eq!(asked_for("Sun, 22 Nov 2026 10:02:00 GMT", None), None);
    }
}
