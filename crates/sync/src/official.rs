//! An official file, or the files of a set, to the lists in it.

use scruple_lists::{Input, Layout, Part, Refused};
use scruple_model::ListId;
use scruple_model::hash::sha256_parts;

use crate::content::Content;
use crate::unpack::{TOO_BIG, Unpacked, hash_of, unpack};
use crate::{Limits, Refusal, Source, SyncError};

/// Reads them, and gives the hash of what was given.
pub(crate) fn read_official(
    files: &[(&Source, &Part)],
    list: Option<&ListId>,
    limits: &Limits,
) -> Result<(Vec<Content>, String), SyncError> {
    // A set is named by its files, and so is what is wrong with it.
    let names: Vec<&str> = files
        .iter()
        .map(|(source, _)| source.origin.as_str())
        .collect();
    let whole = |why| SyncError::Refused {
        origin: names.join(", "),
        why,
    };
    let hash = hash_of_all(files)?;
    let mut inputs = Vec::new();
    let mut layout = Layout::OfacCsv;
    for (source, part) in files {
        layout = part.layout;
        let Unpacked { bytes, .. } = unpack(source, limits)?;
        inputs.push(Input {
            part: (*part).clone(),
            bytes,
        });
    }
    if layout.leaves_the_list_open()
        && list.is_none()
        && files.iter().all(|(_, part)| part.list.is_none())
    {
        return Err(whole(Refusal::WhichList {
            may_be: &["us-ofac-sdn", "us-ofac-cons"],
        }));
    }
    let reading = scruple_lists::read(
        inputs,
        list,
        scruple_lists::Limits {
            record: limits.line,
            whole: limits.whole,
            faults_kept: limits.unread_kept,
            ..scruple_lists::Limits::default()
        },
    );
    let readings = reading.map_err(|refused| match refused {
        Refused::Unreadable { what, .. } if what.contains(TOO_BIG) => whole(Refusal::TooBig {
            limit: limits.whole,
        }),
        other => whole(Refusal::Layout(other)),
    })?;
    let mut contents: Vec<Content> = readings
        .into_iter()
        .map(|reading| Content::of_reading(reading, layout))
        .collect();
    if contents.iter().all(|content| content.entities.is_empty()) {
        let first = contents
            .pop()
            .map_or(Err(Refusal::Empty), Content::with_something);
        return first.map(|_| (Vec::new(), String::new())).map_err(whole);
    }
    if hash_of_all(files)? != hash {
        return Err(whole(Refusal::Changed));
    }
    Ok((contents, hash))
}

/// SHA-256 of the bytes as given; of a set, over the hashes of its files.
fn hash_of_all(files: &[(&Source, &Part)]) -> Result<String, SyncError> {
    let mut hashes = Vec::new();
    for (source, _) in files {
        hashes.push(hash_of(source)?);
    }
    Ok(match &hashes[..] {
        [one] => one.clone(),
        _ => {
            hashes.sort();
            sha256_parts(hashes.iter().map(|hash| hash.as_bytes()))
        }
    })
}
