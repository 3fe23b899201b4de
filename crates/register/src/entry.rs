//! One entry: who, in which role, where, since when, on what source.

use schemars::JsonSchema;
use scruple_model::{PartialDate, Place, persons};
use serde::{Deserialize, Serialize};

/// What somebody is to the owner of the register.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sells with it, builds it in, or resells.
    Partner,
    /// Makes or supplies what it buys.
    Supplier,
    /// Develops or studies something with it.
    Collaborator,
    /// Buys from it, and is a public body.
    Customer,
}

impl Role {
    /// All, in the order shown.
    pub const ALL: [Self; 4] = [
        Self::Partner,
        Self::Supplier,
        Self::Collaborator,
        Self::Customer,
    ];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Supplier => "supplier",
            Self::Collaborator => "collaborator",
            Self::Customer => "customer",
        }
    }

    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Partner => "Partners",
            Self::Supplier => "Suppliers",
            Self::Collaborator => "Collaborators",
            Self::Customer => "Customers that are public bodies",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// What kind of thing an entry is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A firm.
    Company,
    /// A university, a foundation, an association.
    Organisation,
    /// A ministry, a bureau, a city.
    PublicBody,
    /// An office, named by its title and not by who holds it.
    PublicOffice,
    /// A person whom an official list names: `listed` says which record.
    ListedPerson,
}

impl Kind {
    /// All words, in the order documented.
    pub const ALL: [Self; 5] = [
        Self::Company,
        Self::Organisation,
        Self::PublicBody,
        Self::PublicOffice,
        Self::ListedPerson,
    ];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Organisation => "organisation",
            Self::PublicBody => "public-body",
            Self::PublicOffice => "public-office",
            Self::ListedPerson => "listed-person",
        }
    }

    /// As a page says it.
    pub fn said(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Organisation => "organisation",
            Self::PublicBody => "public body",
            Self::PublicOffice => "public office",
            Self::ListedPerson => "person on an official list",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Whether an entry is shown.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is.
    #[default]
    Publish,
    /// Not before `show_from`.
    Delay,
    /// Not for the time being.
    Withhold,
}

/// What the public reads of an entry, and what a commitment is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its key in the register, small letters, digits and hyphens; never used again.
    pub id: String,
    /// Its name as registered; for an office its title.
    pub name: String,
    /// Other names, in any script.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// What kind of thing it is.
    pub kind: Kind,
    /// What it is to the owner; at least one.
    pub roles: Vec<Role>,
    /// Its country, or a region that rules name.
    pub place: Place,
    /// Its address; of a site, where the site is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// A number in a public register, such as an LEI or a company number, or its web page:
    /// what shows that it is an organisation. A public body needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its id at Open Supply Hub.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_id: Option<String>,
    /// The firm that owns it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Sectors, as Open Supply Hub names them: `Apparel`, `Electronics`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Which product lines it has to do with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub product_lines: Vec<String>,
    /// What is done at the site: `Sewing`, `Assembly`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub processing: Vec<String>,
    /// How many people work at the site, as a number or a range: `101-500`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<String>,
    /// Since when, as far as is known.
    #[schemars(with = "String")]
    pub since: PartialDate,
    /// Until when; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<PartialDate>,
    /// On what the entry rests: a contract, a notice of award, an invoice.
    pub source: String,
    /// The day somebody last made sure.
    #[schemars(with = "String")]
    pub confirmed: scruple_model::Date,
    /// For a person on a list: the record, `us-ofac-sdn:36`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<String>,
}

