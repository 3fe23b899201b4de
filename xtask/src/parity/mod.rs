//! `cargo xtask parity`: whom does the matcher alert on by mistake, by the origin of
//! the name, and whom does it miss.
//!
//! A matcher can be right on the whole and wrong about one people: short names in a
//! script that is spelled in many ways look alike, and everybody who bears one waits
//! at a counter. So names are drawn, many for each origin, by recombining parts; each
//! is screened as a customer would be; and what alerts is counted, with intervals.
//! True names, written otherwise in the same ways for every origin, say what evenness
//! costs in misses.
//!
//! Rejected: real people's names (a collection of people is what this project will not
//! have); a downloaded set of names (its origin labels are guesses, its licence is
//! often unclear, and it is heavier than the tables here); judging by the cases alone
//! (150 names for each origin: one alert more or less is a factor of two).
//!
//! The result depends on the seed, the tables and the lists, and on nothing else.

mod alerts;
pub mod answers;
mod bars;
mod corrupt;
mod dice;
mod homonym;
mod interval;
mod keep;
mod lists;
mod measure;
mod origins;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use measure::Amounts;

/// Arguments of `parity`.
#[derive(Args)]
pub struct Arguments {
    /// Another number draws other names.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Clean persons drawn for each origin.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    persons: usize,
    /// Clean organisations drawn for each origin.
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    organisations: usize,
    /// Where the shared set lies [default: $SCRUPLE_SHARED, else ../shared].
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,
    /// Prints the counts instead of tables.
    #[arg(long)]
    json: bool,
    /// Exits with 1 where something is worse than in the run that docs/fairness.md shows.
    #[arg(long)]
    check: bool,
    /// Keeps the run under bench/runs/ and puts its tables in docs/fairness.md.
    #[arg(long, conflicts_with = "check")]
    keep: bool,
    /// Only writes the first N persons and the first N / 4 organisations of each
    /// origin, as queries in the layout of the shared cases.
    #[arg(long, value_name = "N", requires = "out")]
    sample: Option<usize>,
    /// Only writes the clean names that alert, one a line, with the grounds of each.
    /// Not the seed of the kept run: what was looked at measures nothing any more.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "keep", "sample"])]
    alerts: Option<PathBuf>,
    /// Where the sample goes.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Measures, and prints or keeps what came of it.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    if let (Some(count), Some(out)) = (arguments.sample, &arguments.out) {
        std::fs::write(out, answers::sample(arguments.seed, count)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let shared = lists::shared(arguments.shared.as_deref());
    let cases = lists::read(&shared)?;
    let amounts = Amounts {
        seed: arguments.seed,
        persons: arguments.persons,
        organisations: arguments.organisations,
        planted_persons: 300,
        planted_organisations: 100,
        listed: 300,
    };
    if let Some(out) = &arguments.alerts {
        std::fs::write(out, alerts::lines(&cases, &amounts)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let run = measure::run(&cases, amounts, &say)?;
    if arguments.json {
        println!("{}", keep::text(&run)?);
    } else {
        println!("{}", table::page(&run));
    }
    for bar in bars::of(&run) {
        let verdict = if bar.holds { "holds " } else { "MISSED" };
        say(&format!("{verdict} {}", bar.line));
    }
    say(&format!("took {} s", run.seconds));
    if arguments.keep {
        say(&format!("kept in {}", keep::write(&run)?));
    }
    if arguments.check {
        let lost = bars::lost(&run, &keep::baseline(&crate::root())?);
        for line in &lost {
            say(&format!("LOST   {line}"));
        }
        return Ok(if lost.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    Ok(ExitCode::SUCCESS)
}

/// `docs/fairness.md` as it should be: its tables made anew from the run it names.
///
/// # Errors
/// Where the page or the run is not there or not as it is written.
pub fn page(root: &std::path::Path) -> Result<String> {
    keep::page(root)
}

#[expect(clippy::print_stderr, reason = "progress is not the answer")]
fn say(line: &str) {
    eprintln!("{line}");
}

#[cfg(test)]
mod tests {
    use super::measure::Run;
    use super::*;

    fn shared_cases() -> Option<lists::Cases> {
        let shared = lists::shared(None);
        if !shared.join("cases/screen/queries.jsonl").is_file() {
            println!("skipped: no shared cases (set SCRUPLE_SHARED)");
            return None;
        }
        Some(lists::read(&shared).unwrap())
    }

    /// A small run, and the same again: the same counts. And the counts add up.
    #[test]
    fn one_seed_gives_one_result_and_nothing_is_counted_twice() {
        let Some(cases) = shared_cases() else { return };
        let amounts = Amounts {
            seed: 5,
            persons: 40,
            organisations: 20,
            planted_persons: 4,
            planted_organisations: 2,
            listed: 5,
        };
        let run = || -> Run {
            let run = measure::run(&cases, amounts, &|_| ()).unwrap();
            Run { seconds: 0, ..run }
        };
        let (a, b) = (run(), run());
        assert_eq!(keep::text(&a).unwrap(), keep::text(&b).unwrap());
        for one in &a.clean {
            assert_eq!(one.clean + one.homonyms, one.drawn, "{}", one.origin);
            let hits = one.strong + one.moderate + one.weak;
            assert_eq!(
                hits,
                measure::at(&one.scores, a.threshold),
                "{}",
                one.origin
            );
        }
        // A name as it is listed is found, whatever its origin.
        for one in a.truths.iter().filter(|one| one.operation == "as listed") {
            let found = measure::at(&one.scores, a.threshold);
            assert_eq!(found, one.names, "{} planted {}", one.origin, one.planted);
        }
        assert!(bars::lost(&a, &b).is_empty());
    }
}
