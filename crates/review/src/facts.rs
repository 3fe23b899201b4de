//! What of a record matters to a decision, in the clear and as keyed tags.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_model::Entity;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::Key;

/// What kind of fact.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Names of every quality.
    Names,
    /// Dates of birth, founding, building.
    Dates,
    /// Countries it is connected with.
    Countries,
    /// Numbers and codes that identify it.
    Identifiers,
    /// What kind of thing the query asks for. Of a listed record it does not count:
    /// how its layout is read decides it.
    Kind,
}

/// Properties of a listed record that hold dates about the thing itself.
const DATES: [&str; 5] = [
    "birthDate",
    "deathDate",
    "incorporationDate",
    "dissolutionDate",
    "buildDate",
];

impl Group {
    /// All, in the order they are named.
    pub const ALL: [Self; 5] = [
        Self::Names,
        Self::Dates,
        Self::Countries,
        Self::Identifiers,
        Self::Kind,
    ];

    /// The word of the format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Dates => "dates",
            Self::Countries => "countries",
            Self::Identifiers => "identifiers",
            Self::Kind => "kind",
        }
    }

    /// One of them, in words.
    fn one(self) -> &'static str {
        match self {
            Self::Names => "name",
            Self::Dates => "date",
            Self::Countries => "country",
            Self::Identifiers => "identifier",
            Self::Kind => "kind",
        }
    }
}

/// The facts of one record, in the clear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    name: String,
    values: BTreeMap<Group, BTreeMap<String, String>>,
}

/// The facts of one record as keyed tags: told apart, and never read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Tags(BTreeMap<Group, BTreeSet<String>>);

impl Facts {
    /// A query that asks under `name`; whatever else it says is added.
    pub fn of_query(name: &str) -> Self {
        let mut facts = Self {
            name: plain(name),
            values: BTreeMap::new(),
        };
        facts.add(Group::Names, name);
        facts
    }

    /// What a list says of a party.
    pub fn of_listed(entity: &Entity) -> Self {
        let mut facts = Self::of_query(&entity.caption);
        for (_, name) in entity.names() {
            facts.add(Group::Names, name);
        }
        for date in DATES.iter().flat_map(|property| entity.values(property)) {
            facts.add(Group::Dates, date);
        }
        for country in entity.countries() {
            facts.add(Group::Countries, country.code());
        }
        for (property, value) in entity.identifiers() {
            facts.identifier(property, value);
        }
        facts
    }

    /// Adds a fact; one that is empty or known adds nothing.
    pub fn add(&mut self, group: Group, value: &str) {
        let compared = plain(value);
        if !compared.is_empty() {
            let shown = value.trim().to_owned();
            let of_group = self.values.entry(group).or_default();
            of_group.entry(compared).or_insert(shown);
        }
    }

    /// Adds an identifier. Spaces, hyphens and dots in it say nothing.
    pub fn identifier(&mut self, property: &str, value: &str) {
        let compared: String = plain(value)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        if !compared.is_empty() {
            let of_group = self.values.entry(Group::Identifiers).or_default();
            of_group
                .entry(format!("{property} {compared}"))
                .or_insert_with(|| format!("{property} {}", value.trim()));
        }
    }

    /// The name it goes under, as it is compared.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Key {
    /// The facts as tags.
    pub fn tags(&self, facts: &Facts) -> Tags {
        let of_group = |(group, values): (&Group, &BTreeMap<String, String>)| {
            let tags = values.keys().map(|value| self.tag(group.as_str(), value));
            (*group, tags.collect())
        };
        Tags(facts.values.iter().map(of_group).collect())
    }
}

impl Tags {
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Group, &BTreeSet<String>)> {
        self.0.iter().map(|(group, tags)| (*group, tags))
    }

    fn of(&self, group: Group) -> impl Iterator<Item = &String> {
        self.0.get(&group).into_iter().flatten()
    }

    fn has(&self, group: Group, tag: &str) -> bool {
        self.0.get(&group).is_some_and(|tags| tags.contains(tag))
    }
}

