//! The starter pack: listed organisations and public bodies, so that the first
//! run answers something real without a network.
//!
//! Facts in our own layout, one file per list. There are no people in it, and a
//! `Person` is refused when the pack is read. Every output made with it says
//! that it is the starter pack only.

use scruple_model::{Date, Entity, ListId, Listing, PartialDate, Problem, RecordId, Schema, Span};
use scruple_pack::{PackError, PackProblem, parse};
use serde::Deserialize;

/// One list of the starter pack.
#[derive(Clone, Debug)]
pub struct StarterList {
    /// The official list the facts were read from.
    pub list: ListId,
    /// The day they were read as of.
    pub as_of: Date,
    /// From what.
    pub read_from: String,
    /// The parties.
    pub entities: Vec<Entity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    list: ListId,
    as_of: Date,
    read_from: String,
    #[serde(default)]
    party: Vec<Party>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Party {
    id: String,
    schema: Schema,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    weak_aliases: Vec<String>,
    #[serde(default)]
    former: Vec<String>,
    /// Names in the original script, as the list prints them.
    #[serde(default)]
    original: Vec<String>,
    /// Names in the original script that the list does not print and we added.
    #[serde(default)]
    original_ours: Vec<String>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    since: Option<PartialDate>,
    #[serde(default)]
    citation: Option<String>,
    #[serde(default)]
    programmes: Vec<String>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    licence_requirement: Option<String>,
    #[serde(default)]
    licence_policy: Option<String>,
}

/// The list id of the starter pack's records: `starter:us-bis-el/xuar-psb`.
pub const LIST: &str = "starter";

/// The property that holds names we added ourselves.
pub const OURS: &str = "aliasAddedByScruple";

/// Reads one file of the starter pack.
pub fn read(name: &str, text: &str) -> Result<StarterList, PackError> {
    let file: File = parse(name, text)?;
    if let Some(person) = file
        .party
        .iter()
        .find(|party| party.schema == Schema::Person)
    {
        return Err(refused(name, &person.id));
    }
    let entities = file
        .party
        .into_iter()
        .map(|party| entity(&file.list, party))
        .collect();
    Ok(StarterList {
        list: file.list,
        as_of: file.as_of,
        read_from: file.read_from,
        entities,
    })
}

fn entity(list: &ListId, party: Party) -> Entity {
    let mut entity = Entity {
        id: RecordId::new(format!("{LIST}:{list}/{}", party.id)),
        schema: party.schema,
        caption: party.name.clone(),
        properties: Default::default(),
        listings: vec![Listing {
            list: Some(list.clone()),
            programmes: party.programmes,
            reason: party.reason,
            since: party.since,
            until: None,
            citation: party.citation,
            licence_requirement: party.licence_requirement,
            licence_policy: party.licence_policy,
            link: None,
            refers_to: Vec::new(),
        }],
    };
    entity.add("name", party.name);
    for name in party
        .aliases
        .into_iter()
        .chain(party.original)
        .chain(party.original_ours.clone())
    {
        entity.add("alias", name);
    }
    for name in party.original_ours {
        entity.add(OURS, name);
    }
    for name in party.former {
        entity.add("previousName", name);
    }
    for name in party.weak_aliases {
        entity.add("weakAlias", name);
    }
    if let Some(country) = party.country {
        entity.add("country", country);
    }
    entity
}

fn refused(pack: &str, id: &str) -> PackError {
    PackError(vec![PackProblem {
        pack: pack.to_owned(),
        problem: Problem {
            at: Span::default(),
            field: "schema".to_owned(),
            what: format!(
                "{id} is a person: the starter pack holds organisations and public bodies"
            ),
            expected: None,
            nearest: None,
            next: "take the entry out".to_owned(),
        },
    }])
}
