//! A case as a deal, and the deal's answer in the words of the cases.

pub(crate) mod meaning;

use std::collections::BTreeSet;

use scruple_brief::world::Bytes;
use scruple_brief::{Brief, Held, Packs, World};
use scruple_controls::evaluate::Setting;
use scruple_controls::fact::Kind;
use scruple_controls::{CatchAll, Classified, Duty, Outcome};
use scruple_model::deal::{self, Format, Item};
use scruple_model::{Answer, Date, Deal, Place};
use scruple_review::Reviews;
use serde_json::{Map, Value, json};

/// The starter pack, and the packs built in.
pub(crate) fn world() -> World {
    let packs = packs();
    let bytes = scruple_screen::build(packs.starter_entities());
    World {
        index: scruple_screen::Index::open(Bytes::new(bytes)).unwrap(),
        packs,
        held: Held::Starter,
        gaps: Vec::new(),
        confirmed: std::collections::BTreeMap::new(),
        holdings: None,
        own: Default::default(),
        reviews: Reviews::default(),
    }
}

/// The packs of the repository, as they stand beside this crate: a change of law is
/// tested without building anything anew.
pub(crate) fn packs() -> Packs {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs");
    let mut texts = scruple_brief::packs::PackTexts::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            texts.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    texts.retain(|name, _| scruple_brief::packs::embedded().contains_key(name));
    Packs::load(&texts).unwrap_or_else(|error| panic!("{error}"))
}

/// What a case's answer comes to, in its own words.
pub(crate) struct Ours {
    pub(crate) classification: Value,
    pub(crate) art5: &'static str,
    pub(crate) licence: &'static str,
    pub(crate) duty: &'static str,
    pub(crate) flags: BTreeSet<String>,
    pub(crate) rights: BTreeSet<String>,
    pub(crate) questions: BTreeSet<String>,
}

pub(crate) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

/// Seat and place of export by the jurisdiction a case states, and its lists.
struct Law {
    seat: &'static str,
    export: &'static str,
    regimes: &'static [&'static str],
    lists: &'static [&'static str],
}

const EU: Law = Law {
    seat: "de",
    export: "de",
    regimes: &[
        "eu.dual-use",
        "eu.torture-goods",
        "eu.forced-labour",
        "eu.sanctions",
    ],
    lists: &[
        "eu.annex-i",
        "eu.torture-ii",
        "eu.torture-iii",
        "eu.torture-iv",
    ],
};

fn law(case: &Value) -> Law {
    let stated = text(case, "jurisdiction").to_uppercase();
    if stated.contains("NI") && !stated.contains("UNI") || stated.contains("NORTHERN") {
        return Law {
            seat: "gb",
            export: "gb-nir",
            ..EU
        };
    }
    // What leaves from Northern Ireland is under both laws.
    let from = place(text(&case["product"]["attributes"], "place_of_export"));
    if from.is_some_and(|from| from.code() == "gb-nir") {
        return Law {
            seat: "gb",
            export: "gb-nir",
            regimes: &["gb.export-control", "eu.dual-use", "eu.torture-goods"],
            lists: &["gb.dual-use", "eu.annex-i"],
        };
    }
    match stated.as_str() {
        "US" | "USA" => Law {
            seat: "us",
            export: "us",
            regimes: &["us.ear", "us.uflpa", "us.tariff-307", "us.bulk-data"],
            lists: &["us.ccl"],
        },
        "UK" | "GB" => Law {
            seat: "gb",
            export: "gb",
            regimes: &["gb.export-control"],
            lists: &[
                "gb.dual-use",
                "gb.torture-ii",
                "gb.torture-iii",
                "gb.torture-iv",
            ],
        },
        "CH" => Law {
            seat: "ch",
            export: "ch",
            regimes: &["ch.export-control"],
            lists: &["ch.goods"],
        },
        _ => EU,
    }
}

pub(crate) fn lists_of(case: &Value) -> &'static [&'static str] {
    law(case).lists
}

/// A country as a case writes it: "China (Xinjiang)", "Egypt", "worldwide".
fn place(written: &str) -> Option<Place> {
    let parts = written.split(['(', ')', ',', '/', ';']).map(str::trim);
    let places: Vec<Place> = parts.filter_map(Place::parse).collect();
    places
        .iter()
        .find(|one| {
            places
                .iter()
                .all(|other| one.is_within(other) || one == &other)
        })
        .or(places.first())
        .cloned()
}

