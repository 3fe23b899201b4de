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
        places.push((
            PlaceField::Destination,
            "destination".to_owned(),
            place.clone(),
        ));
    }
    for place in deal.transit.known().into_iter().flatten() {
        places.push((PlaceField::Transit, "transit".to_owned(), place.clone()));
    }
    if let Some(place) = deal.place_of_use.known() {
        places.push((
            PlaceField::PlaceOfUse,
            "place_of_use".to_owned(),
            place.clone(),
        ));
    }
    for (at, item) in deal.items.iter().enumerate() {
        if let Some(place) = item.origin.known() {
            places.push((
                PlaceField::Origin,
                format!("items[{}].origin", at + 1),
                place.clone(),
            ));
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

/// A finding for each rule and each place of the deal it speaks of. A region
/// and the country round it are one place, the region; one rule speaks once of
/// one place, whichever fields name it.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    let places = places(context);
    let mut findings = Vec::new();
    for entry in &context.world.packs.places.entries {
        if !is_live(entry.force_on(context.as_of))
            || !speaks_to(entry.body.direction, context.deal.direction)
        {
            continue;
        }
        let mut named: Vec<(Place, Vec<(String, Place)>)> = Vec::new();
        for (field, name, place) in &places {
            if !entry.body.applies_to.contains(field)
                || !context.world.packs.within(place, &entry.body.places)
            {
                continue;
            }
            let fact = (name.clone(), place.clone());
            match named
                .iter_mut()
                .find(|(known, _)| known.is_within(place) || place.is_within(known))
            {
                Some((known, facts)) => {
                    if place.is_within(known) {
                        known.clone_from(place);
                    }
                    facts.push(fact);
                }
                None => named.push((place.clone(), vec![fact])),
            }
        }
        findings.extend(
            named
                .iter()
                .filter_map(|(place, facts)| finding(context, entry, place, facts)),
        );
    }
    findings
}

/// The place as the rule names it: China, where a rule on China meets Xinjiang.
fn named_by_rule(entry: &Entry<PlaceBody>, place: &Place) -> String {
    let mut named = entry
        .body
        .places
        .iter()
        .filter_map(|code| Place::parse(code));
    named
        .find(|outer| place.is_within(outer))
        .map_or_else(|| place.name(), |outer| outer.name())
}

fn finding(
    context: &Context<'_>,
    entry: &Entry<PlaceBody>,
    place: &Place,
    facts: &[(String, Place)],
) -> Option<Finding> {
    let body = &entry.body;
    let regime = body.regime.as_ref().and_then(|id| context.regime(id));
    // Whether the item itself falls under the rule is open where the rule asks.
    let fact = if body.question.is_some() {
        Answer::CannotTell
    } else {
        Answer::Yes
    };
    let answer = under_regime(fact, regime);
    if answer == Answer::No {
        // The regime does not bind; it stands once among the regimes looked at.
        return None;
    }
    let (applies_because, mut questions) = regime_part(regime);
    questions.extend(
        body.question
            .as_ref()
            .map(|question| question.to_question("items[].description")),
    );
    let subject = Subject::Place { code: place.code() };
    let mut evidence: Vec<_> = facts
        .iter()
        .map(|(field, place)| deal_evidence(field, place.name()))
        .collect();
    evidence.push(context.rule_evidence("places", entry));
    Some(Finding {
        id: Finding::id_of(&entry.id, &subject, &[]),
        rule: entry.id.clone(),
        subject,
        title: body
            .heading
            .replace("{place}", &named_by_rule(entry, place)),
        applies_because,
        answer,
        force: entry.force_on(context.as_of),
        effect: body.effect,
        severity: body.severity,
        confidence: confidence(fact),
        evidence,
        looked_at: Vec::new(),
        unchecked: context.doubts(entry),
        questions,
        next: body.next.iter().cloned().map(Step).collect(),
        contest: contest_facts(),
    })
}

/// The place is certain; whether the rule reaches the item may not be.
fn confidence(fact: Answer) -> Confidence {
    let (band, reason) = match fact {
        Answer::Yes => (Band::Strong, "the deal file names the place"),
        _ => (
            Band::Moderate,
            "the deal file names the place; whether the rule reaches the item is open",
        ),
    };
    Confidence {
        band,
        reason: reason.to_owned(),
    }
}
