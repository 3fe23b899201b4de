//! Prints what holdings cost: `cargo bench -p scruple-ownership -- [HOLDINGS]`.
//! Numbers, no verdict: nothing fails here.
//!
//! The graph is made up. Two nodes for three holdings are entities, a third of the
//! nodes are people. Each entity has one to four holders; a holder is drawn from all
//! nodes with a bias to low numbers (the square of a uniform draw), so that few hold
//! in many: the number of entities held falls about with its square root. Shares are
//! a twentieth to the whole. A thousand listed parties are drawn evenly.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement prints, and stops where it cannot go on"
)]

use std::io::{BufReader, BufWriter, Write};
use std::time::Instant;

use scruple_mapped::Mapped;
use scruple_model::Answer;
use scruple_ownership::read::{Format, Intake, read};
use scruple_ownership::{Builder, Graph, Listed, RuleBody, SourceInfo, close, verify};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count: u64 = arguments
        .iter()
        .find_map(|word| word.parse().ok())
        .unwrap_or(2_000_000);
    let dir = tempfile::tempdir().unwrap();
    let source = match arguments.iter().find(|word| word.ends_with(".csv")) {
        Some(path) => path.into(),
        None => {
            let path = dir.path().join("holdings.csv");
            write_file(&path, count);
            path
        }
    };
    println!("holdings        {count:>12}");
    println!(
        "file            {:>12.1} MB",
        std::fs::metadata(&source).unwrap().len() as f64 / 1e6
    );

    let (start, cpu) = (Instant::now(), cpu_seconds());
    let mut builder = Builder::new();
    let no = builder.source(SourceInfo {
        id: "made-up".into(),
        title: "made up".into(),
        hash: String::new(),
        date: None,
    });
    let mut bytes = BufReader::with_capacity(1 << 20, std::fs::File::open(&source).unwrap());
    let report = read(
        Format::Plain,
        &mut bytes,
        &mut Intake {
            builder: &mut builder,
            source: no,
            id: "made-up",
            people: None,
        },
    )
    .unwrap();
    let taken = start.elapsed().as_secs_f64();
    let built = builder.finish().unwrap();
    let path = dir.path().join("graph");
    std::fs::write(&path, &built.bytes).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "import          {:>12.2} s   {:.2} M holdings/s (reading {taken:.2} s), {} unread",
        seconds,
        count as f64 / seconds / 1e6,
        report.unread
    );
    println!("import CPU      {:>12.2} s", cpu_seconds() - cpu);
    println!(
        "snapshot        {:>12.1} MB",
        built.bytes.len() as f64 / 1e6
    );
    drop(built);

    let start = Instant::now();
    let graph = Graph::open(Mapped::open(&path).unwrap()).unwrap();
    println!(
        "open            {:>12.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    println!("nodes           {:>12}", graph.node_count());

    let rules =
        scruple_pack::load::<RuleBody>("ownership", include_str!("../../../packs/ownership.toml"))
            .unwrap();
    let mut random = Random(7);
    let nodes = nodes_of(count);
    for (name, list) in [
        ("us.ofac.50", "us-ofac-sdn"),
        ("eu.ownership-control", "eu-fsf"),
        ("gb.ownership-control", "gb-uksl"),
    ] {
        let entry = rules.get(&name.into()).unwrap();
        let mut random_seeds = Random(99);
        let listed: Vec<Listed> = (0..1_000)
            .map(|_| Listed {
                id: id_of(random_seeds.below(nodes)),
                list: list.into(),
                programmes: vec![],
                from: None,
                until: None,
            })
            .collect();
        let day = "2026-06-01".parse().unwrap();
        let mut times: Vec<f64> = (0..21)
            .map(|_| {
                let start = Instant::now();
                let closed = close(&graph, entry, &listed, day);
                let time = start.elapsed().as_secs_f64() * 1e3;
                assert!(closed.covered() < graph.node_count() as usize);
                time
            })
            .collect();
        let first = times[0];
        times.sort_by(f64::total_cmp);
        let mut closed = close(&graph, entry, &listed, day);
        println!(
            "{name:<22} close {:>8.2} ms median of 21, first {first:.2}; {} covered from {} placed",
            times[10],
            closed.covered(),
            closed.seeds().0
        );
        let covered: Vec<_> = closed.rounds().into_iter().flatten().collect();
        if let Some(last) = covered.last() {
            let start = Instant::now();
            let reach = closed.answer(*last);
            let time = start.elapsed().as_secs_f64() * 1e3;
            verify(&reach.proof, &graph, &entry.body, &listed).unwrap();
            println!(
                "{name:<22} proof {time:>8.2} ms, {} steps",
                reach.proof.steps.len()
            );
        }
        let (mut slowest, mut total, mut open) = (0.0f64, 0.0, 0);
        for _ in 0..200 {
            let Some(node) = graph.find(&id_of(random.below(nodes))) else {
                continue;
            };
            let start = Instant::now();
            let reach = closed.answer(node);
            let time = start.elapsed().as_secs_f64() * 1e3;
            slowest = slowest.max(time);
            total += time;
            open += usize::from(reach.answer == Answer::CannotTell);
        }
        println!(
            "{name:<22} answer {:>7.2} ms mean of 200, slowest {slowest:.2}; {open} cannot be told",
            total / 200.0
        );
        let one = vec![id_of(random.below(nodes))];
        let start = Instant::now();
        let new = closed.what_if(&one, "what-if");
        println!(
            "{name:<22} one more listed party {:>6.3} ms, {} newly reached",
            start.elapsed().as_secs_f64() * 1e3,
            new.len()
        );
    }
    println!("memory          {}", memory());
}

fn nodes_of(count: u64) -> u64 {
    (count * 2 / 3).max(10)
}

fn id_of(node: u64) -> String {
    // A third of the nodes are people.
    if node % 3 == 2 {
        format!("person:x:{node:09}")
    } else {
        format!("x:{node:09}")
    }
}

fn write_file(path: &std::path::Path, count: u64) {
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path).unwrap());
    writeln!(out, "owner,owned,lo_ppm,hi_ppm,layer,from").unwrap();
    let nodes = nodes_of(count);
    let mut random = Random(1);
    let mut written = 0;
    while written < count {
        let mut owned = random.below(nodes);
        while owned % 3 == 2 {
            owned = random.below(nodes);
        }
        let holders = 1 + random.below(4);
        let mut left = 20;
        for _ in 0..holders {
            if written == count || left == 0 {
                break;
            }
            let draw = random.below(1 << 20) as f64 / f64::from(1 << 20);
            let owner = ((draw * draw) * nodes as f64) as u64;
            let share = 1 + random.below(left);
            left -= share;
            let layer = if random.below(10) == 0 {
                "votes"
            } else {
                "shares"
            };
            writeln!(
                out,
                "{},{},{},{},{layer},2019-0{}-01",
                id_of(owner),
                id_of(owned),
                share * 50_000,
                share * 50_000,
                1 + random.below(9)
            )
            .unwrap();
            written += 1;
        }
    }
    out.flush().unwrap();
}

/// Numbers without a library: splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }
}

/// User and system time of this process so far, from `/proc`: a shared machine makes
/// the clock say little.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or("");
    let ticks = |no: usize| {
        let word = after.split_whitespace().nth(no);
        word.and_then(|word| word.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .filter(|line| {
            ["VmHWM", "VmRSS", "RssAnon", "RssFile"]
                .iter()
                .any(|name| line.starts_with(name))
        })
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join(", ")
}
