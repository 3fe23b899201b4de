//! Distances that need not be worked out again.

/// Distances that were worked out for this query: the same listed words come again
/// with one candidate after another. A cell that another pair needs is given up.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo(Vec<(u64, Option<u32>)>);

impl Memo {
    const CELLS: usize = 1 << 10;

    pub(super) fn distance(
        &mut self,
        word: usize,
        term: u32,
        bare: bool,
        find: impl FnOnce() -> Option<u32>,
    ) -> Option<u32> {
        if self.0.is_empty() {
            self.0.resize(Self::CELLS, (0, None));
        }
        // Never 0, which stands for an empty cell.
        let key = u64::from(term) << 32 | (word as u64 & 0x3fff_ffff) << 1 | u64::from(bare);
        let key = key | 1 << 31;
        let at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize;
        let cell = &mut self.0[at % Self::CELLS];
        if cell.0 != key {
            *cell = (key, find());
        }
        cell.1
    }
}
