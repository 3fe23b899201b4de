//! Which law binds, by nexus.
//!
//! A regime binds where any one of its facts holds. Evaluated with three values:
//! one Yes decides; else one unknown fact leaves it open, with the question that
//! settles it; else No, meaning no fact *entered* makes it bind.

use scruple_model::deal::{Delivery, Direction, Fact};
use scruple_model::{Answer, Country, Date, Deal, Place, Question, RuleId, Unchecked};

use crate::brief::RegimeAnswer;
use crate::packs::{Bind, Packs, RegimeKind};
use crate::world::World;

/// The facts a pack may ask for.
pub const FACTS: [&str; 17] = [
    "nexus.legal_seat",
    "nexus.place_of_export",
    "nexus.us_persons",
    "nexus.us_origin",
    "nexus.us_content_percent",
    "nexus.us_direct_product",
    "nexus.brokering",
    "nexus.technical_assistance",
    "nexus.currency",
    "nexus.bank_countries",
    "nexus.delivery",
    "nexus.import_into",
    "nexus.importer_of_record",
    "deal.destination",
    "deal.transit",
    "deal.place_of_use",
    "deal.direction",
];

enum Value {
    Unknown,
    Truth(bool),
    Number(f64),
    Places(Vec<Place>),
    Words(Vec<String>),
}

fn value(deal: &Deal, fact: &str) -> Value {
    fn of<T>(fact: &Fact<T>, known: impl Fn(&T) -> Value) -> Value {
        fact.known().map_or(Value::Unknown, known)
    }
    let place = |place: &Place| Value::Places(vec![place.clone()]);
    let truth = |truth: &bool| Value::Truth(*truth);
    let word = |word: &String| Value::Words(vec![word.clone()]);
    let nexus = &deal.nexus;
    match fact {
        "nexus.legal_seat" => deal.seat().map_or(Value::Unknown, |(_, seat)| place(seat)),
        "nexus.place_of_export" => of(&nexus.place_of_export, place),
        "nexus.us_persons" => of(&nexus.us_persons, truth),
        "nexus.us_origin" => of(&nexus.us_origin, truth),
        "nexus.us_content_percent" => of(&nexus.us_content, |ppm| {
            Value::Number(f64::from(*ppm) / 10_000.0)
        }),
        "nexus.us_direct_product" => of(&nexus.us_direct_product, truth),
        "nexus.brokering" => of(&nexus.brokering, truth),
        "nexus.technical_assistance" => of(&nexus.technical_assistance, truth),
        "nexus.currency" => of(&nexus.currency, word),
        "nexus.bank_countries" => of(&nexus.bank_countries, |p| Value::Places(p.clone())),
        "nexus.delivery" => of(&nexus.delivery, |ways| {
            Value::Words(
                ways.iter()
                    .map(|way| delivery_word(*way).to_owned())
                    .collect(),
            )
        }),
        // Goods are brought in where they go, unless somebody said where else.
        "nexus.import_into" => match nexus.import_into.known() {
            Some(known) => place(known),
            None => of(&deal.destination, place),
        },
        "nexus.importer_of_record" => of(&nexus.importer_of_record, word),
        "deal.destination" => of(&deal.destination, place),
        // Where nothing is sent, nothing passes through a country.
        "deal.transit" => match (deal.transit.known(), nexus.delivery.known()) {
            (Some(places), _) => Value::Places(places.clone()),
            (None, Some(ways)) if ways.iter().all(|way| !is_sent(*way)) => {
                Value::Places(Vec::new())
            }
            (None, _) => Value::Unknown,
        },
        "deal.place_of_use" => of(&deal.place_of_use, place),
        "deal.direction" => Value::Words(vec![
            match deal.direction {
                Direction::Sale => "sale",
                Direction::Purchase => "purchase",
            }
            .to_owned(),
        ]),
        _ => Value::Unknown,
    }
}

fn is_sent(delivery: Delivery) -> bool {
    match delivery {
        Delivery::Shipment | Delivery::Download => true,
        Delivery::RemoteAccess | Delivery::Service => false,
    }
}

/// The field of the deal that states a fact, where it is another than the fact's own.
fn stated_in<'f>(deal: &Deal, fact: &'f str) -> &'f str {
    match deal.seat() {
        Some((field, _)) if fact == "nexus.legal_seat" => field,
        _ => fact,
    }
}

fn delivery_word(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Shipment => "shipment",
        Delivery::Download => "download",
        Delivery::RemoteAccess => "remote-access",
        Delivery::Service => "service",
    }
}

fn yes_if(truth: bool) -> Answer {
    if truth { Answer::Yes } else { Answer::No }
}

/// What kind of test fits a fact: `is`, `within`, a number, `one_of`.
pub fn test_of(fact: &str) -> &'static str {
    match fact {
        "nexus.us_content_percent" => "a number",
        "nexus.currency" | "nexus.delivery" | "nexus.importer_of_record" | "deal.direction" => {
            "one_of"
        }
        "nexus.us_persons"
        | "nexus.us_origin"
        | "nexus.us_direct_product"
        | "nexus.brokering"
        | "nexus.technical_assistance" => "is",
        _ => "within",
    }
}

