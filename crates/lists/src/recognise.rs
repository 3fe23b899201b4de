//! Which layout a file is in, by what stands at its beginning.
//!
//! A file's name is the user's and may be anything; its first bytes are the
//! publisher's. Only where two of a publisher's files begin alike (OFAC's two
//! lists) the name is asked too, and where that does not settle it the caller has
//! to say.

use scruple_model::ListId;

use crate::{Layout, bis_dpl, canada, csl, eu, ofac, seco, uflpa, uk, un};

/// As many first bytes as are looked at.
pub const LOOK: usize = 4096;

/// A file of a set, or a file that is a whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its layout.
    pub layout: Layout,
    /// Which file of the set: `sdn`, `alt`, `add`, `comments`; empty for a file that
    /// stands alone.
    pub role: &'static str,
    /// The list, where layout and name say it.
    pub list: Option<ListId>,
}

impl Part {
    /// A file that stands alone.
    pub(crate) fn alone(layout: Layout) -> Self {
        Self {
            layout,
            role: "",
            list: layout.only_list(),
        }
    }
}

/// Looks at the first bytes of a text (unpacked, with or without byte order mark)
/// and its name. `None`: in no layout that is known here.
pub fn recognise(first: &[u8], name: &str) -> Option<Part> {
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    let text = String::from_utf8_lossy(&first[..first.len().min(LOOK)]);
    let text = text.trim_start();
    if text.starts_with('<') {
        return ofac::recognise_xml(text, name)
            .or_else(|| un::recognise(text))
            .or_else(|| eu::recognise_xml(text))
            .or_else(|| uk::recognise_xml(text))
            .or_else(|| seco::recognise(text))
            .or_else(|| canada::recognise(text))
            .or_else(|| uflpa::recognise(text));
    }
    if text.starts_with(['{', '[']) {
        return csl::recognise_json(text);
    }
    crate::transcribed::recognise(text)
        .or_else(|| csl::recognise_csv(text))
        .or_else(|| uk::recognise_csv(text))
        .or_else(|| eu::recognise_csv(text))
        .or_else(|| bis_dpl::recognise(text))
        .or_else(|| ofac::recognise_csv(text, name))
}

/// Looks at a workbook, whole.
pub fn recognise_workbook(bytes: &[u8]) -> Option<Part> {
    crate::sheet::recognise(bytes)
}
