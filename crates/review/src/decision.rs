//! One decision, as it is kept and exported: `scruple.review/1`.

use schemars::JsonSchema;
use scruple_model::date::Span;
use scruple_model::{Date, RecordId};
use serde::{Deserialize, Serialize};

use crate::facts::{Facts, Tags, plain};
use crate::{Key, Subject};

/// The name and number of this format. Additive changes keep the number.
pub const SCHEMA: &str = "scruple.review/1";

/// How long a decision is kept after the last one on its pair, where nobody says
/// otherwise, in years.
pub const KEEP_YEARS: i32 = 1;

/// Longest reason, in bytes.
const LONGEST_REASON: usize = 500;
/// Longest reviewer, in bytes: initials or a staff id.
const LONGEST_REVIEWER: usize = 40;

/// What somebody decided about a pair.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The query asks for the listed party.
    SameParty,
    /// It does not.
    NotTheSame,
    /// It cannot be told yet.
    NotSure,
}

impl Outcome {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::SameParty => "same party",
            Self::NotTheSame => "not the same",
            Self::NotSure => "not sure",
        }
    }
}

/// A decision on a query and a listed party. Of the query it holds keyed hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// `scruple.review/1`.
    pub schema: String,
    /// Which key its hashes were made with.
    pub key: String,
    /// The query, by the keyed hash of its name.
    pub subject: Subject,
    /// The listed party.
    pub record: RecordId,
    /// What was decided.
    pub outcome: Outcome,
    /// Why, in the reviewer's words.
    pub reason: String,
    /// Who decided: initials or a staff id.
    pub by: String,
    /// When.
    #[schemars(with = "String")]
    pub on: Date,
    /// The last day on which it counts, where the reviewer named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// The last day on which it is kept, unless a later decision on the pair keeps it.
    #[schemars(with = "String")]
    pub keep_until: Date,
    /// The query's facts it was taken on, as keyed tags.
    pub query: Tags,
    /// The listed party's facts it was taken on, as keyed tags.
    pub listed: Tags,
    /// SHA-256 of the list's copy it was taken on, where one is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
}

/// Why a decision is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No reason.
    #[error("a decision needs a reason; next: say with --reason what told you")]
    NoReason,
    /// Nobody.
    #[error("a decision needs somebody who took it; next: give initials or a staff id with --by")]
    Nobody,
    /// A reason that goes on.
    #[error(
        "the reason has more than {LONGEST_REASON} bytes; next: say it in a sentence, and keep the rest in your own file"
    )]
    LongReason,
    /// A reviewer that is no id.
    #[error("--by has more than {LONGEST_REVIEWER} bytes; next: give initials or a staff id")]
    LongReviewer,
    /// A name where none may be kept.
    #[error(
        "the {field} holds the name that was asked for, and no name is kept; next: leave it out, a reason needs none: \"other birth date, other country\""
    )]
    Names {
        /// `reason` or `reviewer`.
        field: &'static str,
    },
    /// It would have ended before it began.
    #[error("--until {until} is before {on}; next: give a later day, or leave it out")]
    Over {
        /// The day given.
        until: Date,
        /// The day of the decision.
        on: Date,
    },
    /// It would leave before it was kept.
    #[error("--keep-until {keep_until} is before {on}; next: give a later day, or leave it out")]
    NotKept {
        /// The day given.
        keep_until: Date,
        /// The day of the decision.
        on: Date,
    },
}

