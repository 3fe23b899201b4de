//! `scruple register`: its arguments.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueHint};

/// `scruple register`.
#[derive(Debug, Subcommand)]
pub enum Register {
    /// Write an entry, or the rows of a table, into the register file
    Add(Box<RegisterAdd>),
    /// Say what is due, and what could endanger people if it is published
    Review(RegisterReview),
    /// Publish the register as a folder of static pages and files
    Publish(RegisterPublish),
    /// Say what differs: the file from what is published, or two versions
    Diff(RegisterDiff),
}

/// `scruple register add`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scruple register add --new --owner \"Lindenau Optronik GmbH\" --contact https://lindenau.example/register\n  \
    scruple register add --name \"Delta Example Spinning\" --kind company --role supplier --place in \\\n    \
    --since 2024-03 --source \"framework contract\" --number https://delta.example\n  \
    scruple register add --csv partners.csv")]
pub struct RegisterAdd {
    /// The register file
    #[arg(long, value_name = "FILE", default_value = "register.toml", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Make the register file
    #[arg(long, requires_all = ["owner", "contact"])]
    pub new: bool,
    /// With --new: whose register it is
    #[arg(long, value_name = "NAME", requires = "new")]
    pub owner: Option<String>,
    /// With --new: where anybody writes who finds a mistake or wants to answer
    #[arg(long, value_name = "ADDRESS", requires = "new")]
    pub contact: Option<String>,
    /// Take every row of a table; several values in a cell are separated by |
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "new"], value_hint = ValueHint::FilePath)]
    pub csv: Option<PathBuf>,
    /// Its registered name; for an office its title
    #[arg(long, value_name = "NAME", required_unless_present_any = ["csv", "new"])]
    pub name: Option<String>,
    /// Another name, in any script; may be given several times
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub also: Vec<String>,
    /// Its key [default: made from the name]
    #[arg(long, value_name = "KEY")]
    pub id: Option<String>,
    /// company, organisation, public-body, public-office or listed-person
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// partner, supplier, collaborator or customer; may be given several times
    #[arg(long, value_name = "ROLE", action = ArgAction::Append)]
    pub role: Vec<String>,
    /// Its country, or a region that rules name
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Its address
    #[arg(long, value_name = "TEXT")]
    pub address: Option<String>,
    /// Its number in a public register, LEI, or web page
    #[arg(long, value_name = "TEXT")]
    pub number: Option<String>,
    /// Its id at Open Supply Hub
    #[arg(long, value_name = "ID")]
    pub os_id: Option<String>,
    /// The firm that owns it
    #[arg(long, value_name = "NAME")]
    pub parent: Option<String>,
    /// A sector, as Open Supply Hub names it; may be given several times
    #[arg(long, value_name = "TEXT", action = ArgAction::Append)]
    pub sector: Vec<String>,
    /// A product line; may be given several times
    #[arg(long, value_name = "TEXT", action = ArgAction::Append)]
    pub product_line: Vec<String>,
    /// What is done at the site; may be given several times
    #[arg(long, value_name = "TEXT", action = ArgAction::Append)]
    pub processing: Vec<String>,
    /// How many people work at the site: 420, or 101-500
    #[arg(long, value_name = "N")]
    pub workers: Option<String>,
    /// Since when: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Until when
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// On what the entry rests
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// For a person on an official list: the record, us-ofac-sdn:36
    #[arg(long, value_name = "RECORD")]
    pub listed: Option<String>,
    /// Do not show it for now, for this reason, which the public reads
    #[arg(long, value_name = "REASON", conflicts_with = "csv")]
    pub withhold: Option<String>,
    /// With --withhold: show it from this day
    #[arg(long, value_name = "DATE", requires = "withhold", value_parser = super::day)]
    pub show_from: Option<scruple_model::Date>,
}

/// `scruple register review`.
#[derive(Debug, Args)]
pub struct RegisterReview {
    /// The register file
    #[arg(long, value_name = "FILE", default_value = "register.toml", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The published folder, to look at changes only [default: the version kept here]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub published: Option<PathBuf>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple register publish`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  scruple register publish public/register\n  \
    scruple register publish public/register --considered delta-mill --statement answer.json"
)]
pub struct RegisterPublish {
    /// The folder: empty, not there yet, or published before by this command
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// The register file
    #[arg(long, value_name = "FILE", default_value = "register.toml", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// You thought about what publishing this entry could do to people; may be given
    /// several times
    #[arg(long, value_name = "KEY", action = ArgAction::Append)]
    pub considered: Vec<String>,
    /// A counter-statement to show; may be given several times. Those shown before stay
    #[arg(long, value_name = "CREDENTIAL", action = ArgAction::Append, value_hint = ValueHint::FilePath)]
    pub statement: Vec<PathBuf>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple register diff`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  scruple register diff public/register\n  \
    scruple register diff public/register/versions/1.json public/register/versions/3.json")]
pub struct RegisterDiff {
    /// The published folder, or an earlier version
    #[arg(value_name = "BEFORE", value_hint = ValueHint::AnyPath)]
    pub before: PathBuf,
    /// A later version [default: what the register file would publish now]
    #[arg(value_name = "AFTER", value_hint = ValueHint::AnyPath)]
    pub after: Option<PathBuf>,
    /// The register file
    #[arg(long, value_name = "FILE", default_value = "register.toml", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}
