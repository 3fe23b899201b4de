//! The edge: arguments, clock, environment and terminal. Everything else is in
//! the library beside it, and gets these as values.
#![forbid(unsafe_code)]

use std::io::{IsTerminal, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;
use scruple::args::Cli;
use scruple::{Edge, failure};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors, and go to stdout.
            let code = if error.use_stderr() {
                failure::BAD_INPUT
            } else {
                failure::DONE
            };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let edge = edge(&cli);
    let mut out = std::io::stdout().lock();
    let outcome = scruple::run(cli.command, &edge, &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error);
            ExitCode::from(failure::exit_code(&error))
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge is where clock and environment are read"
)]
fn edge(cli: &Cli) -> Edge {
    let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let home = var("HOME").map(PathBuf::from);
    let data = cli
        .global
        .data
        .clone()
        .or_else(|| {
            var("XDG_DATA_HOME")
                .map(PathBuf::from)
                .filter(|p| p.is_absolute())
                .map(|p| p.join("scruple"))
        })
        .or_else(|| home.map(|home| home.join(".local/share/scruple")));
    let terminal = std::io::stdout().is_terminal();
    Edge {
        today: cli.global.today.unwrap_or_else(|| {
            jiff::Timestamp::now()
                .to_zoned(jiff::tz::TimeZone::UTC)
                .date()
        }),
        data,
        packs: cli.global.packs.clone(),
        width: terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)),
        colour: terminal
            && var("NO_COLOR").is_none()
            && var("TERM").is_none_or(|term| term != "dumb"),
        progress: std::io::stderr().is_terminal(),
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

#[expect(clippy::print_stderr, reason = "the edge is where errors become words")]
fn say(error: &anyhow::Error) {
    let text = format!("{error:#}");
    if text.starts_with("error") {
        eprintln!("{text}");
    } else {
        eprintln!("error: {text}");
    }
}
