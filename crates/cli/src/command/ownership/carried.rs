//! Holdings that came in a bundle, beside those that are held.
//!
//! Source by source, as an import does: of two editions the one of the later day answers,
//! by the day a register gives itself and else by the day it was taken in. What came
//! never takes away a source that only this machine holds.
//!
//! People whose source gives them no id stand under a keyed hash, and the key does not
//! travel: the same person in a table of this machine stays another party. That joins too
//! little, and never the wrong two.

use std::collections::BTreeMap;

use scruple_model::Date;
use scruple_store::{DataDir, NewHoldings};
use scruple_sync::bundle::Carried;

use super::note::{Part, parts};
use super::together::put_together;
use crate::world;

/// The state that answers from now on; none where what came is all held, or older.
pub(crate) fn join(
    store: &DataDir,
    carried: &Carried,
    today: Date,
) -> Result<Option<NewHoldings>, String> {
    let came: Vec<Part> =
        serde_json::from_str(&carried.note).map_err(|error| format!("its note: {error}"))?;
    let mut named: Vec<&String> = came.iter().map(|part| &part.hash).collect();
    let mut files: Vec<&String> = carried.files.iter().collect();
    named.sort_unstable();
    files.sort_unstable();
    if named != files {
        return Err("its note names other files than it carries".to_owned());
    }
    for part in &came {
        let graph = world::open_graph(store, &part.hash).map_err(|error| error.to_string())?;
        let [source] = graph.sources() else {
            return Err(format!("{} is not of one source", part.hash));
        };
        if source.id != part.id {
            return Err(format!(
                "a file is of the source {:?}, and its note says {:?}",
                source.id, part.id
            ));
        }
        let tomorrow = today.tomorrow().unwrap_or(today);
        if part.date.max(Some(part.taken)) > Some(tomorrow) {
            return Err(format!(
                "{} is of a day that has not come; check the clocks of both machines",
                part.id
            ));
        }
    }
    let before = store.holdings().map_err(|error| error.to_string())?.pop();
    let held: Vec<Part> = before.iter().flat_map(parts).collect();
    let mut all: BTreeMap<String, Part> = held
        .iter()
        .map(|part| (part.id.clone(), part.clone()))
        .collect();
    let day = |part: &Part| (part.date.unwrap_or(part.taken), part.taken);
    for part in came {
        let is_newer = all
            .get(&part.id)
            .is_none_or(|known| known.hash != part.hash && day(&part) > day(known));
        if is_newer {
            all.insert(part.id.clone(), part);
        }
    }
    let all: Vec<Part> = all.into_values().collect();
    if all == held {
        return Ok(None);
    }
    let (hash, _) = put_together(store, &all).map_err(|error| error.to_string())?;
    Ok(Some(NewHoldings {
        hash,
        parts: all.iter().map(|part| part.hash.clone()).collect(),
        note: serde_json::to_string(&all).map_err(|error| error.to_string())?,
        taken: today,
    }))
}
