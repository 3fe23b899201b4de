//! What the packs of an assessment name and no other has, or could not mean.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Place, Problem, Span};
use scruple_pack::PackProblem;

use super::{Feature, ImpactBody, Packs, QuestionBody, Side};

impl Packs {
    /// What one pack names and no other has.
    pub(super) fn faults(&self) -> Vec<PackProblem> {
        let mut wrong = Vec::new();
        let mut say = |pack: &str, what: String| {
            wrong.push(PackProblem {
                pack: pack.to_owned(),
                problem: Problem {
                    at: Span::default(),
                    field: String::new(),
                    what,
                    expected: None,
                    nearest: None,
                    next: "write the name as the other pack has it".to_owned(),
                },
            });
        };
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for (pack, entry) in self.all() {
            if !ids.insert(entry.id.as_str()) {
                say(pack, format!("{} stands in two packs", entry.id));
            }
            match &entry.body {
                ImpactBody::Question(body) => {
                    for what in question_faults(body) {
                        say(pack, format!("{}: {what}", entry.id));
                    }
                }
                ImpactBody::Place(body) => {
                    for right in body.rights.iter().filter(|id| self.right(id).is_none()) {
                        say(pack, format!("{} names an unknown right {right}", entry.id));
                    }
                    for code in body.places.iter().filter(|c| Place::parse(c).is_none()) {
                        say(pack, format!("{} names an unknown place {code}", entry.id));
                    }
                }
                ImpactBody::Rule(_) => {}
            }
        }
        for (side, name) in [(Side::Sale, "sale"), (Side::Purchase, "purchase")] {
            if !self.questions(side).iter().any(|(_, body)| body.decisive) {
                say("impact", format!("no question of a {name} decides alone"));
            }
        }
        for id in crate::findings::RULES {
            if self.rule(id).is_none() {
                say("impact", format!("there is no duty {id}"));
            }
        }
        for entry in &self.mitigations.entries {
            for id in &entry.body.answers {
                if self.question(id.as_str()).is_none() {
                    say(
                        "mitigations",
                        format!("{} answers an unknown question {id}", entry.id),
                    );
                }
            }
        }
        for entry in &self.patterns.entries {
            for feature in &entry.body.features {
                for what in self.feature_faults(feature) {
                    say("patterns", format!("{}: {what}", entry.id));
                }
            }
            if entry.body.least == 0 || entry.body.least > entry.body.features.len() {
                say(
                    "patterns",
                    format!("{}: least is from 1 to the number of features", entry.id),
                );
            }
        }
        wrong
    }

    fn feature_faults(&self, feature: &Feature) -> Vec<String> {
        let mut faults = Vec::new();
        if let Some(id) = &feature.question {
            match self.question(id.as_str()) {
                None => faults.push(format!("unknown question {id}")),
                Some(question) => {
                    for value in &feature.is {
                        if question.choice(value).is_none() {
                            faults.push(format!("{id} has no answer {value}"));
                        }
                    }
                }
            }
        }
        if feature.question.is_none()
            && feature.capabilities.is_empty()
            && feature.places.is_empty()
        {
            faults.push(format!("nothing can show \"{}\"", feature.text));
        }
        for code in &feature.places {
            if Place::parse(code).is_none() {
                faults.push(format!("unknown place {code}"));
            }
        }
        faults
    }
}

fn question_faults(body: &QuestionBody) -> Vec<String> {
    let mut faults = Vec::new();
    if body.choices.len() < 2 {
        faults.push("a question has two answers or more".to_owned());
    }
    let mut seen = BTreeMap::new();
    for choice in &body.choices {
        if seen.insert(choice.value.as_str(), ()).is_some() {
            faults.push(format!("two answers are called {}", choice.value));
        }
        if ["unknown", "unknowable"].contains(&choice.value.as_str()) {
            faults.push(format!("{} is an answer to every question", choice.value));
        }
    }
    for from in &body.deal {
        if !crate::known::is_fact(&from.fact) {
            faults.push(format!("no fact of a deal is called {}", from.fact));
        }
        if body.choice(&from.value).is_none() {
            faults.push(format!("it has no answer {}", from.value));
        }
    }
    faults
}
