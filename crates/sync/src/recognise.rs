//! What a file is, by its first bytes.

use crate::Refusal;

/// As many first bytes as are looked at.
pub(crate) const LOOK: usize = scruple_lists::LOOK;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Text; skip so many bytes of mark first.
    Text { mark: usize },
    /// A zstd frame.
    Zstd,
    /// A gzip member.
    Gzip,
    /// An archive, or a workbook, which is one.
    Zip,
}

/// Looks at the first bytes of a file.
pub(crate) fn recognise(first: &[u8]) -> Result<Found, Refusal> {
    let skippable =
        first.len() >= 4 && first[0] & 0xf0 == 0x50 && first[1..4] == [0x2a, 0x4d, 0x18];
    if first.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) || skippable {
        return Ok(Found::Zstd);
    }
    if first.starts_with(b"\x1f\x8b") {
        return Ok(Found::Gzip);
    }
    if first.starts_with(b"PK\x03\x04") || first.starts_with(b"PK\x05\x06") {
        return Ok(Found::Zip);
    }
    if first.starts_with(b"%PDF") {
        return Err(Refusal::Pdf);
    }
    // Every list begins with two ASCII characters; a zero among them is a wide encoding.
    if first.starts_with(b"\xff\xfe")
        || first.starts_with(b"\xfe\xff")
        || matches!(first, [0, _, ..] | [_, 0, ..])
    {
        return Err(Refusal::Utf16);
    }
    let mark = if first.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    Ok(Found::Text { mark })
}

/// Why a text in no official layout is no FollowTheMoney lines either, where that shows.
pub(crate) fn not_lines(first: &[u8]) -> Option<Refusal> {
    let text = first.trim_ascii_start();
    if text.starts_with(b"[") {
        return Some(Refusal::JsonArray);
    }
    if text.starts_with(b"<") {
        let lower = text.to_ascii_lowercase();
        let html = [&b"<!doctype html"[..], b"<html", b"<head", b"<body"];
        let is_html = html
            .iter()
            .any(|tag| lower.windows(tag.len()).any(|part| part == *tag));
        return Some(if is_html { Refusal::Html } else { Refusal::Xml });
    }
    None
}

/// What bytes that are not UTF-8 look like. Cyrillic in Windows-1251 lies almost
/// wholly at 0xC0 and above; Latin letters of Windows-1252 stand alone among ASCII.
pub(crate) fn looks_like(line: &[u8]) -> Option<&'static str> {
    let high = line.iter().filter(|byte| **byte >= 0x80).count();
    let letters = line.iter().filter(|byte| **byte >= 0xc0).count();
    let pairs = line
        .windows(2)
        .filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xc0)
        .count();
    if high == 0 || letters * 10 < high * 8 {
        None
    } else if pairs * 2 >= letters {
        Some("Windows-1251")
    } else {
        Some("Windows-1252")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_list_are_told_apart() {
        for (bytes, why) in [
            (&b"\xff\xfe{\0"[..], Refusal::Utf16),
            (b"{\0\"\0", Refusal::Utf16),
            (b"\0{\0\"", Refusal::Utf16),
            (b"%PDF-1.7", Refusal::Pdf),
        ] {
            assert_eq!(recognise(bytes), Err(why), "{bytes:?}");
        }
        for (bytes, why) in [
            (&b"<!DOCTYPE html><html>"[..], Refusal::Html),
            (b"\n <HTML>", Refusal::Html),
            (b"<?xml version=\"1.0\"?><sdnList>", Refusal::Xml),
            (b"<?xml version=\"1.0\"?><html xmlns=\"x\">", Refusal::Html),
            (b"[\n{}", Refusal::JsonArray),
        ] {
            assert_eq!(not_lines(bytes), Some(why), "{bytes:?}");
        }
    }

    #[test]
    fn what_may_be_a_list_is_told_apart_from_them() {
        assert_eq!(recognise(b"{\"id\":"), Ok(Found::Text { mark: 0 }));
        assert_eq!(recognise(b"\xef\xbb\xbf{"), Ok(Found::Text { mark: 3 }));
        assert_eq!(recognise(b"\x28\xb5\x2f\xfd\0"), Ok(Found::Zstd));
        assert_eq!(recognise(b"\x1f\x8b\x08"), Ok(Found::Gzip));
        assert_eq!(recognise(b"PK\x03\x04"), Ok(Found::Zip));
        assert_eq!(recognise(b""), Ok(Found::Text { mark: 0 }));
        assert_eq!(not_lines(b"{\"id\":"), None);
    }

    #[test]
    fn cyrillic_bytes_look_like_windows_1251() {
        assert_eq!(
            looks_like(b"{\"name\":\"\xca\xee\xf0\xe2\xe0\xed\"}"),
            Some("Windows-1251")
        );
        assert_eq!(
            looks_like(b"{\"name\":\"M\xfcller & S\xf6hne\"}"),
            Some("Windows-1252")
        );
        assert_eq!(looks_like(b"\x80\x81\x82"), None);
    }
}
