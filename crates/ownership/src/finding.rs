//! From an answer to findings: the shape everybody else in the house speaks.
//!
//! *Covered* demands what the rule demands. *Cannot be ruled out* asks first where a
//! listed party is known to stand above the entity, and is a note where only nothing
//! is known: nearly every company has owners nobody reported, and a brief that stops
//! at each of them stops at none. *Not shown to be covered* is a finding only where a
//! listed party holds something; and it is a No only by a rule whose wording somebody
//! compared with the official text. By any other it is what the count shows, and the
//! question is the wording.

use scruple_model::{
    Answer, Band, Confidence, Contest, Effect, Evidence, Finding, Force, Looked, Question,
    QuestionId, RecordId, Step, Subject, Unchecked,
};

use scruple_pack::Entry;

use crate::answer::{Closed, Flag, Reach};
use crate::proof::{Because, Claim, Counted, Why};
use crate::rule::{RedFlag, RuleBody};
use crate::share::percent;
use crate::transfer::Transfers;
use crate::{Layer, Marks};

/// The most claims that one finding prints; the proof has them all.
const MOST_EVIDENCE: usize = 40;

/// What a finding needs that holdings do not say.
pub struct About<'a> {
    /// The party, by its key in the deal.
    pub subject: Subject,
    /// Its name in the deal.
    pub party: &'a str,
    /// The nexus: why the rule binds here.
    pub applies_because: String,
    /// Whether its regime binds.
    pub regime: Answer,
    /// What would settle that, where it cannot be told.
    pub regime_questions: Vec<Question>,
    /// Name and hash of the pack.
    pub pack: (&'a str, &'a str),
    /// How to call a node: a name where somebody knows one. Ids otherwise.
    pub label: &'a dyn Fn(&str) -> Option<String>,
}

impl About<'_> {
    fn call(&self, id: &str) -> String {
        (self.label)(id).unwrap_or_else(|| id.to_owned())
    }
}

/// The findings of one answer: none, one, or one and a red flag.
pub fn findings<B: AsRef<[u8]>>(
    closed: &Closed<'_, B>,
    reach: &Reach,
    about: &About<'_>,
) -> Vec<Finding> {
    let force = closed.force();
    // A rule that is over has nothing to say. Who is itself listed is screening's finding.
    if matches!(force, Force::Ended { .. }) || reach.listed.is_some() || about.regime == Answer::No
    {
        return Vec::new();
    }
    let above = closed.listed_above(reach);
    let mut found = Vec::new();
    if let Some(flag) = &closed.rule().body.transfer
        && reach.answer != Answer::Yes
        && let Some(node) = closed.graph().find(&reach.entity)
    {
        let transfers = closed.transfers(node);
        if !transfers.found.is_empty() {
            found.push(transferred(closed, reach, about, flag, &transfers));
        }
    }
    if reach.answer == Answer::No && reach.largest.is_none() {
        return found;
    }
    found.push(main(closed, reach, about, force, above));
    if let Some(flag) = &closed.rule().body.red_flag
        && reach.answer == Answer::CannotTell
        && above == Answer::Yes
    {
        let mut finding = main(closed, reach, about, force, above);
        finding.rule = flag.id.as_str().into();
        finding.id = Finding::id_of(&finding.rule, &finding.subject, &[]);
        finding.title = flag.title.replace("{party}", about.party);
        finding.answer = Answer::Yes.and(about.regime);
        finding.effect = Effect::AskFirst;
        finding.confidence = confidence(
            Band::Strong,
            "a listed party is reported above it, with a share that is not known",
        );
        finding.evidence.push(Evidence {
            source: about.pack.0.to_owned(),
            snapshot: Some(about.pack.1.to_owned()),
            record: None,
            field: flag.citation.clone(),
            text: finding.title.clone(),
            date: Some(closed.rule().checked.to_string()),
            published: false,
        });
        finding.next = flag.next.iter().cloned().map(Step).collect();
        found.push(finding);
    }
    found
}

