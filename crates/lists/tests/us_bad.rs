//! What comes of damaged United States files: an error, or every record accounted
//! for. Never a panic, and never a record that is gone without a word.

use crate::common::{File, read_files, shown};
use scruple_lists::{Effect, Input, LOOK, Limits, Reading, Refused, read, recognise};

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
fn more_text_than_any_list_has_is_refused() {
    let small = Limits {
        text: 2_000,
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
        // Some excerpts fit, and a page is held whole.
        if !["csl_2019.csv", "dpl.txt", "uflpa.html"].contains(&names[0]) {
            assert!(
                matches!(result, Err(Refused::TooBig { .. })),
                "{names:?} {result:?}"
            );
        }
    }
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

fn effects(readings: &[Reading]) -> Vec<(Effect, String)> {
    let faults = readings.iter().flat_map(|reading| &reading.faults);
    faults
        .map(|fault| (fault.effect, fault.what.clone()))
        .collect()
}

#[test]
fn an_alias_that_is_lost_is_told_as_a_name() {
    let mut whole = files(&["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"]);
    let first = whole[0]
        .bytes
        .split(|b| *b == b',')
        .next()
        .unwrap()
        .to_vec();
    let first = String::from_utf8(first).unwrap();
    let add = |file: &mut File, row: &[u8]| {
        file.bytes.retain(|byte| *byte != 0x1a);
        file.bytes.extend_from_slice(row);
        file.bytes.extend_from_slice(b"\r\n\x1a");
    };
    add(
        &mut whole[1],
        format!("{first},1,\"aka\",\"DEMO\"").as_bytes(),
    );
    let row = [
        format!("{first},2,\"aka\",\"DEM").as_bytes(),
        b"\xff\",\"\"",
    ]
    .concat();
    add(&mut whole[1], &row);
    add(&mut whole[2], format!("{first},1,\"Road\"").as_bytes());
    let readings = read_files(&whole).expect("the rest is read");
    let told: Vec<Effect> = effects(&readings)
        .into_iter()
        .map(|(effect, _)| effect)
        .collect();
    let count = |effect| told.iter().filter(|held| **held == effect).count();
    assert_eq!(count(Effect::NameUnread), 2, "{}", shown(&readings));
    assert_eq!(readings[0].fields_unread, told.len() as u64);
    assert_eq!(Effect::NameUnread.as_str(), "name-unread");
}

#[test]
fn a_byte_that_is_no_character_is_told() {
    let mut whole = files(&["dpl.txt"]);
    let line = whole[0].bytes.iter().position(|b| *b == b'\n').unwrap();
    let name = whole[0].bytes[line + 1..]
        .iter()
        .position(u8::is_ascii_alphabetic)
        .unwrap();
    whole[0].bytes[line + 1 + name] = 0x81;
    let readings = read_files(&whole).expect("the file is read");
    accounted(&readings);
    assert!(
        effects(&readings)
            .iter()
            .any(|(effect, what)| *effect == Effect::NameUnread && what.contains("Windows-1252")),
        "{}",
        shown(&readings)
    );
}

#[test]
fn a_kind_of_record_that_is_not_known_is_a_missing_part() {
    for (name, end) in [
        ("ofac.xml", "</sdnList>"),
        ("ofac_advanced.xml", "</Sanctions>"),
    ] {
        let mut whole = files(&[name]);
        let text = String::from_utf8_lossy(&whole[0].bytes).replace(
            end,
            &format!("<Ships><Ship><Name>DEMO</Name></Ship></Ships><Ships/>{end}"),
        );
        let plain = read_files(&whole).expect("the excerpt is read");
        whole[0].bytes = text.into_bytes();
        let readings = read_files(&whole).expect("the rest is read");
        let parts = |readings: &[Reading]| {
            let told = effects(readings).into_iter();
            told.filter(|(effect, _)| *effect == Effect::PartMissing)
                .count()
        };
        assert_eq!((parts(&plain), parts(&readings)), (0, 1), "{name}");
    }
}

fn uflpa(tables: &str) -> Vec<Reading> {
    let text = format!("<html><b>UFLPA Entity List</b>{tables}</html>");
    read_files(&[File {
        name: "page.html".to_owned(),
        bytes: text.into_bytes(),
    }])
    .expect("the page is read")
}

const PARTIES: &str =
    "<table><tr><th>Name of Entity<th>Effective Date<tr><td>Demo Farm<td>June 1, 2024</table>";

#[test]
fn a_table_with_another_column_is_a_missing_part() {
    for other in [
        "<table><tr><th>Name<th>Place<th>Day<tr><td>Demo Mill<td>Town<td>June 2, 2024</table>",
        "<table><tr><th>Name of Entity<th>Place<th>Date<tr><td>Demo Mill<td>Town<td>?</table>",
    ] {
        let readings = uflpa(&format!("{PARTIES}{other}"));
        accounted(&readings);
        assert_eq!(readings[0].records, 1);
        assert_eq!(effects(&readings)[0].0, Effect::PartMissing, "{other}");
    }
    let other = "<table><tr><td>Contact<td>Telephone<tr><td>Office<td>1</table>";
    assert!(effects(&uflpa(&format!("{PARTIES}{other}"))).is_empty());
}

#[test]
fn a_table_without_a_header_keeps_its_first_party() {
    for (header, records) in [
        ("", 3),
        ("<tr><td>Demo Quarry<td>", 4),
        ("<tr><th>Party<th>Day of listing", 3),
    ] {
        let rows = "<tr><td>Demo Mill<td>June 2, 2024<tr><td>Demo Gin<td>June 3, 2024";
        let readings = uflpa(&format!("{PARTIES}<table>{header}{rows}</table>"));
        accounted(&readings);
        assert_eq!(readings[0].records, records, "{header}");
        assert_eq!(effects(&readings)[0].0, Effect::FieldUnread);
    }
}

#[test]
fn a_column_that_is_not_read_is_told() {
    let told = |name: &str, from: &str, to: &str| {
        let mut whole = files(&[name]);
        let text = String::from_utf8_lossy(&whole[0].bytes).replacen(from, to, 1);
        whole[0].bytes = text.into_bytes();
        let readings = read_files(&whole).expect("the file is read");
        let told = effects(&readings).into_iter();
        told.filter(|(_, what)| what.contains("column"))
            .map(|(effect, _)| effect)
            .collect::<Vec<_>>()
    };
    assert_eq!(told("dpl.txt", "Name", "Name"), []);
    assert_eq!(told("csl.csv", "alt_names", "alt_names"), []);
    let parts = told("csl.csv", "alt_names", "others");
    assert!(!parts.is_empty() && parts.iter().all(|effect| *effect == Effect::PartMissing));

    let mut whole = files(&["dpl.txt"]);
    let text = String::from_utf8_lossy(&whole[0].bytes).replace("\r\n", "\n");
    let text: String = text
        .lines()
        .enumerate()
        .map(|(at, line)| format!("{line}\t{}\n", if at == 0 { "Alias" } else { "DEMO" }))
        .collect();
    whole[0].bytes = text.into_bytes();
    let readings = read_files(&whole).expect("the file is read");
    assert_eq!(effects(&readings)[0].0, Effect::NameUnread);
}
