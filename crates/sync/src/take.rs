//! Taking files in.
//!
//! Every file is read and its content put in its place first; nothing answers from
//! it yet. Then all that were read are ordered by list and day, so that of two days
//! of one list the older is compared with what was before it and the younger with
//! the older. What is much smaller than what it would replace is refused there.
//! Then one index is built, and all that were admitted begin to answer together.

mod admit;
mod near;
mod reading;

use scruple_model::{Date, ListId};
use scruple_store::{DataDir, NewSnapshot};

use crate::index::{Build, build_for};
use crate::offer::Offer;
use crate::report::{LeftOut, Taken};
use crate::{Limits, Refusal, SyncError};
pub(crate) use admit::is_much_less;
use admit::{Beside, admit};
use near::{Near, left_out, twice};
use reading::{Read, no_longer_there, read};

/// What the caller allows.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    /// Lists that may come out much smaller than before.
    pub accept_shrink: Vec<ListId>,
    /// How much is read.
    pub limits: Limits,
}

/// Takes lists in: each is admitted or refused by itself, then one index is built
/// and all that were admitted begin to answer together. The answers come in the
/// order of the offers.
///
/// `store` must be open for writing; `taken` is today.
///
/// # Errors
/// Only what concerns all of them: [`SyncError::Store`] where the directory cannot
/// be written or another list's snapshot is damaged. Nothing was taken then.
pub fn take(
    store: &mut DataDir,
    offers: &[Offer],
    taken: Date,
    admission: &Admission,
    build: Build<'_>,
) -> Result<Vec<Result<Taken, SyncError>>, SyncError> {
    let before = store.manifest()?;
    let known = store.snapshots()?;
    let mut answers: Vec<Result<Taken, SyncError>> = Vec::new();
    let mut all: Vec<Read> = Vec::new();
    for (at, offer) in offers.iter().enumerate() {
        match read(store, at, offer, taken, &all, &admission.limits) {
            Ok(mut reads) => {
                let gone = no_longer_there(store, &reads, &before)?;
                reads.extend(gone);
                all.extend(reads);
                answers.push(Ok(Taken::default()));
            }
            Err(error @ SyncError::Store(_)) => return Err(error),
            Err(error) => answers.push(Err(error)),
        }
    }
    for at in twice(&all) {
        let (list, offer) = (all[at].content.list.clone(), all[at].offer);
        answers[offer] = Err(SyncError::Refused {
            origin: all[at].origin.clone(),
            why: Refusal::Twice { list },
        });
    }
    all.retain(|read| answers[read.offer].is_ok());
    let own: Vec<Near> = all.iter().map(|read| Near::of_read(read, taken)).collect();
    let given: Vec<(ListId, String)> = all
        .iter()
        .map(|read| (read.content.list.clone(), read.hash.clone()))
        .collect();
    all.sort_by_key(|read| (read.content.list.clone(), read.published.unwrap_or(taken)));
    let mut manifest = before;
    let mut new: Vec<NewSnapshot> = Vec::new();
    for read in all {
        let Ok(answer) = &mut answers[read.offer] else {
            continue;
        };
        if let Some(why) = left_out(&read, &own, &manifest) {
            answer.left_out.push(LeftOut {
                list: read.content.list,
                origin: read.origin,
                records: read.content.records,
                why,
            });
            continue;
        }
        let stays = manifest.of(&read.content.list).is_some_and(|held| {
            given
                .iter()
                .any(|(list, hash)| *list == held.snapshot.list && *hash == held.snapshot.hash)
        });
        let beside = Beside {
            manifest: &manifest,
            known: &known,
            stays,
        };
        match admit(store, &beside, read, taken, admission) {
            Ok((report, snapshot)) => {
                answer.reports.push(report);
                if let Some(snapshot) = snapshot {
                    manifest = manifest.with(&snapshot);
                    new.push(snapshot);
                }
            }
            // Other lists of the file are whole, and stay.
            Err(error) => answer.refused.push(error),
        }
    }
    if !new.is_empty() {
        let index = build_for(store, &manifest, build)?;
        store.put_index(&manifest, &index)?;
        let current = store.record(&new)?;
        // What is left over takes room and nothing else.
        let _ = store.tidy(&current);
    }
    Ok(answers)
}
