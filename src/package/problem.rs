//! What is wrong with a package: all of it at once, each with its place, the value found, what was
//! expected and what to do.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::PathBuf;

use serde::Serialize;

use super::rows;

/// Characters of a value that are kept beside a problem.
const VALUE_CHARACTERS: usize = 200;

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
    /// A file is another one than when it was checked.
    #[error("{file} was changed while it was read; import the package again")]
    Changed {
        /// The file of the package.
        file: &'static str,
    },
    /// The files are there and their content is not a valid package.
    #[error("{0}")]
    Invalid(Problems),
}

impl PackageError {
    /// The same as problems, for whoever lists them.
    pub fn into_problems(self) -> Problems {
        match self {
            Self::Invalid(problems) => problems,
            Self::Changed { file } => {
                let mut problems = Problems::default();
                let message = "was changed while it was read";
                let help = "read the package again";
                problems.note(Rule::Unreadable, Place::file(file), message, help);
                problems
            }
            Self::Unreadable { path, source } => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                let place = Place::file(name.to_string_lossy().into_owned());
                let (message, help) = match source.kind() {
                    io::ErrorKind::NotFound => (
                        "there is no such file or folder".to_owned(),
                        "check the path",
                    ),
                    _ => (
                        format!("cannot be read: {source}"),
                        "check what it is and that you may read it",
                    ),
                };
                let mut problems = Problems::default();
                problems.note(Rule::Unreadable, place, message, help);
                problems
            }
        }
    }
}

/// Whether a problem keeps a package from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The package is not valid.
    Error,
    /// The package is valid; something in it is left out of account.
    Warning,
}

/// Gives each rule its name for machines, from one table.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $name:literal),+ $(,)?) => {
        /// What a problem is about. Names stay as they are: scripts rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Rule { $($(#[$doc])* $rule),+ }

        impl Rule {
            /// All rules.
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// The name for machines.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$rule => $name),+ }
            }
        }
    };
}

rules! {
    /// A file or folder cannot be read at all.
    Unreadable = "unreadable",
    /// The path is neither a folder, a `.zip` nor an `.xlsx`.
    NotAPackage = "not-a-package",
    /// An archive or workbook is damaged, encrypted, or compressed in another way than by deflate.
    BadArchive = "bad-archive",
    /// An archive has an entry whose name could lead out of it, or that is a link.
    UnsafeEntry = "unsafe-entry",
    /// An archive has two entries of one name, or two packages.
    Ambiguous = "ambiguous",
    /// An archive unpacks to more than is allowed, or far more than its size suggests.
    TooLarge = "too-large",
    /// A file is no StratML document: not XML, with a document type, too deep, or of something else.
    NotStratml = "not-stratml",
    /// A StratML document lacks what a report must have.
    Incomplete = "incomplete",
    /// Part of a StratML document has no place in a package. A warning.
    LeftOut = "left-out",
    /// A StratML document does not say what a package must say, and it was assumed. A warning.
    Assumed = "assumed",
    /// A StratML document is not as the standard wants it, and was read all the same. A warning.
    Tolerated = "tolerated",
    /// A file or sheet of a package is missing.
    MissingFile = "missing-file",
    /// `datapackage.json` is not a descriptor of this package.
    Descriptor = "descriptor",
    /// A file is not UTF-8, or not CSV with commas.
    NotCsv = "not-csv",
    /// A column is not known. A warning: it is left out of account.
    UnknownColumn = "unknown-column",
    /// A column is there twice.
    DuplicateColumn = "duplicate-column",
    /// A required column is missing.
    MissingColumn = "missing-column",
    /// A row has more or fewer cells than the header.
    CellCount = "cell-count",
    /// A required cell is empty.
    MissingValue = "missing-value",
    /// A cell is filled in that only makes sense beside another one.
    UnexpectedValue = "unexpected-value",
    /// A text begins or ends with white space or holds a NUL, or a code holds white space.
    BadText = "bad-text",
    /// A cell of a workbook holds a formula error or a duration.
    BadCell = "bad-cell",
    /// A cell is not one of the words that it may be.
    UnknownWord = "unknown-word",
    /// A cell is not a whole number in the range that it may have.
    BadInteger = "bad-integer",
    /// A figure is not plain, or cannot be stored exactly.
    BadFigure = "bad-figure",
    /// A date is not in ISO 8601, does not exist, or ends before it begins.
    BadDate = "bad-date",
    /// A URL does not begin with `https://` or `http://`.
    BadUrl = "bad-url",
    /// A SHA-256 is not 64 lower-case hexadecimal digits.
    BadSha256 = "bad-sha256",
    /// Two rows have the same key.
    DuplicateKey = "duplicate-key",
    /// Two rows have the same position under one parent.
    DuplicatePosition = "duplicate-position",
    /// A reference leads to no row.
    DanglingReference = "dangling-reference",
    /// A chain of references leads back to where it began.
    Cycle = "cycle",
    /// A part has another unit, fiscal year or scope than its whole, or is more than it.
    PartMismatch = "part-mismatch",
}

