//! `scruple lists unread`: what of a list could not be read, and what follows.

use std::io::Write;

use scruple_brief::render::paint::printable;
use scruple_store::UnreadRow;
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
        "{} of {}, file {}: {} and {} could not be read",
        snapshot.list,
        snapshot.day(),
        printable(&held.origin),
        many(snapshot.unread, "record"),
        many(held.fields_unread, "field"),
    )?;
    for row in &rows {
        writeln!(out)?;
        let mut place = format!("line {}, column {}", row.line, row.column);
        for (label, text) in [("record", &row.record), ("field", &row.field)] {
            if let Some(text) = text {
                place.push_str(&format!(", {label} {text}"));
            }
        }
        writeln!(out, "{}", printable(&place))?;
        for (label, text) in [
            ("what", row.what.as_str()),
            ("effect", effect(row)),
            ("next", next(row)),
        ] {
            writeln!(out, "  {label:<8}{}", printable(text))?;
        }
    }
    let all = snapshot.unread + held.fields_unread;
    let notes = rows.iter().filter(|row| row.effect == "note").count();
    let shown = (rows.len() - notes) as u64;
    if all > shown {
        writeln!(
            out,
            "\nand {} more, which were counted and not kept",
            all - shown
        )?;
    }
    Ok(DONE)
}

fn effect(row: &UnreadRow) -> &str {
    match row.effect.as_str() {
        "record-unread" => "nothing of the record is looked at",
        "field-unread" => "the record is looked at, without this field",
        "note" => "none; the record is looked at",
        other => other,
    }
}

fn next(row: &UnreadRow) -> &str {
    row.next
        .as_deref()
        .unwrap_or("compare with the publisher's page")
}
