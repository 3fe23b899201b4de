//! `scruple doctor`: the data directory, looked over.
//!
//! Of the lists it tells what `scruple lists` tells, from the same rows: two commands
//! that describe one copy must not differ.

use std::io::Write;
use std::path::Path;

use scruple_store::{DataDir, Fault, StoreError};
use serde_json::json;

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
    let store = match DataDir::open_if_present(folder) {
        Ok(Some(store)) => store,
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
    let rows = lists::rows(&store, &packs, edge.today)?;
    let faults = store.integrity()?;
    if args.json {
        print_json(folder, &rows, &faults, out)?;
    } else {
        writeln!(out, "data directory  {}\n", shown(folder))?;
        lists::table(&rows, &packs, out)?;
        writeln!(out)?;
        for fault in &faults {
            writeln!(
                out,
                "fault           {}: {}",
                shown(&fault.path),
                fault.what
            )?;
            writeln!(out, "  next          {}", fault.next)?;
        }
        if faults.is_empty() {
            writeln!(
                out,
                "integrity       database, snapshots, index and permissions looked at; no fault found"
            )?;
        }
    }
    Ok(if faults.is_empty() { DONE } else { FAULT })
}

fn print_json(
    folder: &Path,
    rows: &[Row],
    faults: &[Fault],
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
