//! What the packs of an assessment hold: rights, questions, places, duties,
//! measures and patterns, typed and compared with each other when loaded.

mod bodies;
mod faults;

use scruple_model::{Date, Place, RuleId};
use scruple_pack::{Entry, Pack, PackError, load};

pub use bodies::*;

/// The packs an assessment is made with, by name.
pub const NAMES: [&str; 5] = [
    "rights",
    "impact",
    "forced-labour",
    "mitigations",
    "patterns",
];

/// Every pack of an assessment, typed.
#[derive(Clone, Debug)]
pub struct Packs {
    /// Rights.
    pub rights: Pack<RightBody>,
    /// Questions, places and duties.
    pub impact: Pack<ImpactBody>,
    /// The same for goods bought.
    pub forced_labour: Pack<ImpactBody>,
    /// Measures.
    pub mitigations: Pack<MeasureBody>,
    /// Patterns.
    pub patterns: Pack<PatternBody>,
}

impl Packs {
    /// Types the texts of the packs in [`NAMES`], with all problems at once.
    ///
    /// # Errors
    /// A pack that does not load, or names what no other pack has.
    pub fn load(text: &dyn Fn(&str) -> String) -> Result<Self, PackError> {
        let mut problems = Vec::new();
        let mut keep = |error: PackError| problems.extend(error.0);
        let rights = load("rights", &text("rights")).map_err(&mut keep);
        let impact = load("impact", &text("impact")).map_err(&mut keep);
        let labour = load("forced-labour", &text("forced-labour")).map_err(&mut keep);
        let measures = load("mitigations", &text("mitigations")).map_err(&mut keep);
        let patterns = load("patterns", &text("patterns")).map_err(&mut keep);
        let (Ok(rights), Ok(impact), Ok(forced_labour)) = (rights, impact, labour) else {
            return Err(PackError(problems));
        };
        let (Ok(mitigations), Ok(patterns)) = (measures, patterns) else {
            return Err(PackError(problems));
        };
        let packs = Self {
            rights,
            impact,
            forced_labour,
            mitigations,
            patterns,
        };
        let wrong = packs.faults();
        if wrong.is_empty() {
            Ok(packs)
        } else {
            Err(PackError(wrong))
        }
    }

    /// Every question for a side, the most deciding first.
    pub fn questions(&self, side: Side) -> Vec<(&Entry<ImpactBody>, &QuestionBody)> {
        let mut all: Vec<_> = self
            .all()
            .filter_map(|(_, entry)| match &entry.body {
                ImpactBody::Question(body) if body.side.covers(side) => Some((entry, body)),
                _ => None,
            })
            .collect();
        all.sort_by(|a, b| (b.1.decides, &a.0.id).cmp(&(a.1.decides, &b.0.id)));
        all
    }

    /// The question with this id, whichever side.
    pub fn question(&self, id: &str) -> Option<&QuestionBody> {
        self.all().find_map(|(_, entry)| match &entry.body {
            ImpactBody::Question(body) if entry.id.as_str() == id => Some(body),
            _ => None,
        })
    }

    /// The free facts of a deal that answer questions, each with the question's id.
    pub fn free_facts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all().flat_map(|(_, entry)| {
            let asked = match &entry.body {
                ImpactBody::Question(body) => body.deal.as_slice(),
                _ => &[],
            };
            asked.iter().filter_map(move |from| {
                Some((
                    from.fact.strip_prefix(crate::known::FREE)?,
                    entry.id.as_str(),
                ))
            })
        })
    }

    /// The ids of all questions.
    pub fn question_ids(&self) -> impl Iterator<Item = &str> {
        self.all()
            .filter(|(_, entry)| matches!(entry.body, ImpactBody::Question(_)))
            .map(|(_, entry)| entry.id.as_str())
    }

    /// The documented places that hold `place`, for a side and on a day.
    pub fn places<'a>(
        &'a self,
        place: &'a Place,
        side: Side,
        day: Date,
    ) -> impl Iterator<Item = (&'static str, &'a Entry<ImpactBody>, &'a PlaceBody)> {
        self.all().filter_map(move |(pack, entry)| {
            let ImpactBody::Place(body) = &entry.body else {
                return None;
            };
            let begun = entry.periods.iter().any(|period| period.from <= day);
            (begun && body.side.covers(side) && within(place, &body.places))
                .then_some((pack, entry, body))
        })
    }

    /// A duty by its id.
    pub fn rule(&self, id: &str) -> Option<(&Entry<ImpactBody>, &RuleBody)> {
        let entry = self.impact.get(&RuleId::new(id))?;
        match &entry.body {
            ImpactBody::Rule(body) => Some((entry, body)),
            _ => None,
        }
    }

    /// A right by its id.
    pub fn right(&self, id: &str) -> Option<&Entry<RightBody>> {
        self.rights.get(&RuleId::new(id))
    }

    fn all(&self) -> impl Iterator<Item = (&'static str, &Entry<ImpactBody>)> {
        let impact = self.impact.entries.iter().map(|entry| ("impact", entry));
        let labour = self.forced_labour.entries.iter();
        impact.chain(labour.map(|entry| ("forced-labour", entry)))
    }
}

/// Whether a part of `place` lies in one of `codes`, and not all of it: the region is not named.
pub(crate) fn partly_within(place: &Place, codes: &[String]) -> bool {
    !within(place, codes)
        && Place::regions().any(|region| region.is_within(place) && within(&region, codes))
}

/// Whether `place` lies in one of `codes`.
pub(crate) fn within(place: &Place, codes: &[String]) -> bool {
    codes
        .iter()
        .filter_map(|code| Place::parse(code))
        .any(|outer| place.is_within(&outer))
}
