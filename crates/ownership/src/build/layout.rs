//! Everything into the sections of a file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::rows::{by_owned, by_owner, settle_units_and_sort};
use super::{BuildError, Builder, Built, Raw};
use crate::file::{self, SECTIONS, Section};
use crate::graph::{Extra, ROW};
use crate::holding::Marks;

/// How many rows or ids are laid out at once.
const PIECE: usize = 1 << 14;

impl Builder {
    /// Lays everything out.
    ///
    /// # Errors
    ///
    /// [`BuildError::TooMany`] where one file cannot number all of it.
    pub fn finish(mut self) -> Result<Built, BuildError> {
        if let Some(error) = self.too_many {
            return Err(error);
        }
        limit("holdings", self.rows.len(), u32::MAX as usize - 1)?;
        self.withdraw_rows();
        self.replace_nominees();
        self.sort_sources();
        let of_joints: BTreeSet<String> = self
            .joints
            .iter()
            .flat_map(|joint| joint.members.iter().chain(&joint.entity).cloned())
            .collect();
        for id in &of_joints {
            self.node(id);
        }
        let roots = self.join();
        let (order, place) = self.number(&roots);
        limit("bytes of ids", self.ids_len(&order), u32::MAX as usize)?;
        self.name_joints(&roots);

        let mut sections: [Vec<u8>; SECTIONS] = Default::default();
        let mut put = |section: Section, bytes: Vec<u8>| sections[section as usize] = bytes;
        let (ends, text) = run_together(&order, |no| self.shown(*no));
        put(Section::IdEnds, ends);
        put(Section::Ids, text);
        let (words, bounds) = self.node_words(&order, &roots, &place);
        put(Section::Nodes, le(&words));
        put(Section::MaxEach, le(&bounds));
        let aliases = self.aliases(&roots, &place);
        let (ends, text) = run_together(&aliases, |(id, _)| id.as_slice().into());
        put(Section::AliasEnds, ends);
        put(Section::AliasText, text);
        let nodes: Vec<u32> = aliases.iter().map(|(_, node)| *node).collect();
        put(Section::AliasNodes, le(&nodes));
        drop(aliases);
        let strings = self.sort_strings();
        let (ends, text) = run_together(&strings, |no| self.strings.get(*no).into());
        put(Section::Strings, ends);
        put(Section::Text, text);

        let mut rows = std::mem::take(&mut self.rows);
        rows.par_iter_mut().for_each(|row| {
            row.owner = place[row.owner as usize];
            row.owned = place[row.owned as usize];
        });
        let (mut rows, starts) = by_owned(rows, order.len());
        settle_units_and_sort(&mut rows, &starts, &self.details);
        put(Section::InStarts, le(&starts));
        drop(starts);
        let (outs, starts) = by_owner(&rows, order.len());
        put(Section::OutStarts, le(&starts));
        put(Section::Outs, le(&outs));
        drop((outs, starts));
        put(Section::Details, self.details_of(&rows));
        put(Section::Holdings, packed(&rows));
        drop(rows);

        self.joints
            .sort_unstable_by(|a, b| (&a.id, &a.entity).cmp(&(&b.id, &b.entity)));
        let extra = Extra {
            sources: std::mem::take(&mut self.sources),
            joints: std::mem::take(&mut self.joints),
            torn: std::mem::take(&mut self.torn).into_iter().collect(),
        };
        // Plain structures of strings and days: writing them cannot fail.
        put(
            Section::Json,
            serde_json::to_vec(&extra).unwrap_or_else(|_| b"{}".to_vec()),
        );
        self.problems
            .sort_unstable_by(|a, b| (&a.field, &a.what).cmp(&(&b.field, &b.what)));
        self.problems.dedup();
        Ok(Built {
            bytes: file::write(sections),
            problems: self.problems,
        })
    }

    fn ids_len(&self, order: &[u32]) -> usize {
        order.iter().map(|no| self.ids.get(*no).len() + 8).sum()
    }

    /// Calls those of an arrangement as their parties are called.
    fn name_joints(&mut self, roots: &[u32]) {
        let mut joints = std::mem::take(&mut self.joints);
        for joint in &mut joints {
            for id in joint.members.iter_mut().chain(&mut joint.entity) {
                let no = self.ids.number(id);
                *id = String::from_utf8_lossy(&self.shown(roots[no as usize])).into_owned();
            }
            joint.members.sort_unstable();
        }
        self.joints = joints;
    }

