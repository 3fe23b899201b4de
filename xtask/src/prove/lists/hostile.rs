//! Files that are made to do harm: bombs, foreign entities, wrong encodings, archives
//! in archives, records that no publisher would write.

use std::io::{Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};

use super::Bench;
use super::damage::{Became, Good};
use super::manifest::Set;
use crate::prove::transcript::Transcript;

/// What a bad file may take.
const MEGABYTES: f64 = 400.0;
const ZEROS: u64 = 1 << 30;
/// Stands in a file that no list may reach.
const CANARY: &str = "Quetzalcoatl Zephyrine Holdings";

/// What a case has to come to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Must {
    /// Refused; nothing of it is taken.
    Refuse,
    /// Refused, or taken and said.
    Say,
    /// Taken with every record.
    Take,
    /// Whatever does no harm.
    Stand,
}

pub(super) fn run(bench: &Bench<'_>, log: &mut Transcript<'_>) -> Result<()> {
    for set in bench.sets.iter().filter(|set| set.name.contains(".xml")) {
        entities(bench, set, log)?;
    }
    let un = whole(bench, "un_consolidated_")?;
    let good = Good::new(bench, un, "hostile-un")?;
    encodings(&good, log)?;
    archives(&good, log)?;
    zeros(&good, log)?;
    records_of_un(&good, log)?;
    let csv = Good::new(bench, whole(bench, "uk_ofsi_ConList_")?, "hostile-csv")?;
    zeros(&csv, log)?;
    records_of_csv(&csv, log)?;
    let text = Good::new(bench, whole(bench, "us_bis_dpl_")?, "hostile-text")?;
    encodings(&text, log)?;
    records_of_text(&text, log)
}

fn whole<'a>(bench: &'a Bench<'_>, prefix: &str) -> Result<&'a Set> {
    let found = bench.sets.iter().find(|set| set.name.starts_with(prefix));
    found.with_context(|| format!("there is no list {prefix}…"))
}

/// Gives a file, and checks what becomes of it.
fn case(
    good: &Good,
    what: &str,
    name: &str,
    bytes: &[u8],
    must: Must,
    log: &mut Transcript<'_>,
) -> Result<()> {
    let (became, ran) = good.give(name, bytes)?;
    settle(what, &became, ran.seconds, ran.anonymous_mb, must, log);
    if must == Must::Say
        && let Ok(report) = ran.json()
    {
        for list in super::place::reports(&report) {
            let said = list["unread_first"].as_array().into_iter().flatten();
            let said = said.chain(list["duplicates"].as_array().into_iter().flatten());
            // The good file has its own faults; those that came are said first or last.
            let said: Vec<&str> = said.filter_map(serde_json::Value::as_str).collect();
            if let Some(first) = said.first() {
                log.say(&format!("  {}", shortened(first)));
            }
        }
    }
    Ok(())
}

fn settle(
    what: &str,
    became: &Became,
    seconds: f64,
    anonymous: f64,
    must: Must,
    log: &mut Transcript<'_>,
) {
    let (kind, said) = match became {
        Became::Refused(message) => (Must::Refuse, format!("refused: {}", shortened(message))),
        Became::Said(now) => (
            Must::Say,
            format!(
                "taken: {} parties, {} records and all in all {} values said",
                now.entities, now.records_said, now.said
            ),
        ),
        Became::Whole(now) => (
            Must::Take,
            format!("taken: {} parties, none gone", now.entities),
        ),
        Became::Wrong(why) => {
            log.fail(&format!("{what}: {why}"));
            return;
        }
    };
    let holds = match must {
        Must::Stand => true,
        Must::Say => kind == Must::Refuse || kind == Must::Say,
        other => kind == other,
    };
    log.check(
        holds && anonymous < MEGABYTES,
        &format!("{what}: {said} ({seconds:.1} s, {anonymous:.0} MB)"),
    );
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 260 {
        return text.to_owned();
    }
    let head: String = text.chars().take(260).collect();
    format!("{head}… ({} bytes)", text.len())
}

