//! Items: what they can do, which entries and rules of use they fall under.
//!
//! `controls` knows no deal and no brief. Here a deal's fields, and what screening and
//! ownership found, become facts; and what comes back becomes findings: one for each
//! list an item is on or may be on, one for each rule that holds or is open. What
//! holds of every item alike is told once, of the deal.

use std::collections::BTreeMap;

use scruple_controls::evaluate::Setting;
use scruple_controls::{
    CatchAll, Classified, Considered, Duty, Judged, Known, LawAnswer, Outcome, State, Value, Whose,
};
use scruple_model::deal::{Deal, Delivery, Direction, Fact, Item, Role};
use scruple_model::{
    Answer, Band, Confidence, Contest, Date, Effect, Evidence, Finding, Force, Place, Question,
    QuestionId, RuleId, Severity, Step, Subject,
};

use super::{Context, is_live, under_regime};
use crate::brief::{Owned, RegimeAnswer, SAME_PARTY};
use crate::packs::Packs;
use crate::render::view::EVERYBODY;
use crate::words::count;

/// What came of the items.
pub(crate) struct Controlled {
    pub(crate) findings: Vec<Finding>,
    pub(crate) outcomes: Vec<Outcome>,
}

/// Lists of parties, by the fact they settle.
const LISTED: &[(&str, &str)] = &[
    ("us-bis-el", "listed_us_el"),
    ("us-bis-meu", "listed_us_meu"),
    ("us-bis-dpl", "listed_us_denied"),
    ("us-bis-uvl", "listed_us_unverified"),
    ("us-ofac-sdn", "listed_us_blocked"),
    ("us-dhs-uflpa", "listed_uflpa"),
    ("eu-fsf", "listed_eu"),
    ("gb-uksl", "listed_gb"),
    ("ch-seco", "listed_ch"),
    ("un-sc", "listed_un"),
];

/// What of the facts and capabilities that a deal states no pack knows, as errors of
/// the file: the field, what is wrong, and what is nearest.
pub fn unknown_names(deal: &Deal, packs: &Packs) -> Vec<(String, String, Option<String>)> {
    use scruple_model::deal::nearest;
    let controls = &packs.controls;
    let mut wrong = Vec::new();
    let mut facts = |table: String, stated: &BTreeMap<String, scruple_model::deal::Stated>| {
        for (name, value) in stated {
            let field = format!("{table}.{name}");
            match controls.fact(name) {
                None => {
                    let names = controls.facts.iter().map(|fact| fact.id.as_str());
                    let near = nearest::of(name, names).map(str::to_owned);
                    wrong.push((field, format!("no rule asks for a fact `{name}`"), near));
                }
                Some(fact) if !fact.takes(value) => {
                    let what = format!("`{name}` takes {}", fact.expects());
                    wrong.push((field, what, None));
                }
                Some(_) => {}
            }
        }
    };
    facts("facts".to_owned(), &deal.facts);
    for (item, number) in deal.items.iter().zip(1..) {
        facts(format!("items[{number}].facts"), &item.facts);
    }
    for (item, number) in deal.items.iter().zip(1..) {
        for id in &item.capabilities {
            if controls.capability(id).is_none() {
                let ids = controls.capabilities.iter().map(|one| one.id.as_str());
                wrong.push((
                    format!("items[{number}].capabilities"),
                    format!("there is no capability {id}"),
                    nearest::of(id, ids).map(str::to_owned),
                ));
            }
        }
    }
    wrong
}

pub(crate) fn run(context: &Context<'_>, screened: &[Finding], owned: &[Owned]) -> Controlled {
    let laws = context
        .regimes
        .values()
        .map(|regime| (regime.id.to_string(), regime.answer))
        .collect();
    let setting = setting(context.deal, laws, context.as_of, screened, owned);
    let mut findings = Vec::new();
    let mut outcomes = Vec::new();
    for (item, number) in context.deal.items.iter().zip(1..) {
        let outcome = context
            .world
            .packs
            .controls
            .evaluate(&with_origin(item), &setting_of(&setting, item));
        findings.extend(item_findings(context, &outcome, number));
        outcomes.push(outcome);
    }
    merge(&mut findings);
    findings.extend(flags(context, &outcomes));
    Controlled { findings, outcomes }
}

