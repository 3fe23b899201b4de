//! Lines that fold, and colour that only repeats what the words say.

use textwrap::WordSplitter;
use unicode_width::UnicodeWidthStr;

/// Narrower than this nothing folds well.
pub const NARROWEST: usize = 60;
/// Wider than this nobody reads.
pub const WIDEST: usize = 100;
/// Narrower than this nobody reads a title that shares its line.
const LEAST_LEFT: usize = 36;

/// What a stretch of text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As is.
    Plain,
    /// A heading.
    Strong,
    /// Small print.
    Faint,
    /// Stops a deal.
    Stop,
    /// Wants an answer.
    Ask,
}

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\x1b[1m",
            Self::Faint => "\x1b[2m",
            Self::Stop => "\x1b[1;31m",
            Self::Ask => "\x1b[1;33m",
        }
    }
}

/// Text being laid out.
#[derive(Debug)]
pub struct Page {
    text: String,
    width: usize,
    colour: bool,
}

impl Page {
    /// An empty page, `width` columns wide within sense.
    pub fn new(width: usize, colour: bool) -> Self {
        Self {
            text: String::new(),
            width: width.clamp(NARROWEST, WIDEST),
            colour,
        }
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The text in a tone.
    pub fn tone(&self, tone: Tone, text: &str) -> String {
        if self.colour && tone != Tone::Plain && !text.is_empty() {
            format!("{}{text}\x1b[0m", tone.code())
        } else {
            text.to_owned()
        }
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line as it stands.
    pub fn raw(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Text that folds under `first`, every later line under `indent` spaces.
    pub fn fold(&mut self, first: &str, indent: usize, tone: Tone, text: &str) {
        let rest = " ".repeat(indent);
        let room = self.width.saturating_sub(indent).max(20);
        for (at, line) in fold(&printable(text), room).iter().enumerate() {
            let lead = if at == 0 { first } else { &rest };
            let line = self.tone(tone, line);
            self.raw(&format!("{lead}{line}"));
        }
    }

    /// `  label   text`, the text folding in its own column.
    pub fn label(&mut self, indent: usize, label: &str, wide: usize, text: &str) {
        let lead = format!("{}{}", " ".repeat(indent), pad(label, wide));
        self.fold(&lead, indent + wide, Tone::Plain, text);
    }

    /// A left part that folds, and a right part flush with the edge; below it where that
    /// would leave the left a column too narrow to read.
    pub fn both_ends(&mut self, first: &str, indent: usize, tone: Tone, left: &str, right: &str) {
        if self.width < indent + right.width() + 2 + LEAST_LEFT {
            self.fold(first, indent, tone, left);
            return self.fold(&" ".repeat(indent), indent, Tone::Faint, right);
        }
        let room = self
            .width
            .saturating_sub(indent + right.width() + 2)
            .max(LEAST_LEFT);
        let lines = fold(&printable(left), room);
        for (at, line) in lines.iter().enumerate() {
            let painted = self.tone(tone, line);
            if at == 0 {
                let used = indent + line.width();
                let gap = self.width.saturating_sub(used + right.width());
                let right = self.tone(Tone::Faint, right);
                self.raw(&format!("{first}{painted}{}{right}", " ".repeat(gap)));
            } else {
                self.raw(&format!("{}{painted}", " ".repeat(indent)));
            }
        }
    }

    /// The page.
    pub fn finish(self) -> String {
        self.text
    }
}

/// The text in lines of at most `room` columns. Ids break at spaces only, so that
/// they can be copied. A no-break space keeps what is around it on one line, and is
/// printed as a space.
fn fold(text: &str, room: usize) -> Vec<String> {
    let options = textwrap::Options::new(room).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options)
        .into_iter()
        .map(|line| line.replace('\u{a0}', " "))
        .collect()
}

/// `text` padded to `wide` columns, counting double-width characters as two.
pub fn pad(text: &str, wide: usize) -> String {
    let gap = wide.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(gap))
}

/// The text without control characters: a list or a deal must not be able to
/// move the cursor or change the colour of a terminal.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_bidi_control(*c))
        .collect()
}

/// Characters that reorder the text around them.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_cannot_drive_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\nd"), "a[31mbc d");
    }

    #[test]
    fn nothing_is_wider_than_the_page() {
        let mut page = Page::new(60, false);
        let long =
            "新疆维吾尔自治区公安厅 and a long line of Latin text that has to fold somewhere";
        page.both_ends("1  STOP  ", 9, Tone::Strong, long, "grave · strong");
        page.label(3, "Next", 8, long);
        for line in page.finish().lines() {
            assert!(line.width() <= 60, "{} {line}", line.width());
        }
    }
}
