//! What is open, each thing once.
//!
//! Rules of use and the assessment ask of the same things: whether a court allows each use,
//! who oversees it, whether it is covert. A fact of the deal answers both, so while it is
//! open it is asked for as that fact, in the words of the rules; the assessment asks again
//! only where the fact leaves it open, as the seller's own word does. The findings keep
//! every question that they ask.

use std::collections::BTreeSet;

use scruple_model::{Finding, Question};

use crate::packs::Packs;

/// Each question once, in the order of the findings that ask it.
pub(super) fn open(findings: &[Finding], packs: &Packs) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for question in findings.iter().flat_map(|finding| &finding.questions) {
        if !questions.iter().any(|known| known.id == question.id) {
            questions.push(question.clone());
        }
    }
    let asked: BTreeSet<String> = questions.iter().map(|one| one.id.to_string()).collect();
    questions.retain(|question| {
        !facts_behind(question, packs)
            .iter()
            .any(|other| other != question.id.as_str() && asked.contains(other))
    });
    questions
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
