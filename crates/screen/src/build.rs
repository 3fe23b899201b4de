//! Entities to index bytes.
//!
//! Reading names is most of the work and runs on all cores; numbering runs on
//! one, in the order of the entities' ids, so that the same lists give the same
//! bytes on every machine.

use std::collections::BTreeMap;

use rayon::prelude::*;
use scruple_model::{Entity, NameKind, Schema};
use scruple_names::address::Address;
use scruple_names::{
    LegalForms, Name, Part, PartKind, Way, deletions, fold, read, skeleton, without_ship_prefix,
};

use crate::addresses;
use crate::background;
use crate::cognate;
use crate::edit::letters;
use crate::file::{self, SECTIONS, Section};
use crate::index::{Traits, flags};
use crate::keys::{
    Class, LONG, NEAR, acronyms, coarse, grams, identifier, joined, key, key_of, serial, whole,
};
use crate::query::LONGEST;
use crate::role::{self, Role, Roles, Written};
use crate::score::beside;
use crate::weight::{counted, rarity, weight};

/// Builds an index over the entities of every list. Same entities, same bytes,
/// whatever order they come in (records that share an id keep their order).
///
/// An index holds at most 2^32 names; the lists of the world hold some millions.
pub fn build(entities: impl Iterator<Item = Entity>) -> Vec<u8> {
    let mut entities: Vec<Entity> = entities.collect();
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    let read: Vec<Read> = entities.par_iter().map(Read::new).collect();
    drop(entities);
    Builder::default().run(read)
}

/// An entity with its names read.
struct Read {
    json: Vec<u8>,
    schema: Schema,
    countries: Vec<u8>,
    identifiers: Vec<String>,
    /// Of an aircraft: the numbers that its maker gave it.
    serials: Vec<String>,
    /// What its buildings are looked up by.
    addresses: Vec<String>,
    names: Vec<(NameKind, String, Name)>,
}

impl Read {
    fn new(entity: &Entity) -> Self {
        let mut names: Vec<(NameKind, &str)> = entity.names().collect();
        if names.is_empty() {
            names.push((NameKind::Primary, &entity.caption));
        }
        let mut seen: Vec<&str> = Vec::new();
        names.retain(|(_, text)| {
            let new = !seen.contains(text);
            seen.push(text);
            new
        });
        Self {
            // An entity is strings in maps and lists: nothing in it can fail to be written.
            json: serde_json::to_vec(entity).unwrap_or_default(),
            schema: entity.schema,
            countries: entity
                .countries()
                .iter()
                .flat_map(|c| c.code().bytes().collect::<Vec<_>>())
                .collect(),
            identifiers: entity
                .identifiers()
                .filter_map(|(_, value)| identifier(value))
                .collect(),
            serials: beside::serials(entity).filter_map(serial).collect(),
            addresses: addresses::of(entity)
                .flat_map(|text| {
                    let mut keys = addresses::keys(&Address::parse(text));
                    keys.push(addresses::ANY.to_owned());
                    keys
                })
                .collect(),
            names: names
                .into_iter()
                .map(|(kind, text)| {
                    let bare = without_ship_prefix(text, entity.schema == Schema::Vessel);
                    let mut name = read(bare, LegalForms::built_in());
                    for reading in &mut name.readings {
                        reading.parts.truncate(LONGEST);
                    }
                    (kind, text.to_owned(), name)
                })
                .collect(),
        }
    }
}

#[derive(Default)]
struct Builder<'a> {
    /// Text to its number, once all are known.
    strings: BTreeMap<&'a str, u32>,
    terms: BTreeMap<&'a str, Term>,
    roles: Roles<'a>,
    keys: Vec<(u64, u32)>,
    out: [Vec<u8>; SECTIONS],
}

#[derive(Default)]
struct Term {
    no: u32,
    fold: String,
    skeleton: String,
    is_word: bool,
    /// Whether it is read from a script that leaves vowels out, and from one that does not.
    from_consonants: bool,
    from_letters: bool,
    traits: Traits,
    readings: Vec<u32>,
    /// Entities that hold it, those that hold it in any spelling, and those that hold
    /// a word of the same skeleton.
    entities: u32,
    spellings: u32,
    skeletons: u32,
    last_entity: Option<u32>,
}

