//! Numbers of parties whose check digit does not agree.
//!
//! Such a number was mistyped somewhere. It was not compared, so what it would have
//! found was not looked for: a question, and no more.

use scruple_model::{Answer, Band, Confidence, Finding, Subject};
use scruple_screen::doubts;

use super::screening::subjects;
use super::{Context, deal_evidence};
use crate::packs::When;

/// A finding for each party of which a number was mistyped.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(duty) = context.world.packs.duty(When::IdentifierMistyped) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for screenee in subjects::of(context.deal) {
        let doubts = doubts(&screenee.query);
        let Some(first) = doubts.first() else {
            continue;
        };
        let field = screenee.field.replace(".name", ".identifiers");
        let evidence = doubts
            .iter()
            .map(|doubt| deal_evidence(&field, format!("{} {}", doubt.kind, doubt.value)))
            .collect();
        let subject = Subject::Party {
            id: screenee.id.clone(),
        };
        let confidence = Confidence {
            band: Band::Strong,
            reason: "the check digit is worked out from the other characters".to_owned(),
        };
        let finding = context.of_duty(duty, subject, Answer::CannotTell, confidence, evidence);
        let asked = duty.body.question.iter();
        findings.push(Finding {
            title: finding
                .title
                .replace("{party}", &screenee.query.name)
                .replace("{number}", first.kind),
            questions: asked.map(|question| question.to_question(&field)).collect(),
            ..finding
        });
    }
    findings
}
