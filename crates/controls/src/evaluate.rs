//! The whole path for one item: item → catch-all for use → end user → rights.
//!
//! It never stops at "not listed". Each law that binds, or may, gets its own answer:
//! how the item stands in its lists, whether a licence is needed, and the next duty.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use scruple_model::deal::Item;
use scruple_model::{Answer, Date, Force, Question};
use serde::{Deserialize, Serialize};

use crate::consider::{Considered, State};
use crate::fact::{Facts, Kind, Value, Where, Whose};
use crate::judge::Judged;
use crate::packs::Controls;
use crate::recognise::Recognised;

pub use crate::classified::{Classified, LawAnswer};
pub use crate::decide::{CatchAll, DEFINITION, UNREAD};
use crate::decide::{catch_all, decide};
pub use crate::flags::Flag;
pub use crate::setting::Setting;

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
        facts.nothing_claimed = self.claims_nothing_harmful(item);
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
        let used = setting
            .end_use
            .map(|use_| self.read_text(use_, Where::Use, "end_use"));
        let all: Vec<_> = std::iter::once(&reading).chain(used.as_ref()).collect();
        let unread = self.unread(item, &all, &recognised, &mut facts);
        facts.is_unread = unread.as_ref().is_some_and(|one| one.opens);
        self.define(&recognised, &mut facts);

        let pointed = self.pointed(&reading);
        let considered = self.consider(item, &recognised, &pointed, &facts, day);
        let mut laws = self.in_lists(setting, &considered, &mut facts);
        for fact in self.facts.iter().filter(|fact| !fact.codes.is_empty()) {
            let listed = considered
                .iter()
                .filter(|one| one.state == State::Listed)
                .filter_map(|one| one.codes.get("us.ccl"));
            if let Some(code) = fact.shown_by(listed.map(String::as_str)) {
                let said = format!("the item is {code}");
                facts.say(&fact.id, Value::Truth(true), Whose::Definition, said);
            }
        }
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
        // What was not understood may bear on the rights of everything it speaks of.
        let topics = unread.iter().flat_map(|one| &one.topics);
        // So does what a warning sign speaks of.
        let raised = |id: &String| flags.iter().any(|flag| flag.id == *id);
        let signs = self
            .flags
            .iter()
            .filter(|read| raised(&read.flag.id))
            .flat_map(|read| &read.flag.rights);
        let rights = rights
            .into_iter()
            .chain(topics.flat_map(|index| &self.topics[*index].rights))
            .chain(signs)
            .cloned()
            .collect::<BTreeSet<String>>()
            .into_iter()
            .collect();
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
}