fn function(kind: &str) -> Option<&'static str> {
    let kind = kind.to_lowercase().replace('_', " ");
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    Some(match () {
        () if has(&["police", "law enforcement", "public security"]) => "police",
        () if has(&["intelligence", "state security"]) => "intelligence",
        () if has(&["militar", "defen", "army"]) => "military",
        () if has(&["prison", "correction"]) => "prison",
        () if has(&["border", "customs", "immigration"]) => "border",
        () if has(&["telecom", "operator", "isp"]) => "telecom-operator",
        () if has(&["university", "school", "research"]) => "university",
        () if has(&["trad", "forward", "distributor", "resell"]) => "trader",
        () if has(&["hospital", "clinic", "health"]) => "hospital",
        () if has(&["laborator", "lab"]) => "laboratory",
        () if has(&["ngo", "civil", "media", "news"]) => "civil-society",
        () if has(&["public"]) => "public",
        () if has(&["compan", "private", "firm", "business", "bank"]) => "company",
        () if has(&[
            "govern",
            "ministr",
            "agency",
            "state",
            "municip",
            "regulator",
        ]) =>
        {
            "government"
        }
        () => return None,
    })
}

/// What a case says of listing, as facts of the deal.
fn listing(stated: &Value, facts: &mut Map<String, Value>) {
    let words = match stated {
        Value::Bool(true) => "listed".to_owned(),
        Value::String(text) => text.to_lowercase(),
        _ => return,
    };
    let numbers: Vec<f64> = words
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|number| number.trim_matches('.').parse().ok())
        .collect();
    let owner = words.contains('%') || words.contains("per cent") || words.contains("percent");
    if owner {
        if let Some(share) = numbers.iter().find(|share| **share <= 100.0) {
            facts.insert("listed_owner_percent".into(), json!(share));
        }
        return;
    }
    if words.starts_with("no") && !words.starts_with("notified") {
        return;
    }
    let fact = match () {
        () if words.contains("uflpa") => "listed_uflpa",
        () if words.contains("entity list")
            || words.contains("entity_list")
            || words.contains(" fr ") =>
        {
            "listed_us_el"
        }
        () if words.contains("military end") || words.contains("meu") => "listed_us_meu",
        () if words.contains("sdn") || words.contains("ofac") => "listed_us_blocked",
        () if words.contains("unverified") => "listed_us_unverified",
        () if words.contains("denied") => "listed_us_denied",
        () if words.contains("eu") => "listed_eu",
        () if words.contains("uk") => "listed_gb",
        () => "listed_somewhere",
    };
    facts.insert(fact.into(), json!(true));
}

/// The facts that a rule asks for, and what is left as words of the description.
fn attributes(
    case: &Value,
    packs: &Packs,
    facts: &mut Map<String, Value>,
) -> (Vec<String>, Vec<String>) {
    let (mut codes, mut words) = (Vec::new(), Vec::new());
    let empty = Map::new();
    let stated = case["product"]["attributes"].as_object().unwrap_or(&empty);
    for (name, value) in stated {
        if matches!(name.as_str(), "eccn" | "control_code" | "classification") {
            let written = value.as_str().unwrap_or("").replace("_or_", " ");
            codes.extend(
                written
                    .split([' ', ',', '/', ';'])
                    .filter(|code| !code.is_empty())
                    .map(str::to_owned),
            );
            continue;
        }
        // A deal refuses some names as fields; then the words say it.
        let fact = packs
            .controls
            .fact(name)
            .filter(|fact| deal::refused::check(&fact.id).is_none());
        let kind = fact.map(|fact| fact.kind);
        let name = &fact.map_or(name.clone(), |fact| fact.id.clone());
        let product = || -> Option<f64> {
            let (a, b) = value.as_str()?.split_once(['x', '×'])?;
            Some(a.trim().parse::<f64>().ok()? * b.trim().parse::<f64>().ok()?)
        };
        match (kind, value) {
            (_, Value::Null) => {}
            (Some(_), Value::String(word))
                if matches!(
                    word.as_str(),
                    "unknown" | "unclear" | "unconfirmed" | "not stated" | "tbd" | "?"
                ) =>
            {
                facts.insert(name.clone(), json!("unknown"));
            }
            (Some(Kind::YesNo), Value::Bool(_))
            | (Some(Kind::Number | Kind::Product), Value::Number(_)) => {
                facts.insert(name.clone(), value.clone());
            }
            (Some(Kind::Product), Value::String(_)) if product().is_some() => {
                facts.insert(name.clone(), json!(product()));
            }
            _ => {
                let name = name.replace('_', " ");
                match value {
                    Value::Bool(true) => words.push(name),
                    Value::Bool(false) => words.push(format!("No {name}")),
                    Value::String(word) if word != "unknown" => {
                        words.push(format!("{name}: {}", word.replace('_', " ")))
                    }
                    Value::Number(number) => words.push(format!("{name} {number}")),
                    Value::Array(_) => words.push(format!("{name}: {}", texts(value).join(", "))),
                    _ => {}
                }
            }
        }
    }
    (codes, words)
}

