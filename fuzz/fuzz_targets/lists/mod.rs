//! What every list target asks of a reading.

use scruple_lists::{Input, Layout, Limits, Part, read, recognise};
use scruple_model::ftm::is_personal;

/// Reads bytes as a layout of one file, whatever they are.
#[allow(dead_code)]
pub fn read_as(layout: Layout, bytes: &[u8]) {
    read_of(layout, &[("", bytes)], None);
}

/// Reads files as a set of a layout that does not say whose list it is.
pub fn read_of(layout: Layout, files: &[(&'static str, &[u8])], list: Option<&str>) {
    for (_, bytes) in files {
        // Recognising must not panic either; what it says does not matter here.
        let _ = recognise(bytes, "cons_sdn.csv");
    }
    let inputs = files
        .iter()
        .map(|(role, bytes)| Input {
            part: Part {
                layout,
                role,
                list: layout.only_list(),
            },
            bytes: Box::new(*bytes),
        })
        .collect();
    let limits = Limits {
        record: 1 << 16,
        ..Limits::default()
    };
    let Ok(readings) = read(inputs, list.map(Into::into).as_ref(), limits) else {
        return;
    };
    for reading in &readings {
        let held = reading.entities.len() as u64 + reading.repeated;
        // In these layouts several rows are one party, and records are rows.
        let rows = matches!(
            layout,
            Layout::UkCsv
                | Layout::OfsiCsv
                | Layout::OfsiXlsx
                | Layout::EuCsv
                | Layout::AustraliaXlsx
        );
        let told = held + reading.unread;
        assert!(
            told == reading.records || rows && (1..reading.records).contains(&told),
            "a record is gone without a word"
        );
        assert!(
            reading
                .entities
                .windows(2)
                .all(|pair| pair[0].id < pair[1].id)
        );
        for entity in &reading.entities {
            assert!(!entity.caption.trim().is_empty());
            assert!(entity.properties.keys().all(|name| !is_personal(name)));
        }
        for fault in &reading.faults {
            assert!(!fault.what.is_empty() && !fault.next.is_empty());
        }
    }
}

/// Cuts one input into the files of a set.
#[allow(dead_code)]
pub fn cut<'a, const N: usize>(
    bytes: &'a [u8],
    roles: [&'static str; N],
) -> Vec<(&'static str, &'a [u8])> {
    let mut pieces = bytes.splitn(N, |byte| *byte == 0);
    roles
        .into_iter()
        .map_while(|role| Some((role, pieces.next()?)))
        .collect()
}
