//! Human-rights impact assessment of a deal.
//!
//! Control lists say what a state wants to know of. Most of what has been used to
//! persecute people was on none of them, and was sold lawfully. So a company has a
//! duty of its own: to know what its product can do to people in these hands and
//! this place, before the contract is signed (UN Guiding Principles 17 to 22, the
//! six steps of the OECD, Recommendation (EU) 2024/2659, the guidance of the US
//! State Department of 2020).
//!
//! The method, which is data as far as it can be: questions with a few answers
//! each (`packs/impact.toml`, `packs/forced-labour.toml`); an answer says what it
//! means for scale, scope, irremediability, likelihood and connection. From them
//! follow [`Severity`](scruple_model::Severity) with two bounds ([`severity`]),
//! [`Likelihood`] in four values ([`likelihood`]), measures that count or do not,
//! and the stop rule: severe, likely or unknowable, and not
//! answered by what is in place. Severity outranks likelihood, and the two are
//! never multiplied.
//!
//! Two properties are tested over arbitrary answers: a fact that becomes unknown
//! never makes a harm smaller nor turns the stop rule to No, and where nobody who
//! may be harmed was consulted an assessment is never called strong.
//!
//! Rejected: a score (it buys a grave harm with a small probability), free text
//! that a model reads (nobody could check it), and a list of good and bad
//! countries (a place counts by what is documented of it, with the source).
#![forbid(unsafe_code)]

pub mod answers;
pub mod assessment;
mod confidence;
mod connection;
mod findings;
mod impact;
pub mod known;
pub mod likelihood;
mod measures;
mod packs;
mod pattern;
pub mod questionnaire;
mod rights;
pub mod severity;
mod stop;

use scruple_model::deal::Direction;
use scruple_model::{Answer, Date, Deal, Question, Unchecked};

pub use answers::Answers;
pub use assessment::Assessment;
pub use findings::{CAPABILITIES, TRACK, track};
pub use likelihood::Likelihood;
pub use packs::{
    Choice, Connection, Feature, ImpactBody, MeasureBody, NAMES, Packs, PatternBody, PlaceBody,
    QuestionBody, Remedy, Removes, RightBody, RuleBody, Side, Word,
};

use assessment::{Asked, Consultation, DueStep, Impact, Redress, SCHEMA, State as MeasureState};
use impact::Setting;
use known::{Known, State};

/// What an item of the deal can do to people, as typed facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// The item, by its place in the deal, from 1.
    pub item: usize,
    /// `cap.face-recognition-vms`.
    pub id: String,
    /// In words.
    pub label: String,
    /// The rights it bears on, by their ids.
    pub rights: Vec<String>,
    /// Misuse of it that was documented elsewhere, by kind, with the source.
    pub misuse: Vec<String>,
    /// Whether a pack describes it. Of one that none does, the worst is taken.
    pub is_described: bool,
    /// The words of the deal that show it; none where the deal names it itself.
    pub shown_by: Vec<String>,
}

/// The question that asks for redress.
const GRIEVANCE: &str = "q.grievance";

