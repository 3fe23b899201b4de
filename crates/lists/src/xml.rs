//! Cuts an XML file into record trees.
//!
//! A parser names the elements that are its records; each is handed over as a
//! small tree when its end tag is read, and forgotten after. So memory is that of
//! one record, and a parser is written as one looks at a record, not as a state
//! machine over tags.
//!
//! Namespaces are read past: no official list uses one name in two of them.
//! Entities other than the five of XML and numbered characters are refused, and
//! so is a document type: no official list has one, and what it could define
//! (texts that swell, files from elsewhere) has no place in a list.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};

use crate::budget::{Budget, READ_AHEAD};
use crate::fault::{At, Effect, Fault, Refused};
use crate::gather::{Limits, VALUE};

/// Elements in one another; official lists have at most twelve.
const DEEPEST: usize = 64;

/// One record as the file has it.
#[derive(Default)]
pub(crate) struct Tree {
    text: String,
    nodes: Vec<Inner>,
    attrs: Vec<(Piece, Piece)>,
}

#[derive(Clone, Copy, Default)]
struct Piece {
    from: usize,
    to: usize,
}

struct Inner {
    name: Piece,
    text: Piece,
    attrs: (usize, usize),
    /// First node after this one's subtree.
    end: usize,
    at: At,
}

/// An element of a record.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    tree: &'a Tree,
    index: usize,
}

impl<'a> Node<'a> {
    fn inner(self) -> &'a Inner {
        &self.tree.nodes[self.index]
    }

    fn piece(self, piece: Piece) -> &'a str {
        &self.tree.text[piece.from..piece.to]
    }

    /// Its name without prefix.
    pub(crate) fn name(self) -> &'a str {
        self.piece(self.inner().name)
    }

    /// Where its tag begins.
    pub(crate) fn at(self) -> At {
        self.inner().at
    }

    /// Its own text without that of its children, trimmed.
    pub(crate) fn text(self) -> &'a str {
        self.piece(self.inner().text).trim()
    }

    /// An attribute, by its name without prefix; empty where there is none.
    pub(crate) fn attr(self, name: &str) -> &'a str {
        self.attrs()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// All attributes in the file's order, names without prefix.
    pub(crate) fn attrs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (from, to) = self.inner().attrs;
        self.tree.attrs[from..to]
            .iter()
            .map(move |(key, value)| (self.piece(*key), self.piece(*value)))
    }

    /// Its child elements in order.
    pub(crate) fn children(self) -> impl Iterator<Item = Node<'a>> {
        let end = self.inner().end;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let node = Node {
                    tree: self.tree,
                    index: next,
                };
                next = node.inner().end;
                node
            })
        })
    }

    /// Its children of a name.
    pub(crate) fn all(self, name: &str) -> impl Iterator<Item = Node<'a>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// Its first child of a name.
    pub(crate) fn child(self, name: &str) -> Option<Node<'a>> {
        self.all(name).next()
    }

    /// The text of its first child of a name; empty where there is none.
    pub(crate) fn text_of(self, name: &str) -> &'a str {
        self.child(name).map_or("", Node::text)
    }

    /// The grandchildren `inner` of its children `outer`: `akaList/aka`.
    pub(crate) fn within(self, outer: &str, inner: &str) -> impl Iterator<Item = Node<'a>> {
        self.all(outer).flat_map(move |list| list.all(inner))
    }
}

