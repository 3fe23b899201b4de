//! Decisions on a name and a listed party.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueHint};
use scruple_model::{Country, Date, Schema};

use super::value::{country, day, mapping, schema};

/// `scruple review`.
#[derive(Debug, Subcommand)]
pub enum Review {
    /// Decide that a name asks for a listed party, or does not
    Add(Box<ReviewAdd>),
    /// Show the decisions that are kept
    List(ReviewList),
    /// Write the decisions as JSON lines (scruple.review/1)
    Export(ReviewExport),
    /// Take decisions that were exported with the same key
    Import(ReviewImport),
    /// Delete decisions for good
    Forget(ReviewForget),
}

/// The query a review is about.
#[derive(Debug, Default, Args)]
pub struct Queried {
    /// The name, as it was screened; - reads it from standard input
    #[arg(value_name = "NAME", conflicts_with_all = ["file", "deal"])]
    pub name: Option<String>,
    /// What the name names, where it was screened with that
    #[arg(long, value_name = "SCHEMA", conflicts_with_all = ["file", "deal"], value_parser = schema)]
    pub schema: Option<Schema>,
    /// Its country, where it was screened with that
    #[arg(long, value_name = "COUNTRY", conflicts_with_all = ["file", "deal"], value_parser = country)]
    pub country: Option<Country>,
    /// The file it was screened from
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "line", conflicts_with = "deal")]
    pub file: Option<PathBuf>,
    /// Its line in that file
    #[arg(long, value_name = "N", requires = "file")]
    pub line: Option<u64>,
    /// Say which column of the file holds a field, e.g. --map name="Company (EN)"
    #[arg(long, value_name = "FIELD=COLUMN", requires = "file", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// The deal it was checked in
    #[arg(long, value_name = "DEAL", value_hint = ValueHint::FilePath, requires = "party")]
    pub deal: Option<PathBuf>,
    /// Its key in that deal, as the brief prints it
    #[arg(long, value_name = "PARTY", requires = "deal")]
    pub party: Option<String>,
}

/// `scruple review add`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("decision").required(true))]
pub struct ReviewAdd {
    /// Whom the query asks for.
    #[command(flatten)]
    pub query: Queried,
    /// The listed record, as the match prints it; may be given several times
    #[arg(long, value_name = "RECORD", required = true, action = ArgAction::Append)]
    pub record: Vec<String>,
    /// They are one party: the match counts, and says so
    #[arg(long, group = "decision")]
    pub same: bool,
    /// They are not: the match is set aside until either record changes
    #[arg(long, group = "decision")]
    pub not_same: bool,
    /// It cannot be told yet: the match counts, and says that somebody looked
    #[arg(long, group = "decision")]
    pub not_sure: bool,
    /// Who decides: initials or a staff id
    #[arg(long, value_name = "REVIEWER")]
    pub by: String,
    /// Why, without names
    #[arg(long, value_name = "REASON")]
    pub reason: String,
    /// The last day on which the decision counts [default: no such day]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
    /// The last day on which it is kept [default: in a year]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub keep_until: Option<Date>,
    /// Print the decisions as JSON lines (scruple.review/1)
    #[arg(long)]
    pub json: bool,
}

/// `scruple review list`.
#[derive(Debug, Args)]
pub struct ReviewList {
    /// Only those on this name; - reads it from standard input
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Print them as one JSON array
    #[arg(long)]
    pub json: bool,
}

/// `scruple review export`.
#[derive(Debug, Args)]
pub struct ReviewExport {
    /// The file to write [default: standard output]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}

/// `scruple review import`.
#[derive(Debug, Args)]
pub struct ReviewImport {
    /// What `scruple review export` wrote
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
}

/// `scruple review forget`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").required(true))]
pub struct ReviewForget {
    /// Those on this name; - reads it from standard input
    #[arg(value_name = "NAME", group = "which")]
    pub name: Option<String>,
    /// Those on the query of this hash, or the start of it, as `review list` shows it
    #[arg(long, value_name = "HASH", group = "which")]
    pub query: Option<String>,
    /// Those on this listed record
    #[arg(long, value_name = "RECORD", group = "which")]
    pub record: Option<String>,
    /// Those whose retention has passed
    #[arg(long, group = "which")]
    pub overdue: bool,
    /// All of them
    #[arg(long, group = "which")]
    pub all: bool,
}
