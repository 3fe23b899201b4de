//! `scruple sync`: takes lists into the data directory, from files, from the
//! publishers' own addresses, or from the transcriptions in the program.

mod print;
mod web;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use indicatif::ProgressBar;
use scruple_brief::Packs;
use scruple_brief::render::paint::printable;
use scruple_brief::words::count;
use scruple_model::ListId;
use scruple_model::ftm::list_alias;
use scruple_model::hash::sha256;
use scruple_store::{DataDir, Mode};
use scruple_sync::{
    Admission, Limits, Offer, Offers, Said, Source, SyncError, Taken, offers, offers_of, take,
};
use serde_json::json;

use super::ledger::hook::{self, When};
use crate::args::Sync;
use crate::failure::{BadInput, DONE, Faults, bad_input};
use crate::{Edge, vintage, world};
use print::{Outcome, print_json, print_table};

pub(crate) fn run(args: &Sync, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    if args.name.is_some() && args.from.len() != 1 {
        return Err(bad_input(
            "--as names one list, and not one file is given",
            "take them in one by one, or let each be named after its file",
        ));
    }
    if let Some(day) = args.dated.filter(|day| *day > edge.today) {
        return Err(bad_input(
            format!("--dated {day} is in the future"),
            "give the day the publisher states",
        ));
    }
    let Some(folder) = &edge.data else {
        return Err(bad_input(
            "there is no place for lists",
            "name one with --data DIR",
        ));
    };
    let packs = world::packs(edge)?;
    let accept_shrink = accept_shrink(args, edge, &packs)?;
    let mut store = DataDir::open(folder, Mode::Write)?;
    let mut session = Session {
        edge,
        admission: Admission {
            accept_shrink,
            limits: Limits::default(),
        },
        outcome: Outcome::default(),
        set: String::new(),
        faults: false,
    };
    if !args.from.is_empty() {
        let said = Said {
            name: args.name.clone(),
            dated: args.dated,
            ..Said::default()
        };
        let bar = waiting(edge, "looking at the files");
        let found = offers(
            &args.from,
            &said,
            &scratch(&store),
            &session.admission.limits,
        );
        session.take(&mut store, found, &bar)?;
    }
    let everything = args.from.is_empty() && args.sets.is_empty() && !args.transcribed;
    if everything || !args.sets.is_empty() {
        // Another version of the program may read more of the same file.
        let now = vintage::surroundings_text(&packs)?;
        let before = store.surroundings()?;
        let again = args.again || !before.iter().any(|one| one.content == now);
        web::run(&args.sets, again, &mut store, &mut session)?;
    }
    if everything || args.transcribed {
        let bar = waiting(edge, "reading the transcriptions");
        let sources = scruple_lists::TRANSCRIBED
            .map(|(name, text)| Source::bytes(name, text))
            .to_vec();
        let found = offers_of(
            sources,
            &Said::default(),
            &scratch(&store),
            &session.admission.limits,
        );
        session.take(&mut store, found, &bar)?;
    }
    store.note_surroundings(&vintage::surroundings_text(&packs)?, edge.today)?;

    let Session {
        mut outcome,
        faults,
        ..
    } = session;
    // Older snapshots first: the last line of a list is the one that answers.
    outcome
        .reports
        .sort_by(|a, b| (&a.list, a.published).cmp(&(&b.list, b.published)));
    if args.json {
        print_json(&outcome, out)?;
    } else {
        print_table(&outcome, &store.manifest()?.held, out)?;
    }
    commit(&store, &packs, args.json, edge, out)?;
    if outcome.refused.is_empty() {
        return Ok(DONE);
    }
    let text: Vec<String> = outcome
        .refused
        .iter()
        .map(|error| format!("error: {error}"))
        .collect();
    let text = text.join("\n");
    if faults {
        Err(Faults(text).into())
    } else {
        Err(BadInput(text).into())
    }
}

