//! The whole path for one item: item → catch-all for use → end user → rights.
//!
//! It never stops at "not listed". Each law that binds, or may, gets its own answer:
//! how the item stands in its lists, whether a licence is needed, and the next duty.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_model::deal::Item;
use scruple_model::{Answer, Date, Force, Question, QuestionId};
use serde::{Deserialize, Serialize};

use crate::consider::{Considered, State};
use crate::fact::{Facts, Kind, Known, Standing, Value, Where, Whose};
use crate::judge::Judged;
use crate::licence::Licence;
use crate::packs::Controls;
use crate::recognise::Recognised;
use crate::rule::Duty;

/// The rule that says what a cyber-surveillance item is. Named here because an answer
/// of its own is asked for it: the fourth state beside listed, not listed and open.
pub const DEFINITION: &str = "eu.2021-821.art2-20";

/// What surrounds an item.
#[derive(Clone, Debug, Default)]
pub struct Setting<'a> {
    /// The day whose law is asked for.
    pub as_of: Option<Date>,
    /// Regime to whether it binds.
    pub laws: BTreeMap<String, Answer>,
    /// The end use, as stated.
    pub end_use: Option<&'a str>,
    /// The names of whoever will use it.
    pub users: Vec<&'a str>,
    /// Facts of the deal's own fields and of other checks, by name.
    pub facts: Vec<(&'static str, Known)>,
    /// Facts stated for the whole deal.
    pub stated: Option<&'a BTreeMap<String, scruple_model::deal::Stated>>,
}

/// How an item stands in one list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Classified {
    /// It is on it.
    Listed {
        /// Under these codes, the first the likeliest.
        codes: Vec<String>,
    },
    /// A note takes it out, and nothing else puts it on.
    TakenOut {
        /// Code and note.
        notes: Vec<String>,
    },
    /// It may be: limbs are open.
    Open {
        /// Codes whose limbs are open.
        codes: Vec<String>,
    },
    /// Entries were considered, and none is met; or nothing pointed to any.
    NotFound,
    /// The law does not reach it, as it does not reach what is published.
    Outside,
}

/// What the EU definition comes to for an item on no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CatchAll {
    /// It is plausibly met.
    Candidate,
    /// A limb does not hold.
    DefinitionNotMet,
    /// A limb is open.
    CannotTell,
    /// It is listed, or this law does not bind.
    NotApplicable,
}

/// What one law comes to for an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LawAnswer {
    /// The regime.
    pub law: String,
    /// Whether it binds.
    pub binds: Answer,
    /// List to how the item stands in it.
    pub lists: BTreeMap<String, Classified>,
    /// What being listed demands.
    pub licences: Vec<Licence>,
    /// Whether a licence is needed, over lists and rules.
    pub licence: Answer,
    /// The next duty.
    pub duty: Duty,
}

/// A warning sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// `police_end_user`.
    pub id: String,
    /// What it says.
    pub label: String,
    /// The facts that raise it.
    pub because: Vec<String>,
    /// What would resolve it.
    pub question: Question,
    /// Where it is published.
    pub source: Vec<String>,
}

/// Everything about one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// Its name.
    pub item: String,
    /// What it can do.
    pub capabilities: Vec<Recognised>,
    /// Entries that were considered, the likeliest first.
    pub considered: Vec<Considered>,
    /// Rules, in the order of the path.
    pub rules: Vec<Judged>,
    /// Law by law.
    pub laws: Vec<LawAnswer>,
    /// What the EU definition comes to.
    pub catch_all: CatchAll,
    /// Warning signs.
    pub flags: Vec<Flag>,
    /// Rights that the capabilities bear on.
    pub rights: Vec<String>,
    /// Everything open, each once, the most deciding first.
    pub questions: Vec<Question>,
    /// Facts stated under names that no rule asks for.
    pub unknown_facts: Vec<String>,
}