impl Builder<'_> {
    fn run(self, read: Vec<Read>) -> Vec<u8> {
        // The strings borrow from what was read; both live to the end of this call.
        let mut builder = Builder {
            out: self.out,
            ..Builder::default()
        };
        builder.number_terms(&read);
        let folds: Vec<(String, String)> = builder
            .terms
            .values()
            .map(|t| (t.fold.clone(), t.skeleton.clone()))
            .collect();
        let mut builder = builder.number_strings(&read, &folds);
        builder.write_entities(&read);
        builder.write_terms(read.len() as u32);
        builder.write_keys();
        file::write(builder.out)
    }
}

impl<'a> Builder<'a> {
    fn put(&mut self, section: Section, value: u32) {
        self.out[section as usize].extend_from_slice(&value.to_le_bytes());
    }

    /// Finds the terms, what they hold, and numbers them by the alphabet.
    fn number_terms(&mut self, read: &'a [Read]) {
        let mut no: u32 = 0;
        let names = (0..)
            .zip(read)
            .flat_map(|(entity, r)| r.names.iter().map(move |n| (entity, r.schema, n)));
        for (entity, schema, (_, text, name)) in names {
            let written = Written::of(text);
            for reading in &name.readings {
                for part in &reading.parts {
                    if schema == Schema::Person && part.kind == PartKind::Word {
                        self.roles.count(&part.text, written.role(&part.shown));
                    }
                    let term = self.terms.entry(part.text.as_str()).or_default();
                    if term.last_entity != Some(entity) {
                        term.last_entity = Some(entity);
                        term.entities += 1;
                    }
                    if part.kind == PartKind::Word {
                        term.is_word = true;
                        term.from_consonants |= part.script.is_consonantal();
                        term.from_letters |= !part.script.is_consonantal();
                    }
                    if term.readings.last() != Some(&no) {
                        term.readings.push(no);
                    }
                }
                no += 1;
            }
        }
        self.terms.par_iter_mut().for_each(|(text, term)| {
            term.fold = if term.is_word {
                fold(text)
            } else {
                (*text).to_owned()
            };
            let mut meaning = 0;
            if term.is_word {
                term.skeleton = skeleton(text);
                meaning = crate::sense::meaning(text);
            }
            term.traits = Traits::new(term.from_consonants, term.is_word, meaning, text);
        });
        let mut skeletons: BTreeMap<&str, u32> = BTreeMap::new();
        let mut spellings: BTreeMap<&str, u32> = BTreeMap::new();
        for (text, term) in &self.terms {
            *skeletons.entry(&term.skeleton).or_default() +=
                term.entities + background::count(text);
            *spellings.entry(counted(&term.fold)).or_default() += term.entities;
        }
        let sums: Vec<(u32, u32)> = self
            .terms
            .values()
            .map(|term| {
                let spelling = counted(&term.fold);
                let of = |sums: &BTreeMap<&str, u32>, key| sums.get(key).copied().unwrap_or(0);
                (
                    of(&spellings, spelling) + background::count_spelling(spelling),
                    of(&skeletons, term.skeleton.as_str()),
                )
            })
            .collect();
        for (no, (term, sums)) in (0..).zip(self.terms.values_mut().zip(sums)) {
            term.no = no;
            (term.spellings, term.skeletons) = sums;
        }
    }

    /// Numbers every string by the alphabet and writes the pool.
    fn number_strings<'b>(self, read: &'b [Read], folds: &'b [(String, String)]) -> Builder<'b>
    where
        'a: 'b,
    {
        let mut strings: BTreeMap<&'b str, u32> = BTreeMap::new();
        let parts = |name: &'b Name| name.readings.iter().flat_map(|r| &r.parts);
        for (_, text, name) in read.iter().flat_map(|r| &r.names) {
            strings.insert(text, 0);
            for part in parts(name) {
                strings.insert(&part.text, 0);
                strings.insert(&part.shown, 0);
            }
        }
        for (fold, skeleton) in folds {
            strings.insert(fold, 0);
            strings.insert(skeleton, 0);
        }
        let mut builder = Builder {
            strings: BTreeMap::new(),
            terms: self.terms,
            roles: self.roles,
            keys: self.keys,
            out: self.out,
        };
        let mut end: u32 = 0;
        builder.put(Section::Strings, 0);
        for (no, (text, number)) in (0..).zip(strings.iter_mut()) {
            *number = no;
            end += text.len() as u32;
            builder.put(Section::Strings, end);
            builder.out[Section::Text as usize].extend_from_slice(text.as_bytes());
        }
        builder.strings = strings;
        builder
    }

