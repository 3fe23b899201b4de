//! Deals and answers from a few words, read by the readers that users meet.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses a part of this"
)]
#![allow(clippy::unwrap_used, reason = "a test panics when it fails")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use scruple_assess::{Answers, Assessment, Capability, Packs, QuestionBody, Side};
use scruple_model::deal::{Direction, Format};
use scruple_model::{Date, Deal, Problem};
use serde::Deserialize;

pub fn packs() -> Packs {
    Packs::load(&text).unwrap()
}

fn text(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs");
    std::fs::read_to_string(format!("{folder}/{name}.toml")).unwrap()
}

#[derive(Deserialize)]
struct Described {
    id: String,
    label: String,
    rights: Vec<String>,
}

/// The capabilities that the deal names, as `brief` hands them over.
pub fn capabilities(deal: &Deal) -> Vec<Capability> {
    #[derive(Deserialize)]
    struct File {
        capability: Vec<Described>,
    }
    let file: File = toml::from_str(&text("capabilities")).unwrap();
    let mut found = Vec::new();
    for (at, item) in deal.items.iter().enumerate() {
        for id in &item.capabilities {
            let known = file.capability.iter().find(|one| one.id == *id);
            found.push(Capability {
                item: at + 1,
                id: id.clone(),
                label: known.map_or(id, |one| &one.label).clone(),
                rights: known.map_or_else(Vec::new, |one| one.rights.clone()),
                misuse: Vec::new(),
                is_described: known.is_some(),
                shown_by: Vec::new(),
            });
        }
    }
    found
}

/// A measure as a case gives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenMeasure {
    pub id: String,
    pub state: String,
    #[serde(default)]
    pub since: Option<String>,
    #[serde(default)]
    pub due: Option<String>,
    #[serde(default)]
    pub again: Option<String>,
    /// The capability it takes out.
    #[serde(default)]
    pub capability: Option<String>,
}

impl GivenMeasure {
    /// In place since the beginning of October 2026.
    pub fn in_place(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            state: "in-place".to_owned(),
            since: Some("2026-10-01".to_owned()),
            due: None,
            again: None,
            capability: None,
        }
    }
}

/// What a case says of a deal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    #[serde(default)]
    pub purchase: bool,
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// The function of the end user.
    #[serde(default)]
    pub user: Option<String>,
    /// Whether the deal names no end user.
    #[serde(default)]
    pub nobody: bool,
    /// Place of use, or of origin in a purchase.
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub technical_assistance: Option<bool>,
    /// Facts of the deal file.
    #[serde(default)]
    pub facts: BTreeMap<String, bool>,
    /// `good`: every question answered the most favourable way, before `answers`.
    #[serde(default)]
    pub base: Option<String>,
    /// Whose word; independent where left out.
    #[serde(default)]
    pub word: Option<String>,
    /// Whether what the word rests on is left out.
    #[serde(default)]
    pub unnamed: bool,
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    #[serde(default)]
    pub measures: Vec<GivenMeasure>,
    #[serde(default)]
    pub consulted: bool,
    #[serde(default)]
    pub not_consulted: Option<String>,
}

pub fn deal(given: &Given) -> Deal {
    let mut text = String::from("title = \"A deal\"\n");
    let place = given.place.as_deref().unwrap_or("unknown");
    if given.purchase {
        text.push_str("direction = \"purchase\"\n");
    } else {
        let _ = writeln!(text, "place_of_use = \"{place}\"");
    }
    if !given.facts.is_empty() {
        let facts: Vec<String> = given
            .facts
            .iter()
            .map(|(k, v)| format!("{k} = {v}"))
            .collect();
        let _ = writeln!(text, "facts = {{ {} }}", facts.join(", "));
    }
    text.push_str("[seller]\nname = \"Musterwerk GmbH\"\n");
    if let Some(help) = given.technical_assistance {
        let _ = writeln!(text, "[nexus]\ntechnical_assistance = {help}");
    }
    text.push_str("[[items]]\nname = \"The item\"\n");
    if given.purchase {
        let _ = writeln!(text, "origin = \"{place}\"");
    }
    let _ = writeln!(text, "capabilities = {:?}", given.capabilities);
    if !given.nobody {
        text.push_str("[[parties]]\nid = \"user\"\nrole = \"end-user\"\nname = \"The user\"\n");
    }
    if let Some(user) = &given.user {
        let _ = writeln!(text, "function = \"{user}\"");
    }
    scruple_model::deal::read(&text, Format::Toml).unwrap_or_else(|p| panic!("{p:#?}\n{text}"))
}

