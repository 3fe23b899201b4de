//! The valid name nearest to one that is not: offered, never taken.

/// The candidate with the fewest edits to `word`, if few enough that a person
/// would call it a slip: one edit in three letters. Case is not an edit; two
/// neighbours swapped are one. Of equals, the first.
pub fn of<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(65).collect();
    if word.is_empty() || word.len() > 64 {
        return None;
    }
    let allowed = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| !candidate.is_empty())
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.to_lowercase().chars().collect();
            if other.len().abs_diff(word.len()) > allowed {
                return None;
            }
            // A word of one or two letters is nearest to everything.
            let edits = distance(&word, &other);
            (edits <= allowed && edits < other.len()).then_some((edits, candidate))
        })
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Edits between two words: insert, delete, replace, swap neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_slip_is_recognised_and_a_different_word_is_not() {
        let names = ["destination", "direction", "name", "names"];
        assert_eq!(of("desination", names), Some("destination"));
        assert_eq!(of("Destination", names), Some("destination"));
        assert_eq!(of("nmae", names), Some("name"));
        assert_eq!(of("colour", names), None);
        assert_eq!(of("", names), None);
        assert_eq!(of(&"x".repeat(10_000), names), None);
    }
}
