//! What files are, before they are read: lists, parts of a set, archives of either.
//!
//! Recognised by content. Grouped only by what is certain: the files of one set
//! are in one folder (or archive), there is one of each role, and no two of their
//! names hold different days. Anything else is refused with the lines to write in
//! `snapshots.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use scruple_lists::{Layout, Part, recognise as recognise_layout};
use scruple_model::ftm::list_alias;
use scruple_model::{Date, ListId};

use crate::recognise::{Found, not_lines};
use crate::unpack::unpack;
use crate::{Limits, Refusal, Source, SyncError, archive, snapshots};

/// One list to take: a file, or the files of a set.
#[derive(Clone, Debug)]
pub struct Offer {
    pub(crate) files: Vec<(Source, Kind)>,
    /// Which list, where the user says so.
    pub(crate) list: Option<ListId>,
    /// The publisher's day, where the user says so.
    pub(crate) dated: Option<Date>,
}

/// What one file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// FollowTheMoney lines.
    Lines,
    /// An official list, or a file of its set.
    Official(Part),
}

/// Files that were looked at.
#[derive(Debug, Default)]
pub struct Offers {
    /// To be taken, in the order of the files.
    pub offers: Vec<Offer>,
    /// Files that were refused.
    pub refused: Vec<SyncError>,
    /// Files of a folder that are no lists, by name, with what they are.
    pub passed_over: Vec<(String, String)>,
}

/// What the user says about all files of one call.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The name of a list of the user's own, or the id of an official one.
    pub name: Option<String>,
    /// The publisher's day.
    pub dated: Option<Date>,
    /// The files come from the publisher's own address just now, so that nobody has
    /// to say of what day they are.
    pub fetched: bool,
}

/// A file that was recognised, with where it lay.
struct Seen {
    source: Source,
    kind: Kind,
}

/// Looks at files and folders. Folders are read with what is in them; what lies in
/// one folder or one archive may be a set. `scratch` is a folder where members of
/// archives may be unpacked to files without names.
pub fn offers(paths: &[PathBuf], said: &Said, scratch: &Path, limits: &Limits) -> Offers {
    let mut all = Offers::default();
    // Files given by name that lie in one folder are one scope.
    let mut scopes: Vec<(PathBuf, Vec<PathBuf>)> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = all.offers.len() + all.refused.len();
            if let Err(error) = folder(path, said, scratch, limits, &mut all) {
                all.refused.push(error);
            }
            if all.offers.len() + all.refused.len() == before {
                all.refused.push(SyncError::Refused {
                    origin: path.display().to_string(),
                    why: Refusal::NoListIn,
                });
            }
            continue;
        }
        let parent = path.parent().unwrap_or(Path::new("")).to_owned();
        match scopes.iter_mut().find(|(folder, _)| *folder == parent) {
            Some((_, files)) => files.push(path.clone()),
            None => scopes.push((parent, vec![path.clone()])),
        }
    }
    for (parent, files) in scopes {
        let mut sources = Vec::new();
        for file in &files {
            match named(file, scratch, limits) {
                Ok(source) => sources.push(source),
                Err(error) => all.refused.push(error),
            }
        }
        let beside = parent.join(snapshots::NAME);
        let note = match fs::read_to_string(&beside) {
            Ok(note) => Some(note),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            // What it says of these files is not known, so nothing of them is guessed.
            Err(source) => {
                all.refused.push(SyncError::Unreadable {
                    origin: beside.display().to_string(),
                    source,
                });
                continue;
            }
        };
        scope(
            sources,
            note.as_deref(),
            false,
            said,
            scratch,
            limits,
            &mut all,
        );
    }
    all
}

/// Looks at files that lie together, wherever they come from.
pub fn offers_of(sources: Vec<Source>, said: &Said, scratch: &Path, limits: &Limits) -> Offers {
    let mut all = Offers::default();
    scope(sources, None, false, said, scratch, limits, &mut all);
    all
}

/// How much was found before an archive was looked into.
struct Counts {
    found: usize,
    passed_over: usize,
}

impl Counts {
    fn of(all: &Offers) -> Self {
        Self {
            found: all.offers.len() + all.refused.len(),
            passed_over: all.passed_over.len(),
        }
    }

    /// Why it is refused, where nothing in it is a list: whoever gives it expects one.
    fn no_list_since(&self, all: &Offers) -> Option<Refusal> {
        (all.offers.len() + all.refused.len() == self.found).then(|| Refusal::NoList {
            first: all.passed_over.get(self.passed_over).map(|(origin, what)| {
                let what = what.split("; next: ").next().unwrap_or(what);
                format!("{origin}: {what}")
            }),
        })
    }
}

/// A file given by name. One that can be read once only (a pipe) is copied first.
fn named(path: &Path, scratch: &Path, limits: &Limits) -> Result<Source, SyncError> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Source::once(path, scratch, limits);
    }
    Source::file(path)
}

fn folder(
    path: &Path,
    said: &Said,
    scratch: &Path,
    limits: &Limits,
    all: &mut Offers,
) -> Result<(), SyncError> {
    let unreadable = |source| SyncError::Unreadable {
        origin: path.display().to_string(),
        source,
    };
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        // A link to a folder may lead round in a circle, and a pipe may never end.
        let found = entry.file_type().map_err(unreadable)?;
        if found.is_dir() {
            folders.push(entry.path());
        } else if entry.path().is_file() {
            files.push(entry.path());
        } else {
            let what = "neither a file nor a folder".to_owned();
            all.passed_over.push((name, what));
        }
    }
    folders.sort();
    files.sort();
    let mut sources = Vec::new();
    let mut note = None;
    for file in files {
        if file.file_name().is_some_and(|name| name == snapshots::NAME) {
            note = Some(fs::read_to_string(&file).map_err(unreadable)?);
            continue;
        }
        match Source::file(&file) {
            Ok(source) => sources.push(source),
            Err(error) => all.refused.push(error),
        }
    }
    scope(sources, note.as_deref(), true, said, scratch, limits, all);
    for inner in folders {
        folder(&inner, said, scratch, limits, all)?;
    }
    Ok(())
}

