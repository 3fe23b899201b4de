//! Which measures bear on an impact, how far each is, and what is left after them.
//!
//! A measure counts only when it is in place, when something shows it, when its
//! owner is named and when it is not due to be looked at again. Most never count as
//! an answer to grave harm, however well they are kept: a promise, a paper and a
//! training are named with what they do not fix.

use std::collections::BTreeSet;

use scruple_model::date::Span;
use scruple_model::{Answer, Date, QuestionId, Severity};
use scruple_pack::Entry;

use crate::answers::{self, Stage};
use crate::assessment::{Measure, Residue, State};
use crate::impact::Setting;
use crate::likelihood::{Factor, Says};
use crate::packs::{MeasureBody, Removes};
use crate::severity::word;

/// The measures that bear on these factors, and those the answers speak of.
pub(crate) fn choose(
    setting: &Setting<'_>,
    capability: Option<&str>,
    factors: &[Factor],
    also: &BTreeSet<QuestionId>,
    severity: Severity,
) -> Vec<Measure> {
    let at_risk: BTreeSet<&QuestionId> = factors
        .iter()
        .filter(|factor| factor.says != Says::Lowers)
        .map(|factor| &factor.question)
        .chain(also)
        .collect();
    let mut chosen: Vec<Measure> = setting
        .packs
        .mitigations
        .entries
        .iter()
        .filter(|entry| entry.body.side.covers(setting.side))
        .filter_map(|entry| {
            let body = &entry.body;
            let given = setting
                .answers
                .and_then(|answers| answers.measure(entry.id.as_str()));
            let bears: Vec<QuestionId> = body
                .answers
                .iter()
                .filter(|id| at_risk.contains(id))
                .cloned()
                .collect();
            (given.is_some() || body.removes.is_some() || !bears.is_empty()).then(|| {
                let is_here = is_here(body, given, capability, setting.several);
                measure(entry, given, bears, severity, is_here, setting.today)
            })
        })
        .collect();
    // What counts first, then what would, then what bears on most.
    chosen.sort_by_key(|one| {
        (
            !one.counts,
            one.state,
            !one.suffices,
            usize::MAX - one.answers.len(),
        )
    });
    chosen
}

/// Whether what a measure takes away is what this impact is about. One that does not say
/// which of several capabilities it took out took none out.
fn is_here(
    body: &MeasureBody,
    given: Option<&answers::Measure>,
    capability: Option<&str>,
    several: bool,
) -> bool {
    match body.removes {
        None | Some(Removes::Deal) => true,
        Some(Removes::Capability) => match given.and_then(|given| given.capability.as_deref()) {
            Some(named) => capability == Some(named),
            None => given.is_none() || !several,
        },
    }
}

fn measure(
    entry: &Entry<MeasureBody>,
    given: Option<&answers::Measure>,
    bears: Vec<QuestionId>,
    severity: Severity,
    is_here: bool,
    today: Date,
) -> Measure {
    let body = &entry.body;
    let again = given.and_then(|given| again(body, given));
    let state = match given {
        None => State::Open,
        Some(given) => match given.stage {
            Stage::Rejected => State::Rejected,
            Stage::Proposed => State::Proposed,
            Stage::InPlace if again.is_some_and(|day| day <= today) => State::DueAgain,
            Stage::InPlace => State::InPlace,
            Stage::Agreed if given.due.is_some_and(|due| due < today) => State::Overdue,
            Stage::Agreed => State::Agreed,
        },
    };
    // Severity orders the gravest first: enough for grave is enough for all.
    let enough = body.enough_for.is_some_and(|most| most <= severity);
    let strong = enough || (body.removes.is_some() && is_here);
    let or_pack = |said: Option<&String>, pack: &str| said.map_or(pack, String::as_str).to_owned();
    Measure {
        id: entry.id.to_string(),
        label: body.label.clone(),
        does: entry.summary.clone(),
        not_fixed: body.not_fixed.clone(),
        answers: bears,
        state,
        owner: or_pack(given.and_then(|g| g.owner.as_ref()), &body.who),
        evidence: or_pack(given.and_then(|g| g.evidence.as_ref()), &body.evidence),
        day: given.and_then(|given| given.since.or(given.due)),
        again,
        removes: body.removes.is_some() && is_here,
        suffices: strong,
        counts: state == State::InPlace && strong,
    }
}

/// When to look again: the day given, else the pack's interval after it was put in place.
fn again(body: &MeasureBody, given: &answers::Measure) -> Option<Date> {
    let months = body.again_months.map(i64::from);
    let by_pack = given.since.zip(months).and_then(|(since, months)| {
        let span = Span::new().months(months);
        since.checked_add(span).ok()
    });
    match (given.again, by_pack) {
        // A later day than the pack's would put the look off.
        (Some(own), Some(pack)) => Some(own.min(pack)),
        (own, pack) => own.or(pack),
    }
}

/// What the measures leave.
pub(crate) fn residue(factors: &[Factor], measures: &[Measure], severity: Severity) -> Residue {
    if let Some(removed) = measures.iter().find(|one| one.counts && one.removes) {
        return Residue {
            acceptable: Answer::Yes,
            because: format!(
                "{} is in place: {}",
                removed.label.to_lowercase(),
                removed.evidence
            ),
            unanswered: Vec::new(),
        };
    }
    let answered: BTreeSet<&QuestionId> = measures
        .iter()
        .filter(|measure| measure.counts)
        .flat_map(|measure| &measure.answers)
        .collect();
    let unanswered: Vec<&Factor> = factors
        .iter()
        .filter(|factor| factor.says != Says::Lowers && !answered.contains(&factor.question))
        .collect();
    let known = unanswered
        .iter()
        .any(|factor| matches!(factor.says, Says::Raises | Says::Unknowable));
    let acceptable = match (unanswered.is_empty(), known) {
        (true, _) => Answer::Yes,
        (false, true) => Answer::No,
        (false, false) => Answer::CannotTell,
    };
    let because = match acceptable {
        Answer::Yes => format!(
            "measures in place answer every risk that stands, for harm that is {}",
            word(severity)
        ),
        Answer::No => format!(
            "no measure in place answers, for harm that may be {}: {}",
            word(severity),
            list(&unanswered)
        ),
        Answer::CannotTell => format!(
            "open questions, with no measure in place: {}",
            list(&unanswered)
        ),
    };
    Residue {
        acceptable,
        because,
        unanswered: unanswered
            .into_iter()
            .map(|factor| factor.question.clone())
            .collect(),
    }
}

fn list(factors: &[&Factor]) -> String {
    const MOST: usize = 4;
    let mut ids: Vec<String> = factors
        .iter()
        .take(MOST)
        .map(|factor| factor.question.to_string())
        .collect();
    if factors.len() > MOST {
        ids.push(format!("and {} more", factors.len() - MOST));
    }
    ids.join(", ")
}
