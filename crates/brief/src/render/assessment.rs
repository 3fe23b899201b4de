//! An assessment for eyes: a few lines in a brief, all of it by itself, a page, and
//! the form to send to a customer.

use askama::Template;
use scruple_assess::assessment::{Asked, Impact, Matched, Measure, State};
use scruple_assess::likelihood::{Factor, Says};
use scruple_assess::severity::{Dimension, word};
use scruple_assess::{Assessment, Connection, likelihood};
use scruple_model::{Answer, Deal};

use super::html::{RenderError, STYLE};
use super::paint::{Page, Tone, pad};
use crate::brief::FOOTER;
use crate::words::{self, count};

/// How wide labels are.
const LABEL: usize = 16;
/// How many measures a terminal shows of one impact.
const MOST_MEASURES: usize = 5;
/// How many questions a terminal shows with their answers.
const MOST_QUESTIONS: usize = 8;

/// "cause" and its kin, as a part of a sentence.
pub fn tie(connection: Connection) -> &'static str {
    match connection {
        Connection::Cause => "you would cause it",
        Connection::Contribute => "you would contribute to it",
        Connection::Linked => "it would be directly linked to what you sell or buy",
    }
}

/// How far a measure is, in words.
pub fn state(state: State) -> &'static str {
    match state {
        State::InPlace => "in place",
        State::DueAgain => "due to be looked at again",
        State::Overdue => "overdue",
        State::Agreed => "agreed",
        State::Proposed => "proposed",
        State::Rejected => "turned down",
        State::Open => "to consider",
    }
}

/// The stop rule in words.
pub fn stop(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "DO NOT GO ON",
        Answer::CannotTell => "CANNOT TELL YET",
        Answer::No => "STOP RULE NOT MET",
    }
}

/// What an impact is, in one line.
pub fn headline(impact: &Impact) -> String {
    if impact.capability.is_none() {
        format!(
            "{}: made by {} in {}",
            impact.item, impact.user.name, impact.place
        )
    } else {
        format!(
            "{}, in the hands of {}, in {}",
            impact.what, impact.user.name, impact.place
        )
    }
}

/// How bad and how sure, as a finding has them: "grave · moderate".
pub fn sure(impact: &Impact) -> String {
    format!(
        "{} · {}",
        word(impact.severity.at_most),
        words::band(impact.confidence.band)
    )
}

/// How bad and how likely, in one line.
pub fn grades(impact: &Impact) -> String {
    format!(
        "{} · {}",
        impact.severity.words(),
        likelihood::word(impact.likelihood)
    )
}

/// The few lines that a brief has.
pub(crate) fn in_brief(page: &mut Page, assessment: &Assessment, legend: usize) {
    page.gap();
    let tone = tone(assessment.stop);
    let lead = page.tone(tone, &pad("PEOPLE", legend));
    page.fold(&lead, legend, Tone::Plain, &assessment.recommends);
    for impact in assessment.impacts.iter().take(3) {
        page.label(
            0,
            "",
            legend,
            &format!("{}: {}", headline(impact), grades(impact)),
        );
    }
    if assessment.impacts.len() > 3 {
        let rest = count(assessment.impacts.len() - 3, "more impact");
        page.label(0, "", legend, &rest);
    }
    page.label(
        0,
        "CONSULTED",
        legend,
        &assessment.consultation.lines.join("; "),
    );
    page.label(0, "REDRESS", legend, &assessment.redress.text);
    let (answered, all) = assessment.answered;
    page.label(
        0,
        "ASSESSED",
        legend,
        &format!(
            "{answered} of {all} questions answered; {} open, the first of them above. To see all \
             and to answer: scruple assess DEAL; then scruple check DEAL --answers FILE",
            assessment.questions.len()
        ),
    );
}

fn tone(answer: Answer) -> Tone {
    match answer {
        Answer::Yes => Tone::Stop,
        Answer::CannotTell => Tone::Ask,
        Answer::No => Tone::Strong,
    }
}