impl Decision {
    /// A decision of `on`, taken by `by` on the facts of today.
    ///
    /// # Errors
    /// [`Refused`] where nobody or nothing stands behind it, where it holds the name
    /// it is about, or where its days run backwards.
    #[expect(clippy::too_many_arguments, reason = "each is a part of the record")]
    pub fn new(
        key: &Key,
        query: &Facts,
        listed: (&RecordId, &Facts),
        outcome: Outcome,
        by: &str,
        reason: &str,
        on: Date,
        until: Option<Date>,
        keep_until: Option<Date>,
    ) -> Result<Self, Refused> {
        let (by, reason) = (one_line(by), one_line(reason));
        if reason.is_empty() {
            return Err(Refused::NoReason);
        }
        if by.is_empty() {
            return Err(Refused::Nobody);
        }
        if reason.len() > LONGEST_REASON {
            return Err(Refused::LongReason);
        }
        if by.len() > LONGEST_REVIEWER {
            return Err(Refused::LongReviewer);
        }
        for (field, text) in [("reason", &reason), ("reviewer", &by)] {
            if holds(text, query.name()) {
                return Err(Refused::Names { field });
            }
        }
        if let Some(until) = until.filter(|until| *until < on) {
            return Err(Refused::Over { until, on });
        }
        if let Some(keep_until) = keep_until.filter(|keep_until| *keep_until < on) {
            return Err(Refused::NotKept { keep_until, on });
        }
        let (record, listed) = listed;
        Ok(Self {
            schema: SCHEMA.to_owned(),
            key: key.id(),
            subject: key.subject(query.name()),
            record: record.clone(),
            outcome,
            reason,
            by,
            on,
            until,
            keep_until: keep_until.unwrap_or_else(|| kept_until(on)),
            query: key.tags(query),
            listed: key.tags(listed),
            copy: None,
        })
    }

    /// Whether it is old enough that it no longer counts on `day`.
    pub fn is_over(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }
}

/// The last day on which a decision of `on` is kept where nobody says otherwise.
pub fn kept_until(on: Date) -> Date {
    on.checked_add(Span::new().years(KEEP_YEARS)).unwrap_or(on)
}

/// Whether a text holds a name as words of its own. A name of one or two letters
/// stands in many a word by chance.
fn holds(text: &str, name: &str) -> bool {
    let words = |text: &str| {
        let plain = plain(text);
        let all: Vec<&str> = plain
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        format!(" {} ", all.join(" "))
    };
    let (text, name) = (words(text), words(name));
    // Scripts without spaces have no words of their own.
    let inside = name.trim().chars().any(|c| c as u32 >= 0x2e80);
    name.trim().chars().count() > 1
        && (text.contains(&name) || (inside && text.contains(name.trim())))
}

/// The text on one line, without characters that drive a terminal.
fn one_line(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(by: &str, reason: &str, until: Option<&str>) -> Result<Decision, Refused> {
        let query = Facts::of_query("Li Wei");
        Decision::new(
            &Key::new([1; 32]),
            &query,
            (&RecordId::from("xx-a:1"), &Facts::of_query("LI Wei")),
            Outcome::NotTheSame,
            by,
            reason,
            "2026-11-22".parse().unwrap(),
            until.map(|day| day.parse().unwrap()),
            None,
        )
    }

    #[test]
    fn a_decision_is_kept_for_a_year_and_comes_back_from_json() {
        let decision = decide("AB", "other birth date", None).unwrap();
        assert_eq!(decision.keep_until.to_string(), "2027-11-22");
        let text = serde_json::to_string(&decision).unwrap();
        assert!(!text.to_lowercase().contains("wei"), "{text}");
        let back: Decision = serde_json::from_str(&text).unwrap();
        assert_eq!(back, decision);
    }

    #[test]
    fn nobody_nothing_and_names_are_refused() {
        assert_eq!(decide(" ", "x", None), Err(Refused::Nobody));
        assert_eq!(decide("AB", "\n", None), Err(Refused::NoReason));
        assert_eq!(
            decide("AB", "this LI  wei is another", None),
            Err(Refused::Names { field: "reason" })
        );
        assert_eq!(
            decide("Li-Wei", "other", None),
            Err(Refused::Names { field: "reviewer" })
        );
        assert_eq!(
            decide("AB", &"long ".repeat(200), None),
            Err(Refused::LongReason)
        );
        assert!(matches!(
            decide("AB", "x", Some("2026-11-21")),
            Err(Refused::Over { .. })
        ));
        assert!(decide("AB", "believes otherwise", None).is_ok());
    }

    #[test]
    fn a_name_without_spaces_is_found_inside() {
        assert!(holds("与王小明不同", "王小明"));
        assert!(!holds("a believer", "lie"));
        assert!(!holds("x", "x"));
    }

    #[test]
    fn a_day_named_counts_until_it_is_past() {
        let decision = decide("AB", "look again", Some("2026-12-01")).unwrap();
        assert!(!decision.is_over("2026-12-01".parse().unwrap()));
        assert!(decision.is_over("2026-12-02".parse().unwrap()));
    }
}
