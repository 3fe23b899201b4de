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
    let mut out = Tolerant {
        out: std::io::stdout().lock(),
        closed: false,
    };
    let outcome = scruple::run(cli.command, &edge, &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match outcome {
        Ok(code) => ExitCode::from(code),
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
    let moment = jiff::Timestamp::now();
    let clock = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
    Edge {
        today: cli.global.today.unwrap_or(clock),
        clock,
        now: cli.global.today.map_or(moment.as_second(), noon),
        data,
        packs: cli.global.packs.clone(),
        width: terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)),
        colour: terminal
            && var("NO_COLOR").is_none()
            && var("TERM").is_none_or(|term| term != "dumb"),
        progress: std::io::stderr().is_terminal(),
        proxy: ["HTTPS_PROXY", "https_proxy"]
            .into_iter()
            .find_map(|name| var(name)?.into_string().ok())
            .filter(|proxy| !proxy.is_empty()),
    }
}

/// A day that was given has no time: its middle is as good as any.
fn noon(day: scruple_model::Date) -> i64 {
    day.at(12, 0, 0, 0)
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(0, |noon| noon.timestamp().as_second())
}

/// Standard output that goes on when nobody reads any more: the answer's exit code
/// must not depend on who looks at it.
struct Tolerant<W> {
    out: W,
    closed: bool,
}

impl<W: std::io::Write> Tolerant<W> {
    fn mind<T>(&mut self, outcome: std::io::Result<T>, otherwise: T) -> std::io::Result<T> {
        match outcome {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(otherwise)
            }
            outcome => outcome,
        }
    }
}

impl<W: std::io::Write> std::io::Write for Tolerant<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let outcome = self.out.write(bytes);
        self.mind(outcome, bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let outcome = self.out.flush();
        self.mind(outcome, ())
    }
}

#[expect(clippy::print_stderr, reason = "the edge is where errors become words")]
fn say(error: &anyhow::Error) {
    eprintln!("{}", failure::told(error));
}
