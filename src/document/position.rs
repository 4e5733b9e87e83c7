//! Lines and columns of a text. Nothing here knows what the text says.

use async_graphql::Pos;

/// Where the lines of a text begin, in bytes. A line ends with a line feed, a carriage return, or both together.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of this text.
    pub(super) fn of(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(place, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(place + 1) != Some(&b'\n'),
            _ => false,
        });
        Lines(
            std::iter::once(0)
                .chain(ends.map(|(place, _)| place + 1))
                .collect(),
        )
    }

    /// The line and the column, in characters and from 1, of the character that begins at this byte of the same text.
    pub(super) fn position(&self, text: &str, offset: usize) -> Pos {
        let line = self.0.partition_point(|start| *start <= offset);
        let start = self.0[line - 1];
        Pos {
            line,
            column: text[start..offset].chars().count() + 1,
        }
    }
}

/// The position of one byte, where no other is asked for.
pub(super) fn position(text: &str, offset: usize) -> Pos {
    Lines::of(text).position(text, offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_any_of_three_ways() {
        for text in ["a\né?", "a\r\né?", "a\ré?"] {
            let place = text.find('?').unwrap();
            assert_eq!(
                position(text, place),
                Pos { line: 2, column: 2 },
                "{text:?}"
            );
            assert_eq!(position(text, 0), Pos { line: 1, column: 1 });
        }
        assert_eq!(position("\n", 1), Pos { line: 2, column: 1 });
        // Characters that other programs take for ends of lines are none.
        assert_eq!(position("\u{2028}a", 3), Pos { line: 1, column: 2 });
    }
}
