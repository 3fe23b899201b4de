//! Sentences about what a person is, within a list's own prose.
//!
//! Most lists have no field for a person's looks or tribe; they write them among
//! the rest: `Belongs to the ... tribe.`, `Physical description: eye colour: brown`.
//! What is dropped as a property is dropped as a sentence too, and counted under the
//! property's name. Only whole sentences of a known form go; a sentence that says
//! something else as well stays as the list has it.

/// How a sentence begins, in lower case, and the property that it is.
const BEGINNINGS: [(&str, &str); 34] = [
    ("physical description", "physicalDescription"),
    ("physical characteristics", "physicalDescription"),
    ("distinguishing marks", "bodyMarks"),
    ("distinguishing physical", "bodyMarks"),
    ("distinguishing features", "bodyMarks"),
    ("distinctive marks", "bodyMarks"),
    ("eye colour", "eyeColor"),
    ("eye color", "eyeColor"),
    ("eyes:", "eyeColor"),
    ("hair colour", "hairColor"),
    ("hair color", "hairColor"),
    ("hair:", "hairColor"),
    ("height:", "height"),
    ("height is ", "height"),
    ("weight:", "weight"),
    ("build:", "build"),
    ("complexion", "complexion"),
    ("skin:", "skinColor"),
    ("skin colour", "skinColor"),
    ("skin color", "skinColor"),
    ("ethnicity:", "ethnicity"),
    ("ethnic background", "ethnicity"),
    ("ethnic origin", "ethnicity"),
    ("ethnic group:", "ethnicity"),
    ("tribe:", "tribe"),
    ("subtribe:", "tribe"),
    ("sub-tribe:", "tribe"),
    ("clan:", "tribe"),
    ("caste:", "caste"),
    ("religion:", "religion"),
    ("native language", "nativeLanguage"),
    ("languages spoken", "spokenLanguage"),
    ("marital status:", "maritalStatus"),
    ("married to a ", "maritalStatus"),
];

/// Words before such a beginning that say nothing.
const BEFORE: [&str; 5] = [
    "other information:",
    "description:",
    "individual's ",
    "his ",
    "her ",
];

/// A description that begins within a sentence goes from here to the sentence's end.
const WITHIN: [&str; 5] = [
    "physical description:",
    "eye colour:",
    "eye color:",
    "hair colour:",
    "hair color:",
];

/// Groups that one is born into: `Belongs to Popalzai tribe`.
const GROUPS: [&str; 7] = [
    "tribe",
    "sub-tribe",
    "subtribe",
    "ethnic group",
    "clan",
    "sub-clan",
    "subclan",
];

/// Peoples that lists print without a word around them: `Kurdish.`
const PEOPLES: [&str; 9] = [
    "baloch", "hazara", "kurd", "kurdish", "pashtun", "tuareg", "uighur", "uyghur", "zaghawa",
];

/// What makes a few words a description: `Dark complexion`, `Black hair and eyes`.
const LOOKS: [(&str, &str); 21] = [
    ("amputated", "health"),
    ("amputation", "health"),
    ("amputee", "health"),
    ("beard", "physicalDescription"),
    ("bearded", "physicalDescription"),
    ("birthmark", "bodyMarks"),
    ("cheekbones", "physicalDescription"),
    ("complexion", "complexion"),
    ("hair", "hairColor"),
    ("haired", "hairColor"),
    ("height", "height"),
    ("limp", "health"),
    ("moustache", "physicalDescription"),
    ("mustache", "physicalDescription"),
    ("prosthesis", "health"),
    ("prosthetic", "health"),
    ("scar", "bodyMarks"),
    ("scars", "bodyMarks"),
    ("skin", "skinColor"),
    ("tattoo", "bodyMarks"),
    ("tattoos", "bodyMarks"),
];

/// Parts of the body, and what may have become of them: `Left eye missing`.
const PARTS: [&str; 11] = [
    "arm", "ear", "eye", "eyes", "finger", "fingers", "foot", "hand", "leg", "legs", "tongue",
];
const HARM: [&str; 9] = [
    "blind", "crippled", "disabled", "injured", "injury", "lame", "lost", "missing", "wounded",
];

