//! Any bytes as a holdings file: it opens or not, and an answer from it ends.
//!
//! Bytes alone hardly get past the checksum, so they are also written over a good
//! file, four at a time, and the checksum is put right.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use scruple_ownership::{
    Builder, Graph, Holding, Joint, Listed, Remainder, RuleBody, Share, SourceInfo, close, reseal,
    verify,
};
use scruple_pack::Pack;

static RULES: LazyLock<Pack<RuleBody>> = LazyLock::new(|| {
    scruple_pack::load("ownership", include_str!("../../packs/ownership.toml")).expect("it loads")
});

static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut builder = Builder::new();
    let source = builder.source(SourceInfo {
        id: "fuzz".into(),
        title: "fuzz".into(),
        hash: String::new(),
        date: None,
    });
    for (owner, owned, ppm) in [
        ("id:x", "id:a", 500_000),
        ("id:a", "id:b", 300_000),
        ("id:b", "id:a", 400_000),
        ("id:y", "id:b", 250_000),
    ] {
        builder.hold(source, &Holding::new(owner, owned, Share::exact(ppm)));
    }
    builder.remainder("id:b", Remainder::MaxEach(10_000));
    builder.joint(Joint {
        id: "j".into(),
        members: vec!["id:x".into(), "id:y".into()],
        entity: None,
        layer: None,
        from: None,
        until: None,
    });
    builder.finish().expect("it is small").bytes
});

/// Where the checksum stands in the header, as `crates/ownership/src/file.rs` has it.
const CHECKSUM: std::ops::Range<usize> = 24..32;

fn ask(bytes: &[u8]) {
    let Ok(graph) = Graph::open(bytes) else {
        return;
    };
    for entry in &RULES.entries {
        let listed: Vec<Listed> = entry
            .body
            .seeds
            .iter()
            .flat_map(|seed| ["id:x", "id:y"].map(|id| (id, &seed.list)))
            .map(|(id, list)| Listed {
                id: id.into(),
                list: list.clone(),
                programmes: vec![],
                from: None,
                until: None,
            })
            .collect();
        let closed = close(&graph, entry, &listed, "2026-06-01".parse().expect("a day"));
        for node in graph.nodes().take(8) {
            let reach = closed.answer(node);
            let _ = verify(&reach.proof, &graph, &entry.body, &listed);
            let _ = closed.look_through(node);
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    ask(bytes);
    let mut forged = GOOD.clone();
    for change in bytes.chunks_exact(6).take(400) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]]));
        let at = 32 + at * 4 % (forged.len() - 36);
        forged[at..at + 4].copy_from_slice(&change[2..6]);
    }
    let sum = reseal(&forged);
    forged[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    ask(&forged);
});
