//! Which row names the columns.
//!
//! People write a title, a date or a note above their table. Such a row fills few
//! cells, and the header fills at least as many as a usual row.

/// The first rows, among which the header is looked for.
const WITHIN: usize = 10;

/// The place of the header among the rows that hold anything, given how many
/// cells each of them fills: the first that fills more than half of what is usual.
pub(crate) fn find(filled: impl Iterator<Item = usize>) -> usize {
    let filled: Vec<usize> = filled.take(WITHIN).collect();
    let mut sorted = filled.clone();
    sorted.sort_unstable();
    let usual = sorted.get(sorted.len().saturating_sub(1) / 2).copied();
    filled
        .iter()
        .position(|count| count * 2 > usual.unwrap_or(0))
        .unwrap_or(0)
}

/// Says that a row above the header was not read.
pub(crate) fn above(kind: &str, number: usize, text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    format!("{kind} {number}, above the header: {short}")
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_title_is_passed_over_and_a_ragged_row_is_no_header() {
        for (filled, header) in [
            (&[][..], 0),
            (&[3, 3, 2, 3], 0),
            (&[1, 1, 1], 0),
            (&[1, 3, 3, 2], 1),
            (&[2, 36, 20, 18, 22], 1),
            (&[2, 4], 0),
            (&[2, 2, 2, 7], 0),
            (&[1, 1, 4, 4, 4], 2),
        ] {
            assert_eq!(find(filled.iter().copied()), header, "{filled:?}");
        }
    }
}
