//! `scruple doctor`: the data directory, looked over.
//!
//! Of the lists it tells what `scruple lists` tells, from the same rows: two commands
//! that describe one copy must not differ. Decisions lie beside the briefs and nowhere
//! else, so that conditions are looked at in the folders that somebody names; of others it
//! says that it did not look.

use std::io::Write;
use std::path::{Path, PathBuf};

use scruple_brief::conditions::Condition;
use scruple_brief::render::paint::Page;
use scruple_brief::words;
use scruple_store::{DataDir, Fault, StoreError};
use serde_json::json;

use super::conditions;
use super::lists::{self, Row};
use crate::args::Doctor;
use crate::failure::{DONE, FAULT, bad_input};
use crate::files::shown;
use crate::{Edge, world};

pub(crate) fn run(args: &Doctor, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let Some(folder) = &edge.data else {
        return Err(bad_input(
            "there is no data directory to look at",
            "name one with --data DIR",
        ));
    };
    let conditions = (!args.briefs.is_empty())
        .then(|| conditions::below(&args.briefs, edge.today))
        .transpose()?;
    let store = match DataDir::open_if_present(folder) {
        Ok(Some(store)) => Some(store),
        Ok(None) if conditions.is_some() => None,
        Ok(None) => {
            return Err(bad_input(
                format!("nothing is stored in {}", shown(folder)),
                "name the data directory with --data DIR, or take lists in with `scruple sync`; \
                 until then the starter pack answers",
            ));
        }
        Err(error) => return broken(&error, args, out),
    };
    let packs = world::packs(edge)?;
    let (rows, faults) = match &store {
        Some(store) => (lists::rows(store, &packs, edge.today)?, store.integrity()?),
        None => (Vec::new(), Vec::new()),
    };
    if args.json {
        print_json(folder, &rows, &faults, conditions.as_deref(), out)?;
    } else {
        writeln!(out, "data directory  {}\n", shown(folder))?;
        if store.is_some() {
            lists::table(&rows, &packs, out)?;
        } else {
            writeln!(out, "nothing is stored there: the starter pack answers")?;
        }
        writeln!(out)?;
        due(conditions.as_deref(), edge, out)?;
        for fault in &faults {
            writeln!(
                out,
                "fault           {}: {}",
                shown(&fault.path),
                fault.what
            )?;
            writeln!(out, "  next          {}", fault.next)?;
        }
        if faults.is_empty() && store.is_some() {
            writeln!(
                out,
                "integrity       database, snapshots, index and permissions looked at; no fault found"
            )?;
        }
    }
    Ok(if faults.is_empty() { DONE } else { FAULT })
}

/// The conditions of decisions, by the file they stand in.
type Conditions = [(PathBuf, Vec<Condition>)];

/// What is due of the conditions, each in a line, with the file and its number there.
fn due(all: Option<&Conditions>, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut page = Page::new(edge.width, edge.colour);
    match all {
        None => page.label(
            0,
            "conditions",
            LABEL,
            "not looked at: name the folders of your briefs, scruple doctor FOLDER",
        ),
        Some(all) => {
            let count = all.iter().map(|(_, conditions)| conditions.len()).sum();
            let due = of_due(all).count();
            let head = format!("{} looked at, {due} due", words::count(count, "condition"));
            page.label(0, "conditions", LABEL, &head);
            for (path, one) in of_due(all) {
                page.label(0, "  due", LABEL, &one.line());
                let next = format!(
                    "scruple conditions met BRIEF.json {} --evidence \"…\" --by \"…\"   ({})",
                    one.number,
                    shown(path)
                );
                page.label(0, "  next", LABEL, &next);
            }
        }
    }
    Ok(out.write_all(page.finish().as_bytes())?)
}

/// How wide labels are.
const LABEL: usize = 16;

fn of_due(all: &Conditions) -> impl Iterator<Item = (&Path, &Condition)> {
    all.iter().flat_map(|(path, conditions)| {
        let due = conditions.iter().filter(|one| one.standing.is_due());
        due.map(move |one| (path.as_path(), one))
    })
}

fn print_json(
    folder: &Path,
    rows: &[Row],
    faults: &[Fault],
    conditions: Option<&Conditions>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let all = json!({
        "schema": "scruple.doctor/1",
        "data": folder.display().to_string(),
        "starter_only": rows.is_empty(),
        "lists": rows.iter().map(|row| json!({
            "list": row.id, "day": row.published.unwrap_or(row.taken), "age_days": row.age_days,
            "entities": row.entities, "unread": row.unread, "hash": row.hash,
            "published": row.published, "taken": row.taken, "not_whole": row.not_whole,
            "notes": row.notes(),
        })).collect::<Vec<_>>(),
        // Null where nobody named a folder of briefs.
        "conditions_due": conditions.map(|all| of_due(all).map(|(path, one)| json!({
            "file": path.display().to_string(), "condition": one,
        })).collect::<Vec<_>>()),
        "faults": faults.iter().map(|fault| json!({
            "path": fault.path.display().to_string(), "what": fault.what, "next": fault.next,
        })).collect::<Vec<_>>(),
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    Ok(())
}

fn broken(error: &StoreError, args: &Doctor, out: &mut dyn Write) -> anyhow::Result<u8> {
    if args.json {
        let fault = json!([{ "what": error.to_string() }]);
        writeln!(
            out,
            "{}",
            json!({ "schema": "scruple.doctor/1", "faults": fault })
        )?;
    } else {
        writeln!(out, "fault           {error}")?;
    }
    Ok(FAULT)
}
