//! A due-diligence report of a period, from decided briefs: `scruple.report/1`.
//!
//! It follows the headings of the UN Guiding Principles Reporting Framework, says
//! what was refused, changed and followed up, and leaves to its reader what no
//! program knows: the policy, and what was learned.
//!
//! It is made to be published. So it takes nothing of a person, no title and no
//! reason, which are free text, and shows no count so small that somebody could tell
//! which deal it was: from one to four it says "fewer than 5", and where such a count
//! could be had by subtraction from a total, a second one is withheld.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_assess::assessment::State;
use scruple_assess::{Assessment, Remedy};
use scruple_model::{Answer, Date, Severity};
use serde::{Deserialize, Serialize};

use crate::Brief;
use crate::conditions::{Log, Standing};
use crate::decision::Outcome;

/// The name and number of this format.
pub const SCHEMA: &str = "scruple.report/1";

/// A count below this is not shown.
pub const LEAST: usize = 5;

/// A stretch of days, both ends within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// The first day.
    #[schemars(with = "String")]
    pub from: Date,
    /// The last day.
    #[schemars(with = "String")]
    pub to: Date,
}

impl Period {
    /// Reads a year, or two days with `..` between them.
    ///
    /// # Errors
    /// What was expected, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fail = || "write a year, such as 2026, or two days: 2026-01-01..2026-06-30".to_owned();
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (from.to_owned(), to.to_owned()),
            None if text.len() == 4 => (format!("{text}-01-01"), format!("{text}-12-31")),
            None => return Err(fail()),
        };
        let day = |text: &str| text.trim().parse::<Date>().map_err(|_| fail());
        let period = Self {
            from: day(&from)?,
            to: day(&to)?,
        };
        if period.from > period.to {
            return Err("the period ends before it begins".to_owned());
        }
        Ok(period)
    }

    fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// A count, or that it is too small to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// What is counted.
    pub of: String,
    /// How many; none where it is not shown.
    pub count: Option<usize>,
    /// The same as text.
    pub text: String,
}

/// One table of counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// What it counts.
    pub title: String,
    /// Its rows.
    pub rows: Vec<Count>,
}

/// One heading of the framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Heading {
    /// "C4".
    pub id: String,
    /// "Integrating findings and taking action".
    pub title: String,
    /// Sentences.
    pub text: Vec<String>,
    /// Counts.
    pub tables: Vec<Table>,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// `scruple.report/1`.
    pub schema: String,
    /// The period.
    pub period: Period,
    /// The day it was made.
    #[schemars(with = "String")]
    pub made: Date,
    /// How many briefs were decided in it.
    pub decided: Count,
    /// What had to be left out, and why.
    pub left_out: Vec<String>,
    /// Heading by heading.
    pub headings: Vec<Heading>,
    /// The footer.
    pub footer: String,
}

/// A brief and what was decided on it.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The brief.
    pub brief: Brief,
    /// Its decisions and follow-ups.
    pub log: Log,
}

/// Counts in the making.
struct Tally {
    title: String,
    rows: BTreeMap<String, usize>,
    /// Whether its rows add up to the number of briefs, so that a missing one can be had
    /// by subtraction.
    adds_up: bool,
}

impl Tally {
    fn new(title: &str, adds_up: bool, rows: &[&str]) -> Self {
        Self {
            title: title.to_owned(),
            rows: rows.iter().map(|row| ((*row).to_owned(), 0)).collect(),
            adds_up,
        }
    }

    fn add(&mut self, row: &str) {
        *self.rows.entry(row.to_owned()).or_default() += 1;
    }

    fn finish(self) -> Table {
        let small = |count: usize| (1..LEAST).contains(&count);
        let hidden = self.rows.values().filter(|count| small(**count)).count();
        // One hidden row and a total give the row away: hide the next smallest with it.
        let second = (self.adds_up && hidden == 1)
            .then(|| {
                self.rows
                    .iter()
                    .filter(|(_, count)| **count >= LEAST)
                    .min_by_key(|(_, count)| **count)
                    .map(|(row, _)| row.clone())
            })
            .flatten();
        let rows = self
            .rows
            .into_iter()
            .map(|(of, count)| {
                if second.as_ref() == Some(&of) {
                    Count {
                        of,
                        count: None,
                        text: "withheld, so that a smaller one cannot be worked out".to_owned(),
                    }
                } else {
                    shown(of, count)
                }
            })
            .collect();
        Table {
            title: self.title,
            rows,
        }
    }
}

fn shown(of: impl Into<String>, count: usize) -> Count {
    let is_small = (1..LEAST).contains(&count);
    Count {
        of: of.into(),
        count: (!is_small).then_some(count),
        text: if is_small {
            format!("fewer than {LEAST}")
        } else {
            count.to_string()
        },
    }
}

