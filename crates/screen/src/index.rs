//! The index as it is read: accessors over checked sections.

use std::ops::Range;

use memchr::memmem::Finder;
use scruple_model::{Country, Entity, NameKind, RecordId, Schema};
use scruple_names::{PartKind, Script, is_pinyin};

use crate::file::{self, IndexError, SECTIONS, Section, u32_at};
use crate::keys::{Class, key};
use crate::patronymic::is_patronymic;
use crate::role::Role;
use crate::sense::{is_distinctive, is_force, is_place, is_title};

/// An entity's place in one index. Another build gives other numbers: keep the
/// [`RecordId`] instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityNo(pub u32);

/// Every listed name, ready to be searched. `B` is what holds the bytes: a
/// mapped file, a `Vec<u8>`, a `&[u8]`.
#[derive(Debug)]
pub struct Index<B> {
    bytes: B,
    sections: [(usize, usize); SECTIONS],
}

/// A part of a listed name: what every alignment looks at. The rest is looked up
/// where it is needed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListedPart {
    pub(crate) term: u32,
    /// Number of the string that is shown for it.
    pub(crate) shown: u32,
    pub(crate) script: Script,
    pub(crate) kind: PartKind,
    pub(crate) run: u16,
    /// What it says, in bits / 256.
    pub(crate) bits: u32,
    /// What it is in a person's name.
    pub(crate) role: Role,
    /// Bytes of its fold, 255 for that many and more.
    pub(crate) fold_len: u8,
    /// The letters of its fold, as a set.
    pub(crate) letters: u32,
    /// What its term is beside its texts.
    pub(crate) traits: Traits,
}

/// What a term is, in one u32: read with every part, and never looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits(pub(crate) u32);

impl Traits {
    pub(crate) fn new(bare: bool, word: bool, meaning: u32, text: &str) -> Self {
        let first = text.as_bytes().first().copied().unwrap_or(0);
        let initial = if first.is_ascii() { first } else { 0 };
        // The eighth bit of a letter is free.
        let initial = initial | u8::from(text.len() == 1) << 7;
        Self(
            u32::from(bare)
                | u32::from(is_patronymic(text)) << 1
                | (meaning & 0xffff) << 2
                | u32::from(word && is_distinctive(text)) << 18
                | u32::from(word && is_pinyin(text)) << 19
                | u32::from(word && is_place(text)) << 20
                | u32::from(word && is_title(text)) << 21
                | u32::from(word && is_force(text)) << 22
                | u32::from(initial) << 24,
        )
    }

    /// Whether it was read from a script that leaves vowels out.
    pub(crate) fn is_bare(self) -> bool {
        self.0 & 1 != 0
    }

    /// Whether it has the ending of a name after the father.
    pub(crate) fn is_patronymic(self) -> bool {
        self.0 & 2 != 0
    }

    /// What it means, as [`crate::sense::meaning`] has it; 0 where that is not known.
    pub(crate) fn meaning(self) -> u32 {
        self.0 >> 2 & 0xffff
    }

    /// Whether it is a name of its own rather than a word for what a body is, or where.
    pub(crate) fn is_distinctive(self) -> bool {
        self.0 & 1 << 18 != 0
    }

    /// Whether it is spelt in whole syllables of pinyin.
    pub(crate) fn is_pinyin(self) -> bool {
        self.0 & 1 << 19 != 0
    }

    /// Whether it says where.
    pub(crate) fn is_place(self) -> bool {
        self.0 & 1 << 20 != 0
    }

    /// Whether it is a title.
    pub(crate) fn is_title(self) -> bool {
        self.0 & 1 << 21 != 0
    }

    /// Whether it names an armed force or a corps.
    pub(crate) fn is_force(self) -> bool {
        self.0 & 1 << 22 != 0
    }

    /// Its first letter; 0 where it is not written in ASCII.
    pub(crate) fn initial(self) -> u8 {
        (self.0 >> 24) as u8 & 0x7f
    }

