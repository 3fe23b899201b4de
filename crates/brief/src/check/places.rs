//! What rules say about the places of a deal: embargoes, and facts of regions.

use scruple_model::deal::Direction as Side;
use scruple_model::{Answer, Band, Confidence, Finding, Place, Step, Subject};
use scruple_pack::Entry;

use super::{Context, contest_facts, deal_evidence, is_live, regime_part, under_regime};
use crate::packs::{Direction, PlaceBody, PlaceField};

/// The places of the deal with the field each stands in.
fn places(context: &Context<'_>) -> Vec<(PlaceField, String, Place)> {
    let deal = context.deal;
    let mut places = Vec::new();
    if let Some(place) = deal.destination.known() {
        places.push((PlaceField::Destination, "destination".to_owned(), place.clone()));
    }
    for place in &deal.transit {
        places.push((PlaceField::Transit, "transit".to_owned(), place.clone()));
    }
    if let Some(place) = deal.place_of_use.known() {
        places.push((PlaceField::PlaceOfUse, "place_of_use".to_owned(), place.clone()));
    }
    for (at, item) in deal.items.iter().enumerate() {
        if let Some(place) = item.origin.known() {
            places.push((PlaceField::Origin, format!("items[{}].origin", at + 1), place.clone()));
        }
    }
    places
}

/// Whether a rule for one side of a deal speaks to this one.
pub(crate) fn speaks_to(direction: Direction, side: Side) -> bool {
    match direction {
        Direction::Both => true,
        Direction::Sale => side == Side::Sale,
        Direction::Purchase => side == Side::Purchase,
    }
}

/// A finding for each rule and each place of the deal it speaks of; one rule
/// speaks once of one place, whichever fields name it.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    let places = places(context);
    let mut findings = Vec::new();
    for entry in &context.world.packs.places.entries {
        if !is_live(entry.force_on(context.as_of))
            || !speaks_to(entry.body.direction, context.deal.direction)
        {
            continue;
        }
        let mut named: Vec<(Place, Vec<String>)> = Vec::new();
        for (field, name, place) in &places {
            if !entry.body.applies_to.contains(field)
                || !context.world.packs.within(place, &entry.body.places)
            {
                continue;
            }
            match named.iter_mut().find(|(known, _)| known == place) {
                Some((_, fields)) => fields.push(name.clone()),
                None => named.push((place.clone(), vec![name.clone()])),
            }
        }
        findings
            .extend(named.into_iter().filter_map(|(place, fields)| {
                finding(context, entry, &place, &fields)
            }));
    }
    findings
}

fn finding(
    context: &Context<'_>,
    entry: &Entry<PlaceBody>,
    place: &Place,
    fields: &[String],
) -> Option<Finding> {
    let body = &entry.body;
    let regime = body.regime.as_ref().and_then(|id| context.regime(id));
    // Whether the item itself falls under the rule is open where the rule asks.
    let fact = if body.question.is_some() { Answer::CannotTell } else { Answer::Yes };
    let answer = under_regime(fact, regime);
    if answer == Answer::No {
        // The regime does not bind; it stands once among the regimes looked at.
        return None;
    }
    let (applies_because, mut questions) = regime_part(regime);
    questions
        .extend(body.question.as_ref().map(|question| question.to_question("items[].description")));
    let subject = Subject::Place { code: place.code() };
    let mut evidence: Vec<_> =
        fields.iter().map(|field| deal_evidence(field, place.name())).collect();
    evidence.push(context.rule_evidence("places", entry));
    Some(Finding {
        id: Finding::id_of(&entry.id, &subject, &[]),
        rule: entry.id.clone(),
        subject,
        title: body.heading.replace("{place}", &place.name()),
        applies_because,
        answer,
        force: entry.force_on(context.as_of),
        effect: body.effect,
        severity: body.severity,
        confidence: Confidence {
            band: Band::Strong,
            reason: "the deal file names the place".to_owned(),
        },
        evidence,
        looked_at: Vec::new(),
        unchecked: context.doubts(entry),
        questions,
        next: body.next.iter().cloned().map(Step).collect(),
        contest: contest_facts(),
    })
}
