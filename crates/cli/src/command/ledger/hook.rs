//! Other commands commit to what they did, where a log was made.
//!
//! `decide` has its record wait for an hour of release; `sync` enters the vintage at once.
//! A log that cannot be written to is said, and undoes nothing: the decision stands, and
//! the same command again enters it.

use scruple_ledger::{Content, Disk, NewEntry, Receipt, Standing};
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
/// user is told.
pub(crate) fn commit(
    key: &str,
    record: &Value,
    when: When,
    edge: &Edge,
) -> anyhow::Result<Option<String>> {
    Ok(enter(key, record, when, edge)?.map(|(origin, receipt)| told(&receipt, &origin)))
}

/// As [`commit`], and gives the log's name and the receipt.
pub(crate) fn enter(
    key: &str,
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
        key: key.to_owned(),
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
