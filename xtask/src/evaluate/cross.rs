//! Chooses the settings of the fit by what it finds in names that it has not seen.
//!
//! The tune half is cut in four. Each quarter is read with coefficients that were fitted to
//! the other three, and the setting that finds most of its right names, at several shares
//! of alerts among its clean names, is taken. The report half has no part in it.

use rayon::prelude::*;

use super::crowd;
use super::fit::{Bag, Source, fitted};

/// How many parts the tune half is cut in.
pub(super) const FOLDS: u64 = 4;

/// What has to be chosen before anything is fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    /// Weight of all clean names together, beside all true ones as 1.
    pub(super) clean: f64,
    /// The share of it that names of listed parts have. Of the rest, one third is of
    /// the given names and two thirds of the invented ones.
    pub(super) hard: f64,
}

/// Weights of clean names, and shares of names of listed parts, that are tried.
const CLEAN: [f64; 3] = [3.0, 6.0, 12.0];
const HARD: [f64; 3] = [0.1, 0.2, 0.3];

/// Shares of alerts at which recall counts, among given and invented clean names.
const SHARES: [f64; 4] = [0.005, 0.01, 0.015, 0.02];
/// The same for names of listed parts, which alert more often.
const HARD_SHARES: [f64; 4] = [0.015, 0.03, 0.045, 0.06];

/// The setting that finds most.
pub(super) fn choose(bags: &[Bag]) -> Setting {
    let settings: Vec<Setting> = CLEAN
        .iter()
        .flat_map(|clean| {
            HARD.map(|hard| Setting {
                clean: *clean,
                hard,
            })
        })
        .collect();
    let tried: Vec<(Setting, f64)> = settings
        .into_par_iter()
        .map(|setting| (setting, held_out(bags, setting)))
        .collect();
    let mut best = tried[0];
    for &(setting, found) in &tried {
        println!(
            "clean {:>2}, of listed parts {:.1}: mean recall {found:.4} in names not fitted to",
            setting.clean, setting.hard
        );
        if found > best.1 {
            best = (setting, found);
        }
    }
    best.0
}

/// Mean recall of the names of every quarter, read with coefficients fitted to the others.
fn held_out(bags: &[Bag], setting: Setting) -> f64 {
    let mut tops: Vec<(i32, &Bag)> = Vec::new();
    for fold in 0..FOLDS {
        let fitted = fitted(bags, setting, |bag| bag.fold != fold);
        let others = bags.iter().filter(|bag| bag.fold != fold);
        let curves = crowd::curves(others.clone(), &fitted);
        // Each fit has a scale of its own: what one in a hundred of the clean names it
        // was fitted to reaches is 0.
        let mut seen: Vec<i32> = others
            .filter(|bag| bag.clean && bag.source != Source::Hard)
            .map(|bag| crowd::top(bag, &fitted, &curves))
            .collect();
        seen.sort_unstable_by(|a, b| b.cmp(a));
        let zero = at(&seen, 0.01);
        let own = bags.iter().filter(|bag| bag.fold == fold);
        let top = |bag| crowd::top(bag, &fitted, &curves).saturating_sub(zero);
        tops.extend(own.map(|bag| (top(bag), bag)));
    }
    let of = |wanted: &dyn Fn(&Bag) -> bool| {
        let mut out: Vec<i32> = tops
            .iter()
            .filter(|(_, bag)| wanted(bag))
            .map(|(top, _)| *top)
            .collect();
        out.sort_unstable_by(|a, b| b.cmp(a));
        out
    };
    let right = of(&|bag| !bag.clean);
    let recall = |source: Source, shares: [f64; 4]| -> f64 {
        let clean = of(&|bag| bag.clean && bag.source == source);
        let each = shares.map(|share| {
            let threshold = at(&clean, share);
            let found = right.iter().filter(|top| **top > threshold).count();
            found as f64 / right.len().max(1) as f64
        });
        each.iter().sum::<f64>() / each.len() as f64
    };
    (recall(Source::Given, SHARES)
        + recall(Source::Invented, SHARES)
        + recall(Source::Hard, HARD_SHARES))
        / 3.0
}

/// What this share of a falling list is above.
fn at(falling: &[i32], share: f64) -> i32 {
    falling
        .get((falling.len() as f64 * share) as usize)
        .copied()
        .unwrap_or(i32::MIN)
}
