//! Facts and capabilities that a deal states and no pack knows.

use std::collections::BTreeMap;

use scruple_model::deal::{Deal, Stated, nearest};

use crate::packs::Packs;

/// What of the facts and capabilities that a deal states no pack knows, as errors of
/// the file: the field, what is wrong, and what is nearest.
pub fn unknown_names(deal: &Deal, packs: &Packs) -> Vec<(String, String, Option<String>)> {
    let controls = &packs.controls;
    let mut wrong = Vec::new();
    let mut facts = |table: String, stated: &BTreeMap<String, Stated>| {
        for (name, value) in stated {
            let field = format!("{table}.{name}");
            match controls.fact(name) {
                None => {
                    let names = controls.facts.iter().map(|fact| fact.id.as_str());
                    let near = nearest::of(name, names).map(str::to_owned);
                    wrong.push((field, format!("no rule asks for a fact `{name}`"), near));
                }
                Some(fact) if !fact.takes(value) => {
                    let what = format!("`{name}` takes {}", fact.expects());
                    wrong.push((field, what, None));
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
                wrong.push((
                    format!("items[{number}].capabilities"),
                    format!("there is no capability {id}"),
                    nearest::of(id, ids).map(str::to_owned),
                ));
            }
        }
    }
    wrong
}
