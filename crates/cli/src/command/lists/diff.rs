//! `scruple lists diff`: what changed in a list between two of its copies.

use std::io::Write;

use scruple_brief::render::paint::{Page, Tone};
use scruple_model::Date;
use scruple_store::{DataDir, Held};
use scruple_sync::diff::{Change, ChangeKind, Diff, diff};
use serde_json::json;

use super::{current, held_store, many, packs, short};
use crate::Edge;
use crate::args::ListsDiff;
use crate::command::screen::print::harmless;
use crate::failure::{DONE, bad_input};

pub(super) fn run(args: &ListsDiff, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let store = held_store(edge)?;
    let now = current(&store, &packs(edge)?, &args.list)?;
    let (from, to) = sides(&store, now, args)?;
    let found = diff(&store, &from, &to)?;
    if args.json {
        print_json(&from, &to, &found, out)?;
    } else if args.csv {
        print_csv(&found, out)?;
    } else {
        out.write_all(page(&from, &to, &found, edge).as_bytes())?;
    }
    Ok(DONE)
}

/// The two copies meant: by default the current one and the one before it.
fn sides(store: &DataDir, now: Held, args: &ListsDiff) -> anyhow::Result<(Held, Held)> {
    let editions = store.editions(&now.snapshot.list)?;
    let to = match &args.to {
        Some(text) => pick(&editions, text)?,
        None => now,
    };
    let from = match &args.from {
        Some(text) => pick(&editions, text)?,
        None => {
            let at = editions.iter().position(|one| one.sequence == to.sequence);
            let before = at.and_then(|at| at.checked_sub(1));
            let Some(before) = before.and_then(|at| editions.get(at)) else {
                return Err(bad_input(
                    format!(
                        "only one copy of {} is held, of {}: there is nothing to compare it with",
                        to.snapshot.list,
                        to.snapshot.day()
                    ),
                    "take another one in with `scruple sync`; an older file of your own serves too",
                ));
            };
            before.clone()
        }
    };
    Ok((from, to))
}

/// The copy of a day, or the one whose hash begins so.
fn pick(editions: &[Held], text: &str) -> anyhow::Result<Held> {
    let known = || {
        let all: Vec<String> = editions
            .iter()
            .map(|one| format!("{} ({})", one.snapshot.day(), short(&one.snapshot.hash)))
            .collect();
        format!("held are {}", all.join(", "))
    };
    if let Ok(day) = text.parse::<Date>() {
        let of_day = editions.iter().rev().find(|one| one.snapshot.day() <= day);
        return of_day
            .cloned()
            .ok_or_else(|| bad_input(format!("no copy is as old as {day}"), known()));
    }
    let prefix = text.to_ascii_lowercase();
    if prefix.len() < 4 || !prefix.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(bad_input(
            format!("{text} is no day and no hash"),
            format!("write YYYY-MM-DD or the start of a hash; {}", known()),
        ));
    }
    let mut found = editions
        .iter()
        .filter(|one| one.snapshot.hash.starts_with(&prefix));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one.clone()),
        (Some(_), Some(_)) => Err(bad_input(
            format!("{text} begins more than one hash"),
            known(),
        )),
        (None, _) => Err(bad_input(format!("no copy has a hash {text}…"), known())),
    }
}

fn print_json(from: &Held, to: &Held, found: &Diff, out: &mut dyn Write) -> anyhow::Result<()> {
    let side = |held: &Held| {
        let s = &held.snapshot;
        json!({ "published": s.published, "taken": s.taken, "hash": s.hash,
                "entities": s.entities, "layout": held.layout })
    };
    let all = json!({
        "schema": "scruple.diff/1", "list": to.snapshot.list,
        "from": side(from), "to": side(to),
        "added": found.count(ChangeKind::Added), "removed": found.count(ChangeKind::Removed),
        "renamed": found.count(ChangeKind::Renamed), "amended": found.count(ChangeKind::Amended),
        "renumbered": found.renumbered, "notes": notes(from, to, found),
        "changes": found.changes,
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    Ok(())
}

fn print_csv(found: &Diff, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["kind", "id", "was", "schema", "name", "field", "old", "new"])?;
    for change in &found.changes {
        let was = change.was.as_ref().map_or("", |id| id.as_str());
        let mut row = |field: &str, old: &str, new: &str| {
            let cells = [
                change.kind.as_str(),
                change.id.as_str(),
                was,
                change.schema.as_str(),
                &change.name,
                field,
                old,
                new,
            ];
            writer.write_record(cells.map(harmless))
        };
        if change.fields.is_empty() {
            row("", "", "")?;
        }
        for field in &change.fields {
            row(&field.field, &field.old.join("; "), &field.new.join("; "))?;
        }
    }
    writer.flush()?;
    Ok(())
}

fn page(from: &Held, to: &Held, found: &Diff, edge: &Edge) -> String {
    let mut page = Page::new(edge.width, edge.colour);
    let side = |held: &Held| format!("{} ({})", held.snapshot.day(), short(&held.snapshot.hash));
    let head = format!("{}   {} → {}", to.snapshot.list, side(from), side(to));
    page.fold("", 0, Tone::Strong, &head);
    let counts: Vec<String> = ChangeKind::ALL
        .iter()
        .map(|kind| format!("{} {}", found.count(*kind), kind.as_str()))
        .collect();
    page.fold("", 0, Tone::Plain, &counts.join(" · "));
    for note in notes(from, to, found) {
        page.fold("", 0, Tone::Ask, &note);
    }
    for kind in ChangeKind::ALL {
        if found.count(kind) == 0 {
            continue;
        }
        page.gap();
        page.fold("", 0, Tone::Strong, &kind.as_str().to_uppercase());
        for change in found.changes.iter().filter(|one| one.kind == kind) {
            one(&mut page, change);
        }
    }
    page.finish()
}

fn one(page: &mut Page, change: &Change) {
    let was = change
        .was
        .as_ref()
        .map_or_else(String::new, |was| format!(" (was {was})"));
    let right = format!("{}{was}", change.id);
    page.both_ends("  ", 2, Tone::Plain, &change.name, &right);
    for field in &change.fields {
        let text = match (field.old.is_empty(), field.new.is_empty()) {
            (true, _) => format!("+ {}", field.new.join("; ")),
            (_, true) => format!("- {}", field.old.join("; ")),
            _ => format!("{} → {}", field.old.join("; "), field.new.join("; ")),
        };
        let label = format!("{}: ", field.field);
        page.label(6, &label, label.chars().count(), &text);
    }
}

/// What bears on the comparison as a whole.
fn notes(from: &Held, to: &Held, found: &Diff) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(paired) = found.renumbered {
        notes.push(format!(
            "the publisher numbered its records anew: {} were paired by name, which may pair \
             two of one name wrongly",
            many(paired, "record")
        ));
    }
    if from.layout != to.layout {
        notes.push(format!(
            "read from two layouts ({}, then {}): differences may come from the layout",
            from.layout, to.layout
        ));
    }
    for held in [from, to] {
        if held.removed > 0 {
            notes.push(format!(
                "people have left the copy of {} since it was taken, because their retention had \
                 passed; they are not told here",
                held.snapshot.day()
            ));
        }
    }
    if from.snapshot.day() > to.snapshot.day() {
        notes.push("the first copy is younger than the second: this reads backwards".to_owned());
    }
    notes
}
