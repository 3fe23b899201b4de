//! An entity, listed or not, with the schemata and properties of FollowTheMoney.
//!
//! Properties stay a map from property name to values, as FollowTheMoney has
//! them: a list that knows more than we use loses nothing on its way through.
//! What the checks need is read through accessors that give it a type.
//!
//! FollowTheMoney hangs a designation on a separate `Sanction` entity. Nothing
//! here is ever asked about a designation without its party, so it is folded
//! into [`Listing`] when read.

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Country, Date, ListId, PartialDate, RecordId};

/// What kind of thing an entity is; FollowTheMoney's schema of that name.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub enum Schema {
    /// A person or an organisation, not known which.
    LegalEntity,
    /// A natural person.
    Person,
    /// Any group with a name of its own.
    Organization,
    /// A firm.
    Company,
    /// A ministry, a bureau, a public college.
    PublicBody,
    /// A ship.
    Vessel,
    /// An aircraft.
    Airplane,
    /// An address that is listed for itself (15 CFR 744.16).
    Address,
    /// Anything else that has a name.
    Thing,
}

impl Schema {
    /// All, in the order they are documented.
    pub const ALL: [Self; 9] = [
        Self::LegalEntity,
        Self::Person,
        Self::Organization,
        Self::Company,
        Self::PublicBody,
        Self::Vessel,
        Self::Airplane,
        Self::Address,
        Self::Thing,
    ];

    /// FollowTheMoney's name for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LegalEntity => "LegalEntity",
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Company => "Company",
            Self::PublicBody => "PublicBody",
            Self::Vessel => "Vessel",
            Self::Airplane => "Airplane",
            Self::Address => "Address",
            Self::Thing => "Thing",
        }
    }

    /// Reads FollowTheMoney's name, exactly as it spells it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|schema| schema.as_str() == text)
    }

    /// Whether one thing may be described by both: a `LegalEntity` may turn out
    /// to be a person or a firm, a firm is never a ship.
    pub fn may_be(self, other: Self) -> bool {
        use Schema::*;
        let org = |s| matches!(s, Organization | Company | PublicBody);
        self == other
            || self == Thing
            || other == Thing
            || (org(self) && org(other))
            || (self == LegalEntity && (org(other) || other == Person))
            || (other == LegalEntity && (org(self) || self == Person))
    }
}

/// How a list gives a name.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// The name it is listed under.
    Primary,
    /// A good-quality alias.
    Alias,
    /// What it was called before.
    Former,
    /// An abbreviation, a nickname, a low-quality alias.
    Weak,
}

impl NameKind {
    /// The FollowTheMoney property that holds names of this kind.
    pub fn property(self) -> &'static str {
        match self {
            Self::Primary => "name",
            Self::Alias => "alias",
            Self::Former => "previousName",
            Self::Weak => "weakAlias",
        }
    }

    /// All, strongest first.
    pub const ALL: [Self; 4] = [Self::Primary, Self::Alias, Self::Former, Self::Weak];
}

/// One designation: which list says what, since when, and on whose word.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(default, deny_unknown_fields)]
pub struct Listing {
    /// The official list the record says it comes from, where it names one we
    /// know. For a user's own file this is the file's word, not the publisher's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<ListId>,
    /// Programme or legal basis, as the list prints it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<String>,
    /// Why, in the list's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub since: Option<PartialDate>,
    /// Until when, where a designation ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<PartialDate>,
    /// Where it was published: `84 FR 54002`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// Which items need a licence, as the list prints it (US Commerce lists).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence_requirement: Option<String>,
    /// How an application will be looked at, as the list prints it (US Commerce lists).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence_policy: Option<String>,
    /// The publisher's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Records of other lists that this record itself says are the same party: a UK
    /// row gives its UN number. They are linked and never merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refers_to: Vec<RecordId>,
}

impl Listing {
    /// Whether the designation stood on `day`. One without dates stands.
    pub fn stands_on(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since.earliest() <= day)
            && self
                .until
                .and_then(PartialDate::day)
                .is_none_or(|until| day < until)
    }
}