/// What [`records`] hands over.
pub(crate) enum Piecewise<'a> {
    /// The tag of the root or of an element around records. Its attributes are there,
    /// its children are not.
    Open(Node<'a>),
    /// The tag of an element that is none of these. What is in it is passed over, but for
    /// records.
    Unknown(Node<'a>),
    /// A record with all that is in it.
    Record(Node<'a>),
}

/// Kinds of elements that are told; more are not told apart.
const KINDS_TOLD: usize = 1_000;

/// The kinds of elements beside the records that a file has and nobody knows.
#[derive(Default)]
pub(crate) struct Unknown(BTreeSet<String>);

impl Unknown {
    /// The fault of such an element; none where its kind has been told.
    pub(crate) fn fault(&mut self, node: Node<'_>) -> Option<Fault> {
        let name = node.name();
        if self.0.contains(name) || self.0.len() >= KINDS_TOLD {
            return None;
        }
        self.0.insert(name.to_owned());
        Some(Fault {
            at: node.at(),
            record: None,
            field: Some(name.to_owned()),
            what: format!("the element \"{name}\" is not known here, and not read"),
            effect: Effect::PartMissing,
            next: "compare the file with the publisher's page; report it, so that the layout is learned"
                .to_owned(),
        })
    }
}

/// Reads a file to its end. Elements named in `wanted` are records, wherever they
/// stand outside of one another; those named in `around` and the root may hold them.
pub(crate) fn records(
    bytes: impl BufRead,
    around: &[&str],
    wanted: &[&str],
    limits: Limits,
    mut take: impl FnMut(Piecewise<'_>) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let longest = limits.record;
    let left = Cell::new(0);
    let mut text = 0;
    let mut reader = quick_xml::Reader::from_reader(Budget::new(bytes, &left));
    let mut place = Place::default();
    let mut buffer = Vec::new();
    let mut building = Building::default();
    // Names of open elements outside of records, so that a cut-off file is told.
    let mut outside = 0_usize;
    // How many of them stand around an element that is not known.
    let mut unknown = None;
    let mut seen_root = false;
    loop {
        buffer.clear();
        let from = reader.buffer_position();
        left.set(longest.saturating_add(READ_AHEAD));
        let event = reader.read_event_into(&mut buffer);
        let at = place.at(from);
        let event = match event {
            Ok(event) => event,
            Err(_) if left.get() == 0 => return Err(too_big(at, longest)),
            Err(error) => return Err(refusal(&error, at)),
        };
        let inside = !building.open.is_empty();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let empty = matches!(event, Event::Empty(_));
                let name = tag.local_name().into_inner();
                if !inside && outside == 0 && seen_root {
                    return Err(Refused::malformed(at, "a second root element"));
                }
                let is_known = !seen_root || around.contains(&name);
                seen_root = true;
                if inside || wanted.contains(&name) {
                    building.open(tag, name, at, longest)?;
                    if empty {
                        building.close();
                        if !inside {
                            text += building.weight();
                            limits.room_for(text, at)?;
                            take(Piecewise::Record(building.tree.root()))?;
                            building.tree.clear();
                        }
                    }
                } else {
                    if unknown.is_none() {
                        building.open(tag, name, at, longest)?;
                        building.close();
                        let root = building.tree.root();
                        take(if is_known {
                            Piecewise::Open(root)
                        } else {
                            Piecewise::Unknown(root)
                        })?;
                        building.tree.clear();
                        if !is_known && !empty {
                            unknown = Some(outside);
                        }
                    }
                    outside += usize::from(!empty);
                }
            }
            Event::End(_) if inside => {
                building.close();
                if building.open.is_empty() {
                    text += building.weight();
                    limits.room_for(text, at)?;
                    take(Piecewise::Record(building.tree.root()))?;
                    building.tree.clear();
                }
            }
            Event::End(_) => {
                outside = outside.saturating_sub(1);
                unknown = unknown.filter(|around| *around < outside);
            }
            Event::Text(text) => {
                if inside {
                    building.text(text, at, longest)?;
                } else if outside == 0 && text.chars().any(|c| !c.is_whitespace()) {
                    let what = if seen_root {
                        "text after the last element"
                    } else {
                        "text before the first element"
                    };
                    return Err(Refused::malformed(at, what));
                }
            }
            Event::CData(data) if inside => building.text(data, at, longest)?,
            Event::GeneralRef(name) => {
                let character = resolve(name, at)?;
                if inside {
                    building.text(character.encode_utf8(&mut [0; 4]), at, longest)?;
                }
            }
            Event::DocType(_) => {
                return Err(Refused::malformed(
                    at,
                    "a document type, which no official list has",
                ));
            }
            Event::Decl(declared) => encoding(declared, at)?,
            Event::Eof => {
                return if inside || outside > 0 {
                    Err(Refused::CutOff {
                        at,
                        what: "an element is not closed".to_owned(),
                    })
                } else if seen_root {
                    Ok(())
                } else {
                    Err(Refused::Empty)
                };
            }
            Event::CData(_) | Event::Comment(_) | Event::PI(_) => {}
        }
        place.pass(from, &event);
    }
}

impl Tree {
    fn root(&self) -> Node<'_> {
        Node {
            tree: self,
            index: 0,
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.nodes.clear();
        self.attrs.clear();
    }

    fn put(&mut self, text: &str) -> Piece {
        let from = self.text.len();
        self.text.push_str(text);
        Piece {
            from,
            to: self.text.len(),
        }
    }
}

/// A tree in the making.
#[derive(Default)]
struct Building {
    tree: Tree,
    /// Indices of the elements that are open.
    open: Vec<usize>,
    /// The text of each open element so far, kept for the next of its depth.
    texts: Vec<String>,
}

impl Building {
    fn open(
        &mut self,
        tag: &BytesStart<'_>,
        name: &str,
        at: At,
        longest: usize,
    ) -> Result<(), Refused> {
        let depth = self.open.len();
        if depth == DEEPEST {
            return Err(Refused::TooBig {
                at,
                what: format!("more than {DEEPEST} elements within one another"),
            });
        }
        let name = self.tree.put(name);
        let first = self.tree.attrs.len();
        for attribute in tag.attributes() {
            let attribute = attribute
                .map_err(|error| Refused::malformed(at, format!("an attribute: {error}")))?;
            let key = attribute.key.local_name().into_inner();
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| Refused::malformed(at, format!("an attribute: {error}")))?;
            let pair = (self.tree.put(key), self.tree.put(&value));
            self.tree.attrs.push(pair);
        }
        self.tree.nodes.push(Inner {
            name,
            text: Piece::default(),
            attrs: (first, self.tree.attrs.len()),
            end: 0,
            at,
        });
        self.open.push(self.tree.nodes.len() - 1);
        match self.texts.get_mut(depth) {
            Some(text) => text.clear(),
            None => self.texts.push(String::new()),
        }
        self.within(at, longest)
    }

    fn text(&mut self, text: &str, at: At, longest: usize) -> Result<(), Refused> {
        self.texts[self.open.len() - 1].push_str(text);
        self.within(at, longest)
    }

    fn close(&mut self) {
        // Called only with an element open; the reader checks that tags pair.
        let Some(index) = self.open.pop() else { return };
        let text = std::mem::take(&mut self.texts[self.open.len()]);
        let piece = self.tree.put(&text);
        self.texts[self.open.len()] = text;
        let end = self.tree.nodes.len();
        let node = &mut self.tree.nodes[index];
        node.text = piece;
        node.end = end;
    }

    /// About what a record takes.
    fn weight(&self) -> u64 {
        let values = self.tree.nodes.len() + self.tree.attrs.len();
        self.tree.text.len() as u64 + values as u64 * VALUE
    }

    fn within(&self, at: At, longest: usize) -> Result<(), Refused> {
        let open: usize = self.texts[..self.open.len()].iter().map(String::len).sum();
        if self.tree.text.len() + open > longest || self.tree.nodes.len() > longest / 8 {
            return Err(too_big(at, longest));
        }
        Ok(())
    }
}

