//! What the decisions say of a pair today.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::hash::sha256_parts;
use scruple_model::{Date, RecordId};
use serde::{Deserialize, Serialize};

use crate::decision::{Decision, Outcome};
use crate::facts::{Facts, differences};
use crate::{Key, Subject};

/// How a match stands after its decisions.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Decided to be another party: it does not count as a hit.
    SetAside,
    /// Decided to be the same party: it counts.
    SameParty,
    /// Looked at, and not decided: it counts.
    NotSure,
    /// Decided once, on facts or for a time that are over: it counts again.
    Reopened,
}

/// What was decided about a match, and what that means today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// The listed record.
    pub record: RecordId,
    /// Its name to print.
    pub caption: String,
    /// How well it agrees, 0 to 10,000.
    pub score: u16,
    /// How the match stands.
    pub standing: Standing,
    /// What was decided.
    pub outcome: Outcome,
    /// When.
    #[schemars(with = "String")]
    pub on: Date,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The last day on which it counts, where one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// Why it counts again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<String>,
}

impl Note {
    /// The note on one line, without the record: `set aside by review on DATE by
    /// REVIEWER: REASON`.
    pub fn line(&self) -> String {
        let who = format!("on {} by {}: {}", self.on, self.by, self.reason);
        match self.standing {
            Standing::SetAside => format!("set aside by review {who}"),
            Standing::SameParty => format!("the same party by review {who}"),
            Standing::NotSure => format!("reviewed and not sure {who}"),
            Standing::Reopened => format!(
                "review reopened, {}; decided {} {who}",
                self.because.join("; "),
                self.outcome.words()
            ),
        }
    }
}

/// The decisions that are known, the key they are read with, and the day.
#[derive(Clone, Debug)]
pub struct Reviews {
    key: Option<Key>,
    by_pair: BTreeMap<(Subject, RecordId), Vec<Decision>>,
    day: Date,
    position: Option<String>,
    unreadable: usize,
}

impl Default for Reviews {
    fn default() -> Self {
        Self {
            key: None,
            by_pair: BTreeMap::new(),
            day: Date::ZERO,
            position: None,
            unreadable: 0,
        }
    }
}

impl Reviews {
    /// The decisions of a log, in its order, as they count on `day`. Those made with
    /// another key than `key` cannot be told from each other, and count as none.
    pub fn new(key: Option<Key>, log: Vec<Decision>, day: Date) -> Self {
        let position = Self::position_of(&log);
        let id = key.as_ref().map(Key::id);
        let mut by_pair: BTreeMap<(Subject, RecordId), Vec<Decision>> = BTreeMap::new();
        let mut unreadable = 0;
        for decision in log {
            if Some(&decision.key) == id.as_ref() {
                let pair = (decision.subject.clone(), decision.record.clone());
                by_pair.entry(pair).or_default().push(decision);
            } else {
                unreadable += 1;
            }
        }
        // What nobody may keep any longer does not speak either.
        by_pair.retain(|_, all| all.iter().any(|one| one.keep_until >= day));
        // Imported decisions may be older than those that were here.
        for all in by_pair.values_mut() {
            all.sort_by_key(|one| one.on);
        }
        Self {
            key,
            by_pair,
            day,
            position,
            unreadable,
        }
    }

    /// A name for exactly this log: how many decisions, and a hash over them. None
    /// for an empty one, so that who reviews nothing has the vintage he had.
    pub fn position_of(log: &[Decision]) -> Option<String> {
        let texts: Vec<String> = log
            .iter()
            .map(|one| serde_json::to_string(one).unwrap_or_default())
            .collect();
        let hash = sha256_parts(texts.iter().map(String::as_bytes));
        (!log.is_empty()).then(|| format!("{} {}", log.len(), hash.get(..16).unwrap_or(&hash)))
    }

    /// [`Reviews::position_of`] the log it was made of.
    pub fn position(&self) -> Option<&str> {
        self.position.as_deref()
    }

    /// How many decisions were made with a key that is not at hand.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Whether there is nothing to look up.
    pub fn is_empty(&self) -> bool {
        self.by_pair.is_empty()
    }