/// A thing with names: a listed party, or a party in a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// `list:record`.
    pub id: RecordId,
    /// What kind of thing.
    pub schema: Schema,
    /// The name to print.
    pub caption: String,
    /// FollowTheMoney properties: name to values, in the order given.
    pub properties: BTreeMap<String, Vec<String>>,
    /// Its designations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listings: Vec<Listing>,
}

impl Entity {
    /// The values of a property, none if it has none.
    pub fn values(&self, property: &str) -> &[String] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    /// Adds a value unless it is empty or already there.
    pub fn add(&mut self, property: &str, value: impl Into<String>) {
        let value = value.into();
        if value.trim().is_empty() {
            return;
        }
        let values = self.properties.entry(property.to_owned()).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    }

    /// Adds many values, as [`add`](Self::add) adds one, in time that grows with their
    /// number and not with its square.
    pub fn add_all(&mut self, property: &str, new: impl IntoIterator<Item = String>) {
        let mut new = new.into_iter().filter(|value| !value.trim().is_empty());
        let Some(first) = new.next() else { return };
        let values = self.properties.entry(property.to_owned()).or_default();
        let mut seen: HashSet<String> = values.iter().cloned().collect();
        for value in std::iter::once(first).chain(new) {
            if seen.insert(value.clone()) {
                values.push(value);
            }
        }
    }

    /// Every name with its kind, strongest kind first.
    pub fn names(&self) -> impl Iterator<Item = (NameKind, &str)> {
        NameKind::ALL.into_iter().flat_map(|kind| {
            self.values(kind.property())
                .iter()
                .map(move |name| (kind, name.as_str()))
        })
    }

    /// Countries of every property that names one, without repeats, sorted.
    /// Values that are no country we know are left out.
    pub fn countries(&self) -> Vec<Country> {
        let mut found: Vec<Country> = [
            "country",
            "jurisdiction",
            "nationality",
            "citizenship",
            "mainCountry",
            "flag",
        ]
        .iter()
        .flat_map(|property| self.values(property))
        .filter_map(|value| Country::parse(value))
        .collect();
        found.sort();
        found.dedup();
        found
    }

    /// Birth dates that could be read.
    pub fn birth_dates(&self) -> Vec<PartialDate> {
        self.values("birthDate")
            .iter()
            .filter_map(|value| value.parse().ok())
            .collect()
    }

    /// Codes of the countries whose registers gave a registration number, where the
    /// source prints one beside it ([`REGISTERED_IN`]).
    pub fn registered_in<'a>(&'a self, number: &'a str) -> impl Iterator<Item = &'a str> {
        self.values(REGISTERED_IN).iter().filter_map(move |value| {
            let (country, of) = value.split_once(' ')?;
            (of == number).then_some(country)
        })
    }

    /// Identifiers as `(FollowTheMoney property, value)`.
    pub fn identifiers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        IDENTIFIERS.iter().flat_map(|property| {
            self.values(property)
                .iter()
                .map(move |value| (*property, value.as_str()))
        })
    }
}

/// A registration number with the country whose register gave it: `ru 1027700132195`.
/// The property is ours: FollowTheMoney keeps numbers and countries apart, and of a
/// party with several of either nobody can say afterwards which go together.
pub const REGISTERED_IN: &str = "registeredIn";

/// FollowTheMoney properties that identify: equal values point at one thing.
/// Passport and identity card numbers of people are among them only because
/// official lists print them; a deal has no field for them.
pub const IDENTIFIERS: [&str; 15] = [
    "leiCode",
    "uscCode",
    "registrationNumber",
    "imoNumber",
    "mmsi",
    "innCode",
    "ogrnCode",
    "vatCode",
    "taxNumber",
    "swiftBic",
    "dunsCode",
    "idNumber",
    "passportNumber",
    "uniqueEntityId",
    "registration",
];
