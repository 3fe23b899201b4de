//! Ids of parties: how identifiers become names of nodes.
//!
//! `lei:…` for a legal entity identifier, `reg:gb:…` for a registration number with
//! the jurisdiction whose register gives it, `person:…` for people, `anon:…` for
//! somebody a source does not name, and `source:record` for the rest. Two sources
//! that give one of the first two mean one party.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Country, Entity, Listing, PartialDate, Schema};

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

/// The ids that an entity's identifiers give it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    /// Those that are its own, its record's among them: a table of the user's may name a
    /// listed party by that, `us-ofac-sdn:36`.
    pub sure: Vec<String>,
    /// Those of which one is its own, and nobody says which, each with what is not known:
    /// a number that several countries' registers may have given.
    pub open: Vec<(String, String)>,
}

/// Every id that an entity's identifiers give it.
///
/// A registration number means nothing without its register, and a party with offices
/// in four countries is in one of their registers under it; in the three others that
/// number may be a stranger's. So the nearest word decides: the country printed beside
/// the number, else the jurisdiction of the party, else its country where it has one
/// only.
pub fn of_entity(entity: &Entity) -> Ids {
    let mut ids = Ids {
        sure: vec![entity.id.to_string()],
        open: Vec::new(),
    };
    ids.sure
        .extend(entity.values("leiCode").iter().filter_map(|text| lei(text)));
    for (property, place) in [("ogrnCode", "ru"), ("uscCode", "cn")] {
        let numbers = entity.values(property).iter();
        ids.sure
            .extend(numbers.filter_map(|number| registration(place, number)));
    }
    let is_thing = matches!(
        entity.schema,
        Schema::Vessel | Schema::Airplane | Schema::Address
    );
    // What a ship or an aircraft is registered under is in no register of companies.
    let numbers = entity.values("registrationNumber").iter();
    for number in numbers.filter(|_| !is_thing) {
        let beside: BTreeSet<String> = entity.registered_in(number).map(str::to_owned).collect();
        let nearest = [
            beside,
            places(entity, &["jurisdiction"]),
            places(entity, &["mainCountry", "country"]),
        ];
        let nearest = nearest.into_iter().find(|places| !places.is_empty());
        let places = nearest.unwrap_or_default();
        let found = places
            .iter()
            .filter_map(|place| registration(place, number));
        match places.len() {
            0 | 1 => ids.sure.extend(found),
            _ => {
                let places: Vec<&str> = places.iter().map(String::as_str).collect();
                let why = format!(
                    "{} has the registration number {number}, and its record does not say \
                     which register gave it ({})",
                    called(entity),
                    places.join(", ")
                );
                ids.open.extend(found.map(|id| (id, why.clone())));
            }
        }
    }
    ids.sure.sort_unstable();
    ids.sure.dedup();
    ids.open.sort_unstable();
    ids.open.dedup();
    ids.open
        .retain(|(id, _)| ids.sure.binary_search(id).is_err());
    ids
}

/// A listed party as a question about it calls it.
fn called(entity: &Entity) -> String {
    format!("{} ({})", entity.caption, entity.id)
}

/// Countries of some properties as ids have them, each once.
fn places(entity: &Entity, properties: &[&str]) -> BTreeSet<String> {
    properties
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
        .collect()
}

/// The nodes that an entity's own ids lead to: one, as a rule. Several mean that
/// its identifiers belong to different parties, and that somebody has to look.
pub fn find<B: AsRef<[u8]>>(graph: &Graph<B>, entity: &Entity) -> Vec<NodeNo> {
    let ids = of_entity(entity).sure;
    let mut found: Vec<NodeNo> = ids.iter().filter_map(|id| graph.find(id)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Why a number of a listed party does not show that a node is that party.
fn doubt(entity: &Entity, id: &str) -> Option<String> {
    let (place, number) = id.strip_prefix("reg:")?.split_once(':')?;
    if entity.schema == Schema::Person {
        Some(format!(
            "{} has the registration number {number}, which may be that of a firm",
            called(entity)
        ))
    } else if place == "de" && number.starts_with("HR") {
        Some(format!(
            "{} has the German registration number {number}, which every court's register \
             gives to a firm of its own",
            called(entity)
        ))
    } else {
        None
    }
}

/// A listed entity as it stands in a graph: one for each designation and each node that
/// its identifiers lead to, with a doubt where they do not show that it is that party.
/// None where they lead nowhere: then only its name could join it.
pub fn listed<B: AsRef<[u8]>>(graph: &Graph<B>, entity: &Entity) -> Vec<Listed> {
    let ids = of_entity(entity);
    let sure = ids.sure.into_iter().map(|id| {
        let doubt = doubt(entity, &id);
        (id, doubt)
    });
    let open = ids.open.into_iter().map(|(id, why)| (id, Some(why)));
    // By node; no doubt comes before any.
    let mut nodes: BTreeMap<NodeNo, Option<String>> = BTreeMap::new();
    for (id, doubt) in sure.chain(open) {
        if let Some(node) = graph.find(&id) {
            let known = nodes.entry(node).or_insert_with(|| doubt.clone());
            *known = std::mem::take(known).min(doubt);
        }
    }
    let of = |node: NodeNo, doubt: &Option<String>, listing: Option<&Listing>| Listed {
        id: graph.id(node).to_owned(),
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
        doubt: doubt.clone(),
    };
    nodes
        .iter()
        .flat_map(|(node, doubt)| {
            let none = entity.listings.is_empty().then(|| of(*node, doubt, None));
            let all = entity
                .listings
                .iter()
                .map(|listing| of(*node, doubt, Some(listing)));
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
