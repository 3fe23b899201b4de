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

use scruple_model::deal::{Deal, Fact, Party, Role};
use scruple_model::{
    Answer, Band, Confidence, Contest, Date, Evidence, Finding, ListId, Listing, PartyId, Place,
    Question, QuestionId, Schema, Step, Subject, Unchecked,
};
use scruple_pack::Entry;
use scruple_screen::{Match, Options, Query};

use super::places::speaks_to;
use super::{Context, deal_evidence, is_live, regime_part, under_regime};
use crate::brief::Screened;
use crate::packs::{DutyBody, ListBody, When};
use crate::starter;
use crate::words;
use crate::world::{Held, World};

/// Candidates shown for one party on one list where none is sure.
const CANDIDATES: usize = 3;

/// The options that change an answer, for the vintage.
pub(crate) fn options() -> BTreeMap<String, String> {
    BTreeMap::from([(
        "screen.threshold".to_owned(),
        Options::default().threshold.to_string(),
    )])
}

/// Somebody to screen.
struct Subjectee<'a> {
    id: PartyId,
    roles: &'a [Role],
    role: String,
    field: String,
    query: Query,
}

fn country(fact: &Fact<Place>) -> Vec<scruple_model::Country> {
    fact.known().map(Place::country).into_iter().collect()
}

fn pairs(identifiers: &BTreeMap<String, String>) -> Vec<(String, String)> {
    identifiers
        .iter()
        .map(|(kind, value)| (kind.clone(), value.clone()))
        .collect()
}

fn party_roles(party: &Party) -> String {
    party
        .roles
        .iter()
        .map(|role| words::role(*role))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Seller, parties and makers, each once by name.
fn subjectees(deal: &Deal) -> Vec<Subjectee<'_>> {
    let mut all = Vec::new();
    let also_party = deal
        .parties
        .iter()
        .any(|party| party.name == deal.seller.name);
    if !deal.seller.name.is_empty() && !also_party {
        all.push(Subjectee {
            id: PartyId::from("seller"),
            roles: &[],
            role: "seller".to_owned(),
            field: "seller.name".to_owned(),
            query: Query {
                name: deal.seller.name.clone(),
                other_names: deal.seller.names.clone(),
                schema: None,
                countries: country(&deal.seller.country),
                identifiers: pairs(&deal.seller.identifiers),
                birth_date: None,
            },
        });
    }
    for party in &deal.parties {
        all.push(Subjectee {
            id: party.id.clone(),
            roles: &party.roles,
            role: party_roles(party),
            field: format!("parties[{}].name", party.id),
            query: Query {
                name: party.name.clone(),
                other_names: party.names.clone(),
                schema: (party.schema != Schema::LegalEntity).then_some(party.schema),
                countries: country(&party.country),
                identifiers: pairs(&party.identifiers),
                birth_date: None,
            },
        });
    }
    for (at, item) in deal.items.iter().enumerate() {
        let Some(maker) = &item.maker else { continue };
        if all.iter().any(|known| known.query.name == *maker) {
            continue;
        }
        all.push(Subjectee {
            id: PartyId::new(format!("item-{}.maker", at + 1)),
            roles: &[],
            role: format!("maker of item {}", at + 1),
            field: format!("items[{}].maker", at + 1),
            query: Query {
                name: maker.clone(),
                other_names: Vec::new(),
                schema: None,
                countries: Vec::new(),
                identifiers: Vec::new(),
                birth_date: None,
            },
        });
    }
    all
}

