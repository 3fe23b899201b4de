//! The comparison that was made, in words: nothing is worked out again here.

use scruple_model::{Listing, NameKind, RecordId};
use scruple_names::{Script, Way};

use crate::index::Index;
use crate::matched::{Agreement, Explanation, Match, Pair};
use crate::score::{Best, Compared, band};

impl Compared<'_> {
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
