//! Rows as they were read: one flat list of cells, and one text that all text cells lie in.

use super::budget::Budget;
use crate::error::Internal;

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Null,
    /// A whole number: a key, a count, a scaled value, a code, or 0 and 1 for false and true.
    Int(i64),
    /// A text.
    Text(&'a str),
}

#[derive(Clone, Copy)]
enum Packed {
    Null,
    Int(i64),
    Text { start: u32, end: u32 },
}

/// The most rows that room is made for before they are there.
const MOST_ROOM: usize = 1 << 15;

/// How many bytes of text a cell has, in the mean: results have twelve.
const TEXT_OF_CELL: usize = 16;

/// What a cell and a parent take: twice their size, since a list of them is made anew where rows are arranged.
const CELL: usize = 2 * size_of::<Packed>();
const PARENT: usize = 2 * size_of::<u32>();

/// The last place in a text that a cell can tell.
const LAST_PLACE: usize = u32::MAX as usize;

/// The rows that one statement gave.
pub struct Rows {
    width: usize,
    cells: Vec<Packed>,
    text: String,
    /// The place of each row's parent, for statements that read for many parents.
    parents: Vec<u32>,
    budget: Budget,
    /// How many bytes more may be held than before these rows.
    room: usize,
}

impl Default for Rows {
    fn default() -> Rows {
        Rows::new(0)
    }
}

impl Rows {
    /// No rows yet, of so many columns.
    pub fn new(width: usize) -> Rows {
        Rows {
            width,
            cells: Vec::new(),
            text: String::new(),
            parents: Vec::new(),
            budget: Budget::default(),
            room: usize::MAX,
        }
    }

    /// The same rows, which may take no more than is left of this.
    #[must_use]
    pub(super) fn within(self, budget: Budget) -> Rows {
        Rows {
            budget,
            room: budget.room(),
            ..self
        }
    }

    /// Makes sure that the rows do not take too much.
    ///
    /// # Errors
    /// [`Internal::Refused`] where they do.
    #[inline]
    pub(super) fn check(&self) -> Result<(), Internal> {
        match self.bytes() <= self.room {
            true => Ok(()),
            false => Err(self.budget.passed()),
        }
    }

    /// How many bytes the rows take.
    pub(super) fn bytes(&self) -> usize {
        self.cells.len() * CELL + self.parents.len() * PARENT + self.text.len()
    }

    /// No rows yet, with room for about so many: a list that grows is copied, and each time into memory that the system
    /// has to clear first.
    pub fn with_room(width: usize, rows: usize) -> Rows {
        let rows = rows.min(MOST_ROOM);
        Rows {
            width,
            cells: Vec::with_capacity(rows * width),
            text: String::with_capacity(rows * width * TEXT_OF_CELL),
            parents: Vec::new(),
            budget: Budget::default(),
            room: usize::MAX,
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len() / self.width.max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// How many columns a row has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The value in a column of a row.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        match self.cells[row * self.width + column] {
            Packed::Null => Cell::Null,
            Packed::Int(number) => Cell::Int(number),
            Packed::Text { start, end } => Cell::Text(&self.text[start as usize..end as usize]),
        }
    }

    /// The whole number in a column of a row; `None` where there is none.
    pub fn int(&self, row: usize, column: usize) -> Option<i64> {
        match self.cell(row, column) {
            Cell::Int(number) => Some(number),
            _ => None,
        }
    }

    /// The text in a column of a row; empty where there is none.
    pub fn text(&self, row: usize, column: usize) -> &str {
        match self.cell(row, column) {
            Cell::Text(text) => text,
            _ => "",
        }
    }

    /// The place of a row's parent; 0 for rows without parents.
    pub fn parent(&self, row: usize) -> usize {
        self.parents.get(row).map_or(0, |parent| *parent as usize)
    }

    /// Roughly how many bytes the rows take when written.
    pub fn written_size(&self) -> usize {
        self.cells.len() * 20 + self.text.len()
    }

    /// Adds the next cell; a row is complete when it has as many cells as there are columns.
    ///
    /// # Errors
    /// [`Internal::Refused`] where a text is longer than there is room for.
    #[inline]
    pub fn push(&mut self, cell: Cell<'_>) -> Result<(), Internal> {
        self.cells.push(match cell {
            Cell::Null => Packed::Null,
            Cell::Int(number) => Packed::Int(number),
            Cell::Text(text) => {
                let start = self.text.len();
                let end = start + text.len();
                if end > self.room.min(LAST_PLACE) {
                    return Err(self.no_room(end));
                }
                self.text.push_str(text);
                Packed::Text {
                    start: start as u32,
                    end: end as u32,
                }
            }
        });
        Ok(())
    }

    /// Why a text cannot end at this place.
    #[cold]
    fn no_room(&self, end: usize) -> Internal {
        match end > LAST_PLACE {
            true => Internal::Broken("the texts of one statement have more than 4 GiB".into()),
            false => self.budget.passed(),
        }
    }

    /// Names the parent of the row that is added next.
    pub fn push_parent(&mut self, parent: u32) {
        self.parents.push(parent);
    }

    /// The rows at these places, in this order; what is not named is dropped.
    #[must_use]
    pub fn arranged(mut self, places: &[u32]) -> Rows {
        let unchanged = places.len() == self.len()
            && places
                .iter()
                .enumerate()
                .all(|(here, place)| here == *place as usize);
        if !unchanged {
            self.cells = places
                .iter()
                .flat_map(|place| {
                    let start = *place as usize * self.width;
                    self.cells[start..start + self.width].iter().copied()
                })
                .collect();
            if !self.parents.is_empty() {
                self.parents = places
                    .iter()
                    .map(|place| self.parents[*place as usize])
                    .collect();
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn rows(width: usize, bytes: usize) -> Rows {
        let limits = Limits {
            loaded: bytes as u64,
            ..Limits::default()
        };
        Rows::new(width).within(Budget::new(limits.loaded()))
    }

    #[test]
    fn rows_are_held_to_their_budget() {
        let mut two = rows(2, 4 * CELL + 2 * PARENT + 5);
        for text in ["abc", "de"] {
            two.push_parent(0);
            two.push(Cell::Int(1)).unwrap();
            two.push(Cell::Text(text)).unwrap();
            two.check().unwrap();
        }
        two.push(Cell::Null).unwrap();
        assert!(matches!(two.check(), Err(Internal::Refused(_))));
    }

    #[test]
    fn a_text_that_is_too_long_is_not_copied() {
        let mut rows = rows(1, 100);
        let refused = rows.push(Cell::Text(&"a".repeat(101)));
        assert!(matches!(refused, Err(Internal::Refused(_))));
        assert_eq!(rows.text, "");
    }

    #[test]
    fn a_text_cannot_end_behind_4_gib() {
        let fault = Rows::new(1).no_room(LAST_PLACE + 1);
        assert!(matches!(fault, Internal::Broken(_)), "{fault:?}");
    }
}
