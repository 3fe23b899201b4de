//! Entities back to FollowTheMoney lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::sanction::{READ, REST, properties_of};
use crate::Entity;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    schema: &'a str,
    caption: &'a str,
    datasets: Vec<&'a str>,
    properties: &'a BTreeMap<String, Vec<String>>,
}

/// The lines of one entity, without line ends: the entity, then one `Sanction`
/// for each listing. Ids are the record part of [`RecordId`](crate::RecordId),
/// so that a reader gets back the file's own.
pub fn lines_of(entity: &Entity) -> Vec<String> {
    let id = entity.id.record();
    let mut datasets: Vec<&str> = Vec::new();
    for list in entity.listings.iter().filter_map(|held| held.list.as_ref()) {
        if !datasets.contains(&list.as_str()) {
            datasets.push(list.as_str());
        }
    }
    let (rest, own): (BTreeMap<_, _>, BTreeMap<_, _>) = entity
        .properties
        .iter()
        .map(|(name, values)| (name.clone(), values.clone()))
        .partition(|(name, _)| !entity.listings.is_empty() && goes_back(name));
    let mut lines = vec![json(&Line {
        id,
        schema: entity.schema.as_str(),
        caption: &entity.caption,
        datasets,
        properties: &own,
    })];
    for (at, listing) in entity.listings.iter().enumerate() {
        let mut properties = properties_of(listing);
        properties.insert("entity".to_owned(), vec![id.to_owned()]);
        if at == 0 {
            for (name, values) in &rest {
                let name = name.strip_prefix(REST).unwrap_or(name);
                properties.insert(name.to_owned(), values.clone());
            }
        }
        lines.push(json(&Line {
            id: &format!("{id}/sanction/{}", at + 1),
            schema: "Sanction",
            caption: "Sanction",
            datasets: listing.list.iter().map(|list| list.as_str()).collect(),
            properties: &properties,
        }));
    }
    lines
}

/// All entities as one text, each line ended by `\n`.
pub fn write_lines<'a>(entities: impl IntoIterator<Item = &'a Entity>) -> String {
    let mut text = String::new();
    for line in entities.into_iter().flat_map(lines_of) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{line}");
    }
    text
}

/// Whether a property returns to the sanction it came from. One that a listing
/// has a field for (a second date, a date nobody can read) stays where it is: on a
/// sanction it would be read as that field.
fn goes_back(name: &str) -> bool {
    name.strip_prefix(REST)
        .is_some_and(|name| !READ.contains(&name))
}

fn json(line: &Line<'_>) -> String {
    // Only texts, lists and maps keyed by text are in it: nothing JSON cannot say.
    serde_json::to_string(line).unwrap_or_default()
}
