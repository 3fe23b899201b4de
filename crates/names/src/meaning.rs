//! A name by its meaning: what the lexicon knows is put in English, the rest is left
//! to be read by its sound.
//!
//! `新疆维吾尔自治区公安厅` becomes "xinjiang public security bureau", `杭州海康威视` becomes
//! "hangzhou" and the four syllables. The pieces that come out are read as any others,
//! so nothing behind this file need know that a translation took place.

use crate::lexicon::{Kind, Lexicon, Meaning};
use crate::pieces::Piece;
use crate::script::Script;
use crate::token::Token;

/// The pieces with words put in English; none where the lexicon has nothing to say
/// that the letters do not say already.
pub(crate) fn pieces(written: &[Piece], lexicon: &Lexicon) -> Option<Vec<Piece>> {
    let foreign = |piece: &Piece| {
        piece.form.is_none() && !matches!(piece.token.script, Script::Latin | Script::Common)
    };
    if !written.iter().any(foreign) {
        return None;
    }
    let mut out: Vec<Piece> = Vec::with_capacity(written.len() + 4);
    let mut told = false;
    for stretch in written.chunk_by(|a, b| a.form.is_none() && b.form.is_none()) {
        if !stretch.iter().any(foreign) {
            out.extend(stretch.iter().cloned());
            continue;
        }
        let tokens: Vec<Token> = stretch.iter().map(|piece| piece.token.clone()).collect();
        let cut = lexicon.cut_tokens(&tokens);
        let word = |meaning: Meaning| match meaning {
            Meaning::Concept(no) => lexicon.concept(no).filter(|c| c.kind != Kind::Place),
            _ => None,
        };
        // A short run without spaces may be a person, whose given name is a word too.
        let letters: usize = tokens.iter().map(|t| t.plain.chars().count()).sum();
        let short = letters <= 4 && tokens.iter().any(|t| t.script.is_syllabic());
        if short && cut.iter().any(|(s, _, _)| s.meaning == Meaning::Rest) {
            out.extend(stretch.iter().cloned());
            continue;
        }
        told |= cut
            .iter()
            .any(|(s, script, _)| word(s.meaning).is_some() && *script != Script::Latin);
        for (segment, script, text) in cut {
            let (script, plain) = match segment.meaning {
                Meaning::Concept(no) if script != Script::Latin => match lexicon.concept(no) {
                    Some(concept) if concept.kind == Kind::Link => continue,
                    Some(concept) => (Script::Latin, concept.english.clone()),
                    None => (script, text.clone()),
                },
                Meaning::Number(value) => (Script::Common, value.to_string()),
                _ => (script, text.clone()),
            };
            out.push(Piece {
                token: Token {
                    script,
                    plain,
                    shown: text,
                    umlaut: None,
                },
                form: None,
                slight: false,
            });
        }
    }
    told.then_some(out)
}