/// What follows from shares that listed parties are reported to have given away: the
/// authority's own words on it, and never that it is enough.
fn transferred<B: AsRef<[u8]>>(
    closed: &Closed<'_, B>,
    reach: &Reach,
    about: &About<'_>,
    flag: &RedFlag,
    transfers: &Transfers,
) -> Finding {
    let mut finding = main(closed, reach, about, closed.force(), Answer::Yes);
    finding.rule = flag.id.as_str().into();
    finding.title = flag.title.replace("{party}", about.party);
    finding.answer = Answer::Yes.and(about.regime);
    finding.effect = Effect::AskFirst;
    finding.confidence = confidence(
        Band::Moderate,
        "somebody reports that a listed party held there before; what the transfer is worth is not judged here",
    );
    finding.evidence = transfers
        .found
        .iter()
        .take(MOST_EVIDENCE)
        .map(|transfer| Evidence {
            source: transfer.source.clone(),
            snapshot: None,
            record: transfer
                .document
                .as_ref()
                .map(|id| RecordId::new(format!("{}:{id}", transfer.source))),
            field: "until".to_owned(),
            text: transfer.words(&|id| about.call(id)),
            date: Some(transfer.ended.to_string()),
            published: false,
        })
        .collect();
    let records: Vec<RecordId> = finding
        .evidence
        .iter()
        .filter_map(|row| row.record.clone())
        .collect();
    finding.id = Finding::id_of(&finding.rule, &finding.subject, &records);
    finding.evidence.push(Evidence {
        source: about.pack.0.to_owned(),
        snapshot: Some(about.pack.1.to_owned()),
        record: None,
        field: flag.citation.clone(),
        text: finding.title.clone(),
        date: Some(closed.rule().checked.to_string()),
        published: false,
    });
    finding
        .unchecked
        .extend(transfers.doubt().map(|why| Unchecked {
            what: flag.id.to_string(),
            why,
        }));
    finding.questions.clone_from(&about.regime_questions);
    finding.next = flag.next.iter().cloned().map(Step).collect();
    finding
}

fn main<B: AsRef<[u8]>>(
    closed: &Closed<'_, B>,
    reach: &Reach,
    about: &About<'_>,
    force: Force,
    above: Answer,
) -> Finding {
    let rule = closed.rule();
    let body = &rule.body;
    let name = |text: &str| text.replace("{party}", about.party);
    let given = closed.given(reach);
    let wording = (given != reach.answer).then(|| wording(rule));
    let largest = reach.largest.map_or_else(
        || "no share of a listed party".to_owned(),
        |(share, layer)| format!("listed and reached parties hold {share} {}", layer.words()),
    );
    let title = match reach.answer {
        Answer::Yes if matches!(force, Force::InForce | Force::Guidance) => name(&body.heading),
        Answer::Yes => format!(
            "Would be covered if the rule bound: {}",
            name(&body.heading)
        ),
        Answer::CannotTell if above != Answer::No => name(&body.heading_open),
        Answer::CannotTell => format!("{} has owners nobody reported", about.party),
        Answer::No => format!(
            "{}: by the count {largest}, less than the rule asks for",
            about.party
        ),
    };
    let mut evidence = vec![rule.as_evidence(about.pack.0, about.pack.1)];
    evidence.extend(claims(closed, reach, about));
    let records: Vec<RecordId> = evidence.iter().filter_map(|e| e.record.clone()).collect();
    let mut next: Vec<Step> = match reach.answer {
        Answer::Yes => body.next.iter().cloned().map(Step).collect(),
        Answer::CannotTell => reach
            .proof
            .open
            .iter()
            .map(|open| {
                let unaccounted = if open.unaccounted.hi > 0 {
                    format!("{} unaccounted for: ", open.unaccounted)
                } else {
                    String::new()
                };
                Step(format!(
                    "{unaccounted}{}",
                    open.settles(&about.call(&open.entity))
                ))
            })
            .collect(),
        Answer::No => Vec::new(),
    };
    let mut questions = about.regime_questions.clone();
    if let Some(question) = wording {
        next.push(Step(question.text.clone()));
        questions.push(question);
    }
    next.extend(body.notes.iter().cloned().map(Step));
    if reach.answer == Answer::CannotTell {
        questions.extend(reach.proof.open.iter().map(|open| {
            let entity = slug(&open.entity);
            let (id, ask, field) = match open.why {
                Why::MayBeListed => (
                    format!("q.listed-{entity}"),
                    "whoever keeps the register, or the publisher of the list",
                    "a table of holdings that names the record of the list, for `scruple \
                     ownership import`",
                ),
                _ => (
                    format!("q.owners-{entity}"),
                    about.party,
                    "a table of holdings, for `scruple ownership import`",
                ),
            };
            Question {
                id: QuestionId::new(id),
                text: open.question(&about.call(&open.entity)),
                ask: ask.to_owned(),
                field: field.to_owned(),
            }
        }));
    }
    let mut unchecked: Vec<Unchecked> = rule
        .doubts(closed.as_of())
        .into_iter()
        .map(|why| Unchecked {
            what: rule.id.to_string(),
            why,
        })
        .collect();
    let (_, unplaced) = closed.seeds();
    if unplaced > 0 {
        unchecked.push(Unchecked {
            what: format!("{unplaced} listed parties of {}", body.title),
            why: "they stand in no holdings that were taken in, by any identifier".to_owned(),
        });
    }
    Finding {
        id: Finding::id_of(&rule.id, &about.subject, &records),
        rule: rule.id.clone(),
        subject: about.subject.clone(),
        title,
        applies_because: about.applies_because.clone(),
        answer: given.and(about.regime),
        force,
        effect: match reach.answer {
            Answer::Yes => body.effect,
            Answer::CannotTell if above != Answer::No => Effect::AskFirst,
            _ => Effect::Note,
        },
        severity: None,
        confidence: sure(reach, given, &largest, above),
        evidence,
        looked_at: closed.looked_at(),
        unchecked,
        questions,
        next,
        contest: Contest {
            how: body.correction.clone(),
            link: body.correction_link.clone(),
        },
    }
}

