//! What has to hold, and what must not get worse.

use super::interval::{Interval, ratio};
use super::measure::{Kind, Run, at};
use super::origins::ALL;
use super::table::{percent, recall, times};

/// Counts of one origin, or of all of them.
pub(super) struct Group {
    pub(super) origin: &'static str,
    pub(super) clean: u64,
    pub(super) homonyms: u64,
    pub(super) hits: u64,
    pub(super) strong: u64,
    pub(super) moderate: u64,
    pub(super) weak: u64,
    pub(super) bare: u64,
    pub(super) bare_hits: u64,
    /// To the pooled share; none for the pool itself.
    pub(super) ratio: Option<Interval>,
}

/// The name of the pool in the tables.
const POOLED: &str = "all ten";

/// Every origin, then all together, at a threshold; one kind or both.
pub(super) fn groups(run: &Run, kind: Option<Kind>, threshold: u16) -> Vec<Group> {
    let of = |origin: &'static str, label: Option<&str>| {
        let mut group = Group {
            origin,
            clean: 0,
            homonyms: 0,
            hits: 0,
            strong: 0,
            moderate: 0,
            weak: 0,
            bare: 0,
            bare_hits: 0,
            ratio: None,
        };
        let wanted = run.clean.iter().filter(|one| {
            kind.is_none_or(|kind| one.kind == kind) && label.is_none_or(|l| one.origin == l)
        });
        for one in wanted {
            group.clean += one.clean;
            group.homonyms += one.homonyms;
            group.hits += at(&one.scores, threshold);
            group.strong += one.strong;
            group.moderate += one.moderate;
            group.weak += one.weak;
            group.bare += one.bare;
            group.bare_hits += at(&one.bare_scores, threshold);
        }
        group
    };
    let pooled = of(POOLED, None);
    let mut all: Vec<Group> = ALL.iter().map(|o| of(o.label, Some(o.label))).collect();
    for group in &mut all {
        group.ratio = Some(ratio(
            (group.hits, group.clean),
            (pooled.hits, pooled.clean),
        ));
    }
    all.push(pooled);
    all
}

/// Most clean names that may alert, all origins together.
const POOLED_MOST: f64 = 0.01;
/// What no origin's upper bound may pass.
const ORIGIN_MOST: f64 = 0.015;
/// What no lower bound of a ratio to the pooled share may pass.
const RATIO_MOST: f64 = 1.5;

/// One bar, and how it stands.
pub(super) struct Bar {
    /// Names it over runs.
    pub(super) id: String,
    /// In words, with the figures.
    pub(super) line: String,
    pub(super) holds: bool,
}

/// Every bar of a run, at the product's threshold.
pub(super) fn of(run: &Run) -> Vec<Bar> {
    let mut bars = Vec::new();
    for (name, kind) in [
        ("persons", Some(Kind::Persons)),
        ("organisations", Some(Kind::Organisations)),
        ("together", None),
    ] {
        let all = groups(run, kind, run.threshold);
        let Some((pooled, each)) = all.split_last() else {
            continue;
        };
        let rate = pooled.rate();
        bars.push(Bar {
            id: format!("{name}: pooled"),
            line: format!(
                "{name}: {} of clean names alert, bar {}",
                percent(rate.value),
                percent(POOLED_MOST)
            ),
            holds: rate.value <= POOLED_MOST,
        });
        let highest = each
            .iter()
            .max_by(|a, b| a.rate().high.total_cmp(&b.rate().high));
        if let Some(most) = highest {
            bars.push(Bar {
                id: format!("{name}: every origin"),
                line: format!(
                    "{name}: the highest origin is {}, {} with an upper bound of {}, bar {}",
                    most.origin,
                    percent(most.rate().value),
                    percent(most.rate().high),
                    percent(ORIGIN_MOST)
                ),
                holds: most.rate().high <= ORIGIN_MOST,
            });
        }
        if let Some((origin, ratio)) = widest(each) {
            bars.push(Bar {
                id: format!("{name}: ratio"),
                line: format!(
                    "{name}: the widest ratio is that of {origin}, {} with a lower bound of {}, bar {}",
                    times(ratio.value),
                    times(ratio.low),
                    times(RATIO_MOST)
                ),
                holds: ratio.low <= RATIO_MOST,
            });
        }
    }
    bars
}

/// The origin whose ratio has the highest lower bound.
fn widest(each: &[Group]) -> Option<(&'static str, Interval)> {
    each.iter()
        .filter_map(|group| Some((group.origin, group.ratio?)))
        .max_by(|a, b| a.1.low.total_cmp(&b.1.low))
}

/// What a run lost against an earlier one: a bar that held, evenness beyond chance,
/// or more than a point of recall.
pub(super) fn lost(now: &Run, before: &Run) -> Vec<String> {
    let mut lost = Vec::new();
    let held = of(before);
    for bar in of(now) {
        let did = held.iter().any(|one| one.id == bar.id && one.holds);
        if did && !bar.holds {
            lost.push(format!("no longer holds: {}", bar.line));
        }
    }
    for (name, kind) in [
        ("persons", Kind::Persons),
        ("organisations", Kind::Organisations),
    ] {
        let here = groups(now, Some(kind), now.threshold);
        let there = groups(before, Some(kind), before.threshold);
        for (group, was) in here.iter().zip(&there) {
            let (Some(ratio), Some(was)) = (group.ratio, was.ratio) else {
                continue;
            };
            // An origin that is better off than most may move as it likes.
            if ratio.low > was.high && ratio.value > 1.0 {
                lost.push(format!(
                    "{name}, {}: the ratio to the pooled share was {} and is {}",
                    group.origin,
                    times(was.value),
                    times(ratio.value)
                ));
            }
        }
    }
    let (found, had) = (
        recall(now, now.threshold).0,
        recall(before, before.threshold).0,
    );
    if found < had - 0.01 {
        lost.push(format!(
            "{} of true names were found, now {}",
            percent(had),
            percent(found)
        ));
    }
    lost
}
