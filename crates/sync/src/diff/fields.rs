//! Two states of one record, field by field.

use std::collections::BTreeSet;

use scruple_model::{Entity, Listing};
use serde::Serialize;

/// One field that is not as it was: the values that went, and those that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// `birthDate`, `us-ofac-sdn.since`, `listing` for a designation as a whole.
    pub field: String,
    /// Values only the earlier state has, in its order.
    pub old: Vec<String>,
    /// Values only the later one has, in its order.
    pub new: Vec<String>,
}

/// What differs between two states of one record, sorted by field: name and kind
/// first, then properties, then designations.
pub fn between(old: &Entity, new: &Entity) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let text = |text: &str| vec![text.to_owned()];
    keep(
        &mut changes,
        "caption",
        text(&old.caption),
        text(&new.caption),
    );
    keep(
        &mut changes,
        "schema",
        text(old.schema.as_str()),
        text(new.schema.as_str()),
    );
    let names: BTreeSet<&String> = old.properties.keys().chain(new.properties.keys()).collect();
    for name in names {
        let values = |entity: &Entity| entity.values(name).to_vec();
        keep(&mut changes, name, values(old), values(new));
    }
    listings(&mut changes, &old.listings, &new.listings);
    changes
}

/// Designations are paired by list and programme, then by list; what is left came or went.
fn listings(changes: &mut Vec<FieldChange>, old: &[Listing], new: &[Listing]) {
    let mut gone: Vec<&Listing> = old.iter().filter(|one| !new.contains(one)).collect();
    let mut come: Vec<&Listing> = new.iter().filter(|one| !old.contains(one)).collect();
    let alike: [fn(&Listing, &Listing) -> bool; 2] = [
        |a, b| a.list == b.list && a.programmes == b.programmes,
        |a, b| a.list == b.list,
    ];
    for same in alike {
        gone.retain(
            |before| match come.iter().position(|after| same(before, after)) {
                None => true,
                Some(at) => {
                    one_listing(changes, before, come.remove(at));
                    false
                }
            },
        );
    }
    for one in gone {
        keep(changes, "listing", vec![described(one)], Vec::new());
    }
    for one in come {
        keep(changes, "listing", Vec::new(), vec![described(one)]);
    }
}

fn one_listing(changes: &mut Vec<FieldChange>, old: &Listing, new: &Listing) {
    let list = new.list.as_ref().map_or("listing", |list| list.as_str());
    for ((name, before), (_, after)) in parts(old).into_iter().zip(parts(new)) {
        keep(changes, &format!("{list}.{name}"), before, after);
    }
}

/// The fields of a designation, always the same and in the same order.
fn parts(one: &Listing) -> [(&'static str, Vec<String>); 9] {
    let text = |text: &Option<String>| text.iter().cloned().collect();
    [
        ("programme", one.programmes.clone()),
        ("reason", text(&one.reason)),
        ("since", one.since.iter().map(ToString::to_string).collect()),
        ("until", one.until.iter().map(ToString::to_string).collect()),
        ("citation", text(&one.citation)),
        ("licence-requirement", text(&one.licence_requirement)),
        ("licence-policy", text(&one.licence_policy)),
        ("link", text(&one.link)),
        (
            "refers-to",
            one.refers_to.iter().map(ToString::to_string).collect(),
        ),
    ]
}

/// A designation on one line.
fn described(one: &Listing) -> String {
    let mut words: Vec<String> = one.list.iter().map(ToString::to_string).collect();
    words.extend((!one.programmes.is_empty()).then(|| one.programmes.join(", ")));
    words.extend(one.since.map(|since| format!("since {since}")));
    words.extend(one.until.map(|until| format!("until {until}")));
    words.extend(one.citation.clone());
    if words.is_empty() {
        words.push("no details".to_owned());
    }
    words.join(" · ")
}

fn keep(changes: &mut Vec<FieldChange>, field: &str, old: Vec<String>, new: Vec<String>) {
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        let those: BTreeSet<&String> = those.iter().collect();
        these
            .iter()
            .filter(|value| !those.contains(value))
            .cloned()
            .collect()
    };
    let change = FieldChange {
        field: field.to_owned(),
        old: only(&old, &new),
        new: only(&new, &old),
    };
    if !change.old.is_empty() || !change.new.is_empty() {
        changes.push(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scruple_model::{ListId, RecordId, Schema};

    fn entity() -> Entity {
        let mut entity = Entity {
            id: RecordId::from("xx-a:1"),
            schema: Schema::Person,
            caption: "A".into(),
            properties: Default::default(),
            listings: vec![listing("SDGT", "2020-01-01"), listing("IRAN", "2021-01-01")],
        };
        for value in ["A", "B"] {
            entity.add("name", value);
        }
        entity
    }

    fn listing(programme: &str, since: &str) -> Listing {
        Listing {
            list: Some(ListId::from("us-ofac-sdn")),
            programmes: vec![programme.into()],
            since: Some(since.parse().unwrap()),
            ..Listing::default()
        }
    }

    fn said(old: &Entity, new: &Entity) -> Vec<String> {
        between(old, new)
            .into_iter()
            .map(|one| {
                format!(
                    "{}: {} -> {}",
                    one.field,
                    one.old.join("|"),
                    one.new.join("|")
                )
            })
            .collect()
    }

    #[test]
    fn the_order_of_values_is_no_change() {
        let (old, mut new) = (entity(), entity());
        new.listings.reverse();
        if let Some(names) = new.properties.get_mut("name") {
            names.reverse();
        }
        assert!(said(&old, &new).is_empty());
    }

    #[test]
    fn properties_show_what_went_and_what_came() {
        let (mut old, mut new) = (entity(), entity());
        old.add("birthDate", "1961");
        new.add("birthDate", "1961-03-31");
        new.add("name", "C");
        new.schema = Schema::LegalEntity;
        assert_eq!(
            said(&old, &new),
            [
                "schema: Person -> LegalEntity",
                "birthDate: 1961 -> 1961-03-31",
                "name:  -> C",
            ]
        );
    }

    #[test]
    fn a_designation_is_paired_by_its_programme() {
        let (old, mut new) = (entity(), entity());
        new.listings[1].since = "2021-02-01".parse().ok();
        new.listings.remove(0);
        new.listings.push(listing("RUSSIA", "2024-01-01"));
        assert_eq!(
            said(&old, &new),
            [
                "us-ofac-sdn.since: 2021-01-01 -> 2021-02-01",
                "us-ofac-sdn.programme: SDGT -> RUSSIA",
                "us-ofac-sdn.since: 2020-01-01 -> 2024-01-01",
            ]
        );
        new.listings.pop();
        assert_eq!(
            said(&old, &new)[1],
            "listing: us-ofac-sdn · SDGT · since 2020-01-01 -> "
        );
    }
}
