//! What every rule carries, whatever it says.

use scruple_model::{Date, Evidence, Force, RuleId};
use serde::Deserialize;

/// Where a rule is published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The instrument: `Regulation (EU) 2021/821`.
    pub instrument: String,
    /// The article, section or paragraph in it.
    #[serde(default)]
    pub article: Option<String>,
    /// The publisher's page.
    #[serde(default)]
    pub link: Option<String>,
}

impl std::fmt::Display for Citation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.instrument)?;
        match &self.article {
            Some(article) => write!(f, ", {article}"),
            None => Ok(()),
        }
    }
}

/// What a rule is during a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It binds.
    InForce,
    /// It is law that does not bind for the time being.
    Suspended,
    /// Nobody has adopted it yet.
    Proposed,
    /// It does not bind as law.
    Guidance,
}

/// A stretch of time in which a rule has one status.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The first day after it; none while nobody has set one.
    #[serde(default)]
    pub until: Option<Date>,
    /// What the rule is in it.
    pub status: Status,
    /// What says so.
    pub citation: String,
}

impl Period {
    fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Whether the wording was compared with the official text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Verified {
    /// `false`: nobody has.
    No(bool),
    /// Somebody has.
    #[serde(rename_all = "kebab-case")]
    Against {
        /// With which text.
        against: String,
        /// On which day.
        on: Date,
    },
}

/// What is said of an entry whose wording nobody compared.
pub const UNVERIFIED: &str = "wording not yet compared with the official text";

/// One rule: the envelope, and a body whose type belongs to the crate that evaluates it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry<T> {
    /// Its id.
    pub id: RuleId,
    /// What it says, in our words.
    pub summary: String,
    /// Where it is published.
    pub citation: Citation,
    /// When it is what.
    pub periods: Vec<Period>,
    /// The last day anybody looked at the publisher.
    pub checked: Date,
    /// Whether the wording was compared.
    pub verified: Verified,
    /// What it says, as facts.
    pub body: T,
}

impl<T> Entry<T> {
    /// Whether the rule binds on `day`.
    pub fn force_on(&self, day: Date) -> Force {
        if let Some(period) = self.periods.iter().find(|period| period.holds_on(day)) {
            return match period.status {
                Status::InForce => Force::InForce,
                Status::Suspended => Force::Suspended {
                    until: period.until,
                },
                Status::Proposed => Force::Proposed,
                Status::Guidance => Force::Guidance,
            };
        }
        let next = self
            .periods
            .iter()
            .map(|period| period.from)
            .filter(|from| *from > day)
            .min();
        match next {
            Some(from) => Force::NotYet { from },
            // Loading refuses a rule without periods, and one that covers no day from
            // here on has ended with its last.
            None => Force::Ended {
                on: self
                    .periods
                    .iter()
                    .filter_map(|period| period.until)
                    .max()
                    .unwrap_or(day),
            },
        }
    }

    /// Whether somebody compared the wording with the official text.
    pub fn is_verified(&self) -> bool {
        matches!(self.verified, Verified::Against { .. })
    }

    /// What a reader has to know about how far this entry can be trusted on `day`.
    pub fn doubts(&self, day: Date) -> Vec<String> {
        let mut doubts = Vec::new();
        if !self.is_verified() {
            doubts.push(UNVERIFIED.to_owned());
        }
        for period in &self.periods {
            if period.from > self.checked && period.from <= day {
                doubts.push(format!(
                    "a period of this rule began on {}, after it was last compared with its \
                     publisher on {}: confirm that it did ({})",
                    period.from, self.checked, period.citation
                ));
            }
        }
        doubts
    }

    /// The rule as evidence: our words, the citation, the hash of its pack.
    pub fn as_evidence(&self, pack: &str, hash: &str) -> Evidence {
        Evidence {
            source: pack.to_owned(),
            snapshot: Some(hash.to_owned()),
            record: None,
            field: self.citation.to_string(),
            text: self.summary.clone(),
            date: Some(self.checked.to_string()),
            published: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn rule(periods: &[(&str, Option<&str>, Status)]) -> Entry<()> {
        Entry {
            id: "us.test".into(),
            summary: "A rule.".into(),
            citation: Citation {
                instrument: "An act".into(),
                article: None,
                link: None,
            },
            periods: periods
                .iter()
                .map(|(from, until, status)| Period {
                    from: day(from),
                    until: until.map(day),
                    status: *status,
                    citation: "its gazette".into(),
                })
                .collect(),
            checked: day("2026-01-01"),
            verified: Verified::No(false),
            body: (),
        }
    }

    #[test]
    fn a_suspended_rule_comes_back_by_its_own_terms() {
        let rule = rule(&[
            ("2025-09-29", Some("2025-11-10"), Status::InForce),
            ("2025-11-10", Some("2026-11-10"), Status::Suspended),
            ("2026-11-10", None, Status::InForce),
        ]);
        let until = Some(day("2026-11-10"));
        assert_eq!(
            rule.force_on(day("2025-09-28")),
            Force::NotYet {
                from: day("2025-09-29")
            }
        );
        assert_eq!(rule.force_on(day("2025-09-29")), Force::InForce);
        assert_eq!(rule.force_on(day("2025-11-10")), Force::Suspended { until });
        assert_eq!(rule.force_on(day("2026-11-10")), Force::InForce);
    }

    #[test]
    fn a_rule_whose_periods_are_over_has_ended() {
        let rule = rule(&[("2011-05-09", Some("2025-06-30"), Status::InForce)]);
        assert_eq!(
            rule.force_on(day("2026-01-01")),
            Force::Ended {
                on: day("2025-06-30")
            }
        );
    }

    #[test]
    fn a_period_that_began_after_the_last_look_asks_to_confirm() {
        let rule = rule(&[("2026-11-10", None, Status::InForce)]);
        let doubts = rule.doubts(day("2026-11-22")).join("\n");
        assert!(doubts.contains("confirm"), "{doubts}");
        assert!(
            !rule
                .doubts(day("2026-11-01"))
                .join("\n")
                .contains("confirm")
        );
    }
}