impl Controls {
    /// Walks the whole path for an item.
    pub fn evaluate(&self, item: &Item, setting: &Setting<'_>) -> Outcome {
        let day = setting.as_of.unwrap_or(Date::MIN);
        let mut facts = Facts::default();
        let unknown_facts = self.state(item, setting, &mut facts);

        let text = match &item.description {
            Some(description) => format!("{}. {description}", item.name),
            None => item.name.clone(),
        };
        let reading = self.read_text(&text, Where::Item, "item");
        let recognised = self.capabilities_of(item, &reading);
        facts.is_described =
            item.description.is_some() || item.claims_none || !item.capabilities.is_empty();
        facts.nothing_claimed = item.claims_none;
        self.facts_of(&reading, &mut facts);
        if let Some(end_use) = setting.end_use {
            self.facts_of(&self.read_text(end_use, Where::Use, "end_use"), &mut facts);
            facts.say(
                "known_use",
                Value::Truth(true),
                Whose::Stated,
                format!("end_use = {end_use}"),
            );
        }
        for user in &setting.users {
            self.facts_of(
                &self.read_text(user, Where::User, "end user's name"),
                &mut facts,
            );
        }
        for one in &recognised {
            facts.capabilities.insert(one.id.clone(), one.standing);
        }
        self.define(&recognised, &mut facts);

        let pointed = self.pointed(&reading);
        let considered = self.consider(item, &recognised, &pointed, &facts, day);
        let mut laws = self.in_lists(setting, &considered, &mut facts);
        let rules = self.judge(&item.name, &setting.laws, day, &mut facts);
        for law in &mut laws {
            decide(law, &rules);
        }
        let catch_all = catch_all(&laws, &rules);
        let parameter = |id: &str| {
            self.facts.iter().any(|fact| {
                matches!(fact.kind, Kind::Number | Kind::Product)
                    && fact.question().id.as_str() == id
            })
        };
        let lacking = considered
            .iter()
            .filter(|one| one.sure && matches!(one.state, State::Listed | State::Open))
            .flat_map(Considered::open)
            .any(|question| parameter(question.id.as_str()));
        let stated_open = item
            .facts
            .values()
            .any(|stated| *stated == scruple_model::deal::Stated::Unknown);
        if lacking || stated_open {
            facts.say(
                "specs_missing",
                Value::Truth(true),
                Whose::Definition,
                "a parameter that decides is not stated",
            );
        }
        let near = rules.iter().any(|rule| {
            rule.answer != Answer::No
                && (matches!(rule.force, Force::Suspended { .. }) || rule.is_young)
        });
        facts.say(
            "near_a_change",
            Value::Truth(near),
            Whose::Definition,
            "periods of the rules",
        );
        let flags = self.flags(&facts);
        let rights: BTreeSet<&String> = recognised.iter().flat_map(|one| &one.rights).collect();
        let rights = rights.into_iter().cloned().collect();
        let questions = self.questions(&facts, &recognised, &considered, &laws, &rules, &flags);
        Outcome {
            item: item.name.clone(),
            capabilities: recognised,
            considered,
            rules,
            laws,
            catch_all,
            flags,
            rights,
            questions,
            unknown_facts,
        }
    }

    /// What the deal states; gives back names that no rule asks for.
    fn state(&self, item: &Item, setting: &Setting<'_>, facts: &mut Facts) -> Vec<String> {
        let mut unknown = Vec::new();
        let deal = setting
            .stated
            .into_iter()
            .flatten()
            .map(|one| ("facts", one));
        let own = item.facts.iter().map(|one| ("items.facts", one));
        for (table, (name, stated)) in own.chain(deal) {
            match self.fact(name) {
                Some(fact) if fact.takes(stated) => {
                    facts.state(&fact.id, stated, &format!("{table}.{name}"));
                }
                _ => unknown.push(format!("{table}.{name}")),
            }
        }
        for (name, known) in &setting.facts {
            facts.say(name, known.value.clone(), known.whose, known.said.clone());
        }
        unknown
    }

    /// What follows from what the capabilities are.
    fn define(&self, recognised: &[Recognised], facts: &mut Facts) {
        let firm: Vec<&crate::capability::Capability> = recognised
            .iter()
            .filter(|one| one.standing != Standing::Ask)
            .filter_map(|one| self.capability(&one.id))
            .collect();
        let mut implied: BTreeMap<&str, Vec<(&str, bool)>> = BTreeMap::new();
        for capability in &firm {
            for (fact, value) in &capability.implies {
                implied
                    .entry(fact)
                    .or_default()
                    .push((&capability.label, *value));
            }
        }
        // One capability that has a trait gives it to the item; one that lacks it takes it
        // away only where all others lack it too.
        for (fact, values) in implied {
            let has = values.iter().find(|(_, value)| *value);
            let settled = match has {
                Some((label, _)) => Some((true, *label)),
                None if values.len() == firm.len() => Some((false, values[0].0)),
                None => None,
            };
            if let Some((value, label)) = settled {
                let said = format!("by what {label} is");
                facts.say(fact, Value::Truth(value), Whose::Definition, said);
            }
        }
        let harmful = |standing: &dyn Fn(&Recognised) -> bool| {
            recognised.iter().filter(|one| standing(one)).any(|one| {
                self.capability(&one.id)
                    .is_some_and(|capability| !capability.benign_by_default)
            })
        };
        let firm = harmful(&|one| one.standing != Standing::Ask);
        let any = harmful(&|_| true);
        let value = match (firm, any) {
            (true, _) => Value::Truth(true),
            (false, true) => Value::Unknown,
            (false, false) if facts.is_described => Value::Truth(false),
            (false, false) => Value::Unknown,
        };
        facts.say(
            "any_capability",
            value,
            Whose::Definition,
            "capabilities recognised or claimed",
        );
        let open = [
            ("nothing_claimed", facts.nothing_claimed),
            ("user_kind_unknown", facts.word("user").is_none()),
        ];
        for (name, truth) in open {
            facts.say(
                name,
                Value::Truth(truth),
                Whose::Definition,
                "the deal's own fields",
            );
        }
        let unclaimed = recognised.iter().any(|one| one.unclaimed);
        facts.say(
            "unclaimed_capability",
            Value::Truth(unclaimed),
            Whose::Definition,
            "words of the description beside what is claimed",
        );
    }

