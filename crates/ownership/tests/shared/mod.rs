//! The shared folder, the rules, and cases as graphs.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails; not every test uses all of it"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use scruple_model::Date;
use scruple_ownership::{
    Behalf, Builder, Graph, Holding, Joint, Kind, Layer, Listed, Marks, Period, Record, Remainder,
    RuleBody, Share, SourceInfo,
};
use scruple_pack::{Entry, Pack};
use serde::Deserialize;
use serde_json::Value;

/// The shared folder, if it is there.
pub fn shared() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told where the shared cases are"
    )]
    let shared = std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    shared.is_dir().then_some(shared)
}

/// The rules as the program has them.
pub fn rules() -> Pack<RuleBody> {
    scruple_pack::load(
        "ownership",
        include_str!("../../../../packs/ownership.toml"),
    )
    .unwrap()
}

/// One rule.
pub fn rule(id: &str) -> Entry<RuleBody> {
    rules().get(&id.into()).unwrap().clone()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A source for tests.
pub fn source(id: &str) -> SourceInfo {
    SourceInfo {
        id: id.to_owned(),
        title: id.to_owned(),
        hash: String::new(),
        date: None,
    }
}

/// One case, as its file has it.
#[derive(Clone, Deserialize)]
pub struct Case {
    pub id: String,
    pub title: String,
    pub operator: String,
    pub preset: String,
    #[serde(default)]
    pub params: Params,
    pub as_of: String,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    #[serde(default)]
    pub joint_arrangements: Vec<CaseJoint>,
    pub expect: BTreeMap<String, String>,
    #[serde(default)]
    pub expect_reason: String,
    #[serde(default)]
    pub expect_flags: BTreeMap<String, Vec<String>>,
    pub expect_rounds: Option<Vec<Vec<String>>>,
    #[serde(default)]
    pub expect_look_through_ppm: BTreeMap<String, (u64, u64)>,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} as of {}", self.preset, self.as_of)?;
        for n in &self.nodes {
            let kind = n.kind.as_deref().unwrap_or("entity");
            writeln!(f, "  {} {kind} listed={} {:?}", n.id, n.listed, n.remainder)?;
        }
        for e in &self.edges {
            writeln!(
                f,
                "  {} -> {} {}..{} {} {:?}..{:?} {} {:?} for {:?} indirect={}",
                e.owner,
                e.owned,
                e.lo,
                e.hi,
                e.layer,
                e.start,
                e.end,
                e.source,
                e.tranche,
                e.nominee_for,
                e.indirect
            )?;
        }
        writeln!(f, "  {:?}", self.joint_arrangements)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Params {
    pub lists: Option<Vec<String>>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Node {
    pub id: String,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub listed: bool,
    /// Whether it may be another party than the listed one.
    #[serde(default)]
    pub perhaps: bool,
    pub list: Option<String>,
    pub listed_from: Option<String>,
    pub listed_to: Option<String>,
    pub remainder: Option<Value>,
    pub country: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Edge {
    pub owner: String,
    pub owned: String,
    pub lo: i64,
    pub hi: i64,
    pub layer: String,
    pub start: Option<String>,
    pub end: Option<String>,
    pub source: String,
    pub tranche: Option<String>,
    pub nominee_for: Option<String>,
    #[serde(default)]
    pub unit_ambiguous: bool,
    #[serde(default)]
    pub indirect: bool,
    #[serde(default)]
    pub record: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct CaseJoint {
    pub id: String,
    pub members: Vec<String>,
    pub entity: Option<String>,
    pub layer: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
}

fn date(text: &Option<String>) -> Option<Date> {
    text.as_deref().map(day)
}

fn partial(text: &Option<String>) -> Option<scruple_model::PartialDate> {
    text.as_deref().map(|text| text.parse().unwrap())
}

/// The list ids of the program for those of the cases.
pub fn list_id(name: &str) -> &str {
    match name {
        "OFAC_SDN" => "us-ofac-sdn",
        "BIS_ENTITY_LIST" => "us-bis-el",
        "BIS_MEU" => "us-bis-meu",
        "EU_FSF" => "eu-fsf",
        "UK_OFSI" => "gb-uksl",
        other => other,
    }
}

impl Case {
    pub fn graph(&self) -> Graph<Vec<u8>> {
        let mut builder = Builder::new();
        for node in &self.nodes {
            builder.node(&node.id);
            match node.kind.as_deref() {
                Some("person") => builder.kind(&node.id, Kind::Person),
                Some("anonymous") => builder.kind(&node.id, Kind::Anonymous),
                _ => builder.kind(&node.id, Kind::Entity),
            }
            match &node.remainder {
                Some(Value::String(text)) if text == "none" => {
                    builder.remainder(&node.id, Remainder::None);
                }
                Some(Value::String(text)) if text == "clear" => {
                    builder.remainder(&node.id, Remainder::Clear);
                }
                Some(Value::Object(most)) => {
                    let most = most["max_each"].as_u64().unwrap() as u32;
                    builder.remainder(&node.id, Remainder::MaxEach(most));
                }
                _ => {}
            }
            if let Some(country) = &node.country {
                builder.country(&node.id, country);
            }
        }
        for (edge, number) in self.edges.iter().zip(1..) {
            let from = builder.source(source(&edge.source));
            let mut marks = Marks::NONE;
            let share = Share::between(edge.lo, edge.hi).unwrap_or_else(|| {
                marks = marks.with(Marks::BAD_INTERVAL);
                Share::UNKNOWN
            });
            if edge.unit_ambiguous {
                marks = marks.with(Marks::UNIT_AMBIGUOUS);
            }
            builder.hold(
                from,
                &Holding {
                    layer: Layer::parse(&edge.layer).unwrap_or(Layer::Influence),
                    indirect: edge.indirect,
                    period: Period::new(partial(&edge.start), partial(&edge.end)),
                    record: Record {
                        number: edge.record.unwrap_or(number),
                        id: None,
                    },
                    tranche: edge.tranche.as_deref(),
                    behalf: edge.nominee_for.as_deref().map_or(Behalf::Own, Behalf::Of),
                    marks,
                    ..Holding::new(&edge.owner, &edge.owned, share)
                },
            );
        }
        for joint in &self.joint_arrangements {
            builder.joint(Joint {
                id: joint.id.clone(),
                members: joint.members.clone(),
                entity: joint.entity.clone(),
                layer: joint.layer.as_deref().and_then(Layer::parse),
                from: date(&joint.start),
                until: date(&joint.end),
            });
        }
        Graph::open(builder.finish().unwrap().bytes).unwrap()
    }

    pub fn listed(&self) -> Vec<Listed> {
        self.nodes
            .iter()
            .filter(|node| node.listed)
            .map(|node| {
                let name = node.list.as_deref().unwrap_or("");
                let counts = |lists: &Vec<String>| lists.iter().any(|list| list == name);
                Listed {
                    id: node.id.clone(),
                    // A list that the case leaves out is some other list.
                    list: match &self.params.lists {
                        Some(lists) if !counts(lists) => "elsewhere".into(),
                        _ => list_id(name).into(),
                    },
                    programmes: Vec::new(),
                    from: date(&node.listed_from),
                    until: date(&node.listed_to),
                    doubt: node.perhaps.then(|| "it may be another".to_owned()),
                }
            })
            .collect()
    }

    pub fn rule(&self) -> Entry<RuleBody> {
        rule(match self.preset.as_str() {
            "OFAC_50" | "MULTIPLY_50" => "us.ofac.50",
            "BIS_AFFILIATES" => "us.bis.affiliates",
            "EU_2024" => "eu.ownership-control",
            "UK_OFSI" => "gb.ownership-control",
            other => other,
        })
    }
}
