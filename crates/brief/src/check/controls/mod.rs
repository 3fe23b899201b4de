//! Items: what they can do, which entries and rules of use they fall under.
//!
//! `controls` knows no deal and no brief. Here a deal's fields, and what screening and
//! ownership found, become facts; and what comes back becomes findings: one for each
//! list an item is on or may be on, one for each rule that holds or is open. What
//! holds of every item alike is told once, of the deal.

mod evidence;
mod facts;
mod flags;
mod lists;
mod names;
mod rules;
mod wording;
mod words;

use scruple_controls::Outcome;
use scruple_model::{Finding, Subject};

use super::{Context, deal_evidence};
use crate::brief::Owned;

pub use facts::{setting, word};
pub use names::{UnknownName, unknown_names};
pub use words::{catch_all_words, duty_words};

/// What came of the items.
pub(crate) struct Controlled {
    pub(crate) findings: Vec<Finding>,
    pub(crate) outcomes: Vec<Outcome>,
}

pub(crate) fn run(context: &Context<'_>, screened: &[Finding], owned: &[Owned]) -> Controlled {
    let laws = context
        .regimes
        .values()
        .map(|regime| (regime.id.to_string(), regime.answer))
        .collect();
    let setting = facts::setting(context.deal, laws, context.as_of, screened, owned);
    let mut findings = Vec::new();
    let mut outcomes = Vec::new();
    for (item, number) in context.deal.items.iter().zip(1..) {
        let outcome = context
            .world
            .packs
            .controls
            .evaluate(item, &facts::setting_of(&setting, item));
        findings.extend(item_findings(context, &outcome, number));
        outcomes.push(outcome);
    }
    merge(&mut findings);
    let mut findings = once_for_all_items(findings);
    findings.extend(wording::finding(context, &outcomes));
    findings.extend(flags::flags(context, &outcomes));
    Controlled { findings, outcomes }
}

fn item_findings(context: &Context<'_>, outcome: &Outcome, number: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    for law in &outcome.laws {
        for (list, state) in &law.lists {
            findings.extend(lists::list_finding(
                context, outcome, law, list, state, number,
            ));
        }
    }
    for rule in &outcome.rules {
        findings.extend(rules::rule_finding(context, outcome, rule, number));
    }
    findings
}

/// What is told of the deal by several items is told once, with everything it rests on.
fn merge(findings: &mut Vec<Finding>) {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings.drain(..) {
        match kept.iter_mut().find(|one| one.id == finding.id) {
            Some(one) => {
                if finding.answer < one.answer {
                    one.answer = finding.answer;
                    one.title.clone_from(&finding.title);
                }
                for evidence in finding.evidence {
                    if !one.evidence.contains(&evidence) {
                        one.evidence.push(evidence);
                    }
                }
            }
            None => kept.push(finding),
        }
    }
    *findings = kept;
}

/// What several items have word for word alike, such as a rule on the end user, is told
/// once, of the deal, with the items it is told of.
fn once_for_all_items(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<(Finding, Vec<usize>)> = Vec::new();
    for finding in findings {
        let Subject::Item { number } = finding.subject else {
            kept.push((finding, Vec::new()));
            continue;
        };
        let alike = |one: &Finding| {
            (
                &one.rule,
                &one.title,
                one.answer,
                &one.evidence,
                &one.questions,
            ) == (
                &finding.rule,
                &finding.title,
                finding.answer,
                &finding.evidence,
                &finding.questions,
            )
        };
        match kept
            .iter_mut()
            .find(|(one, items)| !items.is_empty() && alike(one))
        {
            Some((_, items)) => items.push(number),
            None => kept.push((finding, vec![number])),
        }
    }
    kept.into_iter()
        .map(|(mut finding, items)| {
            if items.len() > 1 {
                let numbers: Vec<String> = items.iter().map(usize::to_string).collect();
                finding.subject = Subject::Deal;
                finding.id = Finding::id_of(&finding.rule, &finding.subject, &[]);
                let told = deal_evidence("items", format!("items {}", numbers.join(", ")));
                finding.evidence.insert(0, told);
            }
            finding
        })
        .collect()
}
