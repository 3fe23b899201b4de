//! What is screened against: the shared parties, and which origin a listed name is
//! counted under.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use scruple_model::{Entity, RecordId, Schema};
use serde_json::Value;

use super::origins::ALL;

/// The list that the shared parties are given.
const LIST: &str = "user-shared";

/// The shared cases.
pub(super) struct Cases {
    /// Every listed party.
    pub(super) parties: Vec<Entity>,
    /// Parties whose name has one of the ten origins, by the origin's place in
    /// [`ALL`]: as the cases label them, and where these say nothing, by country.
    pub(super) by_origin: Vec<Vec<True>>,
}

/// A listed party to look for.
pub(super) struct True {
    /// Its place among the parties.
    pub(super) party: usize,
    /// Records that are right answers.
    pub(super) accept: BTreeSet<RecordId>,
}

/// Reads the cases in a folder.
pub(super) fn read(shared: &Path) -> Result<Cases> {
    let folder = shared.join("cases/screen");
    let path = folder.join("parties.ftm.jsonl.zst");
    let packed = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = String::from_utf8(zstd::decode_all(&packed[..])?)?;
    let parties: Vec<Entity> = text.lines().map(entity).collect::<Result<_>>()?;
    let path = folder.join("queries.jsonl");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let by_origin = by_origin(&parties, &text)?;
    Ok(Cases { parties, by_origin })
}

/// Where the shared set lies: as given, else `SCRUPLE_SHARED`, else beside the checkout.
#[expect(
    clippy::disallowed_methods,
    reason = "where the shared set lies is the machine's matter"
)]
pub(super) fn shared(given: Option<&Path>) -> PathBuf {
    match (given, std::env::var_os("SCRUPLE_SHARED")) {
        (Some(given), _) => given.to_owned(),
        (None, Some(set)) => PathBuf::from(set),
        (None, None) => crate::root().join("../shared"),
    }
}

/// A listed party from a line of FollowTheMoney.
pub(super) fn entity(line: &str) -> Result<Entity> {
    let value: Value = serde_json::from_str(line)?;
    let text = |field: &str| value[field].as_str().context(field.to_owned());
    Ok(Entity {
        id: id(text("id")?),
        schema: Schema::parse(text("schema")?).unwrap_or(Schema::Thing),
        caption: text("caption")?.to_owned(),
        properties: serde_json::from_value(value["properties"].clone())?,
        listings: Vec::new(),
    })
}

/// The id a party of the cases has here.
pub(super) fn id(given: &str) -> RecordId {
    RecordId::new(format!("{LIST}:{given}"))
}

/// The id in the cases of a party here.
pub(super) fn given(id: &RecordId) -> &str {
    id.as_str()
        .split_once(':')
        .map_or(id.as_str(), |(_, given)| given)
}

fn by_origin(parties: &[Entity], queries: &str) -> Result<Vec<Vec<True>>> {
    let mut labels: BTreeMap<RecordId, (String, BTreeSet<RecordId>)> = BTreeMap::new();
    for line in queries.lines() {
        let case: Value = serde_json::from_str(line)?;
        let (Some(expected), Some(origin)) = (case["expected"].as_str(), case["origin"].as_str())
        else {
            continue;
        };
        // A label of a script says how the query is written, not where the name is from.
        if origin.starts_with("script_") {
            continue;
        }
        let accept = case["accept"].as_array().into_iter().flatten();
        let accept = accept.filter_map(Value::as_str).map(id);
        let held = labels
            .entry(id(expected))
            .or_insert_with(|| (origin.to_owned(), BTreeSet::new()));
        held.1.extend(accept.chain([id(expected)]));
    }
    let mut all: Vec<Vec<True>> = ALL.iter().map(|_| Vec::new()).collect();
    for (at, party) in parties.iter().enumerate() {
        if matches!(party.schema, Schema::Vessel | Schema::Airplane) {
            continue;
        }
        let (place, accept) = match labels.remove(&party.id) {
            Some((label, accept)) => (ALL.iter().position(|o| o.label == label), accept),
            None => {
                let countries = party.countries();
                let place = match countries.as_slice() {
                    [one] => ALL
                        .iter()
                        .position(|o| o.listed_under.contains(&one.code())),
                    _ => None,
                };
                (place, BTreeSet::from([party.id.clone()]))
            }
        };
        if let Some(place) = place {
            all[place].push(True { party: at, accept });
        }
    }
    Ok(all)
}
