//! The committed baseline: what the report half reached when it was last written.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use super::report::Summary;

/// Shares may fall by so much, in 1/10,000: a few cases of a small kind.
const SLACK: u32 = 100;

fn path() -> PathBuf {
    crate::root().join("crates/screen/baseline.json")
}

/// Writes it anew.
pub(super) fn write(summary: &Summary) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(summary)? + "\n";
    std::fs::write(path(), text).with_context(|| format!("writing {}", path().display()))?;
    println!("\nwrote {}", path().display());
    Ok(())
}

/// Says what is worse than it was, and fails if anything is.
pub(super) fn check(summary: &Summary) -> anyhow::Result<ExitCode> {
    let text =
        std::fs::read_to_string(path()).with_context(|| format!("reading {}", path().display()))?;
    let before: Summary = serde_json::from_str(&text)?;
    let mut worse = Vec::new();
    for (name, was) in &before {
        let now = summary.get(name).copied().unwrap_or(0);
        // Alerts should be few, everything else much.
        let lost = if name.starts_with("clean") {
            now.saturating_sub(*was)
        } else {
            was.saturating_sub(now)
        };
        if lost > SLACK {
            worse.push(format!(
                "{name}: {:.4}, was {:.4}",
                f64::from(now) / 1e4,
                f64::from(*was) / 1e4
            ));
        }
    }
    if worse.is_empty() {
        println!(
            "\nnothing is worse than the baseline by more than {:.2}",
            f64::from(SLACK) / 1e4
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!("\nworse than the baseline:");
    for line in worse {
        println!("  {line}");
    }
    Ok(ExitCode::FAILURE)
}
