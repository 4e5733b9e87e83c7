//! From bytes to a tree of elements, within bounds. A document type is refused, so there are no
//! entities but the five of XML; nothing is ever fetched. What the elements mean is decided
//! elsewhere.

use quick_xml::NsReader;
use quick_xml::XmlVersion::Implicit1_0;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::text;

/// The largest document, in bytes.
pub(super) const MOST_BYTES: usize = 64 << 20;
/// The most elements; each takes about 150 bytes of memory beside its text.
const MOST_ELEMENTS: usize = 1_000_000;
/// The deepest element; the standard goes down to 9.
const MOST_DEPTH: usize = 32;

/// An element with all that is in it.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name, without a prefix if it is in the namespace of the root.
    pub(super) name: Box<str>,
    /// The line that it begins on, from 1.
    pub(super) line: u64,
    /// Its attributes but for the namespaces, by local name.
    pub(super) attributes: Vec<(Box<str>, Box<str>)>,
    /// All text directly in it.
    pub(super) text: String,
    /// The elements in it, in order.
    pub(super) children: Vec<Element>,
}

/// A document: its root, and the namespace of that.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) root: Element,
    pub(super) namespace: String,
}

/// Why there is no tree.
#[derive(Debug)]
pub(super) struct Fault {
    /// The line, from 1.
    pub(super) line: u64,
    /// What is wrong and what to do.
    pub(super) message: String,
}

impl Element {
    /// An element that nothing is in.
    pub(super) fn nothing(line: u64) -> Self {
        Self {
            name: "".into(),
            line,
            attributes: Vec::new(),
            text: String::new(),
            children: Vec::new(),
        }
    }

    /// The first element in it with this name that is not blank.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        let mut children = self.children.iter();
        children.find(|child| *child.name == *name && !child.is_blank())
    }

    /// All elements in it with this name that are not blank.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        let children = self.children.iter();
        children.filter(move |child| *child.name == *name && !child.is_blank())
    }

    /// The text of the first element with this name, on one line; empty if there is none.
    pub(super) fn label(&self, name: &str) -> String {
        self.child(name)
            .map_or_else(String::new, |child| text::label(&child.text))
    }

    /// The text of the first element with this name, with its lines; empty if there is none.
    pub(super) fn prose(&self, name: &str) -> String {
        self.child(name)
            .map_or_else(String::new, |child| text::prose(&child.text))
    }

    /// The value of an attribute, if it is there and not blank.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| **key == *name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Whether there is no text in it at any depth.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.children.iter().all(Self::is_blank)
    }

    /// Whether there is more in it than what names and numbers elements.
    pub(super) fn says_something(&self) -> bool {
        let names = ["Identifier", "SequenceIndicator", "ReferentIdentifier"];
        let mut children = self.children.iter();
        !self.text.trim().is_empty()
            || children.any(|child| !names.contains(&&*child.name) && child.says_something())
    }

    /// All text in it, on one line.
    pub(super) fn whole_text(&self) -> String {
        let mut whole = text::label(&self.text);
        for child in &self.children {
            let inside = child.whole_text();
            if !whole.is_empty() && !inside.is_empty() {
                whole.push(' ');
            }
            whole.push_str(&inside);
        }
        whole
    }
}

