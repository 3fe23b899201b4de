//! Who owns the parties, and whether a listing reaches them through that.
//!
//! Each party is found in the holdings by its identifiers, and every rule whose body
//! of law binds the deal, or may, is run for it and answers on its own: rules differ
//! on the same graph. *Covered*, and *cannot be ruled out* with a listed party above,
//! are findings each. That some owners of a party are simply not known holds for
//! nearly every company: it is one finding for the deal with the question to ask, or
//! a brief would stop at every deal and so at none.
//!
//! Without holdings nothing is answered with No: every answer is that it cannot be
//! told, and the brief says that nobody looked. The same holds where a list that a
//! rule starts from is not held whole, and where nobody compared the wording of a rule
//! with the official text: then the brief says what the count shows.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::{
    Answer, Band, Confidence, Country, Effect, Entity, Evidence, Finding, ListId, RecordId, Schema,
    Snapshot, Step, Subject, Unchecked,
};
use scruple_ownership::read::ids;
use scruple_ownership::{About, Closed, NodeNo, Proof, Reach, RuleBody, close, findings};
use scruple_pack::Entry;

use super::screening::subjects::{self, Screenee};
use super::{Context, contest_facts, is_live, regime_part};
use crate::brief::{Owned, Ownership};
use crate::packs::{OWNERSHIP, When};
use crate::world::{Bytes, Held, World};
use crate::{Gap, Holdings};

/// The most entities of a proof that no one can be reached which a brief carries.
const MOST_CLOSED: usize = 40;

/// What the check gives.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) findings: Vec<Finding>,
    pub(crate) ownership: Ownership,
    pub(crate) unchecked: Vec<Unchecked>,
    /// Whether somebody has to look who owns a party.
    pub(crate) is_incomplete: bool,
}

/// Whom of the deal a company's owners may reach: everybody but people.
struct Asked<'a> {
    who: Screenee<'a>,
    nodes: Vec<NodeNo>,
}

/// What leaves a party's owners open, in words.
struct OpenParty {
    id: String,
    name: String,
    why: String,
}

/// Runs every rule for every party.
pub(crate) fn run(context: &Context<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let holdings = context.world.holdings.as_ref();
    let asked = asked(context, holdings);
    if asked.is_empty() {
        return outcome;
    }
    let rules: Vec<(&Entry<RuleBody>, Answer)> = context
        .world
        .packs
        .ownership
        .entries
        .iter()
        .filter(|entry| is_live(entry.force_on(context.as_of)))
        .filter_map(|entry| {
            let regime = context
                .regime(&entry.body.regime)
                .map_or(Answer::CannotTell, |r| r.answer);
            (regime != Answer::No).then_some((entry, regime))
        })
        .collect();
    if rules.is_empty() {
        return outcome;
    }
    let Some(holdings) = holdings else {
        outcome.is_incomplete = true;
        outcome.unchecked.push(no_holdings());
        for one in &asked {
            for (entry, regime) in &rules {
                outcome.ownership.answers.push(row(
                    context,
                    &one.who,
                    entry,
                    *regime,
                    Answer::CannotTell,
                    "cannot be told: no holdings are held".to_owned(),
                ));
            }
        }
        return outcome;
    };
    outcome.ownership.looked_at = holdings.looked_at();
    outcome.unchecked.extend(limits(holdings));
    let mut open: Vec<OpenParty> = Vec::new();
    for (entry, regime) in &rules {
        let closed = close(&holdings.graph, entry, &holdings.listed, context.as_of);
        let missing = missing_seeds(context.world, entry);
        let mut is_by_count_only = false;
        for one in &asked {
            let (owned, found, why) = answer(context, holdings, &closed, one, *regime, &missing);
            is_by_count_only |= owned.by_count.is_some();
            outcome.findings.extend(found);
            outcome.ownership.answers.push(owned);
            if let Some(why) = why
                && open.iter().all(|known| known.id != one.who.id.as_str())
            {
                open.push(OpenParty {
                    id: one.who.id.to_string(),
                    name: one.who.query.name.clone(),
                    why,
                });
            }
        }
        if is_by_count_only {
            outcome.unchecked.push(unverified(entry));
        }
        outcome.is_incomplete |= is_by_count_only || !missing.is_empty();
    }
    // Party by party, as a reader asks; rules in the order of the pack.
    let place = |party: &scruple_model::PartyId| asked.iter().position(|one| one.who.id == *party);
    outcome
        .ownership
        .answers
        .sort_by_key(|owned| place(&owned.party));
    // Whose owners another finding is about is asked there.
    open.retain(|one| {
        let subject = Subject::Party {
            id: one.id.as_str().into(),
        };
        let asks = |finding: &Finding| {
            let is_rule = context.world.packs.ownership.get(&finding.rule).is_some();
            // A note says what the count shows, and asks for no owner.
            is_rule && finding.subject == subject && finding.effect != Effect::Note
        };
        !outcome.findings.iter().any(asks)
    });
    outcome.findings.extend(unknown(context, &open));
    outcome
}