/// Files that lie together. `whole`: all of a folder or an archive, where what is no
/// list is passed over; a file that was named is refused then.
fn scope(
    sources: Vec<Source>,
    note: Option<&str>,
    whole: bool,
    said: &Said,
    scratch: &Path,
    limits: &Limits,
    all: &mut Offers,
) {
    let mut seen = Vec::new();
    for mut source in sources {
        source.as_name.clone_from(&said.name);
        match sniff(&source, limits) {
            Ok(Sniffed::List(Kind::Lines)) if whole && !starts_as_record(&source, limits) => {
                let what = "text in no layout that is known here".to_owned();
                all.passed_over.push((source.origin, what));
            }
            Ok(Sniffed::List(kind)) => seen.push(Seen { source, kind }),
            Ok(Sniffed::Archive) => match archive::members(&source, scratch, limits) {
                Ok((members, note)) => {
                    let before = Counts::of(all);
                    scope(members, note.as_deref(), true, said, scratch, limits, all);
                    // One that lies in a folder is passed over with what is in it.
                    if let Some(why) = before.no_list_since(all).filter(|_| !whole) {
                        all.refused.push(source.refused(why));
                    }
                }
                Err(error) => all.refused.push(error),
            },
            Err(SyncError::Refused { origin, why }) if whole && is_no_list(&why) => {
                all.passed_over.push((origin, why.to_string()));
            }
            Err(error) => all.refused.push(error),
        }
    }
    let noted = match note.map(snapshots::parse) {
        None => snapshots::Snapshots::default(),
        Some(Ok(noted)) => noted,
        Some(Err(what)) => {
            // Nothing of a folder is guessed where its owner wrote something down.
            all.refused.push(SyncError::Refused {
                origin: snapshots::NAME.to_owned(),
                why: Refusal::Snapshots { what },
            });
            return;
        }
    };
    for one in noted.snapshot {
        let mut files = Vec::new();
        let mut missing = Vec::new();
        for name in &one.files {
            match seen.iter().position(|seen| seen.source.origin == *name) {
                Some(at) => {
                    let seen = seen.remove(at);
                    files.push((seen.source, seen.kind));
                }
                None => missing.push(name.as_str()),
            }
        }
        if missing.is_empty() {
            all.offers.push(Offer {
                files,
                list: one.list,
                dated: Some(one.dated),
            });
        } else if whole || !files.is_empty() {
            all.refused.push(SyncError::Refused {
                origin: snapshots::NAME.to_owned(),
                why: Refusal::Snapshots {
                    what: format!("no list file is called {}", missing.join(", ")),
                },
            });
        }
    }
    let (parts, alone): (Vec<Seen>, Vec<Seen>) = seen.into_iter().partition(
        |seen| matches!(&seen.kind, Kind::Official(part) if part.layout == Layout::OfacCsv),
    );
    for one in alone {
        match single(one, said) {
            Ok(offer) => all.offers.push(offer),
            Err(error) => all.refused.push(error),
        }
    }
    sets(parts, said, all);
}

/// A file that is a whole list.
fn single(seen: Seen, said: &Said) -> Result<Offer, SyncError> {
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
fn sets(parts: Vec<Seen>, said: &Said, all: &mut Offers) {
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
        // One block for each file that is a list by itself; the user adds what belongs to it.
        let primary = files.iter().filter(|(_, part)| part.role == "sdn");
        let mut blocks: Vec<String> = primary
            .map(|(source, _)| {
                let name = source.origin.as_str();
                snapshots::lines(list.as_ref(), day_in(name).as_deref(), &[name])
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
fn day_in(name: &str) -> Option<String> {
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

/// Whether the first line begins as a FollowTheMoney record; in a folder other texts
/// are no lists.
fn starts_as_record(source: &Source, limits: &Limits) -> bool {
    unpack(source, limits).is_ok_and(|open| {
        let text = open.first.trim_ascii_start();
        let line = text.split(|byte| *byte == b'\n').next().unwrap_or(text);
        line.starts_with(b"{") && line.windows(8).any(|part| part == b"\"schema\"")
    })
}

/// What is no list at all, against a list that cannot be read.
fn is_no_list(why: &Refusal) -> bool {
    matches!(
        why,
        Refusal::Html
            | Refusal::Xml
            | Refusal::JsonArray
            | Refusal::Workbook
            | Refusal::Pdf
            | Refusal::Utf16
    )
}

enum Sniffed {
    List(Kind),
    Archive,
}

/// What a file is, by its first bytes; an archive or workbook by what is in it.
fn sniff(source: &Source, limits: &Limits) -> Result<Sniffed, SyncError> {
    let unpacked = unpack(source, limits)?;
    if unpacked.found == Found::Zip {
        return match archive::workbook(source, limits)? {
            None => Ok(Sniffed::Archive),
            Some(bytes) => match scruple_lists::recognise_workbook(&bytes) {
                Some(part) => Ok(Sniffed::List(Kind::Official(part))),
                None => Err(source.refused(Refusal::Workbook)),
            },
        };
    }
    if let Some(part) = recognise_layout(&unpacked.first, &source.origin) {
        return Ok(Sniffed::List(Kind::Official(part)));
    }
    match not_lines(&unpacked.first) {
        Some(why) => Err(source.refused(why)),
        None => Ok(Sniffed::List(Kind::Lines)),
    }
}
