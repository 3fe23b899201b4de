//! Bad files: an error or a fault, never a panic, never a silent loss.

use scruple_lists::{Effect, Input, Limits, Refused, read};

use super::show::{case, part, reading, reading_as};
use super::workbook::{Cell, australia, of_csv, packed, text, workbook};

fn all() -> Vec<(&'static str, Vec<u8>)> {
    let mut all: Vec<_> = [
        "gb_uksl.xml",
        "gb_uksl.csv",
        "gb_conlist.csv",
        "un_sc.xml",
        "eu_fsf.xml",
        "eu_fsf.csv",
        "ch_seco.xml",
        "ca_sema.xml",
    ]
    .into_iter()
    .map(|name| (name, case(name)))
    .collect();
    all.push(("au_dfat.xlsx", australia()));
    all.push((
        "gb_conlist.xlsx",
        workbook(&[("Sheet1", of_csv(&case("gb_conlist.csv")))]),
    ));
    all
}

#[test]
fn a_file_cut_at_any_tenth_is_refused_or_told() {
    for (name, bytes) in all() {
        let whole = reading(&bytes).unwrap();
        let part = part(&bytes).unwrap();
        for tenth in 0..10 {
            let cut = &bytes[..bytes.len() * tenth / 10];
            match reading_as(part.clone(), cut) {
                Err(_) => {}
                // Rows that end whole are a shorter list; that it is shorter is seen by its count.
                Ok(reading) => {
                    assert!(
                        cut.ends_with(b"\n"),
                        "{name} at {tenth}/10 passes for whole"
                    );
                    assert!(reading.records < whole.records, "{name} at {tenth}/10");
                }
            }
        }
    }
}

#[test]
fn flipped_bits_do_not_panic_and_every_record_is_accounted_for() {
    for (name, bytes) in all() {
        let part = part(&bytes).unwrap();
        let step = (bytes.len() / 400).max(1);
        for at in (0..bytes.len()).step_by(step) {
            let mut broken = bytes.clone();
            broken[at] ^= 1 << (at % 8);
            if let Ok(reading) = reading_as(part.clone(), &broken) {
                assert!(
                    !reading.entities.is_empty() || reading.unread > 0,
                    "{name} at byte {at}"
                );
            }
        }
    }
}

