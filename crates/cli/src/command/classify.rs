//! `scruple classify`: words or an item file go in; capabilities, entries and open
//! parameters come out.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

use clap::{Args, ValueEnum, ValueHint};
use scruple_brief::check::controls::{setting, unknown_names};
use scruple_brief::render::classify::{Classification, render, statement};
use scruple_brief::{Packs, check};
use scruple_model::deal::{self, Deal, Fact, Format, Function, Item};
use scruple_model::{Answer, Date, Place, Problem, Span};

use crate::{Edge, failure, files};

/// `scruple classify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scruple classify \"backpack unit that logs IMSI and IMEI of nearby phones\"\n  \
    scruple classify item.toml --from eu --destination kz --end-user-type police\n  \
    scruple classify item.toml --from us --statement > statement.txt\n\n\
    An item file holds the fields of [[items]] in a deal: name, description,\n\
    capabilities, control_codes, facts. A deal file is read too: all its items.\n\
    Exit: 3 something is listed or demands a decision, 4 something is open, 0 neither.")]
pub struct Classify {
    /// What it is, in words of any of seven languages; or an item or deal file (.toml, .json)
    #[arg(value_name = "TEXT|FILE", value_hint = ValueHint::FilePath)]
    pub what: String,
    /// Where it goes: a country or a region that rules name
    #[arg(long, value_name = "COUNTRY", value_parser = place)]
    pub destination: Option<Place>,
    /// What kind of body uses it: police, intelligence, military, government, company, …
    #[arg(long, value_name = "KIND", value_parser = function)]
    pub end_user_type: Option<Function>,
    /// Whose law: eu, us, gb, gb-nir (Northern Ireland), ch; may be given several times
    /// [default: all]
    #[arg(long, value_name = "LAW")]
    pub from: Vec<From>,
    /// The day whose law is asked for [default: today]
    #[arg(long, value_name = "DATE", value_parser = crate::args::day)]
    pub as_of: Option<Date>,
    /// Print a statement for the file: entries, reasons, open points, a line to sign
    #[arg(long, conflicts_with = "json")]
    pub statement: bool,
    /// Print the whole trace as JSON (scruple.classify/1)
    #[arg(long)]
    pub json: bool,
}

/// Whose law is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// European Union.
    Eu,
    /// United States.
    Us,
    /// Great Britain.
    Gb,
    /// Northern Ireland.
    GbNir,
    /// Switzerland.
    Ch,
}

impl From {
    fn regimes(self) -> &'static [&'static str] {
        match self {
            Self::Eu => &["eu.dual-use", "eu.torture-goods", "eu.sanctions"],
            Self::GbNir => &["eu.dual-use", "eu.torture-goods"],
            Self::Us => &["us.ear", "us.bulk-data"],
            Self::Gb => &["gb.export-control"],
            Self::Ch => &["ch.export-control"],
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Eu => "from the EU",
            Self::Us => "from the United States",
            Self::Gb => "from Great Britain",
            Self::GbNir => "from Northern Ireland",
            Self::Ch => "from Switzerland",
        }
    }
}

fn place(text: &str) -> Result<Place, String> {
    Place::parse(text).ok_or_else(|| match Place::nearest(text) {
        Some(near) => format!("no country or region that rules name; did you mean {near}?"),
        None => "no country or region that rules name; write an ISO code such as kz".to_owned(),
    })
}

fn function(text: &str) -> Result<Function, String> {
    Function::parse(text).ok_or_else(|| {
        let words: Vec<&str> = Function::ALL.iter().map(|one| one.as_str()).collect();
        format!("not known here; one of {}", words.join(", "))
    })
}

pub(crate) fn run(args: &Classify, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let packs = crate::world::packs(edge)?;
    let as_of = args.as_of.unwrap_or(edge.today);
    let (mut deal, of_deal) = read(&args.what, edge, &packs)?;
    if let Some(place) = &args.destination {
        deal.destination = Fact::Known(place.clone());
        deal.place_of_use = Fact::Unknown;
    }
    let all = [From::Eu, From::Us, From::Gb, From::Ch];
    let from: &[From] = if args.from.is_empty() {
        &all
    } else {
        &args.from
    };
    let laws: BTreeMap<String, Answer> = from
        .iter()
        .flat_map(|law| law.regimes())
        .map(|law| ((*law).to_owned(), Answer::Yes))
        .collect();
    let mut setting = setting(&deal, laws, as_of, &[], &[]);
    if let Some(function) = args.end_user_type {
        setting.facts.retain(|(name, _)| *name != "user");
        let said = format!("--end-user-type {}", function.as_str());
        setting
            .facts
            .push(("user", check::controls::word(function.as_str(), &said)));
    }
    let items = deal
        .items
        .iter()
        .map(|item| packs.controls.evaluate(item, &setting))
        .collect();
    let mut words: Vec<String> = Vec::new();
    words.extend(of_deal);
    words.push(if args.from.is_empty() {
        "by the law of the EU, the US, Great Britain and Switzerland".to_owned()
    } else {
        args.from
            .iter()
            .map(|law| law.words())
            .collect::<Vec<_>>()
            .join(", ")
    });
    words.push(match deal.destination.known() {
        Some(place) => format!("to {}", place.name()),
        None => "destination unknown".to_owned(),
    });
    if let Some(known) = setting.facts.iter().find(|(name, _)| *name == "user")
        && let scruple_controls::Value::Word(word) = &known.1.value
    {
        words.push(format!("used by: {word}"));
    }
    let classification = Classification::new(items, as_of, words.join(" · "), &packs);
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&classification)?)?;
    } else if args.statement {
        write!(out, "{}", statement(&classification, &packs, edge.width))?;
    } else {
        write!(
            out,
            "{}",
            render(&classification, &packs, edge.width, edge.colour)
        )?;
    }
    Ok(classification.exit)
}

