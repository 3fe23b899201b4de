//! What an assessment gives a brief: few findings, each with the annex behind it.
//!
//! An item has one finding, about the worst of its impacts: a page with a finding
//! for every capability in every pair of hands would not be read.

use scruple_model::{
    Answer, Band, Confidence, Contest, Date, Deal, Effect, Evidence, Finding, Question, RuleId,
    Severity, Step, Subject, Unchecked,
};
use scruple_pack::Entry;

use crate::Capability;
use crate::assessment::{Asked, Assessment, Impact, Matched, State};
use crate::likelihood::{Likelihood, word};
use crate::packs::{ImpactBody, Packs, RuleBody};
use crate::pattern::claim;

/// The duties that code knows by name; the pack has to have each.
pub(crate) const RULES: [&str; 8] = [
    STOP,
    ASSESS,
    CAPABILITIES,
    CONSULT,
    UPSTREAM,
    UPSTREAM_OPEN,
    TRACK,
    PATTERN,
];

const STOP: &str = "duty.ungp.stop";
const ASSESS: &str = "duty.ungp.assess";
/// Nobody said what an item can do to people.
pub const CAPABILITIES: &str = "duty.ungp.capabilities";
const CONSULT: &str = "duty.ungp.consult";
const UPSTREAM: &str = "duty.ungp.upstream";
const UPSTREAM_OPEN: &str = "duty.ungp.upstream-open";
/// A condition or measure that is due to be looked at again.
pub const TRACK: &str = "duty.ungp.track";
const PATTERN: &str = "duty.ungp.pattern";

/// A brief's first page names so many questions of a finding; the annex has all.
const MOST_QUESTIONS: usize = 5;

/// The findings of an assessment.
pub(crate) fn findings(
    assessment: &Assessment,
    deal: &Deal,
    capabilities: &[Capability],
    packs: &Packs,
    undescribed: &[usize],
) -> Vec<Finding> {
    let maker = Maker {
        packs,
        as_of: assessment.as_of,
    };
    let mut found = Vec::new();
    let items: std::collections::BTreeSet<&Subject> = assessment
        .impacts
        .iter()
        .map(|impact| &impact.subject)
        .collect();
    for subject in items {
        let of_item = || assessment.impacts.iter().filter(|i| i.subject == *subject);
        // The impacts stand in order, the worst first.
        let Some(worst) = of_item().next() else {
            continue;
        };
        let field = shown_in(worst, capabilities);
        found.extend(maker.item(worst, &field, of_item().count(), &assessment.questions));
    }
    for number in undescribed {
        let name = deal.items.get(number - 1).map_or("", |item| &item.name);
        found.extend(maker.make(
            CAPABILITIES,
            Subject::Item { number: *number },
            &[("{item}", name)],
            |finding| {
                finding.answer = Answer::CannotTell;
                finding
                    .evidence
                    .push(fact(format!("items[{number}].capabilities"), "unknown"));
                finding.questions.push(Question {
                    id: "q.capabilities".into(),
                    text: "What can it do to people: watch, identify, sort, silence, coerce?"
                        .into(),
                    ask: "the product manager".into(),
                    field: "[[items]] capabilities".into(),
                });
            },
        ));
    }
    if !assessment.impacts.is_empty() && assessment.consultation.answer != Answer::Yes {
        found.extend(maker.make(CONSULT, Subject::Deal, &[], |finding| {
            for line in &assessment.consultation.lines {
                finding.evidence.push(fact("answers", line));
            }
            if assessment.consultation.answer == Answer::No {
                // Somebody said why: that is an answer, if not a good one.
                finding.questions.clear();
            }
        }));
    }
    found.extend(due(&maker, assessment));
    for pattern in assessment.patterns.iter().filter(|pattern| pattern.reaches) {
        found.extend(maker.pattern(pattern));
    }
    found
}

