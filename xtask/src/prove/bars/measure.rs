//! A process with its time, and the most anonymous memory seen while it ran.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// What a run took.
pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) seconds: f64,
    /// Of all its threads, user and system; sampled, so a trifle low.
    pub(super) processor_seconds: f64,
    /// Of 1,000,000 bytes; sampled every millisecond or so.
    pub(super) anonymous_mb: f64,
}

/// Runs a command without output, and watches it.
pub(super) fn run_watched(command: &mut Command) -> Result<Ran> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().context("cannot start the program")?;
    let status_file = format!("/proc/{}/status", child.id());
    let stat_file = format!("/proc/{}/stat", child.id());
    let mut most = 0.0_f64;
    let mut processor = 0.0_f64;
    // The wait is short at first: a short run is timed, a long one is sampled.
    let mut pause = Duration::from_micros(200);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        most = most.max(anonymous(&status_file));
        processor = processor.max(processor_seconds(&stat_file));
        std::thread::sleep(pause);
        pause = (pause * 11 / 10).min(started.elapsed() / 100 + Duration::from_micros(200));
    };
    Ok(Ran {
        code: status.code().unwrap_or(-1),
        seconds: started.elapsed().as_secs_f64(),
        processor_seconds: processor,
        anonymous_mb: most,
    })
}

/// Fields 14 and 15 of the file, in hundredths of a second.
pub(in crate::prove) fn processor_seconds(stat_file: &str) -> f64 {
    let text = std::fs::read_to_string(stat_file).unwrap_or_default();
    // The name in brackets may hold spaces; what follows it starts at field 3.
    let fields = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|tick| tick.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// Anonymous memory of a process, in megabytes; 0 once it has ended.
pub(in crate::prove) fn anonymous(status_file: &str) -> f64 {
    let text = std::fs::read_to_string(status_file).unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))
        .and_then(|value| value.trim().trim_end_matches(" kB").parse::<f64>().ok())
        .map_or(0.0, |kib| kib * 1_024.0 / 1e6)
}

/// The middle of some values; of an even number the mean of the two.
pub(in crate::prove) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[half],
        _ => f64::midpoint(values[half - 1], values[half]),
    }
}
