//! A search, with what people decided before.
//!
//! A pair that was decided to be two parties does not count as a hit, and takes no
//! place among the hits; it is told beside them. Every other decision leaves its
//! match where it is and says so.

use std::cell::RefCell;

use scruple_model::{Date, Entity, RecordId};
use scruple_review::{Facts, Group, Note, Standing};
use scruple_screen::{Match, Options, Query, search_where};

use crate::check::screening::{self, keep_standing};
use crate::words;
use crate::world::World;

/// What came of a search.
#[derive(Clone, Debug, Default)]
pub struct Reviewed {
    /// Matches that count, best first.
    pub matches: Vec<Match>,
    /// What was decided about these and about those set aside, best first.
    pub notes: Vec<Note>,
}

/// The facts of a query that a decision rests on.
pub fn facts(query: &Query) -> Facts {
    let mut facts = Facts::of_query(&query.name);
    for name in &query.other_names {
        facts.add(Group::Names, name);
    }
    if let Some(born) = query.birth_date {
        facts.add(Group::Dates, &born.to_string());
    }
    for country in &query.countries {
        facts.add(Group::Countries, country.code());
    }
    for (property, value) in &query.identifiers {
        facts.identifier(property, value);
    }
    if let Some(schema) = query.schema {
        facts.add(Group::Kind, schema.as_str());
    }
    facts
}

/// Searches as of a day: designations that did not stand on it are left out, and
/// pairs set aside by review do not count.
pub fn search(world: &World, query: &Query, options: &Options, as_of: Date) -> Reviewed {
    let notes = RefCell::new(Vec::new());
    // Read once, and only where somebody ever decided anything.
    let facts = (!world.reviews.is_empty()).then(|| facts(query));
    let matches = search_where(&world.index, query, options, |found| {
        if !keep_standing(found, as_of) {
            return false;
        }
        let Some(note) = facts.as_ref().and_then(|facts| note(world, facts, found)) else {
            return true;
        };
        let counts = note.standing != Standing::SetAside;
        notes.borrow_mut().push(note);
        counts
    });
    Reviewed {
        matches,
        notes: notes.into_inner(),
    }
}

/// What was decided about one match of a query.
pub fn note(world: &World, facts: &Facts, found: &Match) -> Option<Note> {
    let listed = || entity(world, &found.id).map(|entity| Facts::of_listed(&entity));
    let shown = (&found.id, found.caption.as_str(), found.score);
    world.reviews.of(facts, shown, listed)
}

/// A listed record by its id.
pub fn entity(world: &World, id: &RecordId) -> Option<Entity> {
    let no = world.index.find(id)?;
    world.index.entity(no)
}

/// The notes on pairs that were set aside.
pub fn set_aside(notes: &[Note]) -> impl Iterator<Item = &Note> {
    notes
        .iter()
        .filter(|note| note.standing == Standing::SetAside)
}

/// What was set aside, in one line; none where nothing was: `1 match set aside by
/// review on DATE by REVIEWER: REASON`.
pub fn set_aside_line(notes: &[Note]) -> Option<String> {
    let aside: Vec<&Note> = set_aside(notes).collect();
    let of = |note: &Note| format!("on {} by {}: {}", note.on, note.by, note.reason);
    match aside.as_slice() {
        [] => None,
        [one] => Some(format!("1 match set aside by review {}", of(one))),
        many => {
            let each: Vec<String> = many.iter().map(|note| of(note)).collect();
            Some(format!(
                "{} matches set aside by review, {}",
                many.len(),
                each.join("; ")
            ))
        }
    }
}

/// What was found, in words. Where everything was set aside, that is not "not found".
/// `asked` is the day whose designations were looked at, where somebody asked for one.
pub fn outcome(
    world: &World,
    name: &str,
    matches: &[Match],
    notes: &[Note],
    asked: Option<Date>,
) -> String {
    if matches.is_empty() && set_aside(notes).next().is_some() {
        let asked = asked.map_or_else(String::new, |day| format!(", asked as of {day}"));
        format!(
            "no other candidate on {}, {}{asked}",
            world.extent(),
            world.as_of()
        )
    } else {
        screening::outcome(world, name, matches, asked)
    }
}

/// A note with the pair it is about, for a list of several.
pub fn described(note: &Note) -> String {
    format!(
        "{} ({}, agreement {}): {}",
        note.caption,
        note.record,
        crate::render::screening::agreement(note.score),
        note.line()
    )
}

/// What the whole answer has to say about reviews: what was set aside, and what
/// counts again, each with the party it is about.
pub(crate) fn caveats<'a>(parties: impl Iterator<Item = (&'a str, &'a [Note])>) -> Vec<String> {
    let mut said = Vec::new();
    for (party, notes) in parties {
        for note in notes {
            match note.standing {
                Standing::SetAside => said.push(format!(
                    "1 match set aside by review on {} by {}: {} ({party} and {}, {})",
                    note.on, note.by, note.reason, note.caption, note.record
                )),
                Standing::Reopened => said.push(format!(
                    "{party} and {}, {}: {}",
                    note.caption,
                    note.record,
                    note.line()
                )),
                Standing::SameParty | Standing::NotSure => {}
            }
        }
    }
    said
}

/// Decisions that cannot be understood here, as something not looked at.
pub(crate) fn unreadable(world: &World) -> Option<scruple_model::Unchecked> {
    let count = world.reviews.unreadable();
    (count > 0).then(|| scruple_model::Unchecked {
        what: format!("{} of earlier reviews", words::count(count, "decision")),
        why: "made with another key than the one in review.key; the pairs count again".to_owned(),
    })
}
