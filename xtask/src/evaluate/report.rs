//! The tables.

use std::collections::BTreeMap;

use scruple_screen::Index;

use super::cases::Case;
use super::measure::{Result, Thresholds};

/// What the baseline keeps: names and shares of the report half, in 1/10,000.
pub(super) type Summary = BTreeMap<String, u32>;

#[derive(Default)]
struct Row {
    of: u32,
    tuned: u32,
    one: u32,
    half: u32,
    fixed: u32,
    both: u32,
    both_of: u32,
}

impl Row {
    fn share(hit: u32, of: u32) -> f64 {
        f64::from(hit) / f64::from(of.max(1))
    }
}

/// Prints recall, candidates and clean alerts; gives what a baseline keeps.
pub(super) fn print(queries: &[Case], results: &[Result], thresholds: &Thresholds) -> Summary {
    let mut summary = Summary::new();
    println!(
        "thresholds from the tune half: weight {} at 1%, {} at 0.5%; {} is score 0.70",
        thresholds.one, thresholds.half, thresholds.fixed
    );
    let mut recall: BTreeMap<String, Row> = BTreeMap::new();
    let mut alerts: BTreeMap<String, Row> = BTreeMap::new();
    let mut places: BTreeMap<String, [u32; 4]> = BTreeMap::new();
    for (case, result) in queries.iter().zip(results) {
        let weight = if case.is_clean() {
            result.top
        } else {
            result.right
        }
        .unwrap_or(i32::MIN);
        let mut names = vec![case.kind.clone()];
        if case.kind == "xscript_search" {
            names.push(format!("xscript_search / {}", case.script));
        }
        let table = if case.is_clean() {
            let people = if case.kind == "clean_company" {
                "companies"
            } else {
                "persons"
            };
            names.push(format!("{people} / {}", case.origin));
            names.push("all clean names".to_owned());
            &mut alerts
        } else {
            if !case.is_far() {
                names.push("all but csl_alias_far".to_owned());
                if case.kind != "exact" {
                    let script = if case.script == "Latin" {
                        "Latin"
                    } else {
                        "other scripts"
                    };
                    names.push(format!("all but csl_alias_far / {script}"));
                }
                let held = places
                    .entry("all but csl_alias_far".to_owned())
                    .or_default();
                for (no, within) in [10, 50, 200].into_iter().enumerate() {
                    held[no] += u32::from(result.place.is_some_and(|place| place < within));
                }
                held[3] += 1;
                let held = places.entry(case.kind.clone()).or_default();
                for (no, within) in [10, 50, 200].into_iter().enumerate() {
                    held[no] += u32::from(result.place.is_some_and(|place| place < within));
                }
                held[3] += 1;
            }
            &mut recall
        };
        for name in names {
            let row = table.entry(name).or_default();
            row.both_of += 1;
            row.both += u32::from(weight >= thresholds.one);
            if case.tune {
                row.tuned += 1;
                continue;
            }
            row.of += 1;
            row.one += u32::from(weight >= thresholds.one);
            row.half += u32::from(weight >= thresholds.half);
            row.fixed += u32::from(weight >= thresholds.fixed);
        }
    }
    for (title, table) in [
        ("recall, report half", &recall),
        ("clean alerts, report half", &alerts),
    ] {
        println!(
            "\n{title:<40} {:>7} {:>7} {:>7} {:>6}  {:>9}",
            "at 1%", "at .5%", "at .70", "of", "all at 1%"
        );
        for (name, row) in table {
            println!(
                "{name:<40} {:>7.4} {:>7.4} {:>7.4} {:>6}  {:>9.4}",
                Row::share(row.one, row.of),
                Row::share(row.half, row.of),
                Row::share(row.fixed, row.of),
                row.of,
                Row::share(row.both, row.both_of),
            );
            let share = u64::from(row.one) * 10_000 / u64::from(row.of.max(1));
            summary.insert(format!("{title}: {name}"), share as u32);
        }
    }
    bands(queries, results);
    println!(
        "\n{:<40} {:>7} {:>7} {:>7}",
        "right party among candidates, both", "10", "50", "200"
    );
    for (name, [ten, fifty, all, of]) in &places {
        println!(
            "{name:<40} {:>7.4} {:>7.4} {:>7.4}",
            Row::share(*ten, *of),
            Row::share(*fifty, *of),
            Row::share(*all, *of)
        );
        summary.insert(
            format!("candidates: {name}"),
            (u64::from(*all) * 10_000 / u64::from((*of).max(1))) as u32,
        );
    }
    summary
}

/// How often the best match of a name is the right party, by score.
fn bands(queries: &[Case], results: &[Result]) {
    println!(
        "\n{:<40} {:>7} {:>7} {:>9}",
        "best match, report half", "right", "wrong", "clean"
    );
    let bounds = [
        7_000, 7_500, 8_000, 8_500, 9_000, 9_300, 9_600, 9_800, 10_001,
    ];
    for pair in bounds.windows(2) {
        let (mut right, mut wrong, mut clean) = (0_u32, 0_u32, 0_u32);
        for (case, result) in queries.iter().zip(results).filter(|(case, _)| !case.tune) {
            let Some(top) = result.top else { continue };
            let score = scruple_screen::fit::score(top);
            if !(pair[0]..pair[1]).contains(&score) {
                continue;
            }
            match (case.is_clean(), result.right == Some(top)) {
                (true, _) => clean += 1,
                (false, true) => right += 1,
                (false, false) => wrong += 1,
            }
        }
        println!(
            "score {:>5} to {:>5} {:>28} {wrong:>7} {clean:>9}",
            pair[0],
            pair[1] - 1,
            right
        );
    }
}

/// Lists what the tune half misses and where its clean names alert.
pub(super) fn misses<B: AsRef<[u8]>>(
    index: &Index<B>,
    queries: &[Case],
    results: &[Result],
    threshold: i32,
) {
    for (case, result) in queries.iter().zip(results).filter(|(case, _)| case.tune) {
        let name = |no| {
            index
                .entity(no)
                .map_or(String::new(), |entity| entity.caption)
        };
        if case.is_clean() {
            if let (Some(top), Some(no)) = (result.top, result.top_no)
                && top >= threshold - 1_000
            {
                println!(
                    "{} {:>6} {:<40} ~ {}",
                    case.kind,
                    top,
                    case.query.name,
                    name(no)
                );
            }
        } else if !case.is_far() && result.right.is_none_or(|right| right < threshold) {
            let right: Vec<String> = super::measure::numbers(index, &case.right)
                .into_iter()
                .map(name)
                .collect();
            let weight = result
                .right
                .map_or("none".to_owned(), |right| right.to_string());
            println!(
                "{} {weight:>6} {:<40} = {}",
                case.kind,
                case.query.name,
                right.join(" | ")
            );
        }
    }
}
