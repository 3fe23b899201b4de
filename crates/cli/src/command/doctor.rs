//! `scruple doctor`: the data directory, looked over.

use std::io::Write;

use scruple_brief::Held;
use scruple_store::{DataDir, StoreError};
use serde_json::json;

use crate::args::Doctor;
use crate::failure::{DONE, FAULT, bad_input};
use crate::{Edge, world};

pub(crate) fn run(args: &Doctor, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let Some(folder) = &edge.data else {
        return Err(bad_input(
            "there is no data directory to look at",
            "name one with --data DIR",
        ));
    };
    let store = DataDir::open_if_present(folder);
    let (faults, snapshots) = match &store {
        Ok(Some(store)) => {
            let snapshots: Vec<_> = store
                .manifest()?
                .held
                .into_iter()
                .map(|held| held.snapshot)
                .collect();
            (store.integrity()?, snapshots)
        }
        Ok(None) => (Vec::new(), Vec::new()),
        Err(error) => return broken(error, args, out),
    };
    let packs = world::packs(edge)?;
    let age = |day: scruple_model::Date| edge.today.since(day).map_or(0, |span| span.get_days());
    let held = if snapshots.is_empty() {
        Held::Starter
    } else {
        Held::Lists(snapshots.clone())
    };

    if args.json {
        let all = json!({
            "schema": "scruple.doctor/1",
            "data": folder.display().to_string(),
            "starter_only": held == Held::Starter,
            "lists": snapshots.iter().map(|s| json!({
                "list": s.list, "day": s.day(), "age_days": age(s.day()), "entities": s.entities,
                "unread": s.unread, "hash": s.hash,
            })).collect::<Vec<_>>(),
            "faults": faults.iter().map(|fault| json!({
                "path": fault.path.display().to_string(), "what": fault.what, "next": fault.next,
            })).collect::<Vec<_>>(),
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    } else {
        writeln!(out, "data directory  {}", folder.display())?;
        match (&store, &held) {
            (Ok(None), _) => writeln!(out, "                nothing stored yet")?,
            (_, Held::Starter) => writeln!(out, "                no list held")?,
            _ => {}
        }
        if held == Held::Starter {
            let parties: usize = packs.starter.iter().map(|list| list.entities.len()).sum();
            writeln!(
                out,
                "starter pack    {parties} parties, run `scruple sync --from FILE` for more"
            )?;
        }
        for snapshot in &snapshots {
            writeln!(
                out,
                "list            {}  {} entities, {} unread, of {} ({} days old)",
                snapshot.list,
                snapshot.entities,
                snapshot.unread,
                snapshot.day(),
                age(snapshot.day())
            )?;
        }
        for fault in &faults {
            writeln!(
                out,
                "fault           {}: {}",
                fault.path.display(),
                fault.what
            )?;
            writeln!(out, "  next          {}", fault.next)?;
        }
        if faults.is_empty() && matches!(store, Ok(Some(_))) {
            writeln!(
                out,
                "integrity       database, snapshots, index and permissions looked at; no fault found"
            )?;
        }
    }
    Ok(if faults.is_empty() { DONE } else { FAULT })
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