    fn string(&self, text: &str) -> u32 {
        // Every string was numbered before anything is written.
        self.strings.get(text).copied().unwrap_or(0)
    }

    fn write_entities(&mut self, read: &'a [Read]) {
        let (mut names, mut readings, mut parts, mut countries) = (0, 0, 0, 0);
        let all = read.len() as u32;
        for (no, entity) in (0..).zip(read) {
            let at = self.out[Section::Json as usize].len() as u64;
            self.put(Section::Entities, at as u32);
            self.put(Section::Entities, (at >> 32) as u32);
            self.put(Section::Entities, entity.json.len() as u32);
            self.put(Section::Entities, names);
            self.put(Section::Entities, countries);
            let schema = Schema::ALL
                .iter()
                .position(|s| *s == entity.schema)
                .unwrap_or(0);
            self.put(Section::Entities, schema as u32);
            self.out[Section::Json as usize].extend_from_slice(&entity.json);
            self.out[Section::Countries as usize].extend_from_slice(&entity.countries);
            countries += (entity.countries.len() / 2) as u32;
            for value in &entity.identifiers {
                self.keys.push((key(Class::Identifier, value), no));
            }
            for value in &entity.serials {
                self.keys.push((key(Class::Serial, value), no));
            }
            for value in &entity.addresses {
                self.keys.push((key(Class::Address, value), no));
            }
            for (kind, text, name) in &entity.names {
                let kind = NameKind::ALL.iter().position(|k| k == kind).unwrap_or(0);
                let written = Written::of(text);
                for value in [self.string(text), kind as u32, readings] {
                    self.put(Section::Names, value);
                }
                for reading in &name.readings {
                    let mut total = 0;
                    let terms = &self.terms;
                    let says_what = |part: &Part| match part.kind {
                        PartKind::Form(_) => true,
                        PartKind::Word => terms[part.text.as_str()].traits.meaning() != 0,
                        _ => false,
                    };
                    let body = u32::from(reading.parts.iter().any(says_what));
                    let characters = u32::from(reading.way == Way::Characters);
                    let weak = u32::from(NameKind::ALL.get(kind) == Some(&NameKind::Weak));
                    let initials = role::initials(text, &reading.parts);
                    for (at, part) in reading.parts.iter().enumerate() {
                        let term = &self.terms[part.text.as_str()];
                        let rare = rarity(term.spellings, all);
                        let fold_len = term.fold.len().min(255) as u32;
                        let (letters, traits) = (letters(term.fold.as_bytes()), term.traits);
                        let term = term.no;
                        let bits = weight(part.kind, part.script, &part.text, rare);
                        let role = match written.role(&part.shown) {
                            _ if initials == Some(at) => Role::Initials,
                            _ if entity.schema != Schema::Person => Role::Unknown,
                            Role::Unknown => self.roles.usual(&part.text),
                            role => role,
                        };
                        if matches!(part.kind, PartKind::Word | PartKind::Number) {
                            total += bits;
                        }
                        let shown = self.string(&part.shown);
                        self.put(Section::Parts, term);
                        self.put(Section::Parts, shown);
                        self.put(
                            Section::Parts,
                            flags(part.kind, part.script, part.run, role),
                        );
                        self.put(Section::Parts, bits.min(0xffff) | fold_len << 16);
                        self.put(Section::Parts, letters);
                        self.put(Section::Parts, traits.0);
                    }
                    for value in [
                        no,
                        parts,
                        total,
                        names << 3 | body << 2 | weak << 1 | characters,
                    ] {
                        self.put(Section::Readings, value);
                    }
                    parts += reading.parts.len() as u32;
                    if let Some(whole) = whole(&reading.parts) {
                        self.keys.push((key(Class::Whole, &whole), readings));
                    }
                    for joined in joined(&reading.parts) {
                        self.keys.push((key(Class::Joined, &joined), readings));
                        let bare = skeleton(&joined);
                        if bare.len() >= 4 {
                            self.keys.push((key(Class::JoinedBare, &bare), readings));
                        }
                    }
                    if !matches!(entity.schema, Schema::Person) {
                        for letters in acronyms(&reading.parts) {
                            self.keys.push((key(Class::Acronym, &letters), readings));
                        }
                    }
                    readings += 1;
                }
                names += 1;
            }
        }
        // The rows that close the ranges.
        for value in [0, 0, 0, names, countries, 0] {
            self.put(Section::Entities, value);
        }
        for value in [0, 0, readings] {
            self.put(Section::Names, value);
        }
        for value in [0, parts, 0, 0] {
            self.put(Section::Readings, value);
        }
    }

