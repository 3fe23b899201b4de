//! Words of addresses in several languages, in Latin letters (Cyrillic as lists
//! romanise it).

pub(super) fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "room"
            | "rm"
            | "unit"
            | "flat"
            | "apt"
            | "apartment"
            | "suite"
            | "ste"
            | "office"
            | "kv"
            | "kvartira"
            | "ofis"
            | "of"
            | "pomeshchenie"
            | "pom"
            | "komnata"
            | "shop"
            | "zimmer"
            | "bureau"
            | "oficina"
            | "daire"
            | "interior"
    )
}

pub(super) fn is_floor(word: &str) -> bool {
    matches!(
        word,
        "floor" | "fl" | "level" | "etazh" | "et" | "stock" | "etage" | "piso" | "kat" | "piano"
    )
}

pub(super) fn is_building(word: &str) -> bool {
    matches!(
        word,
        "building"
            | "bldg"
            | "block"
            | "blk"
            | "tower"
            | "house"
            | "centre"
            | "center"
            | "plaza"
            | "mansion"
            | "court"
            | "korpus"
            | "korp"
            | "k"
            | "stroenie"
            | "str"
            | "edificio"
            | "gebaude"
            | "haus"
            | "immeuble"
            | "batiment"
            | "bina"
            | "blok"
            | "dong"
    )
}

pub(super) fn is_number_sign(word: &str) -> bool {
    matches!(
        word,
        "no" | "nr" | "num" | "number" | "d" | "dom" | "n" | "nomer" | "hao"
    )
}

pub(super) fn is_district(word: &str) -> bool {
    matches!(
        word,
        "district"
            | "dist"
            | "rayon"
            | "raion"
            | "qu"
            | "county"
            | "xian"
            | "subdistrict"
            | "town"
            | "township"
            | "zhen"
    )
}

/// Words in a street's name that come and go.
pub(super) fn is_noise(word: &str) -> bool {
    matches!(
        word,
        "the" | "of" | "de" | "la" | "du" | "des" | "del" | "di" | "im" | "imeni" | "g" | "gorod"
    )
}

/// The kind of street that a word names.
pub(super) fn street(word: &str) -> Option<&'static str> {
    Some(match word {
        "road" | "rd" | "lu" | "weg" | "doroga" | "route" | "carretera" | "yolu" | "jalan"
        | "jln" | "jl" => "road",
        "street" | "st" | "jie" | "ulitsa" | "ul" | "ulica" | "vulytsia" | "vul" | "vulitsa"
        | "rue" | "calle" | "via" | "rua" | "sokak" | "sok" | "sk" | "gasse" | "ulice"
        | "straat" | "xiang" | "khiaban" | "khiyaban" | "sharia" | "shari" => "street",
        "avenue" | "ave" | "av" | "dadao" | "dajie" | "prospekt" | "pr" | "prosp" | "avenida"
        | "caddesi" | "cad" | "cd" | "allee" | "prospect" | "prospectus" => "avenue",
        "boulevard" | "blvd" | "bulvar" | "bul" | "bulevar" | "bulvari" => "boulevard",
        "lane" | "ln" | "pereulok" | "per" | "nong" | "alley" | "kucheh" | "koocheh" | "kuche"
        | "zaulok" | "pereulka" => "lane",
        "highway" | "hwy" | "shosse" | "sh" | "gonglu" | "autopista" | "chaussee" => "highway",
        "square" | "sq" | "ploshchad" | "pl" | "platz" | "place" | "plaza" | "piazza"
        | "meydani" | "meydan" | "maidan" => "square",
        "embankment" | "naberezhnaya" | "nab" | "quay" | "ufer" | "quai" => "embankment",
        "drive" | "dr" | "way" | "proezd" | "close" | "crescent" => "drive",
        _ => return None,
    })
}

/// A street whose kind is the end of its name: `musterstrasse`.
pub(super) fn street_ending(word: &str) -> Option<(&str, &'static str)> {
    [
        ("strasse", "street"),
        ("gasse", "street"),
        ("straat", "street"),
        ("platz", "square"),
        ("allee", "avenue"),
        ("weg", "road"),
        ("lu", "road"),
        ("dadao", "avenue"),
    ]
    .into_iter()
    .find_map(|(ending, kind)| {
        let start = word.strip_suffix(ending)?;
        (start.len() >= 4).then_some((start, kind))
    })
}
