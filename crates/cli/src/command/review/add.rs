//! `scruple review add`.

use std::io::Write;

use scruple_brief::render::screening::agreement;
use scruple_brief::reviewed;
use scruple_model::RecordId;
use scruple_review::{Decision, Facts, Outcome};
use scruple_screen::{Options, score};

use super::{copy_of, query, row, short, to_write};
use crate::args::{ReviewAdd, When};
use crate::failure::{BadInput, DONE, bad_input};
use crate::{Edge, reviews, world};

pub(super) fn run(args: &ReviewAdd, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let query = query::of(&args.query, edge)?;
    let facts = reviewed::facts(&query);
    let outcome = if args.same {
        Outcome::SameParty
    } else if args.not_same {
        Outcome::NotTheSame
    } else {
        Outcome::NotSure
    };
    let world = world::open(edge, &When::default())?.world;
    let mut listed = Vec::new();
    for id in &args.record {
        let id = RecordId::from(id.trim());
        let found = world
            .index
            .find(&id)
            .and_then(|no| Some((no, world.index.entity(no)?)));
        let Some((no, entity)) = found else {
            return Err(bad_input(
                format!("no list that is held has a record {id}"),
                "give the id as the match prints it, such as us-ofac-sdn:36; `scruple lists` says \
                 what is held",
            ));
        };
        let agreed = score(&world.index, &query, no).map_or(0, |found| found.score);
        listed.push((id, entity, agreed));
    }

    let mut store = to_write(edge)?;
    let lost_before = reviews::key(&store)?.is_none() && !store.reviews()?.is_empty();
    let key = reviews::key_or_new(&store)?;
    let mut decisions = Vec::new();
    for (id, entity, _) in &listed {
        let mut decision = Decision::new(
            &key,
            &facts,
            (id, &Facts::of_listed(entity)),
            outcome,
            &args.by,
            &args.reason,
            edge.today,
            args.until,
            args.keep_until,
        )
        .map_err(|refused| BadInput(format!("error: {refused}")))?;
        decision.copy = copy_of(&store, &id.list())?;
        decisions.push(decision);
    }
    let rows: Vec<_> = decisions.iter().map(row).collect::<Result<_, _>>()?;
    store.add_reviews(&rows)?;
    store.forget_overdue_reviews(edge.today)?;

    if args.json {
        for decision in &decisions {
            writeln!(out, "{}", serde_json::to_string(decision)?)?;
        }
        return Ok(DONE);
    }
    for (decision, (_, entity, agreed)) in decisions.iter().zip(&listed) {
        writeln!(
            out,
            "{}: query {} and {} ({}, agreement {}); {}, kept until {}",
            decision.outcome.words(),
            short(&decision.subject),
            entity.caption,
            decision.record,
            agreement(*agreed),
            match (decision.outcome, decision.until) {
                (Outcome::NotTheSame, None) => "set aside until either record changes".to_owned(),
                (Outcome::NotTheSame, Some(until)) =>
                    format!("set aside until either record changes, or {until} has passed"),
                (_, _) => "it counts as a match".to_owned(),
            },
            decision.keep_until,
        )?;
        if *agreed < Options::default().threshold {
            writeln!(
                out,
                "  note: at the usual threshold this is no match; the decision is kept all the same"
            )?;
        }
    }
    if lost_before {
        writeln!(
            out,
            "  note: the key was lost and a new one was made; earlier decisions cannot be \
             understood any more, and their pairs count"
        )?;
    }
    Ok(DONE)
}
