//! Warning signs, as one finding that names them.

use scruple_controls::Outcome;
use scruple_model::{
    Answer, Band, Confidence, Effect, Finding, Force, RuleId, Severity, Step, Subject,
};

use super::super::Context;
use super::evidence::{contest, pack_evidence};
use crate::render::view::EVERYBODY;
use crate::words::count;

/// Warning signs, as one finding that names them.
pub(super) fn flags(context: &Context<'_>, outcomes: &[Outcome]) -> Option<Finding> {
    let mut flags: Vec<&scruple_controls::Flag> = Vec::new();
    for flag in outcomes.iter().flat_map(|outcome| &outcome.flags) {
        if !flags.iter().any(|known| known.id == flag.id) {
            flags.push(flag);
        }
    }
    if flags.is_empty() {
        return None;
    }
    let rule = RuleId::new("duty.red-flags");
    let evidence = flags
        .iter()
        .map(|flag| {
            let because = if flag.because.is_empty() {
                String::new()
            } else {
                format!(" ({})", flag.because.join("; "))
            };
            pack_evidence(
                context,
                "red-flags",
                &flag.id,
                &format!(
                    "{}{because}. Resolves it: {}",
                    flag.label, flag.question.text
                ),
            )
        })
        .collect();
    Some(Finding {
        id: Finding::id_of(&rule, &Subject::Deal, &[]),
        rule,
        subject: Subject::Deal,
        title: format!(
            "{} in the facts entered: {}",
            count(flags.len(), "warning sign"),
            flags
                .iter()
                .map(|flag| lower(&flag.label))
                .collect::<Vec<_>>()
                .join("; ")
        ),
        applies_because: EVERYBODY.to_owned(),
        answer: Answer::Yes,
        force: Force::Guidance,
        effect: Effect::Note,
        severity: None::<Severity>,
        confidence: Confidence {
            band: Band::Moderate,
            reason: "each is shown by facts or words of the deal; none says anything by itself"
                .to_owned(),
        },
        evidence,
        looked_at: Vec::new(),
        unchecked: Vec::new(),
        questions: Vec::new(),
        next: vec![Step(
            "Resolve each in writing before going on; what resolves it stands beside it."
                .to_owned(),
        )],
        contest: contest(),
    })
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
