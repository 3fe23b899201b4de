//! What comes out of each layout, on lines written for the purpose and on the shared
//! files.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test panics when it fails, and says what it looked at"
)]

use std::fmt::Write as _;

use crate::shared;
use scruple_model::Answer;
use scruple_ownership::person::PersonKey;
use scruple_ownership::read::{Format, Intake, ReadError, Report, read, sheet};
use scruple_ownership::{Builder, Graph, Layer, Listed, Marks, Share, close};
use scruple_table::Kind as File;

fn intake(id: &str, format: Format, bytes: &[u8]) -> Result<(Graph<Vec<u8>>, Report), ReadError> {
    let mut builder = Builder::new();
    let source = builder.source(shared::source(id));
    let report = read(
        format,
        &mut &*bytes,
        &mut Intake {
            builder: &mut builder,
            source,
            id,
            people: None,
        },
    )?;
    let built = builder.finish().unwrap();
    Ok((Graph::open(built.bytes).unwrap(), report))
}

/// Every holding on a line, in the order of the graph.
fn listing(graph: &Graph<Vec<u8>>) -> String {
    let mut out = String::new();
    for node in graph.nodes() {
        for held in graph.holdings(node) {
            let dates = match (held.from, held.until) {
                (None, None) => String::new(),
                (from, until) => format!(
                    " {}..{}",
                    from.map_or(String::new(), |d| d.to_string()),
                    until.map_or(String::new(), |d| d.to_string())
                ),
            };
            let nominee = held
                .nominee
                .map_or(String::new(), |by| format!(" through {by}"));
            let indirect = if held.indirect { " indirect" } else { "" };
            let mark = if held.marks.has(Marks::UNIT_AMBIGUOUS) {
                " ?unit"
            } else if held.marks.has(Marks::BAD_INTERVAL) {
                " ?share"
            } else {
                ""
            };
            writeln!(
                out,
                "{} holds {} {} of {}{indirect}{dates}{nominee}{mark}",
                graph.id(held.owner),
                held.share,
                held.layer.name(),
                graph.id(node)
            )
            .unwrap();
        }
    }
    out
}

const SIGNIFICANT: &str = r#"{"company_number":"1234567","data":{"kind":"individual-person-with-significant-control","name":"Somebody","natures_of_control":["ownership-of-shares-25-to-50-percent","voting-rights-75-to-100-percent"],"notified_on":"2016-04-06","links":{"self":"/company/01234567/persons-with-significant-control/individual/abcDEF"}}}
{"company_number":"01234567","data":{"kind":"corporate-entity-person-with-significant-control","natures_of_control":["ownership-of-shares-50-to-75-percent","right-to-appoint-and-remove-directors"],"notified_on":"2017-01-01","ceased_on":"2020-02-02","identification":{"registration_number":"00000099","country_registered":"England"},"links":{"self":"/company/01234567/persons-with-significant-control/corporate-entity/xyz"}}}
{"company_number":"01234567","data":{"kind":"super-secure-person-with-significant-control","natures_of_control":["significant-influence-or-control"]}}
{"company_number":"01234567","data":{"kind":"persons-with-significant-control-statement","statement":"psc-exists-but-not-identified"}}
{"company_number":"01234567","data":{"kind":"persons-with-significant-control-statement","statement":"no-individual-or-entity-with-signficant-control"}}
not json
{"data":{"kind":"individual-person-with-significant-control"}}
{"data":{"kind":"totals#persons-of-significant-control-snapshot"}}
"#;

#[test]
fn bands_of_the_british_register_keep_their_open_and_closed_ends() {
    assert_eq!(Format::recognise(SIGNIFICANT.as_bytes()), Some(Format::Psc));
    let (graph, report) = intake("gb-psc", Format::Psc, SIGNIFICANT.as_bytes()).unwrap();
    assert_eq!(
        listing(&graph),
        "\
anon:gb-psc:4 holds 0% to 100% shares of reg:gb:01234567
person:gb-psc:abcDEF holds 25.0001% to 50% shares of reg:gb:01234567 2016-04-06..
reg:gb:00000099 holds 50.0001% to 74.9999% shares of reg:gb:01234567 2017-01-01..2020-02-02
person:gb-psc:abcDEF holds 75% to 100% votes of reg:gb:01234567 2016-04-06..
reg:gb:00000099 holds 50.0001% to 100% appointment of reg:gb:01234567 2017-01-01..2020-02-02
anon:gb-psc:3 holds 0% to 100% influence of reg:gb:01234567
"
    );
    assert_eq!((report.unread, report.records), (2, 7));
    assert_eq!(report.problems[0].at.line, 6);
    assert!(
        report.problems[1].what.contains("no company"),
        "{:?}",
        report.problems
    );
    let all = String::from_utf8_lossy(graph.bytes_for_test()).into_owned();
    assert!(!all.contains("Somebody"), "a name stands in the file");
}

