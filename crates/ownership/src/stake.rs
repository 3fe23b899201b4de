//! What one owner holds of one entity in one layer, from everything reported.
//!
//! One stake that two sources report is one stake: their figures are never added.
//! The largest claim counts toward coverage, the smallest where an owner who is
//! not covered would rule an entity out. Tranches inside one source are different
//! shares and are added; the same row twice is one row.

use crate::graph::{Graph, Row};
use crate::holding::Marks;
use crate::share::WHOLE;

/// One owner's stake, in parts per million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stake {
    pub(crate) owner: u32,
    /// At least, by the largest claim.
    pub(crate) lo: u32,
    /// At most.
    pub(crate) hi: u32,
    /// At least, by the smallest claim.
    pub(crate) least: u32,
    /// How many sources speak of it.
    pub(crate) sources: u16,
    /// Whether what two of them say cannot both be.
    pub(crate) conflict: bool,
    /// Whether any of it may not stand on the day.
    pub(crate) unsure: bool,
}

/// Every stake in `owned` in one lane on `day`, in the order of owners.
pub(crate) fn stakes<B: AsRef<[u8]>>(
    graph: &Graph<B>,
    owned: u32,
    lane: u8,
    day: i32,
    mut take: impl FnMut(Stake),
) {
    let mut rows = graph
        .rows(owned)
        .skip_while(|row| row.lane() < lane)
        .take_while(|row| row.lane() == lane)
        .filter(|row| row.stands_on(day))
        .peekable();
    while let Some(first) = rows.next() {
        let share = first.share();
        if rows.peek().is_none_or(|next| next.owner != first.owner) {
            take(Stake {
                owner: first.owner,
                lo: share.lo,
                hi: share.hi,
                least: share.lo,
                sources: 1,
                conflict: false,
                unsure: first.marks().has(Marks::UNSURE_PERIOD),
            });
            continue;
        }
        take(merged(graph, first, || {
            rows.next_if(|next| next.owner == first.owner)
        }));
    }
}

/// Rows of one owner, sorted by source and tranche, as one stake.
fn merged<B: AsRef<[u8]>>(
    graph: &Graph<B>,
    first: Row,
    mut next: impl FnMut() -> Option<Row>,
) -> Stake {
    let mut stake = Stake {
        owner: first.owner,
        least: u32::MAX,
        ..Stake::default()
    };
    let mut ceiling = u32::MAX;
    let mut row = Some(first);
    while let Some(start) = row {
        let source = start.source();
        let (mut lo, mut hi, mut least) = (0u32, 0u32, 0u32);
        // One source: its tranches are added.
        while let Some(begin) = row.filter(|row| row.source() == source) {
            let tranche = graph.detail(begin).tranche;
            let mut share = begin.share();
            let mut smallest = share.lo;
            stake.unsure |= begin.marks().has(Marks::UNSURE_PERIOD);
            row = next();
            while let Some(again) =
                row.filter(|row| row.source() == source && graph.detail(*row).tranche == tranche)
            {
                let other = again.share();
                stake.unsure |= again.marks().has(Marks::UNSURE_PERIOD);
                share.lo = share.lo.max(other.lo);
                share.hi = share.hi.max(other.hi);
                smallest = smallest.min(other.lo);
                row = next();
            }
            lo = (lo + share.lo).min(WHOLE);
            hi = (hi + share.hi).min(WHOLE);
            least = (least + smallest).min(WHOLE);
        }
        stake.sources = stake.sources.saturating_add(1);
        stake.lo = stake.lo.max(lo);
        stake.hi = stake.hi.max(hi);
        stake.least = stake.least.min(least);
        ceiling = ceiling.min(hi);
    }
    stake.conflict = stake.lo > ceiling;
    stake
}

/// Stakes in one lane, summed by whether their owner counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// Of owners who count: at least, by the largest claims.
    pub(crate) lo: u64,
    /// Of owners who count: at most.
    pub(crate) hi: u64,
    /// Of the others: at least, by the smallest claims.
    pub(crate) rest_least: u64,
    /// Of the others: at most.
    pub(crate) rest_hi: u64,
    /// Of the entity in itself.
    pub(crate) own_lo: u64,
    /// Of the entity in itself, at most.
    pub(crate) own_hi: u64,
    /// Of everybody: at least, by the smallest claims.
    pub(crate) all_least: u64,
    /// Of everybody: at most.
    pub(crate) all_hi: u64,
    /// Whether anything at all is reported.
    pub(crate) any: bool,
    /// Whether any of it may not stand on the day.
    pub(crate) unsure: bool,
}

impl Sums {
    pub(crate) fn of<B: AsRef<[u8]>>(
        graph: &Graph<B>,
        owned: u32,
        lane: u8,
        day: i32,
        counts: impl Fn(u32) -> bool,
    ) -> Self {
        let mut sums = Self::default();
        stakes(graph, owned, lane, day, |stake| {
            sums.add(owned, stake, &counts)
        });
        sums
    }

    fn add(&mut self, owned: u32, stake: Stake, counts: &impl Fn(u32) -> bool) {
        self.any = true;
        self.unsure |= stake.unsure;
        let (lo, hi, least) = (
            u64::from(stake.lo),
            u64::from(stake.hi),
            u64::from(stake.least),
        );
        self.all_least += least;
        self.all_hi += hi;
        if stake.owner == owned {
            self.own_lo += lo;
            self.own_hi += hi;
        } else if counts(stake.owner) {
            self.lo += lo;
            self.hi += hi;
        } else {
            self.rest_least += least;
            self.rest_hi += hi;
        }
    }

    /// By how much the smallest claims exceed the whole: any of them may be wrong
    /// by that much.
    pub(crate) fn excess(&self) -> u64 {
        self.all_least.saturating_sub(u64::from(WHOLE))
    }
}