/// What is not as it was on one side, in words: `the list now gives the date
/// 1961-03-31`, `the list no longer gives 2 names`. What went is only counted: it
/// was never kept. `whose` is the side: `the list`, `your record`.
pub fn differences(whose: &str, then: &Tags, now: &Facts, key: &Key) -> Vec<String> {
    let tags = key.tags(now);
    let mut said = Vec::new();
    for group in Group::ALL {
        let come: Vec<&str> = now
            .values
            .get(&group)
            .into_iter()
            .flatten()
            .filter(|(compared, _)| !then.has(group, &key.tag(group.as_str(), compared)))
            .map(|(_, shown)| shown.as_str())
            .collect();
        let gone = then.of(group).filter(|tag| !tags.has(group, tag)).count();
        if !come.is_empty() {
            let some = come.len().min(SHOWN);
            let mut list = come[..some].join(", ");
            if come.len() > some {
                list.push_str(&format!(" and {} more", come.len() - some));
            }
            said.push(format!("{whose} now gives the {} {list}", group.one()));
        }
        if gone > 0 {
            let what = match (gone, group) {
                (1, Group::Countries) => "a country".to_owned(),
                (1, Group::Identifiers) => "an identifier".to_owned(),
                (1, _) => format!("a {}", group.one()),
                (many, _) => format!("{many} {}", group.as_str()),
            };
            // Where another came in its place, it was replaced rather than dropped.
            let before = if come.is_empty() { "" } else { " before" };
            said.push(format!(
                "{whose} no longer gives {what} that it gave{before}"
            ));
        }
    }
    said
}

/// Values named before the rest is counted.
const SHOWN: usize = 3;

/// A text as it is compared: one width, one case, one space between words.
pub fn plain(text: &str) -> String {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use scruple_model::{RecordId, Schema};

    fn listed() -> Entity {
        let mut entity = Entity {
            id: RecordId::from("xx-a:1"),
            schema: Schema::Person,
            caption: "Chang Ho Ri".into(),
            properties: Default::default(),
            listings: Vec::new(),
        };
        for name in ["Chang Ho Ri", "RI, Chang-ho"] {
            entity.add("alias", name);
        }
        entity.add("birthDate", "1961");
        entity.add("country", "kp");
        entity.add("passportNumber", "A 12-34");
        entity
    }

    fn said(then: &Entity, now: &Entity) -> Vec<String> {
        let key = Key::new([5; 32]);
        let before = key.tags(&Facts::of_listed(then));
        differences("the list", &before, &Facts::of_listed(now), &key)
    }

    #[test]
    fn order_case_spacing_and_address_change_nothing() {
        let (then, mut now) = (listed(), listed());
        now.properties
            .get_mut("alias")
            .into_iter()
            .for_each(|names| names.reverse());
        now.caption = "CHANG HO  RI".into();
        now.properties
            .insert("passportNumber".into(), vec!["a1234".into()]);
        now.add("address", "Somewhere else");
        now.add("notes", "More words");
        now.schema = Schema::LegalEntity;
        assert_eq!(said(&then, &now), Vec::<String>::new());
    }

    #[test]
    fn what_comes_is_named_and_what_goes_is_counted() {
        let (then, mut now) = (listed(), listed());
        now.properties
            .insert("birthDate".into(), vec!["1961-03-31".into()]);
        now.add("country", "cn");
        now.add("alias", "Ri Chang");
        now.properties.remove("passportNumber");
        assert_eq!(
            said(&then, &now),
            [
                "the list now gives the name Ri Chang",
                "the list now gives the date 1961-03-31",
                "the list no longer gives a date that it gave before",
                "the list now gives the country cn",
                "the list no longer gives an identifier that it gave",
            ]
        );
    }

    #[test]
    fn tags_hold_no_text_of_the_facts() {
        let tags = Key::new([5; 32]).tags(&Facts::of_listed(&listed()));
        let text = serde_json::to_string(&tags).unwrap().to_lowercase();
        for word in ["chang", "1961", "kp\"", "1234"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        let back: Tags = serde_json::from_str(&text).unwrap();
        assert_eq!(back, tags);
    }

    #[test]
    fn a_value_of_one_kind_is_not_that_of_another() {
        let key = Key::new([5; 32]);
        assert_ne!(key.tag("names", "cn"), key.tag("countries", "cn"));
    }
}