fn holds(deal: &Deal, packs: &Packs, bind: &Bind) -> Answer {
    match test(deal, packs, bind) {
        // The fact makes it possible; the question settles it.
        Answer::Yes if bind.opens => Answer::CannotTell,
        answer => answer,
    }
}

fn test(deal: &Deal, packs: &Packs, bind: &Bind) -> Answer {
    let fact = match value(deal, &bind.fact) {
        Value::Unknown => Answer::CannotTell,
        Value::Truth(truth) => yes_if(bind.is == Some(truth)),
        Value::Number(number) => yes_if(bind.above.is_some_and(|limit| number > limit)),
        Value::Places(places) => {
            yes_if(places.iter().any(|place| packs.within(place, &bind.within)))
        }
        Value::Words(words) => yes_if(
            words
                .iter()
                .any(|word| bind.one_of.iter().any(|one| one.eq_ignore_ascii_case(word))),
        ),
    };
    if bind.destinations.is_empty() {
        return fact;
    }
    // What is sent on to such a place goes there, whatever the first stop is called.
    let goes = ["deal.destination", "deal.transit", "deal.place_of_use"]
        .into_iter()
        .map(|field| match value(deal, field) {
            Value::Places(places) => yes_if(
                places
                    .iter()
                    .any(|place| packs.within(place, &bind.destinations)),
            ),
            _ => Answer::CannotTell,
        })
        .reduce(Answer::or)
        .unwrap_or(Answer::CannotTell);
    fact.and(goes)
}

/// Every regime's answer, in the pack's order.
pub(crate) fn evaluate(deal: &Deal, world: &World, as_of: Date) -> Vec<RegimeAnswer> {
    let packs = &world.packs;
    packs
        .regimes
        .entries
        .iter()
        .map(|entry| {
            let limbs: Vec<(Answer, &Bind)> = entry
                .body
                .binds
                .iter()
                .map(|bind| (holds(deal, packs, bind), bind))
                .collect();
            let answer = limbs
                .iter()
                .map(|(answer, _)| *answer)
                .reduce(Answer::or)
                .unwrap_or(Answer::CannotTell);
            let because = limbs
                .iter()
                .filter(|(limb, _)| *limb == Answer::Yes)
                .map(|(_, bind)| format!("{} ({})", bind.because, stated_in(deal, &bind.fact)))
                .collect();
            let mut questions: Vec<Question> = Vec::new();
            if answer == Answer::CannotTell {
                for (_, bind) in limbs.iter().filter(|(limb, _)| *limb == Answer::CannotTell) {
                    let Some(question) = &bind.question else {
                        continue;
                    };
                    // What is known is not asked again: then where the goods go is open, and
                    // is asked for as itself.
                    let known = !matches!(value(deal, &bind.fact), Value::Unknown);
                    if known && !bind.opens {
                        continue;
                    }
                    if questions.iter().all(|known| known.id != question.id) {
                        questions.push(question.to_question(bind.fact.trim_start_matches("deal.")));
                    }
                }
            }
            RegimeAnswer {
                id: entry.id.clone(),
                title: entry.body.title.clone(),
                kind: entry.body.kind,
                force: entry.force_on(as_of),
                answer,
                because,
                questions,
                doubts: entry.doubts(as_of),
            }
        })
        .collect()
}

/// Law that reaches the deal and of which the packs say too little: a regime that
/// binds without a rule on places, and a seat or place of export whose own law no
/// regime describes. Silence about them would read as nothing found.
pub(crate) fn undescribed(deal: &Deal, world: &World, regimes: &[RegimeAnswer]) -> Vec<Unchecked> {
    let packs = &world.packs;
    let has_places = |id: &RuleId| {
        packs
            .places
            .entries
            .iter()
            .any(|entry| entry.body.regime.as_deref() == Some(id.as_str()))
    };
    let silent = regimes
        .iter()
        .filter(|regime| regime.answer == Answer::Yes && regime.kind != RegimeKind::ImportBan)
        .filter(|regime| !has_places(&regime.id))
        .map(|regime| Unchecked {
            what: format!("embargoes and goods rules of {}", regime.title),
            why: "no rule pack holds them yet; only its list is looked at".to_owned(),
        });
    let described = |fact: &str, place: &Place| {
        let binds = packs
            .regimes
            .entries
            .iter()
            .flat_map(|entry| &entry.body.binds);
        binds
            .filter(|bind| bind.fact == fact)
            .any(|bind| packs.within(place, &bind.within))
    };
    let mut countries: Vec<Country> = Vec::new();
    for (fact, place) in [
        ("nexus.legal_seat", deal.seat().map(|(_, place)| place)),
        ("nexus.place_of_export", deal.nexus.place_of_export.known()),
    ] {
        if let Some(place) = place
            && !described(fact, place)
            && !countries.contains(&place.country())
        {
            countries.push(place.country());
        }
    }
    let foreign = countries.into_iter().map(|country| Unchecked {
        what: format!("sanctions and export controls of {}", country.name()),
        why: "no rule pack describes them".to_owned(),
    });
    silent.chain(foreign).collect()
}
