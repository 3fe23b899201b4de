//! Ids of parties: how identifiers become names of nodes.
//!
//! `lei:…` for a legal entity identifier, `reg:gb:…` for a registration number with
//! the jurisdiction whose register gives it, `person:…` for people, `anon:…` for
//! somebody a source does not name, and `source:record` for the rest. Two sources
//! that give one of the first two mean one party.

use scruple_model::{Country, Entity, Listing, PartialDate};

use crate::{Graph, Listed, NodeNo};

/// Whether a text has the shape of a legal entity identifier with right check digits
/// (ISO 17442, ISO 7064 mod 97-10).
pub fn is_lei(text: &str) -> bool {
    text.len() == 20
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && text.bytes().fold(0u32, |rest, b| match b {
            b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
            _ => (rest * 100 + u32::from(b - b'A') + 10) % 97,
        }) == 1
}

/// The id of a legal entity identifier.
pub fn lei(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    is_lei(&text).then(|| format!("lei:{text}"))
}

/// The id of a registration number in a jurisdiction: `reg:gb:01234567`,
/// `reg:us-de:4386463`. Spaces, dots and dashes do not count; British numbers of
/// digits alone have eight.
pub fn registration(jurisdiction: &str, number: &str) -> Option<String> {
    let place = jurisdiction.trim().to_ascii_lowercase();
    let good = matches!(place.len(), 2..=6)
        && place.bytes().take(2).all(|b| b.is_ascii_lowercase())
        && place
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let mut bare: String = number
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    if place == "gb"
        && bare.len() < 8
        && bare.bytes().all(|b| b.is_ascii_digit())
        && !bare.is_empty()
    {
        bare = format!("{bare:0>8}");
    }
    (good && !bare.is_empty()).then(|| format!("reg:{place}:{bare}"))
}

/// The properties of an entity that can lead to a node. Whoever keeps many entities
/// need not look at those without one.
pub const PROPERTIES: [&str; 4] = ["leiCode", "registrationNumber", "ogrnCode", "uscCode"];

/// Every id that an entity's identifiers give it, and its own: a table of the user's
/// may name a listed party by its record, `us-ofac-sdn:36`.
pub fn of_entity(entity: &Entity) -> Vec<String> {
    let mut ids: Vec<String> = entity
        .values("leiCode")
        .iter()
        .filter_map(|text| lei(text))
        .chain([entity.id.to_string()])
        .collect();
    let places: Vec<String> = ["jurisdiction", "mainCountry", "country"]
        .iter()
        .flat_map(|property| entity.values(property))
        .filter_map(|value| {
            let bare = value.trim().to_ascii_lowercase();
            let coded =
                bare.len() == 2 || (bare.len() > 3 && bare.as_bytes().get(2) == Some(&b'-'));
            if coded {
                Some(bare)
            } else {
                Country::parse(value).map(|country| country.to_string())
            }
        })
        .collect();
    for number in entity.values("registrationNumber") {
        ids.extend(
            places
                .iter()
                .filter_map(|place| registration(place, number)),
        );
    }
    for (property, place) in [("ogrnCode", "ru"), ("uscCode", "cn")] {
        ids.extend(
            entity
                .values(property)
                .iter()
                .filter_map(|number| registration(place, number)),
        );
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The nodes that an entity's identifiers lead to: one, as a rule. Several mean that
/// its identifiers belong to different parties, and that somebody has to look.
pub fn find<B: AsRef<[u8]>>(graph: &Graph<B>, entity: &Entity) -> Vec<NodeNo> {
    let mut found: Vec<NodeNo> = of_entity(entity)
        .iter()
        .filter_map(|id| graph.find(id))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A listed entity as the seeds it gives: one for each designation and each node that
/// its identifiers lead to. None where they lead to none: then only its name could
/// join it, and that is a question.
pub fn listed<B: AsRef<[u8]>>(graph: &Graph<B>, entity: &Entity) -> Vec<Listed> {
    let nodes = find(graph, entity);
    let of = |node: &NodeNo, listing: Option<&Listing>| Listed {
        id: graph.id(*node).to_owned(),
        // A file of several lists says of each designation which it is.
        list: listing
            .and_then(|listing| listing.list.clone())
            .unwrap_or_else(|| entity.id.list()),
        programmes: listing.map_or_else(Vec::new, |listing| listing.programmes.clone()),
        from: listing
            .and_then(|listing| listing.since)
            .map(PartialDate::earliest),
        until: listing
            .and_then(|listing| listing.until)
            .and_then(PartialDate::day),
    };
    nodes
        .iter()
        .flat_map(|node| {
            let none = entity.listings.is_empty().then(|| of(node, None));
            let all = entity
                .listings
                .iter()
                .map(|listing| of(node, Some(listing)));
            none.into_iter().chain(all).collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        assert!(is_lei("001GPB6A9XPE8XJICC14"));
        assert!(!is_lei("001GPB6A9XPE8XJICC15"));
        assert_eq!(
            lei("001gpb6a9xpe8xjicc14 "),
            Some("lei:001GPB6A9XPE8XJICC14".into())
        );
    }

    #[test]
    fn numbers_are_compared_without_their_dress() {
        assert_eq!(
            registration("GB", "1234567"),
            Some("reg:gb:01234567".into())
        );
        assert_eq!(
            registration("us-de", "43-86 463"),
            Some("reg:us-de:4386463".into())
        );
        assert_eq!(
            registration("gb", "SC 123456"),
            Some("reg:gb:SC123456".into())
        );
        assert_eq!(registration("England", "1"), None);
        assert_eq!(registration("gb", " "), None);
    }
}
