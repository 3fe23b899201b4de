//! A holdings file, opened where it lies.
//!
//! Compressed sparse rows: for each node the holdings in it, and the nodes it
//! holds. Both are slices of the mapped file. Node numbers are places in the
//! sorted list of ids, so the same holdings give the same file whatever order
//! they came in.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use scruple_model::Date;
use serde::{Deserialize, Serialize};

use crate::day;
use crate::file::{self, OpenError, SECTIONS, Section, u32_at, u64_at};
use crate::holding::{Kind, Layer, Marks, Remainder};
use crate::share::Share;

/// In a node's word: a source said what kind of party it is.
pub(crate) const KIND_SAID: u32 = 1 << 14;
/// In a node's word: a source said what is known of holders nobody reported.
pub(crate) const REMAINDER_SAID: u32 = 1 << 15;

/// The bytes of one holding in the file.
pub(crate) const ROW: usize = 24;

/// A node's place in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeNo(pub(crate) u32);

/// Where holdings come from: one file, taken once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceInfo {
    /// Short id: `gleif-rr`, `gb-psc`, `user-own`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// SHA-256 of the file, in hexadecimal; empty where nobody took it.
    pub hash: String,
    /// The day the file gives for itself.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
}

/// People or firms who act together in one entity, or in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Joint {
    /// Its id.
    pub id: String,
    /// Ids of its members.
    pub members: Vec<String>,
    /// The entity it is about; all where there is none.
    pub entity: Option<String>,
    /// The layer it is about; all where there is none.
    pub layer: Option<Layer>,
    /// Its first day.
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// The first day without it.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
}

/// What stands in the file as JSON.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Extra {
    pub(crate) sources: Vec<SourceInfo>,
    pub(crate) joints: Vec<Joint>,
    /// Ids that two entities claim, and that so join neither.
    #[serde(default)]
    pub(crate) torn: Vec<String>,
}

/// A joint arrangement with nodes.
pub(crate) struct JointNodes {
    pub(crate) no: usize,
    pub(crate) members: Vec<u32>,
    pub(crate) layer: Option<Layer>,
    pub(crate) from: i32,
    pub(crate) until: i32,
}

/// The entity an arrangement is about, and its members.
type JointOf = (Option<u32>, Vec<u32>);

/// One holding as it lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) no: u32,
    pub(crate) owner: u32,
    pub(crate) record: u32,
    pub(crate) word: u64,
    pub(crate) from: i32,
    pub(crate) until: i32,
}

impl Row {
    pub(crate) fn share(self) -> Share {
        Share {
            lo: (self.word & 0xf_ffff) as u32,
            hi: (self.word >> 20 & 0xf_ffff) as u32,
        }
    }

    /// Layer and directness together: what is tested apart.
    pub(crate) fn lane(self) -> u8 {
        (self.word >> 40 & 0xf) as u8
    }

    pub(crate) fn source(self) -> u16 {
        (self.word >> 44 & 0x3fff) as u16
    }

    pub(crate) fn marks(self) -> Marks {
        Marks((self.word >> 58) as u8)
    }

    pub(crate) fn stands_on(self, day: i32) -> bool {
        self.from <= day && day < self.until
    }
}

pub(crate) fn lane(layer: Layer, indirect: bool) -> u8 {
    (layer as u8) << 1 | u8::from(indirect)
}

pub(crate) fn word(share: Share, lane: u8, source: u16, marks: Marks) -> u64 {
    u64::from(share.lo)
        | u64::from(share.hi) << 20
        | u64::from(lane) << 40
        | u64::from(source) << 44
        | u64::from(marks.0) << 58
}

/// One holding as the outside sees it: who, how much, since when, on whose word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<'g> {
    /// Who counts as the owner: the principal where a nominee holds.
    pub owner: NodeNo,
    /// How much.
    pub share: Share,
    /// Of what.
    pub layer: Layer,
    /// Reported as held through others.
    pub indirect: bool,
    /// The first day, where it has one.
    pub from: Option<Date>,
    /// The first day on which it is gone.
    pub until: Option<Date>,
    /// The source.
    pub source: &'g SourceInfo,
    /// Line or number of the record in the source.
    pub record: u32,
    /// The source's own id for the record.
    pub record_id: Option<&'g str>,
    /// Which stake, where a source reports several.
    pub tranche: Option<&'g str>,
    /// In whose name it is held, where that is not the owner.
    pub nominee: Option<&'g str>,
    /// What is peculiar.
    pub marks: Marks,
}

