//! The checks, each in its file, and the one place that runs them all.

mod addresses;
pub mod assess;
pub mod attestations;
pub mod completeness;
pub mod controls;
mod identifiers;
pub mod ownership;
pub mod places;
mod questions;
pub mod regimes;
pub mod register;
pub mod screening;

use std::collections::BTreeMap;

use scruple_model::{
    Answer, Confidence, Contest, Date, Deal, Evidence, Finding, Force, Question, RuleId, Step,
    Subject, Unchecked,
};
use scruple_pack::Entry;

use assess::Given;

use crate::brief::{Brief, FOOTER, RegimeAnswer, SCHEMA, Screened, Verdict};
use crate::packs::DutyBody;
use crate::render::view::EVERYBODY;
use crate::reviewed;
use crate::words::{self, count};
use crate::world::World;

/// How long a brief is kept at most where nobody says otherwise, in years: the
/// longest record-keeping period that commonly binds (31 CFR 501.601, ten years
/// since March 2025).
const KEEP_YEARS: i32 = 10;

/// What every check is given.
pub(crate) struct Context<'a> {
    pub(crate) deal: &'a Deal,
    pub(crate) world: &'a World,
    pub(crate) as_of: Date,
    pub(crate) regimes: BTreeMap<RuleId, RegimeAnswer>,
}

impl Context<'_> {
    /// Whether a regime binds; one that no pack describes cannot be told.
    pub(crate) fn regime(&self, id: &str) -> Option<&RegimeAnswer> {
        self.regimes.get(&RuleId::new(id))
    }

    /// A rule as evidence.
    pub(crate) fn rule_evidence<T>(&self, pack: &str, entry: &Entry<T>) -> Evidence {
        let hash = self.world.packs.hashes.get(pack).map_or("", String::as_str);
        entry.as_evidence(pack, hash)
    }

    /// A finding of a duty: what every such finding has alike, and nothing asked yet.
    /// `evidence` comes first, the duty itself last, where a renderer looks for it.
    pub(crate) fn of_duty(
        &self,
        duty: &Entry<DutyBody>,
        subject: Subject,
        answer: Answer,
        confidence: Confidence,
        mut evidence: Vec<Evidence>,
    ) -> Finding {
        evidence.push(self.rule_evidence("duties", duty));
        Finding {
            id: Finding::id_of(&duty.id, &subject, &[]),
            rule: duty.id.clone(),
            subject,
            title: duty.body.heading.clone(),
            applies_because: EVERYBODY.to_owned(),
            answer,
            force: duty.force_on(self.as_of),
            effect: duty.body.effect,
            severity: duty.body.severity,
            confidence,
            evidence,
            looked_at: Vec::new(),
            unchecked: self.doubts(duty),
            questions: Vec::new(),
            next: duty.body.next.iter().cloned().map(Step).collect(),
            contest: contest_facts(),
        }
    }

    /// What is doubtful about a rule, as things left unchecked.
    pub(crate) fn doubts<T>(&self, entry: &Entry<T>) -> Vec<Unchecked> {
        entry
            .doubts(self.as_of)
            .into_iter()
            .map(|why| Unchecked {
                what: entry.id.to_string(),
                why,
            })
            .collect()
    }
}

/// How a finding that rests on facts somebody entered is corrected.
pub(crate) fn contest_facts() -> Contest {
    Contest {
        how: "Correct the fact in the deal file and run the check again.".to_owned(),
        link: None,
    }
}

