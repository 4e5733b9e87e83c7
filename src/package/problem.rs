//! What is wrong with a package: all of it at once, each with its place and what to do.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why there is no [`Package`](super::Package).
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The files are there and their content is not a valid package.
    #[error("{0}")]
    Invalid(Problems),
}

/// Something that is wrong with a package. Shown as `results.csv:17: value: "12,5" is …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the file.
    pub file: &'static str,
    /// Line that the row begins on, from 1; `None` if it is about the whole file.
    pub line: Option<u64>,
    /// Name of the column; `None` if it is about the whole row or file.
    pub column: Option<&'static str>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ": {column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// All problems of a package, by file in the order of reading, then by check. Shown one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// Notes a problem of a whole file.
    pub(super) fn file(&mut self, file: &'static str, message: impl Into<String>) {
        self.0.push(Problem {
            file,
            line: None,
            column: None,
            message: message.into(),
        });
    }

    /// Notes a problem of a whole row.
    pub(super) fn row(&mut self, file: &'static str, line: u64, message: impl Into<String>) {
        self.0.push(Problem {
            file,
            line: Some(line),
            column: None,
            message: message.into(),
        });
    }

    /// Notes a problem of one cell.
    pub(super) fn cell(
        &mut self,
        file: &'static str,
        line: u64,
        column: &'static str,
        message: impl Into<String>,
    ) {
        self.0.push(Problem {
            file,
            line: Some(line),
            column: Some(column),
            message: message.into(),
        });
    }

    /// How many there are so far.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Good if there is no problem.
    pub(super) fn into_result(self) -> Result<(), PackageError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(PackageError::Invalid(self))
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}
