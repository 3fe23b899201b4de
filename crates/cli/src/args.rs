//! The command line: what can be asked, and the help that explains it.

mod assess;
mod attest;
mod ledger;
mod register;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use scruple_model::{Country, Date, Schema};

pub use assess::{Assess, Conditions, ConditionsMet, ConditionsWhat, Purge, Report};
pub use attest::*;
pub use ledger::*;
pub use register::*;

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

/// `scruple explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A rule, a question or a list; without one, all names
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
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

pub(crate) fn day(text: &str) -> Result<Date, String> {
    let day = text
        .parse()
        .map_err(|_| "write a day that exists as YYYY-MM-DD".to_owned())?;
    if !scruple_model::date::is_plausible(day) {
        let years = scruple_model::date::YEARS;
        return Err(format!(
            "no day of a deal: write one from {} to {}",
            years.start(),
            years.end()
        ));
    }
    Ok(day)
}

fn country(text: &str) -> Result<Country, String> {
    Country::parse(text)
        .ok_or_else(|| "write a two-letter country code, such as cn or de".to_owned())
}

fn schema(text: &str) -> Result<Schema, String> {
    Schema::parse(text).ok_or_else(|| {
        let all: Vec<&str> = Schema::ALL.into_iter().map(Schema::as_str).collect();
        format!("one of {}", all.join(", "))
    })
}

fn mapping(text: &str) -> Result<(String, String), String> {
    let (field, column) = text.split_once('=').ok_or("write FIELD=COLUMN")?;
    Ok((field.trim().to_owned(), column.trim().to_owned()))
}

/// `0.7` to 7,000, without the detour through binary fractions.
fn threshold(text: &str) -> Result<u16, String> {
    let fail = || "write a decimal from 0 to 1, such as 0.7".to_owned();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) {
        return Err(fail());
    }
    let part: String = part.chars().chain("0000".chars()).take(4).collect();
    let value = whole.trim_start_matches('0').len();
    let number: u32 = format!("{}{part}", if value == 0 { "0" } else { whole })
        .parse()
        .map_err(|_| fail())?;
    u16::try_from(number)
        .ok()
        .filter(|number| *number <= 10_000)
        .ok_or_else(fail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_threshold_is_a_decimal() {
        assert_eq!(threshold("0"), Ok(0));
        assert_eq!(threshold("0.7"), Ok(7_000));
        assert_eq!(threshold(".85"), Ok(8_500));
        assert_eq!(threshold("1"), Ok(10_000));
        assert_eq!(threshold("1.0"), Ok(10_000));
        for bad in ["1.1", "70", "", ".", "-0.1", "x", "1e0"] {
            assert!(threshold(bad).is_err(), "{bad}");
        }
    }
}
