//! A `DatePeriod` as the text the other layouts print.
//!
//! The schema writes a year as "from 1 January to 31 December", so that a reader
//! who takes the first day only would invent a birthday. A period that is a whole
//! year or month becomes that year or month, any other range stays a range.

use crate::xml::Node;

/// The text: `1962`, `1962-02`, `1962-02-03`, `1958 to 1962`, `circa 1962`; nothing
/// for a period without bounds. Days that do not exist are kept for the reader of
/// dates to refuse.
pub(super) fn text(period: Node<'_>) -> Option<String> {
    let start = period.child("Start");
    let end = period.child("End");
    let first = start.or(end)?;
    let last = end.or(start)?;
    let from = point(first.child("From").or_else(|| first.child("To"))?);
    let to = point(last.child("To").or_else(|| last.child("From"))?);
    let circa = [first, last]
        .iter()
        .any(|bound| bound.attr("Approximate").eq_ignore_ascii_case("true"));
    let text = span(&from, &to);
    Some(if circa { format!("circa {text}") } else { text })
}

/// A `Date`: year, month and day.
pub(super) fn date(node: Node<'_>) -> String {
    shown(&point(node))
}

type Point = [String; 3];

fn point(node: Node<'_>) -> Point {
    ["Year", "Month", "Day"].map(|part| node.text_of(part).to_owned())
}

fn shown([year, month, day]: &Point) -> String {
    let mut text = year.clone();
    for part in [month, day] {
        if part.is_empty() {
            break;
        }
        text.push_str(&format!("-{part:0>2}"));
    }
    text
}

fn span(from: &Point, to: &Point) -> String {
    if from == to {
        return shown(from);
    }
    let is = |point: &Point, month: &str, day: &str| point[1] == month && point[2] == day;
    let whole_years = is(from, "1", "1") && is(to, "12", "31");
    if whole_years && from[0] == to[0] {
        return from[0].clone();
    }
    if whole_years {
        return format!("{} to {}", from[0], to[0]);
    }
    if from[..2] == to[..2] && from[2] == "1" && last_day(to) == to[2].parse().ok() {
        return shown(&[from[0].clone(), from[1].clone(), String::new()]);
    }
    format!("{} to {}", shown(from), shown(to))
}

fn last_day([year, month, _]: &Point) -> Option<i8> {
    let first = scruple_model::Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    Some(first.days_in_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(from: &str, to: &str) -> String {
        let point = |text: &str| {
            let mut parts = text.split('-').map(str::to_owned);
            [(); 3].map(|()| parts.next().unwrap_or_default())
        };
        span(&point(from), &point(to))
    }

    #[test]
    fn a_padded_period_is_what_it_was_padded_from() {
        assert_eq!(of("1962-1-1", "1962-12-31"), "1962");
        assert_eq!(of("1962-2-1", "1962-2-28"), "1962-02");
        assert_eq!(of("1962-2-1", "1962-2-27"), "1962-02-01 to 1962-02-27");
        assert_eq!(of("1962-2-3", "1962-2-3"), "1962-02-03");
        assert_eq!(of("1958-1-1", "1962-12-31"), "1958 to 1962");
        assert_eq!(of("1962-2-31", "1962-2-31"), "1962-02-31");
        assert_eq!(of("1962", "1962"), "1962");
    }
}