/// Entities that grow, and entities that lie elsewhere, for each XML layout.
fn entities(bench: &Bench<'_>, set: &Set, log: &mut Transcript<'_>) -> Result<()> {
    let good = Good::new(bench, set, "hostile-xml")?;
    let text = String::from_utf8_lossy(&good.bytes).into_owned();
    let canary = good.place.folder.join("canary");
    std::fs::write(&canary, CANARY)?;
    let mut bomb = String::from("<!DOCTYPE r [<!ENTITY e0 \"ha\">");
    for level in 1..10 {
        let many = format!("&e{};", level - 1).repeat(10);
        bomb.push_str(&format!("<!ENTITY e{level} \"{many}\">"));
    }
    bomb.push_str("]>");
    let wide = format!("<!DOCTYPE r [<!ENTITY e9 \"{}\">]>", "a".repeat(100_000));
    let outside = format!(
        "<!DOCTYPE r [<!ENTITY e9 SYSTEM \"file://{}\">]>",
        canary.display()
    );
    for (what, doctype) in [
        ("entity bomb", bomb.as_str()),
        ("one wide entity", &wide),
        ("external entity", &outside),
    ] {
        let bytes = with_doctype(&text, doctype)?;
        let what = format!("{}: {what}", set.name);
        case(&good, &what, &good.name, bytes.as_bytes(), Must::Say, log)?;
    }
    let answer = good.place.run(["screen", "--json", "--", CANARY])?;
    let answer: serde_json::Value = serde_json::from_str(&answer.out)?;
    let word = CANARY.split(' ').next().unwrap_or(CANARY);
    log.check(
        answer["matches"].is_array() && !answer["matches"].to_string().contains(word),
        &format!(
            "{}: what an external entity points to is not read",
            set.name
        ),
    );
    Ok(())
}

/// Puts a document type before the root, and the entity into the first texts.
fn with_doctype(text: &str, doctype: &str) -> Result<String> {
    let start = match text.find("?>") {
        Some(at) if text.trim_start_matches('\u{feff}').starts_with("<?xml") => at + 2,
        _ => 0,
    };
    let (head, rest) = text.split_at(start);
    // A text within an element: `>word<`. The last of the first part is a record's.
    let from = rest.len() / 2;
    let from = (from..rest.len())
        .find(|at| rest.is_char_boundary(*at))
        .context("no text")?;
    let tail = rest[from..]
        .char_indices()
        .zip(rest[from..].chars().skip(1))
        .find(|((_, a), b)| *a == '>' && b.is_alphanumeric())
        .map(|((at, _), _)| from + at + 1)
        .context("no text within an element")?;
    let (before, after) = rest.split_at(tail);
    Ok(format!("{head}{doctype}{before}&e9;{after}"))
}

fn encodings(good: &Good, log: &mut Transcript<'_>) -> Result<()> {
    let text = String::from_utf8_lossy(&good.bytes).into_owned();
    let text = text.trim_start_matches('\u{feff}');
    let wide = |big: bool| {
        let mark = if big { [0xfe, 0xff] } else { [0xff, 0xfe] };
        let mut bytes = mark.to_vec();
        for unit in text.encode_utf16() {
            bytes.extend(if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            });
        }
        bytes
    };
    let name = &good.name;
    let what = |what: &str| format!("{name}: {what}");
    case(
        good,
        &what("UTF-16, little end first"),
        name,
        &wide(false),
        Must::Refuse,
        log,
    )?;
    case(
        good,
        &what("UTF-16, big end first"),
        name,
        &wide(true),
        Must::Refuse,
        log,
    )?;
    case(
        good,
        &what("UTF-16 without a mark"),
        name,
        &wide(false)[2..],
        Must::Refuse,
        log,
    )?;
    let marked = format!("\u{feff}{text}");
    case(
        good,
        &what("with a byte order mark"),
        name,
        marked.as_bytes(),
        Must::Take,
        log,
    )?;
    // A letter of Latin-1 in the middle of a text that says UTF-8.
    let mut latin = text.as_bytes().to_vec();
    let from = latin.len() / 2;
    let at = (from..latin.len())
        .find(|at| latin[at - 1].is_ascii_lowercase() && latin[*at].is_ascii_lowercase())
        .context("no word")?;
    latin[at] = 0xe9;
    case(
        good,
        &what("a byte of Latin-1"),
        name,
        &latin,
        // BIS's file may be in Windows-1252, where the byte is a letter.
        if name.ends_with(".xml") {
            Must::Say
        } else {
            Must::Stand
        },
        log,
    )?;
    let mut null = text.as_bytes().to_vec();
    null[at] = 0;
    case(good, &what("a byte of zero"), name, &null, Must::Stand, log)?;
    case(good, &what("nothing at all"), name, b"", Must::Refuse, log)
}

