//! What the reader had to leave out, make up or overlook, so that nothing is lost in silence.

use std::collections::HashMap;
use std::fmt;

use super::rows::FILE;
use crate::package::problem::{Place, Problems, Rule};

/// Notices that are kept. Beyond it they are only counted.
const MOST: usize = 1_000;

/// Characters of a text of the document that are shown in a notice.
const EXCERPT_CHARACTERS: usize = 80;

/// Why there is a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// The content has no place in a package and is not in it.
    LeftOut,
    /// The document does not say something that a package must say; the reader chose it.
    Assumed,
    /// The document is not as the standard wants it, and was read all the same.
    Tolerated,
}

/// Something that a reader of the package should know about how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Why there is a notice.
    pub kind: NoticeKind,
    /// Line of the document that the element begins on, from 1.
    pub line: u64,
    /// The element and the one around it: `Goal/Stakeholder`.
    pub element: String,
    /// What was found and what was done.
    pub message: String,
    /// How many more of the same there are further down.
    pub more: usize,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.element, self.message)?;
        match self.more {
            0 => Ok(()),
            more => write!(f, " ({more} more)"),
        }
    }
}

/// The notices of a document: the first thousand, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    beyond: usize,
    /// Where the notices are that stand for all of their kind.
    shared: HashMap<(String, String), usize>,
}

impl Notices {
    /// The notices, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Notice> {
        self.list.iter()
    }

    /// How many there are beyond those that are kept.
    pub fn beyond(&self) -> usize {
        self.beyond
    }

    /// The notices as warnings, each at its line and element.
    pub(in crate::package) fn into_warnings(self, problems: &mut Problems) {
        for notice in self.list {
            let (rule, help) = match notice.kind {
                NoticeKind::LeftOut => (
                    Rule::LeftOut,
                    "keep the document beside the package if you need it",
                ),
                NoticeKind::Assumed => (Rule::Assumed, "see that it is right"),
                NoticeKind::Tolerated => (Rule::Tolerated, "nothing has to be done"),
            };
            let more = match notice.more {
                0 => String::new(),
                more => format!(" ({more} more)"),
            };
            let place = Place::column(FILE, Some(notice.line), &notice.element);
            problems.note(rule, place, format!("{}{more}", notice.message), help);
        }
        if self.beyond > 0 {
            let message = format!("has {} more things to say of it", self.beyond);
            let help = "the first thousand are listed";
            problems.note(Rule::LeftOut, Place::file(FILE), message, help);
        }
    }

    /// Notes one thing.
    pub(super) fn note(
        &mut self,
        kind: NoticeKind,
        line: u64,
        element: impl Into<String>,
        message: impl Into<String>,
    ) {
        if self.list.len() == MOST {
            self.beyond += 1;
            return;
        }
        self.list.push(Notice {
            kind,
            line,
            element: element.into(),
            message: message.into(),
            more: 0,
        });
    }

    /// Notes something that is likely to be found many times: one notice stands for all.
    pub(super) fn note_once(
        &mut self,
        kind: NoticeKind,
        line: u64,
        element: impl Into<String>,
        message: impl Into<String>,
    ) {
        let key = (element.into(), message.into());
        match self.shared.get(&key) {
            Some(place) => self.list[*place].more += 1,
            None if self.list.len() == MOST => self.beyond += 1,
            None => {
                self.shared.insert(key.clone(), self.list.len());
                self.note(kind, line, key.0, key.1);
            }
        }
    }
}

/// A text of the document as a notice shows it: quoted, and cut where it is long.
pub(super) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT_CHARACTERS) {
        Some((end, _)) => format!("{:?}", format!("{}…", &text[..end])),
        None => format!("{text:?}"),
    }
}