impl Entry {
    /// Everything about it that a register does not take, each with its field and
    /// what to do.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut say = |field: &'static str, what: String, next: &'static str| {
            faults.push(Fault { field, what, next });
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(plain) || self.id.len() > 80 {
            say(
                "id",
                format!("{:?} is no key", self.id),
                "small letters, digits and hyphens: delta-mill",
            );
        }
        if self.roles.is_empty() {
            say(
                "roles",
                "no role is given".to_owned(),
                "write one of partner, supplier, collaborator, customer",
            );
        }
        let texts = [("name", &self.name), ("source", &self.source)];
        for (field, text) in texts {
            if text.trim().is_empty() {
                say(field, "it is empty".to_owned(), "fill it in");
            }
        }
        // A person on a list is named as the list names it; everybody else not at all.
        let named = std::iter::once(("name", &self.name))
            .chain(self.names.iter().map(|name| ("names", name)))
            .filter(|_| self.kind != Kind::ListedPerson);
        let free = [
            ("source", Some(&self.source)),
            ("address", self.address.as_ref()),
            ("parent", self.parent.as_ref()),
        ]
        .into_iter()
        .filter_map(|(field, text)| Some((field, text?)))
        .chain(
            self.product_lines
                .iter()
                .map(|text| ("product_lines", text)),
        )
        .chain(self.processing.iter().map(|text| ("processing", text)));
        for (field, text) in named.chain(free) {
            if let Some(personal) = persons::find_in_name(text) {
                say(
                    field,
                    format!("this looks like {}: {}", personal.what, personal.words),
                    "name the organisation; for an official, the office by its title",
                );
            }
        }
        for (field, text) in self.texts() {
            if text.chars().any(char::is_control) {
                say(
                    field,
                    "it has a line break or a character that cannot be seen".to_owned(),
                    "write it in one line",
                );
            }
            // A spreadsheet runs it.
            if text.trim_start().starts_with(['=', '+', '@', '\t']) {
                say(
                    field,
                    format!("{text:?} begins as a formula does"),
                    "write the name without the sign in front",
                );
            }
        }
        match (self.kind, &self.listed) {
            (Kind::ListedPerson, None) => say(
                "listed",
                "a person is no entry, unless an official list names that person".to_owned(),
                "write the record, such as us-ofac-sdn:36, or take the entry out",
            ),
            (Kind::ListedPerson, Some(record)) if !record.contains(':') => say(
                "listed",
                format!("{record:?} is no record of a list"),
                "write list and record, such as us-ofac-sdn:36",
            ),
            (kind, Some(_)) if kind != Kind::ListedPerson => say(
                "listed",
                "only a person needs the record of a list".to_owned(),
                "take it out, or set kind = \"listed-person\"",
            ),
            _ => {}
        }
        let needs_number = matches!(self.kind, Kind::Company | Kind::Organisation);
        if needs_number && self.number.is_none() && self.os_id.is_none() {
            say(
                "number",
                "nothing shows that this is an organisation and not a person".to_owned(),
                "write its number in a public register, its LEI, or its web page",
            );
        }
        let is_public = matches!(self.kind, Kind::PublicBody | Kind::PublicOffice);
        if self.roles.contains(&Role::Customer) && !is_public {
            say(
                "roles",
                "customers are published where they are public bodies".to_owned(),
                "set kind = \"public-body\", or take the role out",
            );
        }
        if let Some(until) = self.until
            && until.earliest() < self.since.earliest()
        {
            say(
                "until",
                "it ends before it begins".to_owned(),
                "look which of the two is right",
            );
        }
        if let Some(workers) = &self.workers
            && !is_count(workers)
        {
            say(
                "workers",
                format!("{workers:?} is no number of people"),
                "write a number, or a range such as 101-500",
            );
        }
        faults
    }

    /// Every text of it, with its field.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let some = [
            ("address", &self.address),
            ("number", &self.number),
            ("os_id", &self.os_id),
            ("parent", &self.parent),
        ];
        [("name", &self.name), ("source", &self.source)]
            .into_iter()
            .chain(
                some.into_iter()
                    .filter_map(|(field, text)| Some((field, text.as_ref()?))),
            )
            .chain(self.names.iter().map(|text| ("names", text)))
            .chain(self.sectors.iter().map(|text| ("sectors", text)))
            .chain(
                self.product_lines
                    .iter()
                    .map(|text| ("product_lines", text)),
            )
            .chain(self.processing.iter().map(|text| ("processing", text)))
    }

    /// How many people at most, where that is known.
    pub fn most_workers(&self) -> Option<u32> {
        let text = self.workers.as_ref()?;
        text.rsplit('-').next()?.trim().parse().ok()
    }
}

/// `420`, or `101-500`.
fn is_count(text: &str) -> bool {
    let parts: Vec<Option<u32>> = text
        .split('-')
        .map(|part| part.trim().parse().ok())
        .collect();
    match parts[..] {
        [Some(_)] => true,
        [Some(from), Some(to)] => from < to,
        _ => false,
    }
}

/// Something that a register does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// What is wrong, without a full stop.
    pub what: String,
    /// What to do.
    pub next: &'static str,
}
