//! The packs of this crate, typed, cross-checked and ready to evaluate.

mod cross_check;
mod faults;
mod lexicon;
mod names;
mod read;

use std::collections::BTreeMap;

use scruple_model::Place;
use scruple_pack::{Pack, PackError, load, parse};
use serde::Deserialize;

use crate::capability::{Capability, CapabilityFile, Topic};
use crate::chart::Chart;
use crate::entry::{EntryBody, ListsFile};
use crate::expr::Names;
use crate::fact::FactEntry;
use crate::rule::{FlagFile, RuleBody};
use crate::term::Lexicon;

use cross_check::{check_order, cross_check};
use faults::Faults;
pub(crate) use lexicon::Owner;
use lexicon::lexicon;
use names::Known;
pub use read::{Lifts, Read, ReadEntry, ReadFlag, ReadList, ReadRule};

/// Names of the packs, as files without their ending.
pub const NAMES: [&str; 7] = [
    "capabilities",
    "facts",
    "control-lists",
    "control-entries",
    "use-rules",
    "red-flags",
    "us-country-chart",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactFile {
    fact: Vec<FactEntry>,
}

/// Everything, ready.
#[derive(Clone, Debug)]
pub struct Controls {
    /// Capabilities.
    pub capabilities: Vec<Capability>,
    /// What texts speak of where they speak of people.
    pub topics: Vec<Topic>,
    /// The catalogue of facts.
    pub facts: Vec<FactEntry>,
    /// Lists.
    pub lists: Vec<ReadList>,
    /// Entries.
    pub entries: Vec<ReadEntry>,
    /// Rules, in the order they are evaluated.
    pub rules: Vec<ReadRule>,
    /// Flags.
    pub flags: Vec<ReadFlag>,
    /// The US chart.
    pub chart: Chart,
    groups: BTreeMap<String, Vec<Place>>,
    pub(crate) lexicon: Lexicon,
    pub(crate) owners: Vec<Owner>,
}

impl Controls {
    /// Reads the packs: `text` gives each by its name in [`NAMES`]; `groups` are the
    /// groups of places that rules may name.
    ///
    /// # Errors
    ///
    /// Every problem of every pack: unknown keys, names that another pack does not
    /// know, predicates and terms that cannot be read.
    pub fn load(
        text: &dyn Fn(&str) -> String,
        groups: BTreeMap<String, Vec<Place>>,
    ) -> Result<Self, PackError> {
        let mut faults = Faults::default();
        let capabilities = faults.keep(parse::<CapabilityFile>(
            "capabilities",
            &text("capabilities"),
        ));
        let facts = faults.keep(parse::<FactFile>("facts", &text("facts")));
        let lists = faults.keep(parse::<ListsFile>("control-lists", &text("control-lists")));
        let entries: Option<Pack<EntryBody>> =
            faults.keep(load("control-entries", &text("control-entries")));
        let rules: Option<Pack<RuleBody>> = faults.keep(load("use-rules", &text("use-rules")));
        let flags = faults.keep(parse::<FlagFile>("red-flags", &text("red-flags")));
        let chart = faults.keep(parse::<Chart>(
            "us-country-chart",
            &text("us-country-chart"),
        ));
        let (Some(capabilities), Some(facts), Some(lists), Some(entries)) =
            (capabilities, facts, lists, entries)
        else {
            return Err(PackError(faults.0));
        };
        let (Some(rules), Some(flags), Some(chart)) = (rules, flags, chart) else {
            return Err(PackError(faults.0));
        };
        let (topics, capabilities) = (capabilities.topic, capabilities.capability);
        let facts = facts.fact;
        let names = Known {
            facts: facts
                .iter()
                .map(|fact| (fact.id.as_str(), fact.kind))
                .collect(),
            capabilities: capabilities.iter().map(|one| one.id.as_str()).collect(),
            groups: &groups,
            chart: &chart,
        };
        cross_check(&capabilities, &facts, &lists, &entries, &names, &mut faults);
        let read_lists = lists
            .list
            .iter()
            .map(|list| ReadList {
                needs: list
                    .needs
                    .as_ref()
                    .map(|needs| faults.expr("control-lists", &list.id, needs, &names)),
                outside: list
                    .outside
                    .as_ref()
                    .map(|outside| faults.expr("control-lists", &list.id, outside, &names)),
                general: faults.lifts("control-lists", &list.id, &list.general, &names),
                list: list.clone(),
            })
            .collect();
        let read_entries: Vec<ReadEntry> = entries
            .entries
            .into_iter()
            .map(|entry| {
                let id = entry.id.as_str();
                let body = &entry.body;
                ReadEntry {
                    limbs: faults.limbs("control-entries", id, &body.limbs, &names),
                    unless: faults.limbs("control-entries", id, &body.unless, &names),
                    exceptions: body
                        .lists
                        .iter()
                        .map(|(list, listing)| {
                            let read =
                                faults.lifts("control-entries", id, &listing.exceptions, &names);
                            (list.clone(), read)
                        })
                        .collect(),
                    scopes: body
                        .lists
                        .iter()
                        .map(|(list, listing)| {
                            let read = listing.scopes.iter().map(|scope| {
                                let when = faults.expr("control-entries", id, &scope.when, &names);
                                (scope.reason.clone(), scope.says.clone(), when)
                            });
                            (list.clone(), read.collect())
                        })
                        .collect(),
                    entry,
                }
            })
            .collect();
        let read_rules: Vec<ReadRule> = rules
            .entries
            .into_iter()
            .map(|entry| {
                let id = entry.id.as_str();
                for fact in &entry.body.ask {
                    if names.fact(fact).is_none() {
                        faults.say("use-rules", format!("{id} asks for an unknown fact {fact}"));
                    }
                }
                ReadRule {
                    limbs: faults.limbs("use-rules", id, &entry.body.limbs, &names),
                    unless: faults.limbs("use-rules", id, &entry.body.unless, &names),
                    only: entry
                        .body
                        .only
                        .as_ref()
                        .map(|only| faults.expr("use-rules", id, only, &names)),
                    entry,
                }
            })
            .collect();
        check_order(&read_rules, &mut faults);
        let read_flags = flags
            .flag
            .into_iter()
            .map(|flag| ReadFlag {
                when: flag
                    .when
                    .as_ref()
                    .map(|when| faults.expr("red-flags", &flag.id, when, &names)),
                flag,
            })
            .collect();
        let (lexicon, owners) = lexicon(&capabilities, &topics, &facts, &read_entries, &mut faults);
        if !faults.0.is_empty() {
            return Err(PackError(faults.0));
        }
        Ok(Self {
            capabilities,
            topics,
            facts,
            lists: read_lists,
            entries: read_entries,
            rules: read_rules,
            flags: read_flags,
            chart,
            groups,
            lexicon,
            owners,
        })
    }

    /// A capability by its id, or another id deals may use.
    pub fn capability(&self, id: &str) -> Option<&Capability> {
        self.capabilities
            .iter()
            .find(|one| one.id == id || one.also.iter().any(|also| also == id))
    }

    /// A fact by its name, or another that people use.
    pub fn fact(&self, name: &str) -> Option<&FactEntry> {
        self.facts
            .iter()
            .find(|one| one.id == name || one.also.iter().any(|also| also == name))
    }

    /// A list by its id.
    pub fn list(&self, id: &str) -> Option<&ReadList> {
        self.lists.iter().find(|list| list.list.id == id)
    }
}