fn archive(members: &[(&str, &[u8])]) -> Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn archives(good: &Good, log: &mut Transcript<'_>) -> Result<()> {
    let list = good.bytes.as_slice();
    let one = archive(&[(&good.name, list)])?;
    case(
        good,
        "a zip with the list",
        "list.zip",
        &one,
        Must::Take,
        log,
    )?;
    let two = archive(&[("inner.zip", &one)])?;
    case(good, "a zip in a zip", "list.zip", &two, Must::Refuse, log)?;
    let three = archive(&[("inner.zip", &two), ("again.zip", &two)])?;
    case(
        good,
        "a zip in a zip in a zip",
        "list.zip",
        &three,
        Must::Refuse,
        log,
    )?;
    let packed = zstd::encode_all(&one[..], 3)?;
    case(
        good,
        "a zip in zstd",
        "list.zip.zst",
        &packed,
        Must::Refuse,
        log,
    )?;
    let twice = zstd::encode_all(&zstd::encode_all(list, 3)?[..], 3)?;
    case(
        good,
        "zstd in zstd",
        "list.zst.zst",
        &twice,
        Must::Refuse,
        log,
    )?;
    for depth in 1..=6 {
        let name = format!("{}escaped.xml", "../".repeat(depth));
        let up = archive(&[(&name, list)])?;
        case(
            good,
            &format!("a zip with {name}"),
            "list.zip",
            &up,
            Must::Stand,
            log,
        )?;
    }
    let mut above: &Path = &good.place.folder;
    let mut escaped = 0;
    while let Some(parent) = above.parent() {
        escaped += usize::from(above.join("escaped.xml").exists());
        above = parent;
    }
    let at = good.place.data().join("snapshots/escaped.xml");
    log.check(
        escaped == 0 && !at.exists() && !Path::new("escaped.xml").exists(),
        "no file is written under a name of an archive",
    );
    for tenth in 1..10 {
        let end = one.len() * tenth / 10;
        case(
            good,
            &format!("the zip cut at {tenth}/10"),
            "list.zip",
            &one[..end],
            Must::Refuse,
            log,
        )?;
    }
    Ok(())
}

/// A gigabyte that packs to nearly nothing: alone, and after a good beginning.
fn zeros(good: &Good, log: &mut Transcript<'_>) -> Result<()> {
    let head = &good.bytes[..good.bytes.len() / 2];
    for (what, head) in [
        ("1 GiB of zeros", &[][..]),
        ("half the list, then 1 GiB of zeros", head),
    ] {
        let input = || head.chain(std::io::repeat(0).take(ZEROS));
        for kind in ["zst", "gz", "zip"] {
            let path = good.place.folder.join("in").join(format!("zeros.{kind}"));
            let file = std::fs::File::create(&path)?;
            match kind {
                "zst" => zstd::stream::copy_encode(input(), file, 1)?,
                "gz" => {
                    let mut out = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
                    std::io::copy(&mut input(), &mut out)?;
                    out.finish()?;
                }
                _ => {
                    let mut zip = zip::ZipWriter::new(file);
                    let name = good.name.as_str();
                    zip.start_file(name, zip::write::SimpleFileOptions::default())?;
                    std::io::copy(&mut input(), &mut zip)?;
                    zip.finish()?;
                }
            }
            let (became, ran) = good.give_file(&path)?;
            std::fs::remove_file(&path)?;
            let what = format!("{}: {what} in {kind}", good.name);
            settle(
                &what,
                &became,
                ran.seconds,
                ran.anonymous_mb,
                Must::Say,
                log,
            );
        }
    }
    Ok(())
}