const OLD_STANDARD: &str = r#"{"statementID":"e1","statementType":"entityStatement","entityType":"registeredEntity","incorporatedInJurisdiction":{"code":"GB"},"identifiers":[{"scheme":"GB-COH","id":"07654321"}],"publicationDetails":{"bodsVersion":"0.3"}}
{"statementID":"p1","statementType":"personStatement","personType":"knownPerson","names":[{"fullName":"Nobody"}]}
{"statementID":"o1","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e1"},"interestedParty":{"describedByPersonStatement":"p1"},"interests":[{"type":"shareholding","share":{"exact":30}}]}
{"statementID":"o2","statementType":"ownershipOrControlStatement","replacesStatements":["o1"],"subject":{"describedByEntityStatement":"e1"},"interestedParty":{"describedByPersonStatement":"p1"},"interests":[{"type":"shareholding","share":{"minimum":50,"exclusiveMinimum":true,"maximum":75,"exclusiveMaximum":true}},{"type":"voting-rights","share":{"exact":140}},{"type":"senior-managing-official"}]}
{"statementID":"o3","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e1"},"interestedParty":{"unspecified":{"reason":"no-beneficial-owners"}},"interests":[]}
"#;

#[test]
fn the_older_standard_is_read_and_a_replaced_statement_is_taken_back() {
    assert_eq!(
        Format::recognise(OLD_STANDARD.as_bytes()),
        Some(Format::Bods)
    );
    let (graph, report) = intake("bods", Format::Bods, OLD_STANDARD.as_bytes()).unwrap();
    assert_eq!(
        listing(&graph),
        "\
person:bods:p1 holds 50.0001% to 74.9999% shares of reg:gb:07654321
person:bods:p1 holds 0% to 100% votes of reg:gb:07654321 ?share
"
    );
    assert!(
        report
            .problems
            .iter()
            .any(|p| p.what.contains("share is none")),
        "{report:?}"
    );
    assert_eq!(report.left_out.values().sum::<u64>(), 2);
}

#[test]
fn another_version_is_refused() {
    let text = r#"[{"statementId":"x","publicationDetails":{"bodsVersion":"9.1"},"recordId":"a","recordType":"entity","recordDetails":{}}]"#;
    let Err(error) = intake("bods", Format::Bods, text.as_bytes()) else {
        panic!()
    };
    assert!(error.to_string().contains("9.1"), "{error}");
    let text = r#"<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2031"></rr:RelationshipData>"#;
    let Err(error) = intake("gleif", Format::GleifXml, text.as_bytes()) else {
        panic!()
    };
    assert!(matches!(error, ReadError::Version { .. }), "{error}");
}

fn rr(kind: &str, amount: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016"><rr:Header><rr:ContentDate>2023-06-05T09:24:22Z</rr:ContentDate></rr:Header><rr:RelationshipRecords><rr:RelationshipRecord><rr:Relationship><rr:StartNode><rr:NodeID>001GPB6A9XPE8XJICC14</rr:NodeID></rr:StartNode><rr:EndNode><rr:NodeID>5493001Z012YSB2A0K51</rr:NodeID></rr:EndNode><rr:RelationshipType>{kind}</rr:RelationshipType><rr:RelationshipPeriods><rr:RelationshipPeriod><rr:StartDate>2018-01-01T00:00:00Z</rr:StartDate><rr:EndDate>2018-12-31T00:00:00Z</rr:EndDate><rr:PeriodType>ACCOUNTING_PERIOD</rr:PeriodType></rr:RelationshipPeriod><rr:RelationshipPeriod><rr:StartDate>2012-11-29T00:00:00Z</rr:StartDate><rr:PeriodType>RELATIONSHIP_PERIOD</rr:PeriodType></rr:RelationshipPeriod></rr:RelationshipPeriods><rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus><rr:RelationshipQuantifiers><rr:RelationshipQuantifier><rr:MeasurementMethod>ACCOUNTING_CONSOLIDATION</rr:MeasurementMethod><rr:QuantifierAmount>{amount}</rr:QuantifierAmount><rr:QuantifierUnits>PERCENTAGE</rr:QuantifierUnits></rr:RelationshipQuantifier></rr:RelationshipQuantifiers></rr:Relationship><rr:Registration><rr:RegistrationStatus>PUBLISHED</rr:RegistrationStatus></rr:Registration></rr:RelationshipRecord></rr:RelationshipRecords></rr:RelationshipData>"#
    )
}