/// Reads a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Document, Fault> {
    let fault = |message: String| Fault { line: 1, message };
    if bytes.len() > MOST_BYTES {
        return Err(fault(format!(
            "is larger than {} MiB; split the report",
            MOST_BYTES >> 20
        )));
    }
    if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) {
        return Err(fault("is UTF-16; save it as UTF-8".to_owned()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| Fault {
        line: 1 + newlines(&bytes[..error.valid_up_to()]),
        message: "is not UTF-8; save it as UTF-8".to_owned(),
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    Tree::new(text).read()
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// A document half read.
struct Tree<'a> {
    text: &'a str,
    reader: NsReader<&'a [u8]>,
    /// How far the lines have been counted, and what they came to.
    counted: usize,
    line: u64,
    elements: usize,
    /// The elements that are open, the root first.
    open: Vec<Element>,
    root: Option<Element>,
    namespace: Option<String>,
}

impl<'a> Tree<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            reader: NsReader::from_str(text),
            counted: 0,
            line: 1,
            elements: 0,
            open: Vec::new(),
            root: None,
            namespace: None,
        }
    }

    fn read(mut self) -> Result<Document, Fault> {
        loop {
            self.count_lines(self.reader.buffer_position());
            let (namespace, event) = match self.reader.read_resolved_event() {
                Ok((namespace, event)) => (namespace_text(&namespace), event),
                Err(error) => {
                    self.count_lines(self.reader.error_position());
                    return Err(self.fault(format!("is not well-formed XML: {error}")));
                }
            };
            match event {
                Event::Start(start) => {
                    let element = self.element(namespace, &start)?;
                    if self.open.len() == MOST_DEPTH {
                        let message =
                            format!("nests more than {MOST_DEPTH} deep; this is not StratML");
                        return Err(self.fault(message));
                    }
                    self.open.push(element);
                }
                Event::Empty(start) => {
                    let element = self.element(namespace, &start)?;
                    self.close(element);
                }
                // The reader has seen that it ends what is open.
                Event::End(_) => {
                    if let Some(element) = self.open.pop() {
                        self.close(element);
                    }
                }
                Event::Text(text) => self.push_text(&text.xml10_content())?,
                Event::CData(text) => self.push_text(&text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let text = self.resolve(&reference)?;
                    self.push_text(&text)?;
                }
                Event::Decl(declaration) => self.check_encoding(&declaration)?,
                Event::DocType(_) => {
                    let message = "has a document type (<!DOCTYPE …>); take it out".to_owned();
                    return Err(self.fault(message));
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        if let Some(open) = self.open.last() {
            let message = format!(
                "ends inside <{}>, which begins on line {}",
                open.name, open.line
            );
            return Err(self.fault(message));
        }
        match (self.root.take(), self.namespace.take()) {
            (Some(root), Some(namespace)) => Ok(Document { root, namespace }),
            _ => Err(self.fault("has no element; give a StratML document".to_owned())),
        }
    }

    /// Counts lines up to a place in the document.
    fn count_lines(&mut self, position: u64) {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        let position = position.clamp(self.counted, self.text.len());
        self.line += newlines(&self.text.as_bytes()[self.counted..position]);
        self.counted = position;
    }

    fn fault(&self, message: String) -> Fault {
        Fault {
            line: self.line,
            message,
        }
    }

    fn element(&mut self, namespace: String, start: &BytesStart<'_>) -> Result<Element, Fault> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            let message = format!("has more than {MOST_ELEMENTS} elements; split the report");
            return Err(self.fault(message));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.fault("has a second element beside the root".to_owned()));
        }
        let local = start.local_name().into_inner().to_owned();
        let of_root = self.namespace.get_or_insert_with(|| namespace.clone());
        let name = match *of_root == namespace {
            true => local,
            false => format!("{{{namespace}}}{local}"),
        };
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute
                .map_err(|error| self.fault(format!("is not well-formed XML: {error}")))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute
                .normalized_value(Implicit1_0)
                .map_err(|error| self.fault(format!("is not well-formed XML: {error}")))?;
            let key = attribute.key.local_name().into_inner().into();
            attributes.push((key, value.into()));
        }
        Ok(Element {
            name: name.into(),
            line: self.line,
            attributes,
            text: String::new(),
            children: Vec::new(),
        })
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn push_text(&mut self, text: &str) -> Result<(), Fault> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(self.fault("has text outside of the root element".to_owned())),
        }
        Ok(())
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<String, Fault> {
        if let Some(char) = reference
            .resolve_char_ref()
            .map_err(|error| self.fault(format!("is not well-formed XML: {error}")))?
        {
            return Ok(char.into());
        }
        let name = reference.xml10_content();
        match resolve_predefined_entity(&name) {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.fault(format!(
                "uses the entity &{name};, which XML does not know; write the character itself"
            ))),
        }
    }

    fn check_encoding(&self, declaration: &BytesDecl<'_>) -> Result<(), Fault> {
        let Some(Ok(encoding)) = declaration.encoding() else {
            return Ok(());
        };
        match ["utf-8", "utf8", "us-ascii"].contains(&&*encoding.to_ascii_lowercase()) {
            true => Ok(()),
            false => Err(self.fault(format!(
                "says that it is {encoding:?}; save it as UTF-8, and say so in its first line"
            ))),
        }
    }
}

fn namespace_text(namespace: &ResolveResult<'_>) -> String {
    match namespace {
        ResolveResult::Bound(namespace) => namespace.into_inner().to_owned(),
        ResolveResult::Unbound => String::new(),
        ResolveResult::Unknown(prefix) => prefix.clone(),
    }
}
