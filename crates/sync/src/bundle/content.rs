//! Is a member's content what a snapshot is?
//!
//! A signature says who made a bundle, not that they made no mistake. Content goes
//! past every parser on its way in, so what parsers promise is looked at here: every
//! line is an entity of that list, sorted, without what says what a person is.

use std::io::{BufRead, BufReader, Read};

use scruple_model::Entity;
use scruple_model::ftm::is_personal;
use scruple_model::hash::Hasher;

use super::manifest::SnapshotMember;
use super::{BundleFault, BundleLimits};

/// As in reading list files.
pub(super) const WINDOW_LOG: u32 = 27;

/// Reads packed content to its end, and says what is wrong with it.
pub(super) fn check(
    one: &SnapshotMember,
    packed: impl Read,
    limits: &BundleLimits,
) -> Result<(), BundleFault> {
    let fault = |what: String| BundleFault::Content {
        member: one.path.clone(),
        what,
    };
    let unpacked = zstd::Decoder::new(packed).and_then(|mut zstd| {
        zstd.window_log_max(WINDOW_LOG)?;
        Ok(zstd)
    });
    let unpacked = unpacked.map_err(|error| fault(error.to_string()))?;
    // One byte more than was said tells a longer content from a whole one.
    let mut lines = BufReader::with_capacity(1 << 16, unpacked.take(one.content_bytes + 1));
    let mut hasher = Hasher::new();
    let (mut bytes, mut entities) = (0u64, 0u64);
    let mut line = Vec::new();
    let mut last: Option<String> = None;
    let prefix = format!("{}:", one.snapshot.list);
    loop {
        line.clear();
        let taken = lines
            .by_ref()
            .take(limits.line + 1)
            .read_until(b'\n', &mut line)
            .map_err(|error| fault(error.to_string()))?;
        if taken == 0 {
            break;
        }
        bytes += taken as u64;
        entities += 1;
        let wrong = |what: &str| Err(fault(format!("line {entities}: {what}")));
        if taken as u64 > limits.line {
            return wrong("longer than a line may be");
        }
        hasher.update(&line);
        let Some(text) = line.strip_suffix(b"\n") else {
            return wrong("it does not end");
        };
        let entity: Entity = match serde_json::from_slice(text) {
            Ok(entity) => entity,
            Err(error) => return wrong(&error.to_string()),
        };
        let id = entity.id.as_str();
        if !id.starts_with(&prefix) {
            return wrong("a record of another list");
        }
        if last.as_deref().is_some_and(|last| last >= id) {
            return wrong("records are not in order");
        }
        if let Some(name) = entity.properties.keys().find(|name| is_personal(name)) {
            return wrong(&format!("{name} says what a person is, and is not kept"));
        }
        last = Some(id.to_owned());
    }
    let said = one.snapshot.entities;
    if bytes != one.content_bytes || hasher.finish() != one.blob {
        Err(fault(
            "its content is not the one the manifest names".to_owned(),
        ))
    } else if entities != said {
        Err(fault(format!("{entities} records, and {said} are stated")))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use scruple_model::hash::sha256;
    use scruple_model::{Date, Snapshot};

    use super::*;

    const LINE: &str = "{\"id\":\"un-sc:1\",\"schema\":\"Person\",\"caption\":\"x\",\"properties\":{},\"listings\":[]}\n";

    fn member(content: &str) -> SnapshotMember {
        SnapshotMember {
            path: "snapshots/x".to_owned(),
            bytes: 0,
            sha256: String::new(),
            blob: sha256(content.as_bytes()),
            content_bytes: content.len() as u64,
            snapshot: Snapshot {
                list: "un-sc".into(),
                hash: String::new(),
                published: None,
                taken: Date::default(),
                records: 1,
                entities: 1,
                unread: 0,
                dropped: 0,
            },
            layout: "un-xml".to_owned(),
            origin: "x".to_owned(),
            licence: None,
            fields_unread: 0,
            removed: 0,
            replaces: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn checked(one: &SnapshotMember, content: &[u8]) -> Result<(), String> {
        let packed = zstd::encode_all(content, 1).unwrap();
        check(one, &packed[..], &BundleLimits::default()).map_err(|fault| fault.to_string())
    }

    #[test]
    fn content_is_the_one_that_the_manifest_names() {
        let one = member(LINE);
        assert_eq!(checked(&one, LINE.as_bytes()), Ok(()));
        let other = LINE.replace("\"x\"", "\"y\"");
        let error = checked(&one, other.as_bytes()).unwrap_err();
        assert!(error.contains("not the one the manifest names"), "{error}");
    }

    #[test]
    fn content_longer_or_shorter_than_stated_is_refused() {
        let mut one = member(LINE);
        for bytes in [one.content_bytes - 1, one.content_bytes + 1] {
            one.content_bytes = bytes;
            assert!(checked(&one, LINE.as_bytes()).is_err(), "{bytes}");
        }
        // However much follows, no more than was stated is unpacked.
        let bomb = [LINE.as_bytes(), &vec![b' '; 64 << 20]].concat();
        assert!(checked(&member(LINE), &bomb).is_err());
    }

    #[test]
    fn what_is_not_packed_is_refused() {
        let one = member(LINE);
        let refused = check(&one, LINE.as_bytes(), &BundleLimits::default());
        assert!(refused.is_err());
    }
}
