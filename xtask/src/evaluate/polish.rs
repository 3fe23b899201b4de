//! Moves single coefficients by what counts in the end: recall at a given share of
//! clean names that alert.
//!
//! Logistic regression fits all names, and the threshold is decided by one clean name
//! in a hundred. From where it ends, each coefficient is tried a little up and down;
//! what lets more right names through at the same alerts is kept. Recall is taken at
//! several shares and over the invented clean names too, so that no single name
//! decides.

use rayon::prelude::*;
use scruple_screen::fit::FEATURES;

use super::descend::{Fitted, bound};
use super::fit::{Bag, Source};

/// Shares of alerts at which recall counts.
const SHARES: [f64; 4] = [0.005, 0.01, 0.015, 0.02];
/// The same for names of listed parts, which alert more often.
const HARD_SHARES: [f64; 3] = [0.015, 0.03, 0.05];
/// What these count beside the others.
const HARD: f64 = 0.5;
const ROUNDS: usize = 2;

struct Tops {
    right: Vec<f64>,
    given: Vec<f64>,
    invented: Vec<f64>,
    hard: Vec<f64>,
}

fn tops(fitted: &Fitted, bags: &[Bag]) -> Tops {
    let tops: Vec<f64> = bags
        .par_iter()
        .map(|bag| {
            bag.rows
                .iter()
                .map(|row| fitted.of(row))
                .fold(f64::NEG_INFINITY, f64::max)
        })
        .collect();
    let mut out = Tops {
        right: Vec::new(),
        given: Vec::new(),
        invented: Vec::new(),
        hard: Vec::new(),
    };
    for (bag, top) in bags.iter().zip(tops) {
        match (bag.clean, bag.source) {
            (false, _) => out.right.push(top),
            (true, Source::Given) => out.given.push(top),
            (true, Source::Invented) => out.invented.push(top),
            (true, Source::Hard) => out.hard.push(top),
        }
    }
    for list in [
        &mut out.right,
        &mut out.given,
        &mut out.invented,
        &mut out.hard,
    ] {
        list.sort_unstable_by(|a, b| b.total_cmp(a));
    }
    out
}

fn at(list: &[f64], share: f64) -> f64 {
    list.get((list.len() as f64 * share) as usize)
        .copied()
        .unwrap_or(f64::NEG_INFINITY)
}

/// Mean recall, over the shares and over given and invented clean names.
fn worth(tops: &Tops) -> f64 {
    let recall = |threshold: f64| {
        // A soft edge, a third of a logit wide: less depends on single names.
        let soft = |top: &f64| 1.0 / (1.0 + (-(top - threshold) / 0.3).exp());
        tops.right.iter().map(soft).sum::<f64>() / tops.right.len().max(1) as f64
    };
    let mut sum = 0.0;
    for share in SHARES {
        sum += recall(at(&tops.given, share)) + recall(at(&tops.invented, share));
    }
    for share in HARD_SHARES {
        sum += HARD * recall(at(&tops.hard, share));
    }
    sum / (SHARES.len() as f64 * 2.0 + HARD_SHARES.len() as f64 * HARD)
}

/// Polishes the coefficients; gives the threshold at one in a hundred of the given
/// clean names.
pub(super) fn polish(fitted: &mut Fitted, bags: &[Bag]) -> f64 {
    let mut best = worth(&tops(fitted, bags));
    println!("before polishing: mean recall {best:.4}");
    for round in 0..ROUNDS {
        let size = 0.3 / (1 << round) as f64;
        for mode in 0..2 {
            for no in 0..FEATURES {
                let held = fitted.weights[mode][no];
                let step = size * held.abs().max(0.3);
                for by in [step, -step] {
                    let tried = bound(no, held + by);
                    if tried == held {
                        continue;
                    }
                    let before = fitted.weights[mode][no];
                    fitted.weights[mode][no] = tried;
                    let found = worth(&tops(fitted, bags));
                    // A move has to be worth it: small gains are the luck of the half.
                    if found > best + 1e-5 {
                        best = found;
                    } else {
                        fitted.weights[mode][no] = before;
                    }
                }
            }
        }
        println!("polished {}: mean recall {best:.4}", round + 1);
    }
    at(&tops(fitted, bags).given, 0.01)
}
