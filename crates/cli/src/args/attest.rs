//! `scruple attest`: its arguments.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueHint};
use scruple_model::Date;

use super::day;

/// `scruple attest`.
#[derive(Debug, Subcommand)]
pub enum Attest {
    /// Write a commented draft of an audit, or of a statement that answers one
    New(AttestNew),
    /// Make a key that signs
    Key(AttestKey),
    /// Sign a draft: a credential that anybody can check
    Sign(AttestSign),
    /// Check credentials: signature, issuer, period, withdrawal; three-valued
    Verify(AttestVerify),
    /// Take a credential back, with the reason
    Revoke(AttestRevoke),
    /// Sign a list of withdrawals again, so that it speaks for today
    Renew(AttestRenew),
    /// Show credentials with what lowers what they can show, and what workers say
    Show(AttestShow),
    /// Take a key as an organisation's, on your own word; without a DID, list them
    Trust(AttestTrust),
}

/// `scruple attest new`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  scruple attest new mill.toml\n  \
    scruple attest new answer.toml --counter-statement --answers mill.json")]
pub struct AttestNew {
    /// The draft to write
    #[arg(value_name = "DRAFT", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// A statement by workers or affected groups that answers an attestation
    #[arg(long)]
    pub counter_statement: bool,
    /// What it answers; may be given several times
    #[arg(long, value_name = "CREDENTIAL", requires = "counter_statement", action = ArgAction::Append, value_hint = ValueHint::FilePath)]
    pub answers: Vec<PathBuf>,
}

/// `scruple attest key`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  scruple attest key auditor.key\n  \
    scruple attest key auditor.key --web did:web:audit.example#key-1 --document did.json\n\n\
    A key signs as did:key by itself. To sign as did:web, publish the document at the address that is printed.")]
pub struct AttestKey {
    /// The key file; made where it is not there, and readable by its owner only
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Say what it is as a key of this did:web document
    #[arg(long = "web", value_name = "DID#KEY")]
    pub method: Option<String>,
    /// Write the DID document of --web
    #[arg(long, value_name = "FILE", requires = "method", value_hint = ValueHint::FilePath)]
    pub document: Option<PathBuf>,
}

/// `scruple attest sign`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  scruple attest sign mill.toml --key auditor.key\n  \
    scruple attest sign mill.toml --key auditor.key --status-list status.json --status-url https://audit.example/status.json"
)]
pub struct AttestSign {
    /// The draft
    #[arg(value_name = "DRAFT", value_hint = ValueHint::FilePath)]
    pub draft: PathBuf,
    /// The key file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: PathBuf,
    /// Sign as this key of a did:web document [default: did:key]
    #[arg(long = "web", value_name = "DID#KEY")]
    pub method: Option<String>,
    /// The list in which a withdrawal will show; made where it is not there
    #[arg(long, value_name = "FILE", requires = "status_url", value_hint = ValueHint::FilePath)]
    pub status_list: Option<PathBuf>,
    /// Where that list will be published
    #[arg(long, value_name = "URL", requires = "status_list")]
    pub status_url: Option<String>,
    /// The credential to write [default: the draft's name, ending in .json]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

/// `scruple attest verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  scruple attest verify mill.json\n  \
    scruple attest verify mill.json status.json did.json answer.json\n\n\
    Exit codes: 0 everything looked at holds · 3 something does not · 4 something cannot be told.")]
pub struct AttestVerify {
    /// Credentials, and what is needed to check them: lists of withdrawals, notices, DID
    /// documents, counter-statements
    #[arg(value_name = "FILE", required = true, num_args = 1.., value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// As of which day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Print the outcome as JSON (scruple.attest/1)
    #[arg(long)]
    pub json: bool,
}

/// `scruple attest revoke`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  scruple attest revoke mill.json --key auditor.key --status-list status.json \\\n    \
    --reason \"The payroll shown to us was another firm's\""
)]
pub struct AttestRevoke {
    /// The credential
    #[arg(value_name = "CREDENTIAL", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The key file that signed it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: PathBuf,
    /// The key of a did:web document that signed it
    #[arg(long = "web", value_name = "DID#KEY")]
    pub method: Option<String>,
    /// The list in which the withdrawal shows
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub status_list: Option<PathBuf>,
    /// Why it is withdrawn: everybody reads it
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `scruple attest renew`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  scruple attest renew status.json --key auditor.key\n\n\
    Readers take a list as current for 30 days. Sign it again before, and publish it at its address."
)]
pub struct AttestRenew {
    /// The list of withdrawals
    #[arg(value_name = "LIST", value_hint = ValueHint::FilePath)]
    pub list: PathBuf,
    /// The key file that signed it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: PathBuf,
    /// The key of a did:web document that signed it
    #[arg(long = "web", value_name = "DID#KEY")]
    pub method: Option<String>,
}

/// `scruple attest show`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  scruple attest show mill.json answer.json status.json --html mill.html"
)]
pub struct AttestShow {
    /// Credentials, and what is needed to check them
    #[arg(value_name = "FILE", required = true, num_args = 1.., value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// As of which day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Also write one HTML file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub html: Option<PathBuf>,
    /// Print the same as JSON (scruple.attest/1)
    #[arg(long)]
    pub json: bool,
}

/// `scruple attest trust`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  scruple attest trust did:key:z6Mk… --name \"Example Audit Body\"\n  \
    scruple attest trust did:web:audit.example --name \"Example Audit Body\" --document did.json\n\n\
    Ask the organisation for its key by another way than the credential came: a signature does\n\
    not show whose key it is."
)]
pub struct AttestTrust {
    /// The DID
    #[arg(value_name = "DID")]
    pub did: Option<String>,
    /// The organisation, as its credentials name it
    #[arg(long, value_name = "NAME", requires = "did")]
    pub name: Option<String>,
    /// For a did:web: its document, saved by yourself from the address that it stands for
    #[arg(long, value_name = "FILE", requires = "name", value_hint = ValueHint::FilePath)]
    pub document: Option<PathBuf>,
    /// Take it as nobody's from now on
    #[arg(long, requires = "did", conflicts_with = "name")]
    pub no_longer: bool,
}