/// What has to be settled before a No of this rule is one.
fn wording(rule: &Entry<RuleBody>) -> Question {
    let citation = &rule.citation;
    Question {
        id: QuestionId::new(format!("q.wording-{}", slug(rule.id.as_str()))),
        text: format!(
            "Compare the wording of {} with the official text ({}{}): until somebody has, it \
             says No of nobody",
            rule.body.title,
            citation.instrument,
            citation
                .link
                .as_ref()
                .map_or_else(String::new, |link| format!(", {link}"))
        ),
        ask: "whoever keeps your rule packs".to_owned(),
        field: format!("`verified` of {} in the pack `ownership`", rule.id),
    }
}

fn confidence(band: Band, reason: impl Into<String>) -> Confidence {
    Confidence {
        band,
        reason: reason.into(),
    }
}

fn sure(reach: &Reach, given: Answer, largest: &str, above: Answer) -> Confidence {
    let doubtful: Vec<&str> = [
        (Flag::SourceConflict, "sources contradict each other"),
        (Flag::Over100, "more than the whole is reported"),
        (
            Flag::UnitAmbiguous,
            "a number may be a percentage or a fraction",
        ),
        (Flag::BadInterval, "a source gives a share that is none"),
        (
            Flag::UnsurePeriod,
            "whether a holding stands on the day is not certain",
        ),
        (Flag::JointFigure, "one figure stands for several owners"),
        (Flag::CountryUnknown, "where it is established is not known"),
        (
            Flag::BoundaryDate,
            "a holding or a listing begins or ends on the very day",
        ),
    ]
    .into_iter()
    .filter(|(flag, _)| reach.flags.contains(flag))
    .map(|(_, words)| words)
    .collect();
    match reach.answer {
        Answer::Yes if doubtful.is_empty() => confidence(Band::Strong, largest),
        Answer::Yes => confidence(
            Band::Moderate,
            format!("{largest}; {}", doubtful.join(", ")),
        ),
        Answer::CannotTell if above == Answer::Yes => confidence(
            Band::Moderate,
            "a listed party stands above it, and not every share is known",
        ),
        Answer::CannotTell
            if above == Answer::CannotTell
                && reach
                    .proof
                    .open
                    .iter()
                    .any(|open| open.why == Why::MayBeListed) =>
        {
            confidence(
                Band::Weak,
                "whether a party at or above it is a listed one is not settled",
            )
        }
        Answer::CannotTell if above == Answer::CannotTell => confidence(
            Band::Weak,
            "too many holdings stand above it to read all, and nobody listed is among those read",
        ),
        Answer::CannotTell => confidence(
            Band::Weak,
            "nobody listed is known above it, and not every owner is",
        ),
        Answer::No if given == Answer::No => confidence(Band::Strong, largest),
        Answer::No => confidence(
            Band::Moderate,
            format!("{largest}, and the {}", scruple_pack::UNVERIFIED),
        ),
    }
}

