//! How many features of a documented pattern the facts of a deal show.
//!
//! It counts features of a deal, and says what was counted. It never says of a
//! party that it does what was documented elsewhere. A capability nobody named is
//! unknown, not absent: a data sheet that leaves something out proves nothing.

use std::collections::BTreeMap;

use scruple_model::{Answer, Place};

use crate::Capability;
use crate::assessment::Matched;
use crate::known::{Known, State};
use crate::packs::{Feature, Packs, Side, partly_within, within};

/// Every pattern of which a feature is present, most features first.
pub(crate) fn patterns(
    packs: &Packs,
    side: Side,
    capabilities: &[Capability],
    places: &[Option<&Place>],
    known: &BTreeMap<&str, &Known<'_>>,
) -> Vec<Matched> {
    let mut found: Vec<Matched> = packs
        .patterns
        .entries
        .iter()
        .filter(|entry| entry.body.side.covers(side))
        .filter_map(|entry| {
            let body = &entry.body;
            let of = |wanted: Answer| -> Vec<String> {
                body.features
                    .iter()
                    .filter(|feature| shown(feature, capabilities, places, known) == wanted)
                    .map(|feature| feature.text.clone())
                    .collect()
            };
            let present = of(Answer::Yes);
            if present.is_empty() {
                return None;
            }
            let (absent, unknown) = (of(Answer::No), of(Answer::CannotTell));
            let text = sentence(&body.label, &present, &absent, &unknown, &body.sources);
            Some(Matched {
                id: entry.id.to_string(),
                label: body.label.clone(),
                reaches: present.len() >= body.least,
                present,
                absent,
                unknown,
                sources: body.sources.clone(),
                severity: body.severity,
                text,
            })
        })
        .collect();
    found.sort_by(|a, b| {
        (b.reaches, b.present.len(), &a.id).cmp(&(a.reaches, a.present.len(), &b.id))
    });
    found
}

fn shown(
    feature: &Feature,
    capabilities: &[Capability],
    places: &[Option<&Place>],
    known: &BTreeMap<&str, &Known<'_>>,
) -> Answer {
    let named = capabilities
        .iter()
        .any(|one| feature.capabilities.contains(&one.id));
    let mut known_places = places.iter().flatten();
    let at = known_places.any(|place| within(place, &feature.places));
    if named || at {
        return Answer::Yes;
    }
    let answer = feature
        .question
        .as_ref()
        .and_then(|id| known.get(id.as_str()));
    match answer.map(|one| (one.state, one.is_weak())) {
        Some((State::Choice(choice), _)) if feature.is.contains(&choice.value) => Answer::Yes,
        Some((State::Choice(_), false)) => Answer::No,
        Some(_) => Answer::CannotTell,
        // Only a place can show it, and the deal's places are all known, region and all.
        None if feature.question.is_none()
            && feature.capabilities.is_empty()
            && !places.is_empty()
            && places
                .iter()
                .all(|place| place.is_some_and(|place| !partly_within(place, &feature.places))) =>
        {
            Answer::No
        }
        None => Answer::CannotTell,
    }
}

/// How many of the features there are, in words.
pub(crate) fn claim(label: &str, present: usize, of: usize) -> String {
    let are = if present == 1 { "is" } else { "are" };
    format!("{present} of {of} features of {label} {are} present in the facts entered")
}

fn sentence(
    label: &str,
    present: &[String],
    absent: &[String],
    unknown: &[String],
    sources: &[String],
) -> String {
    let list = |all: &[String]| {
        if all.is_empty() {
            "none".to_owned()
        } else {
            all.join(", ")
        }
    };
    format!(
        "{}: {}; absent: {}; unknown: {}; documented elsewhere: {}. This describes the deal's facts, \
         not the conduct of a party",
        claim(
            label,
            present.len(),
            present.len() + absent.len() + unknown.len()
        ),
        list(present),
        list(absent),
        list(unknown),
        sources.join("; ")
    )
}
