//! Files put together to lists.
//!
//! Grouped only by what is certain: the files of one set are in one folder (or
//! archive), there is one of each role, and no two of their names hold different days.
//! Anything else is refused with the lines to write in `snapshots.toml`.

use scruple_lists::{Layout, Part};
use scruple_model::ListId;
use scruple_model::ftm::list_alias;

use super::{Kind, Offer, Offers, Said, Seen};
use crate::{Refusal, Source, SyncError, snapshots};

/// A file that is a whole list.
pub(super) fn single(seen: Seen, said: &Said) -> Result<Offer, SyncError> {
    let Seen { source, kind } = seen;
    let mut list = None;
    if let Kind::Official(part) = &kind {
        list = official_name(&source, part, said)?;
        if part.layout.needs_a_date() && said.dated.is_none() && !said.fetched {
            return Err(no_date(part.layout, list.as_ref(), &[&source]));
        }
    }
    Ok(Offer {
        files: vec![(source, kind)],
        list,
        // The day a file states counts before this one.
        dated: said.dated,
    })
}

/// Files of one list, which may not be known yet.
type Family = (Option<ListId>, Vec<(Source, Part)>);

/// The files of OFAC's sets.
///
/// `noted`: somebody wrote down which files belong together. A part that they did not
/// name and that has no main file is passed over then, and refused otherwise.
pub(super) fn sets(parts: Vec<Seen>, said: &Said, noted: bool, all: &mut Offers) {
    let mut families: Vec<Family> = Vec::new();
    for Seen { source, kind } in parts {
        let Kind::Official(part) = kind else { continue };
        let list = match official_name(&source, &part, said) {
            Ok(list) => list.or_else(|| part.list.clone()),
            Err(error) => {
                all.refused.push(error);
                continue;
            }
        };
        match families.iter_mut().find(|(of, _)| *of == list) {
            Some((_, files)) => files.push((source, part)),
            None => families.push((list, vec![(source, part)])),
        }
    }
    // Aliases and addresses look alike in both of OFAC's lists; where only one of the
    // lists lies there, they are its own.
    if let [_, _] = &families[..]
        && let Some(at) = families.iter().position(|(list, _)| list.is_none())
    {
        let (_, files) = families.remove(at);
        families[0].1.extend(files);
    }
    for (list, files) in families {
        if noted && files.iter().all(|(_, part)| part.role != "sdn") {
            let why =
                "a part of a set whose main file is not there, and snapshots.toml does not name it";
            let parts = files
                .into_iter()
                .map(|(source, _)| (source.origin, why.to_owned()));
            all.passed_over.extend(parts);
            continue;
        }
        match set(list, files, said) {
            Ok(offer) => all.offers.push(offer),
            Err(error) => all.refused.push(error),
        }
    }
}

fn set(list: Option<ListId>, files: Vec<(Source, Part)>, said: &Said) -> Result<Offer, SyncError> {
    let sources: Vec<&Source> = files.iter().map(|(source, _)| source).collect();
    let names: Vec<&str> = sources
        .iter()
        .map(|source| source.origin.as_str())
        .collect();
    let refused = |why| SyncError::Refused {
        origin: names.join(", "),
        why,
    };
    let mut days: Vec<String> = names.iter().filter_map(|name| day_in(name)).collect();
    days.sort();
    days.dedup();
    let twice = files.iter().enumerate().find(|(at, (_, part))| {
        files[..*at]
            .iter()
            .any(|(_, before)| before.role == part.role)
    });
    let what = if let Some((_, (_, part))) = twice {
        Some(format!("there is more than one {} file", part.role))
    } else if files.iter().all(|(_, part)| part.role != "sdn") {
        Some("the file with the parties themselves is missing".to_owned())
    } else if days.len() > 1 {
        Some(format!(
            "their names hold different days ({})",
            days.join(", ")
        ))
    } else {
        None
    };
    if let Some(what) = what {
        // One block for each file that is a list by itself.
        let primary = files.iter().filter(|(_, part)| part.role == "sdn");
        // What belongs to it by its name stands with it.
        let mut blocks: Vec<String> = primary
            .map(|(source, _)| {
                let name = source.origin.as_str();
                let day = day_in(name);
                let mut together = vec![name];
                together.extend(files.iter().filter_map(|(other, part)| {
                    let other = other.origin.as_str();
                    (part.role != "sdn" && twice.is_none() && day_in(other) == day).then_some(other)
                }));
                snapshots::lines(list.as_ref(), day.as_deref(), &together)
            })
            .collect();
        if blocks.is_empty() {
            let mut whole = vec!["sdn.csv"];
            whole.extend(&names);
            blocks.push(snapshots::lines(list.as_ref(), None, &whole));
        }
        let lines = blocks.join("\n");
        return Err(refused(Refusal::Ambiguous { what, lines }));
    }
    let Some(list) = list else {
        return Err(refused(Refusal::WhichList { may_be: &OFAC }));
    };
    if said.dated.is_none() && !said.fetched {
        return Err(no_date(Layout::OfacCsv, Some(&list), &sources));
    }
    Ok(Offer {
        files: files
            .into_iter()
            .map(|(source, part)| (source, Kind::Official(part)))
            .collect(),
        list: Some(list),
        dated: said.dated,
    })
}

/// OFAC's two lists, which come in the same layouts.
const OFAC: [&str; 2] = ["us-ofac-sdn", "us-ofac-cons"];

/// The official list that `--as` names; it may settle what the layout leaves open,
/// and it never renames.
fn official_name(source: &Source, part: &Part, said: &Said) -> Result<Option<ListId>, SyncError> {
    let Some(given) = &said.name else {
        return Ok(None);
    };
    let open = part.list.is_none() && part.layout.leaves_the_list_open();
    match list_alias(given) {
        Some(list) if open && OFAC.contains(&list.as_str()) => Ok(Some(list)),
        Some(list) if part.list.as_ref() == Some(&list) => Ok(Some(list)),
        _ => Err(source.refused(Refusal::Renamed {
            given: given.clone(),
        })),
    }
}

fn no_date(layout: Layout, list: Option<&ListId>, sources: &[&Source]) -> SyncError {
    let names: Vec<&str> = sources
        .iter()
        .map(|source| source.origin.as_str())
        .collect();
    let hint = names
        .iter()
        .find_map(|name| day_in(name))
        .filter(|day| day.len() == 10);
    let only = layout.only_list();
    SyncError::Refused {
        origin: names.join(", "),
        why: Refusal::NoDate {
            layout: layout.title(),
            lines: snapshots::lines(list.or(only.as_ref()), hint.as_deref(), &names),
            hint,
        },
    }
}

/// A day or a month in a file's name: `2024-05-03`, `2024-05`.
pub(crate) fn day_in(name: &str) -> Option<String> {
    let bytes = name.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let dash = |at: usize| bytes.get(at) == Some(&b'-');
    let month_at = |at: usize| {
        (at..at + 4).all(digit) && dash(at + 4) && digit(at + 5) && digit(at + 6) && !digit(at + 7)
    };
    let at = (0..bytes.len()).find(|at| month_at(*at) && (*at == 0 || !digit(at - 1)))?;
    let day = dash(at + 7) && digit(at + 8) && digit(at + 9) && !digit(at + 10);
    name.get(at..at + if day { 10 } else { 7 })
        .map(str::to_owned)
}
