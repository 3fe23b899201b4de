//! Lines to entities: designations find their party, addresses their holder.

use std::collections::BTreeMap;

use serde::Serialize;

use super::line::{LineError, Raw, Values};
use super::lists::list_alias;
use super::personal::is_personal;
use super::sanction::{REST, Sanction};
use super::schemata::{self, Kind};
use crate::{Entity, ListId, Listing, NameKind, RecordId, Schema};

/// Takes the lines of one file in any order and gives its entities at the end.
///
/// It holds the whole file's entities: a designation may be the last line.
pub struct Reader {
    list: ListId,
    held: BTreeMap<String, Held>,
    sanctions: Vec<Sanction>,
    records: u64,
    dropped: BTreeMap<String, u64>,
    skipped: BTreeMap<(String, &'static str), u64>,
    duplicates: Vec<Duplicate>,
}

struct Held {
    line: u64,
    entity: Entity,
    /// Official lists its `datasets` name.
    claims: Vec<ListId>,
}

/// What a file held, read as a whole.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Sorted by id, each id once.
    pub entities: Vec<Entity>,
    /// Lines that were given.
    pub records: u64,
    /// Properties about what a person is that were dropped, with the number of values' holders.
    pub dropped: BTreeMap<String, u64>,
    /// Records that were understood and not read, by schema and reason.
    pub skipped: Vec<Skipped>,
    /// Ids that stood more than once.
    pub duplicates: Vec<Duplicate>,
    /// Designations of a party that is not in the file.
    pub orphans: Vec<LineError>,
}

/// Records of one schema that are not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// FollowTheMoney's schema.
    pub schema: String,
    /// Why, for people.
    pub why: &'static str,
    /// How many.
    pub count: u64,
}

/// An id that stood twice. Both descriptions are kept as one record, as
/// FollowTheMoney means it: dropping the second might drop a listed name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The file's own id.
    pub id: String,
    /// The line of the first.
    pub first_line: u64,
    /// The line of the repeat.
    pub line: u64,
    /// What the first calls itself: an id may be made of what the file says, and tells
    /// a reader nothing.
    pub name: String,
}

const ADDRESS_OF: &str = "an address of another record; its text was added there";
const NESTED: &str =
    "a record inside another record; only designations and addresses are read there";

impl Reader {
    /// Records become `list:ID`, the file's own id unchanged.
    pub fn new(list: ListId) -> Self {
        Self {
            list,
            held: BTreeMap::new(),
            sanctions: Vec::new(),
            records: 0,
            dropped: BTreeMap::new(),
            skipped: BTreeMap::new(),
            duplicates: Vec::new(),
        }
    }

    /// Takes one line without its line end; `number` counts from 1.
    ///
    /// # Errors
    /// The line is no record that can be read. Reading goes on with the next.
    pub fn take(&mut self, number: u64, text: &str) -> Result<(), LineError> {
        self.records += 1;
        let raw = Raw::parse(number, text)?;
        let schema = required(number, "schema", &raw.schema)?;
        match schemata::kind(&schema) {
            Kind::Skip(why) => self.skip(schema, why),
            Kind::Sanction => {
                let sanction = Sanction::read(number, raw, None)?;
                self.sanctions.push(sanction);
            }
            Kind::Thing(kind) => self.thing(number, kind, raw)?,
        }
        Ok(())
    }

    fn skip(&mut self, schema: String, why: &'static str) {
        *self.skipped.entry((schema, why)).or_default() += 1;
    }

    fn thing(&mut self, line: u64, schema: Schema, raw: Raw) -> Result<(), LineError> {
        required(line, "id", &raw.id)?;
        // Unchanged, white space included: it is the file's own, and others refer to it.
        let id = raw.id.texts.first().cloned().unwrap_or_default();
        let mut claims: Vec<ListId> = Vec::new();
        for set in raw.datasets.iter().flat_map(|sets| &sets.texts) {
            if let Some(list) = list_alias(set).filter(|list| !claims.contains(list)) {
                claims.push(list);
            }
        }
        let mut entity = Entity {
            id: RecordId::of(&self.list, &id),
            schema,
            caption: String::new(),
            properties: BTreeMap::new(),
            listings: Vec::new(),
        };
        let mut dropped = Vec::new();
        let mut nested = Vec::new();
        for (
            name,
            Values {
                texts,
                nested: inner,
            },
        ) in raw.properties.0
        {
            if is_personal(&name) {
                dropped.push(name);
                continue;
            }
            if inner.is_empty() {
                for text in texts {
                    entity.add(&name, text);
                }
            }
            nested.extend(inner);
        }
        let given = raw.caption.first().map(str::to_owned);
        let has_name = entity.names().next().is_some();
        let caption = given
            .or_else(|| entity.names().next().map(|(_, name)| name.to_owned()))
            .or_else(|| entity.values("full").first().cloned());
        // A name may end in a space, a caption never does: it is trimmed where it is given.
        let Some(caption) = caption.map(|caption| caption.trim().to_owned()) else {
            return Err(LineError::new(
                line,
                format!("record \"{id}\" has no name"),
                "add `properties.name`, or ask whoever wrote the file",
            ));
        };
        if !has_name {
            entity.add(NameKind::Primary.property(), caption.clone());
        }
        entity.caption = caption;

        // From here on nothing fails, so a record is taken whole or not at all.
        for name in dropped {
            *self.dropped.entry(name).or_default() += 1;
        }
        for inner in nested {
            self.nested(line, &id, inner, &mut entity);
        }
        match self.held.get_mut(&id) {
            None => {
                let held = Held {
                    line,
                    entity,
                    claims,
                };
                self.held.insert(id, held);
            }
            Some(held) => {
                self.duplicates.push(Duplicate {
                    id,
                    first_line: held.line,
                    line,
                    name: held.entity.caption.clone(),
                });
                held.merge(entity, claims);
            }
        }
        Ok(())
    }

