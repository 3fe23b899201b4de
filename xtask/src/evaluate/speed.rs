//! How quick, and how much memory.

use std::time::Instant;

use scruple_screen::{Index, Options, search};

use super::cases::Case;

/// Prints names per second on one core, and memory.
pub(super) fn print<B: AsRef<[u8]>>(index: &Index<B>, queries: &[Case]) {
    let options = Options::default();
    let start = Instant::now();
    let found: usize = queries
        .iter()
        .map(|case| search(index, &case.query, &options).len())
        .sum();
    let rate = queries.len() as f64 / start.elapsed().as_secs_f64();
    println!("speed: {rate:.0} names/s on one core ({found} matches shown)");
    if let Some(anonymous) = anonymous() {
        println!(
            "memory: {anonymous:.0} MB anonymous, the index of this run and the cases included"
        );
    }
}

fn anonymous() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with("RssAnon"))?;
    let kb: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kb / 1e3)
}
