//! What files are, before they are read: lists, parts of a set, archives of either.
//!
//! Each file, folder or archive is walked here; `sniff` recognises what a file is by its
//! content, `group` puts files of one set together.

pub(crate) mod group;
mod sniff;

use std::fs;
use std::path::{Path, PathBuf};

use scruple_lists::{Layout, Part};
use scruple_model::{Date, ListId};

use crate::{Limits, Refusal, Source, SyncError, archive, snapshots};
use group::{sets, single};
use sniff::{Sniffed, is_no_list, sniff, starts_as_record};

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
                Ok(folders) => {
                    let before = Counts::of(all);
                    for folder in folders {
                        let note = folder.note.as_deref();
                        scope(folder.files, note, true, said, scratch, limits, all);
                    }
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
    let is_noted = note.is_some();
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
    sets(parts, said, is_noted, all);
}
