//! Who owns whom.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueHint};
use scruple_model::Date;

use super::When;
use super::value::day;

/// `scruple ownership`.
#[derive(Debug, Subcommand)]
pub enum Ownership {
    /// Take in who owns whom: BODS, GLEIF, FollowTheMoney, UK PSC, or a table of your own
    Import(OwnershipImport),
    /// Say which holdings are held, from whom and from when
    Status(OwnershipStatus),
    /// Say what every rule says of one entity, with the proof
    Show(OwnershipShow),
    /// Say who became covered between two days, and who is no longer reached by count
    Diff(OwnershipDiff),
    /// Say whom a coming listing would reach
    WhatIf(OwnershipWhatIf),
}

/// `scruple ownership import`.
#[derive(Debug, Args)]
pub struct OwnershipImport {
    /// Files; plain, gzip, zstd or zip. A newer edition of a source takes its place
    #[arg(value_name = "FILE", required = true, num_args = 1.., value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// The name of the source, for layouts that anybody may write [default: the file's name]
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// The publisher's day, for files that state none themselves
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub dated: Option<Date>,
    /// Take an edition of this register although it has a fifth fewer records than the one held
    #[arg(long, value_name = "SOURCE")]
    pub accept_shrink: Vec<String>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple ownership status`.
#[derive(Debug, Args)]
pub struct OwnershipStatus {
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple ownership show`.
#[derive(Debug, Args)]
pub struct OwnershipShow {
    /// The entity: an LEI, a registration number as reg:gb:01234567, a listed record as
    /// us-ofac-sdn:36, or an id as the holdings have it
    #[arg(value_name = "ID")]
    pub id: String,
    /// As of which day, from what was known when.
    #[command(flatten)]
    pub when: When,
    /// Only this rule, such as us.ofac.50; may be given several times
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub rule: Vec<String>,
    /// Print the answers with their proofs as JSON (scruple.ownership/1)
    #[arg(long)]
    pub json: bool,
    /// Also write the first proof that can be drawn as an SVG file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub svg: Option<PathBuf>,
}

/// `scruple ownership diff`.
#[derive(Debug, Args)]
pub struct OwnershipDiff {
    /// The earlier day
    #[arg(value_name = "DATE1", value_parser = day)]
    pub from: Date,
    /// The later day
    #[arg(value_name = "DATE2", value_parser = day)]
    pub to: Date,
    /// Only this rule, such as us.ofac.50; may be given several times
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub rule: Vec<String>,
    /// Print it as JSON (scruple.ownership-diff/1)
    #[arg(long)]
    pub json: bool,
}

/// `scruple ownership what-if`.
#[derive(Debug, Args)]
pub struct OwnershipWhatIf {
    /// Who would be listed: ids as in `show`, separated by commas
    #[arg(long, value_name = "ID,…", required = true, value_delimiter = ',')]
    pub list: Vec<String>,
    /// Only this rule, such as us.ofac.50; may be given several times
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub rule: Vec<String>,
    /// As of which day, from what was known when.
    #[command(flatten)]
    pub when: When,
    /// Print it as JSON (scruple.ownership-what-if/1)
    #[arg(long)]
    pub json: bool,
}