    /// Whether it is one letter.
    pub(crate) fn is_letter(self) -> bool {
        self.0 >> 31 != 0
    }
}

/// A listed name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListedName<'a> {
    pub(crate) text: &'a str,
    pub(crate) kind: NameKind,
    first_reading: u32,
    end_reading: u32,
}

impl ListedName<'_> {
    pub(crate) fn readings(&self) -> Range<u32> {
        self.first_reading..self.end_reading
    }
}

// Rows are counted in u32.
pub(crate) const ENTITY_ROW: usize = 6;
pub(crate) const NAME_ROW: usize = 3;
pub(crate) const READING_ROW: usize = 4;
pub(crate) const PART_ROW: usize = 6;
pub(crate) const TERM_ROW: usize = 8;

impl<B: AsRef<[u8]>> Index<B> {
    /// Opens an index where it lies: checks magic, version, length and checksum,
    /// parses nothing.
    ///
    /// # Errors
    /// [`IndexError`] says which check failed; the remedy is always to build it again.
    pub fn open(bytes: B) -> Result<Self, IndexError> {
        let sections = file::open(bytes.as_ref())?;
        Ok(Self { bytes, sections })
    }

    /// How many entities it holds.
    pub fn len(&self) -> usize {
        self.rows(Section::Entities, ENTITY_ROW) as usize
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entity with this number; `None` for a number that was not given out,
    /// or where the bytes were forged.
    pub fn entity(&self, no: EntityNo) -> Option<Entity> {
        if no.0 as usize >= self.len() {
            return None;
        }
        let json = self.section(Section::Json).get(self.json_range(no)?)?;
        serde_json::from_slice(json).ok()
    }

    /// The entity with this id: entities stand in the order of their ids.
    pub fn find(&self, id: &RecordId) -> Option<EntityNo> {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let mid = low + (high - low) / 2;
            let found = self.entity(EntityNo(mid))?;
            match found.id.cmp(id) {
                std::cmp::Ordering::Less => low = mid + 1,
                std::cmp::Ordering::Greater => high = mid,
                std::cmp::Ordering::Equal => return Some(EntityNo(mid)),
            }
        }
        None
    }

    /// The entities that may have one of these properties, in the order of ids: the
    /// others need not be read. Some of those given may turn out to have none.
    pub fn having(&self, properties: &[&str]) -> Vec<EntityNo> {
        let needles: Vec<Finder<'static>> = properties
            .iter()
            .map(|name| Finder::new(&format!("\"{name}\"")).into_owned())
            .collect();
        let json = self.section(Section::Json);
        (0..self.len() as u32)
            .map(EntityNo)
            .filter(|no| {
                self.json_range(*no)
                    .and_then(|range| json.get(range))
                    .is_some_and(|text| needles.iter().any(|one| one.find(text).is_some()))
            })
            .collect()
    }

    fn json_range(&self, no: EntityNo) -> Option<Range<usize>> {
        let start = u64::from(self.entity_field(no, 0)) | u64::from(self.entity_field(no, 1)) << 32;
        let start = usize::try_from(start).ok()?;
        let len = self.entity_field(no, 2) as usize;
        Some(start..start.checked_add(len)?)
    }

    fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.sections[section as usize];
        self.bytes.as_ref().get(start..end).unwrap_or(&[])
    }

    /// Rows of a section that ends with a row that only closes the ranges.
    fn rows(&self, section: Section, row: usize) -> u32 {
        let rows = self.section(section).len() / (row * 4);
        u32::try_from(rows.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    fn field(&self, section: Section, row: usize, no: u32, field: usize) -> u32 {
        u32_at(
            self.section(section),
            (no as usize).saturating_mul(row).saturating_add(field),
        )
    }

    fn entity_field(&self, no: EntityNo, field: usize) -> u32 {
        self.field(Section::Entities, ENTITY_ROW, no.0, field)
    }

    /// A string of the pool; empty for a number that was not given out.
    pub(crate) fn string(&self, no: u32) -> &str {
        std::str::from_utf8(self.bytes_of(no)).unwrap_or("")
    }

    fn bytes_of(&self, no: u32) -> &[u8] {
        let ends = self.section(Section::Strings);
        let start = u32_at(ends, no as usize) as usize;
        let end = u32_at(ends, (no as usize).saturating_add(1)) as usize;
        self.section(Section::Text).get(start..end).unwrap_or(&[])
    }

    /// A slice of u32 values, cut to what is there.
    fn values(
        &self,
        section: Section,
        range: Range<u32>,
    ) -> impl ExactSizeIterator<Item = u32> + '_ {
        let bytes = self.section(section);
        let len = bytes.len() / 4;
        let end = (range.end as usize).min(len);
        let start = (range.start as usize).min(end);
        bytes[start * 4..end * 4]
            .chunks_exact(4)
            .map(|four| u32_at(four, 0))
    }

    pub(crate) fn schema(&self, no: EntityNo) -> Schema {
        let packed = self.entity_field(no, 5);
        Schema::ALL
            .get(packed as usize)
            .copied()
            .unwrap_or(Schema::Thing)
    }

    /// Whether one of these countries is the entity's; `None` where it has none.
    pub(crate) fn shares_country(&self, no: EntityNo, asked: &[Country]) -> Option<bool> {
        let start = self.entity_field(no, 4) as usize;
        let end = self.entity_field(EntityNo(no.0.saturating_add(1)), 4) as usize;
        let codes = self.section(Section::Countries);
        let end = end.saturating_mul(2).min(codes.len());
        let codes = codes
            .get(start.saturating_mul(2).min(end)..end)
            .filter(|codes| !codes.is_empty())?;
        let same = |code: &[u8]| {
            asked
                .iter()
                .any(|country| country.code().as_bytes() == code)
        };
        Some(codes.chunks_exact(2).any(same))
    }

    pub(crate) fn names(&self, no: EntityNo) -> impl Iterator<Item = ListedName<'_>> + '_ {
        let all = self.rows(Section::Names, NAME_ROW);
        let end = self
            .entity_field(EntityNo(no.0.saturating_add(1)), 3)
            .min(all);
        let start = self.entity_field(no, 3).min(end);
        (start..end).map(|no| self.name(no))
    }

    /// The readings of all names of an entity.
    pub(crate) fn entity_readings(&self, no: EntityNo) -> Range<u32> {
        let mut names = self.names(no);
        let first = names.next().map(|name| name.readings());
        let last = names.last().map(|name| name.readings());
        match (first, last) {
            (Some(first), last) => first.start..last.map_or(first.end, |last| last.end),
            _ => 0..0,
        }
    }

    /// The name that a reading is of.
    pub(crate) fn name_of(&self, reading: u32) -> ListedName<'_> {
        self.name(self.field(Section::Readings, READING_ROW, reading, 3) >> 3)
    }

    fn name(&self, no: u32) -> ListedName<'_> {
        ListedName {
            text: self.string(self.field(Section::Names, NAME_ROW, no, 0)),
            kind: NameKind::ALL
                .get(self.field(Section::Names, NAME_ROW, no, 1) as usize)
                .copied()
                .unwrap_or(NameKind::Weak),
            first_reading: self.field(Section::Names, NAME_ROW, no, 2),
            end_reading: self
                .field(Section::Names, NAME_ROW, no.saturating_add(1), 2)
                .min(self.readings()),
        }
    }

    /// How many readings all names have together.
    pub(crate) fn readings(&self) -> u32 {
        self.rows(Section::Readings, READING_ROW)
    }

    pub(crate) fn reading_entity(&self, no: u32) -> EntityNo {
        EntityNo(self.field(Section::Readings, READING_ROW, no, 0))
    }

    pub(crate) fn reading_weight(&self, no: u32) -> u32 {
        self.field(Section::Readings, READING_ROW, no, 2)
    }

    /// Whether a reading holds a legal form, or a word for what a firm or an office does.
    pub(crate) fn is_body(&self, no: u32) -> bool {
        self.field(Section::Readings, READING_ROW, no, 3) & 4 != 0
    }

    /// Whether the list gives the name of a reading as a weak one.
    pub(crate) fn is_weak(&self, no: u32) -> bool {
        self.field(Section::Readings, READING_ROW, no, 3) & 2 != 0
    }

    /// Whether a reading is of characters themselves rather than of their sound.
    pub(crate) fn is_characters(&self, no: u32) -> bool {
        self.field(Section::Readings, READING_ROW, no, 3) & 1 != 0
    }

    /// The words and numbers of a reading, whatever their order, as one number: two readings
    /// of the same words have the same, and others hardly ever.
    pub(crate) fn words(&self, reading: u32) -> u64 {
        let mut sum: u64 = 0;
        for row in self.part_rows(reading) {
            if matches!(kind_of(u32_at(row, 2)), PartKind::Word | PartKind::Number) {
                let term = u64::from(u32_at(row, 0)) + 1;
                sum = sum.wrapping_add(term.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29));
            }
        }
        sum
    }

    fn part_rows(&self, reading: u32) -> impl Iterator<Item = &[u8]> {
        let all = (self.section(Section::Parts).len() / (PART_ROW * 4)) as u32;
        let end = self
            .field(Section::Readings, READING_ROW, reading.saturating_add(1), 1)
            .min(all);
        let start = self
            .field(Section::Readings, READING_ROW, reading, 1)
            .min(end);
        const BYTES: usize = PART_ROW * 4;
        self.section(Section::Parts)
            .get(start as usize * BYTES..end as usize * BYTES)
            .unwrap_or(&[])
            .chunks_exact(BYTES)
            .take(crate::query::LONGEST)
    }

    /// The parts of a reading, put into `out`.
    pub(crate) fn parts(&self, reading: u32, out: &mut Vec<ListedPart>) {
        out.clear();
        out.extend(self.part_rows(reading).map(|row| {
            let flags = u32_at(row, 2);
            let says = u32_at(row, 3);
            ListedPart {
                term: u32_at(row, 0),
                shown: u32_at(row, 1),
                script: script_of(flags),
                kind: kind_of(flags),
                role: role_of(flags),
                run: (flags >> 24) as u16,
                bits: says & 0xffff,
                fold_len: (says >> 16) as u8,
                letters: u32_at(row, 4),
                traits: Traits(u32_at(row, 5)),
            }
        }));
    }

    fn term_field(&self, term: u32, field: usize) -> u32 {
        self.field(Section::Terms, TERM_ROW, term, field)
    }

    pub(crate) fn term_text(&self, term: u32) -> &str {
        self.string(self.term_field(term, 0))
    }

    /// The fold of a term as it lies, whether it is text or not.
    pub(crate) fn fold_bytes(&self, term: u32) -> &[u8] {
        self.bytes_of(self.term_field(term, 1))
    }

    /// What a term is beside its texts.
    pub(crate) fn traits(&self, term: u32) -> Traits {
        Traits(self.term_field(term, 7))
    }

    pub(crate) fn term_skeleton(&self, term: u32) -> &str {
        self.string(self.term_field(term, 2))
    }

    /// How rare a term is as written, in bits / 256.
    pub(crate) fn rarity(&self, term: u32) -> u32 {
        self.term_field(term, 4) & 0xffff
    }

    /// How rare its skeleton is.
    pub(crate) fn skeleton_rarity(&self, term: u32) -> u32 {
        self.term_field(term, 4) >> 16
    }

    /// How many names hold it as a word, the background included.
    pub(crate) fn holding(&self, term: u32) -> u32 {
        self.term_field(term, 5) & 0x00ff_ffff
    }

    /// Bytes of its fold, 255 for that many and more.
    pub(crate) fn fold_len(&self, term: u32) -> usize {
        (self.term_field(term, 5) >> 24) as usize
    }

    /// The letters of its fold, as a set.
    pub(crate) fn letters(&self, term: u32) -> u32 {
        self.term_field(term, 6)
    }

    /// The term of exactly this text.
    pub(crate) fn term(&self, text: &str) -> Option<u32> {
        self.lookup(Class::Text, text)
            .find(|term| self.bytes_of(self.term_field(*term, 0)) == text.as_bytes())
    }

    /// The readings that hold a term.
    pub(crate) fn postings(&self, term: u32) -> impl ExactSizeIterator<Item = u32> + '_ {
        let range = self.term_field(term, 3)..self.term_field(term.saturating_add(1), 3);
        self.values(Section::Postings, range)
    }

    /// What a key leads to: terms, readings or entities, by its class.
    pub(crate) fn lookup(&self, class: Class, text: &str) -> impl Iterator<Item = u32> + '_ {
        self.lookup_key(key(class, text))
    }

    /// The same for a key that is hashed already.
    pub(crate) fn lookup_key(&self, wanted: u64) -> impl Iterator<Item = u32> + '_ {
        let range = self.find_key(wanted).map_or(0..0, |no| {
            let starts = self.section(Section::KeyStarts);
            u32_at(starts, no)..u32_at(starts, no.saturating_add(1))
        });
        self.values(Section::Values, range)
    }

    fn find_key(&self, wanted: u64) -> Option<usize> {
        let slots = self.section(Section::Keys);
        let mask = (slots.len() / 8).checked_sub(1)?;
        let tag = (wanted >> 32) as u32;
        let mut at = wanted as usize & mask;
        // A table that was forged full would be walked for ever.
        for _ in 0..file::PROBES {
            let no = u32_at(slots, at * 2 + 1);
            if no == 0 {
                return None;
            }
            if u32_at(slots, at * 2) == tag {
                return Some(no as usize - 1);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// How many terms there are.
    pub(crate) fn terms(&self) -> u32 {
        self.rows(Section::Terms, TERM_ROW)
    }

    /// How many entities it holds, as far as rarity goes.
    pub(crate) fn all(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }
}

/// Kind, script, form or role, and run of a part in one u32: 2, 6, 16 and 8 bits.
pub(crate) fn flags(kind: PartKind, script: Script, run: u16, role: Role) -> u32 {
    let (kind, form) = match kind {
        PartKind::Word => (0, role as u16),
        PartKind::Number => (1, 0),
        PartKind::Particle => (2, 0),
        PartKind::Form(no) => (3, no),
    };
    kind | (script as u32) << 2 | u32::from(form) << 8 | u32::from(run.min(255)) << 24
}

fn kind_of(flags: u32) -> PartKind {
    match flags & 3 {
        0 => PartKind::Word,
        1 => PartKind::Number,
        2 => PartKind::Particle,
        _ => PartKind::Form((flags >> 8) as u16),
    }
}

fn role_of(flags: u32) -> Role {
    match (flags & 3, flags >> 8 & 0xffff) {
        (0, 1) => Role::Family,
        (0, 2) => Role::Given,
        (0, 3) => Role::Initials,
        _ => Role::Unknown,
    }
}

fn script_of(flags: u32) -> Script {
    Script::ALL
        .get((flags >> 2 & 63) as usize)
        .copied()
        .unwrap_or(Script::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_come_back_as_they_went_in() {
        for kind in [
            PartKind::Word,
            PartKind::Number,
            PartKind::Particle,
            PartKind::Form(513),
        ] {
            for script in Script::ALL {
                let packed = flags(kind, script, 7, Role::Given);
                assert_eq!(
                    (kind_of(packed), script_of(packed), packed >> 24),
                    (kind, script, 7)
                );
            }
        }
    }
}