/// Findings, and a line for each party, found or not.
pub(crate) fn run(context: &Context<'_>) -> (Vec<Finding>, Vec<Screened>) {
    let mut findings = Vec::new();
    let mut screened = Vec::new();
    for subjectee in subjectees(context.deal) {
        let matches =
            scruple_screen::search(&context.world.index, &subjectee.query, &Options::default());
        let matches: Vec<Match> = matches
            .into_iter()
            .filter_map(|found| standing(found, context.as_of))
            .collect();
        let outcome = outcome(context.world, &matches);
        findings.extend(findings_of(context, &subjectee, &matches));
        screened.push(Screened {
            party: subjectee.id,
            role: subjectee.role,
            name: subjectee.query.name,
            found: !matches.is_empty(),
            outcome,
        });
    }
    (findings, screened)
}

/// The match with the designations that stood on the day; none if none did.
fn standing(mut found: Match, as_of: Date) -> Option<Match> {
    let had = !found.listings.is_empty();
    found.listings.retain(|listing| listing.stands_on(as_of));
    (!had || !found.listings.is_empty()).then_some(found)
}

/// "not found on 6 lists as of …", or what was found.
fn outcome(world: &World, matches: &[Match]) -> String {
    match matches.first() {
        Some(best) => format!(
            "{}, best agreement {} with {} ({})",
            words::count(matches.len(), "candidate"),
            words::band(best.band),
            best.caption,
            best.id
        ),
        None => not_found(world),
    }
}

/// What a screening that found nothing says: never more than what was looked at.
pub fn not_found(world: &World) -> String {
    let extent = world.extent();
    match world.days() {
        Some((oldest, newest)) if oldest == newest => {
            format!("not found on {extent} as of {newest}")
        }
        Some((oldest, newest)) => format!("not found on {extent} as of {oldest} to {newest}"),
        None => "no list was there to look at".to_owned(),
    }
}

/// The list a designation speaks for: the official one the record names, else
/// the list the record is in.
fn list_of(found: &Match, listing: Option<&Listing>) -> ListId {
    listing
        .and_then(|listing| listing.list.clone())
        .unwrap_or_else(|| found.id.list())
}

/// Matches by the list they speak for, best first.
fn by_list(matches: &[Match]) -> BTreeMap<ListId, Vec<(&Match, Option<&Listing>)>> {
    let mut lists: BTreeMap<ListId, Vec<(&Match, Option<&Listing>)>> = BTreeMap::new();
    for found in matches {
        if found.listings.is_empty() {
            lists
                .entry(list_of(found, None))
                .or_default()
                .push((found, None));
        }
        for listing in &found.listings {
            let rows = lists.entry(list_of(found, Some(listing))).or_default();
            // One record speaks once on one list.
            if rows.iter().all(|(known, _)| known.id != found.id) {
                rows.push((found, Some(listing)));
            }
        }
    }
    lists
}

type Rows<'m> = Vec<(&'m Match, Option<&'m Listing>)>;

