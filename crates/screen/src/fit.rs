//! What the fitting of coefficients sees: the numbers of every comparison.
//!
//! For `cargo xtask evaluate` alone; not part of what the crate promises.

use crate::candidates::{COMPARED, LOWEST, candidates, crowd as nearest};
use crate::index::{EntityNo, Index};
use crate::query::{Prepared, Query};
pub use crate::score::crowd::{Crowd, Curve};
use crate::score::features::TABLE;
pub use crate::score::features::{FEATURES, Mode};
use crate::score::{Desk, compare, sheet};
use crate::scratch;
pub use crate::scratch::Work;
use crate::search::Options;
use crate::search::crowd;

/// A candidate with what was measured of its best name.
#[derive(Clone, Debug)]
pub struct Row {
    /// The entity.
    pub no: EntityNo,
    /// Which row of coefficients counts: 0 for people, 1 for others.
    pub mode: usize,
    /// Its weight now.
    pub weight: i32,
    /// The same before the crowd is set against it.
    pub name: i32,
    /// Whether it is one of those among which the crowd is found.
    pub near: bool,
    /// The words of its best name as a number, equal for names of the same words.
    pub words: u64,
    /// The numbers, a count or a bit as 256.
    pub values: [i32; FEATURES],
}

/// The candidates of a query, the best first by weight.
pub fn rows<B: AsRef<[u8]>>(index: &Index<B>, query: &Query) -> Vec<Row> {
    scratch::with(|scratch| {
        let prepared = Prepared::new(index, query, scratch);
        let mut desk = Desk::default();
        let mut found = candidates(index, &prepared, scratch, COMPARED, LOWEST);
        let crowd = crowd(index, &prepared, scratch, &mut desk);
        let near: Vec<EntityNo> = nearest(index, scratch).iter().map(|(no, _)| *no).collect();
        found.sort_unstable();
        let mut out: Vec<Row> = Vec::new();
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            let readings: Vec<u32> = group.iter().map(|(_, reading)| *reading).collect();
            let mut compared = compare(index, &prepared, group[0].0, &readings, &mut desk);
            compared.settle(index, &prepared, crowd);
            let Some(best) = compared.best else { continue };
            let again = sheet(
                index,
                &prepared,
                best.asked,
                best.listed,
                best.mode,
                &mut desk,
            );
            if let Some(sheet) = again {
                out.push(Row {
                    no: compared.no,
                    mode: best.mode as usize,
                    weight: compared.weight,
                    name: best.weight,
                    near: near.contains(&compared.no),
                    words: index.words(best.listed),
                    values: sheet.values,
                });
            }
        }
        out.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.no.cmp(&b.no)));
        out
    })
}

/// Name of each number and the sign its coefficient may have.
pub fn table() -> &'static [(&'static str, i32)] {
    TABLE
}

/// The score of a weight.
pub fn score(weight: i32) -> u16 {
    crate::score::calibration::score(weight)
}

/// The scale now: weight and score.
pub fn scale() -> &'static [(i32, u16)] {
    &crate::score::calibration::POINTS
}

/// What a search does, counted.
pub fn work<B: AsRef<[u8]>>(index: &Index<B>, query: &Query) -> Work {
    let mut scratch = scratch::Scratch::default();
    let prepared = Prepared::new(index, query, &mut scratch);
    let threshold = Options::default().threshold;
    candidates(index, &prepared, &mut scratch, COMPARED, threshold);
    scratch.work
}

/// How many words the query has once it is read and looked up, and nothing else: for
/// timing that step alone.
pub fn prepare<B: AsRef<[u8]>>(index: &Index<B>, query: &Query) -> usize {
    scratch::with(|scratch| Prepared::new(index, query, scratch).words.len())
}
