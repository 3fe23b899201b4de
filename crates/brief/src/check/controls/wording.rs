//! Rules that do not hold in wording that nobody compared with the official text: said
//! once, and counted. Such wording says No of nothing, so a licence stays open by it.

use std::collections::BTreeSet;

use scruple_controls::Outcome;
use scruple_controls::questions::confirm_wording;
use scruple_model::{Answer, Band, Confidence, Finding, RuleId, Subject};

use super::super::Context;
use crate::packs::When;
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
    let evidence = rules
        .iter()
        .filter_map(|id| entry(id))
        .map(|rule| context.rule_evidence("use-rules", &rule.entry))
        .collect();
    let confidence = Confidence {
        band: Band::Strong,
        reason: "each pack says which of its wording was compared, and when".to_owned(),
    };
    let open = Answer::CannotTell;
    let mut finding = context.of_duty(duty, Subject::Deal, open, confidence, evidence);
    let number = count(rules.len(), "rule");
    finding.title = finding.title.replace("{rules}", &number);
    finding.questions.push(question);
    // It is the doubt about wording, and carries none of its own.
    finding.unchecked.clear();
    Some(finding)
}
