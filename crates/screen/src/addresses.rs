//! Listed parties at an address.
//!
//! Two firms in one building may be one firm, neighbours, or two of the thousands that
//! an agent registered there. So an address is a finding of its own, never a part of
//! the agreement of names. Lists also name addresses for themselves (15 CFR 744.16,
//! supplement 4): whoever is there is meant, under any name.
//!
//! Only one building counts. A street would bring in half a city's firms.

use schemars::JsonSchema;
use scruple_model::{Country, Entity, RecordId, Schema};
use scruple_names::address::{Address, Nearness, compare};
use scruple_names::fold;
use serde::Serialize;

use crate::index::{EntityNo, Index};
use crate::keys::Class;

/// A listed party in the building that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SharedAddress {
    /// The listed record.
    pub id: RecordId,
    /// Its name to print; of an address that is listed for itself, the address.
    pub caption: String,
    /// Its kind: `Address` where the address itself is listed.
    pub schema: Schema,
    /// The address asked for.
    pub asked: String,
    /// The address the list gives.
    pub listed: String,
    /// Its designations.
    pub listings: Vec<scruple_model::Listing>,
}

/// Most addresses of one record that are read.
const MOST: usize = 64;

/// What stands in the index where any address does.
pub(crate) const ANY: &str = "any";

/// The addresses of a record as they are printed.
pub(crate) fn of(entity: &Entity) -> impl Iterator<Item = &str> {
    let own = (entity.schema == Schema::Address).then_some(entity.caption.as_str());
    let held = entity.values("address").iter().map(String::as_str);
    own.into_iter().chain(held).take(MOST)
}

/// What a building is looked up by.
pub(crate) fn keys(address: &Address) -> Vec<String> {
    let mut out = Vec::new();
    let places = [("c", &address.city), ("p", &address.postcode)];
    for (kind, place) in places {
        let Some(place) = place else { continue };
        let place = if kind == "c" {
            fold(place)
        } else {
            place.clone()
        };
        if let (Some(street), Some(number)) = (&address.street, &address.number) {
            out.push(format!("{kind} {place} {} {number}", fold(street)));
        }
        if let Some(building) = &address.building {
            out.push(format!("{kind} {place} {}", fold(building)));
        }
    }
    out
}

impl<B: AsRef<[u8]>> Index<B> {
    /// Listed records in the building of an address, in the order of ids; none where
    /// the address does not say enough to tell a building.
    pub fn at_address(&self, text: &str) -> Vec<SharedAddress> {
        let asked = Address::parse(text);
        let mut found: Vec<u32> = keys(&asked)
            .iter()
            .flat_map(|key| self.lookup(Class::Address, key))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .filter_map(|no| {
                let entity = self.entity(EntityNo(no))?;
                let near = |listed: &&str| {
                    compare(&asked, &Address::parse(listed)) == Nearness::SameBuilding
                };
                let listed = of(&entity).find(near)?.to_owned();
                Some(SharedAddress {
                    asked: text.to_owned(),
                    listed,
                    id: entity.id,
                    caption: entity.caption,
                    schema: entity.schema,
                    listings: entity.listings,
                })
            })
            .collect()
    }

    /// Whether a text says enough to tell a building by.
    pub fn tells_building(text: &str) -> bool {
        !keys(&Address::parse(text)).is_empty()
    }

    /// Whether any record has an address.
    pub fn has_addresses(&self) -> bool {
        self.lookup(Class::Address, ANY).next().is_some()
    }

    /// Whether an address is listed for itself that may be in one of these countries;
    /// in any where none is given.
    pub fn lists_addresses_in(&self, countries: &[Country]) -> bool {
        self.has_addresses()
            && (0..self.all())
                .map(EntityNo)
                .filter(|no| self.schema(*no) == Schema::Address)
                .any(|no| {
                    countries.is_empty() || self.shares_country(no, countries).unwrap_or(true)
                })
    }
}
