//! Every party against every list, and what a match means for this deal.
//!
//! A name that agrees is not yet a finding of law. It becomes one through three
//! questions, each with three answers: is it the same party (the match), does
//! the list speak to this side of the deal and to this role (the pack), and does
//! the list's regime bind (the nexus). Where the list does not bind, the match
//! still says something about harm, and one finding of our own duty keeps it.
//!
//! The makers of the items are screened too: a distributor with a clean name may
//! sell a listed maker's cameras.

use std::collections::BTreeMap;

use scruple_model::{Date, Deal, Finding, Listing, PartyId};
use scruple_screen::{Match, Options, Query};

use super::Context;
use crate::brief::Screened;
use crate::reviewed::{self, Reviewed};
use crate::words;
use crate::world::World;

mod evidence;
mod findings;
pub(super) mod subjects;

pub(super) use evidence::snapshot_of;

/// Records that speak for one list, best first, each with its designation there.
type Rows<'m> = Vec<(&'m Match, Option<&'m Listing>)>;

/// The options that change an answer, for the vintage.
pub fn options() -> BTreeMap<String, String> {
    BTreeMap::from([
        (
            "screen.threshold".to_owned(),
            Options::default().threshold.to_string(),
        ),
        ("screen.limit".to_owned(), EVERY.to_string()),
    ])
}

/// Findings, and a line for each party, found or not.
pub(crate) fn run(context: &Context<'_>) -> (Vec<Finding>, Vec<Screened>) {
    let mut findings = Vec::new();
    let mut screened = Vec::new();
    for mut screenee in subjects::of(context.deal) {
        let Reviewed { matches, notes } =
            reviewed::search(context.world, &screenee.query, &every(), context.as_of);
        let mut outcome = reviewed::outcome(
            context.world,
            &screenee.query.name,
            &matches,
            &notes,
            asked(context),
        );
        if let Some(aside) = reviewed::set_aside_line(&notes) {
            outcome = format!("{outcome}; {aside}");
        }
        screenee.reviews = notes;
        findings.extend(findings::of(context, &screenee, &matches));
        screened.push(Screened {
            party: screenee.id,
            role: screenee.role,
            name: screenee.query.name,
            found: !matches.is_empty(),
            outcome,
            reviews: screenee.reviews,
        });
    }
    (findings, screened)
}

/// The day asked for, where a copy that answers is younger: only then do the days of
/// the lists say more than was looked at.
fn asked(context: &Context<'_>) -> Option<Date> {
    context
        .world
        .is_younger_than(context.as_of)
        .then_some(context.as_of)
}

/// Whom a check screens: the key of each party and the query it makes.
pub fn queries(deal: &Deal) -> Vec<(PartyId, Query)> {
    subjects::of(deal)
        .into_iter()
        .map(|screenee| (screenee.id, screenee.query))
        .collect()
}

/// Every candidate at the usual threshold: one list's notes must not push out
/// another's prohibition.
fn every() -> Options {
    Options {
        limit: EVERY,
        ..Options::default()
    }
}

/// More records than share one name on all lists together.
const EVERY: usize = 64;

/// Leaves a match the designations that stood on the day; false if it had some and
/// none stood.
pub fn keep_standing(found: &mut Match, as_of: Date) -> bool {
    let had = !found.listings.is_empty();
    found.listings.retain(|listing| listing.stands_on(as_of));
    !had || !found.listings.is_empty()
}

/// "not found on 6 lists as of …", or what was found. `asked` is the day whose
/// designations were looked at, where somebody asked for one.
pub fn outcome(world: &World, name: &str, matches: &[Match], asked: Option<Date>) -> String {
    match matches.first() {
        None if !has_letters(name) => NO_NAME.to_owned(),
        Some(best) => format!(
            "{}, best agreement {} with {} ({})",
            words::count(matches.len(), "candidate"),
            words::band(best.band),
            best.caption,
            best.id
        ),
        None => not_found(world, asked),
    }
}

/// What is said of a name that holds nothing to compare: it was not looked for,
/// which is another thing than not found.
pub const NO_NAME: &str = "not screened: the name holds no letter and no digit";

/// Whether a name holds anything to compare.
pub fn has_letters(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric)
}

/// What a screening that found nothing says: never more than what was looked at.
pub fn not_found(world: &World, asked: Option<Date>) -> String {
    let asked = asked.map_or_else(String::new, |day| format!(", asked as of {day}"));
    format!("not found on {}, {}{asked}", world.extent(), world.as_of())
}