fn item(case: &Value, packs: &Packs, facts: &mut Map<String, Value>) -> Value {
    let (codes, words) = attributes(case, packs, facts);
    let product = &case["product"];
    let mut description = text(product, "description").to_owned();
    for word in words {
        description.push_str(&format!(" {word}."));
    }
    let capabilities: Option<Vec<String>> = product["capabilities"].as_array().map(|all| {
        all.iter()
            .filter_map(Value::as_str)
            .map(|id| format!("cap.{}", id.replace('_', "-")))
            .collect()
    });
    let mut item = json!({ "name": text(product, "name"), "facts": facts });
    if !description.trim().is_empty() {
        item["description"] = json!(description);
    }
    if !codes.is_empty() {
        item["control_codes"] = json!(codes);
    }
    if let Some(capabilities) = capabilities {
        item["capabilities"] = json!(capabilities);
    }
    item
}

/// The case as the deal a person would write.
pub(crate) fn deal(case: &Value, packs: &Packs) -> (Deal, Date) {
    let law = law(case);
    let user = &case["end_user"];
    let mut facts = Map::new();
    listing(&user["listed"], &mut facts);
    let mut written = json!({
        "title": text(case, "id"),
        "seller": { "name": "The seller", "country": law.seat },
        "nexus": {
            "legal_seat": law.seat, "place_of_export": law.export,
            "us_persons": law.seat == "us", "us_origin": law.seat == "us",
            "us_content_percent": 0, "us_direct_product": false,
        },
        "items": [item(case, packs, &mut facts)],
        "parties": [{ "id": "end-user", "role": "end-user", "name": text(user, "name") }],
        "transit": [],
        "destination": place(text(case, "destination")).map_or("unknown".to_owned(), |place| place.code()),
    });
    let stated = &case["product"]["attributes"];
    if let Some(origin) = place(text(stated, "origin")) {
        written["items"][0]["origin"] = json!(origin.code());
    }
    if let Some(from) = place(text(stated, "place_of_export")) {
        written["nexus"]["place_of_export"] = json!(from.code());
    }
    let inbound = stated["import"] == true
        || text(case, "direction").contains("in")
        || text(case, "direction").contains("purchase");
    if inbound {
        written["direction"] = json!("purchase");
    }
    if let Some(function) = function(text(user, "type")) {
        written["parties"][0]["function"] = json!(function);
    }
    if !text(case, "end_use").is_empty() {
        written["end_use"] = json!(text(case, "end_use"));
    }
    let deal = deal::read(&written.to_string(), Format::Json)
        .unwrap_or_else(|problems| panic!("{}: {problems:?}", text(case, "id")));
    (deal, text(case, "as_of").parse().unwrap())
}

/// The entries considered on the product's name and description alone.
pub(crate) fn text_alone(case: &Value, packs: &Packs) -> Outcome {
    let product = &case["product"];
    let item = Item {
        name: text(product, "name").to_owned(),
        description: Some(text(product, "description").to_owned()),
        ..Item::default()
    };
    let laws = [
        "us.ear",
        "eu.dual-use",
        "eu.torture-goods",
        "gb.export-control",
        "ch.export-control",
    ];
    let setting = Setting {
        as_of: Some(text(case, "as_of").parse().unwrap()),
        laws: laws
            .iter()
            .map(|law| ((*law).to_owned(), Answer::Yes))
            .collect(),
        ..Setting::default()
    };
    packs.controls.evaluate(&item, &setting)
}

