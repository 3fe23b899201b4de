//! Cases for lawyers, in `tests/cases`: what is given, on which day, what follows, why.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it looked at"
)]

#[path = "../../../tests/cases/reader.rs"]
mod reader;

use std::collections::BTreeMap;

use crate::common;
use scruple_controls::evaluate::Setting;
use scruple_controls::{CatchAll, Classified, Controls, Known, Outcome, Value, Whose};
use scruple_model::deal::{Format, read_item};
use scruple_model::{Answer, Date, Place};
use serde::Deserialize;

type Case = reader::Case<Given, Expect>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// Whose law: `us`, `eu`, `gb`, `gb-nir`, `ch`.
    from: String,
    /// Where the seller is established, if elsewhere.
    seat: Option<String>,
    to: Option<String>,
    user: Option<String>,
    user_name: Option<String>,
    end_use: Option<String>,
    buys: Option<bool>,
    /// The fields of an item.
    item: toml::Table,
    /// Facts of the deal, true where the name alone stands.
    #[serde(default)]
    found: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// Codes, or `none`, `open`, `taken-out`, `outside`.
    list: Option<toml::Value>,
    /// What the EU definition comes to.
    definition: Option<CatchAll>,
    licence: Option<Answer>,
    duty: Option<scruple_controls::Duty>,
    /// Rule to its answer; a rule that is silent is `silent`.
    #[serde(default)]
    rules: BTreeMap<String, String>,
    #[serde(default)]
    flags: Vec<String>,
    #[serde(default)]
    no_flags: Vec<String>,
    #[serde(default)]
    asks: Vec<String>,
    #[serde(default)]
    can: Vec<String>,
    /// No capability at all.
    quiet: Option<bool>,
}

fn laws(from: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match from {
        "us" => (
            &["us.ear", "us.uflpa", "us.tariff-307", "us.bulk-data"],
            &["us.ccl"],
        ),
        "gb" => (
            &["gb.export-control"],
            &[
                "gb.dual-use",
                "gb.torture-ii",
                "gb.torture-iii",
                "gb.torture-iv",
            ],
        ),
        "ch" => (&["ch.export-control"], &["ch.goods"]),
        _ => (
            &[
                "eu.dual-use",
                "eu.torture-goods",
                "eu.forced-labour",
                "eu.sanctions",
            ],
            &[
                "eu.annex-i",
                "eu.torture-ii",
                "eu.torture-iii",
                "eu.torture-iv",
            ],
        ),
    }
}

