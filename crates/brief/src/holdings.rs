//! Holdings as a check uses them: the graph, and which listed parties stand in it.
//!
//! A listed party joins the graph by identifiers, or because a table of the user's
//! names its record (`us-ofac-sdn:36`). By name it joins nothing. Most lists print
//! few identifiers, so most listed parties stand nowhere in any graph; how many do is
//! said in every answer.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use scruple_model::{Entity, ListId, Looked, RecordId};
use scruple_ownership::read::ids;
use scruple_ownership::{Graph, Listed};
use scruple_screen::{EntityNo, Index};

use crate::world::Bytes;

/// What the ids of records of the starter pack begin with.
const STARTER: &str = "starter";

/// Who owns whom, and whom of the listed it knows.
pub struct Holdings {
    /// The graph.
    pub graph: Graph<Bytes>,
    /// Hash of its file.
    pub hash: String,
    /// The listed parties that stand in it, one for each designation.
    pub listed: Vec<Listed>,
    /// What they are called, by node.
    names: BTreeMap<String, String>,
    /// How many listed parties there are, and how many of them stand in it.
    placed: (usize, usize),
    /// How many more may: their identifiers do not show whether they are those parties.
    doubtful: usize,
}

impl Holdings {
    /// Finds the listed parties of an index in a graph.
    pub fn new(graph: Graph<Bytes>, hash: String, index: &Index<Bytes>, lists: &[ListId]) -> Self {
        let mut numbers: BTreeSet<EntityNo> = index.having(&ids::PROPERTIES).into_iter().collect();
        let own = lists.iter().map(ListId::as_str).chain([STARTER]);
        for list in own {
            for id in graph.ids_with_prefix(&format!("{list}:")) {
                numbers.extend(index.find(&RecordId::from(id)));
            }
        }
        let numbers: Vec<EntityNo> = numbers.into_iter().collect();
        let found: Vec<(Entity, Vec<Listed>)> = numbers
            .into_par_iter()
            .filter_map(|no| {
                let entity = index.entity(no)?;
                let listed = ids::listed(&graph, &entity);
                (!listed.is_empty()).then_some((entity, listed))
            })
            .collect();
        let is_sure =
            |(_, listed): &&(Entity, Vec<Listed>)| listed.iter().any(|one| one.doubt.is_none());
        let sure = found.iter().filter(is_sure).count();
        let doubtful = found.len() - sure;
        let mut names = BTreeMap::new();
        let mut all = Vec::new();
        for (entity, listed) in found {
            // A node that may be another party is not called by a listed one's name.
            for one in listed.iter().filter(|one| one.doubt.is_none()) {
                names
                    .entry(one.id.clone())
                    .or_insert_with(|| entity.caption.clone());
            }
            all.extend(listed);
        }
        Self {
            graph,
            hash,
            listed: all,
            names,
            placed: (index.len(), sure),
            doubtful,
        }
    }

    /// What a node is called, where it is a listed party.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.names.get(id).map(String::as_str)
    }

    /// How many listed parties there are, and how many of them stand in the holdings.
    pub fn placed(&self) -> (usize, usize) {
        self.placed
    }

    /// How many listed parties may stand in the holdings, beside those that do.
    pub fn doubtful(&self) -> usize {
        self.doubtful
    }

    /// The sources, as looked at.
    pub fn looked_at(&self) -> Vec<Looked> {
        scruple_ownership::looked_at(&self.graph)
    }

    /// The sources by id, in a line.
    pub fn sources(&self) -> String {
        let ids: Vec<&str> = self
            .graph
            .sources()
            .iter()
            .map(|source| source.id.as_str())
            .collect();
        ids.join(", ")
    }
}