/// The brief in the words of the cases.
pub(crate) fn answer(case: &Value, brief: &Brief) -> Ours {
    let law = law(case);
    let outcome = &brief.items[0];
    let laws: Vec<_> = outcome
        .laws
        .iter()
        .filter(|one| law.regimes.contains(&one.law.as_str()))
        .collect();
    let mut codes: Vec<String> = Vec::new();
    let mut open = false;
    for state in laws.iter().flat_map(|one| one.lists.values()) {
        match state {
            Classified::Listed { codes: here } => codes.extend(here.iter().map(|code| plain(code))),
            Classified::Open { .. } => open = true,
            _ => {}
        }
    }
    let licence = laws
        .iter()
        .map(|one| one.licence)
        .fold(Answer::No, Answer::or);
    let duty = laws.iter().map(|one| one.duty).min().unwrap_or(Duty::None);
    Ours {
        classification: match (codes.is_empty(), open) {
            (false, _) => json!(codes),
            (true, true) => json!("cannot_tell"),
            (true, false) => json!("none"),
        },
        art5: match outcome.catch_all {
            CatchAll::Candidate => "candidate",
            CatchAll::DefinitionNotMet => "definition_not_met",
            CatchAll::CannotTell => "cannot_tell",
            CatchAll::NotApplicable => "not_applicable",
        },
        licence: match licence {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::CannotTell => "cannot_tell",
        },
        duty: match duty {
            Duty::Prohibited => "prohibited",
            Duty::Stop => "stop",
            Duty::ApplyLicence => "apply_licence",
            Duty::NotifyAuthority => "notify_authority",
            Duty::LegalReview => "legal_review",
            Duty::Ask => "ask",
            Duty::DeclineOnPolicy => "decline_on_policy",
            Duty::RecordException => "record_exception",
            Duty::RecordRationale => "record_rationale",
            Duty::None => "none",
        },
        flags: outcome.flags.iter().map(|flag| flag.id.clone()).collect(),
        rights: outcome.rights.iter().cloned().collect(),
        questions: outcome
            .questions
            .iter()
            .chain(&brief.questions)
            .map(|question| question.id.to_string())
            .collect(),
    }
}

pub(crate) fn plain(code: &str) -> String {
    code.replace(" (GB)", "")
}

/// The same code, or one below the other.
pub(crate) fn same_code(a: &str, b: &str) -> bool {
    let below = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'));
    a == b || below(a, b) || below(b, a)
}

/// What a field may be: expected, or accepted beside it.
pub(crate) fn accepted(case: &Value, field: &str) -> Vec<Value> {
    let mut all = vec![case["expect"][field].clone()];
    if let Some(also) = case["accept"][field].as_array() {
        all.extend(also.iter().cloned());
    }
    all
}

fn same(wanted: &Value, ours: &Value) -> bool {
    match (wanted, ours) {
        (Value::Array(wanted), Value::Array(ours)) => {
            let is_in = |one: &Value, all: &[Value]| {
                all.iter()
                    .any(|other| match (one.as_str(), other.as_str()) {
                        (Some(a), Some(b)) => same_code(a, b),
                        _ => false,
                    })
            };
            wanted.iter().all(|one| is_in(one, ours)) && ours.iter().all(|one| is_in(one, wanted))
        }
        (Value::String(wanted), Value::Array(ours)) => {
            ours.len() == 1 && ours[0].as_str().is_some_and(|one| same_code(wanted, one))
        }
        (wanted, ours) => wanted == ours,
    }
}

/// What differs from the expected state, and what of it is unsafe.
pub(crate) fn compare(case: &Value, ours: &Ours) -> (Vec<String>, Vec<String>) {
    let mut wrong = Vec::new();
    let mut harms = Vec::new();
    let fields = [
        ("classification", ours.classification.clone(), &["none"][..]),
        (
            "art5",
            json!(ours.art5),
            &["definition_not_met", "not_applicable"],
        ),
        ("licence_required", json!(ours.licence), &["no"]),
        (
            "duty",
            json!(ours.duty),
            &["none", "record_rationale", "record_exception"],
        ),
    ];
    for (field, have, lax) in fields {
        let wanted = accepted(case, field);
        if wanted[0].is_null() || wanted.iter().any(|one| same(one, &have)) {
            continue;
        }
        let line = format!("{field} expected {}, ours {have}", wanted[0]);
        let is_lax = |value: &Value| value.as_str().is_some_and(|word| lax.contains(&word));
        if is_lax(&have) && !wanted.iter().any(is_lax) {
            harms.push(line.clone());
        }
        wrong.push(line);
    }
    (wrong, harms)
}
