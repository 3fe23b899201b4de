//! Whose rights an impact touches, whom, and how grave that is before any answer.
//!
//! Rights come from the capability and from what is documented of the place; people stand
//! behind them as groups, never as persons. Where the place or the capability is not known
//! well enough, the worst is taken: nobody is spared for want of a name.

use scruple_model::{Place, Severity};

use crate::assessment::{Affected, Documented, Right};
use crate::impact::{About, Records, Setting};
use crate::severity::{Dimension, word, worse};

/// Where the place of use is missing, this is asked elsewhere in a brief.
const PLACE_OF_USE: &str = "q.place-of-use";
/// The same for a country of which a region is documented.
const REGION: &str = "q.region";
/// What makes goods forced is always a matter of these rights.
const LABOUR_RIGHTS: [&str; 3] = ["slavery", "work", "movement"];

impl Setting<'_> {
    pub(crate) fn rights(&self, about: &About<'_>, records: &Records<'_>) -> Vec<Right> {
        let mut found: Vec<Right> = Vec::new();
        let mut add = |id: &str, because: String| {
            if found.iter().any(|right| right.id == id) {
                return;
            }
            if let Some(entry) = self.packs.right(id) {
                found.push(Right {
                    id: id.to_owned(),
                    label: entry.body.label.clone(),
                    articles: entry.citation.article.clone().unwrap_or_default(),
                    scale: entry.body.scale,
                    because,
                });
            }
        };
        match about.capability {
            Some(capability) => {
                for id in &capability.rights {
                    add(id, format!("{} bears on it", capability.label));
                }
            }
            None => {
                for id in LABOUR_RIGHTS {
                    add(id, "people make the goods".to_owned());
                }
            }
        }
        for (_, entry, body) in records {
            for id in &body.rights {
                add(id, format!("documented in the place, {}", entry.id));
            }
        }
        // Whoever is harmed has a right to redress, whatever the harm.
        add("remedy", "whoever is harmed can complain".to_owned());
        found.sort_by(|a, b| (a.scale, &a.id).cmp(&(b.scale, &b.id)));
        found
    }

    /// The scale before any question is answered: that of the gravest right; the worst
    /// where the place or the capability is not known well enough to say.
    pub(crate) fn base(&self, about: &About<'_>, rights: &[Right]) -> Dimension {
        let mut base = Dimension::least();
        if let Some(gravest) = rights.first() {
            base.at_least = gravest.scale;
            base.at_most = gravest.scale;
            base.because.push(format!(
                "{} in itself: {} ({})",
                word(gravest.scale),
                gravest.label,
                gravest.because
            ));
        }
        let mut open = |question: &str, because: String| {
            base.at_most = worse(base.at_most, Severity::Grave);
            base.because.push(because);
            base.open.push(question.to_owned());
        };
        if about.capability.is_some_and(|one| !one.is_described) {
            open(
                "q.capability",
                "grave at worst: no pack describes this capability".to_owned(),
            );
        }
        match about.place {
            None if about.capability.is_some() => open(
                PLACE_OF_USE,
                "grave at worst: nobody named the place".to_owned(),
            ),
            None => open(
                "q.origin",
                "grave at worst: nobody named the origin".to_owned(),
            ),
            Some(place) if self.holds_documented(place) => open(
                REGION,
                format!(
                    "grave at worst: the region in {} is not named",
                    place.name()
                ),
            ),
            Some(_) => {}
        }
        base
    }

    /// Whether nobody said where well enough to look for a record of the place.
    pub(crate) fn is_vague(&self, place: Option<&Place>) -> bool {
        place.is_none_or(|place| self.holds_documented(place))
    }

    /// Whether a part of `place`, and not all of it, is documented.
    fn holds_documented(&self, place: &Place) -> bool {
        Place::regions().any(|region| {
            region != *place
                && region.is_within(place)
                && self
                    .packs
                    .places(&region, self.side, self.today)
                    .next()
                    .is_some()
                && self
                    .packs
                    .places(place, self.side, self.today)
                    .next()
                    .is_none()
        })
    }

    pub(crate) fn affected(
        &self,
        about: &About<'_>,
        rights: &[Right],
        records: &Records<'_>,
    ) -> Vec<Affected> {
        let mut found: Vec<Affected> = Vec::new();
        let mut add = |who: &str, because: String| {
            if !found.iter().any(|group| group.who == who) {
                found.push(Affected {
                    who: who.to_owned(),
                    because,
                });
            }
        };
        for group in self.answers.into_iter().flat_map(|answers| &answers.groups) {
            let because = group
                .why
                .clone()
                .unwrap_or_else(|| "named in the answers".into());
            add(&group.who, because);
        }
        for (_, entry, body) in records {
            for who in &body.groups {
                add(who, format!("documented in the place, {}", entry.id));
            }
        }
        // Behind goods stand those who make them, whichever right is touched.
        let holders = rights
            .iter()
            .filter(|right| about.capability.is_some() || right.id == LABOUR_RIGHTS[0]);
        for right in holders {
            if let Some(entry) = self.packs.right(&right.id) {
                add(&entry.body.holders, right.label.clone());
            }
        }
        found
    }

    pub(crate) fn documented(&self, records: &Records<'_>) -> Vec<Documented> {
        records
            .iter()
            .map(|(_, entry, body)| Documented {
                id: entry.id.to_string(),
                text: entry.summary.clone(),
                sources: body.sources.clone(),
                doubts: entry.doubts(self.today),
            })
            .collect()
    }
}
