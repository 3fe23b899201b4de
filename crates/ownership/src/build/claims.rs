//! What sources take back, and for whom they say that others hold.
//!
//! Both may stand anywhere in a file, before or after the holding that they are about,
//! so they are kept aside until everything is in.

use std::collections::BTreeMap;

use super::{Builder, RawDetail};
use crate::holding::Marks;

impl Builder {
    /// Drops holdings that their source took back.
    pub(super) fn withdraw_rows(&mut self) {
        let mut withdrawn: BTreeMap<(u16, u32), u32> = BTreeMap::new();
        for ((source, id), before) in std::mem::take(&mut self.withdrawn) {
            withdrawn.insert((source, self.strings.number(&id) + 1), before);
        }
        if withdrawn.is_empty() {
            return;
        }
        let details = &self.details;
        self.rows.retain(|row| {
            let record = match row.detail {
                0 => 0,
                no => details[no as usize - 1].record,
            };
            let source = (row.word >> 44 & 0x3fff) as u16;
            withdrawn
                .get(&(source, record))
                .is_none_or(|before| row.record >= *before)
        });
    }

    /// Puts principals in the place of nominees that a source names elsewhere.
    pub(super) fn replace_nominees(&mut self) {
        let mut known: BTreeMap<(u16, u32, Option<u32>), Vec<u32>> = BTreeMap::new();
        for (source, holder, owned, principal) in std::mem::take(&mut self.nominees) {
            let holder = self.ids.number(&holder);
            let owned = owned.map(|id| self.ids.number(&id));
            let principal = self.ids.number(&principal);
            known
                .entry((source, holder, owned))
                .or_default()
                .push(principal);
        }
        if known.is_empty() {
            return;
        }
        for at in 0..self.rows.len() {
            let row = self.rows[at];
            let source = (row.word >> 44 & 0x3fff) as u16;
            let Some(principals) = known
                .get(&(source, row.owner, Some(row.owned)))
                .or_else(|| known.get(&(source, row.owner, None)))
            else {
                continue;
            };
            // Of two principals nobody knows who stands behind which share.
            let principal = match principals[..] {
                [only] => only,
                _ => {
                    let unnamed = format!(
                        "anon:{}:{}",
                        self.ids.str(row.owner),
                        self.ids.str(row.owned)
                    );
                    self.ids.number(&unnamed)
                }
            };
            let holder = self.ids.str(row.owner).to_owned();
            let nominee = self.strings.number(&holder) + 1;
            let mut detail = match row.detail {
                0 => RawDetail::default(),
                no => self.details[no as usize - 1],
            };
            detail.nominee = nominee;
            self.details.push(detail);
            let row = &mut self.rows[at];
            row.detail = self.details.len() as u32;
            row.owner = principal;
            row.word |= u64::from(Marks::NOMINEE.0) << 58;
        }
    }

    /// Numbers sources by their ids, whatever order they came in.
    pub(super) fn sort_sources(&mut self) {
        let mut order: Vec<usize> = (0..self.sources.len()).collect();
        order.sort_unstable_by(|a, b| self.sources[*a].id.cmp(&self.sources[*b].id));
        if order.is_sorted() {
            return;
        }
        let mut place = vec![0u64; order.len()];
        for (at, no) in order.iter().enumerate() {
            place[*no] = at as u64;
        }
        for row in &mut self.rows {
            let source = (row.word >> 44 & 0x3fff) as usize;
            row.word = row.word & !(0x3fff << 44) | place[source] << 44;
        }
        self.sources.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    }
}
