//! Rules that do not hold in wording that nobody compared with the official text: said
//! once, and counted. Such wording says No of nothing, so a licence stays open by it.

use std::collections::BTreeSet;

use scruple_controls::Outcome;
use scruple_controls::questions::confirm_wording;
use scruple_model::{Answer, Band, Confidence, Evidence, Finding, RuleId, Step, Subject};

use super::super::{Context, contest_facts};
use crate::packs::When;
use crate::render::view::EVERYBODY;
use crate::words::count;

/// The finding; none where every rule that was looked at is compared, or decides nothing.
pub(super) fn finding(context: &Context<'_>, outcomes: &[Outcome]) -> Option<Finding> {
    let rules: BTreeSet<&RuleId> = outcomes
        .iter()
        .flat_map(|outcome| &outcome.laws)
        .flat_map(|law| &law.unconfirmed)
        .collect();
    let question = confirm_wording(&rules)?;
    let duty = context.world.packs.duty(When::WordingUnconfirmed)?;
    let entry = |id: &RuleId| {
        let rules = &context.world.packs.controls.rules;
        rules.iter().find(|rule| rule.entry.id == *id)
    };
    let mut evidence: Vec<Evidence> = rules
        .iter()
        .filter_map(|id| entry(id))
        .map(|rule| context.rule_evidence("use-rules", &rule.entry))
        .collect();
    evidence.push(context.rule_evidence("duties", duty));
    let number = count(rules.len(), "rule");
    Some(Finding {
        id: Finding::id_of(&duty.id, &Subject::Deal, &[]),
        rule: duty.id.clone(),
        subject: Subject::Deal,
        title: duty.body.heading.replace("{rules}", &number),
        applies_because: EVERYBODY.to_owned(),
        answer: Answer::CannotTell,
        force: duty.force_on(context.as_of),
        effect: duty.body.effect,
        severity: duty.body.severity,
        confidence: Confidence {
            band: Band::Strong,
            reason: "each pack says which of its wording was compared, and when".to_owned(),
        },
        evidence,
        looked_at: Vec::new(),
        unchecked: Vec::new(),
        questions: vec![question],
        next: duty.body.next.iter().cloned().map(Step).collect(),
        contest: contest_facts(),
    })
}
