//! Facts and capabilities that a deal states and no pack knows.

use std::collections::BTreeMap;

use scruple_model::deal::{Deal, Stated, nearest};

use crate::packs::Packs;

/// A name of a deal that no pack has, or whose value is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// `items[1].capabilities`.
    pub field: String,
    /// The name as the file has it.
    pub name: String,
    /// What is wrong.
    pub what: String,
    /// The nearest name there is.
    pub nearest: Option<String>,
}

/// What of the facts and capabilities that a deal states no pack knows, as errors of
/// the file.
pub fn unknown_names(deal: &Deal, packs: &Packs) -> Vec<UnknownName> {
    let controls = &packs.controls;
    let mut wrong = Vec::new();
    let mut facts = |table: String, stated: &BTreeMap<String, Stated>| {
        for (name, value) in stated {
            let field = format!("{table}.{name}");
            match controls.fact(name) {
                None => {
                    let names = controls.facts.iter().map(|fact| fact.id.as_str());
                    let near = nearest::of(name, names).map(str::to_owned);
                    wrong.push(UnknownName {
                        field,
                        name: name.clone(),
                        what: format!("no rule asks for a fact `{name}`"),
                        nearest: near,
                    });
                }
                Some(fact) if !fact.takes(value) => {
                    wrong.push(UnknownName {
                        field,
                        name: name.clone(),
                        what: format!("`{name}` takes {}", fact.expects()),
                        nearest: None,
                    });
                }
                Some(_) => {}
            }
        }
    };
    facts("facts".to_owned(), &deal.facts);
    for (item, number) in deal.items.iter().zip(1..) {
        facts(format!("items[{number}].facts"), &item.facts);
    }
    for (item, number) in deal.items.iter().zip(1..) {
        for id in &item.capabilities {
            if controls.capability(id).is_none() {
                let ids = controls.capabilities.iter().map(|one| one.id.as_str());
                wrong.push(UnknownName {
                    field: format!("items[{number}].capabilities"),
                    name: id.clone(),
                    what: format!("there is no capability {id}"),
                    nearest: nearest::of(id, ids).map(str::to_owned),
                });
            }
        }
    }
    wrong
}
