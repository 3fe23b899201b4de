//! What a deal has to say before anybody can decide on it, and whether the
//! authorisations it names still hold.

use scruple_model::deal::{Authorisation, Deal, Direction, Fact, Role};
use scruple_model::{Answer, Band, Confidence, Date, Evidence, Finding, Place, Question, Subject};
use scruple_pack::Entry;

use super::{Context, deal_evidence};
use crate::packs::{DutyBody, When};

/// Something that a duty speaks to.
struct Gap {
    when: When,
    /// A gap is certain; what it hides is not: `CannotTell`.
    answer: Answer,
    reason: &'static str,
    field: &'static str,
    evidence: Vec<Evidence>,
    questions: Vec<Question>,
}

/// A finding for each thing the deal does not say, or that no longer holds.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut gaps = unsaid(context.deal);
    gaps.extend(open_region(context));
    gaps.extend(open_nexus(context));
    gaps.extend(authorisations(context.deal, context.as_of));
    gaps.into_iter()
        .filter_map(|gap| {
            let duty = context.world.packs.duty(gap.when)?;
            Some(finding(context, duty, gap))
        })
        .collect()
}

fn gap(when: When, field: &'static str) -> Gap {
    Gap {
        when,
        answer: Answer::CannotTell,
        reason: "the deal file leaves it open",
        field,
        evidence: vec![deal_evidence(field, "unknown")],
        questions: Vec::new(),
    }
}

/// Who uses it, where and for what is asked of what is sold. Of what is bought, the buyer
/// is asked where it goes, and the assessment asks about the work behind it.
fn unsaid(deal: &Deal) -> Vec<Gap> {
    let sold = deal.direction == Direction::Sale;
    let is_end_user = |party: &scruple_model::deal::Party| party.roles.contains(&Role::EndUser);
    let missing = [
        (
            sold && !deal.parties.iter().any(is_end_user),
            When::NoEndUser,
            "parties",
        ),
        (
            sold && deal.end_use.known().is_none(),
            When::NoEndUse,
            "end_use",
        ),
        (
            sold && deal.place_of_use.known().is_none(),
            When::NoPlaceOfUse,
            "place_of_use",
        ),
        (
            deal.destination.known().is_none(),
            When::NoDestination,
            "destination",
        ),
    ];
    let gaps = missing.into_iter().filter(|(missing, ..)| *missing);
    gaps.map(|(_, when, field)| gap(when, field)).collect()
}

/// Countries named without a region of which a rule speaks, where no other place of
/// the deal names the region. An origin is left to the rules on inputs.
fn open_region(context: &Context<'_>) -> Option<Gap> {
    let deal = context.deal;
    let named: Vec<(&str, &Place)> = [
        ("destination", &deal.destination),
        ("place_of_use", &deal.place_of_use),
    ]
    .into_iter()
    .filter_map(|(field, place)| Some((field, place.known()?)))
    .chain(
        deal.transit
            .known()
            .into_iter()
            .flatten()
            .map(|place| ("transit", place)),
    )
    .collect();
    let regions: Vec<Place> = context
        .world
        .packs
        .places
        .entries
        .iter()
        .flat_map(|entry| &entry.body.places)
        .filter_map(|code| Place::parse(code))
        .collect();
    let holds_region = |place: &Place| {
        regions
            .iter()
            .any(|region| region != place && region.is_within(place))
    };
    let settled = |place: &Place| {
        named
            .iter()
            .any(|(_, other)| *other != place && other.is_within(place))
    };
    let evidence: Vec<Evidence> = named
        .iter()
        .filter(|(_, place)| holds_region(place) && !settled(place))
        .map(|(field, place)| deal_evidence(*field, format!("{}, region unknown", place.name())))
        .collect();
    (!evidence.is_empty()).then(|| Gap {
        evidence,
        ..gap(When::RegionUnknown, "place_of_use")
    })
}

/// The questions of every regime that may bind, each once.
fn open_nexus(context: &Context<'_>) -> Option<Gap> {
    let mut questions: Vec<Question> = Vec::new();
    for question in context
        .regimes
        .values()
        .flat_map(|regime| &regime.questions)
    {
        if questions.iter().all(|known| known.id != question.id) {
            questions.push(question.clone());
        }
    }
    (!questions.is_empty()).then(|| Gap {
        questions,
        ..gap(When::NexusUnknown, "nexus")
    })
}

fn authorisations(deal: &Deal, as_of: Date) -> Vec<Gap> {
    let of = |held: &dyn Fn(&Authorisation) -> bool, say: &dyn Fn(&Authorisation) -> String| {
        let those = deal.authorisations.iter().filter(|one| held(one));
        those
            .map(|one| deal_evidence("authorisations", say(one)))
            .collect::<Vec<_>>()
    };
    let expired = of(
        &|one| one.expires.known().is_some_and(|last| *last < as_of),
        &|one| match &one.expires {
            Fact::Known(last) => format!("{}, last day {last}", one.number),
            Fact::Unknown => one.number.clone(),
        },
    );
    let open = of(&|one| one.expires.known().is_none(), &|one| {
        one.number.clone()
    });
    let mut gaps = Vec::new();
    if !expired.is_empty() {
        gaps.push(Gap {
            answer: Answer::Yes,
            reason: "the deal file gives its last day",
            evidence: expired,
            ..gap(When::AuthorisationExpired, "authorisations")
        });
    }
    if !open.is_empty() {
        gaps.push(Gap {
            evidence: open,
            ..gap(When::AuthorisationExpiryUnknown, "authorisations")
        });
    }
    gaps
}

fn finding(context: &Context<'_>, duty: &Entry<DutyBody>, gap: Gap) -> Finding {
    let mut questions = gap.questions;
    let asked = duty.body.question.as_ref();
    questions.extend(asked.map(|question| question.to_question(gap.field)));
    let confidence = Confidence {
        band: Band::Strong,
        reason: gap.reason.to_owned(),
    };
    Finding {
        questions,
        ..context.of_duty(duty, Subject::Deal, gap.answer, confidence, gap.evidence)
    }
}
