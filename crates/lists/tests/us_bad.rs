//! What comes of damaged United States files: an error, or every record accounted
//! for. Never a panic, and never a record that is gone without a word.

mod common;

use common::{File, read_files, shown};
use scruple_lists::{Input, LOOK, Limits, Reading, Refused, read, recognise};

const SETS: [&[&str]; 8] = [
    &["ofac.xml"],
    &["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"],
    &["ofac_advanced.xml"],
    &["csl.json"],
    &["csl.csv"],
    &["csl_2019.csv"],
    &["dpl.txt"],
    &["uflpa.html"],
];

fn files(names: &[&str]) -> Vec<File> {
    names
        .iter()
        .map(|name| File {
            name: (*name).to_owned(),
            bytes: std::fs::read(format!("{}/tests/us/{name}", env!("CARGO_MANIFEST_DIR")))
                .expect("the excerpt is there"),
        })
        .collect()
}

/// Reads with the parts that the whole files have, whatever was done to the bytes.
fn read_as(whole: &[File], bytes: &[Vec<u8>]) -> Result<Vec<Reading>, Refused> {
    let inputs = whole
        .iter()
        .zip(bytes)
        .map(|(file, bytes)| Input {
            part: recognise(&file.bytes[..file.bytes.len().min(LOOK)], &file.name)
                .expect("the excerpt is recognised"),
            bytes: Box::new(bytes.as_slice()),
        })
        .collect();
    read(inputs, None, Limits::default())
}

fn bytes_of(whole: &[File]) -> Vec<Vec<u8>> {
    whole.iter().map(|file| file.bytes.clone()).collect()
}

fn accounted(readings: &[Reading]) {
    for reading in readings {
        let held = reading.entities.len() as u64 + reading.duplicates.len() as u64;
        assert_eq!(
            held + reading.unread,
            reading.records,
            "{}",
            shown(readings)
        );
        assert!(reading.entities.is_sorted_by(|a, b| a.id < b.id));
        for fault in &reading.faults {
            assert!(!fault.what.is_empty() && !fault.next.is_empty());
        }
    }
}

#[test]
fn whole_files_are_accounted_for() {
    for names in SETS {
        accounted(&read_files(&files(names)).expect("the excerpt is read"));
    }
}

#[test]
fn a_file_cut_at_any_tenth_is_refused() {
    for names in SETS {
        let whole = files(names);
        for (at, file) in whole.iter().enumerate() {
            // Comments may end anywhere a row does; one row is too few for tenths.
            for tenth in 1..10 {
                let mut bytes = bytes_of(&whole);
                bytes[at].truncate(file.bytes.len() * tenth / 10);
                let result = read_as(&whole, &bytes);
                assert!(
                    result.is_err(),
                    "{} cut at {tenth}/10: {result:?}",
                    file.name
                );
            }
        }
    }
}

#[test]
fn flipped_bits_are_refused_or_accounted_for() {
    for names in SETS {
        let whole = files(names);
        for (at, file) in whole.iter().enumerate() {
            let step = (file.bytes.len() / 1_500).max(1);
            for position in (0..file.bytes.len()).step_by(step) {
                for bit in [0x01, 0x20, 0x80] {
                    let mut bytes = bytes_of(&whole);
                    bytes[at][position] ^= bit;
                    if let Ok(readings) = read_as(&whole, &bytes) {
                        accounted(&readings);
                    }
                }
            }
        }
    }
}

#[test]
fn a_byte_order_mark_and_line_ends_make_no_difference() {
    for names in SETS {
        let whole = files(names);
        let plain = shown(&read_files(&whole).expect("the excerpt is read"));
        let marked: Vec<Vec<u8>> = whole
            .iter()
            .map(|file| [b"\xef\xbb\xbf", file.bytes.as_slice()].concat())
            .collect();
        let read = read_as(&whole, &marked).expect("a mark is passed over");
        let without_columns = |text: &str| -> String {
            text.lines()
                .map(|line| line.replace(":4 ", ":1 "))
                .collect()
        };
        assert_eq!(without_columns(&shown(&read)), without_columns(&plain));
        let crlf: Vec<Vec<u8>> = whole
            .iter()
            .map(|file| {
                let text = String::from_utf8_lossy(&file.bytes).replace("\r\n", "\n");
                text.replace('\n', "\r\n").into_bytes()
            })
            .collect();
        assert_eq!(shown(&read_as(&whole, &crlf).expect("line ends")), plain);
    }
}

fn xml(entries: &str, count: usize) -> Vec<File> {
    let text = format!(
        "<sdnList><publshInformation><Publish_Date>01/02/2024</Publish_Date><Record_Count>{count}</Record_Count></publshInformation>{entries}</sdnList>"
    );
    vec![File {
        name: "sdn.xml".to_owned(),
        bytes: text.into_bytes(),
    }]
}

