//! The rule packs this crate evaluates: their bodies, and the set in use.
//!
//! The packs are compiled into the program, so that it answers without a file
//! beside it; `--packs DIR` puts others in their place, and every brief made
//! with them says so. Their text is hashed into the vintage either way.

use std::collections::BTreeMap;

use scruple_attest::rules::{IMPOSSIBLE, ImpossibleBody, RULES, RuleBody as AttestBody};
use scruple_controls::Controls;
use scruple_model::{Date, Entity, Force, ListId, Place, RuleId};
use scruple_ownership::RuleBody;
use scruple_pack::{Entry, Pack, PackError, load, parse};
use serde::Deserialize;

use crate::starter;

mod bodies;

pub use bodies::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotReadFile {
    #[serde(default)]
    list: Vec<NotRead>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsFile {
    groups: BTreeMap<String, Vec<String>>,
}

/// The text of every pack, by file name without its ending. Starter lists are
/// `starter/NAME`.
pub type PackTexts = BTreeMap<String, String>;

/// The packs this program was built with.
pub fn embedded() -> PackTexts {
    macro_rules! texts {
        ($($name:literal),* $(,)?) => {
            [$(($name.to_owned(), include_str!(concat!("../../../../packs/", $name, ".toml")).to_owned())),*]
        };
    }
    texts![
        "lists",
        "regimes",
        "places",
        "duties",
        "ownership",
        "groups",
        "not-read",
        "publishers",
        "capabilities",
        "facts",
        "control-lists",
        "control-entries",
        "use-rules",
        "red-flags",
        "us-country-chart",
        "retention",
        "attest",
        "audit-impossible",
        "rights",
        "impact",
        "forced-labour",
        "mitigations",
        "patterns",
        "starter/ca-sema",
        "starter/eu-fsf",
        "starter/gb-uksl",
        "starter/us-bis-el",
        "starter/us-dhs-uflpa",
        "starter/us-ofac-sdn",
    ]
    .into()
}

/// Where nobody can audit freely, read alone: whoever needs no other pack reads no other.
///
/// # Errors
/// What is wrong in the pack's text.
pub fn audit_impossible(texts: &PackTexts) -> Result<Pack<ImpossibleBody>, PackError> {
    load(IMPOSSIBLE, texts.get(IMPOSSIBLE).map_or("", String::as_str))
}

/// Whom a listing reaches through ownership.
pub const OWNERSHIP: &str = "ownership";
/// How long lists are kept.
const RETENTION: &str = "retention";
/// Where lists are fetched; `sync` reads it.
const PUBLISHERS: &str = "publishers";

/// Whether a pack changes an answer, and so is part of a vintage.
fn changes_answers(name: &str) -> bool {
    name != RETENTION && name != PUBLISHERS
}

/// Every pack, typed.
#[derive(Clone, Debug)]
pub struct Packs {
    /// What lists mean.
    pub lists: Pack<ListBody>,
    /// What binds.
    pub regimes: Pack<RegimeBody>,
    /// What holds of places.
    pub places: Pack<PlaceBody>,
    /// What we owe anyhow.
    pub duties: Pack<DutyBody>,
    /// Whom a listing reaches through ownership.
    pub ownership: Pack<RuleBody>,
    /// How long lists are kept.
    pub retention: Pack<RetentionBody>,
    /// What follows from an attestation that a deal relies on.
    pub attest: Pack<AttestBody>,
    /// Where nobody can audit freely.
    pub impossible: Pack<ImpossibleBody>,
    /// Rights, questions, measures and patterns of an assessment.
    pub assess: scruple_assess::Packs,
    /// Known and not read.
    pub not_read: Vec<NotRead>,
    /// Capabilities, control entries, rules of use, warning signs.
    pub controls: Controls,
    /// The starter pack: listed parties by list.
    pub starter: Vec<starter::StarterList>,
    /// Groups of places.
    groups: BTreeMap<String, Vec<Place>>,
    /// Hash of each pack's text, by name.
    pub hashes: BTreeMap<String, String>,
    /// How these differ from the packs built in: names changed, added or missing.
    pub differ: Vec<String>,
}

impl Packs {
    /// Types the texts. `texts` that name fewer packs than are built in take the
    /// built-in ones for the rest.
    pub fn load(texts: &PackTexts) -> Result<Self, PackError> {
        let mut all = embedded();
        let differ = texts
            .iter()
            .filter(|(name, text)| changes_answers(name) && all.get(*name) != Some(text))
            .map(|(name, _)| name.clone())
            .collect();
        all.extend(
            texts
                .iter()
                .map(|(name, text)| (name.clone(), text.clone())),
        );

        let mut problems = Vec::new();
        let mut keep = |error: PackError| problems.extend(error.0);
        let text = |name: &str| all.get(name).map_or("", String::as_str);
        let lists = load("lists", text("lists")).map_err(&mut keep);
        let regimes = load("regimes", text("regimes")).map_err(&mut keep);
        let places = load("places", text("places")).map_err(&mut keep);
        let duties = load("duties", text("duties")).map_err(&mut keep);
        let ownership = load(OWNERSHIP, text(OWNERSHIP)).map_err(&mut keep);
        let retention = load(RETENTION, text(RETENTION)).map_err(&mut keep);
        let attest = load(RULES, text(RULES)).map_err(&mut keep);
        let impossible = load(IMPOSSIBLE, text(IMPOSSIBLE)).map_err(&mut keep);
        let not_read = parse::<NotReadFile>("not-read", text("not-read")).map_err(&mut keep);
        let groups = parse::<GroupsFile>("groups", text("groups")).map_err(&mut keep);
        let assess = scruple_assess::Packs::load(&|name| text(name).to_owned()).map_err(&mut keep);
        let starter: Vec<_> = all
            .iter()
            .filter(|(name, _)| name.starts_with("starter/"))
            .filter_map(|(name, text)| starter::read(name, text).map_err(&mut keep).ok())
            .collect();
        let (Ok(lists), Ok(regimes), Ok(places), Ok(duties)) = (lists, regimes, places, duties)
        else {
            return Err(PackError(problems));
        };
        let (Ok(ownership), Ok(retention), Ok(not_read), Ok(groups)) =
            (ownership, retention, not_read, groups)
        else {
            return Err(PackError(problems));
        };
        let (Ok(attest), Ok(impossible), Ok(assess)) = (attest, impossible, assess) else {
            return Err(PackError(problems));
        };
        if !problems.is_empty() {
            return Err(PackError(problems));
        }
        let unread: Vec<String> = groups
            .groups
            .values()
            .flatten()
            .filter(|code| Place::parse(code).is_none())
            .cloned()
            .collect();
        let groups = groups
            .groups
            .into_iter()
            .map(|(name, codes)| {
                (
                    name,
                    codes.iter().filter_map(|code| Place::parse(code)).collect(),
                )
            })
            .collect();
        let groups: BTreeMap<String, Vec<Place>> = groups;
        let controls = Controls::load(
            &|name| all.get(name).cloned().unwrap_or_default(),
            groups.clone(),
        )?;
        let hashes = all
            .iter()
            .filter(|(name, _)| changes_answers(name))
            .map(|(name, text)| (name.clone(), scruple_model::hash::sha256(text.as_bytes())))
            .collect();
        let packs = Self {
            lists,
            regimes,
            places,
            duties,
            ownership,
            retention,
            attest,
            impossible,
            assess,
            controls,
            not_read: not_read.list,
            starter,
            groups,
            hashes,
            differ,
        };
        packs.cross_check(&unread)?;
        Ok(packs)
    }

    /// The packs built in.
    pub fn built_in() -> Result<Self, PackError> {
        Self::load(&PackTexts::new())
    }

    /// Whether `place` lies in one of `codes`, groups included.
    pub fn within(&self, place: &Place, codes: &[String]) -> bool {
        codes.iter().any(|code| match self.groups.get(code) {
            Some(members) => members.iter().any(|member| place.is_within(member)),
            None => Place::parse(code).is_some_and(|outer| place.is_within(&outer)),
        })
    }

    /// What a list means, by its id or a name the field uses for it.
    pub fn list(&self, id: &ListId) -> Option<&Entry<ListBody>> {
        self.lists.entries.iter().find(|entry| {
            entry.body.list == *id || entry.body.also.iter().any(|name| name == id.as_str())
        })
    }

    /// A regime by its id.
    pub fn regime(&self, id: &str) -> Option<&Entry<RegimeBody>> {
        self.regimes.get(&RuleId::new(id))
    }

    /// The duty that speaks in a case.
    pub fn duty(&self, when: When) -> Option<&Entry<DutyBody>> {
        self.duties
            .entries
            .iter()
            .find(|entry| entry.body.when == when)
    }

    /// The rule by which lists are kept longest, among those that are law on `today`
    /// and name a regime of `bound_by`; among all of them where that is empty.
    pub fn longest_retention(
        &self,
        today: Date,
        bound_by: &[String],
    ) -> Option<&Entry<RetentionBody>> {
        self.retention
            .entries
            .iter()
            .filter(|entry| entry.force_on(today) == Force::InForce)
            .filter(|entry| bound_by.is_empty() || bound_by.contains(&entry.body.regime))
            .max_by_key(|entry| entry.body.whole_years())
    }

    /// Every starter party as an entity.
    pub fn starter_entities(&self) -> impl Iterator<Item = Entity> {
        self.starter
            .iter()
            .flat_map(|list| list.entities.iter().cloned())
    }

    /// Names in one pack that another has to know.
    fn cross_check(&self, unread: &[String]) -> Result<(), PackError> {
        let mut wrong = Vec::new();
        let mut say = |pack: &str, what: String| {
            wrong.push(scruple_pack::PackProblem {
                pack: pack.to_owned(),
                problem: scruple_model::Problem {
                    at: scruple_model::Span::default(),
                    field: String::new(),
                    what,
                    expected: None,
                    nearest: None,
                    next: "write the name as the other pack has it".to_owned(),
                },
            });
        };
        for code in unread {
            say("groups", format!("{code} is no place"));
        }
        for entry in &self.lists.entries {
            if self.regime(&entry.body.regime).is_none() {
                say(
                    "lists",
                    format!("{} names an unknown regime {}", entry.id, entry.body.regime),
                );
            }
        }
        for entry in &self.ownership.entries {
            let body = &entry.body;
            if self.regime(&body.regime).is_none() {
                say(
                    OWNERSHIP,
                    format!("{} names an unknown regime {}", entry.id, body.regime),
                );
            }
            for seed in body
                .seeds
                .iter()
                .filter(|seed| self.list(&seed.list).is_none())
            {
                say(
                    OWNERSHIP,
                    format!("{} starts from an unknown list {}", entry.id, seed.list),
                );
            }
            if body.seeds.is_empty() || body.tests.is_empty() {
                say(
                    OWNERSHIP,
                    format!("{} has no seeds or no tests, and reaches nobody", entry.id),
                );
            }
        }
        for entry in &self.places.entries {
            if let Some(regime) = &entry.body.regime
                && self.regime(regime).is_none()
            {
                say(
                    "places",
                    format!("{} names an unknown regime {regime}", entry.id),
                );
            }
            for code in &entry.body.places {
                if !self.knows_place(code) {
                    say(
                        "places",
                        format!("{} names an unknown place {code}", entry.id),
                    );
                }
            }
        }
        for entry in &self.impossible.entries {
            for code in entry
                .body
                .places
                .iter()
                .filter(|code| Place::parse(code).is_none())
            {
                say(
                    IMPOSSIBLE,
                    format!("{} names an unknown place {code}", entry.id),
                );
            }
        }
        for entry in &self.regimes.entries {
            for bind in &entry.body.binds {
                if !crate::check::regimes::FACTS.contains(&bind.fact.as_str()) {
                    say(
                        "regimes",
                        format!("{} asks for an unknown fact {}", entry.id, bind.fact),
                    );
                }
                let tests = [
                    ("is", bind.is.is_some()),
                    ("within", !bind.within.is_empty()),
                    ("a number", bind.above.is_some()),
                    ("one_of", !bind.one_of.is_empty()),
                ];
                let given: Vec<&str> = tests
                    .iter()
                    .filter(|(_, given)| *given)
                    .map(|(name, _)| *name)
                    .collect();
                let fits = crate::check::regimes::test_of(&bind.fact);
                if given != [fits] {
                    say(
                        "regimes",
                        format!(
                            "{} tests {} with {given:?}; it takes {fits}",
                            entry.id, bind.fact
                        ),
                    );
                }
                for code in bind.within.iter().chain(&bind.destinations) {
                    if !self.knows_place(code) {
                        say(
                            "regimes",
                            format!("{} names an unknown place {code}", entry.id),
                        );
                    }
                }
            }
        }
        let laws = self
            .controls
            .lists
            .iter()
            .map(|read| (&read.list.id, &read.list.law));
        for (id, law) in laws {
            if self.regime(law).is_none() {
                say(
                    "control-lists",
                    format!("{id} names an unknown regime {law}"),
                );
            }
        }
        for rule in &self.controls.rules {
            if let Some(law) = &rule.entry.body.law
                && self.regime(law).is_none()
            {
                say(
                    "use-rules",
                    format!("{} names an unknown regime {law}", rule.entry.id),
                );
            }
        }
        for (fact, question) in self.assess.free_facts() {
            if self.controls.fact(fact).is_none() {
                say("impact", format!("{question} names an unknown fact {fact}"));
            }
        }
        for list in &self.starter {
            if self.list(&list.list).is_none() {
                say("starter", format!("no rule says what {} means", list.list));
            }
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(PackError(wrong))
        }
    }

    fn knows_place(&self, code: &str) -> bool {
        self.groups.contains_key(code) || Place::parse(code).is_some()
    }
}