/// Particulars of a holding.
#[derive(Clone, Copy, Default)]
pub(crate) struct Detail {
    pub(crate) tranche: u32,
    pub(crate) nominee: u32,
    pub(crate) record: u32,
}

/// Holdings, opened.
pub struct Graph<B> {
    bytes: B,
    at: [(usize, usize); SECTIONS],
    nodes: u32,
    sources: Vec<SourceInfo>,
    joints: Vec<Joint>,
    torn: Vec<String>,
    joints_of: FxHashMap<u32, Vec<JointNodes>>,
    joints_of_all: Vec<JointNodes>,
    /// For each member of an arrangement: the entity it is about, and its members.
    joints_by: FxHashMap<u32, Vec<JointOf>>,
}

impl<B: AsRef<[u8]>> Graph<B> {
    /// Opens a file that [`crate::Builder::finish`] made, from memory or mapped.
    pub fn open(bytes: B) -> Result<Self, OpenError> {
        let at = file::open(bytes.as_ref())?;
        let len = |section: Section| at[section as usize].1 - at[section as usize].0;
        let bad = |section: Section| OpenError::Section(section as usize);
        let nodes = len(Section::Nodes) / 4;
        for section in [Section::IdEnds, Section::InStarts, Section::OutStarts] {
            if len(section) != (nodes + 1) * 4 {
                return Err(bad(section));
            }
        }
        if len(Section::Holdings) % ROW != 0 {
            return Err(bad(Section::Holdings));
        }
        let (start, end) = at[Section::Json as usize];
        let extra: Extra =
            serde_json::from_slice(&bytes.as_ref()[start..end]).map_err(|_| bad(Section::Json))?;
        let nodes = u32::try_from(nodes).map_err(|_| bad(Section::Nodes))?;
        let mut graph = Self {
            bytes,
            at,
            nodes,
            sources: extra.sources,
            joints: Vec::new(),
            torn: extra.torn,
            joints_of: FxHashMap::default(),
            joints_of_all: Vec::new(),
            joints_by: FxHashMap::default(),
        };
        for (no, joint) in extra.joints.iter().enumerate() {
            let nodes = JointNodes {
                no,
                members: joint
                    .members
                    .iter()
                    .filter_map(|id| graph.find(id))
                    .map(|node| node.0)
                    .collect(),
                layer: joint.layer,
                from: joint.from.map_or(day::EVER, day::number),
                until: joint.until.map_or(day::NEVER, day::number),
            };
            let about = joint.entity.as_ref().map(|id| graph.find(id));
            if about != Some(None) {
                for member in &nodes.members {
                    let of = graph.joints_by.entry(*member).or_default();
                    of.push((about.flatten().map(|node| node.0), nodes.members.clone()));
                }
            }
            match &joint.entity {
                None => graph.joints_of_all.push(nodes),
                Some(id) => {
                    if let Some(entity) = graph.find(id) {
                        graph.joints_of.entry(entity.0).or_default().push(nodes);
                    }
                }
            }
        }
        graph.joints = extra.joints;
        Ok(graph)
    }