    /// Ids other than the one that a party is shown by, each with its party, sorted.
    fn aliases(&self, roots: &[u32], place: &[u32]) -> Vec<(Vec<u8>, u32)> {
        let mut aliases: Vec<(Vec<u8>, u32)> = (0..self.ids.len() as u32)
            .into_par_iter()
            .filter(|no| *self.ids.get(*no) != *self.shown(roots[*no as usize]))
            .map(|no| (self.ids.get(no).to_vec(), place[no as usize]))
            .collect();
        aliases.sort_unstable();
        aliases.dedup();
        aliases
    }

    /// Strings of details in their order, so that the number of one says nothing of
    /// when it came in; details are renumbered.
    fn sort_strings(&mut self) -> Vec<u32> {
        // Rows that were taken back, or have another principal now, leave some behind.
        let mut is_used = vec![false; self.strings.len() + 1];
        for row in self.rows.iter().filter(|row| row.detail != 0) {
            let detail = self.details[row.detail as usize - 1];
            for no in [detail.tranche, detail.nominee, detail.record] {
                is_used[no as usize] = true;
            }
        }
        let mut sorted: Vec<u32> = (0..self.strings.len() as u32)
            .filter(|no| is_used[*no as usize + 1])
            .collect();
        sorted.par_sort_unstable_by(|a, b| self.strings.get(*a).cmp(self.strings.get(*b)));
        let mut place = vec![0u32; self.strings.len() + 1];
        for (at, no) in sorted.iter().enumerate() {
            place[*no as usize + 1] = at as u32 + 1;
        }
        for detail in &mut self.details {
            for no in [&mut detail.tranche, &mut detail.nominee, &mut detail.record] {
                *no = place[*no as usize];
            }
        }
        sorted
    }

    fn details_of(&self, rows: &[Raw]) -> Vec<u8> {
        let mut out = Vec::new();
        for (no, row) in rows.iter().enumerate() {
            if row.detail != 0 {
                let detail = self.details[row.detail as usize - 1];
                for part in [no as u32, detail.tranche, detail.nominee, detail.record] {
                    out.extend_from_slice(&part.to_le_bytes());
                }
            }
        }
        out
    }
}

/// Rows as they lie in the file.
fn packed(rows: &[Raw]) -> Vec<u8> {
    let mut bytes = vec![0u8; rows.len() * ROW];
    let pieces = bytes.par_chunks_mut(ROW * PIECE);
    pieces.zip(rows.par_chunks(PIECE)).for_each(|(out, rows)| {
        for (out, row) in out.chunks_exact_mut(ROW).zip(rows) {
            let marks = if row.detail == 0 {
                Marks::NONE
            } else {
                Marks::DETAIL
            };
            let word = row.word | u64::from(marks.0) << 58;
            out[..4].copy_from_slice(&row.owner.to_le_bytes());
            out[4..8].copy_from_slice(&row.record.to_le_bytes());
            out[8..16].copy_from_slice(&word.to_le_bytes());
            out[16..20].copy_from_slice(&row.from.to_le_bytes());
            out[20..].copy_from_slice(&row.until.to_le_bytes());
        }
    });
    bytes
}

fn le(numbers: &[u32]) -> Vec<u8> {
    let mut bytes = vec![0u8; numbers.len() * 4];
    let pieces = bytes.par_chunks_mut(4 * PIECE);
    pieces
        .zip(numbers.par_chunks(PIECE))
        .for_each(|(out, numbers)| {
            for (out, no) in out.chunks_exact_mut(4).zip(numbers) {
                out.copy_from_slice(&no.to_le_bytes());
            }
        });
    bytes
}

/// Ends and text of strings.
fn run_together<'a, T: Sync>(
    all: &'a [T],
    text: impl Fn(&'a T) -> Cow<'a, [u8]> + Sync,
) -> (Vec<u8>, Vec<u8>) {
    let pieces: Vec<(Vec<u32>, Vec<u8>)> = all
        .par_chunks(PIECE)
        .map(|piece| {
            let mut together = Vec::new();
            let ends = piece.iter().map(|one| {
                together.extend_from_slice(&text(one));
                together.len() as u32
            });
            (ends.collect(), together)
        })
        .collect();
    let mut ends = vec![0u32];
    let mut together = Vec::with_capacity(pieces.iter().map(|(_, text)| text.len()).sum());
    for (piece, text) in pieces {
        let start = together.len() as u32;
        ends.extend(piece.iter().map(|end| start + end));
        together.extend_from_slice(&text);
    }
    (le(&ends), together)
}

fn limit(what: &'static str, found: usize, most: usize) -> Result<(), BuildError> {
    if found > most {
        return Err(BuildError::TooMany {
            what,
            found: found as u64,
            most: most as u64,
        });
    }
    Ok(())
}