#[test]
fn consolidation_is_no_percentage_whatever_number_stands_beside_it() {
    let lines: Vec<String> = ["1.00", "100.00"]
        .iter()
        .map(|amount| {
            let (graph, report) = intake(
                "gleif-rr",
                Format::GleifXml,
                rr("IS_DIRECTLY_CONSOLIDATED_BY", amount).as_bytes(),
            )
            .unwrap();
            assert_eq!(report.date.as_deref(), Some("2023-06-05"));
            listing(&graph)
        })
        .collect();
    assert_eq!(lines[0], lines[1]);
    assert_eq!(
        lines[0],
        "lei:5493001Z012YSB2A0K51 holds 0% to 100% consolidation of lei:001GPB6A9XPE8XJICC14 2012-11-29..\n"
    );
}

#[test]
fn a_file_that_ends_in_the_middle_is_an_error() {
    let text = rr("IS_DIRECTLY_CONSOLIDATED_BY", "1");
    for cut in [100, text.len() / 2, text.len() - 3] {
        assert!(
            intake("gleif-rr", Format::GleifXml, &text.as_bytes()[..cut]).is_err(),
            "{cut}"
        );
    }
}

#[test]
fn plain_lines_are_taken_and_bad_ones_reported_with_their_line() {
    let text = "owner,owned,lo_ppm,hi_ppm,layer,from,until,nominee_for
id:x,id:a,500000,500000,,2020-01-01,,
id:x,id:b,1400000,1400000,shares,,,
id:x,id:c,-5,10,votes,,,
,id:d,1,1,,,,
id:x,id:e,1,1,shares,2024-01-01,2020-01-01,
\"id:y, z\",id:a,300000,300000,shares,,,id:q
id:x,id:f,many,1,,,,
id:x
";
    assert_eq!(Format::recognise(text.as_bytes()), Some(Format::Plain));
    let (graph, report) = intake("plain", Format::Plain, text.as_bytes()).unwrap();
    assert_eq!(
        listing(&graph),
        "\
id:q holds 30% shares of id:a through id:y, z
id:x holds 50% shares of id:a 2020-01-01..
id:x holds 0% to 100% shares of id:b ?share
id:x holds 0% to 100% votes of id:c ?share
id:x holds 0% to 0.0001% shares of id:e
"
    );
    let lines: Vec<usize> = report
        .problems
        .iter()
        .map(|problem| problem.at.line)
        .collect();
    assert_eq!(lines, [3, 4, 5, 8, 9]);
    assert_eq!(report.unread, 3);
}

#[test]
fn the_users_own_table_is_read_and_a_person_is_keyed() {
    let text = "Owner;Owned;Share;Holders;Owner kind;Joint;Document\n\
        001GPB6A9XPE8XJICC14;reg:gb:01234567;25-50;complete;;j1;register 2026-02-01\n\
        Zhang San;reg:gb:01234567;more than 50%;complete;person;j1;\n";
    let key = PersonKey::new([7; 32]);
    let run = |people: Option<&PersonKey>| {
        let mut builder = Builder::new();
        let source = builder.source(shared::source("user-own"));
        sheet(
            text.as_bytes(),
            File::Csv,
            &mut Intake {
                builder: &mut builder,
                source,
                id: "user-own",
                people,
            },
        )
        .unwrap();
        Graph::open(builder.finish().unwrap().bytes).unwrap()
    };
    let keyed = run(Some(&key));
    let person = key.id("user-own", &["Zhang San"]);
    assert_eq!(
        listing(&keyed),
        format!(
            "lei:001GPB6A9XPE8XJICC14 holds 25% to 50% shares of reg:gb:01234567\n{person} holds 50.0001% to 100% shares of reg:gb:01234567\n"
        )
    );
    assert_eq!(keyed.joints().len(), 1);
    assert!(listing(&run(None)).contains("anon:user-own:3 holds"));
    assert!(!String::from_utf8_lossy(keyed.bytes_for_test()).contains("Zhang"));
}