/// All of it in `width` columns.
pub fn render(assessment: &Assessment, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let short = |hash: &str| hash.get(..12).unwrap_or(hash).to_owned();
    page.fold("", 0, Tone::Strong, &assessment.title);
    let (answered, all) = assessment.answered;
    let answers = assessment.answers.as_deref().map_or_else(
        || "no answers given".to_owned(),
        |hash| format!("answers {}", short(hash)),
    );
    let head = format!(
        "human-rights assessment · deal {} · as of {} · {answers} · {answered} of {all} questions \
         answered",
        short(&assessment.deal),
        assessment.as_of
    );
    page.fold("", 0, Tone::Faint, &head);
    page.gap();
    page.fold("", 0, tone(assessment.stop), stop(assessment.stop));
    page.fold("", 0, Tone::Plain, &assessment.recommends);
    for (at, impact) in assessment.impacts.iter().enumerate() {
        page.gap();
        one(&mut page, at + 1, impact);
    }
    patterns(&mut page, assessment);
    page.gap();
    page.label(
        0,
        "CONSULTED",
        LABEL,
        &assessment.consultation.lines.join("; "),
    );
    page.label(0, "REDRESS", LABEL, &assessment.redress.text);
    page.gap();
    page.fold("", 0, Tone::Strong, "THE SIX STEPS OF DUE DILIGENCE");
    for step in &assessment.steps {
        page.label(0, &step.step, 30, &step.state);
    }
    questions(&mut page, &assessment.questions);
    for one in &assessment.unchecked {
        page.label(
            0,
            "NOT LOOKED AT",
            LABEL,
            &format!("{}: {}", one.what, one.why),
        );
    }
    page.gap();
    page.fold("", 0, Tone::Plain, FOOTER);
    let end = "It ranks harms, not people: there is no score. All of it: --html FILE or --json.";
    page.both_ends(
        "",
        0,
        Tone::Faint,
        end,
        &format!("exit {}", assessment.exit()),
    );
    page.finish()
}

fn one(page: &mut Page, number: usize, impact: &Impact) {
    let lead = pad(&number.to_string(), 3);
    page.both_ends(
        &lead,
        3,
        tone(impact.stop),
        &headline(impact),
        &sure(impact),
    );
    let label = |page: &mut Page, name: &str, text: &str| page.label(3, name, LABEL - 3, text);
    label(
        page,
        "stop rule",
        &format!("{}: {}", words::answer(impact.stop), impact.stop_because),
    );
    let rights: Vec<String> = impact
        .rights
        .iter()
        .map(|right| format!("{} ({})", right.label.to_lowercase(), right.articles))
        .collect();
    label(page, "rights", &rights.join(" · "));
    let groups: Vec<&str> = impact
        .affected
        .iter()
        .map(|group| group.who.as_str())
        .collect();
    label(page, "people", &groups.join(" · "));
    label(page, "how bad", &impact.severity.words());
    for (name, dimension) in dimensions(impact) {
        let text = because(dimension);
        page.label(5, name, LABEL - 5, &text);
    }
    label(page, "how likely", likelihood::word(impact.likelihood));
    for factor in impact.factors.iter().filter(|f| f.says != Says::Open) {
        page.label(5, says(factor), LABEL - 5, &factor.because);
    }
    let open: Vec<&str> = impact
        .factors
        .iter()
        .filter(|factor| factor.says == Says::Open)
        .map(|factor| factor.question.as_str())
        .collect();
    if !open.is_empty() {
        page.label(5, "open", LABEL - 5, &open.join(" · "));
    }
    for record in &impact.documented {
        label(
            page,
            "documented",
            &format!("{} {} †", record.text, record.sources.join("; ")),
        );
    }
    if !impact.misuse.is_empty() {
        label(
            page,
            "misuse",
            &format!("documented elsewhere: {}", impact.misuse.join("; ")),
        );
    }
    label(
        page,
        "tied",
        &format!("{}: {}", tie(impact.connection), impact.connected_because),
    );
    for (at, measure) in impact.measures.iter().take(MOST_MEASURES).enumerate() {
        label(
            page,
            if at == 0 { "measures" } else { "" },
            &measure_line(measure),
        );
    }
    if impact.measures.len() > MOST_MEASURES {
        let rest = count(impact.measures.len() - MOST_MEASURES, "more measure");
        label(page, "", &format!("{rest}: --html or --json"));
    }
    label(
        page,
        "what is left",
        &format!(
            "acceptable: {}; {}",
            words::answer(impact.residue.acceptable),
            impact.residue.because
        ),
    );
    label(page, "how sure", &impact.confidence.reason);
}

/// The three dimensions, by name.
pub fn dimensions(impact: &Impact) -> [(&'static str, &Dimension); 3] {
    [
        ("scale", &impact.severity.scale),
        ("scope", &impact.severity.scope),
        ("undoing", &impact.severity.irremediable),
    ]
}

/// Why a dimension is as it is, with what is open.
pub fn because(dimension: &Dimension) -> String {
    let mut parts = dimension.because.clone();
    if !dimension.open.is_empty() {
        parts.push(format!(
            "{} at worst while open: {}",
            word(dimension.at_most),
            dimension.open.join(", ")
        ));
    }
    if parts.is_empty() {
        parts.push("nothing was asked".to_owned());
    }
    parts.join("; ")
}

/// What a factor does, in a word.
pub fn says(factor: &Factor) -> &'static str {
    match factor.says {
        Says::Raises => "raises",
        Says::Unknowable => "unknowable",
        Says::Open => "open",
        Says::Lowers => "lowers",
    }
}

