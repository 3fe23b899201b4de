//! What a match means: which lists bind this deal for this party, and what they
//! demand.

use std::collections::BTreeMap;

use scruple_model::{
    Answer, Band, Contest, Finding, ListId, Listing, NameKind, Question, QuestionId, Schema, Step,
    Subject,
};
use scruple_pack::Entry;
use scruple_review::Standing;
use scruple_screen::{Agreement, Left, Match};

use super::Rows;
use super::evidence::{added_names, confidence, decided, evidence_of};
use super::subjects::Screenee;
use crate::brief::SAME_PARTY;
use crate::check::places::speaks_to;
use crate::check::{Context, is_live, regime_part, under_regime};
use crate::packs::{DutyBody, ListBody, When};

/// Candidates named in a question; the evidence holds them all.
const NAMED: usize = 3;

/// The list a designation speaks for: the official one the record names, else
/// the list the record is in.
pub(super) fn list_of(found: &Match, listing: Option<&Listing>) -> ListId {
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

pub(super) fn of(
    context: &Context<'_>,
    screenee: &Screenee<'_>,
    matches: &[Match],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut elsewhere: Vec<(ListId, Rows<'_>)> = Vec::new();
    for (list, mut rows) in by_list(matches) {
        // A sure match leaves no room for the others of its list.
        if rows.iter().any(|(found, _)| is_sure(screenee, found)) {
            rows.retain(|(found, _)| is_sure(screenee, found));
        }
        match context.world.packs.list(&list) {
            Some(entry) if binds(context, screenee, entry) => {
                findings.push(listed(context, screenee, entry, &rows));
            }
            _ => elsewhere.push((list, rows)),
        }
    }
    if let Some(duty) = context.world.packs.duty(When::ListedWhereListDoesNotBind) {
        // A sure record must not lend its certainty to another one.
        let is_sure_list =
            |(_, rows): &(ListId, Rows<'_>)| same_party(screenee, rows) == Answer::Yes;
        let (sure, open): (Vec<_>, Vec<_>) = elsewhere.into_iter().partition(is_sure_list);
        let groups = [sure, open].into_iter().filter(|lists| !lists.is_empty());
        findings.extend(groups.map(|lists| listed_elsewhere(context, screenee, duty, &lists)));
    }
    findings
}

/// Whether the two are one party as far as the records can tell: an equal
/// identifier, or a strong agreement of a name that is no weak alias, with nothing
/// beside it that speaks against, and no part on each side that the other lacks. A person's name alone never says so: too many
/// people share one. A person who compared the two and said so decides it.
fn is_sure(screenee: &Screenee<'_>, found: &Match) -> bool {
    if decided(screenee, found, Standing::SameParty).is_some() {
        return true;
    }
    let explained = &found.explanation;
    let identifier = explained
        .pairs
        .iter()
        .any(|pair| pair.agreement == Agreement::Identifier);
    let against = explained
        .adjustments
        .iter()
        .any(|adjustment| adjustment.points < 0);
    // What each name has beyond the other may tell two bodies of one city apart, such as its
    // hospital and its police: then they may be one party, and a person compares.
    let more = |left: &[Left]| left.iter().any(|part| part.points != 0);
    let each_has_more = more(&explained.unmatched_query) && more(&explained.unmatched_listed);
    identifier
        || (found.band == Band::Strong
            && !each_has_more
            && explained.listed_kind != NameKind::Weak
            && found.schema != Schema::Person
            && !against)
}

/// Whether a list may bind this deal for this party: its direction, the party's
/// role, a regime that is not known not to bind, and a rule that has not ended.
fn binds(context: &Context<'_>, screenee: &Screenee<'_>, entry: &Entry<ListBody>) -> bool {
    let body = &entry.body;
    let role = body.roles.is_empty() || screenee.roles.iter().any(|r| body.roles.contains(r));
    let regime = context
        .regime(&body.regime)
        .is_none_or(|regime| regime.answer != Answer::No);
    speaks_to(body.direction, context.deal.direction)
        && role
        && regime
        && is_live(entry.force_on(context.as_of))
}

fn same_party(screenee: &Screenee<'_>, rows: &Rows<'_>) -> Answer {
    if rows.iter().any(|(found, _)| is_sure(screenee, found)) {
        Answer::Yes
    } else {
        Answer::CannotTell
    }
}

fn listed(
    context: &Context<'_>,
    screenee: &Screenee<'_>,
    entry: &Entry<ListBody>,
    rows: &Rows<'_>,
) -> Finding {
    let body = &entry.body;
    let regime = context.regime(&body.regime);
    let same = same_party(screenee, rows);
    let (applies_because, mut questions) = regime_part(regime);
    let mut next: Vec<Step> = Vec::new();
    let subject_words = format!("The {}", screenee.role);
    let title = if same == Answer::Yes {
        body.heading.replace("{party}", &subject_words)
    } else {
        questions.insert(
            0,
            same_party_question(screenee, rows, body.list.as_str(), &body.title),
        );
        next.push(Step(
            "Compare address, registration number and owners of the two before going on."
                .to_owned(),
        ));
        format!("{subject_words} may be a party on the {}", body.title)
    };
    next.extend(body.next.iter().cloned().map(Step));
    let subject = Subject::Party {
        id: screenee.id.clone(),
    };
    let records: Vec<_> = rows.iter().map(|(found, _)| found.id.clone()).collect();
    let mut evidence = evidence_of(context, screenee, rows);
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
        confidence: confidence(screenee, rows),
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
    screenee: &Screenee<'_>,
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
    let same = same_party(screenee, &rows);
    let subject_words = format!("The {}", screenee.role);
    let (title, questions) = if same == Answer::Yes {
        (
            duty.body.heading.replace("{party}", &subject_words),
            Vec::new(),
        )
    } else {
        (
            format!("{subject_words} may be on a list whose rule does not reach this deal"),
            vec![same_party_question(
                screenee,
                &rows,
                "other-lists",
                &titles.join(", "),
            )],
        )
    };
    let severity = lists
        .iter()
        .filter_map(|(list, _)| context.world.packs.list(list)?.body.severity)
        .chain(duty.body.severity)
        .min();
    let subject = Subject::Party {
        id: screenee.id.clone(),
    };
    let records: Vec<_> = rows.iter().map(|(found, _)| found.id.clone()).collect();
    let mut evidence = evidence_of(context, screenee, &rows);
    evidence.push(context.rule_evidence("duties", duty));
    let mut unchecked = context.doubts(duty);
    unchecked.extend(added_names(context, &rows));
    Finding {
        id: Finding::id_of(&duty.id, &subject, &records),
        rule: duty.id.clone(),
        subject,
        title,
        applies_because: elsewhere_because(context, lists),
        answer: same,
        force: duty.force_on(context.as_of),
        effect: duty.body.effect,
        severity,
        confidence: confidence(screenee, &rows),
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

fn same_party_question(
    screenee: &Screenee<'_>,
    rows: &Rows<'_>,
    list: &str,
    title: &str,
) -> Question {
    let mut captions: Vec<&str> = Vec::new();
    for (found, _) in rows {
        if !captions.contains(&found.caption.as_str()) {
            captions.push(&found.caption);
        }
    }
    let more = captions.len().saturating_sub(NAMED);
    captions.truncate(NAMED);
    let mut named = captions.join(", or ");
    if more > 0 {
        named.push_str(&format!(", or {more} more"));
    }
    Question {
        id: QuestionId::new(format!("{SAME_PARTY}{}-{list}", screenee.id)),
        text: format!("Is {} the same as {named} ({title})?", screenee.query.name),
        ask: format!(
            "{}, for its registration number and address",
            screenee.query.name
        ),
        field: screenee.field.replace(".name", ".identifiers"),
    }
}

/// Why these lists raise no rule of their own here. A list that no pack describes
/// is another matter than one whose law does not reach the deal.
fn elsewhere_because(context: &Context<'_>, lists: &[(ListId, Rows<'_>)]) -> String {
    let titles = |known: bool| {
        let of = lists
            .iter()
            .filter(|(list, _)| context.world.packs.list(list).is_some() == known);
        of.map(|(list, _)| context.world.title(list))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (known, unknown) = (titles(true), titles(false));
    let mut because = Vec::new();
    if !known.is_empty() {
        because.push(format!(
            "no fact entered makes the law of these lists reach the deal, or they speak to another role or side: {known}"
        ));
    }
    if !unknown.is_empty() {
        because.push(format!(
            "no rule pack says what these lists demand: {unknown}"
        ));
    }
    because.join("; ")
}
