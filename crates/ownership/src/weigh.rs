//! One entity, one test, two worlds.
//!
//! In the *certain* world only what is known counts: lower ends. In the *possible*
//! world everything counts that nobody ruled out: upper ends, holders nobody
//! reported, holders nobody named, consolidation without a percentage.

use scruple_model::Date;

use crate::day;
use crate::graph::{Graph, lane};
use crate::holding::{Kind, Layer, Remainder};
use crate::rule::{Pool, RuleBody, Test, Unquantified};
use crate::share::WHOLE;
use crate::stake::{Sums, stakes};

/// A graph, a rule and a day.
pub(crate) struct Scales<'a, B> {
    pub(crate) graph: &'a Graph<B>,
    pub(crate) rule: &'a RuleBody,
    pub(crate) day: i32,
}

impl<B> Clone for Scales<'_, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B> Copy for Scales<'_, B> {}

/// What is certain of a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Certain {
    /// Held at least.
    pub(crate) sum: u64,
    /// Of this.
    pub(crate) base: u64,
    /// Whether it is what a complete list leaves when the others are taken off.
    pub(crate) by_rest: bool,
    /// Whether it is one stake reported as held through others.
    pub(crate) indirect: bool,
}

impl<'a, B: AsRef<[u8]>> Scales<'a, B> {
    pub(crate) fn new(graph: &'a Graph<B>, rule: &'a RuleBody, as_of: Date) -> Self {
        Self {
            graph,
            rule,
            day: day::number(as_of),
        }
    }

    /// Owners who count because they act jointly with one who does.
    pub(crate) fn partners(
        &self,
        entity: u32,
        test: &Test,
        counts: &impl Fn(u32) -> bool,
    ) -> Vec<u32> {
        if test.pool == Pool::Aggregate || !self.graph.has_joints() {
            return Vec::new();
        }
        let mut partners: Vec<u32> = self
            .graph
            .joints_on(entity, test.layer, self.day)
            .filter(|joint| joint.members.iter().any(|member| counts(*member)))
            .flat_map(|joint| joint.members.iter().copied())
            .filter(|member| !counts(*member))
            .collect();
        partners.sort_unstable();
        partners.dedup();
        partners
    }

    fn sums(&self, entity: u32, test: &Test, counts: &impl Fn(u32) -> bool) -> Sums {
        let lane = lane(test.layer, false);
        let partners = self.partners(entity, test, counts);
        if partners.is_empty() {
            return Sums::of(self.graph, entity, lane, self.day, counts);
        }
        Sums::of(self.graph, entity, lane, self.day, |owner| {
            counts(owner) || partners.binary_search(&owner).is_ok()
        })
    }

    /// What owners who count hold for certain.
    pub(crate) fn certain(
        &self,
        entity: u32,
        test: &Test,
        counts: &impl Fn(u32) -> bool,
    ) -> Certain {
        let sums = self.sums(entity, test, counts);
        let whole = u64::from(WHOLE);
        let mut found = Certain {
            sum: sums.lo.saturating_sub(sums.excess()).min(whole),
            base: whole,
            ..Certain::default()
        };
        let complete = self.graph.remainder(crate::NodeNo(entity)) == Remainder::None;
        if complete && sums.all_hi >= whole && !sums.unsure {
            let left = whole
                .saturating_sub(sums.rest_hi)
                .saturating_sub(sums.own_hi)
                .min(sums.hi);
            if left > found.sum {
                found.sum = left;
                found.by_rest = true;
            }
        }
        if self.rule.indirect_counts {
            let through = lane(test.layer, true);
            let partners = self.partners(entity, test, counts);
            let joined = |owner: u32| counts(owner) || partners.binary_search(&owner).is_ok();
            stakes(self.graph, entity, through, self.day, |stake| {
                if stake.owner != entity && joined(stake.owner) && u64::from(stake.lo) > found.sum {
                    found.sum = u64::from(stake.lo);
                    found.by_rest = false;
                    found.indirect = true;
                }
            });
        }
        if test.own_left_out {
            found.base = whole.saturating_sub(sums.own_lo).max(found.sum);
        }
        found
    }

