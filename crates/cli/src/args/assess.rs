//! What can be asked about people, conditions and what is kept.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueHint};
use scruple_brief::report::Period;
use scruple_model::Date;

/// `scruple assess`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scruple assess deal.toml\n  \
    scruple assess deal.toml --questionnaire questions.html   (send it to the customer)\n  \
    scruple assess deal.toml --questionnaire answers.toml     (fill it in yourself)\n  \
    scruple assess deal.toml --answers answers.toml --html assessment.html\n\n\
    In a terminal the open questions are asked, the most deciding first; what you answer is \
    written to the answers file.")]
pub struct Assess {
    /// The deal: TOML, or JSON with the same names
    #[arg(value_name = "DEAL", value_hint = ValueHint::FilePath)]
    pub deal: PathBuf,
    /// Answers to the questions: the TOML, or the line that the HTML form gave, in a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub answers: Option<PathBuf>,
    /// Write the open questions to FILE: .html is a form for the customer or supplier, with
    /// what can be asked of them, .toml has all
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub questionnaire: Option<PathBuf>,
    /// Print the assessment as JSON (scruple.assessment/1)
    #[arg(long)]
    pub json: bool,
    /// Also write the assessment as one HTML file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub html: Option<PathBuf>,
}

/// `scruple conditions`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:\n  \
    scruple conditions deals/\n  \
    scruple conditions met brief.json 1 --evidence \"test of 1 March\" --by \"A. Muster, legal\" \
    --again 2027-03-01")]
pub struct Conditions {
    /// Briefs, files of decisions, or folders of them
    #[arg(value_name = "PATH", default_value = ".", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Print the conditions as JSON (scruple.conditions/1)
    #[arg(long)]
    pub json: bool,
    /// What about them; without it, how they stand
    #[command(subcommand)]
    pub what: Option<ConditionsWhat>,
}

/// What to do with conditions.
#[derive(Debug, Subcommand)]
pub enum ConditionsWhat {
    /// Write down what showed that a condition was met
    Met(ConditionsMet),
}

/// `scruple conditions met`.
#[derive(Debug, Args)]
pub struct ConditionsMet {
    /// The brief whose decision it belongs to
    #[arg(value_name = "BRIEF.json", value_hint = ValueHint::FilePath)]
    pub brief: PathBuf,
    /// Which condition, as `scruple conditions` numbers them
    #[arg(value_name = "NUMBER")]
    pub number: usize,
    /// What showed it
    #[arg(long, value_name = "TEXT")]
    pub evidence: String,
    /// The person who looked
    #[arg(long, value_name = "PERSON")]
    pub by: String,
    /// The day to look again
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub again: Option<Date>,
}

/// `scruple report`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scruple report --period 2026 deals/\n  \
    scruple report --period 2026-01-01..2026-06-30 deals/ --html report.html")]
pub struct Report {
    /// Briefs that were decided, or folders of them
    #[arg(value_name = "PATH", default_value = ".", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// A year, or two days with .. between them
    #[arg(long, value_name = "PERIOD", value_parser = Period::parse)]
    pub period: Period,
    /// Print the report as JSON (scruple.report/1)
    #[arg(long)]
    pub json: bool,
    /// Also write it as one HTML file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub html: Option<PathBuf>,
}

/// `scruple purge`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scruple purge deals/                     (shows what has been kept too long)\n  \
    scruple purge deals/ --yes               (deletes what it showed)\n\n\
    A file holds.toml beside a brief keeps it: see docs/report.md.")]
pub struct Purge {
    /// Folders with briefs, decisions and answers
    #[arg(value_name = "FOLDER", default_value = ".", value_hint = ValueHint::DirPath)]
    pub folders: Vec<PathBuf>,
    /// Delete what is shown; without it nothing is deleted
    #[arg(long)]
    pub yes: bool,
    /// Count only the periods of this regime, such as us.ofac; may be given several times
    /// [default: all, the longest counts]
    #[arg(long, value_name = "REGIME", action = ArgAction::Append)]
    pub bound_by: Vec<String>,
    /// Print what goes as JSON (scruple.purge/1)
    #[arg(long)]
    pub json: bool,
}