    fn write_terms(&mut self, all: u32) {
        let terms = std::mem::take(&mut self.terms);
        let mut start: u32 = 0;
        for (text, term) in &terms {
            let (fold, skeleton) = (self.string(&term.fold), self.string(&term.skeleton));
            let holding = term.entities + background::count(text);
            let rare = rarity(term.spellings, all) | rarity(term.skeletons, all) << 16;
            let set = letters(term.fold.as_bytes());
            let known = if term.is_word { holding } else { 0 };
            let known = known.min(0x00ff_ffff) | (term.fold.len().min(255) as u32) << 24;
            for value in [
                self.string(text),
                fold,
                skeleton,
                start,
                rare,
                known,
                set,
                term.traits.0,
            ] {
                self.put(Section::Terms, value);
            }
            start += term.readings.len() as u32;
            for reading in &term.readings {
                self.put(Section::Postings, *reading);
            }
        }
        for value in [0, 0, 0, start, 0, 0, 0, 0] {
            self.put(Section::Terms, value);
        }
        let near: Vec<(u64, u32)> = terms
            .par_iter()
            .flat_map_iter(|(text, term)| term_keys(text, term))
            .collect();
        self.keys.extend(near);
    }

    fn write_keys(&mut self) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.par_sort_unstable();
        keys.dedup();
        let distinct = keys.chunk_by(|a, b| a.0 == b.0).count();
        let room = (distinct * 2).next_power_of_two().max(2);
        let mut slots = vec![(0_u32, 0_u32); room];
        let mut at = 0;
        for (no, same) in (1..).zip(keys.chunk_by(|a, b| a.0 == b.0)) {
            let hash = same[0].0;
            let mut slot = hash as usize & (room - 1);
            while slots[slot].1 != 0 {
                slot = (slot + 1) & (room - 1);
            }
            slots[slot] = ((hash >> 32) as u32, no);
            self.put(Section::KeyStarts, at);
            for (_, value) in same {
                self.put(Section::Values, *value);
            }
            at += same.len() as u32;
        }
        self.put(Section::KeyStarts, at);
        for (tag, no) in slots {
            self.put(Section::Keys, tag);
            self.put(Section::Keys, no);
        }
    }
}

fn term_keys(text: &str, term: &Term) -> Vec<(u64, u32)> {
    let mut out = vec![(key(Class::Text, text), term.no)];
    if !term.is_word {
        return out;
    }
    let mut add = |class, text: &str| out.push((key(class, text), term.no));
    add(Class::Fold, &term.fold);
    match term.traits.meaning() {
        0 => {}
        meaning => add(Class::Meaning, &meaning.to_string()),
    }
    for (bare, held) in [(false, term.from_letters), (true, term.from_consonants)] {
        if held {
            for key in cognate::keys(text, bare) {
                add(Class::Cognate, &key);
            }
        }
    }
    let chars = term.fold.chars().count();
    if term.fold.is_ascii() && chars + 1 >= NEAR {
        for less in deletions(&term.fold) {
            add(Class::NearFold, &less);
        }
    }
    if term.skeleton.len() >= 2 {
        add(Class::Skeleton, &term.skeleton);
        let coarse = coarse(&term.fold);
        if term.fold.is_ascii() && coarse.len() >= 3 {
            add(Class::Coarse, &coarse);
        }
        if term.from_consonants {
            add(Class::ConsonantSkeleton, &term.skeleton);
        }
    }
    if term.fold.is_ascii() && chars >= LONG - 2 {
        out.extend(grams(&term.fold).map(|gram| (key_of(Class::Gram, gram.into_iter()), term.no)));
    }
    out
}
