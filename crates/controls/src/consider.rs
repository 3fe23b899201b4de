//! Entries against an item: which are considered, and how each comes out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::deal::Item;
use scruple_model::{Answer, Question};
use scruple_pack::{Entry, Verified};
use serde::{Deserialize, Serialize};

use crate::entry::EntryBody;
use crate::fact::{Facts, Standing, Value, Whose};
use crate::packs::{Controls, ReadEntry};
use crate::recognise::Recognised;
use crate::trace::Step;

/// How an entry comes out for an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum State {
    /// Every limb holds, and no note is shown to take it out.
    Listed,
    /// A note takes it out.
    TakenOut {
        /// Which.
        note: String,
    },
    /// A limb does not hold.
    NotMet {
        /// Which.
        limb: String,
    },
    /// A limb is open: its questions settle it.
    Open,
}

/// An entry that was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Considered {
    /// Its id in the pack.
    pub entry: String,
    /// List to the code it has there.
    pub codes: BTreeMap<String, String>,
    /// What it covers, in our words.
    pub heading: String,
    /// What pointed to it.
    pub because: Vec<String>,
    /// Whether what pointed to it is sure: else it is only asked about.
    pub sure: bool,
    /// Whether it leaves the list open where it is not settled: what only a vague word
    /// points to does not, where somebody said what the item can do.
    pub opens: bool,
    /// How it comes out.
    pub state: State,
    /// Limb by limb.
    pub steps: Vec<Step>,
    /// Boundaries to other entries, as questions.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub beside: Vec<Question>,
    /// What is doubtful about the wording.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub doubts: Vec<String>,
}

impl Considered {
    /// The parameters still open, as questions, each once.
    pub fn open(&self) -> Vec<&Question> {
        let mut open: Vec<&Question> = Vec::new();
        let limbs = self
            .steps
            .iter()
            .filter(|step| !step.takes_out || self.state == State::Listed)
            .flat_map(|step| &step.questions);
        for question in limbs.chain(&self.beside) {
            if !open.iter().any(|known| known.id == question.id) {
                open.push(question);
            }
        }
        open
    }
}

impl Controls {
    /// Every entry that something points to, the likeliest first.
    pub(crate) fn consider(
        &self,
        item: &Item,
        recognised: &[Recognised],
        pointed: &BTreeMap<usize, String>,
        facts: &Facts,
        day: scruple_model::Date,
    ) -> Vec<Considered> {
        let mut ranked = Vec::new();
        for (index, read) in self.entries.iter().enumerate() {
            let body = &read.entry.body;
            if matches!(
                read.entry.force_on(day),
                scruple_model::Force::NotYet { .. } | scruple_model::Force::Ended { .. }
            ) {
                continue;
            }
            let mut because = Vec::new();
            let (mut sure, mut opens) = (false, false);
            let mut rank = usize::MAX;
            for (place, one) in recognised.iter().enumerate() {
                if let Some(order) = body.points.iter().position(|id| *id == one.id) {
                    because.push(format!("{} ({})", one.label, one.words.join(", ")));
                    let firm = one.standing != Standing::Ask;
                    sure |= firm;
                    opens |= one.unclaimed && facts.nothing_claimed;
                    rank = rank.min(order + place * 4 + if firm { 0 } else { 400 });
                }
            }
            if let Some(words) = pointed.get(&index) {
                because.push(format!("the words \"{words}\""));
                // Words of the entry's own say less than a capability that is claimed.
                sure |= !item.claims_none;
                rank = rank.saturating_sub(6).min(200);
            }
            if let Some(code) = stated_code(item, body) {
                because.push(format!("items.control_codes = {code}"));
                sure = true;
                rank = 0;
            }
            if because.is_empty() {
                continue;
            }
            let claims_nothing_at_all = !item.claims_none && item.capabilities.is_empty();
            opens |= sure || claims_nothing_at_all;
            let considered = self.evaluate_entry(read, because, (sure, opens), facts, day);
            let state = match considered.state {
                State::Listed => 0,
                State::Open => 1,
                State::TakenOut { .. } => 2,
                State::NotMet { .. } => 3,
            };
            ranked.push(((!sure, state, rank, index), considered));
        }
        ranked.sort_by_key(|(key, _)| *key);
        ranked
            .into_iter()
            .map(|(_, considered)| considered)
            .collect()
    }

