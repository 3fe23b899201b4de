//! Warning signs that facts of the deal show.

use schemars::JsonSchema;
use scruple_model::{Answer, Question, QuestionId};
use serde::{Deserialize, Serialize};

use crate::fact::{Facts, Value};
use crate::packs::Controls;

/// A warning sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// `police_end_user`.
    pub id: String,
    /// What it says.
    pub label: String,
    /// The facts that raise it.
    pub because: Vec<String>,
    /// What would resolve it.
    pub question: Question,
    /// Where it is published.
    pub source: Vec<String>,
}

impl Controls {
    pub(crate) fn flags(&self, facts: &Facts) -> Vec<Flag> {
        let mut flags = Vec::new();
        for read in &self.flags {
            let Some(when) = &read.when else { continue };
            let mut touched = Vec::new();
            if when.eval(facts, self, &mut touched) != Answer::Yes {
                continue;
            }
            let because = touched
                .iter()
                .filter_map(|name| facts.get(name))
                .filter(|known| !matches!(known.value, Value::Truth(false) | Value::Unknown))
                .map(|known| known.said.clone())
                .collect();
            flags.push(Flag {
                id: read.flag.id.clone(),
                label: read.flag.label.clone(),
                because,
                question: Question {
                    id: QuestionId::new(format!("q.flag-{}", read.flag.id.replace('_', "-"))),
                    text: read.flag.question.clone(),
                    ask: read.flag.ask.clone(),
                    field: "the reasons of the decision".to_owned(),
                },
                source: read.flag.source.clone(),
            });
        }
        flags
    }
}
