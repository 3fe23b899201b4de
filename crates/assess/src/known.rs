//! What is known of each question: from the deal, from the answers, or not.
//!
//! Three ways of not knowing are kept apart. *Open*: nobody has answered. *Own
//! word*: the customer says so of itself, where the question takes a better word; so does a
//! document that nobody names.
//! *Unknowable*: somebody asked, and it cannot be found out. None of them counts
//! as a favourable answer; only the last counts like a bad one when it is asked
//! whether to go on at all.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::deal::{Deal, Fact, Function, Role, Stated};
use scruple_model::{Date, QuestionId};
use serde::{Deserialize, Serialize};

use crate::answers::{Answers, Value};
use crate::packs::{Choice, FromDeal, Packs, QuestionBody, Side, Word};

/// Fields of a deal that may answer a question; besides these, whatever stands under
/// `facts` of the deal or of an item.
const DEAL_FACTS: &[&str] = &[
    "nexus.technical_assistance",
    "nexus.brokering",
    "nexus.us_persons",
    USER_KIND,
];

/// What the names of free facts begin with.
pub(crate) const FREE: &str = "facts.";

/// Whether a deal can state a fact of that name. Which free facts there are is known to
/// whoever evaluates control rules.
pub(crate) fn is_fact(name: &str) -> bool {
    DEAL_FACTS.contains(&name) || name.starts_with(FREE)
}

/// What kind of bodies the end users are: `security`, `public` or `private`.
const USER_KIND: &str = "parties.function";

/// Where what is known comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// A field of the deal, or `answers`.
    pub field: String,
    /// Whose word it is.
    pub word: Word,
    /// Who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub on: Option<Date>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Source {
    /// Whether it says what it rests on. A fact of the deal does: its field.
    fn is_named(&self) -> bool {
        self.field != "answers" || self.why.as_ref().is_some_and(|why| !why.trim().is_empty())
    }

    /// Whose word it counts as: a document or source that nobody names is the word of
    /// whoever claims it.
    pub fn counts_as(&self) -> Word {
        match self.is_named() {
            true => self.word,
            false => Word::Customer,
        }
    }

    /// "the customer's word, 2026-11-20".
    pub fn words(&self) -> String {
        if self.field != "answers" {
            return self.field.clone();
        }
        let whose = match (self.word, self.is_named()) {
            (Word::Customer, _) => "the customer's word",
            (Word::Document, true) => "a document",
            (Word::Document, false) => "a document that is not named",
            (Word::Independent, true) => "an independent source",
            (Word::Independent, false) => "an independent source that is not named",
        };
        let mut words = self.by.clone().unwrap_or_else(|| whose.to_owned());
        if self.by.is_some() && self.word != Word::Customer {
            words.push_str(&format!(", {whose}"));
        }
        if let Some(on) = self.on {
            words.push_str(&format!(", {on}"));
        }
        words
    }
}

/// What is known of one question.
#[derive(Clone, Debug)]
pub struct Known<'p> {
    /// The question's id.
    pub id: QuestionId,
    /// The question.
    pub body: &'p QuestionBody,
    /// Its state.
    pub state: State<'p>,
    /// Whose word, where anybody said anything.
    pub source: Option<Source>,
}

/// How far a question is answered.
#[derive(Clone, Copy, Debug)]
pub enum State<'p> {
    /// With this choice.
    Choice(&'p Choice),
    /// Asked, and it cannot be found out.
    Unknowable,
    /// Not answered.
    Open,
}

impl Known<'_> {
    /// Whether nobody has answered it.
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Open)
    }

    /// Whether it is answered, and in the deal's favour.
    pub fn is_favourable(&self) -> bool {
        matches!(self.state, State::Choice(choice) if self.body.is_favourable(choice))
    }

    /// Whether a favourable answer rests on too weak a word to count.
    pub fn is_weak(&self) -> bool {
        let word = self
            .source
            .as_ref()
            .map_or(Word::Customer, Source::counts_as);
        word < self.body.needs && self.is_favourable()
    }
}

impl FromDeal {
    /// Whether an answer says more than the deal's fact does, and the same way: a
    /// seller that operates a system also supports it.
    pub(crate) fn nearer(&self, question: &QuestionBody, value: &str) -> bool {
        let of = |value: &str| question.choice(value).and_then(|choice| choice.connection);
        matches!((of(value), of(&self.value)), (Some(a), Some(b)) if a < b)
    }
}