/// Words as a deal with one item; an item file or a deal file as it stands. And which deal
/// it is, where it is one.
fn read(what: &str, edge: &Edge, packs: &Packs) -> anyhow::Result<(Deal, Option<String>)> {
    let path = Path::new(what);
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_file = matches!(ending, Some("toml" | "json")) && !what.contains(' ') || path.is_file();
    if !is_file {
        if what.trim().is_empty() {
            return Err(failure::bad_input(
                "there are no words to classify",
                "write what the item is and does, or name an item file",
            ));
        }
        let item = Item {
            name: what.trim().to_owned(),
            ..Item::default()
        };
        return Ok((bare(item), None));
    }
    let text = files::text(path)?;
    let format = if ending == Some("json") {
        Format::Json
    } else {
        Format::Toml
    };
    let (deal, of_deal) = match deal::read_item(&text, format) {
        Ok(item) => (bare(item), None),
        // A deal names what it is about in `title`; an item has no such field.
        Err(_) if text.contains("title") => {
            let deal = deal::read(&text, format)
                .map_err(|problems| failure::problems(path, &text, &problems, edge.width))?;
            let hash = deal.hash.get(..12).unwrap_or(&deal.hash);
            let named = match &deal.reference {
                Some(reference) => format!("deal {hash} ({reference})"),
                None => format!("deal {hash}"),
            };
            (deal, Some(named))
        }
        Err(problems) => return Err(failure::problems(path, &text, &problems, edge.width)),
    };
    names(&deal, packs, path, edge)?;
    Ok((deal, of_deal))
}

fn bare(item: Item) -> Deal {
    // The shortest text that is a deal, with the item put in.
    let mut deal = deal::read("title = \"an item\"", Format::Toml)
        .expect("a title alone is a deal, see docs/deal-file.md");
    deal.items = vec![item];
    deal
}

/// Refuses facts and capabilities that no pack knows, all at once, each where it stands in
/// the file.
pub(crate) fn names(deal: &Deal, packs: &Packs, path: &Path, edge: &Edge) -> anyhow::Result<()> {
    if unknown_names(deal, packs).is_empty() {
        return Ok(());
    }
    let text = files::text(path)?;
    let problems = unknown(deal, packs, &text);
    Err(failure::problems(path, &text, &problems, edge.width))
}

/// The facts and capabilities of a deal that no pack knows, as problems of its text.
pub(crate) fn unknown(deal: &Deal, packs: &Packs, text: &str) -> Vec<Problem> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    unknown_names(deal, packs)
        .into_iter()
        .map(|one| {
            // A capability stands in quotes; of a fact it is the key.
            let name = if one.field.ends_with(".capabilities") {
                format!("\"{}\"", one.name)
            } else {
                one.name
            };
            let from = seen.get(&name).copied().unwrap_or(0);
            let at = found(text, &name, from);
            if let Some(at) = &at {
                seen.insert(name, at.end);
            }
            Problem {
                at: Span::locate(text, at.unwrap_or(0..0)),
                field: one.field,
                what: one.what,
                expected: None,
                nearest: one.nearest,
                next: "scruple explain facts and scruple explain capabilities list the names"
                    .to_owned(),
            }
        })
        .collect()
}

/// Where `name` stands as a whole word from `from` on, outside of TOML's comments.
fn found(text: &str, name: &str, from: usize) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let rest = text.get(from..)?;
    rest.match_indices(name)
        .map(|(at, _)| from + at..from + at + name.len())
        .find(|at| {
            let line = text[..at.start].rsplit('\n').next().unwrap_or_default();
            !line.trim_start().starts_with('#')
                && !text[..at.start].ends_with(is_part)
                && !text[at.end..].starts_with(is_part)
        })
}
