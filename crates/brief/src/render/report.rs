//! A report for a terminal, and as a page.

use askama::Template;

use super::html::{RenderError, STYLE};
use super::paint::{Page, Tone};
use crate::report::Report;

/// In `width` columns.
pub fn terminal(report: &Report, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let head = format!(
        "Due diligence from {} to {}",
        report.period.from, report.period.to
    );
    page.fold("", 0, Tone::Strong, &head);
    let line = format!(
        "made on {} · {}: {} · along the UNGP Reporting Framework",
        report.made, report.decided.of, report.decided.text
    );
    page.fold("", 0, Tone::Faint, &line);
    for left in &report.left_out {
        page.fold("", 0, Tone::Ask, &format!("Left out: {left}"));
    }
    for heading in &report.headings {
        page.gap();
        page.fold(
            "",
            4,
            Tone::Strong,
            &format!("{}  {}", heading.id, heading.title),
        );
        for text in &heading.text {
            page.fold("    ", 4, Tone::Plain, text);
        }
        for table in &heading.tables {
            page.fold("    ", 4, Tone::Faint, &table.title);
            if table.rows.is_empty() {
                page.fold("      ", 6, Tone::Plain, "none");
            }
            for row in &table.rows {
                page.label(6, &row.of, 50, &row.text);
            }
        }
    }
    page.gap();
    page.fold("", 0, Tone::Plain, &report.footer);
    page.finish()
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage<'a> {
    style: &'static str,
    report: &'a Report,
}

/// As one page.
///
/// # Errors
/// None that is not a fault of ours: the template is checked when built.
pub fn html(report: &Report) -> Result<String, RenderError> {
    let page = ReportPage {
        style: STYLE,
        report,
    };
    Ok(page.render()?)
}
