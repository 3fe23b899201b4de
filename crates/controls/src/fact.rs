//! Facts: what a rule may ask for, and what is known of it, on whose word.
//!
//! The catalogue (`packs/facts.toml`) names each fact once, with the question that
//! settles it. A value comes from one of three places, and the first that speaks
//! wins: what somebody stated in the deal (also that it is unknown), what the words
//! of the description show, what the definition of a capability says. A text that
//! both shows and denies a fact leaves it unknown.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::deal::Stated;
use scruple_model::{Answer, Place, Question, QuestionId};
use serde::{Deserialize, Serialize};

/// What kind of value a fact takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// True or false.
    YesNo,
    /// A number.
    Number,
    /// The product of two numbers: 640 by 480.
    Product,
    /// A word.
    Word,
    /// A country or region.
    Place,
}

/// A text of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    /// The item's name and description.
    Item,
    /// The end use.
    Use,
    /// The name of the end user.
    User,
}

/// A fact, as the catalogue has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactEntry {
    /// Its name in rules and deals.
    pub id: String,
    /// What it takes.
    pub kind: Kind,
    /// What it says when true, or what it measures.
    pub says: String,
    /// The question that settles it.
    pub question: String,
    /// Whom to ask.
    pub ask: String,
    /// Where the answer goes; under the item's or deal's facts where left out.
    #[serde(default)]
    pub field: Option<String>,
    /// Other names people give it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Terms of a description that show it.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Terms that show its contrary.
    #[serde(default)]
    pub no: Vec<String>,
    /// Whether a mention says it, also a denied one: "citizens will not notice" speaks of
    /// citizens.
    #[serde(default)]
    pub topic: bool,
    /// In which texts the terms are looked for; in the item's own where left out.
    #[serde(default)]
    pub reads: Vec<Where>,
    /// For a number: what stands after it.
    #[serde(default)]
    pub unit: Vec<String>,
    /// For a number: what stands before it, a few words off.
    #[serde(default)]
    pub label: Vec<String>,
    /// Codes stated for the item that show it, each with what lies below it.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Whether it is a fact of the deal rather than of one item.
    #[serde(default)]
    pub of_deal: bool,
}

impl FactEntry {
    /// Whether its terms are looked for in a text.
    pub fn reads(&self, place: Where) -> bool {
        self.reads.contains(&place) || (self.reads.is_empty() && place == Where::Item)
    }

    /// The first of these codes that shows it.
    pub fn shown_by<'a>(&self, mut codes: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let is = |code: &str| {
            let code = code.trim().to_uppercase();
            self.codes
                .iter()
                .any(|own| code == *own || code.starts_with(&format!("{own}.")))
        };
        codes.find(|code| is(code))
    }

    /// Whether a stated value is of the kind it takes.
    pub fn takes(&self, stated: &Stated) -> bool {
        matches!(
            (self.kind, stated),
            (_, Stated::Unknown)
                | (Kind::YesNo, Stated::Truth(_))
                | (Kind::Number | Kind::Product, Stated::Number(_))
                | (Kind::Word, Stated::Word(_))
        )
    }

    /// What it takes, in words.
    pub fn expects(&self) -> &'static str {
        match self.kind {
            Kind::YesNo => "true, false or \"unknown\"",
            Kind::Number | Kind::Product => "a number or \"unknown\"",
            Kind::Word => "a word or \"unknown\"",
            Kind::Place => "nothing here: the deal has a field for it",
        }
    }

    /// The question as findings carry it.
    pub fn question(&self) -> Question {
        let table = if self.of_deal { "facts" } else { "items.facts" };
        Question {
            id: QuestionId::new(format!("q.{}", self.id.replace('_', "-"))),
            text: self.question.clone(),
            ask: self.ask.clone(),
            field: self
                .field
                .clone()
                .unwrap_or_else(|| format!("{table}.{}", self.id)),
        }
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// True or false.
    Truth(bool),
    /// A number, in thousandths.
    Number(i64),
    /// A word.
    Word(String),
    /// A place.
    Place(Place),
    /// Stated, shown or denied both ways, or asked for in vain.
    Unknown,
}

