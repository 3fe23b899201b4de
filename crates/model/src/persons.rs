//! Free text that would name somebody.
//!
//! Whoever spoke with an auditor can be punished for it, and a public register
//! is no place for people. Most fields of those formats hold numbers and words
//! from lists; this guards the few that hold text. It refuses what has the form
//! of a person's name with a title, of an address for mail, of a telephone or an
//! identity number. A bare name has no form that sets it apart from a firm's, so
//! this cannot find it, and the documentation of each format says so.

/// What a text seems to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// What it is: `a person's name with a title`.
    pub what: &'static str,
    /// The words.
    pub words: String,
}

/// Titles in front of names, in lower case without a full stop.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "herr",
    "frau",
    "monsieur",
    "madame",
    "mme",
    "mlle",
    "señor",
    "señora",
    "sra",
    "senhor",
    "senhora",
    "signor",
    "signora",
    "гн",
    "г-н",
    "г-жа",
    "господин",
    "госпожа",
    "shri",
    "smt",
    "worker",
    "employee",
];

/// Titles after names, where Chinese has them.
const AFTER: &[&str] = &["先生", "女士", "小姐"];

/// Words that mark a name as an organisation's: `Dr. Oetker KG` is a firm.
const ORGANISED: &[&str] = &[
    "ag",
    "as",
    "association",
    "authority",
    "bank",
    "bv",
    "co",
    "college",
    "committee",
    "company",
    "cooperative",
    "corp",
    "corporation",
    "council",
    "department",
    "ev",
    "factory",
    "foundation",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "hospital",
    "inc",
    "industries",
    "institute",
    "international",
    "kg",
    "kk",
    "laboratories",
    "limited",
    "llc",
    "llp",
    "ltd",
    "mill",
    "ministry",
    "nv",
    "oy",
    "plc",
    "pte",
    "pvt",
    "sa",
    "sas",
    "sarl",
    "school",
    "spa",
    "srl",
    "stiftung",
    "trust",
    "union",
    "university",
    "works",
];

/// Looks a name of an organisation over, and what stands beside it in a register: numbers of
/// contracts may be long, and a firm may be called after a person.
pub fn find_in_name(text: &str) -> Option<Personal> {
    let organised = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.replace('.', "").to_lowercase())
        .any(|word| ORGANISED.contains(&word.as_str()));
    if organised { None } else { titled(text) }
}

/// Looks a text over.
pub fn find(text: &str) -> Option<Personal> {
    titled(text).or_else(|| numbers(text))
}

fn titled(text: &str) -> Option<Personal> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let found = |what, words: &str| {
        Some(Personal {
            what,
            words: words.chars().take(60).collect(),
        })
    };
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.contains('@') && word.split('@').all(|part| !part.is_empty()) {
            return found("an address for mail", word);
        }
        let lower = bare.to_lowercase();
        // "worker Ayşe" names somebody; "worker dormitories" does not.
        if TITLES.contains(&lower.as_str())
            && let Some(next) = words.get(at + 1)
            && !ends_sentence(word, &lower)
            && next
                .chars()
                .find(|c| c.is_alphanumeric())
                .is_some_and(char::is_uppercase)
            && next.chars().filter(|c| c.is_lowercase()).count() >= 1
        {
            return found("a person's name with a title", &format!("{word} {next}"));
        }
        if AFTER.iter().any(|title| word.contains(title)) {
            return found("a person's name with a title", word);
        }
    }
    None
}

/// "Every worker. Nobody …" ends a sentence; "Mr. Li" does not.
fn ends_sentence(word: &str, lower: &str) -> bool {
    word.ends_with(['.', '!', '?', ':', ';', ',']) && lower.chars().count() > 4
}

/// Telephone and identity numbers: long runs of digits that are not a date.
fn numbers(text: &str) -> Option<Personal> {
    let mut run = String::new();
    for c in text.chars().chain(['x']) {
        let joins = matches!(c, ' ' | '-' | '(' | ')' | '.' | '/') && !run.is_empty();
        if c.is_ascii_digit() || c == '+' || joins {
            run.push(c);
            continue;
        }
        let trimmed = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits = trimmed.chars().filter(char::is_ascii_digit).count();
        let tight = trimmed
            .split(|c: char| !c.is_ascii_digit())
            .map(str::len)
            .max();
        // A day is eight digits; two days beside each other are sixteen in groups of at most four.
        let telephone = trimmed.starts_with('+') && digits >= 8;
        if telephone || tight.is_some_and(|tight| tight >= 10) {
            return Some(Personal {
                what: "a telephone or identity number",
                words: trimmed.to_owned(),
            });
        }
        run.clear();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_the_form_of_a_person_is_found() {
        for text in [
            "We spoke with Mr. Chen on the second day",
            "Frau Müller war dabei",
            "worker Ayşe said so",
            "王先生",
            "write to a.b@example.com",
            "call +86 991 123 4567",
            "identity card 650102199001011234",
        ] {
            assert!(find(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_firm_called_after_a_person_is_a_firm() {
        for text in [
            "Dr. Oetker KG",
            "Mr. Price Group Ltd.",
            "order 4500012345678",
        ] {
            assert_eq!(find_in_name(text), None, "{text}");
        }
        for text in ["Frau Erika Muster", "Mr. Arun Example", "a.b@example.com"] {
            assert!(find_in_name(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_an_audit_says_is_not_taken_for_a_person() {
        for text in [
            "Twelve workers were asked on 2026-03-04 and 2026-03-05, 10 of them alone.",
            "Worker dormitories B and C were closed. No worker. Nobody asked.",
            "Every employee has a contract; wages of 2,430.50 to 3,100.00 were shown.",
            "SA8000:2014, clause 9.1.2; plan of 1 Mar. 2026",
            "Managers stood at the door of hall 4 between 09:00 and 17:00.",
            "",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
