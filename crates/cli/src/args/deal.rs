//! A deal: check it, decide on it, start one.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueHint};
use scruple_model::Date;

use super::When;
use super::value::day;

/// `scruple check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The deal: TOML, or JSON with the same names
    #[arg(value_name = "DEAL", value_hint = ValueHint::FilePath)]
    pub deal: PathBuf,
    /// As of which day, from what was known when.
    #[command(flatten)]
    pub when: When,
    /// Answer from exactly the lists of this vintage: its hash or the start of it, or
    /// the earlier brief itself
    #[arg(
        long,
        value_name = "VINTAGE",
        value_hint = ValueHint::FilePath,
        conflicts_with = "known_at"
    )]
    pub vintage: Option<String>,
    /// Print the brief as JSON (scruple.brief/1)
    #[arg(long)]
    pub json: bool,
    /// Also write the brief as one HTML file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub html: Option<PathBuf>,
    /// Say what changed since this earlier brief, and which conditions of its decision
    /// are due
    #[arg(long, value_name = "BRIEF.json", value_hint = ValueHint::FilePath)]
    pub since: Option<PathBuf>,
    /// Answers to the questions of the assessment (scruple assess --questionnaire)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub answers: Option<PathBuf>,
}

/// `scruple decide`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("outcome").required(true))]
pub struct Decide {
    /// The brief, as `scruple check --json` printed it
    #[arg(value_name = "BRIEF.json", value_hint = ValueHint::FilePath)]
    pub brief: PathBuf,
    /// Go on
    #[arg(long, group = "outcome")]
    pub proceed: bool,
    /// Do not
    #[arg(long, group = "outcome")]
    pub stop: bool,
    /// Go on under this condition, or on this assurance; may be given several times
    #[arg(
        long,
        visible_alias = "condition",
        group = "outcome",
        value_name = "CONDITION",
        action = ArgAction::Append
    )]
    pub conditions: Vec<String>,
    /// Until when the condition is to be met: once for each condition, in their order
    #[arg(long, value_name = "DATE", value_parser = day, action = ArgAction::Append, requires = "conditions")]
    pub due: Vec<Date>,
    /// Who answers for the condition: once for each condition, in their order
    #[arg(long, value_name = "WHO", action = ArgAction::Append, requires = "conditions")]
    pub owner: Vec<String>,
    /// The person who decides
    #[arg(long, value_name = "PERSON")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    pub reason: String,
}

/// `scruple init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Where to write it
    #[arg(value_name = "FILE", default_value = "deal.toml", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Ask nothing
    #[arg(long)]
    pub yes: bool,
}
