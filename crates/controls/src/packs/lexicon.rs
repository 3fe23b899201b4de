//! One automaton over every term of every pack, and what each term speaks for.

use super::faults::Faults;
use super::read::ReadEntry;
use crate::capability::{Capability, Topic};
use crate::fact::FactEntry;
use crate::term::Lexicon;

/// What a term of the lexicon speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Shows the capability.
    Shows(usize),
    /// Makes one ask for it.
    Hints(usize),
    /// Tells it is something else.
    Not(usize),
    /// Names another thing outright.
    Other(usize),
    /// Shows the fact.
    Yes(usize),
    /// Shows its contrary.
    No(usize),
    /// Is the unit of a number.
    Unit(usize),
    /// Is the label of a number.
    Label(usize),
    /// Points to the entry.
    Points(usize),
    /// Speaks of what concerns people.
    Topic(usize),
}

pub(super) fn lexicon(
    capabilities: &[Capability],
    topics: &[Topic],
    facts: &[FactEntry],
    entries: &[ReadEntry],
    faults: &mut Faults,
) -> (Lexicon, Vec<Owner>) {
    let mut builder = Lexicon::builder();
    let mut owners = Vec::new();
    let mut add = |pack: &str, owner: Owner, terms: &mut dyn Iterator<Item = &String>| {
        let number = owners.len();
        owners.push(owner);
        for term in terms {
            if let Err(what) = builder.add(number, term) {
                faults.say(pack, what);
            }
        }
    };
    for (index, one) in capabilities.iter().enumerate() {
        add(
            "capabilities",
            Owner::Shows(index),
            &mut one.terms.values().flatten(),
        );
        add("capabilities", Owner::Hints(index), &mut one.hints.iter());
        add("capabilities", Owner::Not(index), &mut one.not.iter());
        add("capabilities", Owner::Other(index), &mut one.other.iter());
    }
    for (index, fact) in facts.iter().enumerate() {
        add("facts", Owner::Yes(index), &mut fact.yes.iter());
        add("facts", Owner::No(index), &mut fact.no.iter());
        add("facts", Owner::Unit(index), &mut fact.unit.iter());
        add("facts", Owner::Label(index), &mut fact.label.iter());
    }
    for (index, entry) in entries.iter().enumerate() {
        add(
            "control-entries",
            Owner::Points(index),
            &mut entry.entry.body.terms.iter(),
        );
    }
    for (index, topic) in topics.iter().enumerate() {
        add(
            "capabilities",
            Owner::Topic(index),
            &mut topic.terms.values().flatten(),
        );
    }
    (builder.build(), owners)
}
