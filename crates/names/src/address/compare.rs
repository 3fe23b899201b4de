//! How near two addresses are, as far as they say.

use super::Address;
use crate::sound::fold;

/// What two addresses share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// One building: same city, same street and number, or same city and building.
    SameBuilding,
    /// One street of one city; the numbers differ or one is not said.
    SameStreet,
    /// One city; the streets differ or one is not said.
    SameCity,
    /// Both say a city or a country, and they are two.
    Apart,
    /// One of them does not say enough.
    CannotTell,
}

impl Nearness {
    /// As a person would say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SameBuilding => "same building",
            Self::SameStreet => "same street",
            Self::SameCity => "same city",
            Self::Apart => "elsewhere",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// Compares two addresses.
pub fn compare(a: &Address, b: &Address) -> Nearness {
    if differ(&a.country, &b.country) || differ(&a.city, &b.city) {
        return Nearness::Apart;
    }
    let city = both(&a.city, &b.city);
    // A postcode is narrower than a city, and stands for one that is not said. Equal
    // ones of two countries are a coincidence.
    let code = both(&a.postcode, &b.postcode) && (city || both(&a.country, &b.country));
    if !city && !code {
        return Nearness::CannotTell;
    }
    let street = both(&a.street, &b.street)
        && (a.street_kind == b.street_kind || a.street_kind.is_none() || b.street_kind.is_none());
    // Buildings with a number stand in a street or a block, those with a name in a city.
    let named = |address: &Address| {
        address
            .building
            .as_deref()
            .is_some_and(|name| !super::is_number(name))
    };
    if named(a) && both(&a.building, &b.building) && !differ(&a.street, &b.street) {
        return Nearness::SameBuilding;
    }
    if !street {
        return Nearness::SameCity;
    }
    if both(&a.number, &b.number) && !differ(&a.building, &b.building) {
        return Nearness::SameBuilding;
    }
    Nearness::SameStreet
}

/// Both say it, and it is the same but for the conventions of spelling.
fn both(a: &Option<String>, b: &Option<String>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if same(a, b))
}

/// Both say it, and it is not the same.
fn differ(a: &Option<String>, b: &Option<String>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if !same(a, b))
}

fn same(a: &str, b: &str) -> bool {
    a == b || (a.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ') && fold(a) == fold(b))
}
