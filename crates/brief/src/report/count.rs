//! Counts that can be published: none so small that somebody could tell which deal it was.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A count below this is not shown.
pub const LEAST: usize = 5;

/// A count, or that it is too small to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// What is counted.
    pub of: String,
    /// How many; none where it is not shown.
    pub count: Option<usize>,
    /// The same as text.
    pub text: String,
}

/// One table of counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// What it counts.
    pub title: String,
    /// Its rows.
    pub rows: Vec<Count>,
}

/// Counts in the making.
pub(super) struct Tally {
    title: String,
    pub(super) rows: BTreeMap<String, usize>,
    /// Whether its rows add up to the number of briefs, so that a missing one can be had
    /// by subtraction.
    adds_up: bool,
}

impl Tally {
    pub(super) fn new(title: &str, adds_up: bool, rows: &[&str]) -> Self {
        Self {
            title: title.to_owned(),
            rows: rows.iter().map(|row| ((*row).to_owned(), 0)).collect(),
            adds_up,
        }
    }

    pub(super) fn add(&mut self, row: &str) {
        *self.rows.entry(row.to_owned()).or_default() += 1;
    }

    pub(super) fn finish(self) -> Table {
        let small = |count: usize| (1..LEAST).contains(&count);
        let hidden = self.rows.values().filter(|count| small(**count)).count();
        // One hidden row and a total give the row away: hide the next smallest with it.
        let second = (self.adds_up && hidden == 1)
            .then(|| {
                self.rows
                    .iter()
                    .filter(|(_, count)| **count >= LEAST)
                    .min_by_key(|(_, count)| **count)
                    .map(|(row, _)| row.clone())
            })
            .flatten();
        let rows = self
            .rows
            .into_iter()
            .map(|(of, count)| {
                if second.as_ref() == Some(&of) {
                    Count {
                        of,
                        count: None,
                        text: "withheld, so that a smaller one cannot be worked out".to_owned(),
                    }
                } else {
                    shown(of, count)
                }
            })
            .collect();
        Table {
            title: self.title,
            rows,
        }
    }
}

pub(super) fn shown(of: impl Into<String>, count: usize) -> Count {
    let is_small = (1..LEAST).contains(&count);
    Count {
        of: of.into(),
        count: (!is_small).then_some(count),
        text: if is_small {
            format!("fewer than {LEAST}")
        } else {
            count.to_string()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, usize)], adds_up: bool) -> Vec<(String, Option<usize>)> {
        let mut tally = Tally::new("t", adds_up, &[]);
        for (row, count) in rows {
            tally.rows.insert((*row).to_owned(), *count);
        }
        let table = tally.finish();
        table
            .rows
            .into_iter()
            .map(|row| (row.of, row.count))
            .collect()
    }

    #[test]
    fn a_small_count_is_not_shown_and_cannot_be_worked_out() {
        let shown = table(&[("a", 3), ("b", 7), ("c", 20), ("d", 0)], true);
        let counts: Vec<Option<usize>> = shown.into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [None, None, Some(20), Some(0)]);
    }

    #[test]
    fn two_small_counts_hide_each_other() {
        let shown = table(&[("a", 3), ("b", 2), ("c", 20)], true);
        assert_eq!(shown[2].1, Some(20));
        assert_eq!((shown[0].1, shown[1].1), (None, None));
    }
}
