//! Names: screen them, watch a file of them, lay another engine beside ours.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use scruple_model::{Country, Schema};

use super::When;
use super::value::{country, mapping, schema, threshold};

/// `scruple screen`.
#[derive(Debug, Args)]
pub struct Screen {
    /// The name, in any script
    #[arg(
        value_name = "NAME",
        required_unless_present = "file",
        conflicts_with = "file"
    )]
    pub name: Option<String>,
    /// Screen every row of a CSV, XLSX or JSON-lines file; - for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// Say which column holds a field, e.g. --map name="Company (EN)"
    #[arg(long, value_name = "FIELD=COLUMN", requires = "file", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// What the name names: Person, Company, Organization, PublicBody, Vessel, …
    #[arg(long, value_name = "SCHEMA", conflicts_with = "file", value_parser = schema)]
    pub schema: Option<Schema>,
    /// Its country
    #[arg(long, value_name = "COUNTRY", conflicts_with = "file", value_parser = country)]
    pub country: Option<Country>,
    /// As of which day, from what was known when.
    #[command(flatten)]
    pub when: When,
    /// Lowest agreement shown, 0 to 1; 0 shows the best --limit candidates
    #[arg(long, value_name = "0..1", value_parser = threshold)]
    pub threshold: Option<u16>,
    /// Most candidates shown for one name
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub limit: u16,
    /// Print one JSON object a line (scruple.match/1)
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print a CSV table
    #[arg(long)]
    pub csv: bool,
    /// Also write an Excel workbook
    #[arg(long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub xlsx: Option<PathBuf>,
    /// Also write a proof of this screening as one HTML file; it holds the names
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,
}

/// `scruple watch`.
#[derive(Debug, Args)]
pub struct Watch {
    /// The parties: CSV, XLSX or JSON lines; read each time, never kept
    #[arg(value_name = "PARTIES", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Say which column holds a field, e.g. --map name="Company (EN)"
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// What the watch is called [default: the file's name]
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// Lowest agreement that counts, 0 to 1
    #[arg(long, value_name = "0..1", value_parser = threshold)]
    pub threshold: Option<u16>,
    /// Screen every party against every list again
    #[arg(long)]
    pub everything: bool,
    /// Show what is news and keep no note of it: the next run shows it again
    #[arg(long)]
    pub dry_run: bool,
    /// Delete what is kept about this watch, and screen nothing
    #[arg(long, conflicts_with_all = ["everything", "dry_run", "threshold"])]
    pub forget: bool,
    /// Print the news as JSON (scruple.watch/1)
    #[arg(long)]
    pub json: bool,
}

/// `scruple compare`.
#[derive(Debug, Args)]
pub struct Compare {
    /// The other engine's results: a table with a column for the query and one for the
    /// id or the name of what it matched
    #[arg(value_name = "THEIRS", value_hint = ValueHint::FilePath)]
    pub theirs: PathBuf,
    /// `ours`: the lists held now, searched with the same queries
    #[arg(value_name = "OURS", default_value = "ours", value_parser = ["ours"])]
    pub ours: String,
    /// Say which column holds query, id, match or score, or the query's country, schema or
    /// birth_date, e.g. --map match="Entity"
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// As of which day, from what was known when.
    #[command(flatten)]
    pub when: When,
    /// Lowest agreement that counts as a match of ours, 0 to 1
    #[arg(long, value_name = "0..1", value_parser = threshold)]
    pub threshold: Option<u16>,
    /// Most matches of ours for one query
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub limit: u16,
    /// Show the agreements, too
    #[arg(long)]
    pub all: bool,
    /// Print the comparison as JSON (scruple.compare/1)
    #[arg(long)]
    pub json: bool,
}
