//! Lists: take them in, look at them, carry them.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueHint};
use scruple_model::Date;

use super::value::day;

/// `scruple sync`.
#[derive(Debug, Args)]
pub struct Sync {
    /// Files or folders: official lists, or FollowTheMoney JSON lines; plain, gzip,
    /// zstd or zip
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub from: Vec<PathBuf>,
    /// Fetch these lists only, by id, from their publishers' addresses [default: without
    /// --from, all usual ones, and the transcriptions]
    #[arg(value_name = "LIST", conflicts_with = "from")]
    pub sets: Vec<String>,
    /// Fetch files anew, also those that their publishers say have not changed
    #[arg(long, conflicts_with = "from")]
    pub again: bool,
    /// Take the lists that exist only as notices, transcribed in this program
    #[arg(long)]
    pub transcribed: bool,
    /// The name of a list of your own, which becomes user-NAME; or which of OFAC's two
    /// lists an official file is [default: the file's name]
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// The publisher's day, for files that state none themselves
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub dated: Option<Date>,
    /// Take this list although it comes out more than a fifth smaller than before;
    /// may be given several times
    #[arg(long, value_name = "LIST", action = ArgAction::Append)]
    pub accept_shrink: Vec<String>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple lists`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Lists {
    /// Print the lists as one JSON array
    #[arg(long)]
    pub json: bool,
    /// What about them; without it, the lists that are held
    #[command(subcommand)]
    pub what: Option<ListsWhat>,
}

/// What to do with lists.
#[derive(Debug, Subcommand)]
pub enum ListsWhat {
    /// Say what changed between two copies of a list, field by field
    Diff(ListsDiff),
    /// Show the records and fields of a list that could not be read
    Unread(ListsUnread),
    /// Show which old copies nobody has to keep any longer, and delete them
    Prune(ListsPrune),
}

/// `scruple lists diff`.
#[derive(Debug, Args)]
pub struct ListsDiff {
    /// The list, as `scruple lists` names it
    #[arg(value_name = "LIST")]
    pub list: String,
    /// The earlier copy: a day, or the start of its hash [default: the one before]
    #[arg(value_name = "FROM")]
    pub from: Option<String>,
    /// The later copy: a day, or the start of its hash [default: the current one]
    #[arg(value_name = "TO")]
    pub to: Option<String>,
    /// Print the changes as JSON (scruple.diff/1)
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print the changes as a CSV table, one field a row
    #[arg(long)]
    pub csv: bool,
}

/// `scruple lists unread`.
#[derive(Debug, Args)]
pub struct ListsUnread {
    /// The list, as `scruple lists` names it
    #[arg(value_name = "LIST")]
    pub list: String,
    /// Print them as JSON (scruple.unread/1)
    #[arg(long)]
    pub json: bool,
}

/// `scruple lists prune`.
#[derive(Debug, Args)]
pub struct ListsPrune {
    /// Delete what is shown; without it nothing is deleted
    #[arg(long)]
    pub delete: bool,
    /// Count only the periods of this regime, such as us.ofac; may be given several
    /// times [default: all, the longest counts]
    #[arg(long, value_name = "REGIME", action = ArgAction::Append)]
    pub bound_by: Vec<String>,
    /// Print what goes as JSON (scruple.prune/1)
    #[arg(long)]
    pub json: bool,
}

/// `scruple bundle`.
#[derive(Debug, Subcommand)]
pub enum Bundle {
    /// Write the lists that are held and the packs to FILE, and the key that checks it to FILE.vkey
    Export(BundleExport),
    /// Check a bundle and take what is in it
    Import(BundleImport),
}

/// `scruple bundle export`.
#[derive(Debug, Args)]
pub struct BundleExport {
    /// The file to write
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Put in every snapshot held, not only those that answer
    #[arg(long)]
    pub all: bool,
    /// Put in who owns whom too: every source of holdings that is held, tables of your own
    /// included
    #[arg(long)]
    pub holdings: bool,
    /// The signing key [default: bundle.key in the data directory, made on first use]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple bundle import`.
#[derive(Debug, Args)]
pub struct BundleImport {
    /// The bundle
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Who may have signed it: a .vkey file, or the key itself; may be given several times
    #[arg(long, value_name = "VKEY", required = true, action = ArgAction::Append)]
    pub trust: Vec<String>,
    /// Take this list although it has more than a fifth fewer parties than the one held;
    /// may be given several times
    #[arg(long, value_name = "LIST", action = ArgAction::Append)]
    pub accept_shrink: Vec<String>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}