fn with_origin(item: &Item) -> Item {
    item.clone()
}

/// The setting with what is the item's own: where it was made.
fn setting_of<'a>(setting: &Setting<'a>, item: &Item) -> Setting<'a> {
    let mut own = setting.clone();
    if let Fact::Known(place) = &item.origin {
        own.facts
            .push(("made_in", place_fact("items.origin", place)));
    }
    own
}

fn place_fact(field: &str, place: &Place) -> Known {
    Known {
        value: Value::Place(place.clone()),
        whose: Whose::Stated,
        said: format!("{field} = {}", place.code()),
    }
}

/// A word that was stated, as a fact.
pub fn word(word: &str, said: &str) -> Known {
    Known {
        value: Value::Word(word.to_owned()),
        whose: Whose::Stated,
        said: said.to_owned(),
    }
}

fn truth(yes: bool, whose: Whose, said: impl Into<String>) -> Known {
    Known {
        value: Value::Truth(yes),
        whose,
        said: said.into(),
    }
}

/// A deal as facts, with what other checks found.
pub fn setting<'a>(
    deal: &'a Deal,
    laws: BTreeMap<String, Answer>,
    as_of: Date,
    screened: &[Finding],
    owned: &[Owned],
) -> Setting<'a> {
    let mut facts: Vec<(&'static str, Known)> = Vec::new();
    let nexus = &deal.nexus;
    for (name, field, place) in [
        ("destination", "destination", &deal.destination),
        ("place_of_use", "place_of_use", &deal.place_of_use),
        (
            "export_from",
            "nexus.place_of_export",
            &nexus.place_of_export,
        ),
        ("seat", "nexus.legal_seat", &nexus.legal_seat),
    ] {
        if let Fact::Known(place) = place {
            facts.push((name, place_fact(field, place)));
        }
    }
    // A place of use inside a region that rules name says more than the destination.
    if let Fact::Known(place) = &deal.place_of_use
        && deal
            .destination
            .known()
            .is_none_or(|to| place.is_within(to))
    {
        facts.retain(|(name, _)| *name != "destination");
        facts.push(("destination", place_fact("place_of_use", place)));
    }
    for (name, field, fact) in [
        ("brokering", "nexus.brokering", &nexus.brokering),
        (
            "technical_assistance",
            "nexus.technical_assistance",
            &nexus.technical_assistance,
        ),
        ("us_persons", "nexus.us_persons", &nexus.us_persons),
        (
            "direct_product",
            "nexus.us_direct_product",
            &nexus.us_direct_product,
        ),
    ] {
        if let Fact::Known(yes) = fact {
            facts.push((name, truth(*yes, Whose::Stated, format!("{field} = {yes}"))));
        }
    }
    let buys = deal.direction == Direction::Purchase;
    facts.push(("buys", truth(buys, Whose::Stated, "direction")));
    if let Fact::Known(ways) = &nexus.delivery {
        let remote = ways
            .iter()
            .any(|way| matches!(way, Delivery::RemoteAccess | Delivery::Service));
        facts.push(("remote", truth(remote, Whose::Stated, "nexus.delivery")));
    }
    let users: Vec<_> = deal
        .parties
        .iter()
        .filter(|party| {
            party
                .roles
                .iter()
                .any(|role| matches!(role, Role::EndUser | Role::GovernmentSponsor))
        })
        .collect();
    // Of several users the one that asks most care speaks: the words stand in that order.
    let function = users
        .iter()
        .filter_map(|party| party.function.known())
        .min();
    if let Some(function) = function {
        let known = Known {
            value: Value::Word(function.as_str().to_owned()),
            whose: Whose::Stated,
            said: format!("parties.function = {}", function.as_str()),
        };
        facts.push(("user", known));
    }
    facts.extend(listed(screened));
    let half = owned
        .iter()
        .find(|owned| owned.rule.as_str() == "us.bis.affiliates" && owned.answer == Answer::Yes);
    if let Some(owned) = half {
        let known = Known {
            value: Value::Number(50_000),
            whose: Whose::Found,
            said: owned.outcome.clone(),
        };
        facts.push(("listed_owner_percent", known));
    }
    Setting {
        as_of: Some(as_of),
        laws,
        end_use: deal.end_use.known().map(String::as_str),
        users: users
            .iter()
            .flat_map(|party| std::iter::once(&party.name).chain(&party.names))
            .map(String::as_str)
            .collect(),
        facts,
        stated: Some(&deal.facts),
    }
}