fn findings_of(
    context: &Context<'_>,
    subjectee: &Subjectee<'_>,
    matches: &[Match],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut elsewhere: Vec<(ListId, Rows<'_>)> = Vec::new();
    for (list, mut rows) in by_list(matches) {
        // A sure match leaves no room for the others of its list.
        if rows.iter().any(|(found, _)| is_sure(found)) {
            rows.retain(|(found, _)| is_sure(found));
        }
        rows.truncate(CANDIDATES);
        match context.world.packs.list(&list) {
            Some(entry) if binds(context, subjectee, entry) => {
                findings.push(listed(context, subjectee, entry, &rows));
            }
            _ => elsewhere.push((list, rows)),
        }
    }
    if let Some(duty) = context.world.packs.duty(When::ListedWhereListDoesNotBind)
        && !elsewhere.is_empty()
    {
        findings.push(listed_elsewhere(context, subjectee, duty, &elsewhere));
    }
    findings
}

/// Whether the two names are one party's as far as names can tell.
fn is_sure(found: &Match) -> bool {
    found.band == Band::Strong
}

/// Whether a list may bind this deal for this party: its direction, the party's
/// role, a regime that is not known not to bind, and a rule that has not ended.
fn binds(context: &Context<'_>, subjectee: &Subjectee<'_>, entry: &Entry<ListBody>) -> bool {
    let body = &entry.body;
    let role = body.roles.is_empty() || subjectee.roles.iter().any(|r| body.roles.contains(r));
    let regime = context
        .regime(&body.regime)
        .is_none_or(|regime| regime.answer != Answer::No);
    speaks_to(body.direction, context.deal.direction)
        && role
        && regime
        && is_live(entry.force_on(context.as_of))
}

fn same_party(rows: &Rows<'_>) -> Answer {
    if rows.iter().any(|(found, _)| is_sure(found)) {
        Answer::Yes
    } else {
        Answer::CannotTell
    }
}

fn listed(
    context: &Context<'_>,
    subjectee: &Subjectee<'_>,
    entry: &Entry<ListBody>,
    rows: &Rows<'_>,
) -> Finding {
    let body = &entry.body;
    let regime = context.regime(&body.regime);
    let same = same_party(rows);
    let (applies_because, mut questions) = regime_part(regime);
    let mut next: Vec<Step> = Vec::new();
    let subject_words = format!("The {}", subjectee.role);
    let title = if same == Answer::Yes {
        body.heading.replace("{party}", &subject_words)
    } else {
        questions.insert(0, same_party_question(subjectee, rows, &body.title));
        next.push(Step(
            "Compare address, registration number and owners of the two before going on."
                .to_owned(),
        ));
        format!("{subject_words} may be a party on the {}", body.title)
    };
    next.extend(body.next.iter().cloned().map(Step));
    let subject = Subject::Party {
        id: subjectee.id.clone(),
    };
    let records: Vec<_> = rows.iter().map(|(found, _)| found.id.clone()).collect();
    let mut evidence = evidence_of(context, subjectee, rows);
    evidence.push(context.rule_evidence("lists", entry));
    let mut unchecked = context.doubts(entry);
    unchecked.extend(added_names(context, rows));
    Finding {
        id: Finding::id_of(&entry.id, &subject, &records),
        rule: entry.id.clone(),
        subject,
        title,
        applies_because,
        answer: under_regime(same, regime),
        force: entry.force_on(context.as_of),
        effect: body.effect,
        severity: body.severity,
        confidence: confidence(rows),
        evidence,
        looked_at: Vec::new(),
        unchecked,
        questions,
        next,
        contest: Contest {
            how: body.correction.clone(),
            link: body.correction_link.clone(),
        },
    }
}

fn listed_elsewhere(
    context: &Context<'_>,
    subjectee: &Subjectee<'_>,
    duty: &Entry<DutyBody>,
    lists: &[(ListId, Rows<'_>)],
) -> Finding {
    let rows: Rows<'_> = lists
        .iter()
        .flat_map(|(_, rows)| rows.iter().copied())
        .collect();
    let titles: Vec<String> = lists
        .iter()
        .map(|(list, _)| context.world.title(list))
        .collect();
    let same = same_party(&rows);
    let subject_words = format!("The {}", subjectee.role);
    let (title, questions) = if same == Answer::Yes {
        (
            duty.body.heading.replace("{party}", &subject_words),
            Vec::new(),
        )
    } else {
        (
            format!("{subject_words} may be on a list that does not bind this deal"),
            vec![same_party_question(subjectee, &rows, &titles.join(", "))],
        )
    };
    let severity = lists
        .iter()
        .filter_map(|(list, _)| context.world.packs.list(list)?.body.severity)
        .chain(duty.body.severity)
        .min();
    let subject = Subject::Party {
        id: subjectee.id.clone(),
    };
    let records: Vec<_> = rows.iter().map(|(found, _)| found.id.clone()).collect();
    let mut evidence = evidence_of(context, subjectee, &rows);
    evidence.push(context.rule_evidence("duties", duty));
    let mut unchecked = context.doubts(duty);
    unchecked.extend(added_names(context, &rows));
    Finding {
        id: Finding::id_of(&duty.id, &subject, &records),
        rule: duty.id.clone(),
        subject,
        title,
        applies_because: format!(
            "no fact entered makes these lists bind here, or they speak to another role: {}",
            titles.join(", ")
        ),
        answer: same,
        force: duty.force_on(context.as_of),
        effect: duty.body.effect,
        severity,
        confidence: confidence(&rows),
        evidence,
        looked_at: Vec::new(),
        unchecked,
        questions,
        next: duty.body.next.iter().cloned().map(Step).collect(),
        contest: Contest {
            how: "The publisher of the list hears requests for correction; a name that only \
                  resembles a listed one is settled by comparing the two records."
                .to_owned(),
            link: None,
        },
    }
}

fn same_party_question(subjectee: &Subjectee<'_>, rows: &Rows<'_>, title: &str) -> Question {
    let captions: Vec<&str> = rows
        .iter()
        .map(|(found, _)| found.caption.as_str())
        .collect();
    Question {
        id: QuestionId::new(format!("q.same-party-{}", subjectee.id)),
        text: format!(
            "Is {} the same as {} ({title})?",
            subjectee.query.name,
            captions.join(", or ")
        ),
        ask: format!(
            "{}, for its registration number and address",
            subjectee.query.name
        ),
        field: subjectee.field.replace(".name", ".identifiers"),
    }
}

/// How sure: the best match's band, held down where only the user's own file
/// says that the list says so.
fn confidence(rows: &Rows<'_>) -> Confidence {
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
                parts.push(format!("only in {whose}: {}", left.join(", ")));
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
fn added_names(context: &Context<'_>, rows: &Rows<'_>) -> Vec<Unchecked> {
    let added = |found: &Match| {
        let name = &found.explanation.listed_name;
        let starter = context
            .world
            .packs
            .starter
            .iter()
            .flat_map(|list| &list.entities);
        starter
            .filter(|e| e.id == found.id)
            .any(|e| e.values(starter::OURS).contains(name))
    };
    rows.iter()
        .filter(|(found, _)| added(found))
        .map(|(found, _)| Unchecked {
            what: format!("the name {} of {}", found.explanation.listed_name, found.id),
            why: "the list does not print it; scruple's starter pack adds it".to_owned(),
        })
        .collect()
}

/// What agreed, part by part: `Uyghur/Uighur` where two spellings met.
fn agreement(found: &Match) -> String {
    let pairs = found.explanation.pairs.iter().map(|pair| {
        if pair.query == pair.listed {
            pair.query.clone()
        } else {
            format!("{}/{}", pair.query, pair.listed)
        }
    });
    pairs.collect::<Vec<_>>().join(" · ")
}

fn evidence_of(context: &Context<'_>, subjectee: &Subjectee<'_>, rows: &Rows<'_>) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for (found, listing) in rows {
        let list = list_of(found, *listing);
        let snapshot = snapshot_of(context.world, found);
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
        evidence.push(deal_evidence(&subjectee.field, &explained.query_name));
        let since = listing.and_then(|l| l.since).map(|since| since.to_string());
        evidence.push(listed(
            explained.listed_kind.property(),
            &explained.listed_name,
            since.clone(),
        ));
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
        let Some(listing) = listing else { continue };
        if let Some(citation) = &listing.citation {
            evidence.push(listed("citation", citation, since.clone()));
        }
        if !listing.programmes.is_empty() {
            evidence.push(listed("program", &listing.programmes.join("; "), None));
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

fn snapshot_of(world: &World, found: &Match) -> Option<String> {
    let list = found.id.list();
    match &world.held {
        Held::Lists(held) => held.iter().find(|s| s.list == list).map(|s| s.hash.clone()),
        Held::Starter => {
            let (list, _) = found.id.record().split_once('/')?;
            world.packs.hashes.get(&format!("starter/{list}")).cloned()
        }
    }
}