/// Assesses a deal as of a day, with whatever was answered.
pub fn assess(
    deal: &Deal,
    capabilities: &[Capability],
    packs: &Packs,
    answers: Option<&Answers>,
    as_of: Date,
) -> Assessment {
    let side = match deal.direction {
        Direction::Sale => Side::Sale,
        Direction::Purchase => Side::Purchase,
    };
    let known = known::known(deal, packs, side, answers);
    let consultation = consultation(answers);
    let named: std::collections::BTreeSet<&str> =
        capabilities.iter().map(|one| one.id.as_str()).collect();
    let setting = Setting {
        deal,
        packs,
        side,
        known: &known,
        answers,
        today: as_of,
        consulted: consultation.answer == Answer::Yes,
        several: named.len() > 1,
    };
    let mut impacts = match side {
        Side::Purchase => impact::of_purchase(&setting),
        _ => impact::of_sale(&setting, capabilities),
    };
    // The worst first; the stop rule, then how bad, then how likely.
    impacts.sort_by(|a, b| {
        let key = |one: &Impact| {
            (
                one.stop,
                one.severity.at_most,
                one.severity.at_least,
                one.likelihood,
                one.subject.clone(),
                one.capability.clone(),
                one.user.name.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    let places: Vec<_> = match side {
        Side::Purchase => deal.items.iter().map(|item| item.origin.known()).collect(),
        _ => vec![deal.place_of_use.known(), deal.destination.known()],
    };
    let patterns = pattern::patterns(packs, side, capabilities, &places, &known::by_id(&known));
    let asked = open(&known, capabilities, &impacts, side);
    let answered = known.len() - known.iter().filter(|one| one.is_open()).count();
    let stop = impacts
        .iter()
        .map(|impact| impact.stop)
        .min()
        .unwrap_or(Answer::CannotTell);
    let undescribed: Vec<usize> = match side {
        Side::Purchase => Vec::new(),
        _ => (1..=deal.items.len())
            .filter(|number| !capabilities.iter().any(|one| one.item == *number))
            .filter(|number| !deal.items[number - 1].claims_none)
            .collect(),
    };
    let redress = redress(&known);
    let mut assessment = Assessment {
        schema: SCHEMA.to_owned(),
        title: deal.title.clone(),
        deal: deal.hash.clone(),
        as_of,
        answers: answers.map(|answers| answers.hash.clone()),
        stop,
        recommends: recommends(stop, &impacts),
        steps: steps(&impacts, answered, known.len(), &redress, &consultation),
        impacts,
        patterns,
        consultation,
        redress,
        questions: asked,
        answered: (answered, known.len()),
        findings: Vec::new(),
        unchecked: undescribed
            .iter()
            .map(|number| Unchecked {
                what: not_assessed(*number),
                why: "the deal names no capability for it, so nothing was assessed".to_owned(),
            })
            .collect(),
    };
    // A purchase without items and a sale without capabilities assess nothing.
    if assessment.impacts.is_empty() {
        assessment.questions.clear();
    }
    let none_named = capabilities.is_empty();
    assessment.findings = findings::findings(
        &assessment,
        deal,
        capabilities,
        packs,
        if none_named { &[] } else { &undescribed },
    );
    assessment
        .findings
        .sort_by_cached_key(scruple_model::Finding::order);
    assessment
}

/// What is not looked at of an item for which nothing was assessed.
pub fn not_assessed(item: usize) -> String {
    format!("what item {item} can do to people")
}

/// The questions that are open and bear on an impact.
fn open(
    known: &[Known<'_>],
    capabilities: &[Capability],
    impacts: &[Impact],
    side: Side,
) -> Vec<Asked> {
    known
        .iter()
        .filter(|one| one.is_open() || one.is_weak())
        .filter(|one| {
            let asked_of = &one.body.capabilities;
            side == Side::Purchase
                || asked_of.is_empty()
                || capabilities.iter().any(|cap| asked_of.contains(&cap.id))
        })
        // A documented place has answered for itself in every impact.
        .filter(|one| {
            impacts.is_empty()
                || impacts.iter().any(|impact| {
                    let factor = impact.factors.iter().find(|f| f.question == one.id);
                    factor.is_none_or(|factor| factor.says == likelihood::Says::Open)
                })
        })
        .map(|one| Asked {
            id: one.id.clone(),
            text: one.body.text.clone(),
            ask: one.body.ask.clone(),
            of_customer: one.body.customer,
            why: decides(one),
            choices: one
                .body
                .choices
                .iter()
                .map(|choice| (choice.value.clone(), choice.text.clone()))
                .collect(),
            note: one.is_weak().then(|| {
                format!(
                    "answered, but only on {}",
                    one.source.as_ref().map_or_else(String::new, |s| s.words())
                )
            }),
        })
        .collect()
}

/// What a question decides, in words.
fn decides(one: &Known<'_>) -> String {
    let any = |of: &dyn Fn(&Choice) -> bool| one.body.choices.iter().any(of);
    let mut parts = Vec::new();
    if any(&|c| c.scale.is_some()) {
        parts.push("how grave");
    }
    if any(&|c| c.scope.is_some()) {
        parts.push("how many people");
    }
    if any(&|c| c.irremediable.is_some()) {
        parts.push("whether it can be put right");
    }
    if any(&|c| c.raises.is_some()) {
        parts.push(if one.body.decisive {
            "how likely, by itself"
        } else {
            "how likely"
        });
    }
    if any(&|c| c.connection.is_some()) {
        parts.push("how you would be tied to it");
    }
    if any(&|c| c.remedy.is_some()) {
        parts.push("whether there is redress");
    }
    if parts.is_empty() {
        parts.push("which pattern it resembles");
    }
    parts.join(", ")
}

impl Asked {
    /// The question as a brief asks it.
    pub fn to_question(&self) -> Question {
        Question {
            id: self.id.clone(),
            text: self.text.clone(),
            ask: self.ask.clone(),
            field: "answers.toml".to_owned(),
        }
    }
}

fn consultation(answers: Option<&Answers>) -> Consultation {
    let given = answers.map_or(&[][..], |answers| &answers.consulted);
    if !given.is_empty() {
        let line = |one: &answers::Consulted| {
            let changed = one.changed.as_deref().map_or_else(
                || "; what changed because of it is not said".to_owned(),
                |text| format!("; changed: {text}"),
            );
            format!("{}, {}, {}{changed}", one.who, one.on, one.how)
        };
        return Consultation {
            answer: Answer::Yes,
            lines: given.iter().map(line).collect(),
        };
    }
    match answers.and_then(|answers| answers.not_consulted.as_ref()) {
        Some(why) => Consultation {
            answer: Answer::No,
            lines: vec![format!("not consulted: {why}")],
        },
        None => Consultation {
            answer: Answer::CannotTell,
            lines: vec!["not consulted, and nobody said why".to_owned()],
        },
    }
}

fn redress(known: &[Known<'_>]) -> Redress {
    let one = known.iter().find(|one| one.id.as_str() == GRIEVANCE);
    let is = one.and_then(|one| match one.state {
        State::Choice(choice) => choice.remedy,
        _ => None,
    });
    let weak = one.is_some_and(|one| {
        one.source
            .as_ref()
            .is_some_and(|source| source.counts_as() < one.body.needs)
    });
    let text = match is {
        Some(Remedy::There) if weak => {
            "there is said to be a channel, but only on the customer's word; test it against the \
             criteria of UNGP 31: legitimate, accessible, predictable, equitable, transparent, \
             true to rights, a source of learning, and made with those who use it"
        }
        Some(Remedy::There) => {
            "there is a channel; test it once a year against the criteria of UNGP 31"
        }
        Some(Remedy::Missing) => {
            "there is none: who is harmed has nowhere to go, and you would not hear of it (UNGP \
             29); if you cause or contribute, you owe redress or a part in it (UNGP 22)"
        }
        None => "not known whether anybody who is harmed can say so (UNGP 22, 29)",
    };
    Redress {
        is,
        text: text.to_owned(),
    }
}

fn recommends(stop: Answer, impacts: &[Impact]) -> String {
    let pressing = impacts.iter().any(|impact| {
        impact.stop == Answer::CannotTell
            && matches!(
                impact.likelihood,
                Likelihood::Likely | Likelihood::Unknowable
            )
    });
    match stop {
        _ if impacts.is_empty() => {
            "No capability is named and nothing is bought: nothing was assessed".to_owned()
        }
        Answer::Yes => "Do not go on, whatever a licence says: the harm would be severe, it is \
                        likely or cannot be known, and no measure in place answers it"
            .to_owned(),
        Answer::CannotTell if pressing => "Do not go on before it is known how severe the harm \
                                           would be: facts entered make it likely"
            .to_owned(),
        Answer::CannotTell => {
            "Do not sign yet: whether the harm would be severe and likely is not known".to_owned()
        }
        Answer::No => "By the facts entered the stop rule does not hold; it is asked again when a \
                       fact, a measure or its day changes"
            .to_owned(),
    }
}

/// The six steps of the OECD's due diligence, as far as a deal shows them.
fn steps(
    impacts: &[Impact],
    answered: usize,
    all: usize,
    redress: &Redress,
    consultation: &Consultation,
) -> Vec<DueStep> {
    let mut seen = std::collections::BTreeMap::new();
    for measure in impacts.iter().flat_map(|impact| &impact.measures) {
        seen.entry(measure.id.as_str()).or_insert(measure);
    }
    let count = |states: &[MeasureState]| {
        seen.values()
            .filter(|measure| states.contains(&measure.state))
            .count()
    };
    let in_place = count(&[MeasureState::InPlace]);
    let agreed = count(&[MeasureState::Agreed]);
    let due = count(&[MeasureState::Overdue, MeasureState::DueAgain]);
    let next = seen
        .values()
        .filter(|measure| measure.state == MeasureState::InPlace)
        .filter_map(|measure| measure.again)
        .min();
    let published = seen
        .get("publish-assessment")
        .is_some_and(|measure| measure.state == MeasureState::InPlace);
    let step = |step: &str, state: String| DueStep {
        step: step.to_owned(),
        state,
    };
    vec![
        step(
            "1 Commit and embed",
            "not looked at: a deal does not show your policy (UNGP 16)".to_owned(),
        ),
        step(
            "2 Identify and assess",
            format!(
                "{} looked at; {answered} of {all} questions answered; {}",
                match impacts.len() {
                    1 => "1 impact".to_owned(),
                    many => format!("{many} impacts"),
                },
                if consultation.answer == Answer::Yes {
                    "people concerned were consulted"
                } else {
                    "nobody concerned was consulted"
                }
            ),
        ),
        step(
            "3 Cease, prevent, mitigate",
            format!("{in_place} measures in place, {agreed} agreed, {due} due"),
        ),
        step(
            "4 Track",
            match next {
                Some(day) => format!("next look on {day}"),
                None => "no measure is in place that would be looked at again".to_owned(),
            },
        ),
        step(
            "5 Communicate",
            if published {
                "the assessment is published".to_owned()
            } else {
                "not published; `scruple report` counts it in the yearly report".to_owned()
            },
        ),
        step("6 Provide or join in redress", redress.text.clone()),
    ]
}