/// Which lists hold a party, as facts.
fn listed(screened: &[Finding]) -> Vec<(&'static str, Known)> {
    let mut facts: BTreeMap<&'static str, Known> = BTreeMap::new();
    for finding in screened {
        let same = !finding
            .questions
            .iter()
            .any(|question| question.id.as_str().starts_with(SAME_PARTY));
        if finding.answer == Answer::No || !matches!(finding.subject, Subject::Party { .. }) {
            continue;
        }
        for evidence in finding
            .evidence
            .iter()
            .filter(|evidence| evidence.published)
        {
            let known = LISTED.iter().find(|(list, _)| *list == evidence.source);
            let names = known
                .map(|(_, fact)| *fact)
                .into_iter()
                .chain(["listed_somewhere"]);
            for name in names {
                let value = if same {
                    Value::Truth(true)
                } else {
                    Value::Unknown
                };
                let known = Known {
                    value,
                    whose: Whose::Found,
                    said: format!("{}: {}", evidence.source, evidence.text),
                };
                let settled = facts
                    .get(name)
                    .is_some_and(|known| known.value == Value::Truth(true));
                if !settled {
                    facts.insert(name, known);
                }
            }
        }
    }
    facts.into_iter().collect()
}

fn item_findings(context: &Context<'_>, outcome: &Outcome, number: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    for law in &outcome.laws {
        for (list, state) in &law.lists {
            findings.extend(list_finding(context, outcome, law, list, state, number));
        }
    }
    for rule in &outcome.rules {
        findings.extend(rule_finding(context, outcome, rule, number));
    }
    findings
}

