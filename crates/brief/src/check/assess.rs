//! What the items can do to people in these hands and this place.
//!
//! `assess` knows the method; here the deal's capabilities become the typed facts it
//! takes, with the rights that the capability pack names. A capability that no pack
//! describes is assessed all the same, with the worst taken for what is not known.

use scruple_assess::{Answers, Assessment, Capability};
use scruple_model::deal::{Deal, Direction};
use scruple_model::{Date, Finding, Unchecked};

use super::Context;
use crate::packs::{Misuse, Packs};

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

/// Assesses the deal of a check.
pub(crate) fn run(context: &Context<'_>, given: &Given) -> Assessed {
    let packs = &context.world.packs;
    let mut assessment = assess(context.deal, packs, given.answers.as_ref(), context.as_of);
    let mut findings = std::mem::take(&mut assessment.findings);
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
    let named = capabilities(deal, packs);
    scruple_assess::assess(deal, &named, &packs.assess, answers, as_of)
}

/// The capabilities that the deal names, item by item, each once.
pub(crate) fn capabilities(deal: &Deal, packs: &Packs) -> Vec<Capability> {
    let mut found: Vec<Capability> = Vec::new();
    if deal.direction == Direction::Purchase {
        return found;
    }
    for (at, item) in deal.items.iter().enumerate() {
        for id in &item.capabilities {
            let described = packs
                .capabilities
                .iter()
                .find(|one| one.id == *id || one.also.contains(id));
            let capability = Capability {
                item: at + 1,
                id: described.map_or(id, |one| &one.id).clone(),
                label: described.map_or_else(
                    || format!("{id} (no pack describes it)"),
                    |one| one.label.clone(),
                ),
                rights: described.map_or_else(Vec::new, |one| one.rights.clone()),
                misuse: described.map_or_else(Vec::new, |one| {
                    let told = |misuse: &Misuse| format!("{} ({})", misuse.kind, misuse.source);
                    one.misuse.iter().map(told).collect()
                }),
                is_described: described.is_some(),
            };
            if !found.contains(&capability) {
                found.push(capability);
            }
        }
    }
    found
}
