//! The comparison that was made, in words.
//!
//! The two readings that agreed best are measured once more, by the same code and
//! now keeping which part gave which number. Every coefficient's share is cut from a
//! running sum, so that the points add up to the weight to the last unit.

use scruple_model::{Listing, NameKind, RecordId, Schema};
use scruple_names::{Script, Way};

use crate::align::span;
use crate::index::Index;
use crate::matched::{Adjustment, Agreement, Explanation, Left, Match, Pair};
use crate::query::Prepared;
use crate::score::features::{BITS, Item, Sheet};
use crate::score::weights::WEIGHTS;
use crate::score::{Best, Compared, Desk, measure};

impl Compared {
    /// Reads the entity and writes the explanation out.
    pub(crate) fn finish<B: AsRef<[u8]>>(
        self,
        index: &Index<B>,
        prepared: &Prepared<'_>,
        desk: &mut Desk,
    ) -> Option<Match> {
        let entity = index.entity(self.no)?;
        let explanation = self.explain(index, prepared, &entity.caption, entity.schema, desk);
        let countries = entity.countries();
        Some(Match {
            score: self.score(),
            weight: self.weight,
            band: self.band(),
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

    fn explain<B: AsRef<[u8]>>(
        &self,
        index: &Index<B>,
        prepared: &Prepared<'_>,
        caption: &str,
        schema: Schema,
        desk: &mut Desk,
    ) -> Explanation {
        let mut out = Explanation {
            query_name: prepared.query.name.clone(),
            listed_name: caption.to_owned(),
            listed_kind: NameKind::Primary,
            pairs: Vec::new(),
            unmatched_query: Vec::new(),
            unmatched_listed: Vec::new(),
            adjustments: Vec::new(),
            whole: 0,
        };
        match self.best {
            Some(best) => best.explain(index, prepared, schema, desk, &mut out),
            None => out.whole = crate::score::NOTHING,
        }
        out.adjustments
            .extend(self.beside.adjustments.iter().cloned());
        for (query, listed) in &self.beside.identifiers {
            out.pairs.push(Pair {
                query: query.clone(),
                listed: listed.clone(),
                path: None,
                agreement: Agreement::Identifier,
                bits: 0,
                cost: 0,
                // What it adds stands among the adjustments, after all else.
                points: 0,
            });
        }
        out
    }
}

/// What each item of a comparison adds to the weight.
fn shares(
    sheet: &Sheet<Vec<(Item, crate::score::features::Feature, i32)>>,
    best: &Best,
    agreed: &[u32],
) -> Vec<(Item, i32)> {
    let mut out: Vec<(Item, i32)> = Vec::new();
    let mut give = |item: Item, points: i32| match out.iter_mut().find(|(held, _)| *held == item) {
        Some((_, sum)) => *sum += points,
        None => out.push((item, points)),
    };
    let weights = &WEIGHTS[best.mode as usize];
    for (feature, (value, weight)) in sheet.values.iter().zip(weights).enumerate() {
        let total = value * weight / 256;
        if total == 0 {
            continue;
        }
        let of_all_pairs = BITS.iter().any(|bits| *bits as usize == feature);
        let parts: Vec<(Item, i64)> = if of_all_pairs {
            let parts = agreed.iter().enumerate();
            parts
                .map(|(no, bits)| (Item::Pair(no), i64::from(*bits)))
                .collect()
        } else {
            let kept = sheet
                .kept
                .iter()
                .filter(|(_, of, _)| *of as usize == feature);
            kept.map(|(item, _, value)| (*item, i64::from(*value)))
                .collect()
        };
        let all: i64 = parts.iter().map(|(_, part)| part).sum();
        let (mut sum, mut given) = (0, 0);
        for (item, part) in parts {
            sum += part;
            let upto = if all == 0 {
                0
            } else {
                (i64::from(total) * sum / all) as i32
            };
            give(item, upto - given);
            given = upto;
        }
    }
    out
}

impl Best {
    fn explain<B: AsRef<[u8]>>(
        &self,
        index: &Index<B>,
        prepared: &Prepared<'_>,
        schema: Schema,
        desk: &mut Desk,
        out: &mut Explanation,
    ) {
        let reading = &prepared.readings[self.asked];
        let name = index.name_of(self.listed);
        name.text.clone_into(&mut out.listed_name);
        out.listed_kind = name.kind;
        if let Some(text) = prepared.names.get(reading.name) {
            (*text).clone_into(&mut out.query_name);
        }
        let mut sheet = Sheet::new(Vec::new());
        measure(
            index,
            prepared,
            self.asked,
            self.listed,
            self.mode,
            desk,
            &mut sheet,
        );
        let (alignment, listed) = (&desk.alignment, &desk.listed);
        let agreed: Vec<u32> = alignment
            .pairings
            .iter()
            .map(|pair| {
                if pair.agreement == Agreement::LegalForm {
                    0
                } else {
                    pair.agreed()
                }
            })
            .collect();
        let shares = shares(&sheet, self, &agreed);
        let points = |wanted: Item| {
            let found = shares.iter().find(|(item, _)| *item == wanted);
            found.map_or(0, |(_, points)| *points)
        };
        out.whole = points(Item::Whole);
        let mut order: Vec<usize> = (0..alignment.pairings.len()).collect();
        order.sort_by_key(|no| {
            (
                alignment.pairings[*no].asked,
                alignment.pairings[*no].listed,
            )
        });
        let mut last: Option<(u16, u8)> = None;
        // Words that a phrase was put into are one phrase still, on either side.
        let again = |at: u8| {
            let part = &listed[usize::from(at)];
            at.checked_sub(1).is_some_and(|before| {
                let before = &listed[usize::from(before)];
                (before.run, before.shown) == (part.run, part.shown)
            })
        };
        for no in order {
            let pair = &alignment.pairings[no];
            let first = &prepared.words[reading.asked[usize::from(pair.asked.0)].word];
            let part = &listed[usize::from(pair.listed.0)];
            let asked = span(pair.asked).map(|at| reading.asked[at].shown.as_str());
            let theirs = span(pair.listed).map(|at| index.string(listed[at].shown));
            let run = reading.asked[usize::from(pair.asked.0)].run;
            let query = shown(asked, first.script);
            let translated = reading.way == Way::Meaning
                && matches!(first.script, Script::Latin | Script::Common)
                && !query.is_ascii();
            let next = Pair {
                query,
                listed: shown(theirs, part.script),
                path: if translated {
                    Some("by its meaning".to_owned())
                } else {
                    path(first.script, part.script, reading.way)
                },
                agreement: if translated {
                    Agreement::Meaning
                } else {
                    pair.agreement
                },
                bits: pair.bits,
                cost: pair.cost,
                points: points(Item::Pair(no)),
            };
            // A word that was put into several is shown once: `公安局`, Public Security Bureau.
            let before = last.replace((run, pair.listed.0 + pair.listed.1));
            match out.pairs.last_mut() {
                Some(held)
                    if translated
                        && held.query == next.query
                        && before == Some((run, pair.listed.0)) =>
                {
                    if !again(pair.listed.0) {
                        held.listed.push(' ');
                        held.listed.push_str(&next.listed);
                    }
                    held.bits += next.bits;
                    held.cost += next.cost;
                    held.points += next.points;
                }
                _ => out.pairs.push(next),
            }
        }
        let mut before = None;
        for &at in &alignment.left_asked {
            let part = &reading.asked[usize::from(at)];
            let same = before.replace(part.run) == Some(part.run);
            let points = points(Item::Asked(at));
            leave(&mut out.unmatched_query, same, &part.shown, points);
        }
        let mut before = None;
        for &at in &alignment.left_listed {
            let part = &listed[usize::from(at)];
            let same = before.replace(part.run) == Some(part.run);
            let points = points(Item::Listed(at));
            leave(
                &mut out.unmatched_listed,
                same,
                index.string(part.shown),
                points,
            );
        }
        let countries = points(Item::Country);
        let mut adjust = |points: i32, what: String| {
            if points != 0 {
                out.adjustments.push(Adjustment { what, points });
            }
        };
        adjust(
            points(Item::WeakName),
            "the list gives this name as a weak one".to_owned(),
        );
        if let Some(asked) = prepared.query.schema {
            let what = if asked.may_be(schema) {
                "the listed name has a word of a firm or an office".to_owned()
            } else {
                format!(
                    "one is a {}, the other a {}",
                    asked.as_str(),
                    schema.as_str()
                )
            };
            adjust(points(Item::Kind), what);
        }
        let what = if countries > 0 {
            "a country in common"
        } else {
            "no country in common"
        };
        adjust(countries, what.to_owned());
    }
}
/// Adds a part that is left. Of what was written once and read as several words, the words
/// are told once.
fn leave(left: &mut Vec<Left>, same_run: bool, text: &str, points: i32) {
    match left.last_mut() {
        Some(last) if same_run && last.text == text => last.points += points,
        _ => left.push(Left {
            text: text.to_owned(),
            points,
        }),
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
