//! What the matcher finds, on the open cases: recall by kind and script, clean
//! alerts by origin of the name, candidates, pairs, speed and memory.
//!
//! The cases are split in two by a hash of the party, or of the clean name. One half
//! is for tuning: the threshold is chosen on it, and `--fit` fits the coefficients to
//! it. The other half is only reported. A committed baseline makes a loss visible:
//! `--check` compares, `--write` renews it.
//!
//! Origins of names are labels of the cases. They are printed, and used for nothing.
//!
//! Rejected: tuning by kind or by origin (the table would get better and the matcher
//! would not); reporting on what was tuned on.

mod baseline;
mod cases;
mod cross;
mod crowd;
mod fit;
mod invented;
mod measure;
mod newton;
mod report;
mod speed;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use scruple_screen::{Index, build};

/// `cargo xtask evaluate`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of shared data; where nobody says, `SCRUPLE_SHARED`, then `../shared`.
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,
    /// Fits the coefficients on the tune half and writes them into `crates/screen`.
    #[arg(long, conflicts_with_all = ["check", "write"])]
    fit: bool,
    /// Fails where the report half is worse than the committed baseline.
    #[arg(long)]
    check: bool,
    /// Writes the baseline anew.
    #[arg(long)]
    write: bool,
    /// Lists the misses and the alerts of the tune half, for whoever mends the matcher.
    #[arg(long)]
    misses: bool,
}

/// Runs it.
///
/// # Errors
/// Cases that cannot be read, a file that cannot be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let folder = cases::folder(arguments.shared.as_deref());
    if !folder.join("parties.ftm.jsonl.zst").is_file() {
        println!(
            "skipped: no cases in {} (set SCRUPLE_SHARED)",
            folder.display()
        );
        return Ok(ExitCode::SUCCESS);
    }
    let parties = cases::parties(&folder)?;
    let mut queries = cases::queries(&folder)?;
    queries.extend(cases::han(&parties)?);
    let entities = parties.len();
    let start = std::time::Instant::now();
    let hard = arguments
        .fit
        .then(|| invented::of_listed(&parties, fit::HARD));
    let bytes = build(parties.into_iter());
    let built = start.elapsed();
    println!(
        "index of {entities} entities: {:.1} MB, built in {:.1} s",
        bytes.len() as f64 / 1e6,
        built.as_secs_f64()
    );
    let index = Index::open(bytes).context("the index that was just built")?;
    if let Some(hard) = hard {
        fit::run(&index, &queries, &hard)?;
        return Ok(ExitCode::SUCCESS);
    }
    let results = measure::all(&index, &queries, &|_| ());
    let thresholds = measure::thresholds(&queries, &results);
    if arguments.misses {
        report::misses(&index, &queries, &results, thresholds.one);
        return Ok(ExitCode::SUCCESS);
    }
    let summary = report::print(&queries, &results, &thresholds);
    measure::pairs(&index, &folder, &thresholds)?;
    speed::print(&index, &queries);
    if arguments.write {
        baseline::write(&summary)?;
    }
    if arguments.check {
        return baseline::check(&summary);
    }
    Ok(ExitCode::SUCCESS)
}
