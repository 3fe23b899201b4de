//! A number with its label, country and days, as all layouts give it.
//!
//! The property says what kind of number it is for comparing; OFAC's own words for
//! it, the country that issued it and the days stay beside it in `identification`,
//! in one form: `Passport A0003450 (Iran) issued 2005-08-07 expires 2010-08-07`.

use super::birth::when;
use crate::countries;

/// A number with what is said about it; empty where nothing is.
#[derive(Clone, Copy, Default)]
pub(crate) struct Paper<'a> {
    /// OFAC's label: `Tax ID No.`.
    pub(crate) label: &'a str,
    pub(crate) number: &'a str,
    pub(crate) country: &'a str,
    pub(crate) issued: &'a str,
    pub(crate) expires: &'a str,
}

/// Names of countries as remarks print them run to this length.
const LONGEST_NUMBER: usize = 80;

impl<'a> Paper<'a> {
    /// Takes apart what a remark says after its label. `None` for a sentence.
    pub(super) fn of_remark(label: &'a str, rest: &'a str) -> Option<Self> {
        let (rest, expires) = cut(rest, "expires ");
        let (rest, issued) = cut(rest, "issued ");
        let rest = rest.trim();
        let (number, country) = match rest
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once('('))
        {
            Some((number, country)) if !number.trim().is_empty() => (number.trim(), country.trim()),
            _ => (rest, ""),
        };
        let day = |text: &str| text.is_empty() || is_day(text);
        let is_number = number
            .chars()
            .any(|c| c.is_ascii_digit() || c.is_uppercase())
            && number.len() <= LONGEST_NUMBER
            && !number.contains(", ");
        (is_number && day(issued) && day(expires)).then_some(Self {
            label,
            number,
            country,
            issued,
            expires,
        })
    }

    /// The form of `identification`.
    pub(super) fn shown(&self) -> String {
        let mut text = format!("{} {}", super::label::shown(self.label), self.number);
        if !self.country.is_empty() {
            let name = countries::parse(self.country).map_or(self.country, |read| read.name());
            text.push_str(&format!(" ({name})"));
        }
        for (word, day) in [("issued", self.issued), ("expires", self.expires)] {
            if !day.is_empty() {
                let day = when(day).map_or_else(|| day.to_owned(), |day| day.to_string());
                text.push_str(&format!(" {word} {day}"));
            }
        }
        text
    }

    /// The days that cannot be read, with their names.
    pub(super) fn odd_days(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        [("issueDate", self.issued), ("expirationDate", self.expires)]
            .into_iter()
            .filter(|(_, day)| !day.is_empty() && !is_day(day))
    }
}

fn is_day(text: &str) -> bool {
    when(text).is_some()
        || text
            .split_once(" to ")
            .is_some_and(|(from, to)| when(from).is_some() && when(to).is_some())
}

/// The text before a word, and what follows it; the word stands at the beginning
/// or after a space.
fn cut<'a>(text: &'a str, word: &str) -> (&'a str, &'a str) {
    match text.rfind(word) {
        Some(at) if at == 0 || text[..at].ends_with(' ') => {
            (&text[..at], text[at + word.len()..].trim())
        }
        _ => (text, ""),
    }
}

/// `9187629` of `IMO 9187629`, `IMO9187629`.
pub(super) fn imo(number: &str) -> Option<&str> {
    let digits = number
        .trim()
        .strip_prefix("IMO")?
        .trim_start_matches([':', ' ']);
    (digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// Whether it has the form of a legal entity identifier (ISO 17442).
pub(super) fn is_lei(number: &str) -> bool {
    number.len() == 20
        && number
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_reads_the_same_from_a_remark_and_from_elements() {
        let remark = "A0003450 (Iran) issued 07 Aug 2005 expires Aug 2010";
        let paper = Paper::of_remark("Passport", remark).unwrap();
        assert_eq!(
            (paper.number, paper.country, paper.issued, paper.expires),
            ("A0003450", "Iran", "07 Aug 2005", "Aug 2010")
        );
        let elements = Paper {
            label: "Passport",
            number: "A0003450",
            country: "IR",
            issued: "2005-08-07",
            expires: "2010-08",
        };
        assert_eq!(paper.shown(), elements.shown());
        assert_eq!(
            paper.shown(),
            "Passport A0003450 (Iran) issued 2005-08-07 expires 2010-08"
        );
    }

    #[test]
    fn a_sentence_is_no_number() {
        for text in [
            "and National ID were issued in Ulm, Germany",
            "0001, Eritrea, Issue Date 01 August 2001",
            "A1 issued by mistake",
        ] {
            assert!(Paper::of_remark("Passport", text).is_none(), "{text}");
        }
        assert_eq!(imo("IMO 9187629"), Some("9187629"));
        assert_eq!(imo("IMO 12"), None);
    }
}
