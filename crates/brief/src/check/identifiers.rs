//! Numbers of parties whose check digit does not agree.
//!
//! Such a number was mistyped somewhere. It was not compared, so what it would have
//! found was not looked for: a question, and no more.

use scruple_model::{Answer, Band, Confidence, Finding, Step, Subject};
use scruple_screen::doubts;

use super::screening::subjects;
use super::{Context, contest_facts, deal_evidence};
use crate::packs::When;
use crate::render::view::EVERYBODY;

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
        let mut evidence: Vec<_> = doubts
            .iter()
            .map(|doubt| deal_evidence(&field, format!("{} {}", doubt.kind, doubt.value)))
            .collect();
        evidence.push(context.rule_evidence("duties", duty));
        let subject = Subject::Party {
            id: screenee.id.clone(),
        };
        findings.push(Finding {
            id: Finding::id_of(&duty.id, &subject, &[]),
            rule: duty.id.clone(),
            subject,
            title: duty
                .body
                .heading
                .replace("{party}", &screenee.query.name)
                .replace("{number}", first.kind),
            applies_because: EVERYBODY.to_owned(),
            answer: Answer::CannotTell,
            force: duty.force_on(context.as_of),
            effect: duty.body.effect,
            severity: duty.body.severity,
            confidence: Confidence {
                band: Band::Strong,
                reason: "the check digit is worked out from the other characters".to_owned(),
            },
            evidence,
            looked_at: Vec::new(),
            unchecked: context.doubts(duty),
            questions: duty
                .body
                .question
                .iter()
                .map(|question| question.to_question(&field))
                .collect(),
            next: duty.body.next.iter().cloned().map(Step).collect(),
            contest: contest_facts(),
        });
    }
    findings
}
