//! Addresses: a text into its parts, and how near two addresses are.
//!
//! Lists print addresses in the order of their country and in English, contracts in
//! their own script. The parts that are compared are the same everywhere: unit, floor,
//! building, number, street, city, postcode, country. A street is its name and its
//! kind (`Qianmo Lu`, `Qianmo Road` and `阡陌路` are one street); a city is a place of
//! the [`Lexicon`], or its name.
//!
//! That two parties share a building is a reason to ask, not a sign that they are one:
//! an address never adds to the score of a name. What cannot be told is said so; an
//! address without a street is near to nothing.
//!
//! Rejected: a statistical parser (megabytes of model to find a number and a street),
//! and comparing the whole text (two firms in one tower differ in half its letters).

mod compare;
mod han;
mod words;

pub use compare::{Nearness, compare};

use crate::cyrillic;
use crate::lexicon::{Kind, Lexicon, Meaning};
use crate::script::Script;
use crate::token::{Token, tokens};

/// An address in its parts, as they are compared: Latin letters, lower case. A part
/// that is not said is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Room, flat, office: `1203`.
    pub unit: Option<String>,
    /// `12`.
    pub floor: Option<String>,
    /// A building by its name or number: `golden centre`, `3`.
    pub building: Option<String>,
    /// The number in the street, or the range: `555`.
    pub number: Option<String>,
    /// The name of the street without spaces: `qianmo`.
    pub street: Option<String>,
    /// What kind of street: `road`.
    pub street_kind: Option<&'static str>,
    /// District or quarter: `binjiang`.
    pub district: Option<String>,
    /// The city, by its id in the lexicon where that knows it: `cn-hangzhou`.
    pub city: Option<String>,
    /// Province or region, by its id in the lexicon.
    pub region: Option<String>,
    /// Five or more digits, or letters and digits as the United Kingdom has them.
    pub postcode: Option<String>,
    /// The country by its code.
    pub country: Option<String>,
}

impl Address {
    /// Reads an address in one line or several.
    pub fn parse(text: &str) -> Self {
        let lexicon = Lexicon::built_in();
        let mut out = Self::default();
        let segments: Vec<&str> = text
            .split([',', ';', '\n', '，', '、', '；', '(', ')', '（', '）'])
            .map(str::trim)
            .filter(|segment| !segment.is_empty())
            .take(MOST)
            .collect();
        for segment in segments {
            let found = tokens(segment);
            if found.iter().any(|t| t.script == Script::Han) {
                han::read(&found, lexicon, &mut out);
            } else {
                out.segment(&found, lexicon);
            }
        }
        out
    }

    /// One segment between commas, in a script with spaces.
    fn segment(&mut self, found: &[Token], lexicon: &Lexicon) {
        let spelt: Vec<String> = found.iter().map(spell).collect();
        let mut words: Vec<&str> = spelt.iter().map(String::as_str).collect();
        self.labelled(&mut words);
        self.code(&mut words);
        if words.is_empty() {
            return;
        }
        if self.named_street(&words) {
            return;
        }
        if let Some(at) = words.iter().position(|w| words::is_building(w))
            && words.len() > 1
        {
            // A building is named before its word, or numbered behind it.
            let name = if at == 0 { &words[1..] } else { &words[..at] };
            self.building.get_or_insert(name.join(" "));
            return;
        }
        if let Some((last, name)) = words.split_last()
            && words::is_district(last)
            && !name.is_empty()
        {
            self.district.get_or_insert(name.concat());
            return;
        }
        let plain: Vec<&str> = found.iter().map(|t| t.plain.as_str()).collect();
        if self.places(&plain, lexicon) {
            return;
        }
        if let [number] = words[..]
            && is_number(number)
        {
            self.number.get_or_insert(number.to_owned());
            return;
        }
        // What is left and holds letters is a city that the lexicon does not know.
        let name: String = words.iter().filter(|w| !is_number(w)).copied().collect();
        if !name.is_empty() && (self.street.is_some() || self.number.is_some()) {
            self.city.get_or_insert(name);
        }
    }

    /// Takes out what a word names: room 1203, floor 12, building 3, no. 555.
    fn labelled(&mut self, words: &mut Vec<&str>) {
        let mut at = 0;
        while at < words.len() {
            let word = words[at];
            let value = words.get(at + 1).copied().filter(|next| is_number(next));
            if let (Some(slot), Some(value)) = (self.slot(word), value) {
                slot.get_or_insert(value.to_owned());
                words.drain(at..at + 2);
                continue;
            }
            // 12/F, 12F, 12th floor.
            let next = words.get(at + 1).copied().unwrap_or_default();
            if is_number(word) && (next == "f" || words::is_floor(next)) {
                let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                self.floor.get_or_insert(digits.to_owned());
                words.drain(at..at + 2);
                continue;
            }
            if let Some(digits) = word.strip_suffix('f')
                && is_number(digits)
            {
                self.floor.get_or_insert(digits.to_owned());
                words.remove(at);
                continue;
            }
            at += 1;
        }
    }

