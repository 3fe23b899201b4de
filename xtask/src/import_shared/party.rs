//! One row's party, and how rows of one list that mean the same become one.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use scruple_model::hash::sha256_parts;
use scruple_model::{Country, Entity, ListId, Listing, NameKind, RecordId, Schema};

use super::{lists, names};

/// A party as one row has it.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) list: &'static str,
    /// The publisher's own number, where the row has one.
    pub(crate) record: Option<String>,
    entity: Entity,
}

impl Party {
    /// A party with the name it is printed under.
    pub(crate) fn new(list: &'static str, schema: Schema, name: &str) -> Self {
        let name = names::squeezed(name);
        let mut party = Self {
            list,
            record: None,
            entity: Entity {
                id: RecordId::new(""),
                schema,
                caption: name.clone(),
                properties: BTreeMap::new(),
                listings: Vec::new(),
            },
        };
        party.name(NameKind::Primary, &name);
        if let Some(turned) = names::family_name_last(&name) {
            party.name(NameKind::Alias, &turned);
        }
        party
    }

    /// Adds a name and what it holds in brackets.
    pub(crate) fn name(&mut self, kind: NameKind, name: &str) {
        let name = names::squeezed(name);
        let printed = names::take_apart(&name);
        self.add(kind.property(), name);
        let other = if kind == NameKind::Weak {
            kind
        } else {
            NameKind::Alias
        };
        for alias in printed.aliases {
            self.add(other.property(), alias);
        }
        for acronym in printed.acronyms {
            self.add(NameKind::Weak.property(), acronym);
        }
    }

    /// Adds a property's value; a name already held under a stronger kind is not repeated.
    pub(crate) fn add(&mut self, property: &str, value: impl Into<String>) {
        let value = value.into();
        let is_name = NameKind::ALL.iter().any(|kind| kind.property() == property);
        if !(is_name && self.entity.names().any(|(_, held)| held == value)) {
            self.entity.add(property, value);
        }
    }

    /// Adds a country: its code where we can read it, else what the row says.
    pub(crate) fn country(&mut self, text: &str) {
        let text = text.trim();
        let value = Country::parse(text).map_or_else(|| text.to_owned(), |c| c.code().to_owned());
        self.add("country", value);
    }

    /// Adds a designation on this party's list.
    pub(crate) fn listed(&mut self, listing: Listing) {
        let listing = Listing {
            list: Some(ListId::from(self.list)),
            ..listing
        };
        if !self.entity.listings.contains(&listing) {
            self.entity.listings.push(listing);
        }
    }

    /// Every name, of whatever kind.
    #[cfg(test)]
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.entity.names().map(|(_, name)| name.to_owned())
    }

    /// Its countries as codes. What cannot be read says nothing against another row.
    fn countries(&self) -> BTreeSet<Country> {
        self.entity.countries().into_iter().collect()
    }

    /// Under which keys another print of this party would be found.
    fn keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for name in self.entity.values("name") {
            keys.insert(names::key(name));
            let printed = names::take_apart(name);
            keys.extend(printed.aliases.first().map(|plain| names::key(plain)));
            keys.extend(names::family_name_last(name).map(|turned| names::key(&turned)));
        }
        keys.remove("");
        keys
    }

    /// Its aliases of two words or more, as keys: shorter ones belong to many.
    fn alias_keys(&self) -> BTreeSet<String> {
        self.entity
            .values("alias")
            .iter()
            .map(|name| names::key(name))
            .filter(|key| key.contains(' '))
            .collect()
    }

    /// Whether both rows may mean one party.
    fn may_be(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.countries(), other.countries());
        let places_agree = mine.is_empty() || theirs.is_empty() || !mine.is_disjoint(&theirs);
        let records_agree = match (&self.record, &other.record) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        places_agree && records_agree && self.entity.schema.may_be(other.entity.schema)
    }

    fn merge(&mut self, other: Self, once: bool) {
        self.record = self.record.take().or(other.record);
        if self.entity.schema == Schema::LegalEntity {
            self.entity.schema = other.entity.schema;
        }
        for (property, values) in other.entity.properties {
            // A second primary name is a variant: the first row's stays the one printed.
            let property = if property == "name" {
                "alias"
            } else {
                &property
            };
            for value in values {
                self.add(property, value);
            }
        }
        for listing in other.entity.listings {
            let same = self
                .entity
                .listings
                .iter_mut()
                .find(|held| once || are_one(held, &listing));
            match same {
                Some(held) => merge_listing(held, listing),
                None => self.entity.listings.push(listing),
            }
        }
    }
}

