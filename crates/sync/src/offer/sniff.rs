//! What one file is, by its first bytes.

use scruple_lists::recognise as recognise_layout;

use super::Kind;
use crate::recognise::{Found, not_lines};
use crate::unpack::unpack;
use crate::{Limits, Refusal, Source, SyncError, archive};

/// Whether the first line begins as a FollowTheMoney record; in a folder other texts
/// are no lists.
pub(super) fn starts_as_record(source: &Source, limits: &Limits) -> bool {
    unpack(source, limits).is_ok_and(|open| {
        let text = open.first.trim_ascii_start();
        let line = text.split(|byte| *byte == b'\n').next().unwrap_or(text);
        line.starts_with(b"{") && line.windows(8).any(|part| part == b"\"schema\"")
    })
}

/// What is no list at all, against a list that cannot be read.
pub(super) fn is_no_list(why: &Refusal) -> bool {
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

pub(super) enum Sniffed {
    List(Kind),
    Archive,
}

/// What a file is, by its first bytes; an archive or workbook by what is in it.
pub(super) fn sniff(source: &Source, limits: &Limits) -> Result<Sniffed, SyncError> {
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
