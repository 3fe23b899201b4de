//! Listed records at an address, as of a day.

use scruple_model::{Date, RecordId};
use scruple_screen::{Match, SharedAddress};

use crate::world::World;

/// Who is listed in the buildings of these addresses on a day, apart from those that
/// the name has led to already.
pub fn of(
    world: &World,
    addresses: &[String],
    matches: &[Match],
    as_of: Date,
) -> Vec<SharedAddress> {
    let known: Vec<&RecordId> = matches.iter().map(|found| &found.id).collect();
    shared(world, addresses.iter().map(String::as_str), as_of)
        .into_iter()
        .filter(|one| !known.contains(&&one.id))
        .collect()
}

/// The same of all, each record once.
pub(crate) fn shared<'a>(
    world: &World,
    addresses: impl Iterator<Item = &'a str>,
    as_of: Date,
) -> Vec<SharedAddress> {
    let mut out: Vec<SharedAddress> = Vec::new();
    for mut one in addresses.flat_map(|text| world.index.at_address(text)) {
        let had = !one.listings.is_empty();
        one.listings.retain(|listing| listing.stands_on(as_of));
        let stands = !had || !one.listings.is_empty();
        if stands && out.iter().all(|held| held.id != one.id) {
            out.push(one);
        }
    }
    out
}