/// Whether two descriptions may be of one designation.
fn are_one(a: &Listing, b: &Listing) -> bool {
    fn agree<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        !matches!((a, b), (Some(a), Some(b)) if a != b)
    }
    let programmes = a.programmes.is_empty()
        || b.programmes.is_empty()
        || a.programmes.iter().any(|p| b.programmes.contains(p));
    let cited = |listing: &Listing| listing.citation.as_deref().map(notices);
    let citations = match (cited(a), cited(b)) {
        (Some(a), Some(b)) => !a.is_disjoint(&b),
        _ => true,
    };
    programmes && citations && agree(a.since.as_ref(), b.since.as_ref())
}

fn merge_listing(held: &mut Listing, other: Listing) {
    for programme in other.programmes {
        if !held.programmes.contains(&programme) {
            held.programmes.push(programme);
        }
    }
    held.since = match (held.since, other.since) {
        (Some(a), Some(b)) => Some(if a.earliest() <= b.earliest() { a } else { b }),
        (a, b) => a.or(b),
    };
    held.until = held.until.or(other.until);
    held.reason = held.reason.take().or(other.reason);
    held.licence_requirement = held
        .licence_requirement
        .take()
        .or(other.licence_requirement);
    held.licence_policy = held.licence_policy.take().or(other.licence_policy);
    held.link = held.link.take().or(other.link);
    held.citation = match (held.citation.take(), other.citation) {
        // The print with more to it (a date, a second notice) goes first.
        (Some(a), Some(b)) => {
            let (more, less) = if notices(&b).len() > notices(&a).len() || b.len() > a.len() {
                (b, a)
            } else {
                (a, b)
            };
            Some(if notices(&less).is_subset(&notices(&more)) {
                more
            } else {
                format!("{more}; {less}")
            })
        }
        (a, b) => a.or(b),
    };
}

/// The notices a citation names, as `VOLUME-PAGE`.
fn notices(citation: &str) -> BTreeSet<String> {
    let plain: String = citation
        .chars()
        .filter(|c| !matches!(c, '.' | ','))
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let found: BTreeSet<String> = words
        .windows(3)
        .filter(|w| number(w[0]) && w[1].eq_ignore_ascii_case("fr") && number(w[2]))
        .map(|w| format!("{}-{}", w[0], w[2]))
        .collect();
    if found.is_empty() {
        BTreeSet::from([names::key(citation)])
    } else {
        found
    }
}

/// The parties of one list, same ones put together as they come.
#[derive(Default)]
pub(crate) struct Fold {
    parties: Vec<Party>,
    by_record: BTreeMap<String, usize>,
    by_key: BTreeMap<String, Vec<usize>>,
    given: usize,
}

impl Fold {
    /// Adds a row's party.
    pub(crate) fn add(&mut self, party: Party) {
        self.given += 1;
        let keys = party.keys();
        let same = party
            .record
            .as_ref()
            .and_then(|record| self.by_record.get(record).copied())
            .or_else(|| {
                keys.iter()
                    .flat_map(|key| self.by_key.get(key).into_iter().flatten())
                    .copied()
                    .find(|&at| self.parties[at].may_be(&party))
            })
            .or_else(|| self.only_one_called_alike(&party, &keys));
        let record = party.record.clone();
        let at = match same {
            Some(at) => {
                let once = lists::of(party.list).is_ok_and(|list| list.once);
                self.parties[at].merge(party, once);
                at
            }
            None => {
                self.parties.push(party);
                self.parties.len() - 1
            }
        };
        if let Some(record) = record {
            self.by_record.insert(record, at);
        }
        for key in keys {
            let held = self.by_key.entry(key).or_default();
            if !held.contains(&at) {
                held.push(at);
            }
        }
    }

