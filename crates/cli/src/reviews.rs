//! The key of the data directory, and its log of decisions.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use scruple_model::Date;
use scruple_review::{Decision, Key, Reviews};
use scruple_store::{DataDir, write_atomically};

use crate::failure::bad_input;

/// Where the key of a data directory lies.
pub(crate) fn key_path(store: &DataDir) -> PathBuf {
    store.root().join("review.key")
}

/// The key, where there is one.
pub(crate) fn key(store: &DataDir) -> anyhow::Result<Option<Key>> {
    let path = key_path(store);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    match Key::parse(&text) {
        Ok(key) => Ok(Some(key)),
        Err(error) => Err(bad_input(
            format!("{} holds no key: {error}", path.display()),
            "bring it back from a copy, or delete it: every reviewed pair then counts again, and \
             nothing else is lost",
        )),
    }
}

/// The key, made on first use.
pub(crate) fn key_or_new(store: &DataDir) -> anyhow::Result<Key> {
    if let Some(key) = key(store)? {
        return Ok(key);
    }
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)
        .map_err(|error| anyhow::anyhow!("no random numbers can be had: {error}"))?;
    let key = Key::new(secret);
    // Atomic writes are private from the first byte on.
    write_atomically(&key_path(store), format!("{}\n", key.to_text()).as_bytes())?;
    Ok(key)
}

/// Every decision that is kept, in the order taken, with its sequence.
pub(crate) fn log(store: &DataDir) -> anyhow::Result<Vec<(i64, Decision)>> {
    store
        .reviews()?
        .into_iter()
        .map(|row| {
            let decision = serde_json::from_str(&row.content)
                .with_context(|| format!("decision {} in the data directory", row.sequence))?;
            Ok((row.sequence, decision))
        })
        .collect()
}

/// The decisions as they count on `day`, of those taken by the end of `known_at`.
pub(crate) fn reviews(
    store: &DataDir,
    day: Date,
    known_at: Option<Date>,
) -> anyhow::Result<Reviews> {
    let mut log = log(store)?;
    log.retain(|(_, one)| known_at.is_none_or(|known_at| one.on <= known_at));
    at(store, log.into_iter().map(|(_, one)| one).collect(), day)
}

/// The first decisions of the log that make this position, as they count on `day`;
/// none where the log was never there. `None` where it cannot be made any more.
pub(crate) fn reviews_at(
    store: &DataDir,
    position: Option<&str>,
    day: Date,
) -> anyhow::Result<Option<Reviews>> {
    let log: Vec<Decision> = log(store)?.into_iter().map(|(_, one)| one).collect();
    let Some(position) = position else {
        return at(store, Vec::new(), day).map(Some);
    };
    let count = position
        .split_once(' ')
        .and_then(|(count, _)| count.parse::<usize>().ok());
    let Some(then) = count.and_then(|count| log.get(..count)) else {
        return Ok(None);
    };
    if Reviews::position_of(then).as_deref() != Some(position) {
        return Ok(None);
    }
    at(store, then.to_vec(), day).map(Some)
}

/// Every position the log ever had, the latest first, and none at last.
pub(crate) fn positions(store: &DataDir) -> anyhow::Result<Vec<Option<String>>> {
    let log: Vec<Decision> = log(store)?.into_iter().map(|(_, one)| one).collect();
    let mut all: Vec<Option<String>> = (0..=log.len())
        .map(|count| Reviews::position_of(&log[..count]))
        .collect();
    all.reverse();
    Ok(all)
}

fn at(store: &DataDir, log: Vec<Decision>, day: Date) -> anyhow::Result<Reviews> {
    let key = if log.is_empty() { None } else { key(store)? };
    Ok(Reviews::new(key, log, day))
}
