//! What surrounds an item: the law that may bind, the use, the users, and what the deal
//! and other checks state.

use std::collections::BTreeMap;

use scruple_model::deal::{Item, Stated};
use scruple_model::{Answer, Date};

use crate::fact::{Facts, Known, Value, Whose};
use crate::packs::Controls;

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
    pub stated: Option<&'a BTreeMap<String, Stated>>,
}

impl Controls {
    /// What the deal states; gives back names that no rule asks for.
    pub(crate) fn state(
        &self,
        item: &Item,
        setting: &Setting<'_>,
        facts: &mut Facts,
    ) -> Vec<String> {
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
        for fact in &self.facts {
            let stated = item.control_codes.iter().map(String::as_str);
            if let Some(code) = fact.shown_by(stated) {
                let said = format!("items.control_codes = {code}");
                facts.say(&fact.id, Value::Truth(true), Whose::Definition, said);
            }
        }
        for (name, known) in &setting.facts {
            facts.say(name, known.value.clone(), known.whose, known.said.clone());
        }
        unknown
    }
}