/// How an item stands in a list; none where nothing pointed to an entry of it.
fn list_finding(
    context: &Context<'_>,
    outcome: &Outcome,
    law: &LawAnswer,
    list: &str,
    state: &Classified,
    number: usize,
) -> Option<Finding> {
    let controls = &context.world.packs.controls;
    let read = controls.list(list)?;
    let title = &read.list.title;
    let codes = match state {
        Classified::Listed { codes } | Classified::Open { codes } => codes.clone(),
        Classified::TakenOut { .. } | Classified::NotFound | Classified::Outside => return None,
    };
    let of_codes = |one: &&Considered| {
        one.codes.get(list).is_some_and(|code| codes.contains(code))
            && matches!(one.state, State::Listed | State::Open)
    };
    let entries: Vec<&Considered> = outcome.considered.iter().filter(of_codes).collect();
    let licences: Vec<_> = law.licences.iter().filter(|one| one.list == list).collect();
    let demanded = licences
        .iter()
        .map(|one| one.answer)
        .fold(Answer::No, Answer::or);
    let name = &outcome.item;
    let code = codes.join(", ");
    let covered = entries.first().map_or("", |one| one.heading.as_str());
    let is_listed = matches!(state, Classified::Listed { .. });
    let forbids = read.list.forbids;
    let (heading, answer, effect) = match (is_listed, forbids, demanded) {
        (true, true, _) => (
            format!("{name} is on the {title}: {code}"),
            Answer::Yes,
            Effect::Prohibited,
        ),
        (true, false, Answer::Yes) => (
            format!("{name} is listed and needs a licence: {code}, {title}"),
            Answer::Yes,
            Effect::LicenceNeeded,
        ),
        (true, false, Answer::CannotTell) => (
            format!("{name} is listed: {code}, {title}; whether a licence is needed is open"),
            Answer::CannotTell,
            Effect::LicenceNeeded,
        ),
        (true, false, Answer::No) => (
            format!(
                "{name} is listed: {code}, {title}; see why this entry alone demands no licence here"
            ),
            Answer::Yes,
            Effect::Note,
        ),
        (false, forbids, _) => (
            format!("{name} may be on the {title}: {code}"),
            Answer::CannotTell,
            if forbids {
                Effect::Prohibited
            } else {
                Effect::AskFirst
            },
        ),
    };
    let mut questions: Vec<Question> = Vec::new();
    let beside = entries.iter().flat_map(|one| one.open()).cloned();
    for question in beside.chain(licences.iter().flat_map(|one| one.questions.clone())) {
        if !questions.iter().any(|known| known.id == question.id) {
            questions.push(question);
        }
    }
    let mut evidence: Vec<Evidence> = entries
        .iter()
        .flat_map(|one| {
            let code = one.codes.get(list).map_or("", String::as_str);
            limbs(context, "control-entries", &one.steps, code)
        })
        .collect();
    evidence.extend(licences.iter().flat_map(|one| {
        let reasons = one.reasons.iter().chain(&one.exceptions);
        reasons.map(|reason| {
            pack_evidence(
                context,
                "control-lists",
                &reason.reason,
                &format!("{}: {}", say(reason.answer), reason.because),
            )
        })
    }));
    evidence.push(pack_evidence(
        context,
        "control-entries",
        &read.list.citation,
        covered,
    ));
    let regime = context.regime(&law.law);
    let mut next = vec![Step(read.list.next.clone())];
    if !is_listed {
        next = vec![Step(
            "Answer what is open with whoever knows the product; every limb stands in the annex."
                .to_owned(),
        )];
    } else if effect == Effect::Note {
        next = vec![Step(
            "Write down the reason or exception, and look at use, user and rights: this entry is not the only rule."
                .to_owned(),
        )];
    }
    let rule = RuleId::new(
        format!("{list}.{}", codes.first().map_or("", String::as_str)).replace(' ', "-"),
    );
    let subject = Subject::Item { number };
    let doubts = entries.iter().flat_map(|one| one.doubts.clone());
    Some(Finding {
        id: Finding::id_of(&rule, &subject, &[]),
        rule,
        subject,
        title: heading,
        applies_because: because(regime),
        answer: under_regime(answer, regime),
        force: Force::InForce,
        effect,
        severity: None,
        confidence: confidence(&entries),
        evidence,
        looked_at: Vec::new(),
        unchecked: doubts
            .map(|why| scruple_model::Unchecked {
                what: read.list.id.clone(),
                why,
            })
            .collect(),
        questions,
        next,
        contest: contest(),
    })
}

