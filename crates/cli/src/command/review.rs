//! `scruple review`: what was decided about a name and a listed party, remembered.
//!
//! Of the name a keyed hash is kept; the key lies beside the database. The lists
//! that are held say what the listed party is today, and a decision holds for that.

use std::io::Write;

use scruple_model::ListId;
use scruple_review::Decision;
use scruple_store::{DataDir, Mode, NewReview};

use crate::Edge;
use crate::args::Review;
use crate::failure::bad_input;

mod add;
mod forget;
mod list;
mod query;
mod transfer;

pub(crate) fn run(args: &Review, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    match args {
        Review::Add(args) => add::run(args, edge, out),
        Review::List(args) => list::run(args, edge, out),
        Review::Export(args) => transfer::export(args, edge, out),
        Review::Import(args) => transfer::import(args, edge, out),
        Review::Forget(args) => forget::run(args, edge, out),
    }
}

/// The data directory, opened to write; made where it is missing.
pub(crate) fn to_write(edge: &Edge) -> anyhow::Result<DataDir> {
    let Some(folder) = &edge.data else {
        return Err(bad_input(
            "there is no place to keep anything",
            "name one with --data DIR",
        ));
    };
    Ok(DataDir::open(folder, Mode::Write)?)
}

/// A decision as the store keeps it.
fn row(decision: &Decision) -> anyhow::Result<NewReview> {
    Ok(NewReview {
        subject: decision.subject.clone(),
        record: decision.record.to_string(),
        keep_until: decision.keep_until,
        content: serde_json::to_string(decision)?,
    })
}

/// The hash of the copy of a list that answers, where one is held.
fn copy_of(store: &DataDir, list: &ListId) -> anyhow::Result<Option<String>> {
    Ok(store
        .manifest()?
        .of(list)
        .map(|held| held.snapshot.hash.clone()))
}

/// A query as tables show it.
fn short(subject: &str) -> &str {
    subject.get(..12).unwrap_or(subject)
}
