//! A rule of use, user, place or rights, as a finding.

use scruple_controls::{Judged, Outcome};
use scruple_model::{Answer, Band, Confidence, Effect, Finding, Step, Subject};

use super::super::{Context, is_live, under_regime};
use super::evidence::{because, contest, limbs, rests_on_words};
use crate::words::count;

pub(super) fn rule_finding(
    context: &Context<'_>,
    outcome: &Outcome,
    rule: &Judged,
    number: usize,
) -> Option<Finding> {
    let told = match rule.answer {
        Answer::Yes => true,
        Answer::CannotTell => !rule.quiet,
        Answer::No => false,
    };
    // A list that is open is told by its own finding; the definition comes after it.
    let waits = rule.rule.as_str() == scruple_controls::evaluate::DEFINITION
        && (outcome.capabilities.is_empty() || is_unread(outcome))
        && rule.answer == Answer::CannotTell;
    if rule.elsewhere || !told || waits || !is_live(rule.force) {
        return None;
    }
    let regime = rule.law.as_deref().and_then(|law| context.regime(law));
    let subject = if rule.of_deal {
        Subject::Deal
    } else {
        Subject::Item { number }
    };
    let open = rule
        .steps
        .iter()
        .filter(|step| !step.takes_out && step.answer == Answer::CannotTell)
        .count();
    let notes_open = rule
        .steps
        .iter()
        .any(|step| step.takes_out && step.answer != Answer::No);
    let band = match rule.answer {
        Answer::Yes if rests_on_words(rule) => Band::Moderate,
        Answer::Yes => Band::Strong,
        _ => Band::Moderate,
    };
    let entry = context
        .world
        .packs
        .controls
        .rules
        .iter()
        .find(|read| read.entry.id == rule.rule)
        .map(|read| &read.entry)?;
    let mut evidence = limbs(context, "use-rules", &rule.steps, "");
    evidence.push(context.rule_evidence("use-rules", entry));
    Some(Finding {
        id: Finding::id_of(&rule.rule, &subject, &[]),
        rule: rule.rule.clone(),
        subject,
        title: rule.heading.clone(),
        applies_because: because(regime),
        answer: under_regime(answer(rule), regime),
        force: rule.force,
        effect: effect(rule),
        severity: rule.severity,
        confidence: Confidence {
            band,
            reason: match open {
                0 if rule.answer == Answer::CannotTell && notes_open => {
                    "every limb is settled by the facts entered, and an exception is open"
                        .to_owned()
                }
                0 => "every limb is settled by the facts entered".to_owned(),
                open => format!("{} open", count(open, "limb")),
            },
        },
        evidence,
        looked_at: Vec::new(),
        unchecked: context.doubts(entry),
        questions: rule.questions.clone(),
        next: rule.next.iter().cloned().map(Step).collect(),
        contest: contest(),
    })
}

/// Whether the claim holds. That nothing of an item was understood is no claim about the
/// deal that somebody could decide on: it is a question.
fn answer(rule: &Judged) -> Answer {
    match rule.answer {
        Answer::Yes if rule.says_nothing_is_known() => Answer::CannotTell,
        answer => answer,
    }
}

/// Whether one question asks what the item is, before anything that would follow.
fn is_unread(outcome: &Outcome) -> bool {
    let holds = |rule: &Judged| rule.says_nothing_is_known() && rule.answer != Answer::No;
    outcome.rules.iter().any(holds)
}

/// A prohibition of which no limb is shown to hold asks first.
fn effect(rule: &Judged) -> Effect {
    let shown = rule
        .steps
        .iter()
        .any(|step| !step.takes_out && step.answer == Answer::Yes);
    match rule.effect {
        Effect::Prohibited if rule.answer == Answer::CannotTell && !shown => Effect::AskFirst,
        effect => effect,
    }
}
