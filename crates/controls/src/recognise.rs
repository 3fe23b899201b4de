//! Text to facts: capabilities with the words that show them, and what the words say
//! of everything a rule may ask for.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_model::deal::Item;
use serde::{Deserialize, Serialize};

use crate::fact::{Facts, Kind, Standing, Value, Where, Whose};
use crate::packs::{Controls, Owner};
use crate::term::Hit;
use crate::text::Text;

/// A capability, recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recognised {
    /// `cap.imsi-catcher`.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// How surely it is there.
    pub standing: Standing,
    /// The words that showed it; where the deal says so, the field.
    pub words: Vec<String>,
    /// Whether the text plainly shows what the deal does not claim.
    #[serde(default)]
    pub unclaimed: bool,
    /// Rights it bears on.
    pub rights: Vec<String>,
}

/// What a text of a deal holds.
pub(crate) struct Reading {
    hits: Vec<Hit>,
    text: Text,
    place: Where,
    source: String,
}

impl Reading {
    /// Every term found.
    pub(crate) fn hits(&self) -> &[Hit] {
        &self.hits
    }
}

impl Controls {
    pub(crate) fn read_text(&self, text: &str, place: Where, source: &str) -> Reading {
        let text = Text::new(text);
        Reading {
            hits: self.lexicon.read(&text),
            text,
            place,
            source: source.to_owned(),
        }
    }

    /// The capabilities of an item, in the order of the catalogue within each standing.
    pub(crate) fn capabilities_of(&self, item: &Item, reading: &Reading) -> Vec<Recognised> {
        let mut shows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut hints: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut not: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut other: BTreeSet<usize> = BTreeSet::new();
        for hit in reading.hits.iter().filter(|hit| !hit.denied) {
            let (map, index) = match self.owners[hit.owner] {
                Owner::Shows(index) => (&mut shows, index),
                Owner::Hints(index) => (&mut hints, index),
                Owner::Not(index) => (&mut not, index),
                Owner::Other(index) => {
                    other.insert(index);
                    continue;
                }
                _ => continue,
            };
            let words = map.entry(index).or_default();
            if !words.contains(&hit.words) {
                words.push(hit.words.clone());
            }
        }
        let claimed = |index: usize| {
            let one = &self.capabilities[index];
            item.capabilities
                .iter()
                .any(|id| *id == one.id || one.also.contains(id))
        };
        let claims = item.claims_none || !item.capabilities.is_empty();
        let mut found = Vec::new();
        for (index, one) in self.capabilities.iter().enumerate() {
            // The name of another thing and a claim that it can do nothing agree.
            if item.claims_none && other.contains(&index) {
                continue;
            }
            let is_other = not.contains_key(&index) || other.contains(&index);
            let (standing, words, unclaimed) = if claimed(index) {
                let mut words = vec!["items.capabilities".to_owned()];
                words.extend(shows.remove(&index).unwrap_or_default());
                (Standing::Asserted, words, false)
            } else if let Some(words) = shows.remove(&index) {
                match (claims, is_other) {
                    (_, true) => (Standing::Ask, words, false),
                    (true, false) => (Standing::Ask, words, true),
                    (false, false) => (Standing::Shown, words, false),
                }
            } else if let Some(words) = hints.remove(&index)
                && !is_other
            {
                (Standing::Ask, words, false)
            } else {
                continue;
            };
            found.push(Recognised {
                id: one.id.clone(),
                label: one.label.clone(),
                standing,
                words,
                unclaimed,
                rights: one.rights.clone(),
            });
        }
        found.sort_by_key(|one| (one.standing, std::cmp::Reverse(one.words.len())));
        found
    }

    /// What the words of a text say of facts.
    pub(crate) fn facts_of(&self, reading: &Reading, facts: &mut Facts) {
        let reads = |index: usize| self.facts[index].reads(reading.place);
        let mut said: BTreeMap<usize, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
        for hit in &reading.hits {
            match self.owners[hit.owner] {
                Owner::Yes(index) if reads(index) => {
                    let both = said.entry(index).or_default();
                    if hit.denied && self.facts[index].topic {
                        continue;
                    }
                    let side = if hit.denied { &mut both.1 } else { &mut both.0 };
                    side.push(&hit.words);
                }
                Owner::No(index) if reads(index) && !hit.denied => {
                    said.entry(index).or_default().1.push(&hit.words);
                }
                _ => {}
            }
        }
        for (index, (yes, no)) in said {
            let fact = &self.facts[index];
            // Words that say both say nothing: what the capability is, speaks.
            let (value, whose, words) = match (yes.first(), no.first()) {
                (Some(yes), None) => (Value::Truth(true), Whose::Text, *yes),
                (None, Some(no)) => (Value::Truth(false), Whose::Text, *no),
                (Some(yes), Some(_)) => (Value::Unknown, Whose::Nobody, *yes),
                (None, None) => continue,
            };
            facts.say(
                &fact.id,
                value,
                whose,
                format!("\"{words}\" ({})", reading.source),
            );
        }
        self.numbers_of(reading, facts);
    }

    fn numbers_of(&self, reading: &Reading, facts: &mut Facts) {
        let numbers = reading.text.numbers();
        if numbers.is_empty() {
            return;
        }
        for hit in &reading.hits {
            let (index, after) = match self.owners[hit.owner] {
                Owner::Unit(index) => (index, true),
                Owner::Label(index) => (index, false),
                _ => continue,
            };
            let fact = &self.facts[index];
            if !fact.reads(reading.place) {
                continue;
            }
            // A unit follows its number; a label stands up to four words before it.
            let near = numbers.iter().position(|(_, first, last)| {
                if after {
                    last + 1 == hit.first
                } else {
                    *first > hit.last && first - hit.last <= 4
                }
            });
            let Some(at) = near else { continue };
            let (mut value, mut first, last) = numbers[at];
            if fact.kind == Kind::Product {
                let Some((factor, start, end)) = at.checked_sub(1).map(|at| numbers[at]) else {
                    continue;
                };
                let between = reading
                    .text
                    .words()
                    .get(end + 1)
                    .map(|word| word.plain.as_str());
                if !(first == end + 1 || (first == end + 2 && matches!(between, Some("by" | "x"))))
                {
                    continue;
                }
                value = (value / 1000).saturating_mul(factor);
                first = start;
            }
            let words = reading.text.quote(first.min(hit.first), last.max(hit.last));
            facts.say(
                &fact.id,
                Value::Number(value),
                Whose::Text,
                format!("\"{words}\" ({})", reading.source),
            );
        }
    }

    /// The entries whose own words stand in the text, with those words.
    pub(crate) fn pointed(&self, reading: &Reading) -> BTreeMap<usize, String> {
        let mut found = BTreeMap::new();
        for hit in reading.hits.iter().filter(|hit| !hit.denied) {
            if let Owner::Points(index) = self.owners[hit.owner] {
                found.entry(index).or_insert_with(|| hit.words.clone());
            }
        }
        found
    }
}
