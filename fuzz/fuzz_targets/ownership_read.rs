//! Any bytes in every layout of holdings: a report or an error, and a graph that opens
//! and answers. The first byte chooses the layout.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_ownership::person::PersonKey;
use scruple_ownership::read::{Format, Intake, MOST_PROBLEMS, read, sheet};
use scruple_ownership::{Builder, Graph, SourceInfo};
use scruple_table::Kind;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let mut builder = Builder::new();
    let source = builder.source(SourceInfo {
        id: "fuzz".into(),
        title: "fuzz".into(),
        hash: String::new(),
        date: None,
    });
    let key = PersonKey::new([1; 32]);
    let people = (choice & 8 == 0).then_some(&key);
    let mut intake = Intake {
        builder: &mut builder,
        source,
        id: "fuzz",
        people,
    };
    let format = match choice & 7 {
        0 => Format::Bods,
        1 => Format::GleifXml,
        2 => Format::GleifCsv,
        3 => Format::FollowTheMoney,
        4 => Format::Psc,
        5 => Format::Plain,
        _ => {
            let _ = sheet(bytes, Kind::Csv, &mut intake);
            let graph = Graph::open(builder.finish().expect("few sources").bytes);
            assert!(graph.is_ok());
            return;
        }
    };
    let _ = Format::recognise(bytes);
    if let Ok(report) = read(format, &mut &*bytes, &mut intake) {
        assert!(report.problems.len() <= MOST_PROBLEMS);
        assert!(report.unread <= report.records + report.holdings + 1_000_000);
    }
    let graph =
        Graph::open(builder.finish().expect("few sources").bytes).expect("what was built opens");
    let mut again = Builder::new();
    again.take(&graph);
    let again = again.finish().expect("few sources").bytes;
    assert!(
        again == graph.bytes_for_test(),
        "a file taken into an empty builder is that file"
    );
    for node in graph.nodes().take(50) {
        for held in graph.holdings(node) {
            assert!(held.share.lo <= held.share.hi && held.share.hi <= 1_000_000);
        }
    }
});
