//! Which layouts have been read from a whole official file.
//!
//! A parser written from a schema may misread what no schema says. So a layout
//! whose full file was never at hand is not proven until one of some size was read.

use scruple_store::Held;
use scruple_sync::Layout;

/// Whether a layout is proven, by our own tests or by what is held. FollowTheMoney
/// lines are no official layout, and have nothing to prove.
pub(super) fn proven(layout: &str, held: &[Held]) -> bool {
    Layout::parse(layout).is_none_or(|known| {
        known.proven()
            || held
                .iter()
                .any(|one| one.layout == layout && one.snapshot.records >= known.full_file())
    })
}

/// Whether a person wrote the list down from a notice.
pub(super) fn is_transcribed(layout: &str) -> bool {
    Layout::parse(layout) == Some(Layout::Transcribed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use scruple_model::{ListId, Snapshot};

    fn held(layout: &str, records: u64) -> Held {
        Held {
            sequence: 1,
            snapshot: Snapshot {
                list: ListId::from("xx-a"),
                hash: String::new(),
                published: None,
                taken: scruple_model::Date::MIN,
                records,
                entities: records,
                unread: 0,
                dropped: 0,
            },
            blob: String::new(),
            origin: String::new(),
            licence: None,
            layout: layout.to_owned(),
            fields_unread: 0,
            removed: 0,
        }
    }

    #[test]
    fn a_file_of_some_size_proves_its_layout_and_no_other() {
        assert!(proven("ftm", &[]));
        assert!(!proven("seco-xml", &[]));
        assert!(!proven("seco-xml", &[held("seco-xml", 499)]));
        assert!(!proven("eu-xml", &[held("seco-xml", 500)]));
        assert!(proven(
            "seco-xml",
            &[held("eu-xml", 1), held("seco-xml", 500)]
        ));
        assert!(!proven("eu-xml", &[held("eu-xml", 999)]));
    }
}
