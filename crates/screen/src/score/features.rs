//! What is measured of two names laid side by side.
//!
//! A count of one is 256, a bit of information is 256. Every number belongs to an
//! [`Item`], so that a weight can be taken apart again.

use scruple_names::{LegalForms, PartKind, Way};

use crate::align::{Alignment, Pairing, span};
use crate::index::ListedPart;
use crate::matched::Agreement;
use crate::query::{AskedReading, Prepared};
use crate::role::Role;
use crate::weight::BIT;

/// Which row of coefficients counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The name of a person.
    Person = 0,
    /// Any other name.
    Other = 1,
}

macro_rules! features {
    ($($(#[doc = $doc:literal])* $name:ident $sign:literal,)*) => {
        /// What is measured.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(usize)]
        pub(crate) enum Feature { $($(#[doc = $doc])* $name,)* }

        /// Name of each, and the sign its coefficient may have: 1, -1, or 0 for either.
        pub(crate) const TABLE: &[(&str, i32)] = &[$((stringify!($name), $sign),)*];
    };
}

features! {
    /// Always one.
    Start 0,
    /// Bits that agree, up to ten.
    BitsFew 1,
    /// Bits that agree, from ten to twenty.
    BitsMore 1,
    /// Bits that agree, from twenty to forty.
    BitsMany 1,
    /// Bits beyond eight of each agreed part.
    BitsRare 1,
    /// Nothing is left on either side, and every part is the same as written.
    Whole 1,
    /// No word and no number is left on either side.
    Complete 1,
    /// Letters in error, as a share of the word, times what the word is of its name.
    EditRare -1,
    /// Letters in error where the query's spelling is a known one.
    EditKnown -1,
    /// Letters in error in words of four letters or fewer.
    EditShort -1,
    /// The same where that spelling is a known one.
    EditShortKnown -1,
    /// Letters in error in such words, times what the word is of its name.
    EditShortRare -1,
    /// Letters in error beyond the first of a word.
    EditMore -1,
    /// Words written together on one side.
    Joined -1,
    /// Initials.
    Initial 0,
    /// Acronyms.
    Acronym -1,
    /// Words of one meaning.
    Meaning 0,
    /// Given names that are one in two languages, or one the short form of the other.
    Cognate -1,
    /// What is left of the query, as a share of its bits.
    LeftAskedShare -1,
    /// Bits of the words of the listed name that are left.
    LeftListedBits -1,
    /// What is left of the listed name, as a share of its bits.
    LeftListedShare -1,
    /// Share of what the query has that is rare, which is left.
    LeftAskedRare -1,
    /// Words left on both sides.
    Against -1,
    /// Such two that are both patronymics.
    AgainstPatronymic -1,
    /// A patronymic that only the query has.
    PatronymicAsked -1,
    /// A patronymic that only the listed name has.
    PatronymicListed -1,
    /// Letters in error where both spellings are whole syllables of pinyin.
    EditSyllable -1,
    /// Words that are left, as a share of the number of words: of the query,
    LeftAskedOf -1,
    /// and of the listed name.
    LeftListedOf -1,
    /// The first given name of the listed name is left.
    FirstListed -1,
    /// Bits of agreed words that are names of their own.
    DistinctBits 1,
    /// No such word agrees, and the query has one.
    DistinctNone -1,
    /// And so has the listed name.
    DistinctAgainst -1,
    /// One agrees, and both sides have another left.
    DistinctPartly -1,
    /// Fathers' names that agree.
    PatronymicSame 0,
    /// The listed name has a family name and nothing agrees with it.
    FamilyUnmet -1,
    /// It has a given name, nothing agrees with it, and a word of the query stands against it.
    GivenAgainst -1,
    /// Every word of the query agrees.
    Contained 1,
    /// Every word of the listed name agrees.
    Covered 1,
    /// The query's first word, or the given name where it says which that is, is left.
    FirstAsked -1,
    /// The query's last word, or the family name where it says which that is, is left.
    LastAsked -1,
    /// Words are left, and those that agree are turned round.
    Turned -1,
    /// Titles that are left; they count as no word.
    TitleLeft -1,
    /// Each side has a place that the other does not.
    PlaceAgainst -1,
    /// A place that one side has.
    PlaceLeft 0,
    /// Each side has a word for what it is or does that the other does not.
    WorkAgainst -1,
    /// Such words that are left.
    WorkLeft 0,
    /// An armed force or a corps that one side only names: its offices are not the state's.
    ForceLeft -1,
    /// A form that says what a body does, on one side only: a holding, a foundation.
    WorkFormLeft -1,
    /// Numbers that disagree.
    NumberAgainst -1,
    /// A number that only the query has.
    NumberAsked -1,
    /// A number that only the listed name has.
    NumberListed -1,
    /// Legal forms that differ.
    FormAgainst -1,
    /// A legal form on one side only.
    FormLeft -1,
    /// Particles that are left.
    ParticleLeft -1,
    /// The query is one word.
    OneWord -1,
    /// The weight lies in one word: the share of the rarest in what agrees, beyond a half.
    Lopsided 0,
    /// A country in common.
    CountrySame 1,
    /// No country in common.
    CountryDiffer -1,
    /// A person against a firm, a firm against a ship.
    KindDiffer -1,
    /// The query is a person, and the listed name has a word of a firm or an office.
    PersonBody -1,
    /// The list gives the name as a weak one.
    WeakName -1,
}

/// How many there are.
pub const FEATURES: usize = TABLE.len();

/// What a number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    /// A pair, by its place in the alignment.
    Pair(usize),
    /// A part of the query that is left.
    Asked(u8),
    /// A part of the listed name that is left.
    Listed(u8),
    /// No single part.
    Whole,
    /// The name's kind.
    WeakName,
    /// The entities' kinds.
    Kind,
    /// The countries.
    Country,
}

/// Who gave what, if anybody wants to know.
pub(crate) trait Keep {
    /// A number, as it comes.
    fn keep(&mut self, item: Item, feature: Feature, value: i32);
}

impl Keep for () {
    #[inline]
    fn keep(&mut self, _: Item, _: Feature, _: i32) {}
}

impl Keep for Vec<(Item, Feature, i32)> {
    fn keep(&mut self, item: Item, feature: Feature, value: i32) {
        self.push((item, feature, value));
    }
}

/// The numbers of one comparison.
#[derive(Clone, Debug)]
pub(crate) struct Sheet<K> {
    pub(crate) values: [i32; FEATURES],
    pub(crate) kept: K,
}

impl<K: Keep> Sheet<K> {
    pub(crate) fn new(kept: K) -> Self {
        Self {
            values: [0; FEATURES],
            kept,
        }
    }

    #[inline]
    pub(crate) fn put(&mut self, item: Item, feature: Feature, value: i32) {
        self.values[feature as usize] += value;
        self.kept.keep(item, feature, value);
    }
}

/// The three that belong to all pairs together.
pub(crate) const BITS: [Feature; 3] = [Feature::BitsFew, Feature::BitsMore, Feature::BitsMany];

/// What the words and numbers of a name say together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Says {
    pub(crate) words: usize,
    pub(crate) bits: u32,
    /// What of it is [`rare`].
    pub(crate) rare: u32,
}

impl Says {
    pub(crate) fn of(parts: impl Iterator<Item = (PartKind, u32)>) -> Self {
        let mut out = Self::default();
        for (_, bits) in parts.filter(|(kind, _)| matches!(kind, PartKind::Word | PartKind::Number))
        {
            out.words += 1;
            out.bits += bits;
            out.rare += rare(bits);
        }
        out
    }
}

/// What of a part's bits is beyond that of a common word.
fn rare(bits: u32) -> u32 {
    bits.saturating_sub(6 * BIT) + BIT / 4
}

/// A part of a whole, 256 for all of it.
fn share(part: u32, all: u32) -> i32 {
    (u64::from(part) * 256 / u64::from(all.max(BIT))) as i32
}

/// Cuts a sum into its parts below ten bits, below twenty, below forty.
fn few_more_many(bits: u32) -> [i32; 3] {
    let bits = bits as i32;
    let cut = |from: i32, to: i32| (bits.min(to * 256) - from * 256).max(0);
    [cut(0, 10), cut(10, 20), cut(20, 40)]
}

/// Measures an alignment; false where it has nothing in common that says anything.
pub(crate) fn measure<K: Keep>(
    prepared: &Prepared<'_>,
    reading: &AskedReading,
    listed: &[ListedPart],
    alignment: &Alignment,
    mode: Mode,
    sheet: &mut Sheet<K>,
) -> bool {
    use Feature::*;
    let word = |at: usize| &prepared.words[reading.asked[at].word];
    let counts = |kind| matches!(kind, PartKind::Word | PartKind::Number);
    let mut agreed = 0;
    let mut most = 0;
    // What was put in English first is not the same as written.
    let mut same = reading.way != Way::Meaning;
    let mut says_something = false;
    let all_rare = reading.says.rare;
    for (no, pair) in alignment.pairings.iter().enumerate() {
        let item = Item::Pair(no);
        let first = word(usize::from(pair.asked.0));
        let part = &listed[usize::from(pair.listed.0)];
        let form = pair.agreement == Agreement::LegalForm;
        if form {
            continue;
        }
        let carries =
            counts(first.kind) || counts(part.kind) || pair.agreement == Agreement::Joined;
        agreed += pair.agreed();
        // Two words that two others are parted from otherwise are still two.
        let words = u32::from(pair.asked.1.min(pair.listed.1));
        let beyond = pair.agreed().saturating_sub(8 * BIT * words);
        if beyond > 0 {
            sheet.put(item, BitsRare, beyond as i32);
        }
        same &= pair.agreement == Agreement::Exact;
        if carries {
            says_something = true;
            most = most.max(pair.agreed() / words);
        }
        match pair.agreement {
            Agreement::Initial => sheet.put(item, Initial, 256),
            Agreement::Acronym => sheet.put(item, Acronym, 256),
            Agreement::Joined => sheet.put(item, Joined, 256),
            Agreement::Meaning => sheet.put(item, Meaning, 256),
            Agreement::Cognate => sheet.put(item, Cognate, 256),
            _ => {}
        }
        if pair.cost > 0 {
            let cost = pair.cost as i32;
            let letters = (pair.letters as i32).max(1);
            let ours = span(pair.asked).map(|at| rare(word(at).bits)).sum();
            let of_name = share(ours, all_rare);
            sheet.put(item, EditRare, cost * of_name / 100 / letters);
            if pair.known > 0 && !pair.bridged {
                sheet.put(item, EditKnown, cost * pair.known as i32 / 100);
            }
            if pair.letters <= 4 && !pair.bridged {
                sheet.put(item, EditShort, cost * 256 / 100);
                sheet.put(item, EditShortRare, cost * of_name / 100);
                if pair.known > 0 {
                    sheet.put(item, EditShortKnown, cost * pair.known as i32 / 100);
                }
            }
            if !pair.bridged
                && pair.asked.1 == 1
                && pair.listed.1 == 1
                && first.pinyin
                && part.traits.is_pinyin()
            {
                sheet.put(item, EditSyllable, cost * 256 / 100);
            }
            if cost > 100 {
                sheet.put(item, EditMore, (cost - 100) * 256 / 100);
            }
        }
    }
    roles(prepared, reading, listed, alignment, sheet);
    distinct(prepared, reading, listed, alignment, sheet);
    let ours_initials = |a: &u8| reading.asked[usize::from(*a)].role == Role::Initials;
    let theirs_initials = |l: &u8| listed[usize::from(*l)].role == Role::Initials;
    let everything = alignment.left_asked.iter().all(ours_initials)
        && alignment.left_listed.iter().all(theirs_initials);
    // Particles and legal forms alone are no agreement, unless they are all there is.
    let enough = says_something || (everything && !alignment.pairings.is_empty());
    if !enough {
        return false;
    }
    left(prepared, reading, listed, alignment, mode, sheet);
    sheet.put(Item::Whole, Start, 256);
    // These belong to all pairs together, each by what it agrees in.
    for (feature, value) in BITS.into_iter().zip(few_more_many(agreed)) {
        sheet.put(Item::Whole, feature, value);
    }
    let person = mode == Mode::Person;
    let says = |kind: PartKind| counts(kind) || says_what_it_does(kind);
    // A letter stands for a name of a person; of a firm it may be the letter of any.
    let by_letter = |pair: &Pairing| !person && pair.agreement == Agreement::Initial;
    let lettered = alignment.pairings.iter().any(by_letter);
    let ours_left = lettered
        || alignment.left_asked.iter().any(|a| {
            let word = word(usize::from(*a));
            says(word.kind) && !(person && word.title) && !ours_initials(a)
        });
    let theirs_left = lettered
        || alignment.left_listed.iter().any(|l| {
            let part = &listed[usize::from(*l)];
            says(part.kind) && !(person && part.traits.is_title()) && !theirs_initials(l)
        });
    if !ours_left {
        sheet.put(Item::Whole, Contained, 256);
    }
    if !theirs_left {
        sheet.put(Item::Whole, Covered, 256);
    }
    if (ours_left || theirs_left) && turned(alignment, listed) {
        sheet.put(Item::Whole, Turned, 256);
    }
    if !ours_left && !theirs_left {
        sheet.put(Item::Whole, Complete, 256);
        if same && everything {
            sheet.put(Item::Whole, Whole, 256);
        }
    }
    if reading.says.words <= 1 {
        sheet.put(Item::Whole, OneWord, 256);
    }
    if let Some(share) = (most * 256).checked_div(agreed) {
        let share = share as i32;
        sheet.put(Item::Whole, Lopsided, (share - 128).max(0) * 2);
    }
    true
}

/// Whether the query's first word that agrees stands behind its last in the listed name.
/// Whole names are turned round, the family name before or behind; where words are left,
/// given names and family names that change places are other names.
fn turned(alignment: &Alignment, listed: &[ListedPart]) -> bool {
    let counted = alignment.pairings.iter().filter(|pair| {
        pair.agreement != Agreement::LegalForm
            && listed[usize::from(pair.listed.0)].kind == PartKind::Word
    });
    let first = counted.clone().min_by_key(|pair| pair.asked.0);
    let last = counted.max_by_key(|pair| pair.asked.0);
    match (first, last) {
        (Some(first), Some(last)) => last.listed.0 < first.listed.0,
        _ => false,
    }
}

/// Whether the words that agree, and those that do not, are names of their own.
fn distinct<K: Keep>(
    prepared: &Prepared<'_>,
    reading: &AskedReading,
    listed: &[ListedPart],
    alignment: &Alignment,
    sheet: &mut Sheet<K>,
) {
    use Feature::*;
    let ours = |at: usize| prepared.words[reading.asked[at].word].distinctive;
    let theirs = |part: &ListedPart| part.kind == PartKind::Word && part.traits.is_distinctive();
    let mut agreed = false;
    for (no, pair) in alignment.pairings.iter().enumerate() {
        if span(pair.asked).any(ours) || listed[span(pair.listed)].iter().any(theirs) {
            agreed = true;
            sheet.put(Item::Pair(no), DistinctBits, pair.agreed() as i32);
        }
    }
    let left_asked = alignment.left_asked.iter().any(|a| {
        let at = usize::from(*a);
        ours(at) && reading.asked[at].role != Role::Initials
    });
    let left_listed = alignment.left_listed.iter().any(|l| {
        let part = &listed[usize::from(*l)];
        theirs(part) && part.role != Role::Initials
    });
    match (agreed, left_asked, left_listed) {
        (false, true, _) => {
            sheet.put(Item::Whole, DistinctNone, 256);
            if left_listed {
                sheet.put(Item::Whole, DistinctAgainst, 256);
            }
        }
        (true, true, true) => sheet.put(Item::Whole, DistinctPartly, 256),
        _ => {}
    }
}

/// Which of a person's names agree, where the list says which is which.
fn roles<K: Keep>(
    prepared: &Prepared<'_>,
    reading: &AskedReading,
    listed: &[ListedPart],
    alignment: &Alignment,
    sheet: &mut Sheet<K>,
) {
    use Feature::*;
    let is_patronymic = |part: &ListedPart| part.traits.is_patronymic();
    let role = |part: &ListedPart| match part.role {
        Role::Given if is_patronymic(part) => Role::Unknown,
        role => role,
    };
    for (no, pair) in alignment.pairings.iter().enumerate() {
        let parts = &listed[span(pair.listed)];
        if parts.iter().all(|part| role(part) == Role::Unknown) && parts.iter().any(is_patronymic) {
            sheet.put(Item::Pair(no), PatronymicSame, 256);
        }
    }
    let left = |at: usize| alignment.left_listed.contains(&(at as u8));
    let first = |wanted: Role| listed.iter().position(|part| role(part) == wanted);
    // Whether all parts of a role are left.
    let unmet = |wanted: Role| {
        let mut of_role = (0..listed.len()).filter(|at| role(&listed[*at]) == wanted);
        of_role.all(left)
    };
    if let Some(first) = first(Role::Family).filter(|_| unmet(Role::Family)) {
        sheet.put(Item::Listed(first as u8), FamilyUnmet, 256);
    }
    if let Some(first) = first(Role::Given) {
        // Of several given names, the first is the person's own more often than the others.
        if left(first) {
            sheet.put(Item::Listed(first as u8), FirstListed, 256);
        }
        let stands_against = alignment.left_asked.iter().any(|a| {
            let word = &prepared.words[reading.asked[usize::from(*a)].word];
            word.kind == PartKind::Word && !word.patronymic && word.text.len() > 1
        });
        if unmet(Role::Given) && stands_against {
            sheet.put(Item::Listed(first as u8), GivenAgainst, 256);
        }
    }
}

/// Whether a part is a form that says what a body does.
fn says_what_it_does(kind: PartKind) -> bool {
    matches!(kind, PartKind::Form(no) if LegalForms::built_in().says_what_it_does(no))
}

/// What is left on either side.
fn left<K: Keep>(
    prepared: &Prepared<'_>,
    reading: &AskedReading,
    listed: &[ListedPart],
    alignment: &Alignment,
    mode: Mode,
    sheet: &mut Sheet<K>,
) {
    use Feature::*;
    let word = |at: usize| &prepared.words[reading.asked[at].word];
    let against = &alignment.against;
    let person = mode == Mode::Person;
    let (ours, ours_rare) = (reading.says.bits, reading.says.rare);
    let theirs = Says::of(listed.iter().map(|part| (part.kind, part.bits)));
    let their_words = theirs.words;
    let theirs = theirs.bits;
    let of = |all: usize| 256 / all.max(1) as i32;
    let (mut our_form, mut their_form) = (None, None);
    let (mut our_place, mut their_place) = (None, None);
    let (mut our_work, mut their_work) = (None, None);
    let (mut our_number, mut their_number) = (None, None);
    let (mut our_force, mut their_force) = (None, None);
    for &a in &alignment.left_asked {
        let word = word(usize::from(a));
        let item = Item::Asked(a);
        match word.kind {
            PartKind::Form(no) => our_form = our_form.or(Some((item, no))),
            PartKind::Particle => sheet.put(item, ParticleLeft, 256),
            // What they stand for is compared itself.
            PartKind::Word if reading.asked[usize::from(a)].role == Role::Initials => {
                sheet.put(item, ParticleLeft, 256);
            }
            PartKind::Word if person && word.title => sheet.put(item, TitleLeft, 256),
            PartKind::Word if word.patronymic && against.iter().all(|(at, _)| *at != a) => {
                sheet.put(item, PatronymicAsked, 256);
            }
            PartKind::Number | PartKind::Word => {
                if word.kind == PartKind::Number {
                    our_number = our_number.or(Some(item));
                } else if word.place {
                    our_place = our_place.or(Some(item));
                    sheet.put(item, PlaceLeft, 256);
                } else if word.meaning != 0 {
                    our_work = our_work.or(Some(item));
                    our_force = our_force.or(word.force.then_some(item));
                    sheet.put(item, WorkLeft, 256);
                }
                if reading.first == Some(a) {
                    sheet.put(item, FirstAsked, 256);
                }
                if reading.last == Some(a) {
                    sheet.put(item, LastAsked, 256);
                }
                sheet.put(item, LeftAskedRare, share(rare(word.bits), ours_rare));
                let share = share(word.bits, ours);
                sheet.put(item, LeftAskedOf, of(reading.says.words));
                sheet.put(item, LeftAskedShare, share);
            }
        }
    }
    for &l in &alignment.left_listed {
        let part = &listed[usize::from(l)];
        let item = Item::Listed(l);
        match part.kind {
            PartKind::Form(no) => their_form = their_form.or(Some((item, no))),
            PartKind::Particle => sheet.put(item, ParticleLeft, 256),
            PartKind::Word if part.role == Role::Initials => {
                sheet.put(item, ParticleLeft, 256);
            }
            PartKind::Word if person && part.traits.is_title() => sheet.put(item, TitleLeft, 256),
            PartKind::Word
                if part.traits.is_patronymic() && against.iter().all(|(_, at)| *at != l) =>
            {
                sheet.put(item, PatronymicListed, 256);
            }
            PartKind::Number | PartKind::Word => {
                if part.kind == PartKind::Number {
                    their_number = their_number.or(Some(item));
                } else if part.traits.is_place() {
                    their_place = their_place.or(Some(item));
                    sheet.put(item, PlaceLeft, 256);
                } else if part.traits.meaning() != 0 {
                    their_work = their_work.or(Some(item));
                    their_force = their_force.or(part.traits.is_force().then_some(item));
                    sheet.put(item, WorkLeft, 256);
                }
                let share = share(part.bits, theirs);
                sheet.put(item, LeftListedOf, of(their_words));
                sheet.put(item, LeftListedBits, part.bits as i32);
                sheet.put(item, LeftListedShare, share);
            }
        }
    }
    match (our_form, their_form) {
        (Some((item, _)), Some(_)) => sheet.put(item, FormAgainst, 256),
        (Some((item, form)), None) | (None, Some((item, form))) => {
            if says_what_it_does(PartKind::Form(form)) {
                sheet.put(item, WorkFormLeft, 256);
            } else {
                sheet.put(item, FormLeft, 256);
            }
        }
        (None, None) => {}
    }
    if let (Some(item), Some(_)) = (our_place, their_place) {
        sheet.put(item, PlaceAgainst, 256);
    }
    if let (Some(item), Some(_)) = (our_work, their_work) {
        sheet.put(item, WorkAgainst, 256);
    }
    if let Some(item) = our_force.or(their_force) {
        sheet.put(item, ForceLeft, 256);
    }
    match (our_number, their_number) {
        (Some(item), Some(_)) => sheet.put(item, NumberAgainst, 256),
        (Some(item), None) => sheet.put(item, NumberAsked, 256),
        (None, Some(item)) => sheet.put(item, NumberListed, 256),
        (None, None) => {}
    }
    for &(a, l) in &alignment.against {
        let (word, part) = (word(usize::from(a)), &listed[usize::from(l)]);
        let item = Item::Asked(a);
        sheet.put(item, Against, 256);
        if word.patronymic && part.traits.is_patronymic() {
            sheet.put(item, AgainstPatronymic, 256);
        }
    }
}
