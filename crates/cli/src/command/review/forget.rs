//! `scruple review forget`: decisions, deleted for good.

use std::io::Write;

use scruple_brief::words::count;

use super::{list::no_key, query, to_write};
use crate::args::ReviewForget;
use crate::failure::{DONE, bad_input};
use crate::{Edge, reviews, world};

/// Fewer characters name too many queries.
const SHORTEST: usize = 8;

pub(super) fn run(args: &ReviewForget, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    if world::store(edge)?.is_none() {
        writeln!(out, "No decision is kept.")?;
        return Ok(DONE);
    }
    let mut store = to_write(edge)?;
    let overdue = store.forget_overdue_reviews(edge.today)?;
    if overdue > 0 || args.overdue {
        writeln!(
            out,
            "{} forgotten, whose retention had passed.",
            count(overdue, "decision")
        )?;
    }
    if args.overdue {
        return Ok(DONE);
    }
    let rows = store.reviews()?;
    let subject = match (&args.name, &args.query) {
        (Some(name), _) => {
            let key = reviews::key(&store)?.ok_or_else(no_key)?;
            Some(key.subject(&query::named(Some(name))?))
        }
        (None, Some(hash)) => Some(start_of(hash)?),
        _ => None,
    };
    let sequences: Vec<i64> = rows
        .iter()
        .filter(|row| {
            let of_query = subject
                .as_ref()
                .is_some_and(|subject| row.subject.starts_with(subject.as_str()));
            let of_record = args.record.as_ref().is_some_and(|id| row.record == *id);
            args.all || of_query || of_record
        })
        .map(|row| row.sequence)
        .collect();
    let gone = store.forget_reviews(&sequences, "asked for", edge.today)?;
    if gone == 0 {
        writeln!(out, "Nothing is kept of that; nothing was deleted.")?;
    } else {
        writeln!(
            out,
            "{} forgotten. Copies that you exported or backed up are yours to delete.",
            count(gone, "decision")
        )?;
    }
    Ok(DONE)
}

fn start_of(hash: &str) -> anyhow::Result<String> {
    let is_hash = hash.len() >= SHORTEST && hash.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_hash {
        return Err(bad_input(
            format!("--query {hash} is no hash"),
            format!(
                "give at least {SHORTEST} of its characters, as `scruple review list` shows them"
            ),
        ));
    }
    Ok(hash.to_ascii_lowercase())
}