fn entry(uid: &str, name: &str) -> String {
    format!(
        "<sdnEntry><uid>{uid}</uid><lastName>{name}</lastName><sdnType>Entity</sdnType><programList><program>CUBA</program></programList></sdnEntry>"
    )
}

#[test]
fn long_empty_and_repeated_names() {
    let long = "x".repeat(100_000);
    let entries = [
        entry("1", &long),
        entry("2", ""),
        entry("", "DEMO WITHOUT NUMBER"),
        entry("4", "DEMO"),
        entry("4", "DEMO AGAIN"),
    ]
    .concat();
    let readings = read_files(&xml(&entries, 5)).expect("the file is read");
    accounted(&readings);
    let reading = &readings[0];
    assert_eq!((reading.records, reading.unread), (5, 2));
    assert_eq!(reading.duplicates.len(), 1);
    assert_eq!(reading.entities[0].caption.len(), 100_000);
    let what: Vec<&str> = reading
        .faults
        .iter()
        .map(|fault| fault.what.as_str())
        .collect();
    assert_eq!(
        what,
        ["the record has no name", "the record has no id of its own"]
    );
}

#[test]
fn fewer_records_than_the_file_says_are_refused() {
    let refused = read_files(&xml(&entry("1", "DEMO"), 2)).expect_err("one is missing");
    assert_eq!(
        refused,
        Refused::Count {
            stated: 2,
            found: 1
        }
    );
    assert_eq!(
        read_files(&xml("", 0)).expect_err("nothing in it"),
        Refused::Empty
    );
}

#[test]
fn a_row_of_another_width_names_its_record() {
    let mut whole = files(&["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"]);
    let text = String::from_utf8_lossy(&whole[0].bytes).replace(
        "\u{1a}",
        "900009,\"DEMO SHORT ROW\",-0- \r\n900009,\"DEMO LONG ROW\",-0- ,a,b,c,d,e,f,g,h,i,j\r\n\u{1a}",
    );
    whole[0].bytes = text.into_bytes();
    let readings = read_files(&whole).expect("the rest is read");
    accounted(&readings);
    assert_eq!(readings[0].unread, 2);
    assert!(
        readings[0]
            .faults
            .iter()
            .any(|fault| fault.what.contains("DEMO SHORT ROW"))
    );
}

#[test]
fn a_set_of_two_lists_or_two_primaries_is_refused() {
    let [sdn, alt] = ["sdn.csv", "alt.csv"].map(|name| files(&[name]).remove(0));
    let cons = File {
        name: "cons_alt.csv".to_owned(),
        bytes: alt.bytes,
    };
    let again = files(&["sdn.csv"]).remove(0);
    for set in [vec![sdn, cons], vec![again, files(&["sdn.csv"]).remove(0)]] {
        let refused = read_files(&set).expect_err("it is no set");
        assert!(matches!(refused, Refused::Set { .. }), "{refused}");
    }
}

#[test]
fn a_file_given_as_the_other_list_is_refused() {
    let cons = "us-ofac-cons".into();
    for name in ["ofac.xml", "ofac_advanced.xml", "sdn.csv"] {
        let whole = files(&[name]);
        let mut part = recognise(&whole[0].bytes, name).expect("the excerpt is recognised");
        part.list = None;
        let bytes = Box::new(whole[0].bytes.as_slice());
        let refused = read(vec![Input { part, bytes }], Some(&cons), Limits::default());
        assert!(matches!(refused, Err(Refused::Set { .. })), "{name}");
    }
}

#[test]
fn a_file_of_changes_is_not_the_list() {
    let mut whole = files(&["ofac_advanced.xml"]);
    let text = String::from_utf8_lossy(&whole[0].bytes)
        .replace("Version=\"3\"", "Version=\"3\" DeltaBaseVersion=\"2\"");
    whole[0].bytes = text.into_bytes();
    assert!(matches!(read_files(&whole), Err(Refused::Malformed { .. })));
}

#[test]
fn too_much_is_refused_before_it_is_held() {
    let small = Limits {
        record: 2_000,
        records: 2,
        ..Limits::default()
    };
    for names in SETS {
        let whole = files(names);
        let inputs = whole
            .iter()
            .map(|file| Input {
                part: recognise(&file.bytes, &file.name).expect("the excerpt is recognised"),
                bytes: Box::new(file.bytes.as_slice()),
            })
            .collect();
        let result = read(inputs, None, small);
        // The small excerpts fit.
        if !["csl_2019.csv", "uflpa.html"].contains(&names[0]) {
            assert!(
                matches!(result, Err(Refused::TooBig { .. })),
                "{names:?} {result:?}"
            );
        }
    }
}