/// Words of a sentence that is about a business or an act, not about a body.
const OTHERWISE: [&str; 16] = [
    "against",
    "care",
    "companies",
    "company",
    "director",
    "firm",
    "ltd",
    "manager",
    "minister",
    "owner",
    "owns",
    "product",
    "products",
    "punishment",
    "salon",
    "sentences",
];

/// More words than this say something else as well.
const FEW: usize = 16;

/// The text without such sentences, and what they were. `None` where there are none.
/// `person`: it is about somebody who is or may be one; few words about looks are told
/// only there, since a ship has a height too.
pub(crate) fn without_personal(text: &str, person: bool) -> Option<(String, Vec<&'static str>)> {
    let mut dropped = Vec::new();
    let mut kept = String::with_capacity(text.len());
    // A bracket that a dropped sentence opened: `Physical description (Nov. 2016); ...`.
    let mut open = None;
    for sentence in text.split_inclusive(". ") {
        let (sentence, gender) = without_gender(sentence);
        dropped.extend(gender);
        let goes_on = open.take().filter(|_| sentence.contains(')'));
        let plain = plain(&sentence);
        if let Some(at) = description_within(&sentence)
            && goes_on.is_none()
            && begins(&plain).is_none()
        {
            dropped.push("physicalDescription");
            kept.push_str(sentence[..at].trim_end_matches([' ', ',', ';', '(']));
            kept.push_str(". ");
            continue;
        }
        let found = goes_on
            .or_else(|| begins(&plain))
            .or_else(|| says(sentence.trim(), &plain, person));
        match found {
            Some(property) => {
                if sentence.matches('(').count() > sentence.matches(')').count() {
                    open = Some(property);
                }
                dropped.push(property);
            }
            None => kept.push_str(&sentence),
        }
    }
    (!dropped.is_empty()).then(|| (kept.trim().to_owned(), dropped))
}

/// A sentence in lower case, without what says nothing around it.
fn plain(sentence: &str) -> String {
    let lower = sentence
        .trim()
        .trim_end_matches(['.', ';', ','])
        .to_lowercase();
    let mut plain = lower.as_str();
    for before in BEFORE {
        plain = plain.strip_prefix(before).unwrap_or(plain).trim_start();
    }
    plain.to_owned()
}

fn begins(plain: &str) -> Option<&'static str> {
    BEGINNINGS
        .iter()
        .find(|(words, _)| plain.starts_with(words))
        .map(|(_, property)| *property)
}

/// What a whole short sentence says.
fn says(sentence: &str, plain: &str, person: bool) -> Option<&'static str> {
    // A long sentence says more than that.
    if plain.len() >= 160 {
        return None;
    }
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .collect();
    if is_of_a_group(plain, &words) || (person && is_of_a_people(sentence, &words)) {
        return Some("ethnicity");
    }
    if !person || words.len() > FEW || words.iter().any(|word| OTHERWISE.contains(word)) {
        return None;
    }
    // A unit that a point cut off: `Height 170. cm`.
    if matches!(words[..], ["cm" | "kg"]) {
        return Some("physicalDescription");
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if words.len() <= 8 && has(&PARTS) && has(&HARM) {
        return Some("health");
    }
    if let [first, second, ..] = words[..]
        && first == "speaks"
        && !["about", "at", "for", "of", "on", "out", "to", "with"].contains(&second)
    {
        return Some("spokenLanguage");
    }
    LOOKS
        .iter()
        .find(|(word, _)| words.contains(word))
        .map(|(_, property)| *property)
}

/// `Belongs to Popalzai tribe (a branch)`, `X (sub-tribe), Y clan`.
fn is_of_a_group(lower: &str, words: &[&str]) -> bool {
    let says = lower.contains("belongs to ") || lower.contains("belonged to ");
    let ends = GROUPS.iter().any(|group| lower.ends_with(group));
    let named = GROUPS.iter().any(|group| match group.split_once(' ') {
        Some(_) => lower.contains(group),
        None => words.contains(group),
    });
    let branch = words
        .iter()
        .any(|word| ["sub-tribe", "subtribe", "sub-clan", "subclan"].contains(word));
    let begins = lower.starts_with("member of the ") || lower.starts_with("family background");
    (says && named) || (ends && (branch || begins))
}