    /// What was decided about a match of `query`, and whether it holds: `None` where
    /// nobody ever decided. `listed` is asked only where somebody did.
    ///
    /// Of decisions on exactly these facts of the query the latest counts. Where the
    /// facts are others than ever before, the latest of all is told as reopened.
    pub fn of(
        &self,
        query: &Facts,
        (record, caption, score): (&RecordId, &str, u16),
        listed: impl FnOnce() -> Option<Facts>,
    ) -> Option<Note> {
        let key = self.key.as_ref().filter(|_| !self.by_pair.is_empty())?;
        let pair = (key.subject(query.name()), record.clone());
        let all = self.by_pair.get(&pair)?;
        let tags = key.tags(query);
        let latest = all.last()?;
        let decision = all.iter().rev().find(|one| one.query == tags);
        let mut because = Vec::new();
        match (decision, listed()) {
            (None, _) => because = differences("your record", &latest.query, query, key),
            (Some(decision), Some(listed)) => {
                because = differences("the list", &decision.listed, &listed, key);
            }
            (Some(_), None) => because.push("the listed record cannot be read".to_owned()),
        }
        let decision = decision.unwrap_or(latest);
        if let Some(until) = decision.until.filter(|_| decision.is_over(self.day)) {
            because.push(format!("it was to count until {until}"));
        }
        let standing = match decision.outcome {
            _ if !because.is_empty() => Standing::Reopened,
            Outcome::NotTheSame => Standing::SetAside,
            Outcome::SameParty => Standing::SameParty,
            Outcome::NotSure => Standing::NotSure,
        };
        Some(Note {
            record: record.clone(),
            caption: caption.to_owned(),
            score,
            standing,
            outcome: decision.outcome,
            on: decision.on,
            by: decision.by.clone(),
            reason: decision.reason.clone(),
            until: decision.until,
            because,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Group;

    const ON: &str = "2026-11-22";

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn key() -> Key {
        Key::new([9; 32])
    }

    fn record() -> RecordId {
        RecordId::from("xx-a:1")
    }

    fn query(country: Option<&str>) -> Facts {
        let mut facts = Facts::of_query("Li Wei");
        if let Some(country) = country {
            facts.add(Group::Countries, country);
        }
        facts
    }

    fn listed(born: &str) -> Facts {
        let mut facts = Facts::of_query("LI Wei");
        facts.add(Group::Dates, born);
        facts
    }

    fn decided(outcome: Outcome, query: &Facts, listed: &Facts, until: Option<&str>) -> Decision {
        Decision::new(
            &key(),
            query,
            (&record(), listed),
            outcome,
            "AB",
            "other date",
            day(ON),
            until.map(day),
            None,
        )
        .unwrap()
    }

    fn standing(
        log: Vec<Decision>,
        on: &str,
        query: &Facts,
        listed: &Facts,
    ) -> Option<(Standing, Vec<String>)> {
        Reviews::new(Some(key()), log, day(on))
            .of(query, (&record(), "LI Wei", 9_000), || Some(listed.clone()))
            .map(|note| (note.standing, note.because))
    }

    #[test]
    fn a_pair_is_silent_until_either_record_changes() {
        let (ours, theirs) = (query(Some("cn")), listed("1961"));
        let log = || vec![decided(Outcome::NotTheSame, &ours, &theirs, None)];
        let of = |q: &Facts, l: &Facts| standing(log(), ON, q, l).unwrap();
        assert_eq!(of(&ours, &theirs), (Standing::SetAside, vec![]));
        assert_eq!(
            of(&ours, &listed("1970")),
            (
                Standing::Reopened,
                vec![
                    "the list now gives the date 1970".to_owned(),
                    "the list no longer gives a date that it gave before".to_owned(),
                ]
            )
        );
        assert_eq!(
            of(&query(None), &theirs),
            (
                Standing::Reopened,
                vec!["your record no longer gives a country that it gave".to_owned()]
            )
        );
        // Somebody of another name was never decided on.
        let other = Facts::of_query("Wei Li");
        assert_eq!(standing(log(), ON, &other, &theirs), None);
    }

    #[test]
    fn a_second_party_of_the_same_name_does_not_lend_its_decision() {
        let (one, two, theirs) = (query(Some("cn")), query(Some("sg")), listed("1961"));
        let log = vec![
            decided(Outcome::NotTheSame, &one, &theirs, None),
            decided(Outcome::SameParty, &two, &theirs, None),
        ];
        let of = |q: &Facts| standing(log.clone(), ON, q, &theirs).unwrap().0;
        assert_eq!(of(&one), Standing::SetAside);
        assert_eq!(of(&two), Standing::SameParty);
        assert_eq!(of(&query(Some("my"))), Standing::Reopened);
    }

    #[test]
    fn the_latest_decision_counts_also_when_it_takes_one_back() {
        let (ours, theirs) = (query(None), listed("1961"));
        let mut log = vec![decided(Outcome::NotTheSame, &ours, &theirs, None)];
        log.push(decided(Outcome::NotSure, &ours, &theirs, None));
        assert_eq!(
            standing(log, ON, &ours, &theirs).unwrap().0,
            Standing::NotSure
        );
    }

    #[test]
    fn what_is_over_reopens_and_what_may_not_be_kept_is_silent() {
        let (ours, theirs) = (query(None), listed("1961"));
        let log = || {
            vec![decided(
                Outcome::NotTheSame,
                &ours,
                &theirs,
                Some("2026-12-01"),
            )]
        };
        let of = |on| standing(log(), on, &ours, &theirs);
        assert_eq!(of("2026-12-01").unwrap().0, Standing::SetAside);
        let (standing, because) = of("2026-12-02").unwrap();
        assert_eq!(standing, Standing::Reopened);
        assert_eq!(because, ["it was to count until 2026-12-01"]);
        assert!(of("2027-11-22").is_some());
        assert_eq!(of("2027-11-23"), None);
    }

    #[test]
    fn without_the_key_every_pair_counts_and_the_decisions_are_counted() {
        let (ours, theirs) = (query(None), listed("1961"));
        let log = vec![decided(Outcome::NotTheSame, &ours, &theirs, None)];
        for other in [None, Some(Key::new([8; 32]))] {
            let reviews = Reviews::new(other, log.clone(), day(ON));
            let note = reviews.of(&ours, (&record(), "LI Wei", 9_000), || None);
            assert_eq!((note, reviews.unreadable()), (None, 1));
        }
    }

    #[test]
    fn a_record_that_cannot_be_read_is_never_silenced() {
        let (ours, theirs) = (query(None), listed("1961"));
        let log = vec![decided(Outcome::NotTheSame, &ours, &theirs, None)];
        let note = Reviews::new(Some(key()), log, day(ON))
            .of(&ours, (&record(), "LI Wei", 9_000), || None)
            .unwrap();
        assert_eq!(note.standing, Standing::Reopened);
    }

    #[test]
    fn the_position_names_the_log() {
        let one = decided(Outcome::NotSure, &query(None), &listed("1961"), None);
        assert_eq!(Reviews::position_of(&[]), None);
        let a = Reviews::position_of(std::slice::from_ref(&one));
        let b = Reviews::position_of(&[one.clone(), one]);
        assert!(a.is_some() && a != b);
    }
}
