//! One score, and the grounds for it, worked out together.
//!
//! An alignment of two names is measured by some sixty numbers ([`features`]): how
//! many bits agree, what the spellings cost, what is left on either side. The weight
//! of a match is their sum, each times a coefficient, in thousandths of a logit. The
//! coefficients are not chosen by hand: `cargo xtask evaluate --fit` finds them on
//! one half of the open cases, with the sign of each held to what it means, and
//! writes [`weights`]. A linear sum can be taken apart again: every number belongs to
//! a pair, to a part that is left, or to the whole, and so does its share.
//!
//! What the cases cannot teach, because they hold no dates and no numbers, is set by
//! hand in [`beside`] and said in the docs.
//!
//! What rarity does not know, how many listed names come as near by chance, is taken from
//! the query's own [`crowd`].
//!
//! [`calibration`] turns weight into the score that people read.

pub(crate) mod beside;
pub(crate) mod calibration;
pub(crate) mod crowd;
pub(crate) mod features;
pub(crate) mod weights;

use scruple_model::{Band, Schema};
use scruple_names::Way;

use self::beside::Beside;
use self::crowd::Crowd;
use self::features::{FEATURES, Feature, Item, Mode, Sheet};
use crate::align::Alignment;
use crate::candidates::{COMPARED, candidates};
use crate::index::{EntityNo, Index, ListedPart};
use crate::matched::Match;
use crate::query::{Prepared, Query};
use crate::scratch;
use crate::search::{self, Options};

pub use self::calibration::band;

/// Compares a query with one entity; `None` if there is no such entity.
pub fn score<B: AsRef<[u8]>>(index: &Index<B>, query: &Query, no: EntityNo) -> Option<Match> {
    scratch::with(|scratch| {
        let prepared = Prepared::new(index, query, scratch);
        let mut desk = Desk::default();
        candidates(index, &prepared, scratch, COMPARED, Options::THRESHOLD);
        let crowd = search::crowd(index, &prepared, scratch, &mut desk);
        let readings: Vec<u32> = index.entity_readings(no).collect();
        let mut found = compare(index, &prepared, no, &readings, &mut desk);
        found.settle(index, &prepared, crowd);
        found.finish(index, &prepared, &mut desk)
    })
}

/// What comparisons are made on, used again from one to the next.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) listed: Vec<ListedPart>,
    pub(crate) alignment: Alignment,
    /// What each reading weighs that was compared since the candidates were found.
    pub(crate) weighed: Vec<(u32, i32)>,
    /// Weights of the names that come nearest, to find the crowd in.
    pub(crate) weights: Vec<i32>,
}

/// A comparison of names that was made, before the entity is read for showing. Its weight
/// is that of the names alone until it is settled.
#[derive(Clone, Debug)]
pub(crate) struct Compared {
    pub(crate) no: EntityNo,
    pub(crate) weight: i32,
    pub(crate) best: Option<Best>,
    /// The best of those that are read as the other kind of name, on whom the crowd weighs
    /// otherwise.
    pub(crate) other: Option<Best>,
    pub(crate) beside: Beside,
}

/// The pair of readings that agrees best.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Best {
    /// Number of the query's reading.
    pub(crate) asked: usize,
    /// Number of the listed reading.
    pub(crate) listed: u32,
    pub(crate) mode: Mode,
    /// Of the name alone.
    pub(crate) weight: i32,
}

impl Compared {
    pub(crate) fn score(&self) -> u16 {
        calibration::score(self.weight)
    }

    pub(crate) fn band(&self) -> Band {
        band(self.score())
    }
}

/// Weight of a comparison in which nothing agrees, far below any other.
pub(crate) const NOTHING: i32 = -30_000;

impl Compared {
    /// Sets the crowd against the weight of the names, and adds what is known beside them.
    pub(crate) fn settle<B: AsRef<[u8]>>(
        &mut self,
        index: &Index<B>,
        prepared: &Prepared<'_>,
        crowd: Crowd,
    ) {
        let settled = |best: &Best| best.weight + crowd.shift(best.mode);
        if let (Some(best), Some(other)) = (self.best, self.other)
            && settled(&other) > settled(&best)
        {
            self.best = self.other;
            self.weight = other.weight;
        }
        if let Some(best) = self.best {
            let points = crowd.shift(best.mode);
            let what = if points < 0 {
                "many other listed names come near this one"
            } else {
                "few other listed names come near this one"
            };
            self.adjust(what.to_owned(), points);
        }
        self.look_beside(index, prepared);
    }

