//! Going up from an entity to those above it, nearest first, and no further than
//! so many holdings.
//!
//! A fund, a bank that holds in its own name or a made-up file can put millions of
//! holdings above a company. What bounds the work is therefore the holdings read, not
//! the owners seen: one owner can have a million. Who asks learns whether all of it was
//! read, for "nobody listed above it" is only true of what was.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;
use scruple_model::Answer;

use crate::answer::{Closed, Reach};
use crate::graph::{Graph, Row};
use crate::{NodeNo, day};

/// The most holdings that one question reads beside those in the entity itself, which
/// every answer reads.
const MOST: u64 = 200_000;
/// As many as cost an answer less than a millisecond, for what is only a remark.
const FEW: u64 = 4_000;

/// Entities still to look at, nearest first, and what may still be read.
pub(crate) struct Climb {
    next: VecDeque<u32>,
    seen: FxHashSet<u32>,
    most: u64,
    read: u64,
    /// Whether something was left unread.
    pub(crate) is_cut: bool,
}

impl Climb {
    pub(crate) fn from<B: AsRef<[u8]>>(graph: &Graph<B>, entity: u32) -> Self {
        Self::within(graph, entity, MOST)
    }

    /// Among the nearest owners only.
    pub(crate) fn near<B: AsRef<[u8]>>(graph: &Graph<B>, entity: u32) -> Self {
        Self::within(graph, entity, FEW)
    }

    fn within<B: AsRef<[u8]>>(graph: &Graph<B>, entity: u32, most: u64) -> Self {
        Self {
            next: VecDeque::from([entity]),
            seen: FxHashSet::from_iter([entity]),
            most: most + graph.row_count(entity),
            read: 0,
            is_cut: false,
        }
    }

    /// The next entity whose holdings may be read; none at the end, or where reading
    /// them would be too much.
    pub(crate) fn next<B: AsRef<[u8]>>(&mut self, graph: &Graph<B>) -> Option<u32> {
        let entity = self.next.pop_front()?;
        self.spend(graph.row_count(entity)).then_some(entity)
    }

    /// Whether so many holdings may be read; they are counted.
    pub(crate) fn spend(&mut self, rows: u64) -> bool {
        if self.is_cut || rows > self.most - self.read {
            self.is_cut = true;
        } else {
            self.read += rows;
        }
        !self.is_cut
    }

    /// Puts an owner in the queue, once.
    pub(crate) fn add(&mut self, owner: u32) {
        if self.seen.insert(owner) {
            self.next.push_back(owner);
        }
    }

    /// How many holdings were read.
    pub(crate) fn read(&self) -> u64 {
        self.read
    }
}

impl<B: AsRef<[u8]>> Closed<'_, B> {
    /// Whether a listed or reached party is reported anywhere above an entity on the
    /// day. Cannot tell: one that may be is, the entity itself included, or there is too
    /// much above it to read; and no other in what was.
    pub fn listed_above(&self, reach: &Reach) -> Answer {
        let Some(entity) = self.graph.find(&reach.entity) else {
            return Answer::No;
        };
        let day = day::number(self.as_of);
        let is_listed = |row: &Row| row.owner != entity.0 && self.covers(NodeNo(row.owner));
        let mut may_be = self.may_cover(entity) && !self.covers(entity);
        let mut climb = Climb::from(self.graph, entity.0);
        while let Some(owned) = climb.next(self.graph) {
            for row in self.graph.rows(owned).filter(|row| row.stands_on(day)) {
                if is_listed(&row) {
                    return Answer::Yes;
                }
                may_be |= row.owner != entity.0 && self.may_cover(NodeNo(row.owner));
                climb.add(row.owner);
            }
        }
        if climb.is_cut || may_be {
            Answer::CannotTell
        } else {
            Answer::No
        }
    }
}