    fn in_lists(
        &self,
        setting: &Setting<'_>,
        considered: &[Considered],
        facts: &mut Facts,
    ) -> Vec<LawAnswer> {
        let mut laws: BTreeMap<&str, LawAnswer> = BTreeMap::new();
        for (law, binds) in setting
            .laws
            .iter()
            .filter(|(_, binds)| **binds != Answer::No)
        {
            let known = self.lists.iter().any(|list| list.list.law == *law)
                || self
                    .rules
                    .iter()
                    .any(|rule| rule.entry.body.law.as_ref() == Some(law));
            if known {
                laws.insert(
                    law,
                    LawAnswer {
                        law: law.clone(),
                        binds: *binds,
                        lists: BTreeMap::new(),
                        licences: Vec::new(),
                        licence: Answer::No,
                        duty: Duty::None,
                    },
                );
            }
        }
        for list in &self.lists {
            let id = &list.list.id;
            let classified = self.classify(list, considered, facts);
            let result = match &classified {
                Classified::Listed { .. } => Answer::Yes,
                Classified::Open { .. } => Answer::CannotTell,
                _ => Answer::No,
            };
            facts.results.insert(format!("listed:{id}"), result);
            let Some(law) = laws.get_mut(list.list.law.as_str()) else {
                continue;
            };
            let licences: Vec<Licence> = considered
                .iter()
                .filter(|_| classified != Classified::Outside)
                .filter_map(|one| self.licence(list, one, facts))
                .collect();
            let demanded = licences
                .iter()
                .map(|one| one.answer)
                .fold(Answer::No, Answer::or);
            let open = matches!(classified, Classified::Open { .. });
            law.licence =
                law.licence
                    .or(demanded)
                    .or(if open { Answer::CannotTell } else { Answer::No });
            if list.list.forbids && result == Answer::Yes {
                law.duty = Duty::Prohibited;
                law.licence = Answer::CannotTell;
            }
            let silent = demanded == Answer::No
                && licences.iter().any(|one| {
                    one.exceptions.is_empty()
                        && one
                            .reasons
                            .iter()
                            .any(|reason| reason.reason.starts_with("NS"))
                });
            facts.results.insert(
                format!("silent:{id}"),
                if silent { Answer::Yes } else { Answer::No },
            );
            if demanded == Answer::No && licences.iter().any(|one| !one.exceptions.is_empty()) {
                law.duty = law.duty.min(Duty::RecordException);
            }
            law.licences.extend(licences);
            law.lists.insert(id.clone(), classified);
        }
        for (id, law) in &laws {
            facts.results.insert(format!("licence:{id}"), law.licence);
        }
        laws.into_values().collect()
    }

    fn classify(
        &self,
        list: &crate::packs::ReadList,
        considered: &[Considered],
        facts: &Facts,
    ) -> Classified {
        if let Some(outside) = &list.outside
            && outside.eval(facts, self, &mut Vec::new()) == Answer::Yes
        {
            return Classified::Outside;
        }
        let here = || {
            considered
                .iter()
                .filter_map(|one| one.codes.get(&list.list.id).map(|code| (one, code)))
        };
        let codes = |wanted: &dyn Fn(&Considered) -> bool| -> Vec<String> {
            let mut codes: Vec<String> = Vec::new();
            for (_, code) in here().filter(|(one, _)| wanted(one)) {
                if !codes.contains(code) {
                    codes.push(code.clone());
                }
            }
            codes
        };
        let listed = codes(&|one| one.state == State::Listed);
        if !listed.is_empty() {
            return Classified::Listed { codes: listed };
        }
        let open = codes(&|one| one.state == State::Open && one.opens);
        if !open.is_empty() {
            return Classified::Open { codes: open };
        }
        let notes: Vec<String> = here()
            .filter_map(|(one, code)| match &one.state {
                State::TakenOut { note } => Some(format!("{code}: {note}")),
                _ => None,
            })
            .collect();
        if notes.is_empty() {
            Classified::NotFound
        } else {
            Classified::TakenOut { notes }
        }
    }