    #[inline]
    pub(crate) fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.at[section as usize];
        self.bytes.as_ref().get(start..end).unwrap_or(&[])
    }

    /// The file as it lies, for tests that compare two.
    #[doc(hidden)]
    pub fn bytes_for_test(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> u32 {
        self.nodes
    }

    /// How many holdings there are, of every date.
    pub fn holding_count(&self) -> u64 {
        (self.section(Section::Holdings).len() / ROW) as u64
    }

    /// The bytes of the file.
    pub fn byte_count(&self) -> u64 {
        self.bytes.as_ref().len() as u64
    }

    /// Where the holdings come from.
    pub fn sources(&self) -> &[SourceInfo] {
        &self.sources
    }

    /// Joint arrangements.
    pub fn joints(&self) -> &[Joint] {
        &self.joints
    }

    pub(crate) fn torn(&self) -> &[String] {
        &self.torn
    }

    /// Whether a source said what kind of party a node is.
    pub(crate) fn kind_is_said(&self, node: NodeNo) -> bool {
        self.node_word(node.0) & KIND_SAID != 0
    }

    /// Whether a source said what is known of a node's other holders.
    pub(crate) fn remainder_is_said(&self, node: NodeNo) -> bool {
        self.node_word(node.0) & REMAINDER_SAID != 0
    }

    /// The country of a node as it is coded: 0 for none, or that sources differ.
    pub(crate) fn country_code(&self, node: NodeNo) -> u32 {
        self.node_word(node.0) >> 4 & 0x3ff
    }

    /// Other ids of nodes, each with its node.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = (&str, NodeNo)> {
        let nodes = self.section(Section::AliasNodes);
        (0..nodes.len() / 4).map(move |at| {
            let id = text(
                self.section(Section::AliasEnds),
                self.section(Section::AliasText),
                at as u32,
            );
            (id, NodeNo(u32_at(nodes, at)))
        })
    }

    /// Every id that begins with `prefix`, other ids of nodes included, sorted.
    pub fn ids_with_prefix<'g>(&'g self, prefix: &'g str) -> Vec<&'g str> {
        let mut found = Vec::new();
        for (ends, all) in [
            (Section::IdEnds, Section::Ids),
            (Section::AliasEnds, Section::AliasText),
        ] {
            let (ends, all) = (self.section(ends), self.section(all));
            let count = (ends.len() / 4).saturating_sub(1);
            let first = partition(count, |no| text(ends, all, no as u32) < prefix);
            found.extend(
                (first..count)
                    .map(|no| text(ends, all, no as u32))
                    .take_while(|id| id.starts_with(prefix)),
            );
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The node with an id, its own or another that was said to be the same.
    pub fn find(&self, id: &str) -> Option<NodeNo> {
        let own = search(
            self.section(Section::IdEnds),
            self.section(Section::Ids),
            id.as_bytes(),
        );
        own.or_else(|| {
            let at = search(
                self.section(Section::AliasEnds),
                self.section(Section::AliasText),
                id.as_bytes(),
            )?;
            let node = u32_at(self.section(Section::AliasNodes), at as usize);
            (node < self.nodes).then_some(node)
        })
        .map(NodeNo)
    }

    /// The id of a node.
    pub fn id(&self, node: NodeNo) -> &str {
        text(
            self.section(Section::IdEnds),
            self.section(Section::Ids),
            node.0,
        )
    }

    /// Every node, in the order of ids.
    pub fn nodes(&self) -> impl Iterator<Item = NodeNo> + use<B> {
        (0..self.nodes).map(NodeNo)
    }

    #[inline]
    fn node_word(&self, node: u32) -> u32 {
        u32_at(self.section(Section::Nodes), node as usize)
    }

    /// What kind of party a node is.
    #[inline]
    pub fn kind(&self, node: NodeNo) -> Kind {
        match self.node_word(node.0) & 3 {
            1 => Kind::Person,
            2 => Kind::Anonymous,
            _ => Kind::Entity,
        }
    }

    /// What is known of holders that nobody reported.
    pub fn remainder(&self, node: NodeNo) -> Remainder {
        match self.node_word(node.0) >> 2 & 3 {
            1 => Remainder::None,
            2 => Remainder::Clear,
            3 => Remainder::MaxEach(self.max_each(node.0)),
            _ => Remainder::Unknown,
        }
    }

    fn max_each(&self, node: u32) -> u32 {
        let rows = self.section(Section::MaxEach);
        let at = partition(rows.len() / 8, |no| u32_at(rows, no * 2) < node);
        if u32_at(rows, at * 2) == node {
            u32_at(rows, at * 2 + 1)
        } else {
            crate::WHOLE
        }
    }

    /// The country a node is established in, lower case, where a source says.
    pub fn country(&self, node: NodeNo) -> Option<String> {
        let code = self.node_word(node.0) >> 4 & 0x3ff;
        let letter = |no: u32| char::from(b'a' + u8::try_from(no).unwrap_or(0));
        (1..=676).contains(&code).then(|| {
            [letter((code - 1) / 26), letter((code - 1) % 26)]
                .iter()
                .collect()
        })
    }

    #[inline]
    fn range(&self, section: Section, node: u32, all: usize) -> std::ops::Range<usize> {
        let starts = self.section(section);
        let end = (u32_at(starts, node as usize + 1) as usize).min(all);
        let start = (u32_at(starts, node as usize) as usize).min(end);
        start..end
    }

    /// Holdings in a node: sorted by lane, owner, source, tranche.
    #[inline]
    pub(crate) fn rows(&self, owned: u32) -> impl Iterator<Item = Row> + '_ {
        let rows = self.section(Section::Holdings);
        let range = self.range(Section::InStarts, owned, rows.len() / ROW);
        let first = range.start as u32;
        rows[range.start * ROW..range.end * ROW]
            .chunks_exact(ROW)
            .zip(first..)
            .map(|(bytes, no)| Row {
                no,
                owner: u32_at(bytes, 0),
                record: u32_at(bytes, 1),
                word: u64_at(bytes, 8),
                from: u32_at(bytes, 4) as i32,
                until: u32_at(bytes, 5) as i32,
            })
    }

    /// How many holdings in a node are reported, of every date.
    #[inline]
    pub(crate) fn row_count(&self, owned: u32) -> u64 {
        let all = self.section(Section::Holdings).len() / ROW;
        self.range(Section::InStarts, owned, all).len() as u64
    }

    /// Nodes that a node holds something of, on any day.
    #[inline]
    pub(crate) fn outs(&self, owner: u32) -> impl Iterator<Item = u32> + '_ {
        let outs = self.section(Section::Outs);
        let range = self.range(Section::OutStarts, owner, outs.len() / 4);
        outs[range.start * 4..range.end * 4]
            .chunks_exact(4)
            .map(|four| u32_at(four, 0))
            .filter(|owned| *owned < self.nodes)
    }

    pub(crate) fn detail(&self, row: Row) -> Detail {
        if !row.marks().has(Marks::DETAIL) {
            return Detail::default();
        }
        let rows = self.section(Section::Details);
        let at = partition(rows.len() / 16, |no| u32_at(rows, no * 4) < row.no);
        if u32_at(rows, at * 4) != row.no {
            return Detail::default();
        }
        Detail {
            tranche: u32_at(rows, at * 4 + 1),
            nominee: u32_at(rows, at * 4 + 2),
            record: u32_at(rows, at * 4 + 3),
        }
    }

    pub(crate) fn string(&self, no: u32) -> Option<&str> {
        let no = no.checked_sub(1)?;
        Some(text(
            self.section(Section::Strings),
            self.section(Section::Text),
            no,
        ))
    }

    /// Every holding in a node, of every date, as reported.
    pub fn holdings(&self, owned: NodeNo) -> impl Iterator<Item = Held<'_>> {
        self.rows(owned.0).filter_map(|row| self.held(row))
    }

    pub(crate) fn held(&self, row: Row) -> Option<Held<'_>> {
        let detail = self.detail(row);
        Some(Held {
            owner: NodeNo(row.owner),
            share: row.share(),
            layer: Layer::of(row.lane() >> 1),
            indirect: row.lane() & 1 == 1,
            from: day::date(row.from),
            until: day::date(row.until),
            source: self.sources.get(usize::from(row.source()))?,
            record: row.record,
            record_id: self.string(detail.record),
            tranche: self.string(detail.tranche),
            nominee: self.string(detail.nominee),
            marks: row.marks(),
        })
    }

    /// Joint arrangements about an entity and layer on a day.
    pub(crate) fn joints_on(
        &self,
        entity: u32,
        layer: Layer,
        day: i32,
    ) -> impl Iterator<Item = &JointNodes> {
        self.joints_of
            .get(&entity)
            .into_iter()
            .flatten()
            .chain(&self.joints_of_all)
            .filter(move |joint| {
                joint.layer.is_none_or(|of| of == layer) && joint.from <= day && day < joint.until
            })
    }

    /// Entities in which somebody holds who acts jointly with `member`.
    pub(crate) fn joint_outs(&self, member: u32) -> impl Iterator<Item = u32> + '_ {
        let of = self.joints_by.get(&member).into_iter().flatten();
        of.flat_map(|(about, members)| {
            let all = about.is_none().then_some(members).into_iter().flatten();
            about
                .iter()
                .copied()
                .chain(all.flat_map(|member| self.outs(*member)))
        })
    }

    pub(crate) fn has_joints(&self) -> bool {
        !self.joints.is_empty()
    }

    /// Whether any joint arrangement about an entity begins or ends on a day.
    pub(crate) fn joint_turns_on(&self, entity: u32, day: i32) -> bool {
        self.joints_of
            .get(&entity)
            .into_iter()
            .flatten()
            .chain(&self.joints_of_all)
            .any(|joint| joint.from == day || joint.until == day)
    }
}

/// The place of `wanted` among sorted strings.
fn search(ends: &[u8], all: &[u8], wanted: &[u8]) -> Option<u32> {
    let count = (ends.len() / 4).saturating_sub(1);
    let get = |no: usize| {
        let (start, end) = (u32_at(ends, no) as usize, u32_at(ends, no + 1) as usize);
        all.get(start..end).unwrap_or(&[])
    };
    let at = partition(count, |no| get(no) < wanted);
    (at < count && get(at) == wanted).then_some(at as u32)
}

fn text<'a>(ends: &[u8], all: &'a [u8], no: u32) -> &'a str {
    let no = no as usize;
    let (start, end) = (u32_at(ends, no) as usize, u32_at(ends, no + 1) as usize);
    all.get(start..end)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or("")
}

/// The first number below `count` of which `before` does not hold.
fn partition(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