/// Those whose owners are asked for. The writer's own side only where holdings know it.
fn asked<'a>(context: &Context<'a>, holdings: Option<&Holdings>) -> Vec<Asked<'a>> {
    subjects::of(context.deal)
        .into_iter()
        .filter(|who| who.query.schema != Some(Schema::Person))
        .map(|who| {
            let nodes = holdings.map_or_else(Vec::new, |held| nodes(held, &who));
            Asked { who, nodes }
        })
        .filter(|one| one.who.id.as_str() != "@seller" || !one.nodes.is_empty())
        .collect()
}

/// The nodes that a party's identifiers lead to.
fn nodes(holdings: &Holdings, who: &Screenee<'_>) -> Vec<NodeNo> {
    let mut entity = Entity {
        id: RecordId::new(format!("deal:{}", who.id)),
        schema: who.query.schema.unwrap_or(Schema::LegalEntity),
        caption: who.query.name.clone(),
        properties: BTreeMap::new(),
        listings: Vec::new(),
    };
    for (property, value) in &who.query.identifiers {
        entity.add(property, value.clone());
    }
    for country in &who.query.countries {
        entity.add("country", Country::to_string(country));
    }
    ids::find(&holdings.graph, &entity)
}

/// What is not looked at where no holdings are held.
pub(crate) fn no_holdings() -> Unchecked {
    Unchecked {
        what: "who owns the parties".to_owned(),
        why: "no holdings are held; `scruple ownership import` takes them in".to_owned(),
    }
}

/// What a rule of unverified wording does not say.
fn unverified(entry: &Entry<RuleBody>) -> Unchecked {
    Unchecked {
        what: entry.body.title.clone(),
        why: format!(
            "{}, so that it says No of nobody; compare it with {}",
            scruple_pack::UNVERIFIED,
            entry.citation.instrument
        ),
    }
}

/// That lists are missing, in words.
pub(crate) fn without(world: &World, missing: &[ListId]) -> String {
    let ids: Vec<&str> = missing.iter().map(ListId::as_str).collect();
    let what = match world.held {
        Held::Starter => "only the starter pack is held of",
        Held::Lists(_) => "not held, or not whole:",
    };
    format!(
        "lists the rule starts from are missing ({what} {})",
        ids.join(", ")
    )
}

/// Lists a rule starts from that are not held, or of which only an excerpt is.
pub(crate) fn missing_seeds(world: &World, entry: &Entry<RuleBody>) -> Vec<ListId> {
    let seeds = entry.body.seeds.iter().map(|seed| seed.list.clone());
    let is_whole = |held: &[Snapshot], list: &ListId| {
        let has_gap = world
            .gaps
            .iter()
            .any(|gap| matches!(gap, Gap::PartMissing { list: of, .. } if of == list));
        !has_gap
            && held.iter().any(|one| {
                one.list == *list && one.unread == 0 && world.packs.whole_copy_of(one).is_none()
            })
    };
    match &world.held {
        Held::Starter => seeds.collect(),
        Held::Lists(held) => seeds.filter(|list| !is_whole(held, list)).collect(),
    }
}