fn rule_finding(
    context: &Context<'_>,
    outcome: &Outcome,
    rule: &Judged,
    number: usize,
) -> Option<Finding> {
    let told = match rule.answer {
        Answer::Yes => true,
        Answer::CannotTell => !rule.quiet,
        Answer::No => false,
    };
    // A list that is open is told by its own finding; the definition comes after it.
    let waits = rule.rule.as_str() == scruple_controls::evaluate::DEFINITION
        && outcome.capabilities.is_empty()
        && rule.answer == Answer::CannotTell;
    if rule.elsewhere || !told || waits || !is_live(rule.force) {
        return None;
    }
    let regime = rule.law.as_deref().and_then(|law| context.regime(law));
    let subject = if rule.of_deal {
        Subject::Deal
    } else {
        Subject::Item { number }
    };
    let open = rule
        .steps
        .iter()
        .filter(|step| step.answer == Answer::CannotTell)
        .count();
    let band = match rule.answer {
        Answer::Yes if rests_on_words(rule) => Band::Moderate,
        Answer::Yes => Band::Strong,
        _ => Band::Moderate,
    };
    let entry = context
        .world
        .packs
        .controls
        .rules
        .iter()
        .find(|read| read.entry.id == rule.rule)
        .map(|read| &read.entry)?;
    let mut evidence = limbs(context, "use-rules", &rule.steps, "");
    evidence.push(context.rule_evidence("use-rules", entry));
    Some(Finding {
        id: Finding::id_of(&rule.rule, &subject, &[]),
        rule: rule.rule.clone(),
        subject,
        title: rule.heading.clone(),
        applies_because: because(regime),
        answer: under_regime(rule.answer, regime),
        force: rule.force,
        effect: effect(rule),
        severity: rule.severity,
        confidence: Confidence {
            band,
            reason: match open {
                0 => "every limb is settled by the facts entered".to_owned(),
                open => format!("{} open", count(open, "limb")),
            },
        },
        evidence,
        looked_at: Vec::new(),
        unchecked: context.doubts(entry),
        questions: rule.questions.clone(),
        next: rule.next.iter().cloned().map(Step).collect(),
        contest: contest(),
    })
}

/// A prohibition of which no limb is shown to hold asks first.
fn effect(rule: &Judged) -> Effect {
    let shown = rule
        .steps
        .iter()
        .any(|step| !step.takes_out && step.answer == Answer::Yes);
    match rule.effect {
        Effect::Prohibited if rule.answer == Answer::CannotTell && !shown => Effect::AskFirst,
        effect => effect,
    }
}

fn rests_on_words(rule: &Judged) -> bool {
    rule.steps
        .iter()
        .flat_map(|step| &step.rests)
        .any(|rests| rests.whose == Whose::Text)
}

/// Limb by limb, as evidence: the annex of a finding. The field says what the limb came
/// to; the text what it says and the facts that are known of it.
fn limbs(
    context: &Context<'_>,
    pack: &str,
    steps: &[scruple_controls::trace::Step],
    code: &str,
) -> Vec<Evidence> {
    steps
        .iter()
        .map(|step| {
            let known: Vec<&str> = step
                .rests
                .iter()
                .map(|rests| rests.said.as_str())
                .filter(|said| !said.is_empty())
                .collect();
            let what = if step.takes_out { "note" } else { "limb" };
            let place = step.cite.as_deref().unwrap_or(code);
            let field = if place.is_empty() {
                format!("{what}, {}", say(step.answer))
            } else {
                format!("{what}, {}, {place}", say(step.answer))
            };
            let text = if known.is_empty() {
                step.says.clone()
            } else {
                format!("{} ({})", step.says, known.join("; "))
            };
            pack_evidence(context, pack, &field, &text)
        })
        .collect()
}

fn say(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::CannotTell => "open",
    }
}

fn pack_evidence(context: &Context<'_>, pack: &str, field: &str, text: &str) -> Evidence {
    Evidence {
        source: pack.to_owned(),
        snapshot: context.world.packs.hashes.get(pack).cloned(),
        record: None,
        field: field.to_owned(),
        text: text.to_owned(),
        date: None,
        published: false,
    }
}

fn because(regime: Option<&RegimeAnswer>) -> String {
    super::regime_part(regime).0
}

fn confidence(entries: &[&Considered]) -> Confidence {
    let text = entries
        .iter()
        .flat_map(|one| &one.steps)
        .flat_map(|step| &step.rests)
        .any(|rests| rests.whose == Whose::Text);
    let sure = entries.iter().any(|one| one.sure);
    let (band, reason) = match (sure, text) {
        (true, false) => (Band::Strong, "rests on what the deal states"),
        (true, true) => (Band::Moderate, "rests on words of the description"),
        (false, _) => (Band::Weak, "words only make one ask"),
    };
    Confidence {
        band,
        reason: reason.to_owned(),
    }
}

fn contest() -> Contest {
    Contest {
        how: "Correct the fact in the deal file, with the paper that shows it, and run the check \
              again. An authority decides a doubtful classification on request."
            .to_owned(),
        link: None,
    }
}

