//! What an item can do and what it falls under, in words: the part on items of a brief,
//! and what the page, `classify` and the statement say alike.

use scruple_controls::trace::{Rests, Step};
use scruple_controls::{
    Classified, Considered, Duty, Judged, LawAnswer, Outcome, Recognised, Standing, State, Whose,
};
use scruple_model::{Answer, Question};

use super::paint::Page;
use crate::Brief;
use crate::check::controls::{catch_all_words, duty_words};
use crate::words::{self, count};

/// Where nothing pointed to an entry.
const NO_ENTRY: &str =
    "nothing said of it pointed to an entry of a control list; others were not looked at";

/// The code by which an entry is known, in the first of its lists.
pub(crate) fn code(one: &Considered) -> &str {
    one.codes.values().next().map_or("", String::as_str)
}

/// How an entry comes out.
pub(crate) fn entry_state(state: &State) -> String {
    match state {
        State::Listed => "every limb holds".to_owned(),
        State::TakenOut { note } => format!("a note takes it out: {note}"),
        State::NotMet { limb } => format!("not met: {limb}"),
        State::Open => "open".to_owned(),
    }
}

/// Whether a limb holds, in a word.
pub(crate) fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::CannotTell => "open",
    }
}

/// The same for a limb or for a note, which takes the item out where it holds.
pub(crate) fn holds(step: &Step) -> &'static str {
    match (step.takes_out, step.answer) {
        (false, of) => answer(of),
        (true, Answer::Yes) => "yes, and takes it out",
        (true, Answer::No) => "note, does not apply",
        (true, Answer::CannotTell) => "note, open",
    }
}

/// How an item stands in a list.
pub(crate) fn list_state(state: &Classified) -> String {
    match state {
        Classified::Listed { codes } => codes.join(", "),
        Classified::TakenOut { notes } => format!("taken out by a note ({})", notes.join("; ")),
        Classified::Open { codes } if codes.is_empty() => {
            "open (nothing in its description was recognised)".to_owned()
        }
        Classified::Open { codes } => format!("open ({})", codes.join(", ")),
        Classified::NotFound => "not found".to_owned(),
        Classified::Outside => "outside its scope: published".to_owned(),
    }
}

/// Why a capability is named: who says so, or the words that show it.
pub(crate) fn shown_by(one: &Recognised) -> String {
    let words: Vec<String> = one
        .words
        .iter()
        .filter(|words| !words.starts_with("items."))
        .map(|words| format!("\"{words}\""))
        .collect();
    let who = match (one.standing, one.unclaimed) {
        (Standing::Asserted, _) => "claimed in the deal",
        (Standing::Shown, _) => "shown by its words",
        (Standing::Ask, true) => "to be asked: the words show it, nobody claims it",
        (Standing::Ask, false) => "to be asked: the words make one ask",
    };
    if words.is_empty() {
        who.to_owned()
    } else {
        format!("{who}; {}", words.join(", "))
    }
}

/// What a limb rests on, fact by fact: those that somebody knows, then those nobody does.
pub(crate) fn rests(step: &Step) -> Vec<String> {
    let is_open = |one: &&Rests| one.value == "unknown";
    let known = step.rests.iter().filter(|one| !is_open(one)).map(|one| {
        let whose = match one.whose {
            Whose::Stated => "stated",
            Whose::Text => "its words",
            Whose::Definition => "by definition",
            Whose::Found => "found by another check",
            Whose::Nobody => "nobody's word",
        };
        let said = if one.said.is_empty() || one.said == one.value {
            String::new()
        } else {
            format!(": {}", one.said)
        };
        format!("{} {} ({whose}{said})", named(&one.fact), one.value)
    });
    let open = |waits: bool, says: &str| {
        let facts: Vec<&str> = step
            .rests
            .iter()
            .filter(is_open)
            .filter(|one| one.fact.contains(':') == waits)
            .map(|one| named(&one.fact))
            .collect();
        (!facts.is_empty()).then(|| format!("{says}: {}", facts.join(", ")))
    };
    let unknown = open(false, "nobody knows");
    known
        .chain(unknown)
        .chain(open(true, "waits for"))
        .collect()
}