#[test]
fn a_table_with_faults_is_not_taken_and_every_fault_is_named() {
    let text = "owner,owned,share,religion\nx,a,50%,\n";
    let of = |text: &str| {
        let mut builder = Builder::new();
        let source = builder.source(shared::source("user-own"));
        let result = sheet(
            text.as_bytes(),
            File::Csv,
            &mut Intake {
                builder: &mut builder,
                source,
                id: "user-own",
                people: None,
            },
        );
        assert!(builder.is_empty() || result.is_ok());
        result.map(|report| report.holdings)
    };
    assert!(of(text).unwrap_err()[0].what.contains("religion"));
    let faults =
        of("owner,owned,share,from,until\nx,a,150,,\n,b,5,,\ny,c,10%,2024,2020-01-01\nz,d,ten,,\n")
            .unwrap_err();
    let lines: Vec<usize> = faults.iter().map(|fault| fault.at.line).collect();
    assert_eq!(lines, [2, 3, 4, 5], "{faults:?}");
    assert!(of("name,what\nx,y\n").unwrap_err().len() == 2);
}

#[test]
fn one_id_for_two_entities_joins_neither() {
    let mut builder = Builder::new();
    builder.same("lei:A", "reg:gb:00000001");
    builder.same("lei:B", "reg:gb:00000001");
    let built = builder.finish().unwrap();
    assert_eq!(built.problems.len(), 1);
    assert!(
        built.problems[0].what.contains("lei:A and lei:B"),
        "{:?}",
        built.problems
    );
    let graph = Graph::open(built.bytes).unwrap();
    assert_eq!(graph.node_count(), 3);
}

#[test]
fn ids_of_one_party_lead_to_one_node_across_sources() {
    let mut builder = Builder::new();
    let ftm = builder.source(shared::source("ftm"));
    let text = r#"{"id":"c1","schema":"Company","properties":{"leiCode":["001GPB6A9XPE8XJICC14"],"registrationNumber":["123"],"jurisdiction":["gb"]}}
{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["c1"],"percentage":["51%"]}}
{"id":"p","schema":"Person","properties":{}}"#;
    read(
        Format::FollowTheMoney,
        &mut text.as_bytes(),
        &mut Intake {
            builder: &mut builder,
            source: ftm,
            id: "ftm",
            people: None,
        },
    )
    .unwrap();
    let graph = Graph::open(builder.finish().unwrap().bytes).unwrap();
    assert_eq!(
        listing(&graph),
        "person:ftm:p holds 51% shares of lei:001GPB6A9XPE8XJICC14\n"
    );
    for id in ["ftm:c1", "reg:gb:00000123", "lei:001GPB6A9XPE8XJICC14"] {
        assert_eq!(
            graph.find(id).map(|node| graph.id(node)),
            Some("lei:001GPB6A9XPE8XJICC14")
        );
    }
}

#[test]
fn fractions_that_make_one_whole_are_fractions_and_alone_they_are_not() {
    let line = |owner: &str, share: &str, of: &str| {
        format!(
            r#"{{"id":"{owner}{of}","schema":"Ownership","properties":{{"owner":["{owner}"],"asset":["{of}"],"percentage":["{share}"]}}}}"#
        )
    };
    let text = [
        line("x", "0.60", "a"),
        line("y", "0.40", "a"),
        line("x", "1.00", "b"),
        line("x", "0.5", "c"),
        line("y", "0.6", "c"),
    ]
    .join("\n");
    let (graph, _) = intake("ftm", Format::FollowTheMoney, text.as_bytes()).unwrap();
    assert_eq!(
        listing(&graph),
        "\
ftm:x holds 60% shares of ftm:a
ftm:y holds 40% shares of ftm:a
ftm:x holds 1% to 100% shares of ftm:b ?unit
ftm:x holds 0.5% to 50% shares of ftm:c ?unit
ftm:y holds 0.6% to 60% shares of ftm:c ?unit
"
    );
}

fn shared_file(path: &str) -> Option<Vec<u8>> {
    let file = shared::shared()?.join("data/ownership").join(path);
    let bytes = std::fs::read(file).ok();
    if bytes.is_none() {
        println!("skipped: no {path} (set SCRUPLE_SHARED)");
    }
    bytes
}