    fn flags(&self, facts: &Facts) -> Vec<Flag> {
        let mut flags = Vec::new();
        for read in &self.flags {
            let Some(when) = &read.when else { continue };
            let mut touched = Vec::new();
            if when.eval(facts, self, &mut touched) != Answer::Yes {
                continue;
            }
            let because = touched
                .iter()
                .filter_map(|name| facts.get(name))
                .filter(|known| !matches!(known.value, Value::Truth(false) | Value::Unknown))
                .map(|known| known.said.clone())
                .collect();
            flags.push(Flag {
                id: read.flag.id.clone(),
                label: read.flag.label.clone(),
                because,
                question: Question {
                    id: QuestionId::new(format!("q.flag-{}", read.flag.id.replace('_', "-"))),
                    text: read.flag.question.clone(),
                    ask: read.flag.ask.clone(),
                    field: "the reasons of the decision".to_owned(),
                },
                source: read.flag.source.clone(),
            });
        }
        flags
    }

    /// Every question once: what decides an entry, then a licence, then a rule, then
    /// what tells benign from harmful.
    fn questions(
        &self,
        facts: &Facts,
        recognised: &[Recognised],
        considered: &[Considered],
        laws: &[LawAnswer],
        rules: &[Judged],
        flags: &[Flag],
    ) -> Vec<Question> {
        let mut all: Vec<Question> = Vec::new();
        let mut add = |question: &Question| {
            if !all.iter().any(|known| known.id == question.id) {
                all.push(question.clone());
            }
        };
        for one in considered.iter().filter(|one| one.sure) {
            one.open().into_iter().for_each(&mut add);
        }
        let licences = laws.iter().flat_map(|law| &law.licences);
        licences.flat_map(|one| &one.questions).for_each(&mut add);
        for rule in rules
            .iter()
            .filter(|rule| !rule.quiet || rule.answer == Answer::Yes)
        {
            rule.questions.iter().for_each(&mut add);
        }
        for one in recognised {
            let Some(capability) = self.capability(&one.id) else {
                continue;
            };
            // A denial is asked to be confirmed, for every part and option: it is what keeps
            // an item out of a stricter entry. What is stated to hold is not asked again.
            let stated = |name: &&String| {
                facts.get(name).is_some_and(|known| {
                    known.whose == Whose::Stated
                        && !matches!(known.value, Value::Unknown | Value::Truth(false))
                })
            };
            capability
                .questions
                .iter()
                .filter(|name| !stated(name))
                .filter_map(|name| self.fact(name))
                .for_each(|fact| add(&fact.question()));
        }
        for one in considered.iter().filter(|one| !one.sure) {
            one.open().into_iter().for_each(&mut add);
        }
        flags.iter().for_each(|flag| add(&flag.question));
        all
    }
}

/// The licence and the duty of a law, over its lists and its rules.
fn decide(law: &mut LawAnswer, rules: &[Judged]) {
    let own = || {
        rules
            .iter()
            .filter(|rule| rule.law.as_ref().is_none_or(|one| *one == law.law))
    };
    let mut licence = law.licence;
    for rule in own() {
        let bites = rule.force == scruple_model::Force::InForce;
        if rule.decides_licence && bites && !(rule.quiet && rule.answer == Answer::CannotTell) {
            licence = licence.or(rule.answer);
        }
        if rule.opens_licence
            && rule.answer != Answer::No
            && !(rule.quiet && rule.answer == Answer::CannotTell)
        {
            licence = licence.or(Answer::CannotTell);
        }
    }
    let mut duty = own()
        .map(|rule| rule.duty)
        .fold(law.duty, |duty, other| duty.min(other));
    match licence {
        Answer::Yes => duty = duty.min(Duty::ApplyLicence),
        Answer::CannotTell => duty = duty.min(Duty::Ask),
        Answer::No => {}
    }
    law.licence = licence;
    law.duty = duty;
}

fn catch_all(laws: &[LawAnswer], rules: &[Judged]) -> CatchAll {
    let listed = laws
        .iter()
        .filter_map(|law| law.lists.get("eu.annex-i"))
        .any(|state| matches!(state, Classified::Listed { .. }));
    let definition = rules.iter().find(|rule| rule.rule.as_str() == DEFINITION);
    match definition {
        _ if listed => CatchAll::NotApplicable,
        None => CatchAll::NotApplicable,
        Some(rule) => match rule.answer {
            Answer::Yes => CatchAll::Candidate,
            Answer::No => CatchAll::DefinitionNotMet,
            Answer::CannotTell => CatchAll::CannotTell,
        },
    }
}
