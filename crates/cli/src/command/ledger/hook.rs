//! Other commands commit to what they did, where a log was made.
//!
//! `decide` has its record wait for an hour of release; `sync` enters the vintage at once.
//! A log that cannot be written to is said, and undoes nothing: the decision stands, and
//! the same command again enters it.

use scruple_ledger::{Content, Disk, NewEntry, Receipt, Standing};
use scruple_model::hash::sha256;
use serde_json::Value;

use super::{in_words, minute, open};
use crate::{Edge, random};

/// When an entry comes out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// With the next checkpoint.
    Now,
    /// At the next fixed hour, with others.
    Batched,
}

/// Commits to a record in the default log. `None` where there is no log; else what the
/// user is told. The same record again is the same entry; `ledger append` of a file that
/// holds it knows it, too.
pub(crate) fn commit(record: &Value, when: When, edge: &Edge) -> anyhow::Result<Option<String>> {
    Ok(enter(record, when, edge)?.map(|(origin, receipt)| told(&receipt, &origin)))
}

/// As [`commit`], and gives the log's name and the receipt.
pub(crate) fn enter(
    record: &Value,
    when: When,
    edge: &Edge,
) -> anyhow::Result<Option<(String, Receipt)>> {
    let Some(data) = &edge.data else {
        return Ok(None);
    };
    if scruple_ledger::default_log(data, &Disk::new())
        .map_err(in_words)?
        .is_none()
    {
        return Ok(None);
    }
    let content = Content::of_value(record).map_err(|fault| in_words(fault.into()))?;
    let entry = NewEntry {
        key: content_key(&content, 1),
        content,
    };
    let mut log = open(None, edge)?;
    let receipt = match when {
        When::Now => log
            .append(&[entry], edge.now, &mut random)
            .map_err(in_words)?
            .remove(0),
        When::Batched => log.submit(&entry, edge.now).map_err(in_words)?,
    };
    Ok(Some((log.settings().origin.clone(), receipt)))
}

/// The key of a content that its caller gave none: what stands in it, and which of
/// several like it in one file it is.
pub(crate) fn content_key(content: &Content, times: u64) -> String {
    format!("sha256:{}/{times}", sha256(content.canonical().as_bytes()))
}

fn told(receipt: &Receipt, origin: &str) -> String {
    match receipt.standing {
        Standing::Entered { index, .. } => format!("entry {index} of the log {origin}"),
        Standing::Waiting { by, broken: false } => {
            format!("waits for the log {origin}; in it by {}", minute(by))
        }
        Standing::Waiting { by, broken: true } => format!(
            "waits for the log {origin}, where it should be since {}: run scruple ledger tick",
            minute(by)
        ),
    }
}
