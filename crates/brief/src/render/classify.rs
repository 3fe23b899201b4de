//! Items outside a whole deal: `scruple classify`; and the part on items in a brief.
//!
//! First what it is and what is needed; then capabilities with the words that showed
//! them, entries with each parameter still open, rules of use and user, law by law. The
//! statement says the same for a file: item, entries considered, reasons, open points,
//! date, vintage, a line to sign.

use schemars::JsonSchema;
use scruple_controls::{Classified, Considered, Outcome, Standing, State};
use scruple_model::{Answer, Date, Question};
use serde::{Deserialize, Serialize};

use super::paint::{Page, Tone};
use crate::brief::FOOTER;
use crate::check::controls::{catch_all_words, duty_words};
use crate::packs::Packs;
use crate::words::count;

/// The name and number of this format. Additive changes keep the number.
pub const SCHEMA: &str = "scruple.classify/1";

/// Width of the labels.
const LABEL: usize = 10;

/// What came of classifying items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Classification {
    /// `scruple.classify/1`.
    pub schema: String,
    /// The day whose law was asked for.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// From where to where, and for whom, in words.
    pub setting: String,
    /// Hash over the packs that it rests on.
    pub vintage: String,
    /// Item by item.
    pub items: Vec<Outcome>,
    /// Exit code: 0, 3 or 4.
    pub exit: u8,
    /// The footer.
    pub footer: String,
}

impl Classification {
    /// Puts outcomes together.
    pub fn new(items: Vec<Outcome>, as_of: Date, setting: String, packs: &Packs) -> Self {
        let parts = scruple_controls::packs::NAMES
            .iter()
            .filter_map(|name| packs.hashes.get(*name))
            .map(String::as_bytes);
        Self {
            schema: SCHEMA.to_owned(),
            as_of,
            setting,
            vintage: scruple_model::hash::sha256_parts(parts),
            exit: exit(&items),
            items,
            footer: FOOTER.to_owned(),
        }
    }
}

/// 3 where something demands a decision, 4 where something is open.
fn exit(items: &[Outcome]) -> u8 {
    let listed = |one: &Considered| one.state == State::Listed;
    let decided = items.iter().any(|item| {
        item.considered.iter().any(listed)
            || item
                .rules
                .iter()
                .any(|rule| rule.answer == Answer::Yes && !rule.quiet && !rule.elsewhere)
    });
    let open = items.iter().any(|item| !item.questions.is_empty());
    match (decided, open) {
        (true, _) => 3,
        (false, true) => 4,
        (false, false) => 0,
    }
}

/// In `width` columns.
pub fn render(all: &Classification, packs: &Packs, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    for (index, item) in all.items.iter().enumerate() {
        if index > 0 {
            page.gap();
        }
        one(&mut page, all, item, packs);
    }
    page.gap();
    page.fold("", 0, Tone::Plain, &all.footer);
    page.both_ends(
        "",
        0,
        Tone::Faint,
        "Whole trace: --json. For the file: --statement. In a deal: scruple check.",
        &format!("exit {}", all.exit),
    );
    page.finish()
}

