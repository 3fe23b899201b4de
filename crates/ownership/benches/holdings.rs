//! Prints what holdings cost. Numbers, no verdict: nothing fails here.
//!
//! ```text
//! cargo xtask gen-holdings --edges 2000000 --seed 1 --out /tmp/holdings.csv
//! cargo bench -p scruple-ownership -- /tmp/holdings.csv
//! cargo bench -p scruple-ownership -- /tmp/holdings.own
//! ```
//!
//! The first leaves the holdings file beside the table; the second opens it in a process
//! that has done nothing else, so that its memory is that of who asks.
//!
//! The law by which the holdings are made stands in `xtask/src/gen_holdings.rs`. The
//! number and hash of what the first rule covers are those that
//! `benches/peers/ownership.py` prints for the same file.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement prints, and stops where it cannot go on"
)]

use std::io::BufReader;
use std::path::Path;
use std::time::Instant;

use scruple_mapped::Mapped;
use scruple_model::Answer;
use scruple_ownership::read::{Format, Intake, read};
use scruple_ownership::{Builder, Graph, Listed, RuleBody, SourceInfo, close, verify};

fn main() {
    let is_given = |word: &String| word.ends_with(".csv") || word.ends_with(".own");
    let Some(given) = std::env::args().skip(1).find(is_given) else {
        println!("skipped: give a file that `cargo xtask gen-holdings` made");
        return;
    };
    let given = std::path::PathBuf::from(given);
    let seeds = std::fs::read_to_string(given.with_extension("listed")).unwrap();
    let seeds: Vec<&str> = seeds.lines().collect();
    println!("listed          {:>12}", seeds.len());
    let path = given.with_extension("own");
    if path != given {
        import(&given, &path);
    }

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
    let all: Vec<_> = graph.nodes().collect();
    let mut any = || all[random.below(all.len() as u64) as usize];
    for (name, list) in [
        ("us.ofac.50", "us-ofac-sdn"),
        ("eu.ownership-control", "eu-fsf"),
        ("gb.ownership-control", "gb-uksl"),
    ] {
        let entry = rules.get(&name.into()).unwrap();
        let listed: Vec<Listed> = seeds
            .iter()
            .map(|id| Listed {
                id: (*id).to_owned(),
                list: list.into(),
                programmes: vec![],
                from: None,
                until: None,
                doubt: None,
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
        let mut ids: Vec<&str> = closed
            .rounds()
            .into_iter()
            .flatten()
            .map(|node| graph.id(node))
            .collect();
        ids.sort_unstable();
        let hash = scruple_model::hash::sha256(ids.join("\n").as_bytes());
        println!("{name:<22} covered set {}", &hash[..12]);
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
            let node = any();
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
        let one = vec![graph.id(any()).to_owned()];
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

fn import(source: &Path, path: &Path) {
    println!(
        "file            {:>12.1} MB",
        std::fs::metadata(source).unwrap().len() as f64 / 1e6
    );

    let (start, cpu) = (Instant::now(), cpu_seconds());
    let mut builder = Builder::new();
    let no = builder.source(SourceInfo {
        id: "made-up".into(),
        title: "made up".into(),
        hash: String::new(),
        date: None,
    });
    let mut bytes = BufReader::with_capacity(1 << 20, std::fs::File::open(source).unwrap());
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
    let count = report.holdings;
    println!("holdings        {count:>12}");
    let built = builder.finish().unwrap();
    std::fs::write(path, &built.bytes).unwrap();
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