#[test]
fn the_shared_statements_come_out_as_expected() {
    let Some(expected) = shared_file("bods/own/expect.csv") else {
        println!("skipped: no shared files (set SCRUPLE_SHARED)");
        return;
    };
    let mut checked = 0;
    for line in String::from_utf8(expected).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let text = shared_file(&format!("bods/own/{}.json", cells[0])).unwrap();
        assert_eq!(Format::recognise(&text), Some(Format::Bods));
        let (graph, report) = intake("bods", Format::Bods, &text).unwrap();
        assert_eq!(
            (report.unread, report.problems.len()),
            (0, 0),
            "{}",
            cells[0]
        );
        let owned = graph.find(&format!("bods:{}", cells[2])).unwrap();
        let layer = Layer::parse(cells[3]).unwrap();
        // "owner,nominee_for": the principal takes the nominee's place.
        let nominee_for = cells[6].strip_prefix("nominee_for ");
        let owner = nominee_for.unwrap_or(cells[1]);
        let owner = (owner != "?").then(|| graph.find(&format!("bods:{owner}")).unwrap());
        let held: Vec<Share> = graph
            .holdings(owned)
            .filter(|held| held.layer == layer && owner.is_none_or(|owner| held.owner == owner))
            .filter(|held| held.until.is_none())
            .map(|held| held.share)
            .collect();
        let expect = match (cells[4].parse(), cells[5].parse()) {
            (Ok(lo), Ok(hi)) => vec![Share { lo, hi }],
            _ => vec![],
        };
        assert_eq!(held, expect, "{line}");
        checked += 1;
    }
    println!("{checked} expectations");
}

#[test]
fn the_shared_percentages_come_out_as_expected() {
    let (Some(text), Some(expected)) = (
        shared_file("ftm/own-ownership.ftm.json"),
        shared_file("ftm/own-ownership.expect.csv"),
    ) else {
        println!("skipped: no shared files (set SCRUPLE_SHARED)");
        return;
    };
    let (graph, report) = intake("ftm", Format::FollowTheMoney, &text).unwrap();
    assert_eq!(report.unread, 0);
    let mut held = std::collections::BTreeMap::new();
    for node in graph.nodes() {
        for one in graph.holdings(node) {
            held.entry(one.record_id.unwrap().to_owned())
                .or_insert_with(Vec::new)
                .push((one.share, one.layer));
        }
    }
    let mut rows = csv::Reader::from_reader(&*expected);
    let mut checked = 0;
    for row in rows.records().map(Result::unwrap_or_default) {
        let Some((id, raw)) = row.get(0).zip(row.get(1)) else {
            continue;
        };
        // The note of some rows holds commas of its own; the numbers stand before it.
        let numbers: Vec<u32> = row
            .iter()
            .skip(2)
            .filter_map(|cell| cell.parse().ok())
            .collect();
        if numbers.len() < 2 {
            continue;
        }
        let share = Share {
            lo: numbers[0],
            hi: numbers[1],
        };
        let layer = if raw.starts_with("voting") {
            Layer::Votes
        } else {
            Layer::Shares
        };
        assert_eq!(held[id], [(share, layer)], "{id} {raw}");
        checked += 1;
    }
    assert!(checked > 0);
    assert_eq!(held["own-91"].len(), 2);
    assert_eq!(
        held["own-92"],
        [(
            Share {
                lo: 300_000,
                hi: 350_000
            },
            Layer::Shares
        )]
    );
    assert_eq!(report.left_out.values().sum::<u64>(), 1);
}

#[test]
fn the_shared_gleif_files_read_the_same_in_both_layouts() {
    let Some(folder) = shared::shared()
        .map(|shared| shared.join("data/ownership/gleif"))
        .filter(|folder| folder.is_dir())
    else {
        println!("skipped: no shared files (set SCRUPLE_SHARED)");
        return;
    };
    let mut from_xml = std::collections::BTreeSet::new();
    let mut records = 0;
    for entry in std::fs::read_dir(folder.join("xml")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert_eq!(Format::recognise(&bytes), Some(Format::GleifXml));
        let (graph, report) = intake("gleif", Format::GleifXml, &bytes).unwrap();
        assert_eq!(report.unread, 0, "{:?}", report.problems);
        assert!(report.records > 0);
        records += report.records;
        for line in listing(&graph)
            .lines()
            .filter(|line| !line.starts_with("anon:"))
        {
            from_xml.insert(line.to_owned());
            if line.contains("consolidation") {
                assert!(line.contains("0% to 100%"), "{line}");
            }
        }
    }
    let bytes = std::fs::read(folder.join("csv/rr-derived-golden-copy-columns.csv")).unwrap();
    assert_eq!(Format::recognise(&bytes), Some(Format::GleifCsv));
    let (graph, report) = intake("gleif", Format::GleifCsv, &bytes).unwrap();
    assert_eq!(report.unread, 0, "{:?}", report.problems);
    for line in listing(&graph).lines() {
        assert!(from_xml.contains(line), "{line}");
    }
    println!("{records} records");
}

