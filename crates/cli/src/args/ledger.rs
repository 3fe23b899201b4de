//! `scruple ledger`: its arguments.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueHint};
use scruple_model::Date;

/// `scruple ledger`.
#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Make a log: a directory to publish, and a key that stays here
    Init(LedgerInit),
    /// Commit to the lines of a file of JSON lines: a line, an entry
    Append(LedgerAppend),
    /// Sign the log as it is now, have witnesses sign it, and publish it
    Checkpoint(LedgerOf),
    /// Release what waits if its hour has come, enter missed duties, and sign; for cron
    Tick(LedgerOf),
    /// Say how the log stands
    Status(LedgerOf),
    /// Show an entry as it is kept here, and what corrects it
    Show(LedgerEntry),
    /// Write the proof that an entry is in the log (a .tlog-proof file)
    Prove(LedgerProve),
    /// Write one file that shows what an entry stands for, and proves it
    Disclose(LedgerProve),
    /// Check a disclosed entry or a .tlog-proof; needs no data directory and no network
    Verify(LedgerVerify),
    /// Check somebody's log whole, and remember what it showed
    Audit(LedgerAudit),
    /// Delete content and salt of an entry for good; its place in the log stays
    Forget(LedgerEntry),
    /// Sign with a new key from now on, in a way that others can follow
    Rotate(LedgerOf),
    /// Build damaged files of the log again from the entries kept here
    Repair(LedgerOf),
    /// Duties that were promised for a day
    #[command(subcommand)]
    Duty(LedgerDuty),
}

/// Which log.
#[derive(Debug, Args)]
pub struct LedgerOf {
    /// The published directory of the log [default: the first that was made here]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub ledger: Option<PathBuf>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple ledger init`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  scruple ledger init public/log\n  \
    scruple ledger init public/log --origin log.example.com/diligence --witnesses witnesses.policy\n\n\
    DIR holds only what may be published. The key, and what entries stand for, stay in the data directory.")]
pub struct LedgerInit {
    /// The directory that will be published: empty, or not there yet
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// The log's name, like an address without https:// [default: a random one]
    #[arg(long, value_name = "NAME")]
    pub origin: Option<String>,
    /// Whose cosignatures are asked for: a C2SP tlog-policy file with their addresses
    #[arg(long, value_name = "POLICY", value_hint = ValueHint::FilePath)]
    pub witnesses: Option<PathBuf>,
    /// Hours of the day, in UTC, at which waiting entries come out
    #[arg(long, value_name = "HOUR,…", value_delimiter = ',', default_values_t = [6, 18])]
    pub release: Vec<u8>,
    /// Entries come out in multiples of this, filled up with empty ones
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub batch: u16,
    /// A command that prints the signing key, in place of a key file
    #[arg(long, value_name = "COMMAND")]
    pub key_command: Option<String>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple ledger append`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  scruple ledger append --ledger public/log records.jsonl\n  \
    scruple ledger append records.jsonl --key audit-2026 --json > receipts.jsonl\n\n\
    Only a commitment of each line goes into the log. The same file a second time gives the same\n\
    receipts and no new entries."
)]
pub struct LedgerAppend {
    /// The entries: one JSON value a line
    #[arg(value_name = "FILE.jsonl", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Your name for this file: its lines are known again by it and their numbers
    /// [default: by what stands in them]
    #[arg(long, value_name = "NAME")]
    pub key: Option<String>,
    /// The published directory of the log [default: the first that was made here]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub ledger: Option<PathBuf>,
    /// Print a receipt a line as JSON (scruple.receipt/1)
    #[arg(long)]
    pub json: bool,
}

/// An entry of a log.
#[derive(Debug, Args)]
pub struct LedgerEntry {
    /// The entry's number, from 0
    #[arg(value_name = "INDEX")]
    pub index: u64,
    /// The published directory of the log [default: the first that was made here]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub ledger: Option<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple ledger prove`, `scruple ledger disclose`.
#[derive(Debug, Args)]
pub struct LedgerProve {
    /// The entry's number, from 0
    #[arg(value_name = "INDEX")]
    pub index: u64,
    /// The published directory of the log [default: the first that was made here]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub ledger: Option<PathBuf>,
    /// Write to this file [default: standard output]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

/// `scruple ledger verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  scruple ledger verify entry-7.json --vkey log.vkey\n\n\
    Without --vkey the file's own word for the log's key is taken, and the answer says so."
)]
pub struct LedgerVerify {
    /// A disclosed entry (scruple.disclosure/1), or a .tlog-proof
    #[arg(value_name = "BUNDLE", value_hint = ValueHint::FilePath)]
    pub bundle: PathBuf,
    /// The log's verifier key, or a file with it, that you have from elsewhere
    #[arg(long, value_name = "KEY", value_hint = ValueHint::FilePath)]
    pub vkey: Option<String>,
    /// Whose cosignatures count for you: a C2SP tlog-policy file
    #[arg(long, value_name = "POLICY", value_hint = ValueHint::FilePath)]
    pub witnesses: Option<PathBuf>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple ledger audit`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  scruple ledger audit https://log.example.com/diligence --vkey log.vkey\n  \
    scruple ledger audit public/log --html audit.html\n  \
    scruple ledger audit public/log --with checkpoint-a-colleague-was-shown\n\n\
    Exit codes: 0 nothing broken · 3 something is broken · 4 something could not be looked at, or your\n\
    quorum of witnesses is not reached · 2 no log there · 1 fault."
)]
pub struct LedgerAudit {
    /// The log: a directory, or an address (https, or http on this machine)
    #[arg(value_name = "DIR|URL", value_hint = ValueHint::AnyPath)]
    pub log: String,
    /// The log's verifier key, or a file with it, that you have from elsewhere
    #[arg(long, value_name = "KEY", value_hint = ValueHint::FilePath)]
    pub vkey: Option<String>,
    /// Whose cosignatures count for you: a C2SP tlog-policy file
    #[arg(long, value_name = "POLICY", value_hint = ValueHint::FilePath)]
    pub witnesses: Option<PathBuf>,
    /// A checkpoint that somebody else was shown; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append, value_hint = ValueHint::FilePath)]
    pub with: Vec<PathBuf>,
    /// Days after which a checkpoint that nothing follows is stale
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub max_age: u32,
    /// Also write the outcome as a page for readers who are no engineers
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub html: Option<PathBuf>,
    /// Print the outcome as JSON (scruple.audit/1)
    #[arg(long)]
    pub json: bool,
}

/// `scruple ledger duty`.
#[derive(Debug, Subcommand)]
pub enum LedgerDuty {
    /// Write down what is to be done by a day
    Add(LedgerDutyAdd),
    /// Write down that it was done
    Done(LedgerDutyDone),
    /// List them
    List(LedgerOf),
}

/// `scruple ledger duty add`.
#[derive(Debug, Args)]
pub struct LedgerDutyAdd {
    /// A name for it, one of a kind
    #[arg(value_name = "ID")]
    pub id: String,
    /// What is to be done
    #[arg(value_name = "TEXT")]
    pub what: String,
    /// The last day for it
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub due: Date,
    /// The published directory of the log [default: the first that was made here]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub ledger: Option<PathBuf>,
}

/// `scruple ledger duty done`.
#[derive(Debug, Args)]
pub struct LedgerDutyDone {
    /// Its name
    #[arg(value_name = "ID")]
    pub id: String,
    /// The published directory of the log [default: the first that was made here]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub ledger: Option<PathBuf>,
}
