//! What happens to a name on its way into a file: the same operations for every origin.
//!
//! An operation says `None` where it changes nothing: no word can be left out of a
//! name of two words without making it another name.

use super::dice::Dice;

/// One way to write a name otherwise.
pub(super) struct Operation {
    /// Its name in the tables.
    pub(super) label: &'static str,
    apply: fn(&mut Dice, &str) -> Option<String>,
}

impl Operation {
    /// The name changed; `None` where the operation does not change it.
    pub(super) fn of(&self, dice: &mut Dice, name: &str) -> Option<String> {
        (self.apply)(dice, name).filter(|changed| changed != name)
    }
}

/// All of them.
pub(super) const ALL: [Operation; 7] = [
    Operation {
        label: "as listed",
        apply: |_, name| Some(name.to_lowercase()),
    },
    Operation {
        label: "one slip",
        apply: |dice, name| slip(dice, name),
    },
    Operation {
        label: "two slips",
        apply: |dice, name| {
            let once = slip(dice, name)?;
            slip(dice, &once)
        },
    },
    Operation {
        label: "order",
        apply: |dice, name| Some(turned(dice, name)),
    },
    Operation {
        label: "word left out",
        apply: left_out,
    },
    Operation {
        label: "spelling",
        apply: spelled,
    },
    Operation {
        label: "joined",
        apply: joined,
    },
];

fn words(name: &str) -> Vec<&str> {
    name.split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect()
}

/// A letter changed, left out, doubled or swapped with the next.
fn slip(dice: &mut Dice, name: &str) -> Option<String> {
    let mut letters: Vec<char> = name.chars().collect();
    let places: Vec<usize> = (0..letters.len())
        .filter(|at| letters[*at].is_alphabetic())
        .collect();
    if places.len() < 4 {
        return None;
    }
    let at = places[dice.below(places.len())];
    match dice.below(4) {
        0 => {
            let other = b'a' + dice.below(26) as u8;
            letters[at] = char::from(other);
        }
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => {
            let next = at + 1;
            if next < letters.len() && letters[next].is_alphabetic() {
                letters.swap(at, next);
            } else {
                letters.remove(at);
            }
        }
    }
    Some(letters.into_iter().collect())
}

/// The words from another one on: `Ana Ruiz Vega` to `Vega Ana Ruiz`.
fn turned(dice: &mut Dice, name: &str) -> String {
    let mut words = words(name);
    if words.len() > 1 {
        let by = 1 + dice.below(words.len() - 1);
        words.rotate_left(by);
    }
    words.join(" ")
}

fn left_out(dice: &mut Dice, name: &str) -> Option<String> {
    let mut words = words(name);
    if words.len() < 3 {
        return None;
    }
    words.remove(dice.below(words.len()));
    Some(words.join(" "))
}

/// Letters that several conventions of writing a sound stand for, either way. Not of
/// one language: each name takes the ones that occur in it.
const SPELLINGS: [(&str, &str); 16] = [
    ("kh", "h"),
    ("sh", "s"),
    ("y", "i"),
    ("ou", "u"),
    ("ee", "i"),
    ("oo", "u"),
    ("ei", "ey"),
    ("ts", "c"),
    ("zh", "j"),
    ("ch", "tch"),
    ("ph", "f"),
    ("q", "k"),
    ("v", "w"),
    ("dh", "d"),
    ("mm", "m"),
    ("ss", "s"),
];

fn spelled(dice: &mut Dice, name: &str) -> Option<String> {
    let small = name.to_lowercase();
    let fitting: Vec<(&str, &str)> = SPELLINGS
        .iter()
        .flat_map(|(a, b)| [(*a, *b), (*b, *a)])
        .filter(|(from, _)| small.contains(from))
        .collect();
    if fitting.is_empty() {
        return None;
    }
    let (from, to) = fitting[dice.below(fitting.len())];
    Some(small.replacen(from, to, 1))
}

/// Two neighbouring words as one, or one long word as two.
fn joined(dice: &mut Dice, name: &str) -> Option<String> {
    let words = words(name);
    if words.len() < 2 {
        return None;
    }
    let at = dice.below(words.len() - 1);
    let mut out = String::new();
    for (no, word) in words.iter().enumerate() {
        if no > 0 && no != at + 1 {
            out.push(' ');
        }
        out.push_str(word);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_does_what_its_label_says() {
        let mut dice = Dice::of(1, "corrupt");
        for _ in 0..200 {
            let name = "Ana Ruiz Vega";
            for operation in &ALL {
                let Some(changed) = operation.of(&mut dice, name) else {
                    continue;
                };
                assert_ne!(changed, name);
                let count = words(&changed).len();
                match operation.label {
                    "word left out" | "joined" => assert_eq!(count, 2, "{changed}"),
                    "as listed" => assert_eq!(changed, "ana ruiz vega"),
                    _ => assert_eq!(count, 3, "{changed}"),
                }
            }
        }
        assert_eq!(left_out(&mut dice, "Li Wei"), None);
        assert_eq!(slip(&mut dice, "Li"), None);
    }
}