    fn slot(&mut self, word: &str) -> Option<&mut Option<String>> {
        if words::is_unit(word) {
            Some(&mut self.unit)
        } else if words::is_floor(word) {
            Some(&mut self.floor)
        } else if words::is_building(word) {
            Some(&mut self.building)
        } else if words::is_number_sign(word) {
            Some(&mut self.number)
        } else {
            None
        }
    }

    /// Takes out a postcode: five or six digits, or two words as in London.
    fn code(&mut self, words: &mut Vec<&str>) {
        let digits =
            |w: &&str| w.len() >= 5 && w.len() <= 7 && w.bytes().all(|b| b.is_ascii_digit());
        if let Some(at) = words.iter().position(digits) {
            self.postcode.get_or_insert(words[at].to_owned());
            words.remove(at);
            return;
        }
        let british = |pair: &[&str]| {
            let (out, inward) = (pair[0], pair[1].as_bytes());
            (2..=4).contains(&out.len())
                && out.starts_with(|c: char| c.is_ascii_lowercase())
                && out.bytes().any(|b| b.is_ascii_digit())
                && inward.len() == 3
                && inward[0].is_ascii_digit()
                && inward[1..].iter().all(u8::is_ascii_lowercase)
        };
        if let Some(at) = words.windows(2).position(british) {
            self.postcode
                .get_or_insert(format!("{}{}", words[at], words[at + 1]));
            words.drain(at..at + 2);
        }
    }

    /// A segment with a word for a kind of street: its name, and the number beside it.
    fn named_street(&mut self, words: &[&str]) -> bool {
        let mut kind = None;
        let mut name = String::new();
        let mut number = None;
        for (at, word) in words.iter().enumerate() {
            if kind.is_none()
                && let Some(found) = words::street(word)
                // The name of a street is not its kind: "Lane" alone is a name.
                && words.len() > 1
            {
                kind = Some(found);
            } else if kind.is_none()
                && let Some((start, found)) = words::street_ending(word)
            {
                kind = Some(found);
                name.push_str(start);
            } else if is_number(word) && (at == 0 || at + 1 == words.len() || kind.is_some()) {
                number.get_or_insert(*word);
            } else if !words::is_noise(word) {
                name.push_str(word);
            }
        }
        if kind.is_none() || name.is_empty() || self.street.is_some() {
            return false;
        }
        self.street = Some(name);
        self.street_kind = kind;
        if let Some(number) = number {
            self.number.get_or_insert(number.to_owned());
        }
        true
    }

    /// Countries, regions and cities that the lexicon knows; whether it knew any.
    fn places(&mut self, words: &[&str], lexicon: &Lexicon) -> bool {
        let mut segments = Vec::new();
        lexicon.cut_words(words, &mut segments);
        let mut any = false;
        for segment in segments {
            if let Meaning::Concept(no) = segment.meaning
                && let Some(concept) = lexicon.concept(no).filter(|c| c.kind == Kind::Place)
            {
                self.place(&concept.id);
                any = true;
            }
        }
        any
    }

    fn place(&mut self, id: &str) {
        // Countries that are one city: a quarter named beside them is not another.
        if matches!(id, "hk" | "mo" | "sg" | "mc" | "gi") {
            self.country.get_or_insert(id.to_owned());
            self.city = Some(id.to_owned());
            return;
        }
        let slot = match id.split_once('-') {
            None => &mut self.country,
            // The four cities that are provinces are cities here.
            Some(("cn", "bj" | "sh" | "tj" | "cq")) => &mut self.city,
            Some(("cn", rest)) if rest.len() == 2 => &mut self.region,
            Some(_) => &mut self.city,
        };
        slot.get_or_insert(id.to_owned());
    }
}

/// Longest address that is read, in segments.
const MOST: usize = 32;

/// A word in Latin letters.
fn spell(token: &Token) -> String {
    match token.script {
        Script::Cyrillic => cyrillic::latin(&token.plain, cyrillic::Values::Russian),
        _ => token.plain.clone(),
    }
}

/// Digits, with a letter or two: `12`, `12a`, `b3`.
fn is_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.is_ascii() && digits > 0 && word.len() - digits <= 2
}

#[cfg(test)]
mod tests;
