//! What StratML has no element for, as lines in `OtherInformation`:
//!
//! ```text
//! annals result: {"key":"removed","metric":"removals","precision":"EXACT"}
//! ```
//!
//! A kind of row, and as JSON the cells of its row under the names of the package's columns. What
//! a line says is stronger than the element that would hold the same.

use std::collections::BTreeMap;

use super::text;

/// What every line begins with.
const MARK: &str = "annals ";

/// A kind of row, as lines name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowKind {
    Agency,
    Report,
    Goal,
    Division,
    Unit,
    Metric,
    Initiative,
    Result,
}

impl RowKind {
    const ALL: [(Self, &str); 8] = [
        (Self::Agency, "agency"),
        (Self::Report, "report"),
        (Self::Goal, "goal"),
        (Self::Division, "division"),
        (Self::Unit, "unit"),
        (Self::Metric, "metric"),
        (Self::Initiative, "initiative"),
        (Self::Result, "result"),
    ];

    fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, name)| name)
    }
}

/// Cells by the names of their columns.
pub(super) type Cells = BTreeMap<String, String>;

/// What is in an `OtherInformation`.
#[derive(Debug, Default)]
pub(super) struct OtherInformation {
    /// The text that is none of our lines.
    pub(super) free: String,
    /// Our lines, in order.
    pub(super) lines: Vec<(RowKind, Cells)>,
}

impl OtherInformation {
    /// Whether annals wrote the element around it.
    pub(super) fn is_ours(&self) -> bool {
        !self.lines.is_empty()
    }

    /// The cells of the first line of a kind.
    pub(super) fn first(&self, kind: RowKind) -> Option<&Cells> {
        let found = self.lines.iter().find(|(of, _)| *of == kind);
        found.map(|(_, cells)| cells)
    }
}

/// Takes our lines out of an `OtherInformation`. A line that only looks like one is text.
pub(super) fn split(other: &str) -> OtherInformation {
    let mut free = Vec::new();
    let mut lines = Vec::new();
    for line in other.lines() {
        match parse(line.trim()) {
            Some(found) => lines.push(found),
            None => free.push(line),
        }
    }
    OtherInformation {
        free: text::prose(&free.join("\n")),
        lines,
    }
}

fn parse(line: &str) -> Option<(RowKind, Cells)> {
    let (name, json) = line.strip_prefix(MARK)?.split_once(": ")?;
    let (kind, _) = RowKind::ALL.iter().find(|(_, other)| *other == name)?;
    Some((*kind, serde_json::from_str(json).ok()?))
}

/// A line for some cells of a row; empty cells are left out.
pub(super) fn line(kind: RowKind, cells: &[(&str, &str)]) -> String {
    let mut json = serde_json::Map::new();
    for (column, cell) in cells.iter().filter(|(_, cell)| !cell.is_empty()) {
        json.insert((*column).to_owned(), (*cell).into());
    }
    let json = serde_json::Value::Object(json).to_string();
    let mut line = format!("{MARK}{}: ", kind.name());
    for char in json.chars() {
        // JSON leaves some characters as they are that XML cannot hold; all are in strings.
        match text::is_xml(char) {
            true => line.push(char),
            false => line.push_str(&format!("\\u{:04x}", u32::from(char))),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_back_whatever_is_in_it() {
        let odd = "a\n\"b\" \\ \u{1}\u{FFFE}\r \u{2028} ]]> & < 目";
        let written = line(
            RowKind::Result,
            &[("key", "k"), ("note", odd), ("as_of", "")],
        );
        assert_eq!(written.lines().count(), 1);
        assert!(written.chars().all(text::is_xml));
        let read = split(&written);
        assert_eq!(read.free, "");
        let cells = read.first(RowKind::Result).unwrap();
        assert_eq!(cells.len(), 2);
        assert_eq!(cells["note"], odd);
    }

    #[test]
    fn other_lines_are_text() {
        let other = "  Removals rose.\n annals result: {\"key\":\"k\"}\nannals result: no JSON\nannals river: {}\n";
        let read = split(other);
        assert_eq!(
            read.free,
            "Removals rose.\nannals result: no JSON\nannals river: {}"
        );
        assert_eq!(read.lines.len(), 1);
    }
}