#[test]
fn byte_order_marks_and_line_ends_change_nothing() {
    for (name, bytes) in all()
        .into_iter()
        .filter(|(name, _)| !name.ends_with("xlsx"))
    {
        let plain = reading(&bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        for form in [
            text.clone(),
            format!("\u{feff}{text}"),
            text.replace('\n', "\r\n"),
        ] {
            let read = reading(form.as_bytes()).unwrap();
            assert_eq!(read.entities, plain.entities, "{name}");
            assert_eq!(read.records, plain.records, "{name}");
            assert_eq!(read.published, plain.published, "{name}");
        }
    }
}

#[test]
fn a_name_of_100_kilobytes_is_read() {
    let long = "Long ".repeat(20_000);
    for (name, bytes) in all()
        .into_iter()
        .filter(|(name, _)| !name.ends_with("xlsx"))
    {
        let text = String::from_utf8(bytes).unwrap();
        let text = text
            .replace("Vanya the Tester", &long)
            .replace("Vanya Tester", &long)
            .replace("VANYA", &long)
            .replace("The Tester", &long);
        let read = reading(text.as_bytes()).unwrap();
        let found = read
            .entities
            .iter()
            .any(|entity| entity.names().any(|(_, name)| name.len() > 90_000));
        assert!(found, "{name}");
    }
}

#[test]
fn a_record_without_a_name_is_unread_and_says_where() {
    let uk =
        "<Designations><Designation><UniqueID>TST1</UniqueID><Names/></Designation></Designations>";
    let un = "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><REFERENCE_NUMBER>TSi.1</REFERENCE_NUMBER><FIRST_NAME/></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>";
    let eu = "<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\"><sanctionEntity logicalId=\"1\"><nameAlias wholeName=\"\"/></sanctionEntity></export>";
    let ch = "<swiss-sanctions-list><target ssid=\"1\"><entity/></target></swiss-sanctions-list>";
    let ca = "<data-set><record><Country>x</Country><Item>1</Item></record></data-set>";
    for text in [uk, un, eu, ch, ca] {
        let read = reading(text.as_bytes()).unwrap();
        assert_eq!(
            (read.records, read.unread, read.entities.len()),
            (1, 1, 0),
            "{text}"
        );
        let fault = &read.faults[0];
        assert_eq!(fault.effect, Effect::RecordUnread);
        assert!(fault.at.line > 0 && fault.record.is_some(), "{text}");
    }
}

#[test]
fn a_record_without_an_id_is_unread() {
    let uk = "<Designations><Designation><Names><Name><Name6>A</Name6><NameType>Primary Name</NameType></Name></Names></Designation></Designations>";
    let ch = "<swiss-sanctions-list><target><entity><identity><name name-type=\"primary-name\"><name-part><value>A</value></name-part></name></identity></entity></target></swiss-sanctions-list>";
    for text in [uk, ch] {
        let read = reading(text.as_bytes()).unwrap();
        assert_eq!((read.records, read.unread), (1, 1), "{text}");
    }
    let csv = String::from_utf8(case("gb_uksl.csv"))
        .unwrap()
        .replace("TST0003", "");
    let read = reading(csv.as_bytes()).unwrap();
    assert_eq!((read.unread, read.entities.len()), (1, 2));
    let unread = |fault: &&scruple_lists::Fault| fault.effect == Effect::RecordUnread;
    let fault = read.faults.iter().find(unread).unwrap();
    assert_eq!(fault.field.as_deref(), Some("Unique ID"));
}

#[test]
fn an_id_that_stands_twice_loses_no_name() {
    let one = |name: &str| {
        format!(
            "<Designation><UniqueID>TST1</UniqueID><Names><Name><Name6>{name}</Name6><NameType>Primary Name</NameType></Name></Names></Designation>"
        )
    };
    let text = format!(
        "<Designations>{}{}</Designations>",
        one("First"),
        one("Second")
    );
    let read = reading(text.as_bytes()).unwrap();
    assert_eq!(
        (read.records, read.entities.len(), read.duplicates.len()),
        (2, 1, 1)
    );
    assert_eq!(read.entities[0].values("name"), ["First", "Second"]);
}

#[test]
fn a_row_that_is_too_short_is_unread_and_a_last_one_refuses_the_file() {
    let whole = String::from_utf8(case("gb_conlist.csv")).unwrap();
    let short = whole.replacen("TESTEROV,Ivan", "SHORT,Ivan\nTESTEROV,Ivan", 1);
    let read = reading(short.as_bytes()).unwrap();
    assert_eq!((read.records, read.unread), (8, 1));
    assert_eq!(read.faults[0].effect, Effect::RecordUnread);
    let last = format!("{whole}SHORT,Ivan\n");
    assert!(matches!(
        reading(last.as_bytes()),
        Err(Refused::CutOff { .. })
    ));
}

#[test]
fn a_column_that_is_new_is_told() {
    let text = String::from_utf8(case("gb_conlist.csv")).unwrap().replacen(
        "Group ID\n",
        "Group ID,Colour\n",
        1,
    );
    let text = text
        .replace(",90001\n", ",90001,red\n")
        .replace(",90002\n", ",90002,\n")
        .replace(",90003\n", ",90003,\n");
    let read = reading(text.as_bytes()).unwrap();
    assert!(
        read.faults
            .iter()
            .any(|fault| fault.field.as_deref() == Some("Colour"))
    );
}

#[test]
fn another_root_is_refused() {
    for text in [
        "<Other><Designations/></Other>",
        "<x><CONSOLIDATED_LIST/></x>",
        "<x><swiss-sanctions-list/></x>",
    ] {
        assert!(reading(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn a_workbook_that_swells_is_refused() {
    let zeros = "0".repeat(300 << 20);
    let bomb = packed(&[("xl/worksheets/sheet1.xml".to_owned(), zeros)]);
    assert!(bomb.len() < 1 << 20);
    let part = part(&australia()).unwrap();
    assert!(matches!(
        reading_as(part, &bomb),
        Err(Refused::TooBig { .. })
    ));
}

#[test]
fn a_workbook_without_the_header_is_refused() {
    let part = part(&australia()).unwrap();
    let other = workbook(&[("Sheet1", vec![vec![text("Other"), Cell::Day(1)]])]);
    assert!(matches!(
        reading_as(part.clone(), &other),
        Err(Refused::Malformed { .. })
    ));
    assert!(super::show::part(&other).is_none());
    assert!(matches!(reading_as(part.clone(), b""), Err(Refused::Empty)));
    assert!(reading_as(part, b"PK\x03\x04 no workbook").is_err());
}

#[test]
fn more_records_than_any_list_has_are_refused() {
    for (name, bytes) in all() {
        let input = Input {
            part: part(&bytes).unwrap(),
            bytes: Box::new(bytes.as_slice()),
        };
        let few = Limits {
            records: 1,
            ..Limits::default()
        };
        assert!(
            matches!(read(vec![input], None, few), Err(Refused::TooBig { .. })),
            "{name}"
        );
    }
}

#[test]
fn a_kind_of_record_that_is_not_known_is_a_missing_part() {
    for (name, end) in [
        ("gb_uksl.xml", "</Designations>"),
        ("un_sc.xml", "</CONSOLIDATED_LIST>"),
        ("eu_fsf.xml", "</export>"),
        ("ch_seco.xml", "</swiss-sanctions-list>"),
        ("ca_sema.xml", "</data-set>"),
    ] {
        let text = String::from_utf8(case(name)).unwrap();
        let more = "<VESSELS><VESSEL><NAME>Demo</NAME></VESSEL><VESSEL/></VESSELS><VESSELS/>";
        let plain = reading(text.as_bytes()).unwrap();
        let parts = |read: &scruple_lists::Reading| {
            let faults = read.faults.iter();
            faults
                .filter(|fault| fault.effect == Effect::PartMissing)
                .map(|fault| fault.field.clone().unwrap_or_default())
                .collect::<Vec<_>>()
        };
        let read = reading(text.replace(end, &format!("{more}{end}")).as_bytes()).unwrap();
        assert_eq!(parts(&plain), Vec::<String>::new(), "{name}");
        assert_eq!(parts(&read), ["VESSELS"], "{name}");
        assert_eq!(read.entities, plain.entities, "{name}");
    }
}

#[test]
fn rows_in_another_order_give_the_same_ids() {
    let text = String::from_utf8(case("gb_conlist.csv")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let ids = |text: &str| -> Vec<String> {
        let read = reading(text.as_bytes()).unwrap();
        let entities = read.entities.iter();
        entities.map(|entity| entity.id.to_string()).collect()
    };
    let header = lines
        .iter()
        .position(|line| line.contains("Group ID"))
        .unwrap();
    // Only the first row of a group keeps its reference.
    let mut seen = Vec::new();
    let short: Vec<String> = lines[header + 1..]
        .iter()
        .map(|line| {
            let group = line.rsplit(',').next().unwrap().to_owned();
            let first = !seen.contains(&group);
            seen.push(group);
            if first {
                (*line).to_owned()
            } else {
                line.replace("(UK Sanctions List Ref):", "(Ref):")
            }
        })
        .collect();
    lines.splice(header + 1.., short.iter().rev().map(String::as_str));
    assert_eq!(ids(&(lines.join("\n") + "\n")), ids(&text));
}

/// The effects of faults that speak of columns or sheets.
fn told(read: &scruple_lists::Reading, words: &str) -> Vec<Effect> {
    let faults = read.faults.iter();
    faults
        .filter(|fault| fault.what.contains(words))
        .map(|fault| fault.effect)
        .collect()
}

#[test]
fn a_column_under_another_name_is_a_missing_part() {
    for name in ["gb_conlist.csv", "gb_uksl.csv"] {
        let text = String::from_utf8(case(name)).unwrap();
        let read = |new: &str| reading(text.replacen("Name 1", new, 1).as_bytes()).unwrap();
        assert_eq!(told(&read("Name 1"), "column"), [], "{name}");
        for (new, words) in [
            ("Forename", "not known"),
            ("Name 2", "second"),
            ("", "not known"),
        ] {
            assert_eq!(
                told(&read(new), words),
                [Effect::PartMissing],
                "{name} {new}"
            );
        }
    }
}

#[test]
fn a_new_column_that_holds_something_counts_as_unread_once() {
    let text = String::from_utf8(case("gb_conlist.csv")).unwrap();
    let plain = reading(text.as_bytes()).unwrap();
    for (column, effect) in [
        ("Colour", Effect::FieldUnread),
        ("Name 7", Effect::NameUnread),
    ] {
        let with = |cell: &str| {
            let mut text = text.replacen("Group ID\n", &format!("Group ID,{column}\n"), 1);
            for group in ["90001", "90002", "90003"] {
                text = text.replace(&format!(",{group}\n"), &format!(",{group},{cell}\n"));
            }
            reading(text.as_bytes()).unwrap()
        };
        assert_eq!(told(&with("red"), "column"), [effect]);
        assert_eq!(with("red").fields_unread, plain.fields_unread + 1);
        assert_eq!(told(&with(""), "column"), [Effect::Note]);
    }
}

#[test]
fn a_sheet_with_a_header_that_has_changed_is_a_missing_part() {
    let rows = || of_csv(&case("gb_conlist.csv"));
    let mut other = rows();
    for cell in other.iter_mut().flatten() {
        if matches!(cell, Cell::Text(name) if name == "Group ID") {
            *cell = text("Number");
        }
    }
    let book = |more: Vec<Vec<Cell>>| workbook(&[("Sheet1", rows()), ("More", more)]);
    let read = reading(&book(other)).unwrap();
    assert_eq!(told(&read, "sheet"), [Effect::PartMissing]);
    let read = reading(&book(vec![vec![text("Notes"), text("of the publisher")]])).unwrap();
    assert_eq!(told(&read, "sheet"), [Effect::Note]);
}

#[test]
fn a_name_in_an_element_that_is_not_known_is_told_as_one() {
    let text = String::from_utf8(case("un_sc.xml")).unwrap();
    let more = "<OTHER_NAMES><OTHER_NAME>Demo Other</OTHER_NAME></OTHER_NAMES></INDIVIDUAL>";
    let read = reading(text.replacen("</INDIVIDUAL>", more, 1).as_bytes()).unwrap();
    let fault = |fault: &&scruple_lists::Fault| fault.field.as_deref() == Some("OTHER_NAMES");
    let fault = read.faults.iter().find(fault).unwrap();
    assert_eq!(fault.effect, Effect::NameUnread);
    let kept = read
        .entities
        .iter()
        .flat_map(|entity| entity.values("notes"));
    assert!(
        kept.into_iter()
            .any(|note| note == "OTHER_NAME: Demo Other")
    );
}
