//! A proof as a tree of lines, and as a drawing.
//!
//! Read from the top: the entity, what was counted for it, and below each owner that
//! was itself reached what was counted for that. What was shown once is named, not
//! shown again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use scruple_model::Answer;

use crate::proof::{Because, Proof, Step, Sum};
use crate::share::percent;

/// The most lines that are written; the rest is counted.
const MOST_LINES: usize = 400;

/// How a node is called.
pub type Label<'a> = &'a dyn Fn(&str) -> Option<String>;

fn call(label: Label<'_>, id: &str) -> String {
    label(id).unwrap_or_else(|| id.to_owned())
}

/// A proof for a terminal: one line a stake.
pub fn tree(proof: &Proof, label: Label<'_>) -> String {
    let mut out = String::new();
    let entity = call(label, &proof.entity);
    match proof.answer {
        Answer::Yes => yes(&mut out, proof, label),
        Answer::CannotTell => {
            line(&mut out, &format!("{entity}: cannot be ruled out"));
            for open in &proof.open {
                let part = if open.unaccounted.hi > 0 {
                    format!("{} unaccounted for: ", open.unaccounted)
                } else {
                    String::new()
                };
                line(
                    &mut out,
                    &format!("  {part}{}", open.settles(&call(label, &open.entity))),
                );
            }
        }
        Answer::No => {
            line(
                &mut out,
                &format!("{entity}: by the count not shown to be covered"),
            );
            let own: Vec<_> = proof
                .closed
                .iter()
                .filter(|closed| closed.entity == proof.entity)
                .collect();
            let mut said = BTreeSet::new();
            for most in own.iter().flat_map(|closed| &closed.most) {
                let words = format!(
                    "  at most {} {} could be listed parties'; {} {} is needed",
                    percent(ppm(most.sum, most.base)),
                    most.layer.words(),
                    if most.strict { "more than" } else { "at least" },
                    percent(most.threshold)
                );
                if said.insert(words.clone()) {
                    line(&mut out, &words);
                }
            }
        }
    }
    out
}

fn ppm(sum: u64, base: u64) -> u32 {
    (u128::from(sum) * 1_000_000 / u128::from(base.max(1))) as u32
}

fn line(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}

fn yes(out: &mut String, proof: &Proof, label: Label<'_>) {
    let mut steps: BTreeMap<(&str, Option<&str>), &Step> = BTreeMap::new();
    for step in &proof.steps {
        steps.insert((&step.entity, step.alone.as_deref()), step);
    }
    let Some(last) = proof.steps.last() else {
        line(
            out,
            &format!("{}: listed itself", call(label, &proof.entity)),
        );
        return;
    };
    line(out, &format!("{}: covered", call(label, &proof.entity)));
    let mut shown: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
    let mut stack: Vec<(usize, &Step)> = vec![(1, last)];
    shown.insert((&last.entity, last.alone.as_deref()));
    let mut lines = 0;
    while let Some((depth, step)) = stack.pop() {
        lines += 1 + step.counted.len();
        if lines > MOST_LINES {
            line(
                out,
                &format!("… {} steps in all; the JSON has them", proof.steps.len()),
            );
            return;
        }
        let indent = "  ".repeat(depth.min(24));
        let how = match step.by {
            Sum::Added => String::new(),
            Sum::Rest => ", what others leave of a complete list".to_owned(),
            Sum::Indirect => ", reported as held through others".to_owned(),
        };
        line(
            out,
            &format!(
                "{indent}{} is held {} {}{how} ({} {} needed)",
                call(label, &step.entity),
                percent(ppm(step.sum, step.base)),
                step.layer.words(),
                if step.strict { "more than" } else { "at least" },
                percent(step.threshold)
            ),
        );
        for counted in &step.counted {
            let why = match &counted.because {
                Because::Listed { list } => format!("listed on {list}"),
                Because::Reached { .. } => "itself reached, see below".to_owned(),
                Because::Itself => "itself reached".to_owned(),
                Because::Joint { arrangement } => format!("acts jointly: {arrangement}"),
                Because::Not => String::new(),
            };
            let words: Vec<String> = counted
                .claims
                .iter()
                .map(|claim| {
                    format!(
                        "{} record {}",
                        claim.source,
                        claim
                            .record_id
                            .clone()
                            .unwrap_or_else(|| claim.record.to_string())
                    )
                })
                .collect();
            line(
                out,
                &format!(
                    "{indent}  {} by {}, {why} ({})",
                    percent(counted.ppm),
                    call(label, &counted.owner),
                    words.join("; ")
                ),
            );
            for key in [
                (counted.owner.as_str(), step.alone.as_deref()),
                (counted.owner.as_str(), None),
            ] {
                if let Some(next) = steps.get(&key)
                    && shown.insert(key)
                {
                    stack.push((depth + 1, next));
                    break;
                }
            }
        }
    }
}

