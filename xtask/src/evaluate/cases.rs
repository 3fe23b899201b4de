//! The open cases, and the half that each belongs to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use scruple_model::{Country, Entity, RecordId, Schema};
use scruple_screen::Query;
use serde_json::Value;

/// Where the cases are.
pub(super) fn folder(given: Option<&Path>) -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "a chore is told where the shared data is"
    )]
    let shared = given
        .map(Path::to_owned)
        .or_else(|| std::env::var_os("SCRUPLE_SHARED").map(PathBuf::from))
        .unwrap_or_else(|| crate::root().join("../shared"));
    shared.join("cases/screen")
}

/// A query with what is known of its answer.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) kind: String,
    pub(super) origin: String,
    pub(super) script: String,
    pub(super) query: Query,
    /// The parties that are right; none for a clean name.
    pub(super) right: Vec<RecordId>,
    /// Whether it is in the half that is tuned on.
    pub(super) tune: bool,
}

impl Case {
    pub(super) fn is_clean(&self) -> bool {
        self.right.is_empty()
    }

    /// Out of reach for the most part, and reported apart.
    pub(super) fn is_far(&self) -> bool {
        self.kind == "csl_alias_far" || self.kind == HAN
    }
}

/// FNV-1a, stirred.
pub(super) fn hash(text: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^ hash >> 29
}

/// The last bit says which half.
fn half(text: &str) -> bool {
    hash(text) & 1 == 0
}

fn id(of: &str) -> RecordId {
    RecordId::new(format!("user-shared:{of}"))
}

/// The listed parties.
pub(super) fn parties(folder: &Path) -> anyhow::Result<Vec<Entity>> {
    let file = std::fs::File::open(folder.join("parties.ftm.jsonl.zst"))?;
    let text = String::from_utf8(zstd::decode_all(file)?)?;
    text.lines()
        .enumerate()
        .map(|(no, line)| party(line).with_context(|| format!("parties, line {}", no + 1)))
        .collect()
}

fn party(line: &str) -> anyhow::Result<Entity> {
    let value: Value = serde_json::from_str(line)?;
    let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
    let properties: BTreeMap<String, Vec<String>> =
        serde_json::from_value(value["properties"].clone())?;
    Ok(Entity {
        id: id(&text("id")),
        schema: Schema::parse(&text("schema")).unwrap_or(Schema::Thing),
        caption: text("caption"),
        properties,
        listings: Vec::new(),
    })
}

/// The query of a case.
pub(super) fn query(value: &Value) -> Query {
    let query = &value["query"];
    Query {
        schema: query["schema"].as_str().and_then(Schema::parse),
        countries: query["country"]
            .as_str()
            .and_then(Country::parse)
            .into_iter()
            .collect(),
        ..Query::of(query["name"].as_str().unwrap_or_default())
    }
}

/// Organisations in Chinese script: a set of our own, in no half.
const HAN: &str = "han_organisations (own set)";

#[derive(serde::Deserialize)]
struct Table {
    organisation: Vec<Organisation>,
}

#[derive(serde::Deserialize)]
struct Organisation {
    han: String,
    listed: Vec<String>,
}

/// Chinese names of organisations, with the parties that bear their English names.
/// Nothing is tuned on them.
pub(super) fn han(parties: &[Entity]) -> anyhow::Result<Vec<Case>> {
    let path = crate::root().join("crates/screen/tests/han_organisations/organisations.toml");
    let table: Table = toml::from_str(&std::fs::read_to_string(&path)?)
        .with_context(|| format!("reading {}", path.display()))?;
    let mut by_name: BTreeMap<&str, Vec<&RecordId>> = BTreeMap::new();
    for party in parties {
        for (_, name) in party.names() {
            by_name.entry(name).or_default().push(&party.id);
        }
    }
    let mut out = Vec::new();
    for organisation in &table.organisation {
        let found = organisation
            .listed
            .iter()
            .filter_map(|name| by_name.get(name.as_str()));
        let mut right: Vec<RecordId> = found.flatten().map(|id| (*id).clone()).collect();
        right.dedup();
        if !right.is_empty() {
            out.push(Case {
                kind: HAN.to_owned(),
                origin: String::new(),
                script: "Han".to_owned(),
                query: Query::of(organisation.han.as_str()),
                right,
                tune: false,
            });
        }
    }
    Ok(out)
}

/// The labelled queries.
pub(super) fn queries(folder: &Path) -> anyhow::Result<Vec<Case>> {
    let text = std::fs::read_to_string(folder.join("queries.jsonl"))?;
    let mut out = Vec::new();
    for (no, line) in text.lines().enumerate() {
        let value: Value =
            serde_json::from_str(line).with_context(|| format!("queries, line {}", no + 1))?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let accepted = value["accept"].as_array().into_iter().flatten();
        let right: Vec<RecordId> = std::iter::once(&value["expected"])
            .chain(accepted)
            .filter_map(Value::as_str)
            .map(id)
            .collect();
        let query = query(&value);
        let key = value["expected"].as_str().unwrap_or(&query.name);
        out.push(Case {
            kind: text(&value["kind"]),
            origin: text(&value["origin"]),
            script: text(&value["query"]["script"]),
            tune: half(key),
            right,
            query,
        });
    }
    Ok(out)
}

/// A pair that is one party, or is not.
pub(super) struct Pair {
    pub(super) query: Query,
    pub(super) candidate: RecordId,
    pub(super) same: bool,
    pub(super) tune: bool,
}

/// The labelled pairs.
pub(super) fn pairs(folder: &Path) -> anyhow::Result<Vec<Pair>> {
    let text = std::fs::read_to_string(folder.join("pairs.jsonl"))?;
    let mut out = Vec::new();
    for (no, line) in text.lines().enumerate() {
        let value: Value =
            serde_json::from_str(line).with_context(|| format!("pairs, line {}", no + 1))?;
        let candidate = value["candidate"].as_str().unwrap_or_default();
        out.push(Pair {
            query: query(&value),
            candidate: id(candidate),
            same: value["label"] == 1,
            tune: half(candidate),
        });
    }
    Ok(out)
}