/// `Ethnic Pashtun from ...`, `ethnicity Kurdish`, `Kurdish`.
fn is_of_a_people(sentence: &str, words: &[&str]) -> bool {
    match words {
        [one] => PEOPLES.contains(one),
        ["ethnicity", rest @ ..] => rest.len() <= 3,
        // `Ethnic Affairs Minister` is an office.
        ["ethnic" | "ethnically", next, ..] => {
            let office = [
                "affairs",
                "committee",
                "issues",
                "minister",
                "ministry",
                "policy",
            ];
            let named = sentence
                .split_whitespace()
                .nth(1)
                .is_some_and(|word| word.starts_with(char::is_uppercase));
            named && !office.contains(next) && !words.contains(&"affairs")
        }
        _ => false,
    }
}

/// Where a description begins after other words.
fn description_within(sentence: &str) -> Option<usize> {
    let lower = sentence.to_ascii_lowercase();
    WITHIN.iter().filter_map(|words| lower.find(words)).min()
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
            (
                "Belongs to Demo tribe (Upper). Belongs to Low section, Demo tribe of Test province.",
                "",
                vec!["ethnicity", "ethnicity"],
            ),
            (
                "Demozai (other tribe spelling: Demosai) sub-tribe, Little Demozai clan. Rich.",
                "Rich.",
                vec!["ethnicity"],
            ),
            (
                "Family background: of the Demo clan.",
                "",
                vec!["ethnicity"],
            ),
            ("Tribe: Demozai. Subtribe: Test", "", vec!["tribe", "tribe"]),
            (
                "Ethnic Demozai from Test Province. In hiding.",
                "In hiding.",
                vec!["ethnicity"],
            ),
            ("ethnicity Demozai", "", vec!["ethnicity"]),
            ("Kurdish", "", vec!["ethnicity"]),
            (
                "Red hair and eyes. Green skin",
                "",
                vec!["hairColor", "skinColor"],
            ),
            ("Description: Pale complexion.", "", vec!["complexion"]),
            (
                "Distinguishing physical marks: small face, and a limp from a prosthesis. Listed.",
                "Listed.",
                vec!["bodyMarks"],
            ),
            ("Height 150 cm, left arm amputated.", "", vec!["health"]),
            (
                "Has a prosthetic hand. Right eye missing. Lost one foot in 1990s",
                "",
                vec!["health"; 3],
            ),
            (
                "Injured arm. short scar on the hand, has a stammer",
                "",
                vec!["health", "bodyMarks"],
            ),
            ("Individual's height is 6 feet", "", vec!["height"]),
            (
                "Mother's name: Demo , In prison, Physical description: hair colour: red; height: 150 cm. Tried.",
                "Mother's name: Demo , In prison. Tried.",
                vec!["physicalDescription"],
            ),
            (
                "Physical description (as at Nov. 2016); eye colour: red; build: small. Tried.",
                "Tried.",
                vec!["physicalDescription", "physicalDescription"],
            ),
            (
                "Other information: Physical description: eye colour: red",
                "",
                vec!["physicalDescription"],
            ),
            (
                "Speaks fluent Demo and Latin. Speaks at rallies.",
                "Speaks at rallies.",
                vec!["spokenLanguage"],
            ),
            ("Married to a Demo woman.", "", vec!["maritalStatus"]),
        ] {
            let (left, what) = without_personal(text, true).unwrap();
            assert_eq!((left.as_str(), what), (kept, dropped), "{text}");
        }
    }

    #[test]
    fn what_is_no_person_has_a_height() {
        for text in ["Height 30 m.", "Black hair. White skin"] {
            assert!(without_personal(text, false).is_none(), "{text}");
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
            "Minister of Ethnic Affairs.",
            "Ethnic Affairs Committee, member.",
            "Paramount Chief of the Demo Tribe in North Test.",
            "Operates in the Federally Administered Tribal Areas.",
            "Owner of a skin care company.",
            "Permitted sentences such as amputations and acid in the eyes.",
            "Kurdish minorities were detained on his order.",
            "Killings on the basis of ethnicity.",
            "Married to Ivan Tester since 1970.",
            "Supervises medical centres for wounded fighters.",
            "Head of the Religious Committee.",
            "",
            "Gender: ",
            "ÄÖİ gender: male",
        ] {
            let left = without_personal(text, true).map(|(left, _)| left);
            assert!(left.is_none(), "{text}: {left:?}");
        }
    }
}
