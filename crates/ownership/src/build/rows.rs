//! Holdings in their order: by the owned, and the other way by the owner.
//!
//! The order within a party is that in which stakes are read: layer, owner, source,
//! tranche. It depends on nothing but what the rows say.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Raw, RawDetail};
use crate::holding::Marks;
use crate::share::WHOLE;

/// Rows in the order of the owned, and where each owned starts.
pub(super) fn by_owned(rows: Vec<Raw>, nodes: usize) -> (Vec<Raw>, Vec<u32>) {
    let mut starts = vec![0u32; nodes + 1];
    for row in &rows {
        starts[row.owned as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let Some(&blank) = rows.first() else {
        return (rows, starts);
    };
    let mut sorted = vec![blank; rows.len()];
    for row in rows {
        let at = &mut next[row.owned as usize];
        sorted[*at as usize] = row;
        *at += 1;
    }
    (sorted, starts)
}

/// Owned nodes in the order of the owner, without repeats.
pub(super) fn by_owner(rows: &[Raw], nodes: usize) -> (Vec<u32>, Vec<u32>) {
    // Rows of one owned stand together, sorted by lane and then owner: a repeat in
    // another lane is found by looking at what the owner got last.
    let mut counts = vec![0u32; nodes + 1];
    let mut last = vec![u32::MAX; nodes];
    for row in rows {
        if std::mem::replace(&mut last[row.owner as usize], row.owned) != row.owned {
            counts[row.owner as usize + 1] += 1;
        }
    }
    for at in 1..counts.len() {
        counts[at] += counts[at - 1];
    }
    let mut next = counts.clone();
    let mut outs = vec![0u32; *counts.last().unwrap_or(&0) as usize];
    last.fill(u32::MAX);
    for row in rows {
        if std::mem::replace(&mut last[row.owner as usize], row.owned) != row.owned {
            let at = &mut next[row.owner as usize];
            outs[*at as usize] = row.owned;
            *at += 1;
        }
    }
    (outs, counts)
}

/// Sorts the holdings in each node, and settles a unit that its siblings give
/// away: 0.60 and 0.40 in one register are fractions.
pub(super) fn settle_units_and_sort(rows: &mut [Raw], starts: &[u32], details: &[RawDetail]) {
    let mut parts: Vec<&mut [Raw]> = Vec::new();
    // About a thousand nodes to a piece: the pieces are cut where a node ends.
    let mut rest = rows;
    let mut done = 0usize;
    for end in starts.iter().skip(1).step_by(1024).chain(starts.last()) {
        let len = (*end as usize).saturating_sub(done);
        let (piece, after) = rest.split_at_mut(len);
        rest = after;
        done += len;
        parts.push(piece);
    }
    parts.into_par_iter().for_each(|piece| {
        for bucket in piece.chunk_by_mut(|a, b| a.owned == b.owned) {
            settle_units(bucket);
            bucket.sort_unstable_by_key(|row| {
                let detail = match row.detail {
                    0 => RawDetail::default(),
                    no => details[no as usize - 1],
                };
                (
                    row.word >> 40 & 0xf,
                    row.owner,
                    row.word >> 44 & 0x3fff,
                    detail,
                    (row.from, row.until),
                    row.word,
                    row.record,
                )
            });
        }
    });
}

fn settle_units(bucket: &mut [Raw]) {
    let ambiguous = |row: &Raw| Marks((row.word >> 58) as u8).has(Marks::UNIT_AMBIGUOUS);
    if !bucket.iter().any(ambiguous) {
        return;
    }
    // Lane and source.
    let register = |row: &Raw| row.word >> 40 & 0x3_ffff;
    let mut sums: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for row in bucket.iter() {
        let sum = sums.entry(register(row)).or_default();
        sum.0 += 1;
        if ambiguous(row) {
            // Of an ambiguous number the upper end is what it is as a fraction.
            sum.1 += row.word >> 20 & 0xf_ffff;
        } else {
            sum.1 = u64::MAX / 2;
        }
    }
    for row in bucket.iter_mut() {
        let (count, sum) = sums[&register(row)];
        if count > 1 && sum.abs_diff(u64::from(WHOLE)) <= count {
            let fraction = row.word >> 20 & 0xf_ffff;
            row.word = row.word & !0xf_ffff | fraction;
            row.word &= !(u64::from(Marks::UNIT_AMBIGUOUS.0) << 58);
        }
    }
}