/// Makes the report of a period from everything decided; `left_out` says what could
/// not be read.
pub fn report(all: &[Decided], period: Period, made: Date, left_out: Vec<String>) -> Report {
    let decided: Vec<&Decided> = all
        .iter()
        .filter(|one| {
            one.log
                .last()
                .is_some_and(|(_, decision)| period.holds(decision.on))
        })
        .collect();
    Report {
        schema: SCHEMA.to_owned(),
        period,
        made,
        decided: shown("briefs decided", decided.len()),
        left_out,
        headings: headings(&decided, period, made),
        footer: crate::brief::FOOTER.to_owned(),
    }
}

fn headings(decided: &[&Decided], period: Period, made: Date) -> Vec<Heading> {
    let assessed: Vec<&Assessment> = decided
        .iter()
        .filter_map(|one| one.brief.assessment.as_ref())
        .collect();
    let yours = || vec!["For you to write: no deal shows it.".to_owned()];
    vec![
        heading("A1", "Policy commitment", yours(), Vec::new()),
        heading(
            "A2",
            "Embedding respect for human rights",
            vec![
                "Every decision counted here carries the name of a person and a reason; neither \
                 is part of this report."
                    .to_owned(),
            ],
            vec![past_stops(decided)],
        ),
        heading(
            "B1",
            "Statement of salient issues",
            vec!["Rights that severe harm would touch, by the briefs that name them.".to_owned()],
            vec![rights(&assessed)],
        ),
        heading(
            "B2",
            "Determination of salient issues",
            vec![
                "Severity is the largest of scale, scope and irremediability; what was not \
                 answered counted as the worst answer. Severity outranks likelihood."
                    .to_owned(),
            ],
            vec![assessed_or_not(decided)],
        ),
        heading(
            "B3",
            "Choice of focal geographies",
            vec!["Where the items were to be used, or were made.".to_owned()],
            vec![places(&assessed)],
        ),
        heading(
            "B4",
            "Additional severe impacts",
            vec![
                "Patterns documented elsewhere of which features were present. A pattern \
                 describes the facts of deals, not the conduct of a party."
                    .to_owned(),
            ],
            vec![patterns(&assessed)],
        ),
        heading("C1", "Specific policies", yours(), Vec::new()),
        heading(
            "C2",
            "Stakeholder engagement",
            Vec::new(),
            vec![consulted(&assessed)],
        ),
        heading(
            "C3",
            "Assessing impacts",
            Vec::new(),
            vec![stop_rule(&assessed)],
        ),
        heading(
            "C4",
            "Integrating findings and taking action",
            Vec::new(),
            vec![outcomes(decided), changed(decided), measures(&assessed)],
        ),
        heading(
            "C5",
            "Tracking performance",
            vec![format!(
                "Conditions of decisions, as they stand on {}.",
                made.min(period.to)
            )],
            vec![conditions(decided, made.min(period.to))],
        ),
        heading("C6", "Remediation", Vec::new(), vec![redress(&assessed)]),
    ]
}

fn heading(id: &str, title: &str, text: Vec<String>, tables: Vec<Table>) -> Heading {
    Heading {
        id: id.to_owned(),
        title: title.to_owned(),
        text,
        tables,
    }
}

fn outcomes(decided: &[&Decided]) -> Table {
    let rows = ["refused", "gone on with", "gone on with under conditions"];
    let mut tally = Tally::new("What was decided", true, &rows);
    for (_, decision) in decided.iter().filter_map(|one| one.log.last()) {
        tally.add(match decision.outcome {
            Outcome::Stop => rows[0],
            Outcome::Proceed => rows[1],
            Outcome::Conditions => rows[2],
        });
    }
    tally.finish()
}

fn past_stops(decided: &[&Decided]) -> Table {
    let rows = ["gone on past a stop-level finding, by name", "not"];
    let mut tally = Tally::new("Decisions past a stop", true, &rows);
    for (_, decision) in decided.iter().filter_map(|one| one.log.last()) {
        tally.add(rows[usize::from(decision.past_stops.is_empty())]);
    }
    tally.finish()
}

fn changed(decided: &[&Decided]) -> Table {
    let rows = ["decided otherwise later", "decided once, or the same again"];
    let mut tally = Tally::new("What was changed", true, &rows);
    for one in decided {
        let mut outcomes: Vec<Outcome> = one.log.decisions.iter().map(|(_, d)| d.outcome).collect();
        outcomes.dedup();
        tally.add(rows[usize::from(outcomes.len() < 2)]);
    }
    tally.finish()
}

fn conditions(decided: &[&Decided], day: Date) -> Table {
    let all = [
        Standing::Met,
        Standing::Open,
        Standing::Undated,
        Standing::Overdue,
        Standing::DueAgain,
    ];
    let rows: Vec<&str> = all.iter().map(|one| one.words()).collect();
    let mut tally = Tally::new("What was followed up", true, &rows);
    for one in decided.iter().flat_map(|one| one.log.conditions(day)) {
        tally.add(one.standing.words());
    }
    tally.finish()
}

fn assessed_or_not(decided: &[&Decided]) -> Table {
    let rows = [
        "assessed for harm to people",
        "not assessed: no capability named",
    ];
    let mut tally = Tally::new("Briefs", true, &rows);
    for one in decided {
        tally.add(rows[usize::from(one.brief.assessment.is_none())]);
    }
    tally.finish()
}