/// Measures whose day has passed.
fn due(maker: &Maker<'_>, assessment: &Assessment) -> Option<Finding> {
    let mut lines: Vec<String> = Vec::new();
    for measure in assessment
        .impacts
        .iter()
        .flat_map(|impact| &impact.measures)
    {
        let line = match measure.state {
            State::Overdue => format!("{}: agreed, and not in place", measure.label),
            State::DueAgain => format!("{}: due to be looked at again", measure.label),
            _ => continue,
        };
        let day = match measure.state {
            State::DueAgain => measure.again,
            _ => measure.day,
        };
        let line = format!(
            "{line} since {} ({})",
            day.map_or_else(|| "an unknown day".to_owned(), |day| day.to_string()),
            measure.owner
        );
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return None;
    }
    track(maker.packs, assessment.as_of, "measures", &lines)
}

/// A finding that something agreed is due: `measures` of an assessment, or the
/// `conditions` of a decision, one line each.
pub fn track(packs: &Packs, as_of: Date, kind: &str, lines: &[String]) -> Option<Finding> {
    let maker = Maker { packs, as_of };
    let count = match lines.len() {
        1 => format!("1 of the {kind}"),
        many => format!("{many} of the {kind}"),
    };
    let finding = maker.make(TRACK, Subject::Deal, &[("{count}", &count)], |finding| {
        for line in lines {
            finding.evidence.push(fact(kind, line));
        }
    })?;
    // One finding for measures and one for conditions of one deal.
    Some(Finding {
        id: Finding::id_of(&finding.rule, &finding.subject, &[kind.into()]),
        ..finding
    })
}

struct Maker<'a> {
    packs: &'a Packs,
    as_of: Date,
}

impl Maker<'_> {
    fn item(
        &self,
        worst: &Impact,
        field: &str,
        impacts: usize,
        asked: &[Asked],
    ) -> Option<Finding> {
        let bought = worst.capability.is_none();
        let (rule, pressing) = match worst.stop {
            Answer::No => return None,
            Answer::Yes => (if bought { UPSTREAM } else { STOP }, true),
            Answer::CannotTell => (
                if bought { UPSTREAM_OPEN } else { ASSESS },
                matches!(
                    worst.likelihood,
                    Likelihood::Likely | Likelihood::Unknowable
                ),
            ),
        };
        self.make(
            rule,
            worst.subject.clone(),
            &[("{item}", &worst.item)],
            |finding| {
                finding.answer = worst.stop;
                if pressing {
                    finding.effect = Effect::Refuse;
                }
                finding.severity = Some(worst.severity.at_most);
                finding.confidence = worst.confidence.clone();
                finding.applies_because.clone_from(&worst.stop_because);
                let hands = if bought {
                    format!("made by {} in {}", worst.user.name, worst.place)
                } else {
                    format!(
                        "{}, in the hands of {}, in {}",
                        worst.what, worst.user.name, worst.place
                    )
                };
                finding.evidence.push(fact(field, &hands));
                for record in &worst.documented {
                    finding.evidence.push(Evidence {
                        source: "impact".to_owned(),
                        snapshot: Some(self.packs.impact.hash.clone()),
                        record: None,
                        field: record.id.clone(),
                        text: format!("{} {}", record.text, record.sources.join("; ")),
                        date: None,
                        published: false,
                    });
                }
                let gravest: Vec<&str> = worst
                    .rights
                    .iter()
                    .take(4)
                    .map(|r| r.label.as_str())
                    .collect();
                finding.evidence.push(fact(
                    "rights at risk",
                    format!(
                        "{}; {}; {}",
                        gravest.join(", ").to_lowercase(),
                        severity_line(worst),
                        word(worst.likelihood)
                    ),
                ));
                if impacts > 1 {
                    finding.next.push(Step(format!(
                        "{} more impacts of this item stand in the annex.",
                        impacts - 1
                    )));
                }
                finding.questions.extend(
                    asked
                        .iter()
                        .filter(|one| {
                            worst.residue.unanswered.contains(&one.id)
                                || worst.severity.open().any(|open| open == one.id.as_str())
                        })
                        .take(MOST_QUESTIONS)
                        .map(Asked::to_question),
                );
            },
        )
    }

    fn pattern(&self, pattern: &Matched) -> Option<Finding> {
        let of = pattern.present.len() + pattern.absent.len() + pattern.unknown.len();
        let heading = claim(&pattern.label, pattern.present.len(), of);
        // The heading says the first part of it.
        let which = pattern.text.strip_prefix(&heading);
        let which = which.map_or(&*pattern.text, |text| text.trim_start_matches(": "));
        let mut finding = self.make(
            PATTERN,
            Subject::Deal,
            &[("{pattern}", &heading)],
            |finding| {
                finding.severity = Some(pattern.severity);
                finding.confidence = Confidence {
                    band: Band::Weak,
                    reason: "features of a deal are no proof of what it is for".to_owned(),
                };
                finding
                    .evidence
                    .push(fact("pattern", format!("present: {which}")));
            },
        )?;
        // The pattern's own entry is the rule a reader looks up.
        let entry = self.packs.patterns.get(&RuleId::new(&pattern.id))?;
        finding.rule = entry.id.clone();
        finding.id = Finding::id_of(&finding.rule, &finding.subject, &[]);
        finding.evidence.pop();
        finding
            .evidence
            .push(entry.as_evidence("patterns", &self.packs.patterns.hash));
        finding.unchecked = doubts(entry, self.as_of);
        Some(finding)
    }

    /// A finding by a duty; `fill` adds what is its own. The rule stands last in the
    /// evidence, where a renderer looks for it.
    fn make(
        &self,
        id: &str,
        subject: Subject,
        words: &[(&str, &str)],
        fill: impl FnOnce(&mut Finding),
    ) -> Option<Finding> {
        let (entry, body) = self.packs.rule(id)?;
        let mut finding = blank(entry, body, subject, self.as_of);
        for (name, text) in words {
            finding.title = finding.title.replace(name, text);
        }
        fill(&mut finding);
        finding
            .evidence
            .push(entry.as_evidence("impact", &self.packs.impact.hash));
        Some(finding)
    }
}

