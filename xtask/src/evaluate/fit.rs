//! Fits the coefficients on the tune half.
//!
//! Logistic regression with a quadratic penalty ([`super::newton`]), and the sign of each
//! coefficient held to what it means: an error in a letter never speaks for a match. A
//! query counts by its best right candidate, a clean name by the candidate that alerts
//! first; which candidate that is depends on the coefficients, so the two are found in
//! turns. Clean names weigh more than their number, because what counts is the one in a
//! hundred that alerts. How much more, and how much of it names of listed parts have, is
//! chosen by what is found in names that a fit has not seen ([`super::cross`]).
//!
//! How much the crowd of a query counts follows from the invented names ([`super::crowd`]).
//!
//! Rejected: moving single coefficients afterwards by recall at the threshold. It gains on
//! the dozen clean names that decide the threshold and on no others.

use rayon::prelude::*;
use scruple_screen::fit::{self, Curve, FEATURES, Row};
use scruple_screen::{EntityNo, Index, Query};

use super::cases::{self, Case};
use super::cross::{FOLDS, Setting, choose};
use super::newton::{self, Example, Fitted};
use super::{crowd, invented, measure};

/// How many invented names for each clean one.
const INVENTED: usize = 8;
/// Candidates kept of each query: enough to find the tenth among, once coefficients move.
const KEPT: usize = 24;
/// Turns of choosing candidates and fitting.
const TURNS: usize = 4;

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
    /// The best of those among which its crowd is found.
    pub(super) near: Vec<Row>,
    pub(super) clean: bool,
    /// Whence a clean name comes.
    pub(super) source: Source,
    /// Which quarter it is in.
    pub(super) fold: u64,
}

impl Bag {
    fn of<B: AsRef<[u8]>>(
        index: &Index<B>,
        query: &Query,
        right: Option<Vec<EntityNo>>,
        source: Source,
        key: &str,
    ) -> Self {
        let mut rows = fit::rows(index, query);
        let near = rows.iter().filter(|row| row.near);
        let near = near.take(KEPT).cloned().collect();
        match &right {
            Some(right) => rows.retain(|row| right.contains(&row.no)),
            None => rows.truncate(KEPT),
        }
        Self {
            rows,
            near,
            clean: right.is_none(),
            source,
            fold: (cases::hash(key) >> 40) % FOLDS,
        }
    }
}

/// Fits and writes.
pub(super) fn run<B: AsRef<[u8]> + Sync>(
    index: &Index<B>,
    queries: &[Case],
    hard: &[Query],
) -> anyhow::Result<()> {
    let mut bags: Vec<Bag> = queries
        .par_iter()
        .filter(|case| case.tune && !case.is_far())
        .map(|case| {
            let right = (!case.is_clean()).then(|| measure::numbers(index, &case.right));
            let key = case
                .right
                .first()
                .map_or(case.query.name.as_str(), |id| id.as_str());
            Bag::of(index, &case.query, right, Source::Given, key)
        })
        .collect();
    let invented = invented::names(queries, INVENTED);
    for (names, source) in [(&invented[..], Source::Invented), (hard, Source::Hard)] {
        let of = |query: &Query| Bag::of(index, query, None, source, &query.name);
        bags.par_extend(names.par_iter().map(of));
    }
    // A listed name in another spelling is no other name.
    bags.retain(|bag| bag.source != Source::Hard || !bag.rows.iter().any(same_name));
    for source in [Source::Given, Source::Invented, Source::Hard] {
        let count = |clean| {
            let of = |bag: &&Bag| bag.clean == clean && bag.source == source;
            bags.iter().filter(of).count()
        };
        println!(
            "{source:?}: {} clean names, {} others",
            count(true),
            count(false)
        );
    }
    let setting = choose(&bags);
    println!("taken: {setting:?}");
    let mut fitted = fitted(&bags, setting, |_| true);
    let mut curves = crowd::curves(bags.iter(), &fitted);
    crowd::level(&bags, &mut fitted, &mut curves);
    println!("\nwith these coefficients, before they are compiled in:");
    let results = measure::all(index, queries, &|rows| {
        crowd::weigh(rows, &fitted, &curves);
    });
    let thresholds = measure::thresholds(queries, &results);
    super::report::print(queries, &results, &thresholds);
    crowd::print(&bags, &fitted, &curves);
    write(&fitted, &curves)
}

/// Coefficients fitted to some of the names.
pub(super) fn fitted(bags: &[Bag], setting: Setting, which: impl Fn(&Bag) -> bool) -> Fitted {
    let of: Vec<&Bag> = bags
        .iter()
        .filter(|bag| which(bag) && !bag.rows.is_empty())
        .collect();
    let right = of.iter().filter(|bag| !bag.clean).count() as f64;
    let share = |source| match source {
        Source::Hard => setting.hard,
        Source::Given => (1.0 - setting.hard) / 3.0,
        Source::Invented => (1.0 - setting.hard) * 2.0 / 3.0,
    };
    let weights = [Source::Given, Source::Invented, Source::Hard].map(|source| {
        let count = of
            .iter()
            .filter(|bag| bag.clean && bag.source == source)
            .count();
        setting.clean * share(source) * right / count.max(1) as f64
    });
    let mut fitted = Fitted::new();
    for _ in 0..TURNS {
        let example = |bag: &&Bag| {
            let best = bag
                .rows
                .iter()
                .max_by(|a, b| fitted.of(a).total_cmp(&fitted.of(b)))?;
            Some(Example {
                mode: best.mode,
                values: best.values.map(|value| f64::from(value) / 256.0),
                right: !bag.clean,
                weight: if bag.clean {
                    weights[bag.source as usize]
                } else {
                    1.0
                },
            })
        };
        let examples: Vec<Example> = of.iter().filter_map(example).collect();
        newton::fit(&mut fitted, &examples);
    }
    fitted
}

/// Whether every word agrees and no letter is in error.
fn same_name(row: &Row) -> bool {
    let of = |name| {
        let no = fit::table().iter().position(|(held, _)| *held == name);
        no.map_or(0, |no| row.values[no])
    };
    of("Complete") > 0 && of("EditRare") == 0
}

fn write(fitted: &Fitted, curves: &[Curve; 2]) -> anyhow::Result<()> {
    let mut out = String::from(
        "//! The coefficients, in thousandths of a logit for a count or a bit.\n//!\n\
         //! Written by `cargo xtask evaluate --fit`: change nothing here by hand.\n\n\
         use super::crowd::Curve;\n\
         use super::features::FEATURES;\n\n\
         /// How much the crowd counts, for names of people, and for all others.\n\
         #[rustfmt::skip]\n\
         pub(crate) static CROWD: [Curve; 2] = [\n",
    );
    for Curve {
        least,
        even,
        most,
        share,
    } in curves
    {
        out.push_str(&format!(
            "    Curve {{ least: {least}, even: {even}, most: {most}, share: {share} }},\n"
        ));
    }
    out.push_str(
        "];\n\n\
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
