//! Names that one pack uses and another has to know, and the order of rules.

use scruple_pack::Pack;

use super::faults::Faults;
use super::names::Known;
use super::read::ReadRule;
use crate::capability::Capability;
use crate::entry::{EntryBody, ListsFile};
use crate::expr::Names;
use crate::fact::FactEntry;

pub(super) fn cross_check(
    capabilities: &[Capability],
    facts: &[FactEntry],
    lists: &ListsFile,
    entries: &Pack<EntryBody>,
    names: &Known<'_>,
    faults: &mut Faults,
) {
    for one in capabilities {
        for fact in one.implies.keys().chain(&one.questions) {
            if names.fact(fact).is_none() {
                faults.say(
                    "capabilities",
                    format!("{} names an unknown fact {fact}", one.id),
                );
            }
        }
    }
    for (index, fact) in facts.iter().enumerate() {
        if facts[..index].iter().any(|other| other.id == fact.id) {
            faults.say("facts", format!("two facts are called {}", fact.id));
        }
    }
    for list in &lists.list {
        let formal = list.general.iter().flat_map(|one| &one.confirm);
        for fact in formal.filter(|fact| names.fact(fact).is_none()) {
            faults.say(
                "control-lists",
                format!("{} asks for an unknown fact {fact}", list.id),
            );
        }
    }
    for entry in &entries.entries {
        let body = &entry.body;
        for id in body.points.iter().filter(|id| !names.capability(id)) {
            faults.say(
                "control-entries",
                format!("{} names an unknown capability {id}", entry.id),
            );
        }
        for id in body.lists.keys() {
            if !lists.list.iter().any(|list| list.id == *id) {
                faults.say(
                    "control-entries",
                    format!("{} names an unknown list {id}", entry.id),
                );
            }
        }
        let formal = body
            .lists
            .values()
            .flat_map(|listing| &listing.exceptions)
            .flat_map(|exception| &exception.confirm);
        let own = body.lists.values().flat_map(|listing| &listing.ask);
        for fact in body
            .ask
            .iter()
            .chain(own)
            .chain(formal)
            .filter(|fact| names.fact(fact).is_none())
        {
            faults.say(
                "control-entries",
                format!("{} asks for an unknown fact {fact}", entry.id),
            );
        }
        if body.points.is_empty() && body.terms.is_empty() {
            faults.say("control-entries", format!("nothing points to {}", entry.id));
        }
    }
}

/// A rule may ask only for the result of one that stands before it.
pub(super) fn check_order(rules: &[ReadRule], faults: &mut Faults) {
    for (index, rule) in rules.iter().enumerate() {
        let mut asked = Vec::new();
        let limbs = rule.limbs.iter().chain(&rule.unless).map(|read| &read.when);
        for expr in limbs.chain(&rule.only) {
            expr.asks_results(&mut asked);
        }
        for name in asked {
            let Some(id) = name.strip_prefix("rule:") else {
                continue;
            };
            if !rules[..index]
                .iter()
                .any(|before| before.entry.id.as_str() == id)
            {
                faults.say(
                    "use-rules",
                    format!(
                        "{} asks for {id}, which no rule before it has",
                        rule.entry.id
                    ),
                );
            }
        }
    }
}
