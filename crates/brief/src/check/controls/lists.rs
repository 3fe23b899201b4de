//! How an item stands in a list, as a finding.

use scruple_controls::{Classified, Considered, LawAnswer, Outcome, State};
use scruple_model::{
    Answer, Effect, Evidence, Finding, Force, Question, RuleId, Step, Subject, Unchecked,
};

use super::super::{Context, under_regime};
use super::evidence::{because, confidence, contest, limbs, pack_evidence, say};

/// How an item stands in a list; none where nothing pointed to an entry of it.
pub(super) fn list_finding(
    context: &Context<'_>,
    outcome: &Outcome,
    law: &LawAnswer,
    list: &str,
    state: &Classified,
    number: usize,
) -> Option<Finding> {
    let controls = &context.world.packs.controls;
    let read = controls.list(list)?;
    let title = &read.list.title;
    let codes = match state {
        Classified::Listed { codes } | Classified::Open { codes } => codes.clone(),
        Classified::TakenOut { .. } | Classified::NotFound | Classified::Outside => return None,
    };
    // What was not understood is asked once for all lists, by a rule of its own.
    if codes.is_empty() {
        return None;
    }
    let of_codes = |one: &&Considered| {
        one.codes.get(list).is_some_and(|code| codes.contains(code))
            && matches!(one.state, State::Listed | State::Open)
    };
    let entries: Vec<&Considered> = outcome.considered.iter().filter(of_codes).collect();
    let licences: Vec<_> = law.licences.iter().filter(|one| one.list == list).collect();
    let demanded = licences
        .iter()
        .map(|one| one.answer)
        .fold(Answer::No, Answer::or);
    let name = &outcome.item;
    let code = codes.join(", ");
    let covered = entries.first().map_or("", |one| one.heading.as_str());
    let is_listed = matches!(state, Classified::Listed { .. });
    let forbids = read.list.forbids;
    let mut open = licences.iter().filter(|one| one.answer != Answer::No);
    let is_covered = demanded == Answer::CannotTell && open.all(|one| one.is_covered);
    let (heading, answer, effect) = match (is_listed, forbids, demanded) {
        (true, true, _) => (
            format!("{name} is on the {title}: {code}"),
            Answer::Yes,
            Effect::Prohibited,
        ),
        (true, false, Answer::Yes) => (
            format!("{name} is listed and needs a licence: {code}, {title}"),
            Answer::Yes,
            Effect::LicenceNeeded,
        ),
        (true, false, Answer::CannotTell) if is_covered => (
            format!(
                "{name} is listed and needs an authorisation: {code}, {title}; a general one may serve, on conditions"
            ),
            Answer::CannotTell,
            Effect::LicenceNeeded,
        ),
        (true, false, Answer::CannotTell) => (
            format!("{name} is listed: {code}, {title}; whether a licence is needed is open"),
            Answer::CannotTell,
            Effect::LicenceNeeded,
        ),
        (true, false, Answer::No) => (
            format!(
                "{name} is listed: {code}, {title}; see why this entry alone demands no licence here"
            ),
            Answer::Yes,
            Effect::Note,
        ),
        (false, forbids, _) => (
            format!("{name} may be on the {title}: {code}"),
            Answer::CannotTell,
            if forbids {
                Effect::Prohibited
            } else {
                Effect::AskFirst
            },
        ),
    };
    let mut questions: Vec<Question> = Vec::new();
    let beside = entries.iter().flat_map(|one| one.open()).cloned();
    for question in beside.chain(licences.iter().flat_map(|one| one.questions.clone())) {
        if !questions.iter().any(|known| known.id == question.id) {
            questions.push(question);
        }
    }
    let mut evidence: Vec<Evidence> = entries
        .iter()
        .flat_map(|one| {
            let code = one.codes.get(list).map_or("", String::as_str);
            limbs(context, "control-entries", &one.steps, code)
        })
        .collect();
    evidence.extend(licences.iter().flat_map(|one| {
        let reasons = one.reasons.iter().chain(&one.exceptions);
        reasons.map(|reason| {
            pack_evidence(
                context,
                "control-lists",
                &reason.reason,
                &format!("{}: {}", say(reason.answer), reason.because),
            )
        })
    }));
    evidence.push(pack_evidence(
        context,
        "control-entries",
        &read.list.citation,
        covered,
    ));
    let regime = context.regime(&law.law);
    let mut next = vec![Step(read.list.next.clone())];
    if !is_listed {
        next = vec![Step(
            "Answer what is open with whoever knows the product; every limb stands in the annex."
                .to_owned(),
        )];
    } else if is_covered {
        next = vec![Step(
            "Confirm the conditions of the general authorisation, register, and record each use; without it, apply for one of your own and do not export before."
                .to_owned(),
        )];
    } else if effect == Effect::Note {
        next = vec![Step(
            "Write down the reason or exception, and look at use, user and rights: this entry is not the only rule."
                .to_owned(),
        )];
    }
    let rule = RuleId::new(
        format!("{list}.{}", codes.first().map_or("", String::as_str)).replace(' ', "-"),
    );
    let subject = Subject::Item { number };
    let doubts = entries.iter().flat_map(|one| one.doubts.clone());
    Some(Finding {
        id: Finding::id_of(&rule, &subject, &[]),
        rule,
        subject,
        title: heading,
        applies_because: because(regime),
        answer: under_regime(answer, regime),
        force: Force::InForce,
        effect,
        severity: None,
        confidence: confidence(&entries),
        evidence,
        looked_at: Vec::new(),
        unchecked: doubts
            .map(|why| Unchecked {
                what: read.list.id.clone(),
                why,
            })
            .collect(),
        questions,
        next,
        contest: contest(),
    })
}