/// A fact by its name; what an earlier check found, by the list or rule it was about.
fn named(fact: &str) -> &str {
    fact.split_once(':').map_or(fact, |(_, about)| about)
}

/// The limbs for which a rule does not hold: those that are not met, or notes that take it
/// out.
pub(crate) fn decisive(rule: &Judged) -> Vec<&Step> {
    let decides = |step: &&Step| match step.takes_out {
        false => step.answer == Answer::No,
        true => step.answer == Answer::Yes,
    };
    rule.steps.iter().filter(decides).collect()
}

/// The rules of an item that hold or are open, and those that do not hold.
pub(crate) fn rules(item: &Outcome) -> (Vec<&Judged>, Vec<&Judged>) {
    item.rules
        .iter()
        .partition(|rule| rule.answer != Answer::No)
}

/// The laws of an item that say something of it: a list, a licence, a duty.
pub(crate) fn laws(item: &Outcome) -> Vec<&LawAnswer> {
    let says = |law: &&LawAnswer| {
        !law.lists.is_empty()
            || law.licence != Answer::No
            || !matches!(law.duty, Duty::None | Duty::RecordRationale)
    };
    item.laws.iter().filter(says).collect()
}

/// Whether a question stands among the open ones of the brief, with whom to ask.
pub(crate) fn is_asked(brief: &Brief, question: &Question) -> bool {
    brief.questions.iter().any(|one| one.id == question.id)
}

/// An entry's codes, each with its list.
pub(crate) fn codes(one: &Considered) -> String {
    let codes: Vec<String> = one
        .codes
        .iter()
        .map(|(list, code)| format!("{code} ({list})"))
        .collect();
    codes.join(", ")
}

/// The rights of an item.
pub(crate) fn rights(item: &Outcome) -> String {
    item.rights.join(" · ").replace('_', " ")
}

/// Law by law: whether it binds, the lists, whether a licence is needed, what is next.
pub(crate) fn law(brief: &Brief, law: &LawAnswer) -> [String; 3] {
    let title = brief
        .regimes
        .iter()
        .find(|regime| regime.id.as_str() == law.law)
        .map_or(law.law.as_str(), |regime| regime.title.as_str());
    let lists: Vec<String> = law
        .lists
        .iter()
        .map(|(list, state)| format!("{list}: {}", list_state(state)))
        .collect();
    let lists = if lists.is_empty() {
        "it has no list that is read here".to_owned()
    } else {
        lists.join("; ")
    };
    let next = format!("{}; next: {}", licence(law), duty_words(law.duty));
    [title.to_owned(), lists, next]
}

/// Whether a licence is needed.
pub(crate) fn licence(law: &LawAnswer) -> &'static str {
    match law.licence {
        Answer::Yes => "a licence is needed",
        Answer::No => "no rule looked at demands a licence",
        Answer::CannotTell if law.is_covered => {
            "an authorisation is needed; a general one may serve, on conditions"
        }
        Answer::CannotTell => "whether a licence is needed is open",
    }
}

/// The rule, its force where it does not simply bind, and what else is doubtful.
pub(crate) fn rule_line(rule: &Judged) -> String {
    let mut line = rule.rule.to_string();
    let force = words::force(rule.force);
    if !force.is_empty() {
        line.push_str(&format!(" · {force}"));
    }
    for doubt in &rule.doubts {
        line.push_str(&format!(" · {doubt}"));
    }
    line
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
            .map(|(list, state)| format!("{list}: {}", list_state(state)))
            .collect();
        let states = if item.considered.is_empty() {
            NO_ENTRY.to_owned()
        } else if states.is_empty() {
            format!(
                "on no list looked at; {} considered",
                count(item.considered.len(), "entry").replace("entrys", "entries")
            )
        } else {
            states.join(" · ")
        };
        page.label(0, "  item", legend, &states);
        page.label(0, "  use", legend, catch_all_words(item.catch_all));
        if !item.flags.is_empty() {
            let signs = count(item.flags.len(), "warning sign");
            page.label(0, "  user", legend, &format!("{signs}, named above"));
        }
        if !item.rights.is_empty() {
            page.label(0, "  rights", legend, &rights(item));
        }
    }
}
