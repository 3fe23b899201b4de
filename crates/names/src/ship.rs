//! What stands before a ship's name and is no part of it.
//!
//! `M/V Ocean Star`, `MT OCEAN STAR` and `Ocean Star` are one name: the letters say
//! how the ship is driven or what it carries. Written with a stroke or full stops they
//! are read so wherever they stand; bare letters only where the thing is known to be a
//! ship, since `MT Trading` and `SS Group` are firms. The IMO number decides, not these.

/// Letters before a ship's name, without strokes and full stops.
const PREFIXES: [&str; 22] = [
    "mv", "mt", "ms", "ss", "mf", "my", "sy", "fv", "rv", "tss", "mts", "msv", "mtv", "ds", "gts",
    "lpgc", "lngc", "psv", "ahts", "tb", "sv", "hsc",
];

/// A name without what stands before a ship's name. `is_ship` says that the thing is
/// known to be one. A name that is nothing else stays as it is.
pub fn without_ship_prefix(text: &str, is_ship: bool) -> &str {
    let text = text.trim_start();
    let Some((first, rest)) = text.split_once(char::is_whitespace) else {
        return text;
    };
    let rest = rest.trim_start();
    let letters: String = first
        .chars()
        .filter(|c| !matches!(c, '/' | '.'))
        .flat_map(char::to_lowercase)
        .collect();
    // `M.` alone is an initial; a stroke or two full stops make a prefix.
    let marked = first.contains('/') || first.matches('.').count() > 1;
    let named = rest.chars().any(char::is_alphanumeric);
    if named && (is_ship || marked) && PREFIXES.contains(&letters.as_str()) {
        rest
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::without_ship_prefix;

    #[test]
    fn what_stands_before_a_ships_name_is_left_out() {
        for text in [
            "M/V Ocean Star",
            "m.v. Ocean Star",
            "M/T  Ocean Star",
            "S/S Ocean Star",
        ] {
            assert_eq!(without_ship_prefix(text, false), "Ocean Star", "{text}");
        }
        assert_eq!(without_ship_prefix("MT OCEAN STAR", true), "OCEAN STAR");
    }

    #[test]
    fn bare_letters_before_a_firms_name_and_a_name_alone_stay() {
        for (text, is_ship) in [
            ("MT Trading", false),
            ("SS Group", false),
            ("M. Ocean", true),
            ("MV", true),
            ("M/V -", true),
            ("", true),
            ("Ocean Star", true),
            ("A/S Norden", false),
        ] {
            assert_eq!(without_ship_prefix(text, is_ship), text, "{text}");
        }
    }
}