/// How a drawing looks: dark on light, so that it prints, and light on dark where the
/// reader's machine is dark. It says so itself, so that it needs no page around it.
const LOOK: &str = "<style>\
.own-box{fill:#fff;stroke:#1b1b1f}.own-line{stroke:#1b1b1f;fill:none}\
.own-text{fill:#1b1b1f}.own-share{fill:#1b1b1f;stroke:#fff;stroke-width:4;paint-order:stroke}\
@media screen and (prefers-color-scheme:dark){\
.own-box{fill:#17181c;stroke:#ececf1}.own-line{stroke:#ececf1}\
.own-text{fill:#ececf1}.own-share{fill:#ececf1;stroke:#17181c}}</style>\n";

/// A proof of a Yes as a drawing: listed parties above, the entity below; the text
/// alternative is the tree. `None` for other answers, and for more than can be drawn
/// legibly.
pub fn svg(proof: &Proof, label: Label<'_>) -> Option<String> {
    const WIDE: usize = 240;
    const HIGH: usize = 62;
    const GAP: usize = 54;
    if proof.answer != Answer::Yes || proof.steps.is_empty() || proof.steps.len() > 24 {
        return None;
    }
    // A node stands below everybody counted for it.
    let mut depth: BTreeMap<&str, usize> = BTreeMap::new();
    let mut edges: Vec<(&str, &str, String)> = Vec::new();
    let mut seen = BTreeSet::new();
    for step in &proof.steps {
        if !seen.insert((&step.entity, &step.alone)) {
            continue;
        }
        let above = step
            .counted
            .iter()
            .map(|counted| *depth.entry(&counted.owner).or_insert(0))
            .max()
            .unwrap_or(0);
        let own = depth.entry(&step.entity).or_insert(0);
        *own = (*own).max(above + 1);
        for counted in &step.counted {
            edges.push((
                &counted.owner,
                &step.entity,
                format!("{} {}", percent(counted.ppm), step.layer.name()),
            ));
        }
    }
    edges.sort();
    edges.dedup();
    let mut rows: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (node, at) in &depth {
        rows.entry(*at).or_default().push(node);
    }
    let widest = rows.values().map(Vec::len).max().unwrap_or(1);
    if widest > 8 {
        return None;
    }
    let (width, height) = (
        widest * (WIDE + 20) + 20,
        rows.len() * (HIGH + GAP) - GAP + 20,
    );
    let mut place: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (row, nodes) in rows.values().enumerate() {
        let left = (width - nodes.len() * (WIDE + 20)) / 2 + 10;
        for (at, node) in nodes.iter().enumerate() {
            place.insert(node, (left + at * (WIDE + 20), 10 + row * (HIGH + GAP)));
        }
    }
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\">\n<title>{}</title>\n<desc>{}</desc>\n{LOOK}",
        escape(&format!("Why {} is covered", call(label, &proof.entity))),
        escape(&tree(proof, label))
    );
    for (owner, owned, words) in &edges {
        let ((x1, y1), (x2, y2)) = (place[owner], place[owned]);
        let (x1, y1, x2) = (x1 + WIDE / 2, y1 + HIGH, x2 + WIDE / 2);
        let _ = writeln!(
            out,
            "<path class=\"own-line\" d=\"M{x1} {y1} L{x2} {y2}\"/><text class=\"own-share\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            (x1 + x2) / 2,
            (y1 + y2) / 2 + 4,
            escape(words)
        );
    }
    let listed: BTreeSet<&str> = proof
        .steps
        .iter()
        .flat_map(|step| &step.counted)
        .filter(|counted| matches!(counted.because, Because::Listed { .. }))
        .map(|counted| counted.owner.as_str())
        .collect();
    for (node, (x, y)) in &place {
        let (stroke, word) = if listed.contains(node) {
            (3, "listed")
        } else if *node == proof.entity {
            (2, "asked about")
        } else {
            (1, "reached")
        };
        let _ = write!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{WIDE}\" height=\"{HIGH}\" class=\"own-box\" stroke-width=\"{stroke}\"/>",
        );
        let mut text = |line: usize, size: usize, words: &str| {
            let _ = write!(
                out,
                "<text class=\"own-text\" x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"{size}\">{}</text>",
                x + WIDE / 2,
                y + 19 + line * 17,
                escape(words)
            );
        };
        for (no, line) in in_box(&call(label, node)).iter().enumerate() {
            text(no, 13, line);
        }
        text(2, 11, word);
        out.push('\n');
    }
    out.push_str("</svg>\n");
    Some(out)
}

/// A name on the two lines that a box has; the text alternative has the whole name.
fn in_box(name: &str) -> Vec<String> {
    // Capitals are the widest letters that names are made of.
    const FITS: usize = 25;
    let mut lines = vec![String::new()];
    for word in name.split_whitespace() {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > 0 && line + 1 + word.chars().count() > FITS {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let cut = lines.len() > 2;
    lines.truncate(2);
    let last = lines.len() - 1;
    for (no, line) in lines.iter_mut().enumerate() {
        let long = line.chars().count() > FITS;
        if long || (cut && no == last) {
            *line = line.chars().take(FITS - 1).chain(['…']).collect();
        }
    }
    lines
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
