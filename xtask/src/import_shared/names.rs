//! Names as these files print them: with an acronym or another name in brackets,
//! or with the family name first.

/// A printed name, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Printed {
    /// Other full names it holds.
    pub(crate) aliases: Vec<String>,
    /// Acronyms of the whole name.
    pub(crate) acronyms: Vec<String>,
}

/// Takes apart what stands in brackets. `Armament Group (AG)` holds the name
/// without brackets and the acronym; `Ferdie (A.K.A. Fernando) Resada` another
/// name. An acronym inside a longer name stands for a part of it only, so it is no
/// name of the party; other brackets (`(Hong Kong)`, `(Pty)`) belong to the name.
pub(crate) fn take_apart(name: &str) -> Printed {
    let mut printed = Printed::default();
    let mut plain = String::new();
    let mut rest = name;
    let mut removed = false;
    while let Some((before, inside, after)) = brackets(rest) {
        plain.push_str(before);
        if let Some(other) = also_known_as(inside) {
            printed.aliases.push(other.to_owned());
            removed = true;
        } else if stands_for(inside, &plain) {
            if after.trim_matches(['.', ',', ' ']).is_empty() {
                printed.acronyms.push(inside.to_owned());
            }
            removed = true;
        } else {
            plain.push_str(&rest[before.len()..rest.len() - after.len()]);
        }
        rest = after;
    }
    plain.push_str(rest);
    let plain = squeezed(&plain);
    if removed && !plain.is_empty() {
        printed.aliases.insert(0, plain);
    }
    printed
}

/// `Sero, Fernando` as `Fernando Sero`; `None` for a name that is not so printed.
pub(crate) fn family_name_last(name: &str) -> Option<String> {
    let (family, given) = name.split_once(", ")?;
    let given = given.trim();
    let is_plain = |part: &str, most: usize| {
        let words = part.split_whitespace().count();
        (1..=most).contains(&words)
            && part
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.'))
    };
    let last = given
        .rsplit(' ')
        .next()
        .unwrap_or("")
        .trim_matches('.')
        .to_ascii_lowercase();
    let legal = [
        "inc",
        "ltd",
        "llc",
        "limited",
        "co",
        "corp",
        "company",
        "gmbh",
        "sa",
        "s.a",
        "lp",
        "l.p",
        "llp",
        "plc",
        "bv",
        "b.v",
        "corporation",
        "incorporated",
        "pte",
        "jr",
        "sr",
        "ii",
        "iii",
    ];
    (is_plain(family, 3) && is_plain(given, 4) && !legal.contains(&last.as_str()))
        .then(|| format!("{given} {}", family.trim()))
}

/// White space made single.
pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What two prints of one name have in common: letters and digits in lower case.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            key.push(c);
        } else if !matches!(c, '\'' | '’' | '`' | '.') && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.trim().to_owned()
}

/// The first pair of brackets without others in it: before, inside, after.
fn brackets(text: &str) -> Option<(&str, &str, &str)> {
    let close = text.find(')')?;
    let open = text[..close].rfind('(')?;
    Some((
        &text[..open],
        text[open + 1..close].trim(),
        &text[close + 1..],
    ))
}

fn also_known_as(inside: &str) -> Option<&str> {
    let lower = inside.to_ascii_lowercase();
    ["a.k.a.", "a/k/a", "aka:", "aka "]
        .iter()
        .find(|mark| lower.starts_with(**mark))
        .map(|mark| inside[mark.len()..].trim())
        .filter(|other| !other.is_empty())
}

/// Whether `short` is an acronym of the words before it: capitals only, its letters
/// in their order among theirs, half of them at least at the start of a word.
fn stands_for(short: &str, before: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    if !(2..=10).contains(&letters.len())
        || short.contains(' ')
        || letters.iter().any(|c| !c.is_uppercase())
    {
        return false;
    }
    let words: Vec<Vec<char>> = before
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.to_uppercase().chars().collect())
        .collect();
    let initials: Vec<char> = words.iter().map(|word| word[0]).collect();
    let all: Vec<char> = words.concat();
    if !in_order(&letters, &all) {
        return false;
    }
    common(&letters, &initials) >= letters.len().div_ceil(2).max(2)
}

fn in_order(short: &[char], long: &[char]) -> bool {
    let mut long = long.iter();
    short.iter().all(|c| long.any(|other| other == c))
}

/// Length of the longest common subsequence.
fn common(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(name: &str) -> (Vec<String>, Vec<String>) {
        let printed = take_apart(name);
        (printed.aliases, printed.acronyms)
    }

    #[test]
    fn an_acronym_at_the_end_is_a_weak_name() {
        assert_eq!(
            apart("Invented University of Applied Optics (IUAO)"),
            (
                vec!["Invented University of Applied Optics".into()],
                vec!["IUAO".into()]
            )
        );
        assert_eq!(apart("MODERN OPTICS TECHNIQUE (MOTEC)").1, ["MOTEC"]);
    }

    #[test]
    fn an_acronym_of_a_part_is_no_name_of_the_whole() {
        assert_eq!(
            apart("Northern Demo Autonomous Region (NDAR) Bureau"),
            (
                vec!["Northern Demo Autonomous Region Bureau".into()],
                vec![]
            )
        );
    }

    #[test]
    fn brackets_that_belong_to_the_name_stay() {
        for name in [
            "Ace Optics (HK) Co., Ltd",
            "Cambrian (Hong Kong) Ltd.",
            "Clay (Pte) Ltd",
        ] {
            assert_eq!(take_apart(name), Printed::default(), "{name}");
        }
    }

    #[test]
    fn another_name_in_brackets_is_an_alias() {
        assert_eq!(
            apart("FERDIE (A.K.A. FERNANDO DEMO) RESADA").0,
            ["FERDIE RESADA", "FERNANDO DEMO"]
        );
    }

    #[test]
    fn a_family_name_goes_last_and_a_firm_stays_as_it_is() {
        assert_eq!(
            family_name_last("Demo, Fernando").as_deref(),
            Some("Fernando Demo")
        );
        assert_eq!(family_name_last("Shenzhen Demo Co., Ltd."), None);
        assert_eq!(family_name_last("Aero Systems, Inc."), None);
        assert_eq!(family_name_last("A, B, C"), None);
    }
}
