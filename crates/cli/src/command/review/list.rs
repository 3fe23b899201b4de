//! `scruple review list`.

use std::io::Write;

use scruple_brief::reviewed;
use scruple_brief::words::count;
use scruple_review::{Decision, Facts, Key, differences};
use serde_json::{Value, json};

use super::{query, short};
use crate::args::{ReviewList, When};
use crate::failure::{DONE, bad_input};
use crate::{Edge, reviews, world};

pub(super) fn run(args: &ReviewList, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let Some(store) = world::store(edge)? else {
        return print(args, &[], out);
    };
    let key = reviews::key(&store)?;
    let subject = match (&args.name, &key) {
        (None, _) => None,
        (Some(_), None) => return Err(no_key()),
        (Some(name), Some(key)) => Some(key.subject(&query::named(Some(name))?)),
    };
    let mut log: Vec<Decision> = reviews::log(&store)?
        .into_iter()
        .map(|(_, decision)| decision)
        .collect();
    log.retain(|one| {
        subject
            .as_ref()
            .is_none_or(|subject| one.subject == *subject)
    });
    log.sort_by_key(|one| one.on);
    let world = world::open(edge, &When::default())?.world;
    let states: Vec<(Decision, String)> = log
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let later = log[at + 1..].iter().any(|other| {
                (&other.subject, &other.record, &other.query)
                    == (&one.subject, &one.record, &one.query)
            });
            let listed = reviewed::entity(&world, &one.record);
            let listed = listed.map(|entity| Facts::of_listed(&entity));
            (one.clone(), state(one, later, key.as_ref(), listed, edge))
        })
        .collect();
    print(args, &states, out)
}

/// How a decision stands, as far as that can be told without the query.
fn state(
    one: &Decision,
    later: bool,
    key: Option<&Key>,
    listed: Option<Facts>,
    edge: &Edge,
) -> String {
    let Some(key) = key.filter(|key| key.id() == one.key) else {
        return "made with another key: does not count".to_owned();
    };
    if later {
        return "followed by a later one".to_owned();
    }
    if one.keep_until < edge.today {
        return "its retention has passed: does not count".to_owned();
    }
    if one.is_over(edge.today) {
        return "over: the pair counts again".to_owned();
    }
    match listed {
        None => "the record is on no list held".to_owned(),
        Some(listed) => {
            let changes = differences("the list", &one.listed, &listed, key);
            if changes.is_empty() {
                "counts".to_owned()
            } else {
                format!("reopened: {}", changes.join("; "))
            }
        }
    }
}

fn print(
    args: &ReviewList,
    states: &[(Decision, String)],
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    if args.json {
        let mut all = Vec::new();
        for (decision, state) in states {
            let mut value = serde_json::to_value(decision)?;
            if let Value::Object(fields) = &mut value {
                fields.insert("state".to_owned(), json!(state));
            }
            all.push(value);
        }
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    for (one, state) in states {
        let until = one
            .until
            .map_or_else(String::new, |until| format!(", until {until}"));
        writeln!(
            out,
            "{}  {:<12}  {}  on {} by {}{until}, kept until {}: {}\n  {state}",
            short(&one.subject),
            one.outcome.words(),
            one.record,
            one.on,
            one.by,
            one.keep_until,
            one.reason,
        )?;
    }
    let total = match states.len() {
        0 => "No decision is kept.".to_owned(),
        number => format!(
            "{}. A query is shown by the start of its keyed hash.",
            count(number, "decision")
        ),
    };
    writeln!(out, "{total}")?;
    Ok(DONE)
}

/// Without the key nobody can be found by name.
pub(super) fn no_key() -> anyhow::Error {
    bad_input(
        "there is no key, and without it no decision is found by name",
        "bring review.key back from a copy, or name the query by its hash as `scruple review \
         list` shows it",
    )
}
