//! The day a server says that a file was last changed.

use scruple_model::Date;

/// The UTC day of a `Last-Modified` header: the only day there is for a file that
/// states none itself.
pub fn last_modified_day(header: &str) -> Option<Date> {
    let moment = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(header.trim())
        .ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_gives_a_day_or_nothing() {
        let day = last_modified_day("Sun, 22 Nov 2026 23:59:59 GMT");
        assert_eq!(day, "2026-11-22".parse().ok());
        assert_eq!(last_modified_day("yesterday"), None);
    }
}
