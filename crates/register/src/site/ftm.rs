//! The register as FollowTheMoney lines: entities, and what they are to the owner.

use std::fmt::Write as _;

use scruple_model::ftm::lines_of;
use scruple_model::{Entity, ListId, RecordId, Schema};
use serde_json::json;

use crate::version::{Version, schema_of};

pub(super) fn lines(version: &Version) -> String {
    let list = ListId::new("register");
    let mut text = String::new();
    let mut put = |line: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{line}");
    };
    let mut owner = Entity {
        id: RecordId::of(&list, "owner"),
        schema: Schema::Company,
        caption: version.owner.name.clone(),
        properties: Default::default(),
        listings: Vec::new(),
    };
    owner.add("name", version.owner.name.clone());
    if let Some(number) = &version.owner.number {
        owner.add("registrationNumber", number.clone());
    }
    lines_of(&owner).into_iter().for_each(&mut put);
    for shown in &version.entries {
        let entry = &shown.entry;
        let mut entity = Entity {
            id: RecordId::of(&list, &entry.id),
            schema: schema_of(entry.kind),
            caption: entry.name.clone(),
            properties: Default::default(),
            listings: Vec::new(),
        };
        entity.add("name", entry.name.clone());
        entity.add_all("alias", entry.names.iter().cloned());
        entity.add("country", entry.place.country().code());
        if let Some(address) = &entry.address {
            entity.add("address", address.clone());
        }
        if let Some(number) = &entry.number {
            let property = match number {
                number if number.starts_with("http") => "website",
                number if is_lei(number) => "leiCode",
                _ => "registrationNumber",
            };
            entity.add(property, number.clone());
        }
        entity.add_all("sector", entry.sectors.iter().cloned());
        lines_of(&entity).into_iter().for_each(&mut put);
        let roles: Vec<&str> = entry.roles.iter().map(|role| role.as_str()).collect();
        let mut link = json!({
            "id": format!("link-{}", entry.id),
            "schema": "UnknownLink",
            "caption": roles.join(", "),
            "datasets": [],
            "properties": {
                "subject": ["owner"],
                "object": [entry.id],
                "role": roles,
                "startDate": [entry.since.to_string()],
                "description": [entry.source],
            },
        });
        if let Some(until) = entry.until {
            link["properties"]["endDate"] = json!([until.to_string()]);
        }
        put(link.to_string());
    }
    text
}

fn is_lei(number: &str) -> bool {
    number.len() == 20
        && number
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
