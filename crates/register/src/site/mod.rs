//! The published site: a folder of static files, made from versions alone.
//!
//! Everything on it follows from its `versions/*.json`: whoever has those can make
//! the same files again. Pages have no scripts and fetch nothing; what a page says
//! is in a file for programs beside it.

mod ftm;
mod html;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::Date;
use serde::{Deserialize, Serialize};

use crate::diff::diff;
use crate::table;
use crate::version::Version;

pub use html::RenderError;

/// The name of the format of `history.json`.
pub const HISTORY: &str = "scruple.register-history/1";

/// Where the ledger holds a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Committed {
    /// The name of the log.
    pub origin: String,
    /// The position in it.
    pub index: u64,
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The number.
    pub version: u32,
    /// The day.
    #[schemars(with = "String")]
    pub published: Date,
    /// The hash: SHA-256 over the bytes of `versions/N.json`.
    pub sha256: String,
    /// How many entries are shown.
    pub entries: usize,
    /// How many are not.
    pub withheld: usize,
    /// What changed, in words.
    pub changes: Vec<String>,
    /// Where a ledger holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed: Option<Committed>,
}

/// The history, as `history.json` has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// `scruple.register-history/1`.
    pub schema: String,
    /// Whose.
    pub owner: String,
    /// Versions, newest first.
    pub versions: Vec<Line>,
}

/// The files of the site by name, `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Where a version lies on the site.
pub fn version_file(number: u32) -> String {
    format!("versions/{number}.json")
}

/// Makes every file. `versions` are oldest first and not empty; `committed` says by
/// number where a ledger holds a version; `statements` are files that counter-statements
/// name.
///
/// # Errors
/// [`RenderError`], a fault of ours.
pub fn make(
    versions: &[Version],
    committed: &BTreeMap<u32, Committed>,
    statements: &BTreeMap<String, Vec<u8>>,
) -> Result<Files, RenderError> {
    let mut files = Files::new();
    let Some(newest) = versions.last() else {
        return Ok(files);
    };
    let mut lines = Vec::new();
    let mut before: Option<&Version> = None;
    for version in versions {
        lines.push(Line {
            version: version.version,
            published: version.published,
            sha256: version.hash(),
            entries: version.entries.len(),
            withheld: version.withheld.len(),
            changes: diff(before, version)
                .iter()
                .map(|change| change.said())
                .collect(),
            committed: committed.get(&version.version).cloned(),
        });
        // Exactly the bytes that the hash is over: sha256sum gives it.
        files.insert(version_file(version.version), version.bytes());
        before = Some(version);
    }
    lines.reverse();
    let history = History {
        schema: HISTORY.to_owned(),
        owner: newest.owner.name.clone(),
        versions: lines,
    };
    files.insert("register.json".into(), pretty(newest));
    files.insert("history.json".into(), pretty(&history));
    files.insert("register.csv".into(), table::register_csv(newest));
    files.insert("osh.csv".into(), table::osh_csv(newest));
    files.insert("register.ftm.jsonl".into(), ftm::lines(newest).into_bytes());
    files.insert(
        "index.html".into(),
        html::index(newest, &history)?.into_bytes(),
    );
    files.insert(
        "history.html".into(),
        html::history(newest, &history)?.into_bytes(),
    );
    files.insert(
        "counter-statements.html".into(),
        html::statements(newest)?.into_bytes(),
    );
    for (name, bytes) in statements {
        files.insert(format!("statements/{name}"), bytes.clone());
    }
    Ok(files)
}

fn pretty<T: Serialize>(value: &T) -> Vec<u8> {
    // Types of ours: texts, numbers and lists.
    let mut text = serde_json::to_string_pretty(value).expect("our own types have a JSON form");
    text.push('\n');
    text.into_bytes()
}
