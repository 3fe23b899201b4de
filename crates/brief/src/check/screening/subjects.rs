//! Who is screened: seller, parties, the importer of record, and the makers of
//! the items. Those that are no party get a key with an @, which a deal file refuses.

use std::collections::BTreeMap;

use scruple_model::deal::{Deal, Fact, Party, Role};
use scruple_model::{PartyId, Place, Schema};
use scruple_review::Note;
use scruple_screen::Query;

use crate::words;

/// Somebody to screen.
pub(in crate::check) struct Screenee<'a> {
    pub(in crate::check) id: PartyId,
    pub(in crate::check) roles: &'a [Role],
    pub(in crate::check) role: String,
    pub(in crate::check) field: String,
    pub(in crate::check) query: Query,
    /// What people decided before about its matches.
    pub(in crate::check) reviews: Vec<Note>,
}

fn country(fact: &Fact<Place>) -> Vec<scruple_model::Country> {
    fact.known().map(Place::country).into_iter().collect()
}

fn pairs(identifiers: &BTreeMap<String, String>) -> Vec<(String, String)> {
    identifiers
        .iter()
        .map(|(kind, value)| (kind.clone(), value.clone()))
        .collect()
}

fn party_roles(party: &Party) -> String {
    party
        .roles
        .iter()
        .map(|role| words::role(*role))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Seller, parties and makers, each once by name.
pub(in crate::check) fn of(deal: &Deal) -> Vec<Screenee<'_>> {
    let mut all = Vec::new();
    let seller = &deal.seller;
    // Named as a party too, and known by nothing else: screened once, as the party.
    let also_party = seller.names.is_empty()
        && seller.identifiers.is_empty()
        && deal.parties.iter().any(|party| party.name == seller.name);
    if !deal.seller.name.is_empty() && !also_party {
        all.push(Screenee {
            id: PartyId::from("@seller"),
            roles: &[],
            role: "seller".to_owned(),
            field: "seller.name".to_owned(),
            query: Query {
                name: deal.seller.name.clone(),
                other_names: deal.seller.names.clone(),
                schema: None,
                countries: country(&deal.seller.country),
                identifiers: pairs(&deal.seller.identifiers),
                birth_date: None,
            },
            reviews: Vec::new(),
        });
    }
    for party in &deal.parties {
        all.push(Screenee {
            id: party.id.clone(),
            roles: &party.roles,
            role: party_roles(party),
            field: format!("parties[{}].name", party.id),
            query: Query {
                name: party.name.clone(),
                other_names: party.names.clone(),
                schema: (party.schema != Schema::LegalEntity).then_some(party.schema),
                countries: country(&party.country),
                identifiers: pairs(&party.identifiers),
                birth_date: None,
            },
            reviews: Vec::new(),
        });
    }
    all.extend(importer(deal));
    for (at, item) in deal.items.iter().enumerate() {
        let Some(maker) = &item.maker else { continue };
        if all.iter().any(|known| known.query.name == *maker) {
            continue;
        }
        all.push(Screenee {
            id: PartyId::new(format!("@item-{}.maker", at + 1)),
            roles: &[],
            role: format!("maker of item {}", at + 1),
            field: format!("items[{}].maker", at + 1),
            query: Query {
                name: maker.clone(),
                other_names: Vec::new(),
                schema: None,
                countries: Vec::new(),
                identifiers: Vec::new(),
                birth_date: None,
            },
            reviews: Vec::new(),
        });
    }
    all
}

/// The importer of record, where it is no party of its own.
fn importer(deal: &Deal) -> Option<Screenee<'_>> {
    let name = deal.nexus.importer_of_record.known()?;
    let is_party = |party: &Party| party.id.as_str() == name || party.name == *name;
    if deal.parties.iter().any(is_party) || *name == deal.seller.name {
        return None;
    }
    Some(Screenee {
        id: PartyId::from("@importer"),
        roles: &[],
        role: "importer of record".to_owned(),
        field: "nexus.importer_of_record".to_owned(),
        query: Query::of(name),
        reviews: Vec::new(),
    })
}
