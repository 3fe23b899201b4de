//! A deal's fields, and what screening and ownership found, as the facts that rules ask for.

use std::collections::BTreeMap;

use scruple_controls::evaluate::Setting;
use scruple_controls::{Known, Value, Whose};
use scruple_model::deal::{Deal, Delivery, Direction, Fact, Item, Role};
use scruple_model::{Answer, Date, Finding, Place, Subject};

use crate::brief::{Owned, SAME_PARTY};

/// Lists of parties, by the fact they settle.
const LISTED: &[(&str, &str)] = &[
    ("us-bis-el", "listed_us_el"),
    ("us-bis-meu", "listed_us_meu"),
    ("us-bis-dpl", "listed_us_denied"),
    ("us-bis-uvl", "listed_us_unverified"),
    ("us-ofac-sdn", "listed_us_blocked"),
    ("us-dhs-uflpa", "listed_uflpa"),
    ("eu-fsf", "listed_eu"),
    ("gb-uksl", "listed_gb"),
    ("ch-seco", "listed_ch"),
    ("un-sc", "listed_un"),
];

/// A deal as facts, with what other checks found.
pub fn setting<'a>(
    deal: &'a Deal,
    laws: BTreeMap<String, Answer>,
    as_of: Date,
    screened: &[Finding],
    owned: &[Owned],
) -> Setting<'a> {
    let mut facts: Vec<(&'static str, Known)> = Vec::new();
    let nexus = &deal.nexus;
    for (name, field, place) in [
        ("destination", "destination", &deal.destination),
        ("place_of_use", "place_of_use", &deal.place_of_use),
        (
            "export_from",
            "nexus.place_of_export",
            &nexus.place_of_export,
        ),
    ] {
        if let Fact::Known(place) = place {
            facts.push((name, place_fact(field, place)));
        }
    }
    if let Some((field, place)) = deal.seat() {
        facts.push(("seat", place_fact(field, place)));
    }
    // A place of use inside a region that rules name says more than the destination.
    if let Fact::Known(place) = &deal.place_of_use
        && deal
            .destination
            .known()
            .is_none_or(|to| place.is_within(to))
    {
        facts.retain(|(name, _)| *name != "destination");
        facts.push(("destination", place_fact("place_of_use", place)));
    }
    for (name, field, fact) in [
        ("brokering", "nexus.brokering", &nexus.brokering),
        (
            "technical_assistance",
            "nexus.technical_assistance",
            &nexus.technical_assistance,
        ),
        ("us_persons", "nexus.us_persons", &nexus.us_persons),
        (
            "direct_product",
            "nexus.us_direct_product",
            &nexus.us_direct_product,
        ),
    ] {
        if let Fact::Known(yes) = fact {
            facts.push((name, truth(*yes, Whose::Stated, format!("{field} = {yes}"))));
        }
    }
    let buys = deal.direction == Direction::Purchase;
    facts.push(("buys", truth(buys, Whose::Stated, "direction")));
    if let Fact::Known(ways) = &nexus.delivery {
        let remote = ways
            .iter()
            .any(|way| matches!(way, Delivery::RemoteAccess | Delivery::Service));
        facts.push(("remote", truth(remote, Whose::Stated, "nexus.delivery")));
    }
    let users: Vec<_> = deal
        .parties
        .iter()
        .filter(|party| {
            party
                .roles
                .iter()
                .any(|role| matches!(role, Role::EndUser | Role::GovernmentSponsor))
        })
        .collect();
    // Of several users the one that asks most care speaks: the words stand in that order.
    let function = users
        .iter()
        .filter_map(|party| party.function.known())
        .min();
    if let Some(function) = function {
        let known = Known {
            value: Value::Word(function.as_str().to_owned()),
            whose: Whose::Stated,
            said: format!("parties.function = {}", function.as_str()),
        };
        facts.push(("user", known));
    }
    facts.extend(listed(screened));
    let half = owned
        .iter()
        .find(|owned| owned.rule.as_str() == "us.bis.affiliates" && owned.answer == Answer::Yes);
    if let Some(owned) = half {
        let known = Known {
            value: Value::Number(50_000),
            whose: Whose::Found,
            said: owned.outcome.clone(),
        };
        facts.push(("listed_owner_percent", known));
    }
    Setting {
        as_of: Some(as_of),
        laws,
        end_use: deal.end_use.known().map(String::as_str),
        users: users
            .iter()
            .flat_map(|party| std::iter::once(&party.name).chain(&party.names))
            .map(String::as_str)
            .collect(),
        facts,
        stated: Some(&deal.facts),
    }
}

/// The setting with what is the item's own: where it was made.
pub(super) fn setting_of<'a>(setting: &Setting<'a>, item: &Item) -> Setting<'a> {
    let mut own = setting.clone();
    if let Fact::Known(place) = &item.origin {
        own.facts
            .push(("made_in", place_fact("items.origin", place)));
    }
    own
}

/// A word that was stated, as a fact.
pub fn word(word: &str, said: &str) -> Known {
    Known {
        value: Value::Word(word.to_owned()),
        whose: Whose::Stated,
        said: said.to_owned(),
    }
}

fn place_fact(field: &str, place: &Place) -> Known {
    Known {
        value: Value::Place(place.clone()),
        whose: Whose::Stated,
        said: format!("{field} = {}", place.code()),
    }
}

fn truth(yes: bool, whose: Whose, said: impl Into<String>) -> Known {
    Known {
        value: Value::Truth(yes),
        whose,
        said: said.into(),
    }
}

/// Which lists hold a party, as facts.
fn listed(screened: &[Finding]) -> Vec<(&'static str, Known)> {
    let mut facts: BTreeMap<&'static str, Known> = BTreeMap::new();
    for finding in screened {
        let same = !finding
            .questions
            .iter()
            .any(|question| question.id.as_str().starts_with(SAME_PARTY));
        if finding.answer == Answer::No || !matches!(finding.subject, Subject::Party { .. }) {
            continue;
        }
        for evidence in finding
            .evidence
            .iter()
            .filter(|evidence| evidence.published)
        {
            let known = LISTED.iter().find(|(list, _)| *list == evidence.source);
            let names = known
                .map(|(_, fact)| *fact)
                .into_iter()
                .chain(["listed_somewhere"]);
            for name in names {
                let value = if same {
                    Value::Truth(true)
                } else {
                    Value::Unknown
                };
                let known = Known {
                    value,
                    whose: Whose::Found,
                    said: format!("{}: {}", evidence.source, evidence.text),
                };
                // The first row of a finding names the party; what follows it is said of it.
                let settled = facts
                    .get(name)
                    .is_some_and(|held| held.value == Value::Truth(true) || !same);
                if !settled {
                    facts.insert(name, known);
                }
            }
        }
    }
    facts.into_iter().collect()
}
