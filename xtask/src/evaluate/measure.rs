//! Runs the cases, and finds the threshold.

use std::path::Path;

use rayon::prelude::*;
use scruple_model::RecordId;
use scruple_screen::fit::{self, Row};
use scruple_screen::{EntityNo, Index, score};

use super::cases::{self, Case};

/// What came of one query.
pub(super) struct Result {
    /// Weight of the best right party; none where it was no candidate.
    pub(super) right: Option<i32>,
    /// Weight of the best of all.
    pub(super) top: Option<i32>,
    /// Its number.
    pub(super) top_no: Option<EntityNo>,
    /// Place of the first right party among the candidates, from 0.
    pub(super) place: Option<usize>,
}

/// Least weights: chosen on the tune half so that 1% and 0.5% of clean names alert,
/// and the one that score 0.70 stands for.
pub(super) struct Thresholds {
    pub(super) one: i32,
    pub(super) half: i32,
    pub(super) fixed: i32,
}

/// The numbers of the right parties.
pub(super) fn numbers<B: AsRef<[u8]>>(index: &Index<B>, ids: &[RecordId]) -> Vec<EntityNo> {
    ids.iter().filter_map(|id| index.find(id)).collect()
}

/// Runs every query.
pub(super) fn all<B: AsRef<[u8]> + Sync>(
    index: &Index<B>,
    queries: &[Case],
    weigh: &(impl Fn(&mut Vec<Row>) + Sync),
) -> Vec<Result> {
    queries
        .par_iter()
        .map(|case| {
            let right = numbers(index, &case.right);
            let mut rows = fit::rows(index, &case.query);
            weigh(&mut rows);
            rows.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.no.cmp(&b.no)));
            let is_right = |row: &&Row| right.contains(&row.no);
            let place = if case.is_clean() {
                None
            } else {
                let found = index.candidates(&case.query, 200);
                found.iter().position(|no| right.contains(no))
            };
            Result {
                right: rows.iter().find(is_right).map(|row| row.weight),
                top: rows.first().map(|row| row.weight),
                top_no: rows.first().map(|row| row.no),
                place,
            }
        })
        .collect()
}

/// The least weight at which no more than this share of clean names alerts.
pub(super) fn threshold(mut clean: Vec<i32>, share: f64) -> i32 {
    clean.sort_unstable_by(|a, b| b.cmp(a));
    let may = (clean.len() as f64 * share) as usize;
    clean.get(may).map_or(i32::MIN, |weight| weight + 1)
}

/// Chooses the thresholds on the tune half.
pub(super) fn thresholds(queries: &[Case], results: &[Result]) -> Thresholds {
    let clean: Vec<i32> = queries
        .iter()
        .zip(results)
        .filter(|(case, _)| case.tune && case.is_clean())
        .map(|(_, result)| result.top.unwrap_or(i32::MIN))
        .collect();
    let fixed = fit::scale()
        .iter()
        .find(|(_, score)| *score == 7_000)
        .map_or(i32::MAX, |(weight, _)| *weight);
    Thresholds {
        one: threshold(clean.clone(), 0.01),
        half: threshold(clean, 0.005),
        fixed,
    }
}

/// Pair F1 on the report half, at the threshold that is best on the tune half.
pub(super) fn pairs<B: AsRef<[u8]> + Sync>(
    index: &Index<B>,
    folder: &Path,
    thresholds: &Thresholds,
) -> anyhow::Result<()> {
    let pairs = cases::pairs(folder)?;
    let scored: Vec<(i32, bool, bool)> = pairs
        .par_iter()
        .map(|pair| {
            let found = index
                .find(&pair.candidate)
                .and_then(|no| score(index, &pair.query, no));
            (
                found.map_or(i32::MIN, |found| found.weight),
                pair.same,
                pair.tune,
            )
        })
        .collect();
    let f1 = |threshold: i32, tune: bool| {
        let (mut hit, mut alarm, mut miss) = (0_u32, 0_u32, 0_u32);
        for (weight, same, _) in scored.iter().filter(|(_, _, of)| *of == tune) {
            match (*weight >= threshold, same) {
                (true, true) => hit += 1,
                (true, false) => alarm += 1,
                (false, true) => miss += 1,
                (false, false) => {}
            }
        }
        f64::from(2 * hit) / f64::from((2 * hit + alarm + miss).max(1))
    };
    let best = (-100..100)
        .map(|step| step * 100)
        .max_by(|a, b| f1(*a, true).total_cmp(&f1(*b, true)))
        .unwrap_or(0);
    println!(
        "\npairs: F1 {:.4} at 1% clean alerts, {:.4} at the best threshold of the tune half",
        f1(thresholds.one, false),
        f1(best, false)
    );
    Ok(())
}