    /// Whether it may reach a score once it is settled.
    pub(crate) fn may_reach(&self, score: u16, prepared: &Prepared<'_>) -> bool {
        let dates = match prepared.query.birth_date {
            Some(_) => beside::MOST,
            None => 0,
        };
        score == 0
            || !prepared.identifiers.is_empty()
            || !prepared.serials.is_empty()
            || self.weight + crowd::most_raised() + dates >= calibration::weight(score)
    }
}

/// Compares every reading of the query with these readings of the entity; the best stands.
pub(crate) fn compare<B: AsRef<[u8]>>(
    index: &Index<B>,
    prepared: &Prepared<'_>,
    no: EntityNo,
    readings: &[u32],
    desk: &mut Desk,
) -> Compared {
    let schema = index.schema(no);
    // As a person's name, and as any other.
    let mut bests: [Option<Best>; 2] = [None; 2];
    for &listed in readings {
        let mode = mode(prepared.query.schema, schema, index.is_body(listed));
        let mut most = NOTHING;
        for asked in 0..prepared.readings.len() {
            let Some(sheet) = sheet(index, prepared, asked, listed, mode, desk) else {
                continue;
            };
            let weight = weigh(&sheet.values, mode);
            most = most.max(weight);
            let best = &mut bests[mode as usize];
            if best.is_none_or(|best| weight > best.weight) {
                *best = Some(Best {
                    asked,
                    listed,
                    mode,
                    weight,
                });
            }
        }
        desk.weighed.push((listed, most));
    }
    let [mut best, mut other] = bests;
    let weight = |best: Option<Best>| best.map_or(NOTHING, |best| best.weight);
    if weight(other) > weight(best) {
        std::mem::swap(&mut best, &mut other);
    }
    Compared {
        no,
        weight: weight(best),
        best,
        other,
        beside: Beside::default(),
    }
}

/// Whether names are read as those of people: their parts are fewer, and weigh otherwise.
/// Where neither side says, a name without a word of a firm or an office is read so.
fn mode(asked: Option<Schema>, listed: Schema, body: bool) -> Mode {
    let may_be = |schema| matches!(schema, Schema::Person | Schema::LegalEntity | Schema::Thing);
    let person = match listed {
        Schema::Person => true,
        Schema::LegalEntity => asked == Some(Schema::Person) || (!body && asked.is_none_or(may_be)),
        _ => false,
    };
    if person { Mode::Person } else { Mode::Other }
}

/// Measures one reading of the query against one listed reading; `None` where they
/// are not to be compared or have nothing in common.
pub(crate) fn sheet<B: AsRef<[u8]>>(
    index: &Index<B>,
    prepared: &Prepared<'_>,
    asked: usize,
    listed: u32,
    mode: Mode,
    desk: &mut Desk,
) -> Option<Sheet<()>> {
    let mut sheet = Sheet::new(());
    measure(index, prepared, asked, listed, mode, desk, &mut sheet).then_some(sheet)
}

/// The same, onto a sheet that may keep who gave what.
pub(crate) fn measure<B: AsRef<[u8]>, K: features::Keep>(
    index: &Index<B>,
    prepared: &Prepared<'_>,
    asked: usize,
    listed: u32,
    mode: Mode,
    desk: &mut Desk,
    sheet: &mut Sheet<K>,
) -> bool {
    let reading = &prepared.readings[asked];
    if index.is_characters(listed) != (reading.way == Way::Characters) {
        return false;
    }
    index.parts(listed, &mut desk.listed);
    desk.alignment
        .run(index, prepared, reading, &desk.listed, mode);
    if !features::measure(
        prepared,
        reading,
        &desk.listed,
        &desk.alignment,
        mode,
        sheet,
    ) {
        return false;
    }
    let no = index.reading_entity(listed);
    if index.is_weak(listed) {
        sheet.put(Item::WeakName, Feature::WeakName, 256);
    }
    let schema = index.schema(no);
    if prepared
        .query
        .schema
        .is_some_and(|asked| !asked.may_be(schema))
    {
        sheet.put(Item::Kind, Feature::KindDiffer, 256);
    }
    if prepared.query.schema == Some(Schema::Person)
        && schema != Schema::Person
        && index.is_body(listed)
    {
        sheet.put(Item::Kind, Feature::PersonBody, 256);
    }
    if !prepared.query.countries.is_empty()
        && let Some(same) = index.shares_country(no, &prepared.query.countries)
    {
        let feature = if same {
            Feature::CountrySame
        } else {
            Feature::CountryDiffer
        };
        sheet.put(Item::Country, feature, 256);
    }
    true
}

/// The weight of what was measured.
pub(crate) fn weigh(values: &[i32; FEATURES], mode: Mode) -> i32 {
    let weights = &weights::WEIGHTS[mode as usize];
    let mut sum = 0;
    for (value, weight) in values.iter().zip(weights) {
        sum += value * weight / 256;
    }
    sum
}
