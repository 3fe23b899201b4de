//! What follows from what an item can do: the facts that each capability implies, and
//! whether anything that can harm was recognised at all.

use std::collections::BTreeMap;

use scruple_model::deal::Item;

use crate::fact::{Facts, Standing, Value, Whose};
use crate::packs::Controls;
use crate::recognise::Recognised;

impl Controls {
    /// Whether the deal says what the item can do, and names nothing that watches, sorts or
    /// coerces by itself: a claim that plain words of the description may contradict.
    pub(crate) fn claims_nothing_harmful(&self, item: &Item) -> bool {
        let harmless = |id: &String| self.capability(id).is_some_and(|one| one.benign_by_default);
        item.claims_none
            || (!item.capabilities.is_empty() && item.capabilities.iter().all(harmless))
    }

    /// What follows from what the capabilities are.
    pub(crate) fn define(&self, recognised: &[Recognised], facts: &mut Facts) {
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
            (false, false) if facts.is_described && !facts.is_unread => Value::Truth(false),
            (false, false) => Value::Unknown,
        };
        facts.say(
            "any_capability",
            value,
            Whose::Definition,
            "capabilities recognised or claimed",
        );
        let open = [
            (
                "nothing_claimed",
                facts.nothing_claimed,
                "no capability is claimed",
            ),
            (
                "user_kind_unknown",
                facts.word("user").is_none(),
                "no kind of end user is stated",
            ),
        ];
        for (name, truth, said) in open {
            facts.say(name, Value::Truth(truth), Whose::Definition, said);
        }
        // A tool of many uses that nobody claims hides nothing.
        let unclaimed = recognised.iter().any(|one| {
            let harmless = self
                .capability(&one.id)
                .is_some_and(|one| one.benign_by_default);
            one.unclaimed && !harmless
        });
        facts.say(
            "unclaimed_capability",
            Value::Truth(unclaimed),
            Whose::Definition,
            "words of the description beside what is claimed",
        );
    }
}
