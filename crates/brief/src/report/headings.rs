//! The headings of the UN Guiding Principles Reporting Framework, and the counts under each.

use scruple_assess::assessment::State;
use scruple_assess::{Assessment, Remedy};
use scruple_model::{Answer, Date, Severity};

use super::count::{LEAST, Table, Tally};
use super::{Decided, Heading, Period};
use crate::conditions::Standing;
use crate::decision::Outcome;

pub(super) fn headings(decided: &[&Decided], period: Period, made: Date) -> Vec<Heading> {
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