/// The holdings that a Yes rests on; for other answers those of listed and reached
/// parties in the entity itself.
fn claims<B: AsRef<[u8]>>(
    closed: &Closed<'_, B>,
    reach: &Reach,
    about: &About<'_>,
) -> Vec<Evidence> {
    let graph = closed.graph();
    let hash = |source: &str| {
        graph
            .sources()
            .iter()
            .find(|info| info.id == source)
            .map(|info| info.hash.clone())
            .filter(|hash| !hash.is_empty())
    };
    let one = |owner: &str, entity: &str, layer: Layer, claim: &Claim, why: &str| {
        let through = claim.nominee.as_ref().map_or(String::new(), |by| {
            format!(", in the name of {}", about.call(by))
        });
        let (owner, entity) = (about.call(owner), about.call(entity));
        let what = match layer {
            Layer::Consolidation => format!("{owner} consolidates {entity} in its accounts"),
            Layer::Influence => format!("{owner} has influence on {entity}"),
            layer => format!(
                "{owner} holds {} {} of {entity}",
                claim.share,
                layer.words()
            ),
        };
        Evidence {
            source: claim.source.clone(),
            snapshot: hash(&claim.source),
            record: Some(RecordId::new(format!(
                "{}:{}",
                claim.source,
                claim
                    .record_id
                    .clone()
                    .unwrap_or_else(|| claim.record.to_string())
            ))),
            field: layer.name().to_owned(),
            text: format!("{what}{through}{why}"),
            date: claim.from.map(|day| day.to_string()),
            published: false,
        }
    };
    let mut found = Vec::new();
    for step in &reach.proof.steps {
        for counted in &step.counted {
            let why = because(counted, about);
            found.extend(
                counted
                    .claims
                    .iter()
                    .map(|claim| one(&counted.owner, &step.entity, step.layer, claim, &why)),
            );
        }
    }
    if reach.answer != Answer::Yes
        && let Some(node) = graph.find(&reach.entity)
    {
        for held in graph
            .holdings(node)
            .filter(|held| closed.may_cover(held.owner) && closed.stands(held))
        {
            let claim = Claim {
                source: held.source.id.clone(),
                record: held.record,
                record_id: held.record_id.map(str::to_owned),
                share: held.share,
                from: held.from,
                until: held.until,
                nominee: held.nominee.map(str::to_owned),
                tranche: None,
            };
            let mut doubt = if held.marks.has(Marks::UNIT_AMBIGUOUS) {
                " (percent or fraction is not said)"
            } else {
                ""
            }
            .to_owned();
            if !closed.covers(held.owner) {
                doubt.push_str("; whether it is listed or reached is not settled");
            }
            found.push(one(
                graph.id(held.owner),
                &reach.entity,
                held.layer,
                &claim,
                &doubt,
            ));
        }
    }
    found.truncate(MOST_EVIDENCE);
    found
}

fn because(counted: &Counted, about: &About<'_>) -> String {
    match &counted.because {
        Because::Listed { list } => format!("; {} is listed on {list}", about.call(&counted.owner)),
        Because::Joint { arrangement } => format!("; it acts jointly under {arrangement}"),
        Because::Reached { round } => format!("; it was reached in round {round}"),
        Because::Itself | Because::Not => String::new(),
    }
}

fn slug(id: &str) -> String {
    let bare: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    bare.trim_matches('-').to_owned()
}

impl<'a, B: AsRef<[u8]>> Closed<'a, B> {
    /// The graph it runs over.
    pub fn graph(&self) -> &'a crate::Graph<B> {
        self.graph
    }

    /// The day it is for.
    pub fn as_of(&self) -> scruple_model::Date {
        self.as_of
    }

    /// Whether a holding stands on the day.
    pub fn stands(&self, held: &crate::Held<'_>) -> bool {
        held.from.is_none_or(|from| from <= self.as_of)
            && held.until.is_none_or(|until| self.as_of < until)
    }

    /// The holdings as looked at, source by source.
    pub fn looked_at(&self) -> Vec<Looked> {
        looked_at(self.graph)
    }

    /// The answer that may be given: what the count shows, but for a No of a rule whose
    /// wording nobody compared with the official text. That one cannot be told.
    pub fn given(&self, reach: &Reach) -> Answer {
        match reach.answer {
            Answer::No if !self.rule().is_verified() => Answer::CannotTell,
            answer => answer,
        }
    }

    /// A line on what was found and looked at, whatever the answer.
    pub fn outcome(&self, reach: &Reach) -> String {
        let title = &self.rule().body.title;
        let largest = reach.largest.map_or_else(
            || "no share found of a party on its lists".to_owned(),
            |(share, layer)| {
                format!(
                    "largest listed share found {} {}",
                    percent(share.lo),
                    layer.words()
                )
            },
        );
        let count = match reach.answer {
            Answer::Yes => format!("covered; {largest}"),
            Answer::CannotTell => format!("cannot be ruled out; {largest}"),
            Answer::No => {
                let sources = match self.graph.sources() {
                    [one] => one.id.clone(),
                    all => format!("{} sources", all.len()),
                };
                format!(
                    "not shown to be covered; {largest} in {} holdings of {sources}",
                    self.graph.holding_count()
                )
            }
        };
        if self.given(reach) == reach.answer {
            format!("{title}: {count}")
        } else {
            let why = scruple_pack::UNVERIFIED;
            format!("{title}: cannot be told: {why}; by the count {count}")
        }
    }
}

/// The holdings of a graph as looked at, source by source.
pub fn looked_at<B: AsRef<[u8]>>(graph: &crate::Graph<B>) -> Vec<Looked> {
    graph
        .sources()
        .iter()
        .map(|source| Looked {
            source: source.id.clone(),
            title: source.title.clone(),
            date: source
                .date
                .map_or_else(|| "(no day of its own)".to_owned(), |day| day.to_string()),
            extent: format!("{} holdings with every source", graph.holding_count()),
            hash: source.hash.clone(),
        })
        .collect()
}