#[test]
fn a_chain_of_a_hundred_thousand_is_answered_and_proved() {
    let mut builder = Builder::new();
    let source = builder.source(shared::source("chain"));
    let ids: Vec<String> = (0..=100_000).map(|no| format!("id:{no}")).collect();
    for pair in ids.windows(2) {
        builder.hold(
            source,
            &scruple_ownership::Holding::new(&pair[0], &pair[1], Share::exact(500_000)),
        );
    }
    let graph = Graph::open(builder.finish().unwrap().bytes).unwrap();
    let rule = shared::rule("us.ofac.50");
    let listed = |id: &str| {
        vec![Listed {
            id: id.into(),
            list: "us-ofac-sdn".into(),
            programmes: vec![],
            from: None,
            until: None,
            doubt: None,
        }]
    };
    let parties = listed("id:0");
    let closed = close(&graph, &rule, &parties, shared::day("2026-06-01"));
    assert_eq!(closed.covered(), 100_000);
    let reach = closed.answer(graph.find("id:100000").unwrap());
    assert_eq!(reach.answer, Answer::Yes);
    assert_eq!(reach.proof.steps.len(), 100_000);
    scruple_ownership::verify(&reach.proof, &graph, &rule.body, &parties).unwrap();
    // Nobody listed above it: half of every link is not accounted for.
    let nobody = listed("id:absent");
    let open = close(&graph, &rule, &nobody, shared::day("2026-06-01"))
        .answer(graph.find("id:100000").unwrap());
    assert_eq!(open.answer, Answer::CannotTell);
}

#[test]
fn an_interest_that_may_be_no_share_covers_nobody_for_certain() {
    let statement = |record: &str, kind: &str| {
        format!(
            r#"{{"statementID":"{record}","statementType":"ownershipOrControlStatement","subject":{{"describedByEntityStatement":"e1"}},"interestedParty":{{"describedByPersonStatement":"{record}-p"}},"interests":[{{"type":"{kind}","share":{{"exact":60}}}}]}}"#
        ) + "\n"
    };
    let text = statement("a", "rights-to-profit-or-income")
        + &statement("b", "rights-to-surplus-assets")
        + &statement("c", "unknown-interest");
    let (graph, _) = intake("bods-x", Format::Bods, text.as_bytes()).unwrap();
    assert_eq!(
        listing(&graph),
        "\
bods-x:a-p holds 0% to 60% shares of bods-x:e1
bods-x:b-p holds 60% shares of bods-x:e1
bods-x:c-p holds 0% to 60% shares of bods-x:e1
"
    );
}

#[test]
fn a_german_register_number_joins_no_lei_and_a_swiss_one_does() {
    let text = "LEI,Entity.LegalName,Entity.LegalJurisdiction,Entity.RegistrationAuthority.RegistrationAuthorityEntityID,Registration.RegistrationStatus\n\
                5299001ERX0K10IZUL40,A,DE,HRB 77,ISSUED\n\
                529900GRZ2BQY5ZM9N49,B,CH,CHE-123.456.789,ISSUED\n";
    let (graph, report) = intake("gleif-lei", Format::GleifCsv, text.as_bytes()).unwrap();
    assert_eq!(report.unread, 0, "{:?}", report.problems);
    assert!(graph.find("reg:de:HRB77").is_none());
    assert_eq!(
        graph.find("reg:ch:CHE123456789"),
        graph.find("lei:529900GRZ2BQY5ZM9N49")
    );
    assert!(graph.find("lei:5299001ERX0K10IZUL40").is_some());
    assert_eq!(report.left_out.len(), 1);
}

#[test]
fn a_file_of_changes_is_no_edition() {
    let text = r#"<r:ReportingExceptionData xmlns:r="http://www.gleif.org/data/schema/repex/2016"><r:Header><r:FileContent>GLEIF_DELTA_PUBLISHED</r:FileContent></r:Header></r:ReportingExceptionData>"#;
    let refused = intake("gleif-exceptions", Format::GleifXml, text.as_bytes());
    assert!(matches!(refused, Err(ReadError::Changes(what)) if what.contains("DELTA")));
}
