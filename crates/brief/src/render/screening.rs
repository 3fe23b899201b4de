//! The outcome of a screening: a JSON line for programs, a page as proof.

use askama::Template;
use schemars::JsonSchema;
use scruple_model::{Date, Looked, Unchecked};
use scruple_review::Note;
use scruple_screen::{Match, SharedAddress};
use serde::Serialize;
use serde_json::{Map, Value};

use super::html::{RenderError, STYLE};
use crate::reviewed::{described, outcome};
use crate::words;
use crate::world::{Vintage, World};

/// The name and number of this format. Additive changes keep the number.
pub const SCHEMA: &str = "scruple.match/1";

/// What came of one query.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Screening {
    /// `scruple.match/1`.
    pub schema: String,
    /// The query as it was given, its own columns carried through.
    pub query: Map<String, Value>,
    /// Who it may be, best first.
    pub matches: Vec<Match>,
    /// What people decided before about these, and about those set aside, which are
    /// not among them and do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Note>,
    /// Who is listed in the building of an address that was given. An address is no part
    /// of the agreement of names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<SharedAddress>,
    /// What was looked at.
    pub looked_at: Vec<Looked>,
    /// What was not.
    pub unchecked: Vec<Unchecked>,
}

impl Screening {
    /// The name screened.
    pub fn name(&self) -> &str {
        self.query.get("name").and_then(Value::as_str).unwrap_or("")
    }
}

struct Row<'a> {
    name: &'a str,
    others: Vec<(String, String)>,
    outcome: String,
    matches: &'a [Match],
    reviews: Vec<String>,
    addresses: Vec<String>,
}

#[derive(Template)]
#[template(path = "screening.html")]
struct Page<'a> {
    style: &'static str,
    rows: Vec<Row<'a>>,
    on: Date,
    asked: Option<Date>,
    caveat: Option<String>,
    looked_at: Vec<Looked>,
    unchecked: Vec<Unchecked>,
    vintage: Vintage,
    total: String,
    footer: &'static str,
}

/// What a match says in words: "87 of 100".
pub fn agreement(score: u16) -> String {
    format!("{}.{:02}", score / 10_000, score % 10_000 / 100)
}

/// "shares an address with …", with the record and its address.
pub fn shares(one: &SharedAddress) -> String {
    let what = if one.schema == scruple_model::Schema::Address {
        "is at an address that is listed for itself".to_owned()
    } else {
        format!("shares an address with {}", one.caption)
    };
    format!("{what}: {} · {}", one.listed, one.id)
}

/// A page that shows who was screened, against what, with which settings, and
/// what came of it; also where nothing did. `asked` is the day asked for, where one was.
pub fn report(
    world: &World,
    screenings: &[Screening],
    on: Date,
    asked: Option<Date>,
    options: std::collections::BTreeMap<String, String>,
) -> Result<String, RenderError> {
    let rows: Vec<Row<'_>> = screenings
        .iter()
        .map(|screening| Row {
            name: screening.name(),
            others: others(&screening.query),
            outcome: if screening.matches.is_empty() {
                outcome(world, screening.name(), &[], &screening.reviews, asked)
            } else {
                words::count(screening.matches.len(), "candidate")
            },
            matches: &screening.matches,
            reviews: screening.reviews.iter().map(described).collect(),
            addresses: screening.addresses.iter().map(shares).collect(),
        })
        .collect();
    let found = screenings
        .iter()
        .filter(|screening| !screening.matches.is_empty())
        .count();
    let page = Page {
        style: STYLE,
        total: format!(
            "{} screened, {found} with a candidate, {} without",
            words::count(rows.len(), "name"),
            rows.len() - found
        ),
        rows,
        on,
        asked,
        caveat: world
            .is_starter()
            .then(|| words::sentence(&world.starter_line())),
        looked_at: world.looked_at(),
        unchecked: unchecked(screenings),
        vintage: world.vintage(options),
        footer: crate::brief::FOOTER,
    };
    Ok(page.render()?)
}

/// What was not looked at for any of the names, each once.
fn unchecked(screenings: &[Screening]) -> Vec<Unchecked> {
    let mut all: Vec<Unchecked> = Vec::new();
    for one in screenings.iter().flat_map(|screening| &screening.unchecked) {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    all
}

fn others(query: &Map<String, Value>) -> Vec<(String, String)> {
    query
        .iter()
        .filter(|(key, value)| key.as_str() != "name" && !value.is_null())
        .map(|(key, value)| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            (key.clone(), text)
        })
        .filter(|(_, text)| !text.is_empty() && text != "[]")
        .collect()
}