pub fn side(deal: &Deal) -> Side {
    match deal.direction {
        Direction::Sale => Side::Sale,
        Direction::Purchase => Side::Purchase,
    }
}

/// The most favourable answer to a question.
pub fn best(question: &QuestionBody) -> &str {
    let worth = |choice: &scruple_assess::Choice| {
        let levels = [choice.scale, choice.scope, choice.irremediable];
        (
            choice.raises == Some(false),
            levels.into_iter().flatten().min(),
            choice.connection,
        )
    };
    &question
        .choices
        .iter()
        .max_by_key(|c| worth(c))
        .unwrap()
        .value
}

/// The answers of a case as a file.
pub fn answers_text(given: &Given, deal: &Deal, packs: &Packs) -> String {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    if given.base.as_deref() == Some("good") {
        for (entry, question) in packs.questions(side(deal)) {
            all.insert(entry.id.to_string(), best(question).to_owned());
        }
        // What the deal says itself is not answered again.
        if given.user.is_some() {
            all.remove("q.user-kind");
        }
        if given.technical_assistance.is_some() {
            all.remove("q.vendor-part");
        }
    }
    all.extend(given.answers.clone());
    let word = given.word.as_deref().unwrap_or("independent");
    // A word better than the customer's names what it rests on, unless a case is about that.
    let why = match given.unnamed || word == "customer" {
        true => "",
        false => "\nwhy = \"report of March 2026\"",
    };
    let mut text = format!("deal = \"{}\"\non = 2026-11-20\n", deal.hash);
    for (question, value) in all {
        let _ = writeln!(
            text,
            "[[answer]]\nquestion = \"{question}\"\nvalue = \"{value}\"\nword = \"{word}\"{why}"
        );
    }
    for measure in &given.measures {
        let _ = writeln!(
            text,
            "[[measure]]\nid = \"{}\"\nstate = \"{}\"\nowner = \"legal\"\nevidence = \"a report\"",
            measure.id, measure.state
        );
        if let Some(capability) = &measure.capability {
            let _ = writeln!(text, "capability = \"{capability}\"");
        }
        for (key, day) in [
            ("since", &measure.since),
            ("due", &measure.due),
            ("again", &measure.again),
        ] {
            if let Some(day) = day {
                let _ = writeln!(text, "{key} = {day}");
            }
        }
    }
    if given.consulted {
        text.push_str(
            "[[consulted]]\nwho = \"a rights organisation\"\non = 2026-11-01\nhow = \"a talk\"\n",
        );
    }
    if let Some(why) = &given.not_consulted {
        let _ = writeln!(text, "[not_consulted]\nwhy = \"{why}\"");
    }
    text
}

pub fn answers(text: &str, deal: &Deal, packs: &Packs, day: Date) -> Result<Answers, Vec<Problem>> {
    scruple_assess::answers::read(text, deal, packs, day)
}

/// Assesses a case, through the files a user would give.
pub fn assess(given: &Given, packs: &Packs, day: Date) -> Assessment {
    let deal = deal(given);
    // The past of a case is before the day on which its answers were given.
    let asked = day.max("2026-11-22".parse().unwrap());
    let text = answers_text(given, &deal, packs);
    let answers = answers(&text, &deal, packs, asked).unwrap_or_else(|p| panic!("{p:#?}\n{text}"));
    scruple_assess::assess(&deal, &capabilities(&deal), packs, Some(&answers), day)
}
