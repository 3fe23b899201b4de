//! What `scruple init` writes.

use scruple_model::deal::{Answers, Format, read, starter};

fn read_or_show(text: &str) -> scruple_model::Deal {
    read(text, Format::Toml).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

#[test]
fn a_starter_without_answers_reads_as_the_most_incomplete_deal() {
    let deal = read_or_show(&starter(&Answers::default()));
    assert!(deal.parties.is_empty());
    assert!(deal.items.is_empty());
    assert!(deal.destination.known().is_none());
    assert!(deal.nexus.us_persons.known().is_none());
    assert!(deal.sign_off.is_none());
}

#[test]
fn a_starter_carries_the_answers_it_was_given() {
    let answers = Answers {
        title: "Cameras \"X\" for C:\\ somebody\nelse".into(),
        seller: "Müller & Söhne GmbH".into(),
        seller_country: Some("de".into()),
        item: Some("Camera".into()),
        destination: Some("cn-xj".into()),
        end_user: Some("新疆维吾尔自治区公安厅".into()),
        end_use: Some("to watch a square".into()),
        sign_off: Some("A. Person".into()),
    };
    let deal = read_or_show(&starter(&answers));
    assert_eq!(deal.title, "Cameras \"X\" for C:\\ somebody else");
    assert_eq!(deal.seller.name, answers.seller);
    assert_eq!(deal.seller.country.known().unwrap().code(), "de");
    assert_eq!(deal.nexus.legal_seat.known().unwrap().code(), "de");
    assert_eq!(deal.destination.known().unwrap().code(), "cn-xj");
    assert_eq!(deal.items[0].name, "Camera");
    assert_eq!(deal.parties[0].name, "新疆维吾尔自治区公安厅");
    assert_eq!(deal.end_use.known().unwrap(), "to watch a square");
    assert_eq!(deal.sign_off.unwrap().name, "A. Person");
}

#[test]
fn every_commented_line_of_a_starter_is_valid_once_uncommented() {
    let text = starter(&Answers::default());
    let open: String = text
        .lines()
        .map(|line| {
            let bare = line.trim_start_matches("# ");
            let is_code = bare.starts_with('[')
                || bare
                    .split_once(" = ")
                    .is_some_and(|(key, _)| !key.contains(' '));
            let bare = bare
                .replace("address = \"\"", "address = \"Street 1\"")
                .replace("registration_number = \"\"", "registration_number = \"1\"")
                .replace("number = \"\"", "number = \"1\"")
                .replace("scope = \"\"", "scope = \"all\"")
                .replace("20 letters and digits", "ABCDEFGHIJ0123456789");
            if is_code {
                format!("{bare}\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let deal = read_or_show(&open);
    assert_eq!(deal.parties.len(), 1);
    assert_eq!(deal.authorisations.len(), 1);
    assert_eq!(deal.transit.known().map(Vec::len), Some(1));
    assert!(deal.dates.delivery.is_some());
}