/// A fact of the deal as evidence.
pub(crate) fn deal_evidence(field: impl Into<String>, text: impl Into<String>) -> Evidence {
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

/// Runs every check over a deal as of a day.
pub fn check(deal: &Deal, world: &World, as_of: Date) -> Brief {
    check_with(deal, world, as_of, &Given::default())
}

/// Runs every check with what was given beside the deal: answers, conditions that are due.
pub fn check_with(deal: &Deal, world: &World, as_of: Date, given: &Given) -> Brief {
    let regimes = regimes::evaluate(deal, world, as_of);
    let context = Context {
        deal,
        world,
        as_of,
        regimes: regimes
            .iter()
            .map(|regime| (regime.id.clone(), regime.clone()))
            .collect(),
    };
    let (mut findings, screened) = screening::run(&context);
    let (addresses, addresses_open) = addresses::run(&context, &findings);
    findings.extend(addresses);
    findings.extend(identifiers::run(&context));
    findings.extend(places::run(&context));
    findings.extend(completeness::run(&context));
    findings.extend(attestations::run(&context));
    findings.extend(register::run(&context));
    let owned = ownership::run(&context);
    let controlled = controls::run(&context, &findings, &owned.ownership.answers);
    findings.extend(owned.findings);
    let assessed = assess::run(&context, given, &controlled.outcomes);
    findings.extend(assessed.findings);
    findings.extend(controlled.findings);
    findings.sort_by_cached_key(Finding::order);

    let questions = questions::open(&mut findings, &world.packs);
    let mut caveats = Vec::new();
    if world.is_starter() {
        caveats.push(world.starter_line());
    }
    if world.is_users_own_only() {
        caveats.push(format!(
            "files of your own only ({}): publishers' lists and the starter pack are not looked at",
            words::count(world.list_count(), "list")
        ));
    }
    caveats.extend(world.cannot_see(as_of));
    if !world.packs.differ.is_empty() {
        caveats.push(format!(
            "rule packs replaced by yours: {}",
            world.packs.differ.join(", ")
        ));
    }
    caveats.extend(reviewed::caveats(
        screened
            .iter()
            .map(|party| (party.role.as_str(), party.reviews.as_slice())),
    ));
    let nameless: Vec<&Screened> = screened
        .iter()
        .filter(|party| !screening::has_letters(&party.name))
        .collect();
    let undescribed = regimes::undescribed(deal, world, &regimes);
    let incomplete = world.is_incomplete(as_of)
        || !nameless.is_empty()
        || !undescribed.is_empty()
        || owned.is_incomplete;
    let mut verdict = Brief::verdict_of(&findings, &questions, incomplete);
    let undecided = regimes
        .iter()
        .any(|regime| regime.answer == Answer::CannotTell);
    if verdict == Verdict::NothingFound && undecided {
        verdict = Verdict::CannotTellYet;
    }

    let mut options = screening::options();
    if let Some(answers) = &given.answers {
        options.insert("answers".to_owned(), answers.hash.clone());
    }
    let mut unchecked = world.unchecked(as_of);
    unchecked.extend(owned.unchecked);
    unchecked.extend(assessed.unchecked);
    unchecked.extend(addresses_open);
    unchecked.extend(undescribed.iter().cloned());
    unchecked.extend(nameless.iter().map(|party| Unchecked {
        what: format!("{} ({})", party.name, party.role),
        why: party.outcome.clone(),
    }));
    Brief {
        schema: SCHEMA.to_owned(),
        title: deal.title.clone(),
        reference: deal.reference.clone(),
        deal: deal.hash.clone(),
        as_of,
        vintage: world.vintage(options),
        verdict,
        summary: summary(verdict, &findings, &questions, world),
        exit: verdict.exit(),
        since: None,
        keep_until: years_after(as_of, KEEP_YEARS),
        caveats,
        findings,
        questions,
        regimes,
        screened: screened.clone(),
        ownership: owned.ownership,
        assessment: assessed.assessment,
        items: controlled.outcomes,
        looked_at: world.looked_at(),
        unchecked,
        footer: FOOTER.to_owned(),
        extent: world.extent(),
    }
}

fn years_after(day: Date, years: i32) -> Date {
    use scruple_model::date::Span;
    day.checked_add(Span::new().years(years)).unwrap_or(day)
}

fn summary(
    verdict: Verdict,
    findings: &[Finding],
    questions: &[Question],
    world: &World,
) -> String {
    let head = match verdict {
        Verdict::NeedsDecision => "NEEDS A DECISION",
        Verdict::CannotTellYet => "CANNOT TELL YET",
        Verdict::NothingFound => "NOTHING FOUND IN WHAT WAS LOOKED AT",
    };
    let stops = findings.iter().filter(|finding| finding.is_stop()).count();
    let mut parts = Vec::new();
    if stops > 0 {
        parts.push(count(stops, "stop-level finding"));
    }
    if findings.len() > stops {
        let rest = findings.len() - stops;
        parts.push(count(
            rest,
            if stops > 0 { "more finding" } else { "finding" },
        ));
    }
    if !questions.is_empty() {
        parts.push(count(questions.len(), "open question"));
    }
    if parts.is_empty() {
        parts.push(format!("nothing found on {}", world.extent()));
    }
    let replaced = if world.packs.differ.is_empty() {
        ""
    } else {
        " · with rule packs of your own"
    };
    format!("{head}   {}{replaced}", parts.join(" · "))
}

/// What it takes for a finding to hold: the fact, under a regime that binds.
pub(crate) fn under_regime(fact: Answer, regime: Option<&RegimeAnswer>) -> Answer {
    regime.map_or(fact, |regime| fact.and(regime.answer))
}

/// The regime's part in a finding: why it applies, and what would settle that.
pub(crate) fn regime_part(regime: Option<&RegimeAnswer>) -> (String, Vec<Question>) {
    match regime {
        None => (EVERYBODY.to_owned(), Vec::new()),
        Some(regime) if regime.answer == Answer::CannotTell => (
            format!("whether {} binds is open", regime.title),
            regime.questions.clone(),
        ),
        Some(regime) => (regime.because.join("; "), Vec::new()),
    }
}

/// Whether a rule has anything to say on the day: one that has ended has not.
pub(crate) fn is_live(force: Force) -> bool {
    !matches!(force, Force::Ended { .. })
}
