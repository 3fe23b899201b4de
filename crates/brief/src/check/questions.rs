//! What is open, each thing once.
//!
//! Rules of use and the assessment ask of the same things: whether a court allows each use,
//! who oversees it, whether it is covert. A fact of the deal answers both, so while it is
//! open it is asked for as that fact, in the words of the rules; the assessment asks again
//! only where the fact leaves it open, as the seller's own word does.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Finding, Question};

use crate::packs::Packs;

/// Each question once, in the order of the findings that ask it. A finding that asks for
/// what an open fact answers asks for the fact.
pub(super) fn open(findings: &mut [Finding], packs: &Packs) -> Vec<Question> {
    let asked: BTreeMap<String, Question> = findings
        .iter()
        .flat_map(|finding| &finding.questions)
        .map(|question| (question.id.to_string(), question.clone()))
        .collect();
    let mut open: Vec<Question> = Vec::new();
    for finding in findings {
        let mut own: Vec<Question> = Vec::new();
        for question in std::mem::take(&mut finding.questions) {
            let fact = facts_behind(&question, packs)
                .iter()
                .find_map(|id| asked.get(id))
                .cloned();
            let question = fact.unwrap_or(question);
            for all in [&mut own, &mut open] {
                if !all.iter().any(|known| known.id == question.id) {
                    all.push(question.clone());
                }
            }
        }
        finding.questions = own;
    }
    open
}

/// The questions for the facts of a deal that answer a question of the assessment.
fn facts_behind(question: &Question, packs: &Packs) -> BTreeSet<String> {
    packs
        .assess
        .question(question.id.as_str())
        .into_iter()
        .flat_map(|body| &body.deal)
        .filter_map(|from| packs.controls.fact(from.fact.strip_prefix("facts.")?))
        .map(|fact| fact.question().id.to_string())
        .collect()
}