/// Commits to which lists are held, and what reads them, where there is a log: what an
/// answer of today rests on can be shown later. The same state is the same entry.
fn commit(
    store: &DataDir,
    packs: &Packs,
    is_json: bool,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let lists: BTreeMap<String, serde_json::Value> = store
        .manifest()?
        .held
        .iter()
        .map(|held| {
            let snapshot = &held.snapshot;
            let day = snapshot.published.map(|day| day.to_string());
            let of = json!({"sha256": snapshot.hash, "content": held.blob, "published": day});
            (snapshot.list.to_string(), of)
        })
        .collect();
    if lists.is_empty() {
        return Ok(());
    }
    let surroundings = sha256(vintage::surroundings_text(packs)?.as_bytes());
    let record = json!({
        "schema": "scruple.lists-held/1", "lists": lists, "packs_and_matcher": surroundings,
    });
    match hook::commit(&record, When::Now, edge) {
        Ok(None) => Ok(()),
        Ok(Some(told)) if !is_json => Ok(writeln!(out, "Which lists are held is {told}.")?),
        Ok(Some(_)) => Ok(()),
        Err(error) => Err(Faults(format!(
            "{}\n  effect: the lists are taken in, and the log does not say so\n  next: when the log works again, scruple sync once more",
            crate::failure::told(&error)
        ))
        .into()),
    }
}

/// The lists that may shrink, by id or a name the field uses. A name that no list has
/// would be no permission, and whoever gave it would learn that from the refusal only.
fn accept_shrink(args: &Sync, edge: &Edge, packs: &Packs) -> anyhow::Result<Vec<ListId>> {
    if args.accept_shrink.is_empty() {
        return Ok(Vec::new());
    }
    let held: Vec<ListId> = match world::store(edge)? {
        Some(store) => store
            .snapshots()?
            .into_iter()
            .map(|held| held.snapshot.list)
            .collect(),
        None => Vec::new(),
    };
    args.accept_shrink
        .iter()
        .map(|name| {
            let id = ListId::from(name.as_str());
            // A list of the user's own may come with this very call.
            if held.contains(&id) || id.is_users_own() {
                return Ok(id);
            }
            let known = packs.list(&id).map(|entry| entry.body.list.clone());
            known.or_else(|| list_alias(name)).ok_or_else(|| {
                bad_input(
                    format!("--accept-shrink {name}: no list is called that"),
                    "name it as `scruple lists` does",
                )
            })
        })
        .collect()
}

/// Where files may lie unfinished: the next writer removes what a crash leaves there.
fn scratch(store: &DataDir) -> PathBuf {
    store.root().join("snapshots")
}

/// One run: what it may do, and what came of it so far.
struct Session<'a> {
    edge: &'a Edge,
    admission: Admission,
    outcome: Outcome,
    /// The publisher's set that is asked for now, as errors name it.
    set: String,
    /// Whether something failed that is not the fault of a file that was given.
    faults: bool,
}

impl Session<'_> {
    /// Takes in what was found. Says whether all of it was admitted.
    fn take(
        &mut self,
        store: &mut DataDir,
        found: Offers,
        bar: &ProgressBar,
    ) -> anyhow::Result<bool> {
        let Offers {
            offers,
            refused,
            passed_over,
        } = found;
        let before = self.outcome.refused.len();
        for error in refused {
            self.refuse(&error);
        }
        self.outcome.passed_over.extend(passed_over);
        for answer in self.admit(store, &offers, bar)? {
            match answer {
                Ok(taken) => {
                    self.outcome.reports.extend(taken.reports);
                    self.outcome.left_out.extend(taken.left_out);
                    for error in taken.refused {
                        self.refuse(&error);
                    }
                }
                Err(error) => self.refuse(&error),
            }
        }
        bar.finish_and_clear();
        Ok(self.outcome.refused.len() == before)
    }

    fn admit(
        &self,
        store: &mut DataDir,
        offers: &[Offer],
        bar: &ProgressBar,
    ) -> anyhow::Result<Vec<Result<Taken, SyncError>>> {
        bar.set_message(format!("reading {}", count(offers.len(), "list")));
        Ok(take(
            store,
            offers,
            self.edge.today,
            &self.admission,
            &world::build,
        )?)
    }

    fn refuse(&mut self, error: &SyncError) {
        self.faults |= !error.is_input();
        self.outcome.refused.push(in_words(error));
    }
}

/// The error with the file's name in one line; what follows it may have lines of its own.
fn in_words(error: &SyncError) -> String {
    let text = error.to_string();
    match error {
        SyncError::Refused { origin, .. }
        | SyncError::Unreadable { origin, .. }
        | SyncError::SameName { origin, .. } => text.replace(origin, &printable(origin)),
        SyncError::Name { .. } | SyncError::Store(_) => printable(&text),
        _ => text,
    }
}

fn waiting(edge: &Edge, message: &'static str) -> ProgressBar {
    if !edge.progress {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.set_message(message);
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    bar
}
