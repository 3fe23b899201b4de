//! One score, and the grounds for it, worked out together.
//!
//! What agrees is weighed against what does not: `agreed / (agreed + a × left of
//! the query + b × left of the listed name)`. A part of the query that nothing
//! answers to counts fully; lists give long names, so a listed part that the
//! query leaves out counts less. The rest are adjustments, each shown.

use scruple_model::{Band, NameKind};
use scruple_names::{PartKind, Way};

use crate::align::{Alignment, align};
use crate::index::{EntityNo, Index, ListedName, ListedPart};
use crate::keys::identifier;
use crate::matched::{Adjustment, Agreement, FULL, Match};
use crate::query::{AskedReading, Prepared, Query};

/// How much an unanswered part counts, in 1/256: of the query, of the listed name.
const LEFT_ASKED: u64 = 256;
const LEFT_LISTED: u64 = 128;

/// Points, in 1/10,000.
const OTHER_KIND: i32 = -1_500;
const OTHER_COUNTRY: i32 = -400;
const OTHER_BIRTH: i32 = -1_500;
const WEAK_NAME: i32 = -500;
const SAME_IDENTIFIER: i32 = 9_500;

/// Least score of each band.
const STRONG: u16 = 9_000;
const MODERATE: u16 = 8_000;

/// The band of a score.
pub(crate) fn band(score: u16) -> Band {
    match score {
        STRONG.. => Band::Strong,
        MODERATE.. => Band::Moderate,
        _ => Band::Weak,
    }
}

/// Compares a query with one entity; `None` if there is no such entity.
pub fn score<B: AsRef<[u8]>>(index: &Index<B>, query: &Query, no: EntityNo) -> Option<Match> {
    compare(index, &Prepared::new(index, query), no).finish(index)
}

/// A comparison that was made, before the entity is read for showing.
pub(crate) struct Compared<'a> {
    pub(crate) no: EntityNo,
    pub(crate) score: u16,
    pub(crate) best: Option<Best<'a>>,
    pub(crate) adjustments: Vec<Adjustment>,
    /// Equal identifiers: as asked, as listed.
    pub(crate) identifiers: Vec<(String, String)>,
    pub(crate) query_name: String,
}

/// The pair of readings that agrees best.
pub(crate) struct Best<'a> {
    pub(crate) score: u16,
    pub(crate) name: ListedName<'a>,
    pub(crate) reading: &'a AskedReading,
    pub(crate) listed: Vec<ListedPart<'a>>,
    pub(crate) alignment: Alignment,
}

/// Compares every reading of every name with every name of the entity; the best stands.
pub(crate) fn compare<'a, B: AsRef<[u8]>>(
    index: &'a Index<B>,
    prepared: &'a Prepared<'_>,
    no: EntityNo,
) -> Compared<'a> {
    let mut best: Option<(i32, Best<'a>)> = None;
    let bare = prepared
        .readings
        .iter()
        .flat_map(|reading| &reading.asked)
        .any(|asked| asked.part.script.is_consonantal());
    for name in index.names(no) {
        for listed_reading in name.readings() {
            let listed = index.parts(listed_reading, bare);
            let characters = index.reading_way(listed_reading) == Way::Characters;
            let mut here: Option<(i32, u16, &AskedReading, Alignment)> = None;
            for reading in &prepared.readings {
                if characters != (reading.way == Way::Characters) {
                    continue;
                }
                let alignment = align(&reading.asked, &listed);
                let score = weigh(&alignment, reading, &listed);
                let ranked = i32::from(score) + kind_points(name.kind, score);
                if here.as_ref().is_none_or(|(held, ..)| ranked > *held) {
                    here = Some((ranked, score, reading, alignment));
                }
            }
            if let Some((ranked, score, reading, alignment)) = here
                && best.as_ref().is_none_or(|(held, _)| ranked > *held)
            {
                let found = Best {
                    score,
                    name,
                    reading,
                    listed,
                    alignment,
                };
                best = Some((ranked, found));
            }
        }
    }
    let best = best.map(|(_, best)| best);
    let mut out = Compared {
        no,
        score: best.as_ref().map_or(0, |best| best.score),
        query_name: best
            .as_ref()
            .and_then(|best| prepared.names.get(best.reading.name))
            .map_or_else(|| prepared.query.name.clone(), |name| (*name).to_owned()),
        best,
        adjustments: Vec::new(),
        identifiers: Vec::new(),
    };
    out.adjust_all(index, prepared);
    out
}

