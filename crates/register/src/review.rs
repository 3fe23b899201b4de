//! What a person has to look at before a version is published: what is due, and
//! what could bring harm to people at a site.

use schemars::JsonSchema;
use scruple_model::{Date, Place};
use serde::Serialize;

use crate::entry::{Entry, Role, State};
use crate::file::{Kept, Register, tells};
use crate::version::Version;

/// An entry that nobody confirmed for so many days is due.
const CONFIRM_DAYS: i64 = 365;
/// At a site of so few people, everybody is known.
const FEW: u32 = 20;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Point {
    /// The key of the entry.
    pub id: String,
    /// What about it.
    pub says: String,
    /// What to do.
    pub next: String,
}

/// What to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Review {
    /// What could bring harm to people, new or changed since the version before. It is
    /// published only after somebody said that this was thought about.
    pub endangers: Vec<Point>,
    /// What is due.
    pub due: Vec<Point>,
}

/// What is known of places and sites beyond the register.
#[derive(Clone, Debug, Default)]
pub struct Care {
    /// Places where people are punished for speaking.
    pub places: Vec<Place>,
    /// Keys of entries about which workers or affected groups spoke.
    pub spoken_of: Vec<String>,
    /// What else the site will say: the words of their statements.
    pub said: Vec<String>,
    /// Keys of entries that were withheld until now, with the reason ([`Version::uncovers`]).
    pub uncovered: Vec<(String, String)>,
}

/// Looks a register over.
pub fn review(register: &Register, before: Option<&Version>, care: &Care, today: Date) -> Review {
    let mut found = Review::default();
    for kept in &register.entries {
        let entry = &kept.entry;
        let mut due = |says: String, next: &str| {
            found.due.push(Point {
                id: entry.id.clone(),
                says,
                next: next.to_owned(),
            });
        };
        let age = (today - entry.confirmed).get_days();
        if i64::from(age) > CONFIRM_DAYS && entry.until.is_none() {
            due(
                format!("last confirmed on {}, {age} days ago", entry.confirmed),
                "make sure that it still holds, and set confirmed to the day",
            );
        }
        if entry
            .until
            .and_then(|until| until.day())
            .is_some_and(|until| until < entry.confirmed)
        {
            due(
                "it ended before it was last confirmed".to_owned(),
                "look whether it goes on",
            );
        }
        if kept.state == State::Delay
            && let Some(from) = kept.show_from
            && from <= today
        {
            let was = before.is_some_and(|version| version.get(&entry.id).is_some());
            if !was {
                due(
                    format!("it was to be shown from {from}"),
                    "publish: it is shown with the next version",
                );
            }
        }
        let is_site = entry.roles.contains(&Role::Supplier);
        if is_site && (entry.address.is_none() || entry.sectors.is_empty()) {
            due(
                "a supplier without address or sector is left out of osh.csv".to_owned(),
                "add address and sectors, so that others find the site",
            );
        }
        if !kept.is_shown(today) {
            for says in gives_away(kept, register, before, care, today) {
                found.endangers.push(Point {
                    id: entry.id.clone(),
                    says,
                    next: "take the words out, or withhold that too; or publish with --considered and the key"
                        .to_owned(),
                });
            }
            continue;
        }
        let known = before.and_then(|version| version.get(&entry.id));
        if known.is_some_and(|known| known.entry == *entry) {
            continue;
        }
        for says in dangers(entry, care) {
            found.endangers.push(Point {
                id: entry.id.clone(),
                says,
                next: "ask those concerned, if that can be done without harm; leave out the address, delay or withhold it; \
                       or publish it with --considered and the key"
                    .to_owned(),
            });
        }
    }
    found
}

/// What tells a reader of the site whom a withheld entry stands for.
fn gives_away(
    kept: &Kept,
    register: &Register,
    before: Option<&Version>,
    care: &Care,
    today: Date,
) -> Vec<String> {
    let mut ways = Vec::new();
    let entry = &kept.entry;
    if let Some(version) = before.filter(|version| version.get(&entry.id).is_some()) {
        ways.push(format!(
            "it is withheld from now on, and version {} shows it: earlier versions stay readable",
            version.version
        ));
    }
    let known = |text: &str| {
        before.is_some_and(|version| {
            let mut texts = version.entries.iter().flat_map(|shown| shown.entry.texts());
            texts.any(|(_, said)| said == text)
                || version
                    .counter_statements
                    .iter()
                    .any(|one| one.about == text || one.text == text)
        })
    };
    for other in register
        .entries
        .iter()
        .filter(|other| other.is_shown(today))
    {
        for (field, text) in other.entry.texts() {
            if tells(text, entry) && !known(text) {
                ways.push(format!(
                    "it is withheld, and `{field}` of {} names it",
                    other.entry.id
                ));
            }
        }
    }
    if care
        .said
        .iter()
        .any(|text| tells(text, entry) && !known(text))
    {
        ways.push("it is withheld, and a counter-statement on the site names it".to_owned());
    }
    ways
}

/// What could bring harm to people, if this entry is published.
fn dangers(entry: &Entry, care: &Care) -> Vec<String> {
    let mut dangers = Vec::new();
    if let Some((_, reason)) = care.uncovered.iter().find(|(id, _)| *id == entry.id) {
        dangers.push(format!(
            "it was withheld until now ({reason}), and what is shown once stays readable"
        ));
    }
    let is_exact = entry.address.is_some() || entry.os_id.is_some();
    if let Some(place) = care
        .places
        .iter()
        .find(|place| entry.place.is_within(place))
    {
        dangers.push(format!(
            "it lies in {}, where people are punished for speaking: who is asked about it may be",
            place.name()
        ));
    }
    if is_exact && entry.most_workers().is_some_and(|most| most <= FEW) {
        dangers.push(format!(
            "at most {} people work at this address: each of them can be recognised",
            entry.most_workers().unwrap_or(FEW)
        ));
    }
    if care.spoken_of.contains(&entry.id) {
        dangers.push(
            "people at this site spoke: naming it beside their statement can point at them"
                .to_owned(),
        );
    }
    dangers
}