fn rights(assessed: &[&Assessment]) -> Table {
    let mut tally = Tally::new("Rights at risk", false, &[]);
    for one in assessed {
        let severe = |severity: Severity| severity <= Severity::Serious;
        let mut labels: Vec<&str> = one
            .impacts
            .iter()
            .filter(|impact| severe(impact.severity.at_most))
            .flat_map(|impact| &impact.rights)
            .filter(|right| severe(right.scale))
            .map(|right| right.label.as_str())
            .collect();
        labels.sort_unstable();
        labels.dedup();
        labels.into_iter().for_each(|label| tally.add(label));
    }
    tally.finish()
}

fn places(assessed: &[&Assessment]) -> Table {
    let mut tally = Tally::new("Places", false, &[]);
    for one in assessed {
        let mut names: Vec<&str> = one.impacts.iter().map(|i| i.place.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|name| tally.add(name));
    }
    // A place of a single deal names that deal: the small ones stand together.
    let (small, large): (Vec<_>, Vec<_>) = std::mem::take(&mut tally.rows)
        .into_iter()
        .partition(|(_, count)| *count < LEAST);
    tally.rows = large.into_iter().collect();
    if !small.is_empty() {
        let rest = small.iter().map(|(_, count)| count).sum();
        tally.rows.insert("other places".to_owned(), rest);
    }
    tally.finish()
}

fn patterns(assessed: &[&Assessment]) -> Table {
    let mut tally = Tally::new("Patterns", false, &[]);
    for pattern in assessed
        .iter()
        .flat_map(|one| &one.patterns)
        .filter(|pattern| pattern.reaches)
    {
        tally.add(&pattern.label);
    }
    tally.finish()
}

fn consulted(assessed: &[&Assessment]) -> Table {
    let rows = [
        "people concerned were consulted",
        "nobody was, with a reason written down",
        "nobody was, and nobody said why",
    ];
    let mut tally = Tally::new("Before the decision", true, &rows);
    for one in assessed {
        tally.add(match one.consultation.answer {
            Answer::Yes => rows[0],
            Answer::No => rows[1],
            Answer::CannotTell => rows[2],
        });
    }
    tally.finish()
}

fn stop_rule(assessed: &[&Assessment]) -> Table {
    let rows = ["not to go on", "could not tell yet", "stop rule not met"];
    let mut tally = Tally::new("What the assessment recommended", true, &rows);
    for one in assessed {
        tally.add(match one.stop {
            Answer::Yes => rows[0],
            Answer::CannotTell => rows[1],
            Answer::No => rows[2],
        });
    }
    tally.finish()
}

fn measures(assessed: &[&Assessment]) -> Table {
    let mut tally = Tally::new("Measures in place", false, &[]);
    for one in assessed {
        let mut labels: Vec<&str> = one
            .impacts
            .iter()
            .flat_map(|impact| &impact.measures)
            .filter(|measure| measure.state == State::InPlace)
            .map(|measure| measure.label.as_str())
            .collect();
        labels.sort_unstable();
        labels.dedup();
        labels.into_iter().for_each(|label| tally.add(label));
    }
    tally.finish()
}

fn redress(assessed: &[&Assessment]) -> Table {
    let rows = ["a channel is there", "there is none", "not known"];
    let mut tally = Tally::new("Redress for people who are harmed", true, &rows);
    for one in assessed {
        tally.add(match one.redress.is {
            Some(Remedy::There) => rows[0],
            Some(Remedy::Missing) => rows[1],
            None => rows[2],
        });
    }
    tally.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, usize)], adds_up: bool) -> Vec<(String, Option<usize>)> {
        let mut tally = Tally::new("t", adds_up, &[]);
        for (row, count) in rows {
            tally.rows.insert((*row).to_owned(), *count);
        }
        let table = tally.finish();
        table
            .rows
            .into_iter()
            .map(|row| (row.of, row.count))
            .collect()
    }

    #[test]
    fn a_small_count_is_not_shown_and_cannot_be_worked_out() {
        let shown = table(&[("a", 3), ("b", 7), ("c", 20), ("d", 0)], true);
        let counts: Vec<Option<usize>> = shown.into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [None, None, Some(20), Some(0)]);
    }

    #[test]
    fn two_small_counts_hide_each_other() {
        let shown = table(&[("a", 3), ("b", 2), ("c", 20)], true);
        assert_eq!(shown[2].1, Some(20));
        assert_eq!((shown[0].1, shown[1].1), (None, None));
    }

    #[test]
    fn a_period_is_a_year_or_two_days() {
        let year = Period::parse("2026").unwrap();
        assert_eq!(
            (year.from.to_string(), year.to.to_string()),
            ("2026-01-01".into(), "2026-12-31".into())
        );
        assert!(Period::parse("2026-01-01..2026-06-30").is_ok());
        for bad in [
            "26",
            "2026-02-30..2026-03-01",
            "2026-06-30..2026-01-01",
            "",
            "next year",
        ] {
            assert!(Period::parse(bad).is_err(), "{bad}");
        }
    }
}