/// The score of an alignment, 0 to 10,000.
fn weigh(alignment: &Alignment, reading: &AskedReading, listed: &[ListedPart<'_>]) -> u16 {
    // Particles and legal forms alone are no agreement.
    let says_something = alignment.pairings.iter().any(|pairing| {
        pairing
            .listed
            .iter()
            .any(|l| matches!(listed[*l].kind, PartKind::Word | PartKind::Number))
            || pairing.agreement == Agreement::Joined
    });
    let everything = alignment.unmatched_asked.is_empty() && alignment.unmatched_listed.is_empty();
    if alignment.pairings.is_empty() || !(says_something || everything) {
        return 0;
    }
    let agreed: u64 = alignment.pairings.iter().map(|p| p.gain()).sum();
    let doubt: u64 = alignment
        .pairings
        .iter()
        .map(|p| u64::from(p.weight) * u64::from(1_000 - p.similarity.min(1_000)))
        .sum();
    let left = |weights: u64| weights * 1_000 + doubt;
    let asked = left(
        alignment
            .unmatched_asked
            .iter()
            .map(|a| u64::from(reading.asked[*a].weight))
            .sum(),
    );
    let theirs = left(
        alignment
            .unmatched_listed
            .iter()
            .map(|l| u64::from(listed[*l].weight))
            .sum(),
    );
    let against = (asked * LEFT_ASKED + theirs * LEFT_LISTED) / 256;
    u16::try_from(agreed * u64::from(FULL) / (agreed + against).max(1)).unwrap_or(FULL)
}

fn kind_points(kind: NameKind, score: u16) -> i32 {
    match kind {
        NameKind::Weak if score > 0 => WEAK_NAME,
        _ => 0,
    }
}

impl Compared<'_> {
    /// Moves the score and says so; points that cannot be given are not claimed.
    fn adjust(&mut self, what: String, points: i32) {
        let before = i32::from(self.score);
        let after = (before + points).clamp(0, i32::from(FULL));
        if after != before {
            // Within 0 to 10,000 by the clamp.
            self.score = after as u16;
            self.adjustments.push(Adjustment {
                what,
                points: after - before,
            });
        }
    }

    fn adjust_all<B: AsRef<[u8]>>(&mut self, index: &Index<B>, prepared: &Prepared<'_>) {
        let query = prepared.query;
        if let Some(best) = &self.best {
            let points = kind_points(best.name.kind, best.score);
            self.adjust("the list gives this name as a weak one".into(), points);
        }
        if self.score > 0 {
            let listed = index.schema(self.no);
            if let Some(asked) = query.schema.filter(|asked| !asked.may_be(listed)) {
                let what = format!(
                    "one is a {}, the other a {}",
                    asked.as_str(),
                    listed.as_str()
                );
                self.adjust(what, OTHER_KIND);
            }
            let theirs = index.countries(self.no);
            let apart = !query
                .countries
                .iter()
                .any(|country| theirs.contains(country));
            if !query.countries.is_empty() && !theirs.is_empty() && apart {
                self.adjust("no country in common".into(), OTHER_COUNTRY);
            }
        }
        if query.birth_date.is_none() && prepared.identifiers.is_empty() {
            return;
        }
        let Some(entity) = index.entity(self.no) else {
            return;
        };
        let births = entity.birth_dates();
        if let Some(born) = query.birth_date
            && !births.is_empty()
            && !births.iter().any(|birth| birth.may_equal(born))
        {
            self.adjust("the birth dates exclude each other".into(), OTHER_BIRTH);
        }
        for (property, value) in &prepared.identifiers {
            let same = entity
                .identifiers()
                .find(|(_, listed)| identifier(listed).as_ref() == Some(value));
            if let Some((theirs, listed)) = same {
                self.identifiers
                    .push((format!("{property} {value}"), format!("{theirs} {listed}")));
            }
        }
        if let Some((ours, theirs)) = self.identifiers.first() {
            let what = format!("the same identifier: {ours}, {theirs}");
            self.adjust(what, (SAME_IDENTIFIER - i32::from(self.score)).max(0));
        }
    }
}