fn records_of_un(good: &Good, log: &mut Transcript<'_>) -> Result<()> {
    let text = String::from_utf8(good.bytes.clone())?;
    let start = text.find("<INDIVIDUAL>").context("no person in it")?;
    let end = text.find("</INDIVIDUAL>").context("no person in it")? + "</INDIVIDUAL>".len();
    let (head, person, tail) = (&text[..start], &text[start..end], &text[end..]);
    let with = |person: &str| format!("{head}{person}{tail}").into_bytes();
    let name = &good.name;
    let first = between(person, "FIRST_NAME").context("no first name")?;
    let other = person.replacen(first, "Somebody Else Entirely", 1);
    let twice = format!("{person}{other}");
    case(
        good,
        "un: a record id twice, with other names",
        name,
        &with(&twice),
        Must::Say,
        log,
    )?;
    let same = format!("{person}{person}");
    case(
        good,
        "un: the same record twice",
        name,
        &with(&same),
        Must::Say,
        log,
    )?;
    let mut empty = person.to_owned();
    for tag in [
        "FIRST_NAME",
        "SECOND_NAME",
        "THIRD_NAME",
        "FOURTH_NAME",
        "NAME_ORIGINAL_SCRIPT",
        "ALIAS_NAME",
    ] {
        while let Some(inner) = between(&empty, tag).map(str::to_owned) {
            empty = empty.replace(&format!("<{tag}>{inner}</{tag}>"), &format!("<{tag}/>"));
        }
    }
    case(
        good,
        "un: a record without any name",
        name,
        &with(&empty),
        Must::Say,
        log,
    )?;
    let long = person.replacen(first, &"Long ".repeat(20_000), 1);
    case(
        good,
        "un: a name of 100 kB",
        name,
        &with(&long),
        Must::Say,
        log,
    )?;
    let dated = person.replacen("</INDIVIDUAL>", "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1961-02-31</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>", 1);
    case(
        good,
        "un: born on 1961-02-31",
        name,
        &with(&dated),
        Must::Say,
        log,
    )?;
    let no_id = person.replacen("<DATAID>", "<DATAID>x", 1);
    case(
        good,
        "un: a record id that is no number",
        name,
        &with(&no_id),
        Must::Stand,
        log,
    )?;
    let deep = format!("{}{}", "<x>".repeat(100_000), "</x>".repeat(100_000));
    let deep = person.replacen("</INDIVIDUAL>", &format!("{deep}</INDIVIDUAL>"), 1);
    case(
        good,
        "un: 100,000 elements in one another",
        name,
        &with(&deep),
        Must::Say,
        log,
    )
}

fn between<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{tag}>"))?;
    let (inner, _) = rest.split_once(&format!("</{tag}>"))?;
    Some(inner)
}

