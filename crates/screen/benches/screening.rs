//! Prints what screening costs and what it finds, on the shared lists:
//! `cargo bench -p scruple-screen`. Numbers, no verdict: nothing fails here.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and stops where it cannot go on"
)]

use std::collections::BTreeMap;
use std::time::Instant;

use rayon::prelude::*;
use scruple_mapped::Mapped;
use scruple_screen::{Index, Options, Query, build, search};

#[path = "../tests/shared/mod.rs"]
mod shared;

fn main() {
    let Some(cases) = shared::cases() else {
        println!("skipped: no shared lists (set SCRUPLE_SHARED)");
        return;
    };
    let parties = shared::parties(&cases);
    let entities = parties.len();
    let start = Instant::now();
    let bytes = build(parties.into_iter());
    println!(
        "build           {:>9.2} s for {entities} entities",
        start.elapsed().as_secs_f64()
    );
    println!("index           {:>9.2} MB", bytes.len() as f64 / 1e6);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    std::fs::write(&path, &bytes).unwrap();
    drop(bytes);
    let before = anonymous();
    let start = Instant::now();
    let index = Index::open(Mapped::open(&path).unwrap()).unwrap();
    println!(
        "open            {:>9.2} ms",
        start.elapsed().as_secs_f64() * 1e3
    );

    let cases = shared::queries(&cases);
    let names: Vec<&Query> = cases.iter().map(|case| &case.query).collect();
    let options = Options::default();
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let found: usize = pool.install(|| {
            names
                .par_iter()
                .map(|q| search(&index, q, &options).len())
                .sum()
        });
        let rate = names.len() as f64 / start.elapsed().as_secs_f64();
        let busy = names.len() as f64 / (cpu_seconds() - cpu).max(0.01);
        println!(
            "{threads} thread(s)     {rate:>9.0} names/s, {busy:.0} per CPU second ({found} matches)"
        );
    }
    println!(
        "anonymous       {:>9.1} MB after, {:.1} MB before opening",
        anonymous(),
        before
    );
    quality(&index, &cases);
    growth();
}

/// What a query costs as lists grow: a quarter of the parties, and four and sixteen
/// times as many, whose names are put together from the words of the first.
fn growth() {
    let Some(folder) = shared::cases() else {
        return;
    };
    let base: Vec<scruple_model::Entity> =
        shared::parties(&folder).into_iter().step_by(4).collect();
    let cases = shared::queries(&folder);
    let queries: Vec<&Query> = cases.iter().step_by(16).map(|case| &case.query).collect();
    println!("\nentities   words compared   readings walked   names aligned   us a query");
    for times in [1, 4, 16] {
        let index = Index::open(build(enlarged(&base, times).into_iter())).unwrap();
        let (mut compared, mut walked, mut aligned) = (0, 0, 0);
        for query in &queries {
            let done = scruple_screen::fit::work(&index, query);
            compared += done.compared;
            walked += done.walked;
            aligned += done.aligned;
        }
        let start = Instant::now();
        for query in &queries {
            search(&index, query, &Options::default());
        }
        let all = queries.len() as u64;
        println!(
            "{:>8} {:>16} {:>17} {:>15} {:>12.0}",
            index.len(),
            compared / all,
            walked / all,
            aligned / all,
            start.elapsed().as_secs_f64() * 1e6 / all as f64
        );
    }
}

fn enlarged(base: &[scruple_model::Entity], times: usize) -> Vec<scruple_model::Entity> {
    let mut out = base.to_vec();
    for copy in 1..times {
        for (no, party) in base.iter().enumerate() {
            let other = &base[(no * 7 + copy * 101) % base.len()];
            let ours = party.caption.split_whitespace();
            let theirs: Vec<&str> = other.caption.split_whitespace().collect();
            let words: Vec<&str> = ours
                .enumerate()
                .map(|(at, word)| {
                    if at % 2 == 0 {
                        word
                    } else {
                        theirs.get(at).copied().unwrap_or(word)
                    }
                })
                .collect();
            let mut made = party.clone();
            made.id = scruple_model::RecordId::new(format!("user-made:{copy}-{no}"));
            made.caption = words.join(" ");
            made.properties = std::collections::BTreeMap::new();
            made.add("name", made.caption.clone());
            out.push(made);
        }
    }
    out
}

/// Anonymous resident memory in MB, where the system tells.
fn anonymous() -> f64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("RssAnon"))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .map_or(0.0, |kb| kb / 1e3)
}

/// CPU time of this process in seconds, where the system tells in ticks of 1/100.
fn cpu_seconds() -> f64 {
    std::fs::read_to_string("/proc/self/stat")
        .ok()
        .map_or(0.0, |text| {
            let fields: Vec<&str> = text
                .rsplit(')')
                .next()
                .unwrap_or("")
                .split_whitespace()
                .collect();
            let ticks = |no: usize| {
                fields
                    .get(no)
                    .and_then(|t| t.parse::<f64>().ok())
                    .unwrap_or(0.0)
            };
            (ticks(11) + ticks(12)) / 100.0
        })
}

/// Recall and alerts on clean names, by threshold and by kind.
fn quality(index: &Index<Mapped>, cases: &[shared::Case]) {
    let options = Options {
        threshold: 3_000,
        limit: 120,
    };
    let scores: Vec<u16> = cases
        .par_iter()
        .map(|case| {
            let found = search(index, &case.query, &options);
            let of = |m: &scruple_screen::Match| {
                case.expected.is_empty() || case.expected.contains(&m.id)
            };
            found
                .iter()
                .filter(|m| of(m))
                .map(|m| m.score)
                .max()
                .unwrap_or(0)
        })
        .collect();
    println!("\nthreshold  recall  without far aliases  clean alerts");
    for threshold in (5_000..=9_500).step_by(250) {
        let share = |test: &dyn Fn(&shared::Case) -> bool| {
            let all = cases.iter().zip(&scores).filter(|(case, _)| test(case));
            let (hit, of) = all.fold((0, 0), |(hit, of), (_, s)| {
                (hit + u32::from(*s >= threshold), of + 1)
            });
            f64::from(hit) / f64::from(of.max(1))
        };
        println!(
            "{threshold:>9}  {:.3}   {:.3}                {:.4}",
            share(&|c| !c.expected.is_empty()),
            share(&|c| !c.expected.is_empty() && c.kind != "csl_alias_far"),
            share(&|c| c.expected.is_empty()),
        );
    }
    println!("\nat {}: kind, found or alerted, of", Options::THRESHOLD);
    let mut kinds: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for (case, score) in cases.iter().zip(&scores) {
        let by_origin = case.expected.is_empty() || case.kind == "xscript_search";
        let mut names = vec![case.kind.clone()];
        if by_origin {
            names.push(format!("{} / {}", case.kind, case.origin));
        }
        for name in names {
            let held = kinds.entry(name).or_default();
            held.0 += u32::from(*score >= Options::THRESHOLD);
            held.1 += 1;
        }
    }
    for (kind, (hit, of)) in kinds {
        println!(
            "{kind:<44} {:.3}  {hit:>5} {of:>5}",
            f64::from(hit) / f64::from(of)
        );
    }
}