fn answer(
    context: &Context<'_>,
    holdings: &Holdings,
    closed: &Closed<'_, Bytes>,
    one: &Asked<'_>,
    regime: Answer,
    missing: &[ListId],
) -> (Owned, Vec<Finding>, Option<String>) {
    let (who, entry) = (&one.who, closed.rule());
    let mut reaches: Vec<Reach> = one.nodes.iter().map(|node| closed.answer(*node)).collect();
    // Of several, the one that reaches furthest: identifiers of two show nothing of either.
    reaches.sort_by_key(|reach| match reach.answer {
        Answer::Yes => 0,
        Answer::CannotTell => 1,
        Answer::No => 2,
    });
    let Some(mut reach) = reaches.into_iter().next() else {
        let why = if who.query.identifiers.is_empty() {
            "the deal gives no identifier of it, and a name joins nobody"
        } else {
            "no identifier of it leads to a party in the holdings"
        };
        let outcome = format!("{}: cannot be told: {why}", entry.body.title);
        let owned = row(context, who, entry, regime, Answer::CannotTell, outcome);
        return (owned, Vec::new(), Some(why.to_owned()));
    };
    let mut outcome = match &reach.listed {
        Some(lists) => format!("{}: it is itself listed on {lists}", entry.body.title),
        None => closed.outcome(&reach),
    };
    let mut doubts = Vec::new();
    if one.nodes.len() > 1 {
        let ids: Vec<&str> = one
            .nodes
            .iter()
            .map(|node| holdings.graph.id(*node))
            .collect();
        doubts.push(format!(
            "its identifiers lead to different parties: {}",
            ids.join(", ")
        ));
    }
    if !missing.is_empty() {
        doubts.push(without(context.world, missing));
    }
    let was_no = reach.answer == Answer::No && reach.listed.is_none();
    if was_no && !doubts.is_empty() {
        reach.answer = Answer::CannotTell;
        outcome = format!(
            "{}: cannot be told: {}",
            entry.body.title,
            doubts.join("; ")
        );
    }
    let above = closed.listed_above(&reach) != Answer::No;
    let names = names(holdings, who, &reach);
    let gave = entry.body.transfer.is_some() && {
        let node = holdings.graph.find(&reach.entity);
        node.is_some_and(|node| {
            let transfers = closed.transfers(node);
            if let Some(doubt) = transfers.doubt() {
                outcome.push_str(&format!("; {doubt}"));
            }
            !transfers.found.is_empty()
        })
    };
    let mut found = Vec::new();
    if reach.answer != Answer::CannotTell || above || gave {
        let (because, questions) = regime_part(context.regime(&entry.body.regime));
        let hash = context.world.packs.hashes.get(OWNERSHIP);
        let about = About {
            subject: Subject::Party { id: who.id.clone() },
            party: &who.query.name,
            applies_because: because,
            regime,
            regime_questions: questions,
            pack: (OWNERSHIP, hash.map_or("", String::as_str)),
            label: &|id| {
                let known = names.get(id).map(String::as_str);
                known.or_else(|| holdings.name(id)).map(str::to_owned)
            },
        };
        found = findings(closed, &reach, &about);
        // That owners are simply unknown is said once for the deal.
        found.retain(|one| above || one.rule != entry.id || one.answer != Answer::CannotTell);
        for finding in &mut found {
            let what = finding.rule.to_string();
            finding.unchecked.extend(doubts.iter().map(|why| Unchecked {
                what: what.clone(),
                why: why.clone(),
            }));
        }
    }
    let is_open = reach.answer == Answer::CannotTell && !above && (!was_no || one.nodes.len() > 1);
    let open = is_open.then(|| {
        reach.proof.open.first().map_or_else(
            || {
                doubts
                    .first()
                    .cloned()
                    .unwrap_or_else(|| "its owners are not all known".to_owned())
            },
            |open| {
                let label = names
                    .get(&open.entity)
                    .map_or(open.entity.as_str(), String::as_str);
                open.settles(label)
            },
        )
    });
    let keeps = !(was_no && reach.answer != Answer::No)
        && reach.listed.is_none()
        && reach.proof.closed.len() <= MOST_CLOSED;
    let given = closed.given(&reach);
    let mut owned = row(context, who, entry, regime, given, outcome);
    owned.by_count = (given != reach.answer).then_some(reach.answer);
    owned.entity = Some(reach.entity.clone());
    owned.flags = reach.flags;
    if keeps {
        owned.proof = Some(reach.proof);
        owned.names = names;
    }
    (owned, found, open)
}