/// What is told of the deal by several items is told once, with everything it rests on.
fn merge(findings: &mut Vec<Finding>) {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings.drain(..) {
        match kept.iter_mut().find(|one| one.id == finding.id) {
            Some(one) => {
                if finding.answer < one.answer {
                    one.answer = finding.answer;
                    one.title.clone_from(&finding.title);
                }
                for evidence in finding.evidence {
                    if !one.evidence.contains(&evidence) {
                        one.evidence.push(evidence);
                    }
                }
            }
            None => kept.push(finding),
        }
    }
    *findings = kept;
}

/// Warning signs, as one finding that names them.
fn flags(context: &Context<'_>, outcomes: &[Outcome]) -> Option<Finding> {
    let mut flags: Vec<&scruple_controls::Flag> = Vec::new();
    for flag in outcomes.iter().flat_map(|outcome| &outcome.flags) {
        if !flags.iter().any(|known| known.id == flag.id) {
            flags.push(flag);
        }
    }
    if flags.is_empty() {
        return None;
    }
    let rule = RuleId::new("duty.red-flags");
    let evidence = flags
        .iter()
        .map(|flag| {
            let because = if flag.because.is_empty() {
                String::new()
            } else {
                format!(" ({})", flag.because.join("; "))
            };
            pack_evidence(
                context,
                "red-flags",
                &flag.id,
                &format!(
                    "{}{because}. Resolves it: {}",
                    flag.label, flag.question.text
                ),
            )
        })
        .collect();
    Some(Finding {
        id: Finding::id_of(&rule, &Subject::Deal, &[]),
        rule,
        subject: Subject::Deal,
        title: format!(
            "{} in the facts entered: {}",
            count(flags.len(), "warning sign"),
            flags
                .iter()
                .map(|flag| lower(&flag.label))
                .collect::<Vec<_>>()
                .join("; ")
        ),
        applies_because: EVERYBODY.to_owned(),
        answer: Answer::Yes,
        force: Force::Guidance,
        effect: Effect::Note,
        severity: None::<Severity>,
        confidence: Confidence {
            band: Band::Moderate,
            reason: "each is shown by facts or words of the deal; none says anything by itself"
                .to_owned(),
        },
        evidence,
        looked_at: Vec::new(),
        unchecked: Vec::new(),
        questions: Vec::new(),
        next: vec![Step(
            "Resolve each in writing before going on; what resolves it stands beside it."
                .to_owned(),
        )],
        contest: contest(),
    })
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The catch-all in words.
pub fn catch_all_words(state: CatchAll) -> &'static str {
    match state {
        CatchAll::Candidate => "every limb of the EU definition is met: a candidate",
        CatchAll::DefinitionNotMet => {
            "EU definition of cyber-surveillance: not met by the facts entered"
        }
        CatchAll::CannotTell => "EU definition of cyber-surveillance: cannot tell",
        CatchAll::NotApplicable => "EU catch-all: does not apply here",
    }
}

/// A duty in words.
pub fn duty_words(duty: Duty) -> &'static str {
    match duty {
        Duty::Prohibited => "forbidden",
        Duty::Stop => "stop, and take advice",
        Duty::ApplyLicence => "apply for a licence",
        Duty::NotifyAuthority => "notify the authority, which decides",
        Duty::LegalReview => "have counsel look at it",
        Duty::Ask => "ask what is open",
        Duty::DeclineOnPolicy => "decline, or change the deal: own duty",
        Duty::RecordException => "write down the exception that is used",
        Duty::RecordRationale => "write down why you go on",
        Duty::None => "none found in what was looked at",
    }
}

/// A question of the catalogue by its id.
pub fn question(packs: &Packs, id: &QuestionId) -> Option<Question> {
    packs
        .controls
        .facts
        .iter()
        .map(scruple_controls::fact::FactEntry::question)
        .find(|question| question.id == *id)
}
