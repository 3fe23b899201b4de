//! A holdings file taken into another.
//!
//! Each source is laid out as a file of its own when it is imported, and the file
//! that answers is put together from these. So a newer edition of one source takes
//! the place of the older with all that the older said: also that a list of holders
//! is complete, which would otherwise outlive its register and turn an unknown into
//! a No. What comes out is what one builder would have made of all sources at once.

use super::{Builder, Raw, RawDetail};
use crate::graph::Graph;
use crate::holding::Marks;

impl Builder {
    /// Takes in everything that another file says.
    pub fn take<B: AsRef<[u8]>>(&mut self, graph: &Graph<B>) {
        let sources: Vec<u64> = graph
            .sources()
            .iter()
            .map(|info| u64::from(self.source(info.clone()).0))
            .collect();
        let numbers: Vec<u32> = graph
            .nodes()
            .map(|node| self.ids.number(graph.id(node)))
            .collect();
        for node in graph.nodes() {
            let id = graph.id(node);
            // What nobody said follows from the id, here as there.
            if graph.kind_is_said(node) {
                self.kind(id, graph.kind(node));
            }
            // Also an Unknown that two words left which differ: a third does not settle them.
            if graph.remainder_is_said(node) {
                self.remainder(id, graph.remainder(node));
            }
            let code = graph.country_code(node);
            if code != 0 {
                let no = numbers[node.0 as usize];
                let fact = self.fact(no);
                fact.country = super::agree(fact.country, code);
            }
        }
        for (id, node) in graph.aliases() {
            self.same(id, graph.id(node));
        }
        self.torn.extend(graph.torn().iter().cloned());
        for id in graph.torn() {
            self.node(id);
        }
        for joint in graph.joints() {
            self.joint(joint.clone());
        }
        for owned in graph.nodes() {
            for row in graph.rows(owned.0) {
                let (Some(owner), Some(source)) = (
                    numbers.get(row.owner as usize),
                    sources.get(usize::from(row.source())),
                ) else {
                    continue;
                };
                let detail = if row.marks().has(Marks::DETAIL) {
                    let of = graph.detail(row);
                    let mut text =
                        |no: u32| graph.string(no).map_or(0, |t| self.strings.number(t) + 1);
                    let detail = RawDetail {
                        tranche: text(of.tranche),
                        nominee: text(of.nominee),
                        record: text(of.record),
                    };
                    self.details.push(detail);
                    self.details.len() as u32
                } else {
                    0
                };
                let marks = u64::from(Marks::DETAIL.0) << 58;
                self.rows.push(Raw {
                    owned: numbers[owned.0 as usize],
                    owner: *owner,
                    word: row.word & !(0x3fff << 44) & !marks | source << 44,
                    from: row.from,
                    until: row.until,
                    record: row.record,
                    detail,
                });
            }
        }
    }
}
