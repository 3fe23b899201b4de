//! How fast the full files are read, and in how much memory.
//!
//! `cargo bench -p scruple-lists`, with `SCRUPLE_SHARED` set. Each file is read from
//! memory again and again for a second of processor time. Small files are repeated
//! into a large one first, so that start-up does not count.

use std::io::Read as _;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Instant;

use scruple_lists::{Input, LOOK, Limits, read, recognise};

fn main() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a bench may ask where full files are"
    )]
    let shared = std::env::var_os("SCRUPLE_SHARED");
    let Some(shared) = shared else {
        return say("skipped: SCRUPLE_SHARED is not set");
    };
    let folder = Path::new(&shared).join("data/lists");
    for (names, times) in [
        (&["ofac_cons_2026-01-08.xml"][..], 40),
        (&["ofac_cons_advanced_2020-03-17.xml.zst"], 1),
        (
            &[
                "ofac_2021-07/sdn.csv.zst",
                "ofac_2021-07/alt.csv",
                "ofac_2021-07/add.csv",
                "ofac_2021-07/sdn_comments.csv",
            ],
            1,
        ),
        (&["us_bis_dpl_2022-09.txt"], 1),
        (&["us_dhs_uflpa_2026-07-09.html"], 1),
    ] {
        let mut files = Vec::new();
        for name in names {
            match unpacked(&folder.join(name)) {
                Some(bytes) => files.push((*name, repeated(bytes, times))),
                None => say(&format!("skipped: {name} is not there")),
            }
        }
        if files.len() == names.len() {
            measure(&files);
        }
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM"));
        say(&format!(
            "peak memory of all, files and results included: {}",
            peak.unwrap_or("unknown")
        ));
    }
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn say(text: &str) {
    println!("{text}");
}

fn unpacked(path: &Path) -> Option<Vec<u8>> {
    let file = std::fs::File::open(path).ok()?;
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|end| end == "zst") {
        zstd::Decoder::new(file)
            .ok()?
            .read_to_end(&mut bytes)
            .ok()?;
    } else {
        std::io::BufReader::new(file).read_to_end(&mut bytes).ok()?;
    }
    Some(bytes)
}

/// The file with its records many times over, and its count with them.
fn repeated(bytes: Vec<u8>, times: usize) -> Vec<u8> {
    if times == 1 {
        return bytes;
    }
    let text = String::from_utf8(bytes).expect("an official file is text");
    let (start, end) = ("<sdnEntry>", "</sdnEntry>");
    let from = text.find(start).expect("there are records");
    let to = text.rfind(end).expect("there are records") + end.len();
    let count = text.matches(start).count();
    let head = text[..from].replace(
        &format!("<Record_Count>{count}<"),
        &format!("<Record_Count>{}<", count * times),
    );
    let mut out = head.into_bytes();
    for time in 0..times {
        // Each time other records: one that stands twice is put together, which takes longer.
        let records = text[from..to].replace(
            "<sdnEntry>\n    <uid>",
            &format!("<sdnEntry>\n    <uid>{time}"),
        );
        out.extend_from_slice(records.as_bytes());
    }
    out.extend_from_slice(&text.as_bytes()[to..]);
    out
}

/// Seconds this thread has run; by the clock where the system does not say. A busy
/// machine makes no difference then.
fn now() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let run = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let run = run.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    match run {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => START.get_or_init(Instant::now).elapsed().as_secs_f64(),
    }
}

fn measure(files: &[(&str, Vec<u8>)]) {
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let (mut spent, mut runs, mut records) = (0.0, 0_u32, 0);
    // The system counts in ticks, so a single short run is not measured.
    while spent < 1.0 {
        let inputs = files
            .iter()
            .map(|(name, bytes)| Input {
                part: recognise(&bytes[..bytes.len().min(LOOK)], name).expect("recognised"),
                bytes: Box::new(bytes.as_slice()),
            })
            .collect();
        let start = now();
        let readings = read(inputs, None, Limits::default()).expect("the file is read");
        spent += now() - start;
        runs += 1;
        records = readings.iter().map(|reading| reading.records).sum::<u64>();
    }
    let mean = spent / f64::from(runs);
    let megabytes = bytes as f64 / 1e6;
    say(&format!(
        "{:<45} {records:>7} records {megabytes:>7.1} MB {:>7.1} MB/s",
        files[0].0,
        megabytes / mean
    ));
}
