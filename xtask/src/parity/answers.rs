//! Our side of `benches/peers/screening.py`: samples of drawn names, and the matches
//! of a file of queries, through the library that the program uses.
//!
//! The program itself would do, but for the data directory it wants filled with
//! official lists first; the parties of the cases are none.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Args;
use rayon::prelude::*;
use scruple_model::{Country, Entity, Schema};
use scruple_screen::{Options, Query, search};
use serde_json::{Value, json};

use super::lists;
use super::measure::{Kind, draw, open};
use super::origins::ALL;

/// Arguments of `answers`.
#[derive(Args)]
pub struct Arguments {
    /// Listed parties: FollowTheMoney, one a line.
    #[arg(long, value_name = "FILE")]
    parties: PathBuf,
    /// Queries in the layout of the shared cases, one a line.
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Where the matches go: for each query its id and the ids and scores found.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Least score, 0 to 10,000.
    #[arg(long, value_name = "SCORE", default_value_t = 3_000)]
    threshold: u16,
    /// Most matches for a query.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
}

/// Screens the file, and prints how long it took as one line of JSON.
pub fn run(arguments: &Arguments) -> Result<()> {
    let text = |path: &PathBuf| {
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let parties: Vec<Entity> = text(&arguments.parties)?
        .lines()
        .map(lists::entity)
        .collect::<Result<_>>()?;
    let count = parties.len();
    let begun = Instant::now();
    let index = open(parties.into_iter())?;
    let build_seconds = begun.elapsed().as_secs_f64();
    let queries: Vec<(String, Query)> = text(&arguments.queries)?
        .lines()
        .map(query)
        .collect::<Result<_>>()?;
    let options = Options {
        threshold: arguments.threshold,
        limit: arguments.limit,
    };
    let begun = Instant::now();
    let found: Vec<Vec<(String, u16)>> = queries
        .par_iter()
        .map(|(_, query)| {
            search(&index, query, &options)
                .into_iter()
                .map(|one| (lists::given(&one.id).to_owned(), one.score))
                .collect()
        })
        .collect();
    let seconds = begun.elapsed().as_secs_f64();
    let mut out = String::new();
    for ((id, _), matches) in queries.iter().zip(&found) {
        writeln!(out, "{}", json!({ "id": id, "matches": matches }))?;
    }
    std::fs::write(&arguments.out, out)?;
    let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = |field: &str| {
        let line = memory.lines().find_map(|line| line.strip_prefix(field))?;
        line.trim().trim_end_matches(" kB").parse::<u64>().ok()
    };
    println!(
        "{}",
        json!({
            "engine": scruple_screen::engine(),
            "threshold": Options::THRESHOLD,
            "parties": count,
            "queries": queries.len(),
            "threads": rayon::current_num_threads(),
            "build_seconds": build_seconds,
            "seconds": seconds,
            "peak_kb": memory("VmHWM:"),
        })
    );
    Ok(())
}

fn query(line: &str) -> Result<(String, Query)> {
    let value: Value = serde_json::from_str(line)?;
    let asked = &value["query"];
    let text = |of: &Value| of.as_str().map(str::to_owned);
    Ok((
        text(&value["id"]).context("a query has no id")?,
        Query {
            schema: asked["schema"].as_str().and_then(Schema::parse),
            countries: asked["country"]
                .as_str()
                .and_then(Country::parse)
                .into_iter()
                .collect(),
            ..Query::of(text(&asked["name"]).context("a query has no name")?)
        },
    ))
}

/// The first names of each origin's draw, as queries of the shared cases.
pub(super) fn sample(seed: u64, count: usize) -> Result<String> {
    let mut out = String::new();
    for (kind, label, schema, count) in [
        (Kind::Persons, "parity_person", "Person", count),
        (Kind::Organisations, "parity_company", "Company", count / 4),
    ] {
        for origin in ALL {
            let country = origin.country[usize::from(kind == Kind::Organisations)];
            for (at, name) in draw(origin, kind, seed, count).iter().enumerate() {
                let line = json!({
                    "id": format!("{label}-{}-{at}", origin.label),
                    "kind": label,
                    "query": { "name": name, "schema": schema, "country": country },
                    "expected": null,
                    "origin": origin.label,
                });
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(out)
}
