//! Sentences about what a person is, within a list's own prose.
//!
//! Most lists have no field for a person's looks or tribe; they write them among
//! the rest: `Belongs to the ... tribe.`, `Physical description: eye colour: brown`.
//! What is dropped as a property is dropped as a sentence too, and counted under the
//! property's name. Only whole sentences of a known form go; a sentence that says
//! something else as well stays as the list has it.

/// How a sentence begins, in lower case, and the property that it is.
const BEGINNINGS: [(&str, &str); 19] = [
    ("physical description", "physicalDescription"),
    ("description: eye", "physicalDescription"),
    ("description: hair", "physicalDescription"),
    ("description: height", "physicalDescription"),
    ("eye colour", "eyeColor"),
    ("eye color", "eyeColor"),
    ("eyes:", "eyeColor"),
    ("hair colour", "hairColor"),
    ("hair color", "hairColor"),
    ("hair:", "hairColor"),
    ("height:", "height"),
    ("weight:", "weight"),
    ("build:", "build"),
    ("complexion:", "complexion"),
    ("distinguishing marks", "bodyMarks"),
    ("ethnicity:", "ethnicity"),
    ("ethnic background:", "ethnicity"),
    ("religion:", "religion"),
    ("marital status:", "maritalStatus"),
];

/// Groups that one is born into: `Belongs to Popalzai tribe`.
const GROUPS: [&str; 5] = ["tribe", "ethnic group", "clan", "sub-tribe", "subclan"];

/// The text without such sentences, and what they were. `None` where there are none.
pub(crate) fn without_personal(text: &str) -> Option<(String, Vec<&'static str>)> {
    let mut dropped = Vec::new();
    let mut kept = String::with_capacity(text.len());
    for sentence in text.split_inclusive(". ") {
        let (sentence, gender) = without_gender(sentence);
        dropped.extend(gender);
        match personal(&sentence) {
            Some(property) => dropped.push(property),
            None => kept.push_str(&sentence),
        }
    }
    (!dropped.is_empty()).then(|| (kept.trim().to_owned(), dropped))
}

fn personal(sentence: &str) -> Option<&'static str> {
    let lower = sentence.trim().trim_end_matches('.').to_lowercase();
    let begins = BEGINNINGS
        .iter()
        .find(|(words, _)| lower.starts_with(words));
    if let Some((_, property)) = begins {
        return Some(property);
    }
    let ends = GROUPS.iter().any(|group| lower.ends_with(group));
    let says = lower.contains("belongs to ")
        || lower.contains("belonged to ")
        || lower.starts_with("member of the ");
    // A long sentence says more than that.
    (ends && says && lower.len() < 120).then_some("ethnicity")
}

/// `Gender: male` may stand before other words without a full stop.
fn without_gender(sentence: &str) -> (String, Option<&'static str>) {
    let lower = sentence.to_lowercase();
    // Lower case may be longer than the text in a few scripts; then positions differ.
    if lower.len() != sentence.len() {
        return (sentence.to_owned(), None);
    }
    for label in ["gender:", "gender [", "sex:"] {
        let Some(at) = lower.find(label) else {
            continue;
        };
        let alone = !lower[..at].ends_with(|c: char| c.is_alphanumeric());
        let after = &lower[at + label.len()..];
        let value = after.trim_start();
        let spaces = after.len() - value.len();
        for word in ["female", "male"] {
            if alone && value.starts_with(word) {
                let mut end = at + label.len() + spaces + word.len();
                end += lower[end..]
                    .bytes()
                    .take_while(|b| matches!(b, b']' | b'.' | b' '))
                    .count();
                return (
                    format!("{}{}", &sentence[..at], &sentence[end..]),
                    Some("gender"),
                );
            }
        }
    }
    (sentence.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_about_what_a_person_is_go() {
        for (text, kept, dropped) in [
            (
                "Head of tests. Belongs to Test tribe. Arrested in 2010.",
                "Head of tests. Arrested in 2010.",
                vec!["ethnicity"],
            ),
            (
                "Physical description: eye colour: brown; hair colour: black. Review was concluded.",
                "Review was concluded.",
                vec!["physicalDescription"],
            ),
            (
                "Gender: male INTERPOL web link: x",
                "INTERPOL web link: x",
                vec!["gender"],
            ),
            ("Gender [Male]. Listed.", "Listed.", vec!["gender"]),
            (
                "Ivan belongs to the Test ethnic group. Height: 1.70 m.",
                "",
                vec!["ethnicity", "height"],
            ),
        ] {
            let (left, what) = without_personal(text).unwrap();
            assert_eq!((left.as_str(), what), (kept, dropped), "{text}");
        }
    }

    #[test]
    fn other_sentences_stay() {
        for text in [
            "Responsible for abuse of ethnic and religious minorities.",
            "He employs physical violence against the clan.",
            "Member of the Duma Committee on ethnic affairs.",
            "The company belongs to the Test Holding.",
            "Middlesex: male choir.",
            "",
            "Gender: ",
            "ÄÖİ gender: male",
        ] {
            let left = without_personal(text).map(|(left, _)| left);
            assert!(left.is_none(), "{text}: {left:?}");
        }
    }
}
