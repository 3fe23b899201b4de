//! Counts to tables: for the terminal and for the page, from one function.

use std::fmt::Write as _;

use super::bars::{Group, groups};
use super::interval::{Interval, share};
use super::measure::{Kind, Run, STEP, at};
use super::origins::ALL;

/// All tables of a run, as Markdown.
pub(super) fn page(run: &Run) -> String {
    let mut page = String::new();
    let one = one_percent(run);
    let _ = writeln!(
        page,
        "Matcher `{}`, {} listed parties, product threshold {}; 1% of all clean names alert at {}.\n\
         Drawn with seed {}: {} persons and {} organisations for each origin.\n",
        run.engine,
        thousands(run.parties as u64),
        score(run.threshold),
        score(one),
        run.amounts.seed,
        thousands(run.amounts.persons as u64),
        thousands(run.amounts.organisations as u64),
    );
    for (title, kind) in [
        ("Persons", Some(Kind::Persons)),
        ("Organisations", Some(Kind::Organisations)),
        ("Together", None),
    ] {
        clean(&mut page, run, title, kind, one);
    }
    misses(&mut page, run);
    curve(&mut page, run);
    page
}

/// The least threshold at which at most 1% of all clean names alert.
pub(super) fn one_percent(run: &Run) -> u16 {
    let all: u64 = run.clean.iter().map(|one| one.clean).sum();
    let mut threshold = super::measure::FLOOR;
    while threshold < 10_000 {
        let hits: u64 = run.clean.iter().map(|one| at(&one.scores, threshold)).sum();
        if hits * 100 <= all {
            break;
        }
        threshold += STEP;
    }
    threshold
}

fn clean(page: &mut String, run: &Run, title: &str, kind: Option<Kind>, one: u16) {
    let _ = writeln!(
        page,
        "### {title}\n\n\
         | origin | clean | homonyms | alert | 95% | to the pooled | 95% | strong | review | weak \
         | at {} | no country |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        score(one)
    );
    let here = groups(run, kind, run.threshold);
    let there = groups(run, kind, one);
    for (group, later) in here.iter().zip(&there) {
        let alert = group.rate();
        let (ratio, between) = match group.ratio {
            Some(ratio) => (times(ratio.value), span(ratio, times)),
            None => (String::new(), String::new()),
        };
        let part = |count: u64| percent(count as f64 / group.clean.max(1) as f64);
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {ratio} | {between} | {} | {} | {} | {} | {} |",
            group.origin,
            thousands(group.clean),
            group.homonyms,
            percent(alert.value),
            span(alert, percent),
            part(group.strong),
            part(group.moderate),
            part(group.weak),
            percent(later.rate().value),
            percent(group.bare_hits as f64 / group.bare.max(1) as f64),
        );
    }
    page.push('\n');
}

/// Share of true names that are found, over all operations, each as heavy.
fn found(run: &Run, origin: &str, planted: bool, threshold: u16) -> Option<f64> {
    let shares: Vec<f64> = run
        .truths
        .iter()
        .filter(|one| one.origin == origin && one.planted == planted && one.names > 0)
        .map(|one| at(&one.scores, threshold) as f64 / one.names as f64)
        .collect();
    (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64)
}

/// The mean over origins, and the least with its origin.
pub(super) fn recall(run: &Run, threshold: u16) -> (f64, f64, &'static str) {
    let each: Vec<(f64, &str)> = ALL
        .iter()
        .filter_map(|origin| Some((found(run, origin.label, true, threshold)?, origin.label)))
        .collect();
    let mean = each.iter().map(|one| one.0).sum::<f64>() / each.len().max(1) as f64;
    let least = each
        .into_iter()
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((f64::NAN, ""));
    (mean, least.0, least.1)
}

fn misses(page: &mut String, run: &Run) {
    for (planted, title) in [
        (true, "Missed: drawn names put on the list"),
        (false, "Missed: names of listed parties"),
    ] {
        let mut labels: Vec<&str> = Vec::new();
        for one in &run.truths {
            if !labels.contains(&one.operation.as_str()) {
                labels.push(&one.operation);
            }
        }
        let _ = writeln!(
            page,
            "### {title}\n\n| origin | names | {} | mean |\n| --- | ---: |{} ---: |",
            labels.join(" | "),
            " ---: |".repeat(labels.len())
        );
        for origin in ALL {
            let of = |label: &str| {
                run.truths.iter().find(|one| {
                    one.origin == origin.label && one.planted == planted && one.operation == label
                })
            };
            let names = labels
                .first()
                .and_then(|label| of(label))
                .map_or(0, |one| one.names);
            let _ = write!(page, "| {} | {names} |", origin.label);
            for label in &labels {
                let cell = of(label)
                    .filter(|one| one.names > 0)
                    .map_or_else(String::new, |one| {
                        let missed = share(one.names - at(&one.scores, run.threshold), one.names);
                        format!(
                            "{} ± {}",
                            whole(missed.value),
                            whole((missed.high - missed.low) / 2.0)
                        )
                    });
                let _ = write!(page, " {cell} |");
            }
            let mean = found(run, origin.label, planted, run.threshold);
            let _ = writeln!(
                page,
                " {} |",
                mean.map_or_else(String::new, |f| percent(1.0 - f))
            );
        }
        page.push('\n');
    }
}

fn curve(page: &mut String, run: &Run) {
    page.push_str(
        "### Evenness against recall\n\n\
         | threshold | clean alerts | most | origin | to the pooled | found | least found | origin |\n\
         | ---: | ---: | ---: | --- | ---: | ---: | ---: | --- |\n",
    );
    for threshold in (5_500..=9_500).step_by(250) {
        let all = groups(run, None, threshold);
        let Some((pooled, each)) = all.split_last() else {
            continue;
        };
        let most = each
            .iter()
            .max_by(|a, b| a.rate().value.total_cmp(&b.rate().value));
        let Some(most) = most else { continue };
        let (mean, least, label) = recall(run, threshold);
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} | {label} |",
            score(threshold),
            percent(pooled.rate().value),
            percent(most.rate().value),
            most.origin,
            most.ratio.map_or_else(String::new, |r| times(r.value)),
            percent(mean),
            percent(least),
        );
    }
    page.push('\n');
}

impl Group {
    /// The share of clean names that alert.
    pub(super) fn rate(&self) -> Interval {
        share(self.hits, self.clean)
    }
}

fn span(of: Interval, shown: fn(f64) -> String) -> String {
    format!("{} to {}", shown(of.low), shown(of.high))
}

/// 0.0123 as 1.23%.
pub(super) fn percent(value: f64) -> String {
    format!("{:.2}%", value * 100.0)
}

fn whole(value: f64) -> String {
    format!("{:.0}%", value * 100.0)
}

pub(super) fn times(value: f64) -> String {
    format!("{value:.2}")
}

/// A score in 1/10,000 as people read it.
pub(super) fn score(value: u16) -> String {
    format!("{:.3}", f64::from(value) / 10_000.0)
}

fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
