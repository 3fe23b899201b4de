//! What sources write where a share should stand.
//!
//! "50", "50,00 %", "1/3", "more than 25%", "25-50", a code of Companies House. A
//! bare "0.5" may be half a percent or a half, and "1.00" one percent or all: both
//! occur, so such a number is the interval of both and marked. What is no share at
//! all ("150", "-5", a count of shares) is kept as unknown and marked.

use crate::holding::{Layer, Marks};
use crate::share::{Share, WHOLE};

/// A text read as a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// What it may be.
    pub share: Share,
    /// Of what, where the text says.
    pub layer: Option<Layer>,
    /// What is peculiar about it.
    pub marks: Marks,
}

impl Parsed {
    const BAD: Self = Self {
        share: Share::UNKNOWN,
        layer: None,
        marks: Marks::BAD_INTERVAL,
    };

    fn of(share: Share) -> Self {
        Self {
            share,
            layer: None,
            marks: Marks::NONE,
        }
    }
}

/// Reads a text; an empty one is an unknown share.
pub fn share_of_text(text: &str) -> Parsed {
    let text = text.trim();
    if text.is_empty() {
        return Parsed::of(Share::UNKNOWN);
    }
    if let Some(found) = companies_house(text) {
        return found;
    }
    let plain = text
        .to_lowercase()
        .replace('\u{a0}', " ")
        .replace('≥', ">=")
        .replace('≤', "<=");
    let says_percent =
        plain.contains('%') || plain.contains("percent") || plain.contains("per cent");
    let bare = plain
        .replace("per cent", "")
        .replace("percent", "")
        .replace('%', "");
    let bare = bare.trim();
    for (words, low, open) in [
        ("more than", true, true),
        ("over", true, true),
        ("above", true, true),
        ("at least", true, false),
        ("not less than", true, false),
        (">=", true, false),
        (">", true, true),
        ("not more than", false, false),
        ("at most", false, false),
        ("up to", false, false),
        ("less than", false, true),
        ("under", false, true),
        ("below", false, true),
        ("<=", false, false),
        ("<", false, true),
    ] {
        let Some(rest) = bare.strip_prefix(words) else {
            continue;
        };
        let Some((lo, hi)) = percentage(rest) else {
            return Parsed::BAD;
        };
        let one = i64::from(open);
        let ends = if low {
            (lo + one, i64::from(WHOLE))
        } else {
            (0, hi - one)
        };
        return Share::between(ends.0, ends.1).map_or(Parsed::BAD, Parsed::of);
    }
    for between in ["-", "–", " to ", ".."] {
        if let Some((from, to)) = bare.split_once(between)
            && let (Some((lo, _)), Some((_, hi))) = (percentage(from), percentage(to))
        {
            return Share::between(lo, hi).map_or(Parsed::BAD, Parsed::of);
        }
    }
    if let Some((top, bottom)) = bare.split_once('/') {
        return fraction(top, bottom).map_or(Parsed::BAD, Parsed::of);
    }
    let Some((lo, hi)) = percentage(bare) else {
        return Parsed::BAD;
    };
    let Some(share) = Share::between(lo, hi) else {
        return Parsed::BAD;
    };
    // Up to 1 without a sign it may be a fraction: then it is a hundred times as much.
    if !says_percent && hi > 0 && hi <= 10_000 {
        return Parsed {
            share: Share {
                lo: share.lo,
                hi: share.hi * 100,
            },
            layer: None,
            marks: Marks::UNIT_AMBIGUOUS,
        };
    }
    Parsed::of(share)
}

/// A decimal number of percent as parts per million, rounded down and up.
fn percentage(text: &str) -> Option<(i64, i64)> {
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || rest.len() > 30 || !digits(whole) || !digits(rest) {
        return None;
    }
    let mut ppm: i64 = whole.parse::<i64>().ok()? * 10_000;
    let mut scale = 1_000;
    let mut finer = false;
    for digit in rest.bytes() {
        let digit = i64::from(digit - b'0');
        if scale > 0 {
            ppm += digit * scale;
        } else {
            finer |= digit > 0;
        }
        scale /= 10;
    }
    Some((ppm, ppm + i64::from(finer)))
}

fn fraction(top: &str, bottom: &str) -> Option<Share> {
    let (top, bottom): (u64, u64) = (top.trim().parse().ok()?, bottom.trim().parse().ok()?);
    let scaled = top.checked_mul(u64::from(WHOLE))?;
    let lo = scaled.checked_div(bottom)?;
    Share::between(
        i64::try_from(lo).ok()?,
        i64::try_from(scaled.div_ceil(bottom)).ok()?,
    )
}

/// Natures of control, as Companies House codes them.
fn companies_house(text: &str) -> Option<Parsed> {
    let code = text.trim();
    let layer = if code.starts_with("ownership-of-shares")
        || code.starts_with("right-to-share-surplus-assets")
        || code.starts_with("part-right-to-share-surplus-assets")
    {
        Layer::Shares
    } else if code.starts_with("voting-rights") {
        Layer::Votes
    } else if code.starts_with("right-to-appoint-and-remove") {
        Layer::Appointment
    } else if code.starts_with("significant-influence-or-control") {
        Layer::Influence
    } else {
        return None;
    };
    let share = if layer == Layer::Appointment {
        // The condition is the right to appoint or remove most of the board.
        Share {
            lo: 500_001,
            hi: WHOLE,
        }
    } else if layer == Layer::Influence {
        Share::UNKNOWN
    } else if code.contains("25-to-50") {
        Share {
            lo: 250_001,
            hi: 500_000,
        }
    } else if code.contains("50-to-75") {
        Share {
            lo: 500_001,
            hi: 749_999,
        }
    } else if code.contains("75-to-100") {
        Share {
            lo: 750_000,
            hi: WHOLE,
        }
    } else if code.contains("more-than-25-percent") {
        Share {
            lo: 250_001,
            hi: WHOLE,
        }
    } else {
        return Some(Parsed {
            layer: Some(layer),
            ..Parsed::BAD
        });
    };
    Some(Parsed {
        share,
        layer: Some(layer),
        marks: Marks::NONE,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_without_inventing() {
        let of = |text: &str| {
            let found = share_of_text(text);
            (found.share.lo, found.share.hi)
        };
        assert_eq!(of("50"), (500_000, 500_000));
        assert_eq!(of("50,00 %"), (500_000, 500_000));
        assert_eq!(of("0.5%"), (5_000, 5_000));
        assert_eq!(of("0.5"), (5_000, 500_000));
        assert_eq!(of("1.00"), (10_000, 1_000_000));
        assert_eq!(of("0"), (0, 0));
        assert_eq!(of("1/3"), (333_333, 333_334));
        assert_eq!(of("33.333333"), (333_333, 333_334));
        assert_eq!(of("25-50"), (250_000, 500_000));
        assert_eq!(of("more than 50%"), (500_001, 1_000_000));
        assert_eq!(of("less than 25 per cent"), (0, 249_999));
        for text in ["150", "-5", "50 000", "1/0", "many", "50-25"] {
            let found = share_of_text(text);
            assert_eq!(found.share, Share::UNKNOWN, "{text}");
            assert!(found.marks.has(Marks::BAD_INTERVAL), "{text}");
        }
    }
}
