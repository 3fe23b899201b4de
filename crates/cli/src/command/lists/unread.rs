//! `scruple lists unread`: what of a list could not be read, and what follows.

use std::io::Write;

use scruple_brief::render::paint::printable;
use scruple_store::{Held, UnreadRow};
use serde_json::json;

use super::{current, held_store, many, packs};
use crate::Edge;
use crate::args::ListsUnread;
use crate::failure::DONE;

pub(super) fn run(args: &ListsUnread, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let store = held_store(edge)?;
    let held = current(&store, &packs(edge)?, &args.list)?;
    let rows = store.unread(held.sequence)?;
    let snapshot = &held.snapshot;
    if args.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                json!({
                    "line": row.line, "column": row.column, "record": row.record,
                    "field": row.field, "what": row.what, "effect": row.effect,
                    "next": next(row),
                })
            })
            .collect();
        let all = json!({
            "schema": "scruple.unread/1", "list": snapshot.list, "hash": snapshot.hash,
            "origin": held.origin, "unread": snapshot.unread,
            "fields_unread": held.fields_unread, "rows": rows,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "{} of {}, file {}: {}",
        snapshot.list,
        snapshot.day(),
        printable(&held.origin),
        counts(&held, &rows)
    )?;
    for row in &rows {
        writeln!(out)?;
        writeln!(out, "{}", printable(&place(row)))?;
        for (label, text) in [
            ("what", row.what.as_str()),
            ("effect", effect(row)),
            ("next", next(row)),
        ] {
            writeln!(out, "  {label:<8}{}", printable(text))?;
        }
    }
    let all = snapshot.unread + held.fields_unread;
    let counted = |row: &&UnreadRow| !matches!(row.effect.as_str(), "note" | "part-missing");
    let shown = rows.iter().filter(counted).count() as u64;
    if all > shown {
        writeln!(
            out,
            "\nand {} more, which were counted and not kept",
            all - shown
        )?;
    }
    Ok(DONE)
}

/// How much could not be read, and what else is told below.
fn counts(held: &Held, rows: &[UnreadRow]) -> String {
    let of = |effect: &str| rows.iter().filter(|row| row.effect == effect).count() as u64;
    // A lost name counts among the fields; it matters more than another.
    let names = of("name-unread").min(held.fields_unread);
    let lost = match names {
        0 => String::new(),
        names => format!(", {}", many(names, "name")),
    };
    let mut counts = vec![format!(
        "{}{lost} and {} could not be read",
        many(held.snapshot.unread, "record"),
        many(held.fields_unread - names, "field"),
    )];
    for (effect, one, says) in [
        ("part-missing", "part", " did not come with it"),
        ("note", "note", ""),
    ] {
        let count = of(effect);
        if count > 0 {
            counts.push(format!("{}{says}", many(count, one)));
        }
    }
    counts.join("; ")
}

/// Where in the file; a part that is not there, or a note on the whole, is nowhere in it.
fn place(row: &UnreadRow) -> String {
    let mut place = Vec::new();
    if row.line > 0 {
        place.push(format!("line {}, column {}", row.line, row.column));
    }
    for (label, text) in [("record", &row.record), ("field", &row.field)] {
        place.extend(text.as_ref().map(|text| format!("{label} {text}")));
    }
    if place.is_empty() {
        return "the file as a whole".to_owned();
    }
    place.join(", ")
}

fn effect(row: &UnreadRow) -> &str {
    match row.effect.as_str() {
        "record-unread" => "nothing of the record is looked at",
        "name-unread" => "the record is looked at, without this name",
        "field-unread" => "the record is looked at, without this field",
        "part-missing" => "nothing of the missing part is looked at",
        "note" => "none; the record is looked at",
        other => other,
    }
}

fn next(row: &UnreadRow) -> &str {
    row.next
        .as_deref()
        .unwrap_or("compare with the publisher's page")
}
