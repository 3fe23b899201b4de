//! What the items can do to people in these hands and this place.
//!
//! `assess` knows the method, `controls` knows what an item can do. Here a capability
//! that a deal names, or that its words plainly show, becomes the typed fact that an
//! assessment takes. Words that only make one ask assess nothing. A capability that no
//! pack describes is assessed all the same, with the worst taken for what is not known.

use std::collections::BTreeMap;

use scruple_assess::{Answers, Assessment, Capability};
use scruple_controls::{Judged, Outcome, Recognised, Standing};
use scruple_model::deal::{Deal, Direction};
use scruple_model::{Answer, Date, Finding, Subject, Unchecked};

use super::{Context, controls};
use crate::packs::Packs;

/// What somebody gave beside the deal.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Answers to the questions of an assessment.
    pub answers: Option<Answers>,
    /// Conditions of an earlier decision that are due, one line each.
    pub due: Vec<String>,
}

/// What came of it: findings, the assessment for the annex, what was not looked at.
pub(crate) struct Assessed {
    pub(crate) findings: Vec<Finding>,
    pub(crate) assessment: Option<Assessment>,
    pub(crate) unchecked: Vec<Unchecked>,
}

/// Assesses the deal of a check, with what `controls` recognised in its items.
pub(crate) fn run(context: &Context<'_>, given: &Given, outcomes: &[Outcome]) -> Assessed {
    let packs = &context.world.packs;
    let named = capabilities(context.deal, packs, outcomes);
    let mut assessment = scruple_assess::assess(
        context.deal,
        &named,
        &packs.assess,
        given.answers.as_ref(),
        context.as_of,
    );
    say_why(&mut assessment.unchecked, outcomes);
    let mut findings = std::mem::take(&mut assessment.findings);
    findings.retain(|finding| !asked_elsewhere(finding, outcomes));
    if !given.due.is_empty() {
        findings.extend(scruple_assess::track(
            &packs.assess,
            context.as_of,
            "conditions",
            &given.due,
        ));
    }
    let unchecked = std::mem::take(&mut assessment.unchecked);
    Assessed {
        findings,
        assessment: (!assessment.impacts.is_empty()).then_some(assessment),
        unchecked,
    }
}

/// Assesses a deal by itself.
pub fn assess(deal: &Deal, packs: &Packs, answers: Option<&Answers>, as_of: Date) -> Assessment {
    let setting = controls::setting(deal, BTreeMap::new(), as_of, &[], &[]);
    let outcomes: Vec<Outcome> = deal
        .items
        .iter()
        .map(|item| packs.controls.evaluate(item, &setting))
        .collect();
    let named = capabilities(deal, packs, &outcomes);
    let mut assessment = scruple_assess::assess(deal, &named, &packs.assess, answers, as_of);
    say_why(&mut assessment.unchecked, &outcomes);
    assessment
}

/// Whether a rule on the item asks already what the assessment asks of it: what it can do.
fn asked_elsewhere(finding: &Finding, outcomes: &[Outcome]) -> bool {
    let Subject::Item { number } = finding.subject else {
        return false;
    };
    let outcome = number.checked_sub(1).and_then(|at| outcomes.get(at));
    finding.rule.as_str() == scruple_assess::CAPABILITIES
        && outcome.is_some_and(|outcome| {
            let asks = |rule: &Judged| rule.says_nothing_is_known() && rule.answer != Answer::No;
            outcome.rules.iter().any(asks)
        })
}

/// Of an item that was not assessed although its words show something, what and why.
fn say_why(unchecked: &mut [Unchecked], outcomes: &[Outcome]) {
    for (outcome, number) in outcomes.iter().zip(1..) {
        let shown: Vec<&str> = outcome
            .capabilities
            .iter()
            .filter(|one| one.standing == Standing::Shown)
            .map(|one| one.label.as_str())
            .collect();
        let what = scruple_assess::not_assessed(number);
        let of_item = unchecked.iter_mut().find(|one| one.what == what);
        if let (Some(one), false) = (of_item, shown.is_empty()) {
            one.why = format!(
                "its words show {}, which tools of many uses have; name it under capabilities, and \
                 it is assessed",
                shown.join(", ")
            );
        }
    }
}

/// The capabilities of the items, each once.
fn capabilities(deal: &Deal, packs: &Packs, outcomes: &[Outcome]) -> Vec<Capability> {
    let mut found: Vec<Capability> = Vec::new();
    if deal.direction == Direction::Purchase {
        return found;
    }
    for (at, item) in deal.items.iter().enumerate() {
        let recognised = outcomes.get(at).map_or(&[][..], |one| &one.capabilities);
        let asserted = item.capabilities.iter().map(|id| (id, &[][..]));
        let shown = recognised
            .iter()
            .filter(|one| one.standing == Standing::Shown)
            // Words alone make an ordinary tool of many uses no matter for an assessment.
            .filter(|one| {
                packs
                    .controls
                    .capability(&one.id)
                    .is_none_or(|described| !described.benign_by_default)
            })
            .map(|one: &Recognised| (&one.id, one.words.as_slice()));
        for (id, words) in asserted.chain(shown) {
            let capability = capability(at + 1, id, words, packs);
            let known = |one: &Capability| one.item == capability.item && one.id == capability.id;
            if !found.iter().any(known) {
                found.push(capability);
            }
        }
    }
    found
}

fn capability(item: usize, id: &str, words: &[String], packs: &Packs) -> Capability {
    let Some(described) = packs.controls.capability(id) else {
        return Capability {
            item,
            id: id.to_owned(),
            label: format!("{id} (no pack describes it)"),
            rights: Vec::new(),
            misuse: Vec::new(),
            is_described: false,
            shown_by: words.to_vec(),
        };
    };
    let told = |misuse: &scruple_controls::capability::Misuse| {
        format!("{} ({})", misuse.kind, misuse.source)
    };
    Capability {
        item,
        id: described.id.clone(),
        label: described.label.clone(),
        rights: described.rights.clone(),
        misuse: described.misuse.iter().map(told).collect(),
        is_described: true,
        shown_by: words.to_vec(),
    }
}
