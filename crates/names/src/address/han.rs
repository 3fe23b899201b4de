//! Addresses in Chinese characters: each part ends in a character that says what it is.

use super::{Address, is_number};
use crate::han;
use crate::lexicon::{Kind, Lexicon};
use crate::script::Script;
use crate::token::Token;
use crate::traditional::simplified;

/// Reads the tokens of a segment.
pub(super) fn read(found: &[Token], lexicon: &Lexicon, out: &mut Address) {
    // Digits and letters wait for the character behind them.
    let mut name = String::new();
    let mut number: Option<&str> = None;
    for token in found {
        if token.script != Script::Han {
            if is_number(&token.plain) {
                take_code(&token.plain, out);
                number = Some(&token.plain);
            }
            continue;
        }
        let chars: Vec<char> = token.plain.chars().map(simplified).collect();
        let mut at = 0;
        while at < chars.len() {
            let (end, used) = ending(&chars[at..]);
            match end {
                Some(end) if !name.is_empty() || number.is_some() => {
                    part(end, &name, number.take(), lexicon, out);
                    name.clear();
                }
                _ => name.extend(&chars[at..at + used]),
            }
            at += used;
            // A country and a city stand without a sign of their own.
            if !name.is_empty()
                && let Some(no) = lexicon.of_words(&[&name])
                && let Some(concept) = lexicon.concept(no).filter(|c| c.kind == Kind::Place)
                && !chars[at..]
                    .first()
                    .is_some_and(|c| "省市区县路街大".contains(*c))
                && !longer(&name, &chars[at..], lexicon)
            {
                out.place(&concept.id);
                name.clear();
            }
        }
    }
    if !name.is_empty() {
        part(End::Name, &name, number, lexicon, out);
    }
}

/// Whether the place is the start of a longer one, or of a street: 上海路.
fn longer(name: &str, rest: &[char], lexicon: &Lexicon) -> bool {
    (1..=3.min(rest.len())).any(|take| {
        let more: String = name.chars().chain(rest[..take].iter().copied()).collect();
        lexicon.of_words(&[&more]).is_some() || ending(&rest[take - 1..]).0 == Some(End::Road)
    })
}

fn take_code(text: &str, out: &mut Address) {
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        out.postcode.get_or_insert(text.to_owned());
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Region,
    City,
    District,
    Road,
    Street,
    Avenue,
    Lane,
    Number,
    Building,
    Floor,
    Unit,
    Name,
}

/// What part the characters end, and how many they are.
fn ending(chars: &[char]) -> (Option<End>, usize) {
    let two: String = chars.iter().take(2).collect();
    match two.as_str() {
        "大道" | "大街" => return (Some(End::Avenue), 2),
        "大厦" | "大楼" | "广场" | "号楼" => return (Some(End::Building), 2),
        _ => {}
    }
    let end = match chars[0] {
        '省' => End::Region,
        '市' => End::City,
        '区' | '县' | '镇' => End::District,
        '路' => End::Road,
        '街' => End::Street,
        '巷' | '弄' | '道' => End::Lane,
        '号' => End::Number,
        '栋' | '幢' | '座' => End::Building,
        '层' | '楼' => End::Floor,
        '室' | '房' => End::Unit,
        _ => return (None, 1),
    };
    (Some(end), 1)
}

fn part(end: End, name: &str, number: Option<&str>, lexicon: &Lexicon, out: &mut Address) {
    let latin = || -> String {
        let chars: Vec<char> = name.chars().collect();
        han::words(&chars).into_iter().flatten().collect()
    };
    let id = || {
        let no = lexicon.of_words(&[name])?;
        let concept = lexicon.concept(no).filter(|c| c.kind == Kind::Place)?;
        Some(concept.id.clone())
    };
    let value = number.map(str::to_owned);
    match end {
        End::Region | End::City if id().is_some() => {
            if let Some(id) = id() {
                out.place(&id);
            }
        }
        End::Region => {
            out.region.get_or_insert_with(latin);
        }
        End::City => {
            out.city.get_or_insert_with(latin);
        }
        End::District => {
            out.district.get_or_insert_with(latin);
        }
        End::Road | End::Street | End::Avenue | End::Lane => {
            if out.street.is_none() && !name.is_empty() {
                out.street = Some(latin());
                out.street_kind = Some(match end {
                    End::Road => "road",
                    End::Street => "street",
                    End::Avenue => "avenue",
                    _ => "lane",
                });
            }
        }
        End::Number => set(&mut out.number, value),
        End::Floor => set(&mut out.floor, value),
        End::Unit => set(&mut out.unit, value),
        End::Building => {
            let value = value.or_else(|| Some(latin()).filter(|n| !n.is_empty()));
            set(&mut out.building, value);
        }
        End::Name => {
            if let Some(id) = id() {
                out.place(&id);
            }
        }
    }
}

fn set(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}
