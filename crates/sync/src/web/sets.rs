//! The files of one set, which belong together.
//!
//! A set is whole or it is not there: primary entries of today with addresses of last
//! month would be a list that never was. So where one file of a set is new, those the
//! server calls unchanged are fetched too; their bytes are not kept here.

use std::path::Path;

use super::{
    Download, FetchError, Fetcher, Known, Outcome, Pace, Part, Progress, PublisherBody, Wanted,
};

/// What became of a set.
#[derive(Debug)]
pub enum FetchedSet {
    /// All its files, in the order of the parts.
    New(Vec<Download>),
    /// Every file is the one that is known.
    NotModified,
}

/// Which part of a set did not come, and why.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {error}")]
pub struct PartError {
    /// The part's name.
    pub name: String,
    /// Why.
    pub error: FetchError,
}

/// Fetches all files of a set into `folder`, one after another.
///
/// `known` gives what is kept of each part's last answer, `progress` learns the part's
/// place in the set.
///
/// # Errors
/// The first part that does not come; nothing of the set is left in `folder`. Other sets
/// are the caller's next calls: one that fails stops none of them.
pub fn fetch_set(
    fetcher: &Fetcher,
    set: &PublisherBody,
    known: &dyn Fn(&Part) -> Known,
    folder: &Path,
    pace: &mut dyn Pace,
    progress: &mut dyn FnMut(usize, Progress),
) -> Result<FetchedSet, PartError> {
    let mut fetch = |at: usize, known: &Known| {
        let part = &set.parts[at];
        let wanted = Wanted {
            part,
            redirect_hosts: &set.redirect_hosts,
            max_bytes: set.max_bytes,
            known,
            folder,
        };
        fetcher
            .fetch(&wanted, pace, &mut |now| progress(at, now))
            .map_err(|error| PartError {
                name: part.name.clone(),
                error,
            })
    };
    let mut outcomes = Vec::with_capacity(set.parts.len());
    for (at, part) in set.parts.iter().enumerate() {
        outcomes.push(fetch(at, &known(part))?);
    }
    if outcomes
        .iter()
        .all(|outcome| matches!(outcome, Outcome::NotModified))
    {
        return Ok(FetchedSet::NotModified);
    }
    let mut files = Vec::with_capacity(outcomes.len());
    for (at, outcome) in outcomes.into_iter().enumerate() {
        let again = match outcome {
            Outcome::New(file) => Outcome::New(file),
            Outcome::NotModified => fetch(at, &Known::default())?,
        };
        match again {
            Outcome::New(file) => files.push(file),
            // Nothing known was sent, so "not modified" is refused as a status.
            Outcome::NotModified => {}
        }
    }
    Ok(FetchedSet::New(files))
}