impl Rule {
    /// Whether breaking the rule keeps a package from being read.
    pub const fn severity(self) -> Severity {
        match self {
            Self::UnknownColumn | Self::LeftOut | Self::Assumed | Self::Tolerated => {
                Severity::Warning
            }
            _ => Severity::Error,
        }
    }
}

/// Where something is wrong. Shown as `results.csv:17: value`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Name of the file in the package, or of the sheet in the workbook.
    pub file: Cow<'static, str>,
    /// Line of the file that the row begins on, or row of the sheet, from 1; `None` if it is about
    /// the whole file.
    pub line: Option<u64>,
    /// Name of the column; `None` if it is about the whole row or file.
    pub column: Option<Cow<'static, str>>,
}

impl Place {
    /// A whole file.
    pub(super) fn file(file: impl Into<Cow<'static, str>>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
        }
    }

    /// A whole row.
    pub(super) fn row(file: &'static str, line: u64) -> Self {
        Self {
            line: Some(line),
            ..Self::file(file)
        }
    }

    /// A cell of a row.
    pub(super) fn cell(file: &'static str, line: u64, column: &'static str) -> Self {
        Self {
            column: Some(column.into()),
            ..Self::row(file, line)
        }
    }

    /// A column that may not be one of ours.
    pub(super) fn column(file: &'static str, line: Option<u64>, column: &str) -> Self {
        Self {
            file: file.into(),
            line,
            column: Some(column.escape_debug().to_string().into()),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": {column}")?;
        }
        Ok(())
    }
}

/// Something that is wrong with a package. Shown as `results.csv:17: value: "12,5" is …; write …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule that is broken.
    pub rule: Rule,
    /// Where.
    pub place: Place,
    /// The value found there, shortened; `None` where it is not about one value.
    pub value: Option<String>,
    /// What is wrong, and what was expected.
    pub message: String,
    /// What to do.
    pub help: Cow<'static, str>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            message,
            help,
            ..
        } = self;
        write!(f, "{place}: {message}; {help}")
    }
}

/// All problems of a package, by file in the order of reading, then by check. The errors are
/// shown one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    errors: usize,
    /// Whether the tables are sheets of a workbook, which are not named like files.
    sheets: bool,
}

impl Problems {
    /// None yet, of the sheets of a workbook.
    pub(super) fn of_sheets(mut self) -> Self {
        self.sheets = true;
        self
    }

    /// The problems, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// How many are errors.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many are warnings.
    pub fn warnings(&self) -> usize {
        self.list.len() - self.errors
    }

    /// Notes that a rule is broken.
    pub(super) fn note(
        &mut self,
        rule: Rule,
        mut place: Place,
        message: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) -> &mut Problem {
        if let Cow::Borrowed(file) = place.file {
            place.file = self.shown(file).into();
        }
        self.put(Problem {
            rule,
            place,
            value: None,
            message: message.into(),
            help: help.into(),
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Notes a problem that was found elsewhere.
    pub(super) fn put(&mut self, problem: Problem) {
        self.errors += usize::from(problem.rule.severity() == Severity::Error);
        self.list.push(problem);
    }

    /// Whether the tables are sheets of a workbook.
    pub(super) fn are_of_sheets(&self) -> bool {
        self.sheets
    }

    /// What a file of a package is called here: `results.csv`, or `results` as a sheet.
    pub(super) fn shown(&self, file: &'static str) -> &'static str {
        match file.strip_suffix(".csv") {
            Some(sheet) if self.sheets && rows::FILES.contains(&file) => sheet,
            _ => file,
        }
    }

    /// Good if there is no error; the warnings.
    pub(super) fn into_result(self) -> Result<Self, PackageError> {
        if self.errors == 0 {
            Ok(self)
        } else {
            Err(PackageError::Invalid(self))
        }
    }
}

impl Problem {
    /// The same, about this value.
    pub(super) fn value(&mut self, value: &str) {
        self.value = Some(shortened(value));
    }
}

/// A value as it can be shown: cut where it is long.
pub(super) fn shortened(value: &str) -> String {
    match value.char_indices().nth(VALUE_CHARACTERS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self
            .list
            .iter()
            .filter(|problem| problem.rule.severity() == Severity::Error);
        for (place, problem) in errors.enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}