    /// A record inside another: a designation or an address; the rest is skipped.
    fn nested(&mut self, line: u64, parent: &str, raw: Raw, entity: &mut Entity) {
        let schema = raw.schema.first().unwrap_or_default().to_owned();
        match schema.as_str() {
            "Sanction" => match Sanction::read(line, raw, Some(parent)) {
                Ok(mut sanction) => {
                    sanction.targets = vec![parent.to_owned()];
                    self.sanctions.push(sanction);
                }
                Err(_) => self.skip(schema, NESTED),
            },
            "Address" => {
                for text in raw
                    .properties
                    .0
                    .get("full")
                    .map_or(&[][..], |full| &full.texts)
                {
                    entity.add("address", text.clone());
                }
                self.skip(schema, ADDRESS_OF);
            }
            _ => self.skip(schema, NESTED),
        }
    }

    /// Ends the file.
    pub fn finish(mut self) -> Folded {
        let mut orphans = Vec::new();
        for sanction in std::mem::take(&mut self.sanctions) {
            for name in &sanction.dropped {
                *self.dropped.entry(name.clone()).or_default() += 1;
            }
            for target in &sanction.targets {
                match self.held.get_mut(target) {
                    Some(held) => held.designate(&sanction),
                    None => orphans.push(LineError::new(
                        sanction.line,
                        format!("a Sanction of \"{target}\", which is not in the file"),
                        "take the whole file, with the parties its sanctions are about",
                    )),
                }
            }
        }
        self.settle_addresses();
        let mut folded = Folded {
            records: self.records,
            dropped: self.dropped,
            duplicates: self.duplicates,
            orphans,
            ..Folded::default()
        };
        folded.skipped = self
            .skipped
            .into_iter()
            .map(|((schema, why), count)| Skipped { schema, why, count })
            .collect();
        folded.entities = self.held.into_values().map(Held::finish).collect();
        folded.entities.sort_by(|a, b| a.id.cmp(&b.id));
        folded
    }

    /// An address record that another record refers to becomes a text there. One
    /// that is designated itself stays, since the address is what is listed.
    fn settle_addresses(&mut self) {
        let mut linked: Vec<String> = Vec::new();
        let mut texts: Vec<(String, String)> = Vec::new();
        for (holder, held) in &self.held {
            for reference in held.entity.values("addressEntity") {
                if let Some(address) = self.held.get(reference)
                    && address.entity.schema == Schema::Address
                {
                    linked.push(reference.clone());
                    texts.push((holder.clone(), address.entity.caption.clone()));
                }
            }
        }
        linked.sort_unstable();
        linked.dedup();
        for (holder, text) in texts {
            if let Some(held) = self.held.get_mut(&holder) {
                held.entity.add("address", text);
                let kept: Vec<String> = held
                    .entity
                    .properties
                    .remove("addressEntity")
                    .unwrap_or_default()
                    .into_iter()
                    .filter(|reference| linked.binary_search(reference).is_err())
                    .collect();
                for reference in kept {
                    held.entity.add("addressEntity", reference);
                }
            }
        }
        for id in linked {
            if self
                .held
                .get(&id)
                .is_some_and(|held| held.entity.listings.is_empty())
            {
                self.held.remove(&id);
                self.skip(Schema::Address.as_str().to_owned(), ADDRESS_OF);
            }
        }
    }
}

impl Held {
    fn merge(&mut self, other: Entity, claims: Vec<ListId>) {
        self.entity.schema = schemata::both(self.entity.schema, other.schema);
        for (name, values) in other.properties {
            for value in values {
                self.entity.add(&name, value);
            }
        }
        for claim in claims {
            if !self.claims.contains(&claim) {
                self.claims.push(claim);
            }
        }
    }

    fn designate(&mut self, sanction: &Sanction) {
        let mut listing = sanction.listing.clone();
        if let ([only], false, None) = (&self.claims[..], sanction.says_source, &listing.list) {
            listing.list = Some(only.clone());
        }
        if !self.entity.listings.contains(&listing) {
            self.entity.listings.push(listing);
        }
        for (name, values) in &sanction.rest {
            for value in values {
                self.entity.add(&format!("{REST}{name}"), value.clone());
            }
        }
    }

    fn finish(mut self) -> Entity {
        for claim in self.claims {
            let list = Some(claim);
            if !self.entity.listings.iter().any(|held| held.list == list) {
                self.entity.listings.push(Listing {
                    list,
                    ..Listing::default()
                });
            }
        }
        self.entity
    }
}

fn required(line: u64, name: &str, values: &Values) -> Result<String, LineError> {
    values.first().map(str::to_owned).ok_or_else(|| {
        LineError::new(
            line,
            format!("the record has no `{name}`"),
            "check that the file is FollowTheMoney JSON lines: one record with `id`, `schema` and `properties` per line",
        )
    })
}
