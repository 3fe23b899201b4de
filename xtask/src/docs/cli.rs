//! The reference of the command line, from the parser itself.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory as _};
use scruple::args::Cli;
use scruple::failure::{BAD_INPUT, DONE, FAULT};
use scruple_brief::brief::Verdict;

/// `docs/cli.md`.
pub(super) fn page() -> String {
    let mut command = Cli::command();
    command.build();
    let mut page = format!(
        "# The command line\n\nMade by `cargo xtask docs` from the program's own parser. `scruple --help` and\n\
         `scruple COMMAND --help` print the same.\n\n{}\n\n",
        sentence(&about(&command))
    );
    page.push_str("| command | does |\n| --- | --- |\n");
    for sub in shown(&command) {
        let name = sub.get_name();
        let _ = writeln!(page, "| [`{name}`](#{name}) | {} |", cell(&about(sub)));
    }
    page.push_str("\n## Exit codes\n\n");
    page.push_str(&exit_codes());
    page.push_str("\n## Options of every command\n\n");
    let global: Vec<&Arg> = command
        .get_arguments()
        .filter(|arg| arg.is_global_set())
        .collect();
    page.push_str(&table(&command, &global));
    for sub in shown(&command) {
        describe(&mut page, "##", sub.get_name(), sub);
        for below in shown(sub) {
            let name = format!("{} {}", sub.get_name(), below.get_name());
            describe(&mut page, "###", &name, below);
        }
    }
    page
}

/// What one command does, and its own arguments.
fn describe(page: &mut String, heading: &str, name: &str, command: &Command) {
    let says = sentence(&about(command));
    let _ = write!(page, "\n{heading} {name}\n\n{says}\n\n");
    let usage = command.clone().render_usage().to_string();
    let _ = write!(page, "```\n{}\n```\n", usage.trim_start_matches("Usage: "));
    let own: Vec<&Arg> = command
        .get_arguments()
        .filter(|arg| !arg.is_global_set() && !is_built_in(arg))
        .collect();
    if !own.is_empty() {
        page.push('\n');
        page.push_str(&table(command, &own));
    }
}

fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set() && sub.get_name() != "help")
}

fn is_built_in(arg: &Arg) -> bool {
    matches!(arg.get_id().as_str(), "help" | "version")
}

fn exit_codes() -> String {
    let (attention, cannot_tell) = (Verdict::NeedsDecision.exit(), Verdict::CannotTellYet.exit());
    format!(
        "| code | says | given by |\n| --- | --- | --- |\n\
         | {DONE} | what was asked is done; for `check`, `screen`, `watch` and `ownership show`: every check ran, on official lists no older than \
         they may be, and nothing needs attention | every command |\n\
         | {FAULT} | a fault of the program or of the machine | every command |\n\
         | {BAD_INPUT} | bad usage or bad input; what was refused changed nothing. Of several files, `sync` takes those that can be read | every command |\n\
         | {attention} | something needs a decision; of `watch`: there is news | `check`, `screen`, `watch`, `ownership show` |\n\
         | {cannot_tell} | cannot tell yet: an open question, a check that could not run, a stale list, or the starter \
         pack only | `check`, `screen`, `watch`, `ownership` |\n\n\
         {attention} wins over {cannot_tell}.\n"
    )
}

fn table(command: &Command, args: &[&Arg]) -> String {
    let mut table = String::from("| argument | says | default |\n| --- | --- | --- |\n");
    for arg in args {
        let (help, default) = parts(arg);
        let mut says = cell(&sentence(&help));
        if arg.is_required_set() {
            says.push_str(" Required.");
        }
        let values: Vec<String> = arg
            .get_possible_values()
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| format!("`{}`", value.get_name()))
            .collect();
        if arg.get_action().takes_values() && !values.is_empty() {
            let _ = write!(says, " One of {}.", values.join(", "));
        }
        let against: Vec<String> = command
            .get_arg_conflicts_with(arg)
            .into_iter()
            .map(|other| format!("`{}`", name(other)))
            .collect();
        if !against.is_empty() {
            let _ = write!(says, " Not with {}.", against.join(", "));
        }
        let _ = writeln!(
            table,
            "| `{}` | {says} | {} |",
            signature(arg),
            cell(&default)
        );
    }
    table
}

/// The help, and the default: the parser's, or what the help states in brackets.
fn parts(arg: &Arg) -> (String, String) {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let own: Vec<String> = arg
        .get_default_values()
        .iter()
        .map(|value| format!("`{}`", value.to_string_lossy()))
        .collect();
    match help.split_once(" [default: ") {
        Some((before, default)) => (before.to_owned(), default.trim_end_matches(']').to_owned()),
        None if arg.get_action().takes_values() => (help, own.join(" ")),
        None => (help, String::new()),
    }
}

fn name(arg: &Arg) -> String {
    match arg.get_long() {
        Some(long) => format!("--{long}"),
        None => values(arg),
    }
}

fn signature(arg: &Arg) -> String {
    if arg.is_positional() || !arg.get_action().takes_values() {
        return name(arg);
    }
    let more = arg
        .get_num_args()
        .is_some_and(|range| range.max_values() > 1);
    format!(
        "{} {}{}",
        name(arg),
        values(arg),
        if more { "…" } else { "" }
    )
}

fn values(arg: &Arg) -> String {
    arg.get_value_names().map_or_else(
        || arg.get_id().to_string().to_uppercase(),
        |names| {
            names
                .iter()
                .map(|name| name.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        },
    )
}

fn about(command: &Command) -> String {
    command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '…', ']']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
