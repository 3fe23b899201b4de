//! Fits the coefficients on the tune half.
//!
//! Logistic regression with a quadratic penalty, and the sign of each coefficient
//! held to what it means: an error in a letter never speaks for a match. A query
//! counts by its best right candidate, a clean name by the candidate that alerts
//! first; which candidate that is depends on the coefficients, so the two are found
//! in turns. Clean names weigh more than their number, because what counts is the
//! one in a hundred that alerts.

use rayon::prelude::*;
use scruple_screen::fit::{self, FEATURES, Row};
use scruple_screen::{Index, Query};

use super::cases::Case;
use super::descend::{Example, Fitted, descend};
use super::{invented, measure, polish};

/// How many invented names for each clean one.
const INVENTED: usize = 8;
/// Candidates kept of each query.
const KEPT: usize = 12;
/// Turns of choosing candidates and fitting.
const TURNS: usize = 3;
/// Weight of all clean names together, beside all true ones as 1.
const CLEAN: f64 = 6.0;

/// How many names of listed parts, of people and of firms.
pub(super) const HARD: usize = 6_000;

/// Whence a name comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// From the cases.
    Given,
    /// Parts of clean names of the cases, put together anew.
    Invented,
    /// Parts of listed names, put together anew.
    Hard,
}

/// A name with the candidates that count.
pub(super) struct Bag {
    pub(super) rows: Vec<Row>,
    pub(super) clean: bool,
    /// Whence a clean name comes.
    pub(super) source: Source,
    pub(super) weight: f64,
}

/// Fits and writes.
pub(super) fn run<B: AsRef<[u8]> + Sync>(
    index: &Index<B>,
    queries: &[Case],
    hard: &[Query],
) -> anyhow::Result<()> {
    let invented = invented::names(queries, INVENTED);
    let tune: Vec<&Case> = queries
        .iter()
        .filter(|case| case.tune && !case.is_far())
        .collect();
    let mut bags: Vec<Bag> = tune
        .par_iter()
        .map(|case| {
            let mut rows = fit::rows(index, &case.query);
            if case.is_clean() {
                rows.truncate(KEPT);
            } else {
                let right = measure::numbers(index, &case.right);
                rows.retain(|row| right.contains(&row.no));
            }
            Bag {
                rows,
                clean: case.is_clean(),
                source: Source::Given,
                weight: 1.0,
            }
        })
        .collect();
    let sources = [(&invented[..], Source::Invented), (hard, Source::Hard)];
    let more = sources.map(|(names, source)| -> Vec<Bag> {
        let bag = |query: &Query| {
            let mut rows = fit::rows(index, query);
            rows.truncate(KEPT);
            Bag {
                rows,
                clean: true,
                source,
                weight: 1.0,
            }
        };
        names.par_iter().map(bag).collect()
    });
    bags.extend(more.into_iter().flatten());
    // A listed name in another spelling is no other name.
    bags.retain(|bag| bag.source != Source::Hard || !bag.rows.iter().any(same_name));
    let missing = bags
        .iter()
        .filter(|bag| !bag.clean && bag.rows.is_empty())
        .count();
    bags.retain(|bag| !bag.rows.is_empty());
    let right = bags.iter().filter(|bag| !bag.clean).count();
    println!("{right} names with a right candidate ({missing} without)");
    for (source, share) in [
        (Source::Given, 0.3),
        (Source::Invented, 0.6),
        (Source::Hard, 0.1),
    ] {
        let of = |bag: &Bag| bag.clean && bag.source == source;
        let count = bags.iter().filter(|bag| of(bag)).count();
        println!("{count} clean names {source:?}");
        for bag in bags.iter_mut().filter(|bag| of(bag)) {
            bag.weight = CLEAN * share * right as f64 / count as f64;
        }
    }

    let mut fitted = Fitted::from([[0; FEATURES]; 2]);
    for turn in 0..TURNS {
        let examples: Vec<Example> = bags
            .iter()
            .filter_map(|bag| {
                let best = bag
                    .rows
                    .iter()
                    .max_by(|a, b| fitted.of(a).total_cmp(&fitted.of(b)))?;
                Some(Example {
                    mode: best.mode,
                    values: best.values.map(|value| f64::from(value) / 256.0),
                    right: !bag.clean,
                    weight: bag.weight,
                })
            })
            .collect();
        let loss = descend(&mut fitted, &examples);
        let top = |bag: &Bag| {
            bag.rows
                .iter()
                .map(|row| fitted.of(row))
                .fold(f64::NEG_INFINITY, f64::max)
        };
        let given: Vec<i32> = bags
            .iter()
            .filter(|bag| bag.clean && bag.source == Source::Given)
            .map(|bag| (top(bag) * 1_000.0) as i32)
            .collect();
        let threshold = measure::threshold(given, 0.01);
        let hits = bags
            .iter()
            .filter(|bag| !bag.clean && top(bag) * 1_000.0 >= f64::from(threshold))
            .count();
        println!(
            "turn {turn}: loss {loss:.5}, recall {:.4} at 1% of the clean names of the tune half",
            hits as f64 / (right + missing) as f64
        );
    }
    let threshold = polish::polish(&mut fitted, &bags);
    // Weight 0 is the threshold.
    fitted.shift(-threshold);
    println!("\nwith these coefficients, before they are compiled in:");
    let results = measure::all(index, queries, &|row| (fitted.of(row) * 1_000.0) as i32);
    let thresholds = measure::thresholds(queries, &results);
    super::report::print(queries, &results, &thresholds);
    super::report::misses(index, queries, &results, thresholds.one);
    write(&fitted)
}

/// Whether every word agrees and no letter is in error.
fn same_name(row: &Row) -> bool {
    let of = |name| {
        let no = fit::table().iter().position(|(held, _)| *held == name);
        no.map_or(0, |no| row.values[no])
    };
    of("Complete") > 0 && of("EditRare") == 0
}

fn write(fitted: &Fitted) -> anyhow::Result<()> {
    let mut out = String::from(
        "//! The coefficients, in thousandths of a logit for a count or a bit.\n//!\n\
         //! Written by `cargo xtask evaluate --fit`: change nothing here by hand.\n\n\
         use super::features::FEATURES;\n\n\
         /// For names of people, and for all others, in the order of the features.\n\
         #[rustfmt::skip]\n\
         pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [\n",
    );
    for row in &fitted.weights {
        out.push_str("    [\n");
        for (value, (name, _)) in row.iter().zip(fit::table()) {
            out.push_str(&format!(
                "        {}, // {name}\n",
                (value * 1_000.0).round() as i32
            ));
        }
        out.push_str("    ],\n");
    }
    out.push_str("];\n");
    let path = crate::root().join("crates/screen/src/score/weights.rs");
    std::fs::write(&path, out)?;
    println!(
        "wrote {}; run again without --fit to see what it reaches",
        path.display()
    );
    for (no, (name, _)) in fit::table().iter().enumerate().take(FEATURES) {
        println!(
            "{name:<20} {:>8.3} {:>8.3}",
            fitted.weights[0][no], fitted.weights[1][no]
        );
    }
    Ok(())
}