    /// OFAC's rows with and without its number are from two files, and the other file
    /// may print an alias as the name. Then a full alias will do, if it leads to one
    /// party only.
    fn only_one_called_alike(&self, party: &Party, keys: &BTreeSet<String>) -> Option<usize> {
        // All of the SDN list's rows have their number.
        if !party.list.starts_with("us-ofac-") || party.list == "us-ofac-sdn" {
            return None;
        }
        let aliases = party.alias_keys();
        let mut found = self.parties.iter().enumerate().filter(|(_, held)| {
            held.record.is_some() != party.record.is_some()
                && held.may_be(party)
                && (!held.alias_keys().is_disjoint(keys) || !held.keys().is_disjoint(&aliases))
        });
        match (found.next(), found.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        }
    }

    /// How many parties were added.
    pub(crate) fn given(&self) -> usize {
        self.given
    }

    /// The entities, sorted by id, each id once.
    pub(crate) fn finish(self) -> Result<Vec<Entity>> {
        let mut entities = Vec::with_capacity(self.parties.len());
        for mut party in self.parties {
            let list = lists::of(party.list)?;
            let record = party.record.clone().unwrap_or_else(|| short_hash(&party));
            party.add("sanction.authority", list.authority);
            for listing in &mut party.entity.listings {
                listing.link.get_or_insert_with(|| list.link.to_owned());
            }
            party.entity.id = RecordId::of(&ListId::from(party.list), &record);
            entities.push(party.entity);
        }
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some(pair) = entities.windows(2).find(|pair| pair[0].id == pair[1].id) {
            ensure!(
                pair[0].id != pair[1].id,
                "{}: \"{}\" and \"{}\" would have one id",
                pair[0].id,
                pair[0].caption,
                pair[1].caption
            );
        }
        Ok(entities)
    }
}

/// Stable as long as list, primary name, countries and kind are: what tells two
/// parties of one name apart here.
fn short_hash(party: &Party) -> String {
    let countries = party.countries();
    let parts = [
        party.list,
        &names::key(&party.entity.caption),
        party.entity.schema.as_str(),
    ];
    let hash = sha256_parts(
        parts
            .into_iter()
            .chain(countries.iter().map(Country::code))
            .map(str::as_bytes),
    );
    hash[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, country: &str, citation: &str) -> Party {
        let mut party = Party::new("us-bis-el", Schema::LegalEntity, name);
        if !country.is_empty() {
            party.country(country);
        }
        party.listed(Listing {
            citation: Some(citation.to_owned()),
            ..Listing::default()
        });
        party
    }

    fn fold(parties: impl IntoIterator<Item = Party>) -> Vec<Entity> {
        let mut fold = Fold::default();
        for party in parties {
            fold.add(party);
        }
        fold.finish().unwrap()
    }

    #[test]
    fn one_name_in_two_prints_is_one_party() {
        let found = fold([
            party("Invented Optics Institute", "cn", "84 FR 54002"),
            party(
                "INVENTED OPTICS INSTITUTE (IOI)",
                "CN",
                "84 FR 54004, 10/9/19",
            ),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].values("weakAlias"), ["IOI"]);
        assert_eq!(found[0].listings.len(), 1);
        assert_eq!(
            found[0].listings[0].citation.as_deref(),
            Some("84 FR 54004, 10/9/19; 84 FR 54002")
        );
    }

    #[test]
    fn one_name_in_two_countries_is_two_parties() {
        let found = fold([
            party("Demo Trading", "cn", "1 FR 1"),
            party("Demo Trading", "ae", "1 FR 1"),
        ]);
        assert_eq!(found.len(), 2);
        assert_ne!(found[0].id, found[1].id);
    }

    #[test]
    fn the_publishers_number_decides_over_the_name() {
        let with = |record: &str, name: &str| {
            let mut one = party(name, "", "1 FR 1");
            one.record = Some(record.into());
            one
        };
        let found = fold([
            with("7", "Demo A"),
            with("8", "Demo A"),
            with("7", "Demo B"),
            party("Demo B", "", "1 FR 1"),
        ]);
        let ids: Vec<_> = found.iter().map(|entity| entity.id.as_str()).collect();
        assert_eq!(ids, ["us-bis-el:7", "us-bis-el:8"]);
        assert_eq!(found[0].values("alias"), ["Demo B"]);
    }

    #[test]
    fn a_notice_is_one_however_it_is_printed() {
        assert_eq!(notices("89 F.R. 51302 6/17/2024"), notices("89 FR 51302"));
        assert_eq!(notices("86 FR  37423").len(), 1);
        assert_eq!(notices("Vol. 81, No. 50").len(), 1);
    }
}