    fn evaluate_entry(
        &self,
        read: &ReadEntry,
        because: Vec<String>,
        (sure, opens): (bool, bool),
        facts: &Facts,
        day: scruple_model::Date,
    ) -> Considered {
        let body = &read.entry.body;
        let limbs: Vec<Step> = read
            .limbs
            .iter()
            .map(|limb| self.step(limb, facts, false))
            .collect();
        let notes: Vec<Step> = read
            .unless
            .iter()
            .map(|limb| self.step(limb, facts, true))
            .collect();
        // Work, or access from afar, hands nothing over: what would be listed is asked.
        let handed_over = ["service", "cloud"].iter().all(|name| {
            !facts.get(name).is_some_and(|known| {
                known.whose == Whose::Stated && known.value == Value::Truth(true)
            })
        });
        let first = limbs.first().map_or(Answer::Yes, |step| step.answer);
        let opens = opens && (!body.side || first == Answer::Yes);
        let state = match state_of(&read.entry, &limbs, &notes, sure, facts) {
            State::Listed if !handed_over => State::Open,
            state => state,
        };
        Considered {
            entry: read.entry.id.to_string(),
            codes: body
                .lists
                .iter()
                .map(|(list, listing)| (list.clone(), listing.code.clone()))
                .collect(),
            heading: body.heading.clone(),
            because,
            sure,
            opens,
            state,
            steps: limbs.into_iter().chain(notes).collect(),
            beside: body
                .ask
                .iter()
                .filter(|name| facts.truth(name) != Some(true))
                .filter_map(|name| self.fact(name))
                .filter(|fact| {
                    fact.kind == crate::fact::Kind::YesNo || facts.get(&fact.id).is_none()
                })
                .map(crate::fact::FactEntry::question)
                .collect(),
            doubts: read.entry.doubts(day),
        }
    }
}

/// Unverified wording raises a question or a candidate, and never a No.
/// A note that nobody speaks of takes nothing out; one of which somebody says that it is
/// unknown leaves the entry open, and so does one that only words of the description show.
fn state_of(
    entry: &Entry<EntryBody>,
    limbs: &[Step],
    notes: &[Step],
    sure: bool,
    facts: &Facts,
) -> State {
    let all = limbs
        .iter()
        .map(|step| step.answer)
        .fold(Answer::Yes, Answer::and);
    let holds = || notes.iter().filter(|step| step.answer == Answer::Yes);
    let note = holds()
        .find(|step| !step.rests_on_words_alone())
        .or_else(|| holds().next());
    let doubted = notes
        .iter()
        .filter(|step| step.answer == Answer::CannotTell)
        .flat_map(|step| &step.rests)
        .any(|rests| facts.is_stated_open(&rests.fact));
    let may_deny = matches!(entry.verified, Verified::Against { .. });
    match (all, note) {
        (Answer::No, _) => match limbs.iter().find(|step| step.answer == Answer::No) {
            Some(limb) if may_deny => State::NotMet {
                limb: limb.says.clone(),
            },
            _ => State::Open,
        },
        (_, Some(note)) if may_deny && !note.rests_on_words_alone() => State::TakenOut {
            note: note.says.clone(),
        },
        (_, Some(_)) => State::Open,
        (Answer::Yes, None) if sure && !doubted => State::Listed,
        (_, None) => State::Open,
    }
}

/// A code of the item that is this entry's or lies below or above it.
fn stated_code<'a>(item: &'a Item, body: &EntryBody) -> Option<&'a str> {
    let plain = |code: &str| code.trim().trim_end_matches('.').to_uppercase();
    item.control_codes
        .iter()
        .find(|stated| {
            body.lists.values().any(|listing| {
                let (code, stated) = (plain(&listing.code), plain(stated));
                code == stated
                    || code.starts_with(&format!("{stated}."))
                    || stated.starts_with(&format!("{code}."))
            })
        })
        .map(String::as_str)
}
