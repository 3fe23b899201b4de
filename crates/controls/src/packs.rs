//! The packs of this crate, typed, cross-checked and ready to evaluate.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{Place, Problem, Span};
use scruple_pack::{Entry, Pack, PackError, PackProblem, load, parse};
use serde::Deserialize;

use crate::capability::{Capability, CapabilityFile};
use crate::chart::Chart;
use crate::entry::{ControlList, EntryBody, Exception, Limb, ListsFile};
use crate::expr::{Expr, Groups, Names};
use crate::fact::{FactEntry, Kind};
use crate::rule::{FlagEntry, FlagFile, RuleBody};
use crate::term::Lexicon;

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

/// A limb, read.
#[derive(Clone, Debug)]
pub struct Read {
    /// As written.
    pub limb: Limb,
    /// Its predicate.
    pub when: Expr,
}

/// An exception, read.
#[derive(Clone, Debug)]
pub struct Lifts {
    /// As written.
    pub exception: Exception,
    /// Its predicate.
    pub when: Expr,
}

/// An entry, read.
#[derive(Clone, Debug)]
pub struct ReadEntry {
    /// As written, with its envelope.
    pub entry: Entry<EntryBody>,
    /// Its limbs.
    pub limbs: Vec<Read>,
    /// Its notes.
    pub unless: Vec<Read>,
    /// Exceptions, by list.
    pub exceptions: BTreeMap<String, Vec<Lifts>>,
    /// Reasons that state their own reach, by list: reason, what it says, when.
    pub scopes: BTreeMap<String, Vec<(String, String, Expr)>>,
}

/// A list, read.
#[derive(Clone, Debug)]
pub struct ReadList {
    /// As written.
    pub list: ControlList,
    /// When a listed item needs a licence; the chart decides where there is none.
    pub needs: Option<Expr>,
    /// When an item is outside the law.
    pub outside: Option<Expr>,
    /// General authorisations.
    pub general: Vec<Lifts>,
}

/// A rule, read.
#[derive(Clone, Debug)]
pub struct ReadRule {
    /// As written, with its envelope.
    pub entry: Entry<RuleBody>,
    /// Its limbs.
    pub limbs: Vec<Read>,
    /// What takes a case out.
    pub unless: Vec<Read>,
    /// When it is looked at.
    pub only: Option<Expr>,
}

/// A flag, read.
#[derive(Clone, Debug)]
pub struct ReadFlag {
    /// As written.
    pub flag: FlagEntry,
    /// When it is raised.
    pub when: Option<Expr>,
}

/// What a term of the lexicon speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Shows the capability.
    Shows(usize),
    /// Makes one ask for it.
    Hints(usize),
    /// Tells it is something else.
    Not(usize),
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
}

/// Everything, ready.
#[derive(Clone, Debug)]
pub struct Controls {
    /// Capabilities.
    pub capabilities: Vec<Capability>,
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

/// Names while packs are read.
struct Known<'a> {
    facts: BTreeMap<&'a str, Kind>,
    capabilities: BTreeSet<&'a str>,
    groups: &'a BTreeMap<String, Vec<Place>>,
    chart: &'a Chart,
}

impl Names for Known<'_> {
    fn fact(&self, name: &str) -> Option<Kind> {
        self.facts.get(name).copied()
    }
    fn capability(&self, id: &str) -> bool {
        self.capabilities.contains(id)
    }
    fn place(&self, code: &str) -> bool {
        if code.starts_with("mark.") {
            return true;
        }
        match code.strip_prefix("us.") {
            Some(group) => self.chart.groups.contains_key(group),
            None => self.groups.contains_key(code) || Place::parse(code).is_some(),
        }
    }
}

impl Groups for Controls {
    fn within(&self, place: &Place, code: &str) -> bool {
        if let Some(mark) = code.strip_prefix("mark.") {
            return self
                .chart
                .marks(place)
                .is_some_and(|marks| marks.contains(&mark));
        }
        if let Some(group) = code.strip_prefix("us.") {
            return self.chart.in_group(place, group);
        }
        match self.groups.get(code) {
            Some(members) => members.iter().any(|member| place.is_within(member)),
            None => Place::parse(code).is_some_and(|outer| place.is_within(&outer)),
        }
    }
}

/// Collects what is wrong.
#[derive(Default)]
struct Faults(Vec<PackProblem>);

impl Faults {
    fn say(&mut self, pack: &str, what: String) {
        self.0.push(PackProblem {
            pack: pack.to_owned(),
            problem: Problem {
                at: Span::default(),
                field: String::new(),
                what,
                expected: None,
                nearest: None,
                next: "mend the entry, or the one it names".to_owned(),
            },
        });
    }

    fn keep<T>(&mut self, read: Result<T, PackError>) -> Option<T> {
        read.map_err(|error| self.0.extend(error.0)).ok()
    }

    fn expr(&mut self, pack: &str, owner: &str, text: &str, names: &dyn Names) -> Expr {
        Expr::parse(text, names).unwrap_or_else(|what| {
            self.say(pack, format!("{owner}: {what}"));
            Expr::Always
        })
    }

    fn limbs(&mut self, pack: &str, owner: &str, limbs: &[Limb], names: &dyn Names) -> Vec<Read> {
        limbs
            .iter()
            .map(|limb| Read {
                limb: limb.clone(),
                when: self.expr(pack, owner, &limb.when, names),
            })
            .collect()
    }

    fn lifts(
        &mut self,
        pack: &str,
        owner: &str,
        all: &[Exception],
        names: &dyn Names,
    ) -> Vec<Lifts> {
        all.iter()
            .map(|exception| Lifts {
                exception: exception.clone(),
                when: self.expr(pack, owner, &exception.when, names),
            })
            .collect()
    }
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
        let (capabilities, facts) = (capabilities.capability, facts.fact);
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
        let (lexicon, owners) = lexicon(&capabilities, &facts, &read_entries, &mut faults);
        if !faults.0.is_empty() {
            return Err(PackError(faults.0));
        }
        Ok(Self {
            capabilities,
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

fn cross_check(
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
        for fact in body.ask.iter().filter(|fact| names.fact(fact).is_none()) {
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
fn check_order(rules: &[ReadRule], faults: &mut Faults) {
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

fn lexicon(
    capabilities: &[Capability],
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
    (builder.build(), owners)
}
