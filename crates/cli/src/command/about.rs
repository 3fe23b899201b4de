//! What the program says of itself: schemas, completions, the manual page.

use std::io::Write;

use clap::CommandFactory as _;

use crate::args::{Cli, Completions, FormatName, SchemaOf};
use crate::failure::DONE;
use crate::schemas;

/// `scruple schema FORMAT`.
pub(crate) fn schema(args: &SchemaOf, out: &mut dyn Write) -> anyhow::Result<u8> {
    let (name, schema) = named(args.format);
    let Some(schema) = schema else {
        anyhow::bail!("no schema is called {name}")
    };
    writeln!(out, "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(DONE)
}

fn named(format: FormatName) -> (&'static str, Option<serde_json::Value>) {
    let of = |name: &'static str| {
        (
            name,
            schemas::all()
                .into_iter()
                .find(|(known, _)| *known == name)
                .map(|(_, s)| s),
        )
    };
    match format {
        FormatName::Deal => ("deal-1", Some(scruple_model::deal::schema())),
        FormatName::Brief => of("brief-1"),
        FormatName::Assessment => of("assessment-1"),
        FormatName::FollowUp => of("followup-1"),
        FormatName::Report => of("report-1"),
        FormatName::Decision => of("decision-1"),
        FormatName::Classify => of("classify-1"),
        FormatName::Since => of("since-1"),
        FormatName::Match => of("match-1"),
        FormatName::Ownership => of("ownership-1"),
        FormatName::Review => of("review-1"),
        FormatName::Watch => of("watch-1"),
        FormatName::Compare => of("compare-1"),
        FormatName::Attest => of("attest-1"),
        FormatName::Register => of("register-1"),
        FormatName::RegisterHistory => of("register-history-1"),
        FormatName::Disclosure => of("disclosure-1"),
        FormatName::Audit => of("audit-1"),
        FormatName::Receipt => of("receipt-1"),
    }
}

/// `scruple completions SHELL`.
pub(crate) fn completions(args: &Completions, out: &mut dyn Write) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "scruple", &mut script);
    out.write_all(&script)?;
    Ok(DONE)
}

/// `scruple man`: one page with every command.
pub(crate) fn man(out: &mut dyn Write) -> anyhow::Result<u8> {
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(out)?;
    for sub in command.get_subcommands() {
        let title = format!("scruple {}", sub.get_name());
        let page = clap_mangen::Man::new(sub.clone().display_name(title));
        writeln!(out, ".SH COMMAND {}", sub.get_name().to_uppercase())?;
        page.render_synopsis_section(out)?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
    }
    Ok(DONE)
}