fn row(
    context: &Context<'_>,
    who: &Screenee<'_>,
    entry: &Entry<RuleBody>,
    regime: Answer,
    answer: Answer,
    outcome: String,
) -> Owned {
    Owned {
        party: who.id.clone(),
        name: who.query.name.clone(),
        entity: None,
        rule: entry.id.clone(),
        title: entry.body.title.clone(),
        force: entry.force_on(context.as_of),
        regime,
        answer,
        by_count: None,
        outcome,
        flags: BTreeSet::new(),
        proof: None,
        names: BTreeMap::new(),
    }
}

/// What those in an answer are called.
fn names(holdings: &Holdings, who: &Screenee<'_>, reach: &Reach) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> = in_proof(&reach.proof)
        .into_iter()
        .filter_map(|id| Some((id.to_owned(), holdings.name(id)?.to_owned())))
        .collect();
    names.insert(reach.entity.clone(), who.query.name.clone());
    names
}

/// Every id in a proof.
pub fn in_proof(proof: &Proof) -> BTreeSet<&str> {
    let mut ids = BTreeSet::from([proof.entity.as_str()]);
    for step in &proof.steps {
        ids.insert(&step.entity);
        for counted in step.counted.iter().chain(&step.left) {
            ids.insert(&counted.owner);
            ids.extend(
                counted
                    .claims
                    .iter()
                    .filter_map(|claim| claim.nominee.as_deref()),
            );
        }
    }
    ids.extend(proof.closed.iter().map(|closed| closed.entity.as_str()));
    ids.extend(proof.open.iter().map(|open| open.entity.as_str()));
    ids
}

/// What holdings cannot show.
pub(crate) fn limits(holdings: &Holdings) -> Vec<Unchecked> {
    let (all, placed) = holdings.placed();
    let doubtful = holdings.doubtful();
    let mut limits = vec![Unchecked {
        what: match holdings.graph.sources().len() {
            0..=4 => format!("ownership outside {}", holdings.sources()),
            many => format!("ownership outside the {many} sources of holdings"),
        },
        why: "no other source of holdings is held".to_owned(),
    }];
    let absent = all - placed - doubtful;
    if absent > 0 {
        limits.push(Unchecked {
            what: format!("{absent} of {all} listed parties as owners"),
            why:
                "no identifier of theirs leads to a party in the holdings, and a name joins nobody"
                    .to_owned(),
        });
    }
    if doubtful > 0 {
        limits.push(Unchecked {
            what: format!("{doubtful} of {all} listed parties that may stand in the holdings"),
            why: MAY_STAND.to_owned(),
        });
    }
    limits
}

/// Why some listed parties cover nobody: what is not known of them.
pub const MAY_STAND: &str = "the number in their record does not show whose it is, so that they \
                             count for no Yes and against every No";

/// One finding for all parties whose owners are not known well enough.
fn unknown(context: &Context<'_>, open: &[OpenParty]) -> Option<Finding> {
    let duty = context.world.packs.duty(When::OwnersUnknown)?;
    let first = open.first()?;
    let whom = match open.len() {
        1 => first.name.clone(),
        many => format!("{many} parties"),
    };
    let title = format!("Who owns {whom} is not known well enough");
    let mut evidence: Vec<Evidence> = open
        .iter()
        .map(|one| {
            super::deal_evidence(
                format!("parties[{}]", one.id),
                format!("{}: {}", one.name, one.why),
            )
        })
        .collect();
    evidence.push(context.rule_evidence("duties", duty));
    let names: Vec<&str> = open.iter().map(|one| one.name.as_str()).collect();
    let questions = duty.body.question.as_ref().map(|question| {
        let mut asked = question.to_question("parties");
        asked.text = format!("Who holds {}, and how much?", names.join("; "));
        asked
    });
    Some(Finding {
        id: Finding::id_of(&duty.id, &Subject::Deal, &[]),
        rule: duty.id.clone(),
        subject: Subject::Deal,
        title,
        applies_because: crate::render::view::EVERYBODY.to_owned(),
        answer: Answer::CannotTell,
        force: duty.force_on(context.as_of),
        effect: duty.body.effect,
        severity: duty.body.severity,
        confidence: Confidence {
            band: Band::Weak,
            reason: "nobody listed is known above them, and not every owner is".to_owned(),
        },
        evidence,
        looked_at: Vec::new(),
        unchecked: context.doubts(duty),
        questions: questions.into_iter().collect(),
        next: duty.body.next.iter().cloned().map(Step).collect(),
        contest: contest_facts(),
    })
}