fn blank(entry: &Entry<ImpactBody>, body: &RuleBody, subject: Subject, day: Date) -> Finding {
    Finding {
        id: Finding::id_of(&entry.id, &subject, &[]),
        rule: entry.id.clone(),
        subject,
        title: body.heading.clone(),
        applies_because: "speaks to every deal".to_owned(),
        answer: Answer::Yes,
        force: entry.force_on(day),
        effect: body.effect,
        severity: None,
        confidence: Confidence {
            band: Band::Strong,
            reason: "the facts entered say so".to_owned(),
        },
        evidence: Vec::new(),
        looked_at: Vec::new(),
        unchecked: doubts(entry, day),
        questions: body.question.iter().cloned().collect(),
        next: body.next.iter().cloned().map(Step).collect(),
        contest: Contest {
            how: "Correct the deal file or the answers, and assess again. Whoever is affected, or \
                  speaks for somebody who is, can ask the seller for the reasons."
                .to_owned(),
            link: None,
        },
    }
}

fn doubts<T>(entry: &Entry<T>, day: Date) -> Vec<Unchecked> {
    entry
        .doubts(day)
        .into_iter()
        .map(|why| Unchecked {
            what: entry.id.to_string(),
            why,
        })
        .collect()
}

/// The field of the deal that an impact rests on: what the seller claims, or words that
/// show it.
fn shown_in(impact: &Impact, capabilities: &[Capability]) -> String {
    let Subject::Item { number } = &impact.subject else {
        return "items".to_owned();
    };
    let Some(capability) = &impact.capability else {
        return format!("items[{number}].origin");
    };
    let words: Vec<&str> = capabilities
        .iter()
        .filter(|one| one.item == *number && one.id == *capability)
        .flat_map(|one| one.shown_by.iter().map(String::as_str))
        .collect();
    if words.is_empty() {
        format!("items[{number}].capabilities")
    } else {
        format!("items[{number}], by its words: {}", words.join(", "))
    }
}

fn severity_line(impact: &Impact) -> String {
    let graded = &impact.severity;
    let words = graded.words();
    let largest = |severity: Severity| {
        [
            ("scale", graded.scale.at_most),
            ("scope", graded.scope.at_most),
            ("irremediability", graded.irremediable.at_most),
        ]
        .into_iter()
        .find(|(_, level)| *level == severity)
        .map_or("scale", |(name, _)| name)
    };
    format!("severity {words} (by {})", largest(graded.at_most))
}

fn fact(field: impl Into<String>, text: impl Into<String>) -> Evidence {
    Evidence {
        source: "deal".to_owned(),
        snapshot: None,
        record: None,
        field: field.into(),
        text: text.into(),
        date: None,
        published: false,
    }
}
