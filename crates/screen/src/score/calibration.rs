//! From weight to score, and from score to band.
//!
//! The weight is a log-odds on the cases it was fitted to and has no bound; people
//! read a number from 0 to 1. The scale is a table of points with straight lines
//! between them, so that it can be printed, and turned back. 0.65, weight 0, is where one
//! clean name in a hundred alerts on the half of the open cases that is tuned on. 0.70
//! lies above it for evenness: the cases hold few clean names that share parts with
//! listed ones, and those who bear such names would pay for the rest (docs/fairness.md).
//! The upper end is reached only by long, rare names that agree in full.

use scruple_model::Band;

/// Weight and score, rising in both.
pub(crate) const POINTS: [(i32, u16); 9] = [
    (-12_000, 0),
    (-4_000, 3_000),
    (-1_500, 5_000),
    (0, 6_500),
    (950, 7_000),
    (1_550, 8_000),
    (2_400, 9_000),
    (6_000, 9_500),
    (20_000, 10_000),
];

/// Least score of each band.
const STRONG: u16 = 9_000;
const MODERATE: u16 = 8_000;

/// The score of a weight.
pub(crate) fn score(weight: i32) -> u16 {
    let (first, last) = (POINTS[0], POINTS[POINTS.len() - 1]);
    if weight <= first.0 {
        return first.1;
    }
    for pair in POINTS.windows(2) {
        let ((w0, s0), (w1, s1)) = (pair[0], pair[1]);
        if weight <= w1 {
            let part = i64::from(weight - w0) * i64::from(s1 - s0) / i64::from(w1 - w0);
            return s0 + part as u16;
        }
    }
    last.1
}

/// The least weight that has this score.
pub(crate) fn weight(score: u16) -> i32 {
    for pair in POINTS.windows(2) {
        let ((w0, s0), (w1, s1)) = (pair[0], pair[1]);
        if score <= s1 {
            // Rounded up: the score of the weight that is given back is not less.
            let (steps, by) = (
                i64::from(score.saturating_sub(s0)) * i64::from(w1 - w0),
                i64::from(s1 - s0),
            );
            return w0 + ((steps + by - 1) / by) as i32;
        }
    }
    POINTS[POINTS.len() - 1].0
}

/// The band of a score.
pub fn band(score: u16) -> Band {
    match score {
        STRONG.. => Band::Strong,
        MODERATE.. => Band::Moderate,
        _ => Band::Weak,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_rises_and_turns_back() {
        let mut before = 0;
        for weight in (-13_000..13_000).step_by(7) {
            let now = score(weight);
            assert!(now >= before, "{weight}");
            before = now;
        }
        assert!(POINTS.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
        for want in (0..=10_000).step_by(250) {
            assert_eq!(score(weight(want)), want);
        }
    }
}
