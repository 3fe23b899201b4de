//! Is this the kind of file that was asked for?
//!
//! Publishers answer with status 200 and a page to sign in, a notice of maintenance or
//! an error. Taken for a list, each would be a list with nobody on it.

use serde::Deserialize;

/// As many first bytes as are looked at. Pages may open with long comments.
pub(super) const LOOK: usize = 4096;

/// What kind of file an address gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expects {
    /// XML.
    Xml,
    /// JSON.
    Json,
    /// Text in lines: CSV, tab-separated.
    Text,
    /// A workbook: a zip archive.
    Xlsx,
    /// A page that is the list itself.
    Html,
}

impl Expects {
    /// Its name in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Xml => "an XML file",
            Self::Json => "a JSON file",
            Self::Text => "a text file",
            Self::Xlsx => "a workbook (XLSX)",
            Self::Html => "a web page",
        }
    }

    /// What stands there instead, where `first`, the file's first bytes, is something else.
    pub(super) fn instead(self, first: &[u8]) -> Option<&'static str> {
        let found = Found::of(first);
        let fits = match self {
            Self::Xml => found == Found::Markup,
            Self::Json => found == Found::Json,
            Self::Text => matches!(found, Found::Other | Found::Json),
            Self::Xlsx => found == Found::Zip,
            Self::Html => found == Found::Page,
        };
        (!fits).then(|| found.words())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    Page,
    Markup,
    Json,
    Zip,
    Pdf,
    Compressed,
    Other,
}

impl Found {
    fn of(first: &[u8]) -> Self {
        for (magic, found) in [
            (&b"PK"[..], Self::Zip),
            (b"%PDF", Self::Pdf),
            (b"\x1f\x8b", Self::Compressed),
            (b"\x28\xb5\x2f\xfd", Self::Compressed),
        ] {
            if first.starts_with(magic) {
                return found;
            }
        }
        // UTF-16 has a zero in every second byte of a tag: without them it reads as ASCII.
        let text: Vec<u8> = first
            .strip_prefix(b"\xef\xbb\xbf")
            .or_else(|| first.strip_prefix(b"\xff\xfe"))
            .or_else(|| first.strip_prefix(b"\xfe\xff"))
            .unwrap_or(first)
            .iter()
            .copied()
            .filter(|byte| *byte != 0)
            .collect();
        let text = text.trim_ascii();
        match text.first() {
            None => Self::Nothing,
            Some(b'<') if is_page(text) => Self::Page,
            Some(b'<') => Self::Markup,
            Some(b'{' | b'[') => Self::Json,
            Some(_) => Self::Other,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Page => "a web page (a sign-in or error page looks like this)",
            Self::Markup => "XML",
            Self::Json => "JSON",
            Self::Zip => "an archive or workbook",
            Self::Pdf => "a PDF",
            Self::Compressed => "a compressed file",
            Self::Other => "text of another kind",
        }
    }
}

/// Whether markup is a page: its first tag, past declarations and comments, says so.
fn is_page(text: &[u8]) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut rest = &lower[..];
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else {
            break;
        };
        match rest.windows(end.len()).position(|part| part == end) {
            Some(at) => rest = &rest[at + end.len()..],
            // A comment longer than what is looked at: XML lists have none such.
            None => return end == b"-->",
        }
    }
    let tags: [&[u8]; 8] = [
        b"<!doctype html",
        b"<html",
        b"<head",
        b"<body",
        b"<script",
        b"<meta",
        b"<title",
        b"<div",
    ];
    tags.iter().any(|tag| rest.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_never_taken_for_a_list() {
        for page in [
            &b"<!DOCTYPE html><html>"[..],
            b"\n\n  <HTML lang=\"en\">",
            b"\xef\xbb\xbf<!doctype HTML>",
            b"<!-- maintenance --><!-- 2 --><html>",
            b"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">",
            b"<script>location='/login'</script>",
            b"\xff\xfe<\0h\0t\0m\0l\0>\0",
        ] {
            for expects in [Expects::Xml, Expects::Json, Expects::Text, Expects::Xlsx] {
                let instead = expects.instead(page).unwrap_or_default();
                assert!(instead.starts_with("a web page"), "{expects:?}: {instead}");
            }
            assert_eq!(Expects::Html.instead(page), None);
        }
    }

    #[test]
    fn each_kind_is_known_and_told_from_the_others() {
        let files: [(Expects, &[u8]); 7] = [
            (
                Expects::Xml,
                b"<?xml version=\"1.0\"?>\n<sdnList xmlns=\"x\">",
            ),
            (Expects::Xml, b"\xef\xbb\xbf<CONSOLIDATED_LIST>"),
            (Expects::Json, b"{\"results\":[]}"),
            (Expects::Json, b"\n[1]"),
            (Expects::Text, b"\"Name\"\t\"Street_Address\""),
            (Expects::Text, b"_id,source"),
            (Expects::Xlsx, b"PK\x03\x04"),
        ];
        for (expects, bytes) in files {
            assert_eq!(expects.instead(bytes), None, "{expects:?}");
            assert!(Expects::Html.instead(bytes).is_some());
        }
        assert_eq!(Expects::Xml.instead(b"{\"error\":1}"), Some("JSON"));
        assert_eq!(Expects::Json.instead(b"<error/>"), Some("XML"));
        assert_eq!(Expects::Text.instead(b"<error/>"), Some("XML"));
    }

    #[test]
    fn an_empty_answer_is_no_file() {
        for expects in [Expects::Xml, Expects::Text, Expects::Html] {
            assert_eq!(expects.instead(b""), Some("nothing"));
            assert_eq!(expects.instead(b" \n"), Some("nothing"));
        }
    }
}
