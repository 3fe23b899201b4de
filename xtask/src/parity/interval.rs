//! How sure a measured share is.
//!
//! Wilson's interval for a share: right also where nothing or nearly nothing was
//! found, where the textbook one says "0 ± 0". The ratio of one origin's share to the
//! share of all is given on the logarithm, with the variance of both and what they
//! have in common, since the origin is a part of the whole.

/// A value with its 95% interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// The 97.5% point of the normal distribution.
const Z: f64 = 1.959_964;

/// Wilson's interval for `hits` of `of`.
pub(super) fn share(hits: u64, of: u64) -> Interval {
    if of == 0 {
        return Interval {
            value: f64::NAN,
            low: 0.0,
            high: 1.0,
        };
    }
    let n = of as f64;
    let p = hits as f64 / n;
    let scale = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / scale;
    let half = Z / scale * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Interval {
        value: p,
        low: (middle - half).max(0.0),
        high: (middle + half).min(1.0),
    }
}

/// The share of `part` over the share of `whole`, each as hits of how many; the part
/// is in the whole. Half a hit is added where there is none.
pub(super) fn ratio(part: (u64, u64), whole: (u64, u64)) -> Interval {
    let share = |(hits, of): (u64, u64)| {
        let hits = if hits == 0 { 0.5 } else { hits as f64 };
        (hits / of as f64, of as f64)
    };
    let ((p, n), (q, m)) = (share(part), share(whole));
    // Var(ln p) + Var(ln q) − 2 Cov(ln p, ln q), where the whole holds the part.
    let variance = (1.0 - p) / (n * p) + (1.0 - q) / (m * q) - 2.0 * (1.0 - p) / (m * q);
    let half = Z * variance.max(0.0).sqrt();
    let middle = (p / q).ln();
    Interval {
        value: p / q,
        low: (middle - half).exp(),
        high: (middle + half).exp(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 5e-5, "{a} {b}");
    }

    /// Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    #[test]
    fn wilson_as_in_the_published_examples() {
        let a = share(81, 263);
        near(a.low, 0.2553);
        near(a.high, 0.3662);
        let b = share(0, 20);
        near(b.low, 0.0);
        near(b.high, 0.1611);
        let c = share(1, 29);
        near(c.low, 0.0061);
        near(c.high, 0.1718);
    }

    /// Against ten thousand made-up measurements: nineteen in twenty intervals hold the truth.
    #[test]
    fn ratios_hold_the_truth_as_often_as_they_say() {
        use crate::parity::dice::Dice;
        let mut dice = Dice::of(7, "ratios");
        // Ten origins of 2,000: one at 4%, the others at 1%. The ratio is 4 / 1.3.
        let truth = 0.04 / 0.013;
        let mut held = 0;
        for _ in 0..400 {
            let mut hits = [0_u64; 10];
            for (at, hits) in hits.iter_mut().enumerate() {
                let percent = if at == 0 { 40 } else { 10 };
                *hits = (0..2_000).filter(|_| dice.below(1_000) < percent).count() as u64;
            }
            let found = ratio((hits[0], 2_000), (hits.iter().sum(), 20_000));
            held += usize::from(found.low <= truth && truth <= found.high);
        }
        assert!((370..=392).contains(&held), "{held} of 400");
    }

    #[test]
    fn nothing_found_is_not_a_ratio_without_bounds() {
        let none = ratio((0, 1_000), (50, 10_000));
        assert!(none.low > 0.0 && none.high < 2.5 && none.value < 0.2);
    }
}