fn run(controls: &Controls, case: &Case) -> Outcome {
    let given = &case.given;
    let item = toml::to_string(&given.item).unwrap();
    let item = read_item(&item, Format::Toml)
        .unwrap_or_else(|problems| panic!("{}: {problems:?}", case.id));
    let (regimes, _) = laws(&given.from);
    let known = |value: Value, said: &str| Known {
        value,
        whose: Whose::Stated,
        said: said.to_owned(),
    };
    let mut facts: Vec<(&'static str, Known)> = Vec::new();
    let place = |code: &str| {
        Value::Place(Place::parse(code).unwrap_or_else(|| panic!("{}: {code}", case.id)))
    };
    if let Some(to) = &given.to {
        facts.push(("destination", known(place(to), "destination")));
    }
    facts.push((
        "export_from",
        known(
            place(if given.from == "eu" {
                "de"
            } else {
                &given.from
            }),
            "export from",
        ),
    ));
    let seat = given.seat.as_deref().unwrap_or(match given.from.as_str() {
        "eu" => "de",
        "gb-nir" => "gb",
        other => other,
    });
    facts.push(("seat", known(place(seat), "seat")));
    if let Some(user) = &given.user {
        facts.push(("user", known(Value::Word(user.clone()), "function")));
    }
    facts.push((
        "buys",
        known(Value::Truth(given.buys.unwrap_or(false)), "direction"),
    ));
    for (name, value) in &given.found {
        let value = match value {
            toml::Value::Boolean(yes) => Value::Truth(*yes),
            toml::Value::Integer(number) => Value::Number(number * 1000),
            toml::Value::String(word) if word == "unknown" => Value::Unknown,
            toml::Value::String(code) => place(code),
            other => panic!("{}: {other}", case.id),
        };
        let name: &'static str = controls
            .fact(name)
            .map(|fact| fact.id.clone().leak())
            .unwrap_or_else(|| panic!("{}: no fact {name}", case.id));
        facts.push((name, known(value, "found")));
    }
    let setting = Setting {
        as_of: Some(case.as_of.parse::<Date>().unwrap()),
        laws: regimes
            .iter()
            .map(|law| ((*law).to_owned(), Answer::Yes))
            .collect(),
        end_use: given.end_use.as_deref(),
        users: given.user_name.as_deref().into_iter().collect(),
        facts,
        stated: None,
    };
    controls.evaluate(&item, &setting)
}

fn state(outcome: &Outcome, from: &str) -> toml::Value {
    let (_, lists) = laws(from);
    let states: Vec<&Classified> = outcome
        .laws
        .iter()
        .flat_map(|law| &law.lists)
        .filter(|(list, _)| lists.contains(&list.as_str()))
        .map(|(_, state)| state)
        .collect();
    let codes: Vec<toml::Value> = states
        .iter()
        .filter_map(|state| match state {
            Classified::Listed { codes } => Some(codes),
            _ => None,
        })
        .flatten()
        .map(|code| toml::Value::String(code.clone()))
        .collect();
    let any = |wanted: fn(&Classified) -> bool| states.iter().any(|state| wanted(state));
    if !codes.is_empty() {
        return toml::Value::Array(codes);
    }
    let word = if any(|state| matches!(state, Classified::Open { .. })) {
        "open"
    } else if any(|state| matches!(state, Classified::TakenOut { .. })) {
        "taken-out"
    } else if any(|state| matches!(state, Classified::Outside)) {
        "outside"
    } else {
        "none"
    };
    toml::Value::String(word.to_owned())
}

fn compare(case: &Case, outcome: &Outcome) -> Vec<String> {
    let mut wrong = Vec::new();
    let expect = &case.expect;
    let mut check = |what: &str, wanted: String, have: String| {
        if wanted != have {
            wrong.push(format!("{}: {what} {have}, expected {wanted}", case.id));
        }
    };
    let (regimes, _) = laws(&case.given.from);
    let own: Vec<_> = outcome
        .laws
        .iter()
        .filter(|law| regimes.contains(&law.law.as_str()))
        .collect();
    if let Some(list) = &expect.list {
        check(
            "list",
            list.to_string(),
            state(outcome, &case.given.from).to_string(),
        );
    }
    if let Some(definition) = expect.definition {
        check(
            "definition",
            format!("{definition:?}"),
            format!("{:?}", outcome.catch_all),
        );
    }
    if let Some(licence) = expect.licence {
        let have = own
            .iter()
            .map(|law| law.licence)
            .fold(Answer::No, Answer::or);
        check("licence", format!("{licence:?}"), format!("{have:?}"));
    }
    if let Some(duty) = expect.duty {
        let have = own.iter().map(|law| law.duty).min();
        check("duty", format!("{:?}", Some(duty)), format!("{have:?}"));
    }
    for (rule, answer) in &expect.rules {
        let have = outcome
            .rules
            .iter()
            .find(|judged| judged.rule.as_str() == rule)
            .map_or_else(
                || "silent".to_owned(),
                |judged| {
                    let force = scruple_model::Force::InForce;
                    let answer = serde_json::to_value(judged.answer).unwrap();
                    let answer = answer.as_str().unwrap_or("").to_owned();
                    if judged.force == force || judged.force == scruple_model::Force::Guidance {
                        answer
                    } else {
                        let is = serde_json::to_value(judged.force).unwrap();
                        format!("{answer}, {}", is["is"].as_str().unwrap_or(""))
                    }
                },
            );
        check(rule, answer.clone(), have);
    }
    let flags: Vec<&str> = outcome.flags.iter().map(|flag| flag.id.as_str()).collect();
    for flag in &expect.flags {
        check(
            "flag",
            flag.clone(),
            if flags.contains(&flag.as_str()) {
                flag.clone()
            } else {
                format!("{flags:?}")
            },
        );
    }
    for flag in &expect.no_flags {
        check(
            "flag",
            "not there".to_owned(),
            if flags.contains(&flag.as_str()) {
                flag.clone()
            } else {
                "not there".to_owned()
            },
        );
    }
    let asked: Vec<&str> = outcome
        .questions
        .iter()
        .map(|question| question.id.as_str())
        .collect();
    for question in &expect.asks {
        check(
            "asks",
            question.clone(),
            if asked.contains(&question.as_str()) {
                question.clone()
            } else {
                "not asked".to_owned()
            },
        );
    }
    let can: Vec<&str> = outcome
        .capabilities
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    for id in &expect.can {
        check(
            "can",
            id.clone(),
            if can.contains(&id.as_str()) {
                id.clone()
            } else {
                format!("{can:?}")
            },
        );
    }
    if expect.quiet == Some(true) {
        check("capabilities", "[]".to_owned(), format!("{can:?}"));
    }
    wrong
}

#[test]
fn cases_for_lawyers_come_out_as_written() {
    let controls = common::controls();
    reader::all_hold(
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"),
        |case| compare(case, &run(&controls, case)),
    );
}