/// A measure in one line.
pub fn measure_line(measure: &Measure) -> String {
    let mut line = format!("{}: {}", measure.label, state(measure.state));
    if let Some(day) = measure.day {
        line.push_str(&format!(", {day}"));
    }
    if let Some(again) = measure.again {
        line.push_str(&format!(", again on {again}"));
    }
    format!(
        "{line} ({}){}. Does not fix: {}",
        measure.owner,
        suffices(measure),
        measure.not_fixed
    )
}

/// The measures of an impact, those that may answer its harm apart from those that only
/// help; each group with its caption, none that is empty.
pub fn measures(impact: &Impact) -> Vec<(&'static str, Vec<&Measure>)> {
    let (answer, help): (Vec<_>, Vec<_>) = impact.measures.iter().partition(|one| one.suffices);
    [
        (
            "Measures that may answer a harm as grave as this, once in place",
            answer,
        ),
        ("Measures that help, and do not suffice for it", help),
    ]
    .into_iter()
    .filter(|(_, measures)| !measures.is_empty())
    .collect()
}

/// Whether a measure may answer a harm as grave as this one, where it may not.
pub fn suffices(measure: &Measure) -> &'static str {
    if measure.suffices {
        ""
    } else {
        "; helps, and does not suffice for a harm as grave as this"
    }
}

/// The patterns of which enough features are present to tell of them, and the others.
pub fn by_reach(assessment: &Assessment) -> (Vec<&Matched>, Vec<&Matched>) {
    assessment
        .patterns
        .iter()
        .partition(|pattern| pattern.reaches)
}

/// The others in a line.
pub fn too_few(many: usize) -> String {
    let rest = count(many, "pattern");
    format!("{rest} with too few features to be told of: the JSON has them")
}

fn patterns(page: &mut Page, assessment: &Assessment) {
    if assessment.patterns.is_empty() {
        return;
    }
    page.gap();
    page.fold("", 0, Tone::Strong, "PATTERNS DOCUMENTED ELSEWHERE †");
    let (told, few) = by_reach(assessment);
    for pattern in told {
        page.fold("  ", 4, Tone::Plain, &format!("{}.", pattern.text));
    }
    if !few.is_empty() {
        page.fold("  ", 4, Tone::Faint, &too_few(few.len()));
    }
}

fn questions(page: &mut Page, asked: &[Asked]) {
    if asked.is_empty() {
        return;
    }
    page.gap();
    page.fold(
        "",
        0,
        Tone::Strong,
        "OPEN QUESTIONS, THE MOST DECIDING FIRST",
    );
    for one in asked.iter().take(MOST_QUESTIONS) {
        page.fold("", 2, Tone::Plain, &format!("{}  {}", one.id, one.text));
        let choices: Vec<String> = one
            .choices
            .iter()
            .map(|(value, text)| format!("{value}: {text}"))
            .collect();
        page.fold(
            "  ",
            4,
            Tone::Faint,
            &format!("Ask {}. {}", one.ask, choices.join(" · ")),
        );
        if let Some(note) = &one.note {
            page.fold("  ", 4, Tone::Ask, &words::sentence(note));
        }
    }
    if asked.len() > MOST_QUESTIONS {
        let rest = count(asked.len() - MOST_QUESTIONS, "more question");
        page.fold(
            "",
            2,
            Tone::Plain,
            &format!("{rest}: scruple assess DEAL --questionnaire FILE"),
        );
    }
}

#[derive(Template)]
#[template(path = "assessment.html")]
struct AssessmentPage<'a> {
    style: &'static str,
    assessment: &'a Assessment,
    footer: &'static str,
}

/// All of it as one page.
///
/// # Errors
/// None that is not a fault of ours: the template is checked when built.
pub fn html(assessment: &Assessment) -> Result<String, RenderError> {
    let page = AssessmentPage {
        style: STYLE,
        assessment,
        footer: FOOTER,
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "questionnaire.html")]
struct Form<'a> {
    style: &'static str,
    deal: &'a Deal,
    questions: Vec<&'a Asked>,
    footer: &'static str,
}

/// The open questions that a customer or supplier can be sent.
pub fn for_customer(assessment: &Assessment) -> Vec<&Asked> {
    let all = assessment.questions.iter();
    all.filter(|asked| asked.of_customer).collect()
}

/// The open questions for the customer as a form that needs no script and no network.
///
/// # Errors
/// None that is not a fault of ours: the template is checked when built.
pub fn form(assessment: &Assessment, deal: &Deal) -> Result<String, RenderError> {
    let page = Form {
        style: STYLE,
        deal,
        questions: for_customer(assessment),
        footer: FOOTER,
    };
    Ok(page.render()?)
}
