//! Bad files: an error or a fault, never a panic, never a silent loss.

use scruple_lists::{Effect, Refused};

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
