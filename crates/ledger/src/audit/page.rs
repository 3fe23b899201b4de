//! An audit as a page for a reader who is no engineer.

use std::fmt::Write as _;

use super::{Report, Verdict};

/// The page. `day` is the day of the audit; `since` writes a time in Unix seconds as a day.
pub fn html(report: &Report, day: &str, since: &dyn Fn(i64) -> String) -> String {
    let mut body = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(body, "<h1>{}</h1>", headline(report));
    let _ = writeln!(
        body,
        "<p class=\"lead\">The public log <b>{}</b>, looked at on {}.</p>",
        escape(&report.origin),
        escape(day)
    );
    for one in &report.breaks {
        let _ = writeln!(
            body,
            "<section class=\"break\"><h2>{}</h2>",
            escape(one.kind.title())
        );
        let _ = writeln!(body, "<dl>");
        if let (Some(first), Some(last)) = (one.first, one.last) {
            let which = if first == last {
                format!("record {first}")
            } else {
                format!("one or more of the records {first} to {last}")
            };
            let _ = writeln!(body, "<dt>Which record</dt><dd>{which}</dd>");
        }
        let _ = writeln!(body, "<dt>What is wrong</dt><dd>{}</dd>", escape(&one.what));
        let good = report
            .remembered
            .iter()
            .filter(|seen| !seen.broken)
            .map(|seen| seen.on)
            .max();
        let bad = report
            .remembered
            .iter()
            .filter(|seen| seen.broken)
            .map(|seen| seen.on)
            .min();
        let when = match (good, bad) {
            (_, Some(bad)) => format!("seen here first on {}", escape(&since(bad))),
            (Some(good), None) => format!(
                "after {}, when the log was last seen here and was in order",
                escape(&since(good))
            ),
            (None, None) => "not known: the log was not looked at here before".to_owned(),
        };
        let _ = writeln!(body, "<dt>Since when</dt><dd>{when}</dd>");
        let _ = writeln!(
            body,
            "<dt>What to do</dt><dd>{}</dd>",
            escape(one.kind.next())
        );
        let _ = writeln!(
            body,
            "<dt>Where it shows</dt><dd><code>{}</code></dd></dl>",
            escape(&one.file)
        );
        for note in &one.evidence {
            let _ = writeln!(body, "<pre>{}</pre>", escape(note));
        }
        let _ = writeln!(body, "</section>");
    }
    if report.more > 0 {
        let _ = writeln!(
            body,
            "<p>{} more of the same kind are not shown.</p>",
            report.more
        );
    }
    list(&mut body, "What this shows", &report.can_say());
    list(&mut body, "What else was noticed", &report.notices);
    list(&mut body, "What this cannot show", &report.cannot_say());
    let _ = writeln!(
        body,
        "<h2>For engineers</h2><dl><dt>Address</dt><dd><code>{}</code></dd><dt>Key</dt><dd><code>{}</code></dd><dt>Entries</dt><dd>{}, {} read; {}</dd></dl><pre>{}</pre>",
        escape(&report.location),
        escape(&report.key),
        report.size,
        report.read,
        report.witnessed(),
        escape(&report.note)
    );
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}<footer>An aid to diligence, not legal advice; the decision and its reasons are yours.</footer>\n</main>\n</body>\n</html>\n",
        headline(report)
    )
}

/// The answer as a sentence.
pub fn headline(report: &Report) -> String {
    match report.verdict() {
        Verdict::Broken => "Do not rely on this log: something in it was changed or is missing",
        Verdict::CannotTell => "This log cannot be relied on yet: something could not be looked at, or too few witnesses signed",
        Verdict::Consistent => "No change was found in this log, in what was looked at",
    }
    .to_owned()
}

fn list(body: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(body, "<h2>{heading}</h2>\n<ul>");
    for line in lines {
        let _ = writeln!(body, "<li>{}</li>", escape(line));
    }
    let _ = writeln!(body, "</ul>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

const STYLE: &str = "
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
.break { border-left: 0.4rem solid #a40000; padding: 0 1rem; margin: 1.5rem 0; }
.break h2 { margin-top: 0; }
dt { font-weight: 600; }
dd { margin: 0 0 0.6rem; }
pre, code { overflow-wrap: anywhere; white-space: pre-wrap; font-size: 0.85rem; }
footer { margin-top: 3rem; border-top: 1px solid; padding-top: 0.5rem; }
";