    /// What owners who count may hold at most, and of how much at least.
    /// `unnamed`: whether holders nobody named count with them.
    pub(crate) fn possible(
        &self,
        entity: u32,
        test: &Test,
        counts: &impl Fn(u32) -> bool,
    ) -> (u64, u64) {
        let whole = u64::from(WHOLE);
        let node = crate::NodeNo(entity);
        let counts =
            &|owner| counts(owner) || self.graph.kind(crate::NodeNo(owner)) == Kind::Anonymous;
        let sums = self.sums(entity, test, counts);
        let remainder = self.graph.remainder(node);
        if !sums.any && test.layer != Layer::Shares {
            // A register that says nothing of votes does not make the votes unknown:
            // where they are not reported apart, they go with the shares.
            return (self.through_others(entity, test, counts).min(whole), whole);
        }
        let cap = whole
            .saturating_sub(sums.own_lo)
            .saturating_sub(sums.rest_least.saturating_sub(sums.excess()));
        let mut most = match remainder {
            Remainder::Unknown => cap,
            // Without a single record, "complete" says nothing.
            Remainder::None if !sums.any && !self.has_records(entity) => cap,
            Remainder::MaxEach(_) if test.pool == Pool::Aggregate => cap,
            Remainder::MaxEach(most) => sums.hi + u64::from(most),
            Remainder::None | Remainder::Clear => sums.hi,
        };
        if test.layer == Layer::Shares
            && self.rule.unquantified == Unquantified::Share
            && self.holds(entity, Layer::Consolidation, counts)
        {
            most = cap;
        }
        most = most.max(self.through_others(entity, test, counts)).min(cap);
        (most, whole.saturating_sub(sums.own_hi).max(most))
    }

    fn through_others(&self, entity: u32, test: &Test, counts: &impl Fn(u32) -> bool) -> u64 {
        let partners = self.partners(entity, test, counts);
        let of = lane(test.layer, true);
        Sums::of(self.graph, entity, of, self.day, |owner| {
            counts(owner) || partners.binary_search(&owner).is_ok()
        })
        .hi
    }

    /// Whether an owner who counts holds anything in a layer.
    fn holds(&self, entity: u32, layer: Layer, counts: &impl Fn(u32) -> bool) -> bool {
        let lane = lane(layer, false);
        self.graph.rows(entity).any(|row| {
            row.lane() | 1 == lane | 1
                && row.stands_on(self.day)
                && row.owner != entity
                && counts(row.owner)
        })
    }

    /// Whether an owner who counts may control the entity without a percentage.
    pub(crate) fn may_control(&self, entity: u32, counts: &impl Fn(u32) -> bool) -> bool {
        self.rule.unquantified == Unquantified::Control
            && [Layer::Consolidation, Layer::Influence]
                .iter()
                .any(|layer| {
                    self.holds(entity, *layer, &|owner| {
                        counts(owner) || self.graph.kind(crate::NodeNo(owner)) == Kind::Anonymous
                    })
                })
    }

    /// Whether anything is reported of an entity on the day.
    pub(crate) fn has_records(&self, entity: u32) -> bool {
        self.graph.rows(entity).any(|row| row.stands_on(self.day))
    }

    /// Whether one test passes for certain.
    pub(crate) fn passes(&self, entity: u32, test: &Test, counts: &impl Fn(u32) -> bool) -> bool {
        let found = self.certain(entity, test, counts);
        test.passes(found.sum, found.base)
    }

    /// Whether one test may pass.
    pub(crate) fn may_pass(&self, entity: u32, test: &Test, counts: &impl Fn(u32) -> bool) -> bool {
        let (most, base) = self.possible(entity, test, counts);
        test.passes(most, base) || self.passes(entity, test, counts)
    }
}
