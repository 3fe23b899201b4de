//! What a deal has to say before anybody can decide on it.

use scruple_model::deal::Role;
use scruple_model::{Answer, Band, Confidence, Finding, Question, Step, Subject};
use scruple_pack::Entry;

use super::{Context, contest_facts, deal_evidence};
use crate::packs::{DutyBody, When};
use crate::render::view::EVERYBODY;

/// A finding for each thing the deal does not say.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    let deal = context.deal;
    let mut nexus: Vec<Question> = Vec::new();
    for question in context
        .regimes
        .values()
        .flat_map(|regime| &regime.questions)
    {
        if nexus.iter().all(|known| known.id != question.id) {
            nexus.push(question.clone());
        }
    }
    let end_user = deal
        .parties
        .iter()
        .any(|party| party.roles.contains(&Role::EndUser));
    [
        (When::NoEndUser, !end_user, "parties", Vec::new()),
        (
            When::NoEndUse,
            deal.end_use.known().is_none(),
            "end_use",
            Vec::new(),
        ),
        (
            When::NoPlaceOfUse,
            deal.place_of_use.known().is_none(),
            "place_of_use",
            Vec::new(),
        ),
        (
            When::NoDestination,
            deal.destination.known().is_none(),
            "destination",
            Vec::new(),
        ),
        (When::NexusUnknown, !nexus.is_empty(), "nexus", nexus),
    ]
    .into_iter()
    .filter(|(_, missing, ..)| *missing)
    .filter_map(|(when, _, field, questions)| {
        Some(finding(
            context,
            context.world.packs.duty(when)?,
            field,
            questions,
        ))
    })
    .collect()
}

fn finding(
    context: &Context<'_>,
    duty: &Entry<DutyBody>,
    field: &str,
    mut questions: Vec<Question>,
) -> Finding {
    questions.extend(
        duty.body
            .question
            .as_ref()
            .map(|question| question.to_question(field)),
    );
    Finding {
        id: Finding::id_of(&duty.id, &Subject::Deal, &[]),
        rule: duty.id.clone(),
        subject: Subject::Deal,
        title: duty.body.heading.clone(),
        applies_because: EVERYBODY.to_owned(),
        // The gap is certain; what it hides is not.
        answer: Answer::CannotTell,
        force: duty.force_on(context.as_of),
        effect: duty.body.effect,
        severity: duty.body.severity,
        confidence: Confidence {
            band: Band::Strong,
            reason: "the deal file leaves it open".to_owned(),
        },
        evidence: vec![
            deal_evidence(field, "unknown"),
            context.rule_evidence("duties", duty),
        ],
        looked_at: Vec::new(),
        unchecked: context.doubts(duty),
        questions,
        next: duty.body.next.iter().cloned().map(Step).collect(),
        contest: contest_facts(),
    }
}