/// The fact of the deal that answers a question, and the choice it is.
pub(crate) fn deal_value<'q>(
    deal: &Deal,
    question: &'q QuestionBody,
) -> Option<(&'q FromDeal, String)> {
    let of_deal = question.deal.iter().find(|from| {
        let truth = |fact: &Fact<bool>| fact.known().map(bool::to_string);
        let stated = match from.fact.as_str() {
            "nexus.technical_assistance" => truth(&deal.nexus.technical_assistance),
            "nexus.brokering" => truth(&deal.nexus.brokering),
            "nexus.us_persons" => truth(&deal.nexus.us_persons),
            USER_KIND => user_kind(deal).map(str::to_owned),
            free => stated(&deal.facts, free),
        };
        stated.is_some_and(|stated| stated == from.is)
    });
    let from = of_deal.or_else(|| of_items(deal, question))?;
    Some((from, from.value.clone()))
}

/// What the items state, each for itself: one that speaks for a risk counts for the deal;
/// what speaks against counts where every item states it.
fn of_items<'q>(deal: &Deal, question: &'q QuestionBody) -> Option<&'q FromDeal> {
    let of_each: Vec<Option<&FromDeal>> = deal
        .items
        .iter()
        .map(|item| {
            let says =
                |from: &&FromDeal| stated(&item.facts, &from.fact).as_ref() == Some(&from.is);
            question.deal.iter().find(says)
        })
        .collect();
    let against = |from: &&FromDeal| {
        question
            .choice(&from.value)
            .is_some_and(|choice| question.is_favourable(choice))
    };
    let mut risks = of_each.iter().flatten().copied();
    let first = of_each.first().copied().flatten();
    risks
        .find(|from| !against(from))
        .or_else(|| first.filter(|_| of_each.iter().all(Option::is_some)))
}

/// A free fact as text.
fn stated(facts: &BTreeMap<String, Stated>, name: &str) -> Option<String> {
    match facts.get(name.strip_prefix(FREE)?)? {
        Stated::Truth(truth) => Some(truth.to_string()),
        Stated::Word(word) => Some(word.clone()),
        Stated::Number(_) | Stated::Unknown => None,
    }
}

/// What the end users are. One security body among them decides; of several others,
/// one whose function nobody stated leaves it open.
fn user_kind(deal: &Deal) -> Option<&'static str> {
    let uses = |role: &Role| matches!(role, Role::EndUser | Role::GovernmentSponsor);
    let kinds: Vec<Option<&str>> = deal
        .parties
        .iter()
        .filter(|party| party.roles.iter().any(uses))
        .map(|party| {
            Some(match party.function.known()? {
                Function::Police
                | Function::Intelligence
                | Function::Military
                | Function::Prison
                | Function::Border => "security",
                Function::Government => "public",
                Function::TelecomOperator
                | Function::University
                | Function::Company
                | Function::Trader
                | Function::Laboratory
                | Function::Hospital
                | Function::Civil
                | Function::Public => "private",
            })
        })
        .collect();
    let has = |kind: &str| kinds.contains(&Some(kind));
    match () {
        () if has("security") => Some("security"),
        () if kinds.is_empty() || kinds.contains(&None) => None,
        () if has("public") => Some("public"),
        () => Some("private"),
    }
}

/// What is known of every question of a side, the most deciding first.
pub fn known<'p>(
    deal: &Deal,
    packs: &'p Packs,
    side: Side,
    answers: Option<&Answers>,
) -> Vec<Known<'p>> {
    packs
        .questions(side)
        .into_iter()
        .map(|(entry, body)| {
            let id = QuestionId::new(entry.id.as_str());
            let answered = answers.and_then(|answers| answers.to(&id));
            if let Some(answer) = answered {
                let state = match &answer.value {
                    Value::Choice(value) => body.choice(value).map_or(State::Open, State::Choice),
                    Value::Unknowable => State::Unknowable,
                    Value::Unknown => State::Open,
                };
                let source = Source {
                    field: "answers".to_owned(),
                    word: answer.word,
                    by: answer.by.clone(),
                    on: answer.on,
                    why: answer.why.clone(),
                };
                if !matches!(state, State::Open) {
                    return Known {
                        id,
                        body,
                        state,
                        source: Some(source),
                    };
                }
            }
            let from = deal_value(deal, body);
            Known {
                id,
                body,
                state: from
                    .as_ref()
                    .and_then(|(_, value)| body.choice(value))
                    .map_or(State::Open, State::Choice),
                source: from.map(|(from, _)| Source {
                    field: from.fact.clone(),
                    word: if from.fact.starts_with(FREE) {
                        Word::Customer
                    } else {
                        Word::Document
                    },
                    by: None,
                    on: None,
                    why: None,
                }),
            }
        })
        .collect()
}

/// The same, by id.
pub(crate) fn by_id<'a, 'p>(known: &'a [Known<'p>]) -> BTreeMap<&'a str, &'a Known<'p>> {
    known.iter().map(|one| (one.id.as_str(), one)).collect()
}