fn too_big(at: At, longest: usize) -> Refused {
    Refused::TooBig {
        at,
        what: format!("a record of more than {longest} bytes"),
    }
}

/// Lines, counted as the events go by.
#[derive(Default)]
struct Place {
    /// Line ends so far.
    lines: u64,
    /// Byte after the last line end.
    line_start: u64,
}

impl Place {
    fn at(&self, position: u64) -> At {
        At {
            line: self.lines + 1,
            column: position.saturating_sub(self.line_start) + 1,
        }
    }

    fn pass(&mut self, from: u64, event: &Event<'_>) {
        // What stands before the content in the file: `<`, `</`, `<![CDATA[`.
        let lead = match event {
            Event::Text(_) => 0,
            Event::CData(_) => 9,
            Event::End(_) | Event::PI(_) | Event::Decl(_) => 2,
            Event::Comment(_) => 4,
            _ => 1,
        };
        let bytes = event.as_bytes();
        let ends = memchr::memchr_iter(b'\n', bytes).count() as u64;
        if ends > 0 {
            self.lines += ends;
            let last = memchr::memrchr(b'\n', bytes).unwrap_or(0) as u64;
            self.line_start = from + lead + last + 1;
        }
    }
}

fn resolve(name: &str, at: At) -> Result<char, Refused> {
    let number = name.strip_prefix('#').map(|digits| {
        match digits.strip_prefix('x').or(digits.strip_prefix('X')) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits.parse(),
        }
    });
    let character = match (name, number) {
        ("amp", _) => Some('&'),
        ("lt", _) => Some('<'),
        ("gt", _) => Some('>'),
        ("quot", _) => Some('"'),
        ("apos", _) => Some('\''),
        (_, Some(Ok(code))) => char::from_u32(code).filter(|c| *c != '\0'),
        _ => None,
    };
    character.ok_or_else(|| {
        Refused::malformed(
            at,
            format!("\"&{name};\" stands for nothing that XML defines"),
        )
    })
}

fn encoding(declared: &quick_xml::events::BytesDecl<'_>, at: At) -> Result<(), Refused> {
    let Some(Ok(name)) = declared.encoding() else {
        return Ok(());
    };
    if name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("us-ascii") {
        return Ok(());
    }
    Err(Refused::Malformed {
        at,
        what: format!("the file says that it is written in {name}"),
        next: "save it as UTF-8, and say so in its first line",
    })
}