fn one(page: &mut Page, all: &Classification, item: &Outcome, packs: &Packs) {
    page.fold("", 0, Tone::Strong, &item.item);
    let line = format!(
        "as of {} · {} · rules {}",
        all.as_of,
        all.setting,
        short(&all.vintage)
    );
    page.fold("", 0, Tone::Faint, &line);
    page.gap();
    page.fold("", 0, Tone::Strong, &headline(item));
    capabilities(page, item);
    entries(page, item, packs);
    rules(page, item);
    law(page, item, packs);
    if !item.flags.is_empty() {
        let signs: Vec<&str> = item.flags.iter().map(|flag| flag.label.as_str()).collect();
        page.gap();
        page.label(0, "SIGNS", LABEL, &signs.join(" · "));
    }
    if !item.rights.is_empty() {
        page.label(
            0,
            "RIGHTS",
            LABEL,
            &item.rights.join(" · ").replace('_', " "),
        );
    }
    questions(page, &item.questions);
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// The decision needed, in a line.
fn headline(item: &Outcome) -> String {
    let listed: Vec<&str> = item
        .considered
        .iter()
        .filter(|one| one.state == State::Listed)
        .map(code)
        .collect();
    let open = item
        .considered
        .iter()
        .filter(|one| one.state == State::Open && one.opens)
        .count();
    let asked = count(item.questions.len(), "question");
    if !listed.is_empty() {
        return format!("LISTED   {} · {asked} open", listed.join(", "));
    }
    match item.catch_all {
        scruple_controls::CatchAll::Candidate => {
            format!("ON NO LIST LOOKED AT, A CANDIDATE FOR THE CATCH-ALL   {asked} open")
        }
        _ if open > 0 => format!(
            "CANNOT TELL   {} to settle · {asked} open",
            count(open, "entry").replace("entrys", "entries")
        ),
        _ if item.capabilities.is_empty() => {
            format!("NOTHING RECOGNISED IN THESE WORDS   {asked} open")
        }
        _ => format!("FOUND ON NO LIST THAT ANYTHING POINTED TO   {asked} open"),
    }
}

fn code(one: &Considered) -> &str {
    one.codes.values().next().map_or("", String::as_str)
}

fn capabilities(page: &mut Page, item: &Outcome) {
    page.gap();
    for one in &item.capabilities {
        let (label, tail) = match (one.standing, one.unclaimed) {
            (Standing::Asserted, _) => ("CAN", "claimed in the deal"),
            (Standing::Shown, _) => ("CAN", ""),
            (Standing::Ask, true) => ("ASK", "the words show it, nobody claims it"),
            (Standing::Ask, false) => ("ASK", "the words make one ask"),
        };
        let words: Vec<String> = one
            .words
            .iter()
            .filter(|words| !words.starts_with("items."))
            .map(|words| format!("\"{words}\""))
            .collect();
        let mut text = one.label.clone();
        if !words.is_empty() {
            text.push_str(&format!("   {}", words.join(", ")));
        }
        if !tail.is_empty() {
            text.push_str(&format!("   ({tail})"));
        }
        page.label(0, label, LABEL, &text);
    }
    if item.capabilities.is_empty() {
        page.label(
            0,
            "CAN",
            LABEL,
            "none of the capabilities looked for was found in the words",
        );
    }
}

/// How many entries are shown with their limbs.
const MOST: usize = 5;

fn entries(page: &mut Page, item: &Outcome, packs: &Packs) {
    if item.considered.is_empty() {
        return;
    }
    page.gap();
    page.fold("", 0, Tone::Strong, "ENTRIES TO CONSIDER");
    for (one, number) in item.considered.iter().zip(1..).take(MOST) {
        let state = match &one.state {
            State::Listed => "every limb holds".to_owned(),
            State::TakenOut { note } => format!("a note takes it out: {note}"),
            State::NotMet { limb } => format!("not met: {limb}"),
            State::Open => "open".to_owned(),
        };
        let lists: Vec<&str> = one
            .codes
            .keys()
            .filter_map(|list| packs.controls.list(list))
            .map(|read| read.list.title.as_str())
            .collect();
        let lead = format!("{number:<3}");
        page.fold(&lead, 3, Tone::Strong, &format!("{}   {state}", code(one)));
        page.fold("   ", 3, Tone::Plain, &one.heading);
        page.fold("   ", 3, Tone::Faint, &lists.join(" · "));
        let limbs = one
            .steps
            .iter()
            .filter(|step| !step.takes_out || step.answer == Answer::Yes);
        for step in limbs {
            let sign = match step.answer {
                Answer::Yes => "yes",
                Answer::No => "no",
                Answer::CannotTell => "open",
            };
            let rests: Vec<&str> = step
                .rests
                .iter()
                .map(|rests| rests.said.as_str())
                .filter(|said| !said.is_empty())
                .collect();
            let tail = if rests.is_empty() {
                String::new()
            } else {
                format!("   {}", rests.join("; "))
            };
            page.label(3, sign, 6, &format!("{}{tail}", step.says));
        }
        let open: Vec<&str> = one
            .open()
            .iter()
            .map(|question| question.id.as_str())
            .collect();
        if !open.is_empty() {
            page.label(3, "ask", 6, &open.join(" · "));
        }
    }
    if item.considered.len() > MOST {
        let rest = item.considered.len() - MOST;
        page.fold("   ", 3, Tone::Faint, &format!("… {rest} more in --json"));
    }
}

fn rules(page: &mut Page, item: &Outcome) {
    let told: Vec<_> = item
        .rules
        .iter()
        .filter(|rule| !rule.elsewhere)
        .filter(|rule| {
            rule.answer == Answer::Yes || (rule.answer == Answer::CannotTell && !rule.quiet)
        })
        .collect();
    if told.is_empty() {
        return;
    }
    page.gap();
    page.fold("", 0, Tone::Strong, "USE, USER, PLACE, RIGHTS");
    for rule in told {
        let label = if rule.answer == Answer::Yes {
            "YES"
        } else {
            "OPEN"
        };
        let force = crate::words::force(rule.force);
        let mut line = rule.heading.clone();
        if !force.is_empty() {
            line.push_str(&format!(" ({force})"));
        }
        page.label(0, label, LABEL, &line);
        for step in rule
            .steps
            .iter()
            .filter(|step| step.answer != Answer::Yes && !step.takes_out)
        {
            let sign = if step.answer == Answer::No {
                "no"
            } else {
                "open"
            };
            page.label(LABEL, sign, 6, &step.says);
        }
        page.fold(&" ".repeat(LABEL), LABEL, Tone::Faint, rule.rule.as_str());
    }
}

fn law(page: &mut Page, item: &Outcome, packs: &Packs) {
    page.gap();
    page.fold("", 0, Tone::Strong, "LAW BY LAW");
    for law in &item.laws {
        let title = packs
            .regime(&law.law)
            .map_or(law.law.as_str(), |entry| entry.body.title.as_str());
        let lists: Vec<String> = law
            .lists
            .iter()
            .filter_map(|(list, state)| {
                let read = packs.controls.list(list)?;
                Some(format!("{}: {}", read.list.title, state_words(state)))
            })
            .collect();
        let licence = match law.licence {
            Answer::Yes => "a licence is needed",
            Answer::No => "no rule looked at demands a licence",
            Answer::CannotTell if law.is_covered => {
                "an authorisation is needed; a general one may serve, on conditions"
            }
            Answer::CannotTell => "whether a licence is needed is open",
        };
        let mut parts = lists;
        parts.push(licence.to_owned());
        parts.push(format!("next: {}", duty_words(law.duty)));
        page.label(0, "", 2, &format!("{title}: {}", parts.join(" · ")));
        for licence in &law.licences {
            let reasons = licence.reasons.iter().chain(&licence.exceptions);
            for reason in reasons.filter(|reason| reason.answer != Answer::No) {
                page.fold(
                    "    ",
                    6,
                    Tone::Faint,
                    &format!("{}: {}", reason.reason, reason.because),
                );
            }
        }
    }
    page.label(0, "", 2, catch_all_words(item.catch_all));
}

fn state_words(state: &Classified) -> String {
    match state {
        Classified::Listed { codes } => codes.join(", "),
        Classified::TakenOut { notes } => format!("taken out by a note ({})", notes.join("; ")),
        Classified::Open { codes } => format!("open ({})", codes.join(", ")),
        Classified::NotFound => "not found".to_owned(),
        Classified::Outside => "outside its scope: published".to_owned(),
    }
}

fn questions(page: &mut Page, questions: &[Question]) {
    if questions.is_empty() {
        return;
    }
    page.gap();
    page.fold(
        "",
        0,
        Tone::Strong,
        "OPEN QUESTIONS, the most deciding first",
    );
    for question in questions {
        let text = format!(
            "{}  Ask {}. Goes in {}.",
            question.text, question.ask, question.field
        );
        page.fold("", 2, Tone::Plain, &format!("{}  {text}", question.id));
    }
}

/// The part on items in a brief: the whole path, short.
pub(crate) fn items(page: &mut Page, items: &[Outcome], legend: usize) {
    for (item, number) in items.iter().zip(1..) {
        page.gap();
        let can: Vec<&str> = item
            .capabilities
            .iter()
            .filter(|one| one.standing != Standing::Ask)
            .map(|one| one.label.as_str())
            .collect();
        let can = if can.is_empty() {
            "nothing recognised or claimed".to_owned()
        } else {
            can.join(" · ")
        };
        page.label(
            0,
            &format!("ITEM {number}"),
            legend,
            &format!("{}: {can}", item.item),
        );
        let bound = item.laws.iter().filter(|law| law.binds == Answer::Yes);
        let states: Vec<String> = bound
            .flat_map(|law| &law.lists)
            .filter(|(_, state)| **state != Classified::NotFound)
            .map(|(list, state)| format!("{list}: {}", state_words(state)))
            .collect();
        let states = if states.is_empty() {
            format!(
                "on no list looked at; {} considered",
                count(item.considered.len(), "entry").replace("entrys", "entries")
            )
        } else {
            states.join(" · ")
        };
        page.label(0, "  item", legend, &states);
        page.label(0, "  use", legend, catch_all_words(item.catch_all));
        let user: Vec<&str> = item.flags.iter().map(|flag| flag.label.as_str()).collect();
        if !user.is_empty() {
            page.label(0, "  signs", legend, &user.join(" · "));
        }
        if !item.rights.is_empty() {
            page.label(
                0,
                "  rights",
                legend,
                &item.rights.join(" · ").replace('_', " "),
            );
        }
    }
}

/// The classification statement, as text to sign.
pub fn statement(all: &Classification, packs: &Packs, width: usize) -> String {
    let mut page = Page::new(width, false);
    for (index, item) in all.items.iter().enumerate() {
        if index > 0 {
            page.gap();
        }
        page.fold("", 0, Tone::Strong, "CLASSIFICATION STATEMENT");
        page.gap();
        page.label(0, "Item", 16, &item.item);
        page.label(0, "Date", 16, &all.as_of.to_string());
        page.label(0, "Setting", 16, &all.setting);
        page.label(0, "Rules", 16, &all.vintage);
        page.label(0, "Result", 16, &headline(item));
        page.gap();
        page.fold("", 0, Tone::Strong, "Entries considered");
        if item.considered.is_empty() {
            page.fold(
                "",
                0,
                Tone::Plain,
                "None: nothing in what was stated pointed to an entry.",
            );
        }
        for one in &item.considered {
            let state = match &one.state {
                State::Listed => "every limb holds".to_owned(),
                State::TakenOut { note } => format!("taken out by a note: {note}"),
                State::NotMet { limb } => format!("a limb does not hold: {limb}"),
                State::Open => "open".to_owned(),
            };
            let codes: Vec<String> = one
                .codes
                .iter()
                .map(|(list, code)| format!("{code} ({list})"))
                .collect();
            page.fold(
                "- ",
                2,
                Tone::Plain,
                &format!("{}: {state}", codes.join(", ")),
            );
            for step in &one.steps {
                let rests: Vec<String> = step
                    .rests
                    .iter()
                    .map(|rests| {
                        if rests.said.is_empty() {
                            format!("{}: {}", rests.fact, rests.value)
                        } else {
                            rests.said.clone()
                        }
                    })
                    .collect();
                let answer = match step.answer {
                    Answer::Yes => "yes",
                    Answer::No => "no",
                    Answer::CannotTell => "open",
                };
                page.fold(
                    "  ",
                    4,
                    Tone::Plain,
                    &format!("{answer}: {} [{}]", step.says, rests.join("; ")),
                );
            }
            for doubt in &one.doubts {
                page.fold("  ", 4, Tone::Plain, &format!("doubt: {doubt}"));
            }
        }
        page.gap();
        page.fold("", 0, Tone::Strong, "Law by law");
        law(&mut page, item, packs);
        page.gap();
        page.fold("", 0, Tone::Strong, "Open points");
        for question in &item.questions {
            page.fold(
                "- ",
                2,
                Tone::Plain,
                &format!("{} (ask {})", question.text, question.ask),
            );
        }
        page.gap();
        page.fold(
            "",
            0,
            Tone::Plain,
            "Classified by   ______________________________   Date   ______________",
        );
        page.gap();
        page.fold(
            "",
            0,
            Tone::Plain,
            "Signature       ______________________________",
        );
    }
    page.gap();
    page.fold("", 0, Tone::Plain, &all.footer);
    page.finish()
}