fn records_of_csv(good: &Good, log: &mut Transcript<'_>) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(good.bytes.as_slice());
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| Ok(row?.iter().map(str::to_owned).collect()))
        .collect::<Result<_>>()?;
    let (at, head) = rows
        .iter()
        .enumerate()
        .find(|(_, row)| row.iter().any(|cell| cell == "Group ID"))
        .context("no header with Group ID")?;
    let column = |name: &str| {
        head.iter()
            .position(|cell| cell == name)
            .with_context(|| format!("no column {name}"))
    };
    let (born, id) = (column("DOB")?, column("Group ID")?);
    let names: Vec<usize> = (0..head.len())
        .filter(|at| head[*at].starts_with("Name"))
        .collect();
    // A row that is alone in its group, so that all of the record is changed.
    let alone = |row: &Vec<String>| {
        row.len() > id
            && rows
                .iter()
                .filter(|other| other.get(id) == row.get(id))
                .count()
                == 1
    };
    let target = (at + 1..rows.len())
        .find(|at| rows[*at].get(born).is_some_and(|cell| cell.len() == 10) && alone(&rows[*at]))
        .context("no dated row alone in its group")?;
    let write = |change: &dyn Fn(&mut Vec<Vec<String>>)| -> Result<Vec<u8>> {
        let mut rows = rows.clone();
        change(&mut rows);
        let mut out = csv::WriterBuilder::new()
            .flexible(true)
            .from_writer(Vec::new());
        for row in &rows {
            out.write_record(row)?;
        }
        Ok(out.into_inner()?)
    };
    let name = &good.name;
    let give =
        |what: &str, must, log: &mut Transcript<'_>, change: &dyn Fn(&mut Vec<Vec<String>>)| {
            case(
                good,
                &format!("ConList: {what}"),
                name,
                &write(change)?,
                must,
                log,
            )
        };
    give("written again as it is", Must::Take, log, &|_| {})?;
    give("born on 31/02/1961", Must::Say, log, &|rows| {
        "31/02/1961".clone_into(&mut rows[target][born]);
    })?;
    give("a record without any name", Must::Say, log, &|rows| {
        for name in &names {
            rows[target][*name].clear();
        }
    })?;
    give("a name of 100 kB", Must::Say, log, &|rows| {
        rows[target][names[0]] = "Long ".repeat(20_000);
    })?;
    give("a row without its group", Must::Say, log, &|rows| {
        rows[target][id].clear();
    })?;
    give("a row with too few cells", Must::Say, log, &|rows| {
        rows[target].truncate(names.len());
    })?;
    give("a row with too many cells", Must::Say, log, &|rows| {
        rows[target].extend(vec!["more".to_owned(); 40]);
    })?;
    give("the header without Group ID", Must::Refuse, log, &|rows| {
        "Something".clone_into(&mut rows[at][id]);
    })
}

fn records_of_text(good: &Good, log: &mut Transcript<'_>) -> Result<()> {
    let text = String::from_utf8_lossy(&good.bytes).into_owned();
    let (head, rows) = text.split_once('\n').context("no header")?;
    let (first, rest) = rows.split_once('\n').context("no row")?;
    let mut cells: Vec<&str> = first.split('\t').collect();
    let give = |what: &str, must, row: &str, log: &mut Transcript<'_>| {
        let bytes = format!("{head}\n{row}\n{rest}");
        case(
            good,
            &format!("dpl: {what}"),
            &good.name,
            bytes.as_bytes(),
            must,
            log,
        )
    };
    let long = "Long ".repeat(20_000);
    give(
        "the same row twice",
        Must::Say,
        &format!("{first}\n{first}"),
        log,
    )?;
    let name = cells[0];
    cells[0] = "";
    give("a row without a name", Must::Say, &cells.join("\t"), log)?;
    cells[0] = &long;
    give("a name of 100 kB", Must::Say, &cells.join("\t"), log)?;
    cells[0] = name;
    let date = cells
        .iter()
        .position(|cell| cell.matches('/').count() == 2)
        .context("no date in the row")?;
    cells[date] = "02/31/1961";
    give(
        "a day that does not exist",
        Must::Say,
        &cells.join("\t"),
        log,
    )?;
    cells.pop();
    give(
        "a row with too few cells",
        Must::Say,
        &cells[..3].join("\t"),
        log,
    )
}
