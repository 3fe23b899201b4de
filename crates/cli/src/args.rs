//! The command line: what can be asked, and the help that explains it.

mod about;
mod assess;
mod attest;
mod deal;
mod ledger;
mod lists;
mod ownership;
mod register;
mod review;
mod screen;
mod value;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueHint};
use scruple_model::Date;

pub use about::*;
pub use assess::{Assess, Conditions, ConditionsMet, ConditionsWhat, Purge, Report};
pub use attest::*;
pub use deal::*;
pub use ledger::*;
pub use lists::*;
pub use ownership::*;
pub use register::*;
pub use review::*;
pub use screen::*;
pub(crate) use value::day;

/// Checks a technology deal against sanctions, export controls and human-rights
/// duties, offline, with evidence.
#[derive(Debug, Parser)]
#[command(
    name = "scruple",
    version,
    propagate_version = true,
    disable_help_subcommand = true
)]
#[command(
    after_help = "Exit codes: 0 every check ran and nothing needs attention · 1 fault · \
    2 bad usage or input · 3 something needs a decision · 4 cannot tell yet.\n\
    An aid to diligence, not legal advice; the decision and its reasons are yours."
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Data directory [default: $XDG_DATA_HOME/scruple, else ~/.local/share/scruple]
    #[arg(long, global = true, help_heading = "Everywhere", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub data: Option<PathBuf>,
    /// Rule packs to put in place of the built-in ones; every answer says so
    #[arg(long, global = true, help_heading = "Everywhere", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub packs: Option<PathBuf>,
    /// Take this day as today [default: the clock, UTC]
    #[arg(long, global = true, help_heading = "Everywhere", value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a deal: a file goes in, a decision brief comes out
    Check(Check),
    /// Screen a name, or a spreadsheet of names, against the lists
    Screen(Screen),
    /// Take lists into the data directory: from the web, or from files without a network
    Sync(Sync),
    /// Say which lists are held, from when and how old; compare, show unread, prune
    Lists(Lists),
    /// Carry lists and packs to a machine without a network, as one signed file
    #[command(subcommand)]
    Bundle(Bundle),
    /// Say whom a listing reaches through who owns whom; take holdings in
    #[command(subcommand)]
    Ownership(Ownership),
    /// Remember what was decided about a name and a listed party, until either changes
    #[command(subcommand)]
    Review(Review),
    /// Screen a file of parties again against what changed since, and say what is new
    Watch(Watch),
    /// Lay another engine's results beside ours, disagreements first
    Compare(Compare),
    /// Assess what a deal can do to people, and ask what decides it
    Assess(Assess),
    /// Commit to records in a public log that outsiders can check; check the logs of others
    #[command(subcommand)]
    Ledger(Ledger),
    /// Sign audits and statements that answer them; check those of others
    #[command(subcommand)]
    Attest(Attest),
    /// Keep and publish the register of those you work with
    #[command(subcommand)]
    Register(Register),
    /// Write the decision on a brief beside it
    Decide(Decide),
    /// Say what an item can do, and which control entries and rules of use to consider
    Classify(crate::command::classify::Classify),
    /// Say how the conditions of decisions stand, and which are due
    Conditions(Conditions),
    /// Report on the decided briefs of a period: what was refused, changed, followed up
    Report(Report),
    /// Show which briefs have been kept longer than anybody has to, and delete them
    Purge(Purge),
    /// Say what a rule, a question or a list is
    Explain(Explain),
    /// Write a commented deal file to start from
    Init(Init),
    /// Look the data directory over: lists, ages, integrity
    Doctor(Doctor),
    /// Print a JSON Schema of a format [deal-1, brief-1, classify-1, assessment-1, decision-1, followup-1, report-1, since-1, match-1, review-1, watch-1, compare-1, ownership-1, attest-1, register-1, register-history-1, disclosure-1, audit-1, receipt-1]
    Schema(SchemaOf),
    /// Print the completion script of a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// The two dates of a question about the past.
#[derive(Clone, Debug, Default, Args)]
pub struct When {
    /// The day whose facts and law are asked for [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Use only lists that had been taken in by the end of this day [default: all]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub known_at: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
