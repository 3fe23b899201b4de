//! How an answer came about: limb, value, whose fact, what would change it.

use schemars::JsonSchema;
use scruple_model::{Answer, Question};
use serde::{Deserialize, Serialize};

use crate::fact::{Facts, Value, Whose, shown};
use crate::packs::{Controls, Read};

/// A fact a limb rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rests {
    /// The fact, the capability, or the rule before.
    pub fact: String,
    /// Its value, in words.
    pub value: String,
    /// On whose word.
    pub whose: Whose,
    /// Where it stands, or the words that show it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub said: String,
}

/// A limb, evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// What the limb says.
    pub says: String,
    /// Its place in the instrument.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cite: Option<String>,
    /// Whether it is a note that takes the case out.
    #[serde(default)]
    pub takes_out: bool,
    /// Whether it holds.
    pub answer: Answer,
    /// What it rests on.
    pub rests: Vec<Rests>,
    /// What would settle it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub questions: Vec<Question>,
}

impl Step {
    /// Whether nothing but words of a text speaks for it. Who sells calls a thing open
    /// source, or made for quality of service, sooner than it is: such words raise a
    /// question about a note that takes an item out, and do not settle it. A number is a
    /// parameter, and counts.
    pub(crate) fn rests_on_words_alone(&self) -> bool {
        let mut known = self
            .rests
            .iter()
            .filter(|rests| rests.value != "unknown" && rests.whose != Whose::Nobody)
            .peekable();
        known.peek().is_some()
            && known.all(|rests| {
                rests.whose == Whose::Text && matches!(rests.value.as_str(), "yes" | "no")
            })
    }
}

impl Controls {
    /// Evaluates a limb.
    pub(crate) fn step(&self, read: &Read, facts: &Facts, takes_out: bool) -> Step {
        let mut touched = Vec::new();
        let answer = read.when.eval(facts, self, &mut touched);
        let questions = if answer == Answer::CannotTell {
            self.questions_on(&touched, facts)
        } else {
            Vec::new()
        };
        Step {
            says: read.limb.says.clone(),
            cite: read.limb.cite.clone(),
            takes_out,
            answer,
            rests: touched.iter().map(|name| rests(name, facts)).collect(),
            questions,
        }
    }

    /// The questions behind those of the facts that nobody knows.
    pub(crate) fn questions_on(&self, names: &[String], facts: &Facts) -> Vec<Question> {
        names
            .iter()
            .filter(|name| {
                facts
                    .get(name)
                    .is_none_or(|known| known.value == Value::Unknown)
            })
            .filter_map(|name| self.fact(name))
            .map(crate::fact::FactEntry::question)
            .collect()
    }
}

fn rests(name: &str, facts: &Facts) -> Rests {
    if let Some(known) = facts.get(name) {
        let value = match &known.value {
            Value::Truth(true) => "yes".to_owned(),
            Value::Truth(false) => "no".to_owned(),
            Value::Number(number) => shown(*number),
            Value::Word(word) => word.clone(),
            Value::Place(place) => place.name(),
            Value::Unknown => "unknown".to_owned(),
        };
        return Rests {
            fact: name.to_owned(),
            value,
            whose: known.whose,
            said: known.said.clone(),
        };
    }
    let plain = |value: &str, whose: Whose| Rests {
        fact: name.to_owned(),
        value: value.to_owned(),
        whose,
        said: String::new(),
    };
    if let Some(standing) = facts.capabilities.get(name) {
        return match standing {
            crate::fact::Standing::Asserted => plain("yes", Whose::Stated),
            crate::fact::Standing::Shown => plain("yes", Whose::Text),
            crate::fact::Standing::Ask => plain("unknown", Whose::Text),
        };
    }
    match facts.results.get(name) {
        Some(Answer::Yes) => plain("yes", Whose::Found),
        Some(Answer::No) => plain("no", Whose::Found),
        Some(Answer::CannotTell) => plain("unknown", Whose::Found),
        None if name.starts_with("cap.") && facts.is_described => {
            plain("not found in the description", Whose::Text)
        }
        None => plain("unknown", Whose::Nobody),
    }
}
