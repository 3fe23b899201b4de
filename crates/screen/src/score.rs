//! One score, and the grounds for it, worked out together.
//!
//! What agrees is weighed against what does not: `agreed / (agreed + a × left of
//! the query + b × left of the listed name)`. A part of the query that nothing
//! answers to counts fully; lists give long names, so a listed part that the
//! query leaves out counts less. The rest are adjustments, each shown.

use scruple_model::{Band, Listing, NameKind, RecordId};
use scruple_names::{PartKind, Script, Way};

use crate::align::{Alignment, align};
use crate::index::{EntityNo, Index, ListedName, ListedPart};
use crate::keys::identifier;
use crate::matched::{Adjustment, Agreement, Explanation, FULL, Match, Pair};
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
const MODERATE: u16 = 7_800;

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
    no: EntityNo,
    pub(crate) score: u16,
    best: Option<Best<'a>>,
    adjustments: Vec<Adjustment>,
    identifiers: Vec<(String, String)>,
    query_name: String,
}

struct Best<'a> {
    score: u16,
    name: ListedName<'a>,
    reading: &'a AskedReading,
    listed: Vec<ListedPart<'a>>,
    alignment: Alignment,
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

    /// Reads the entity and writes the explanation out.
    pub(crate) fn finish<B: AsRef<[u8]>>(self, index: &Index<B>) -> Option<Match> {
        let entity = index.entity(self.no)?;
        let explanation = self.explain(index, &entity.caption);
        let countries = entity.countries();
        Some(Match {
            score: self.score,
            band: band(self.score),
            lists: lists(&entity.id, &entity.listings),
            reasons: reasons(&entity.listings),
            countries,
            schema: entity.schema,
            caption: entity.caption,
            id: entity.id,
            listings: entity.listings,
            explanation,
        })
    }

    fn explain<B: AsRef<[u8]>>(&self, index: &Index<B>, caption: &str) -> Explanation {
        let mut out = Explanation {
            query_name: self.query_name.clone(),
            listed_name: caption.to_owned(),
            listed_kind: NameKind::Primary,
            pairs: Vec::new(),
            unmatched_query: Vec::new(),
            unmatched_listed: Vec::new(),
            adjustments: self.adjustments.clone(),
        };
        if let Some(best) = &self.best {
            best.explain(index, &mut out);
        }
        for (query, listed) in &self.identifiers {
            out.pairs.push(Pair {
                query: query.clone(),
                listed: listed.clone(),
                path: None,
                agreement: Agreement::Identifier,
                // What it adds stands among the adjustments, after all else.
                points: 0,
            });
        }
        out
    }
}

impl Best<'_> {
    fn explain<B: AsRef<[u8]>>(&self, index: &Index<B>, out: &mut Explanation) {
        self.name.text.clone_into(&mut out.listed_name);
        out.listed_kind = self.name.kind;
        let agreed: u64 = self.alignment.pairings.iter().map(|p| p.gain()).sum();
        // Shares are cut from a running sum, so that they add up to the score.
        let (mut sum, mut given) = (0_u64, 0_i32);
        let mut pairings: Vec<_> = self.alignment.pairings.iter().collect();
        pairings.sort_by_key(|pairing| (pairing.asked.clone(), pairing.listed.clone()));
        for pairing in pairings {
            sum += pairing.gain();
            let upto = (sum * u64::from(self.score) / agreed.max(1)) as i32;
            let asked = &self.reading.asked;
            let first = (
                &asked[pairing.asked[0]].part,
                &self.listed[pairing.listed[0]],
            );
            out.pairs.push(Pair {
                query: shown(
                    pairing.asked.iter().map(|a| asked[*a].part.shown.as_str()),
                    first.0.script,
                ),
                listed: shown(
                    pairing
                        .listed
                        .iter()
                        .map(|l| index.string(self.listed[*l].shown)),
                    first.1.script,
                ),
                path: path(first.0.script, first.1.script, self.reading.way),
                agreement: pairing.agreement,
                points: upto - given,
            });
            given = upto;
        }
        let asked = |a: &usize| self.reading.asked[*a].part.shown.clone();
        out.unmatched_query = self.alignment.unmatched_asked.iter().map(asked).collect();
        let listed = |l: &usize| index.string(self.listed[*l].shown).to_owned();
        out.unmatched_listed = self.alignment.unmatched_listed.iter().map(listed).collect();
    }
}

/// Parts of one word are shown once.
fn shown<'a>(parts: impl Iterator<Item = &'a str>, script: Script) -> String {
    let mut parts: Vec<&str> = parts.collect();
    if script.is_syllabic() {
        return parts.concat();
    }
    parts.dedup();
    parts.join(" ")
}

fn path(asked: Script, listed: Script, way: Way) -> Option<String> {
    let name = |script: Script| match script {
        Script::Han if way != Way::Characters => "Han by pinyin",
        other => other.as_str(),
    };
    let common = asked == Script::Common || listed == Script::Common;
    let by_sound = asked == Script::Han && way != Way::Characters;
    (!common && (asked != listed || by_sound))
        .then(|| format!("{} to {}", name(asked), name(listed)))
}

fn lists(id: &RecordId, listings: &[Listing]) -> Vec<scruple_model::ListId> {
    let mut out: Vec<_> = listings
        .iter()
        .filter_map(|listing| listing.list.clone())
        .collect();
    if out.is_empty() {
        out.push(id.list());
    }
    out.sort();
    out.dedup();
    out
}

fn reasons(listings: &[Listing]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for reason in listings
        .iter()
        .filter_map(|listing| listing.reason.as_ref())
    {
        if !out.contains(reason) {
            out.push(reason.clone());
        }
    }
    out
}
