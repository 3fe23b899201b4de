//! The texts a match rests on, and how sure they make it.

use scruple_model::{Band, Confidence, Evidence, RecordId, Unchecked};
use scruple_review::{Note, Standing};
use scruple_screen::Match;

use super::Rows;
use super::findings::list_of;
use super::subjects::Screenee;
use crate::check::{Context, deal_evidence};
use crate::starter;
use crate::words;
use crate::world::{Held, World};

/// How sure: the best match's band, held down where only the user's own file
/// says that the list says so.
pub(super) fn confidence(screenee: &Screenee<'_>, rows: &Rows<'_>) -> Confidence {
    let same = rows
        .iter()
        .find_map(|(found, _)| decided(screenee, found, Standing::SameParty));
    if let Some(note) = same {
        return Confidence {
            band: Band::Strong,
            reason: note.line(),
        };
    }
    let Some((best, _)) = rows.iter().max_by_key(|(found, _)| found.score) else {
        return Confidence {
            band: Band::Weak,
            reason: "no record".to_owned(),
        };
    };
    let mut band = best.band;
    let mut reason = grounds(best);
    if best.id.list().is_users_own() {
        band = band.max(Band::Moderate);
        reason.push_str("; the list's own copy is not held, a file of yours says so");
    }
    Confidence { band, reason }
}

/// The note on a match, where its review stands so.
pub(super) fn decided<'s>(
    screenee: &'s Screenee<'_>,
    found: &Match,
    standing: Standing,
) -> Option<&'s Note> {
    let of = |note: &&Note| note.record == found.id && note.standing == standing;
    screenee.reviews.iter().find(of)
}

/// Why this band, from what the matcher kept.
fn grounds(found: &Match) -> String {
    let explained = &found.explanation;
    let mut parts = Vec::new();
    if explained.unmatched_query.is_empty() && explained.unmatched_listed.is_empty() {
        parts.push("every part of the name agrees".to_owned());
    } else {
        parts.push(format!(
            "{} of the name agree",
            words::count(explained.pairs.len(), "part")
        ));
        for (whose, left) in [
            ("yours", &explained.unmatched_query),
            ("the list's", &explained.unmatched_listed),
        ] {
            if !left.is_empty() {
                let texts: Vec<&str> = left.iter().map(|part| part.text.as_str()).collect();
                parts.push(format!("only in {whose}: {}", texts.join(", ")));
            }
        }
    }
    parts.extend(
        explained
            .adjustments
            .iter()
            .map(|adjustment| adjustment.what.clone()),
    );
    parts.join("; ")
}

/// Says where a match rests on a name that the list itself does not print.
pub(super) fn added_names(context: &Context<'_>, rows: &Rows<'_>) -> Vec<Unchecked> {
    rows.iter()
        .filter(|(found, _)| is_added(context.world, found))
        .map(|(found, _)| Unchecked {
            what: format!("the name {} of {}", found.explanation.listed_name, found.id),
            why: "the list does not print it; scruple's starter pack adds it".to_owned(),
        })
        .collect()
}

/// Whether the name that matched is one the starter pack adds to what the list prints.
fn is_added(world: &World, found: &Match) -> bool {
    let parties = world.packs.starter.iter().flat_map(|list| &list.entities);
    parties.filter(|party| party.id == found.id).any(|party| {
        party
            .values(starter::OURS)
            .contains(&found.explanation.listed_name)
    })
}

/// What agreed, part by part: `Uyghur/Uighur` where two spellings met, `Bill/William (one
/// given name)` where the letters do not show why.
fn agreement(found: &Match) -> String {
    let pairs = found.explanation.pairs.iter().map(|pair| {
        let both = format!("{}/{}", pair.query, pair.listed);
        match pair.remark() {
            _ if pair.query == pair.listed => pair.query.clone(),
            Some(remark) => format!("{both} ({remark})"),
            None => both,
        }
    });
    pairs.collect::<Vec<_>>().join(" · ")
}

pub(super) fn evidence_of(
    context: &Context<'_>,
    screenee: &Screenee<'_>,
    rows: &Rows<'_>,
) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for (found, listing) in rows {
        let list = list_of(found, *listing);
        let snapshot = snapshot_of(context.world, &found.id);
        let listed = |field: &str, text: &str, date: Option<String>| Evidence {
            source: list.to_string(),
            snapshot: snapshot.clone(),
            record: Some(found.id.clone()),
            field: field.to_owned(),
            text: text.to_owned(),
            date,
            published: true,
        };
        let explained = &found.explanation;
        evidence.push(deal_evidence(&screenee.field, &explained.query_name));
        let since = listing.and_then(|l| l.since).map(|since| since.to_string());
        evidence.push(Evidence {
            published: !is_added(context.world, found),
            ..listed(
                explained.listed_kind.property(),
                &explained.listed_name,
                since.clone(),
            )
        });
        if explained.listed_name != found.caption {
            evidence.push(listed("caption", &found.caption, None));
        }
        evidence.push(Evidence {
            source: "scruple".to_owned(),
            snapshot: None,
            record: Some(found.id.clone()),
            field: "agreement".to_owned(),
            text: agreement(found),
            date: None,
            published: false,
        });
        if let Some(note) = screenee.reviews.iter().find(|n| n.record == found.id) {
            evidence.push(Evidence {
                source: "review".to_owned(),
                snapshot: None,
                record: Some(found.id.clone()),
                field: "review".to_owned(),
                text: note.line(),
                date: Some(note.on.to_string()),
                published: false,
            });
        }
        let Some(listing) = listing else { continue };
        if let Some(citation) = &listing.citation {
            evidence.push(listed("citation", citation, since.clone()));
        }
        if !listing.programmes.is_empty() {
            evidence.push(listed("program", &listing.programmes.join("; "), None));
        }
        for record in &listing.refers_to {
            evidence.push(listed("refersTo", record.as_str(), None));
        }
        for (field, text) in [
            ("licenceRequirement", &listing.licence_requirement),
            ("licencePolicy", &listing.licence_policy),
            ("reason", &listing.reason),
        ] {
            if let Some(text) = text {
                let mut row = listed(field, text, None);
                // The starter pack restates; it does not quote.
                row.published = found.id.list().as_str() != starter::LIST;
                evidence.push(row);
            }
        }
    }
    evidence
}

/// The hash of the copy that a record is in.
pub(in crate::check) fn snapshot_of(world: &World, id: &RecordId) -> Option<String> {
    let list = id.list();
    match &world.held {
        Held::Lists(held) => held.iter().find(|s| s.list == list).map(|s| s.hash.clone()),
        Held::Starter => {
            let (list, _) = id.record().split_once('/')?;
            world.packs.hashes.get(&format!("starter/{list}")).cloned()
        }
    }
}
