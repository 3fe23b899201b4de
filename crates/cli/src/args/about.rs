//! The program itself: rules, data directory, formats, shells.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use clap_complete::Shell;

/// `scruple explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A rule, a question or a list; without one, all names
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// `scruple doctor`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  scruple doctor\n  scruple doctor briefs/ --json\n\n\
    Of the folders you name it tells which conditions of decisions are due."
)]
pub struct Doctor {
    /// Folders of briefs, or briefs: to say which conditions are due
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub briefs: Vec<PathBuf>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub json: bool,
}

/// `scruple schema`.
#[derive(Debug, Args)]
pub struct SchemaOf {
    /// The format
    #[arg(value_name = "FORMAT")]
    pub format: FormatName,
}

/// A published format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// What goes into `check`.
    #[value(name = "deal-1")]
    Deal,
    /// What comes out of it.
    #[value(name = "brief-1")]
    Brief,
    /// What `assess --json` prints.
    #[value(name = "assessment-1")]
    Assessment,
    /// What `decide` appends.
    #[value(name = "decision-1")]
    Decision,
    /// What `conditions met` appends.
    #[value(name = "followup-1")]
    FollowUp,
    /// What `report --json` prints.
    #[value(name = "report-1")]
    Report,
    /// What `classify --json` prints.
    #[value(name = "classify-1")]
    Classify,
    /// What `check --since` adds.
    #[value(name = "since-1")]
    Since,
    /// A line of `screen --json`.
    #[value(name = "match-1")]
    Match,
    /// What `ownership show --json` prints.
    #[value(name = "ownership-1")]
    Ownership,
    /// A decision of `review`.
    #[value(name = "review-1")]
    Review,
    /// What `watch --json` prints.
    #[value(name = "watch-1")]
    Watch,
    /// What `compare --json` prints.
    #[value(name = "compare-1")]
    Compare,
    /// What `attest verify --json` prints.
    #[value(name = "attest-1")]
    Attest,
    /// A published version of the register.
    #[value(name = "register-1")]
    Register,
    /// The history of a published register.
    #[value(name = "register-history-1")]
    RegisterHistory,
    /// A disclosed entry of a ledger.
    #[value(name = "disclosure-1")]
    Disclosure,
    /// An audit of a ledger.
    #[value(name = "audit-1")]
    Audit,
    /// A receipt of a ledger.
    #[value(name = "receipt-1")]
    Receipt,
}

/// `scruple completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}