fn refusal(error: &quick_xml::Error, at: At) -> Refused {
    use quick_xml::Error;
    match error {
        Error::Io(error) => Refused::Unreadable {
            at,
            what: error.to_string(),
        },
        Error::Syntax(
            SyntaxError::UnclosedTag
            | SyntaxError::UnclosedCData
            | SyntaxError::UnclosedComment
            | SyntaxError::UnclosedPI
            | SyntaxError::UnclosedXmlDecl
            | SyntaxError::UnclosedDoctype
            | SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue,
        )
        | Error::IllFormed(IllFormedError::MissingEndTag(_)) => Refused::CutOff {
            at,
            what: error.to_string(),
        },
        Error::Encoding(_) => Refused::Malformed {
            at,
            what: "bytes that are not UTF-8".to_owned(),
            next: "take the file again from the publisher, or save it as UTF-8",
        },
        other => Refused::malformed(at, other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, wanted: &[&str]) -> Result<Vec<String>, Refused> {
        let mut out = Vec::new();
        let limits = Limits {
            record: 1 << 16,
            ..Limits::default()
        };
        records(text.as_bytes(), &["x"], wanted, limits, |piece| {
            out.push(match piece {
                Piecewise::Unknown(node) => format!("unknown {}", node.name()),
                Piecewise::Open(node) => format!("open {} {:?}", node.name(), node.attr("d")),
                Piecewise::Record(node) => format!(
                    "{}:{} {} [{}] {:?}",
                    node.at().line,
                    node.at().column,
                    node.name(),
                    node.children()
                        .map(|c| format!("{}={}", c.name(), c.text()))
                        .collect::<Vec<_>>()
                        .join(","),
                    node.text()
                ),
            });
            Ok(())
        })?;
        Ok(out)
    }

    #[test]
    fn records_come_whole_with_their_place() {
        let text = "<?xml version=\"1.0\"?>\n<l:list xmlns:l='x' d='1 &amp; 2'>\n  <r><n>A &lt; B&#x41;</n><n/>t\n</r>\n<r/><x><r><n><![CDATA[a\n<b>]]></n></r></x></l:list>\n";
        assert_eq!(
            shown(text, &["r"]).unwrap(),
            [
                "open list \"1 & 2\"",
                "3:3 r [n=A < BA,n=] \"t\"",
                "5:1 r [] \"\"",
                "open x \"\"",
                "5:8 r [n=a\n<b>] \"\""
            ]
        );
    }

    #[test]
    fn an_element_that_is_not_known_is_handed_over_once_and_its_records_are_read() {
        let text = "<l><x><r/></x><y><n>A</n><z><r/></z></y><z/><x><r/></x></l>";
        assert_eq!(
            shown(text, &["r"]).unwrap(),
            [
                "open l \"\"",
                "open x \"\"",
                "1:7 r [] \"\"",
                "unknown y",
                "1:29 r [] \"\"",
                "unknown z",
                "open x \"\"",
                "1:48 r [] \"\""
            ]
        );
    }

    #[test]
    fn what_is_no_whole_list_is_refused() {
        let cut = |text| matches!(shown(text, &["r"]), Err(Refused::CutOff { .. }));
        assert!(cut("<l><r><n>a</n>"));
        assert!(cut("<l><r>"));
        assert!(cut("<l>"));
        assert!(cut("<l><r/></"));
        assert!(cut("<l"));
        let malformed = |text| matches!(shown(text, &["r"]), Err(Refused::Malformed { .. }));
        assert!(malformed("<l><r></n></l>"));
        assert!(malformed("<l/><l/>"));
        assert!(malformed("<l/>x"));
        assert!(malformed("x<l/>"));
        assert!(malformed("<l><r>&bomb;</r></l>"));
        assert!(malformed("<l>&bomb;</l>"));
        assert!(malformed("<l><r a='&bomb;'/></l>"));
        assert!(malformed("<!DOCTYPE l [<!ENTITY bomb 'x'>]><l/>"));
        assert!(malformed("<?xml version='1.0' encoding='utf-16'?><l/>"));
        assert!(malformed("<l><r>&#0;</r></l>"));
        assert_eq!(shown("", &["r"]), Err(Refused::Empty));
    }

    #[test]
    fn depth_and_length_have_limits() {
        let deep = "<r>".repeat(100);
        assert!(matches!(shown(&deep, &["r"]), Err(Refused::TooBig { .. })));
        let long = format!("<l><r>{}</r></l>", "x".repeat(1 << 17));
        assert!(matches!(shown(&long, &["r"]), Err(Refused::TooBig { .. })));
        let many = format!("<l><r>{}</r></l>", "<a/>".repeat(1 << 14));
        assert!(matches!(shown(&many, &["r"]), Err(Refused::TooBig { .. })));
    }
}