/// On whose word a value stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// Stated in the deal.
    Stated,
    /// Shown by words of the text.
    Text,
    /// Part of what a capability is.
    Definition,
    /// Found by another check, such as a list.
    Found,
    /// Nobody's.
    Nobody,
}

/// What is known of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The value.
    pub value: Value,
    /// On whose word.
    pub whose: Whose,
    /// Where it stands, or the words that show it.
    pub said: String,
}

/// How surely a capability is there.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The deal says so.
    Asserted,
    /// The words of the text show it.
    Shown,
    /// The words make one ask.
    Ask,
}

/// Everything known of one item in one deal.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    known: BTreeMap<String, Known>,
    /// Capabilities by id.
    pub capabilities: BTreeMap<String, Standing>,
    /// Whether there is anything from which the absence of a capability follows: a
    /// description or a claim.
    pub is_described: bool,
    /// Whether the item was not understood: then nothing follows from what is not found.
    pub is_unread: bool,
    /// Whether the deal claims that the item has no capability, or only such as harm nobody
    /// by themselves.
    pub nothing_claimed: bool,
    /// What rules and lists evaluated before came to: `rule:…`, `listed:…`.
    pub results: BTreeMap<String, Answer>,
}

impl Facts {
    /// What is known of a fact.
    pub fn get(&self, name: &str) -> Option<&Known> {
        self.known.get(name)
    }

    /// Says it, unless somebody who outranks did.
    pub fn say(&mut self, name: &str, value: Value, whose: Whose, said: impl Into<String>) {
        let weaker = self
            .known
            .get(name)
            .is_none_or(|known| whose < known.whose || known.whose == Whose::Nobody);
        if weaker {
            self.known.insert(
                name.to_owned(),
                Known {
                    value,
                    whose,
                    said: said.into(),
                },
            );
        }
    }

    /// Says what was stated.
    pub fn state(&mut self, name: &str, stated: &Stated, field: &str) {
        let (value, said) = match stated {
            Stated::Truth(yes) => (Value::Truth(*yes), yes.to_string()),
            Stated::Number(number) => (Value::Number(*number), shown(*number)),
            Stated::Word(word) => (Value::Word(word.clone()), word.clone()),
            Stated::Unknown => (Value::Unknown, "unknown".to_owned()),
        };
        self.say(name, value, Whose::Stated, format!("{field} = {said}"));
    }

    /// Whether somebody stated that it is unknown.
    pub fn is_stated_open(&self, name: &str) -> bool {
        self.known
            .get(name)
            .is_some_and(|known| known.value == Value::Unknown && known.whose == Whose::Stated)
    }

    /// The truth of a yes-or-no fact.
    pub fn truth(&self, name: &str) -> Option<bool> {
        match self.known.get(name)?.value {
            Value::Truth(yes) => Some(yes),
            _ => None,
        }
    }

    /// Whether nothing but words of a text speaks for what is known of these.
    pub(crate) fn rest_on_words_alone(&self, names: &[String]) -> bool {
        let mut known = names
            .iter()
            .filter_map(|name| self.get(name))
            .filter(|known| known.value != Value::Unknown)
            .peekable();
        known.peek().is_some() && known.all(|known| known.whose == Whose::Text)
    }

    /// A fact that is a word.
    pub fn word(&self, name: &str) -> Option<&str> {
        match &self.known.get(name)?.value {
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    /// A fact that is a place.
    pub fn place(&self, name: &str) -> Option<&Place> {
        match &self.known.get(name)?.value {
            Value::Place(place) => Some(place),
            _ => None,
        }
    }
}

/// Thousandths as people write them: 9, 5.92.
pub fn shown(number: i64) -> String {
    let (whole, part) = (number / 1000, (number % 1000).abs());
    if part == 0 {
        return whole.to_string();
    }
    format!("{whole}.{part:03}")
        .trim_end_matches('0')
        .to_owned()
}
