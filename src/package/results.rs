//! The results of a checked package, which stay in their file: an import reads them again, as often as it has to.

use std::borrow::Cow;

use super::check::Overview;
use super::rows::{ReportedResult, Row};
use super::source::Files;
use super::table::Reading;
use super::{Lines, Opened, Package, PackageError, Problems, chain};

/// Results from which on a package is large.
pub(super) const LARGE: usize = 10_000;

/// A data package that has passed all checks, with its results where they were.
pub struct Checked {
    /// All of it, but for results that are in a file.
    pub(super) content: Package,
    /// `None` if the results are in `content`, since they came with all else in one document.
    pub(super) results: Option<ResultsFile>,
    pub(super) warnings: Problems,
    pub(super) lines: Lines,
}

impl Checked {
    /// The package. There may be no results in it, and never are if they have a file of their own.
    pub fn content(&self) -> &Package {
        &self.content
    }

    /// How many results it has.
    pub fn result_count(&self) -> usize {
        match &self.results {
            Some(file) => file.count,
            None => self.content.results.len(),
        }
    }

    /// Whether it has so many results that an import into SQLite had better prepare for it; see
    /// [`CommandStore::begin_large`](crate::store::CommandStore::begin_large).
    pub fn is_large(&self) -> bool {
        self.result_count() >= LARGE
    }

    /// What was left out of account. There are no errors among them.
    pub fn warnings(&self) -> &Problems {
        &self.warnings
    }

    /// Where the rows are that reports share.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Reads the results too.
    pub(super) fn into_opened(mut self) -> Result<Opened, PackageError> {
        if let Some(file) = &mut self.results {
            let mut reading = ResultsReading::begin(file)?;
            while let Some(row) = reading.next()? {
                self.content.results.push(row.into_owned());
            }
        }
        Ok(Opened {
            package: self.content,
            warnings: self.warnings,
            lines: self.lines,
        })
    }
}

/// The file of the results, which has been checked.
pub(super) struct ResultsFile {
    files: Files,
    count: usize,
    fingerprint: u64,
    wholes: Wholes,
}

impl ResultsFile {
    pub(super) fn new(files: Files, overview: Overview) -> Self {
        Self {
            files,
            count: overview.count,
            fingerprint: overview.fingerprint,
            wholes: overview.wholes,
        }
    }
}

/// Results that can be read from the first to the last, several times.
pub(super) enum Results<'a> {
    /// They are in memory.
    Held(&'a [ReportedResult], Wholes),
    /// They are in a file.
    File(&'a mut ResultsFile),
}

impl Results<'_> {
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Held(rows, _) => rows.len(),
            Self::File(file) => file.count,
        }
    }

    /// What each part is a part of.
    pub(super) fn wholes(&self) -> &Wholes {
        match self {
            Self::Held(_, wholes) => wholes,
            Self::File(file) => &file.wholes,
        }
    }

    /// Begins at the first row.
    pub(super) fn read(&mut self) -> Result<ResultsReading<'_>, PackageError> {
        match self {
            Self::Held(rows, _) => Ok(ResultsReading::Held(rows.iter())),
            Self::File(file) => ResultsReading::begin(file),
        }
    }

    /// Reads all rows once more.
    ///
    /// # Errors
    ///
    /// If they are not what they were when they were checked.
    pub(super) fn read_to_end(&mut self) -> Result<(), PackageError> {
        let mut reading = self.read()?;
        while reading.next()?.is_some() {}
        Ok(())
    }
}

/// Results on their way, one after the other.
pub(super) enum ResultsReading<'a> {
    Held(std::slice::Iter<'a, ReportedResult>),
    File {
        reading: Box<Reading<'a, ReportedResult>>,
        /// What the file had when it was checked.
        fingerprint: u64,
    },
}

impl<'a> ResultsReading<'a> {
    fn begin(file: &'a mut ResultsFile) -> Result<Self, PackageError> {
        let fingerprint = file.fingerprint;
        let mut noted = Problems::default();
        match Reading::begin(&mut file.files, &mut noted)? {
            Some(reading) => Ok(Self::File {
                reading: Box::new(reading),
                fingerprint,
            }),
            None => Err(changed()),
        }
    }

    /// The next result; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not as it was when it was checked. That is known for sure only at its end: until
    /// then, rows may come that no check has seen.
    pub(super) fn next(&mut self) -> Result<Option<Cow<'a, ReportedResult>>, PackageError> {
        let (reading, fingerprint) = match self {
            Self::Held(rows) => return Ok(rows.next().map(Cow::Borrowed)),
            Self::File {
                reading,
                fingerprint,
            } => (reading, *fingerprint),
        };
        let mut noted = Problems::default();
        let row = reading.next(&mut noted)?;
        let is_as_checked = match row {
            Some(_) => noted.errors() == 0,
            None => reading.is_complete() && reading.fingerprint() == fingerprint,
        };
        match is_as_checked {
            true => Ok(row.map(|placed| Cow::Owned(placed.row))),
            false => Err(changed()),
        }
    }
}

fn changed() -> PackageError {
    PackageError::Changed {
        file: ReportedResult::FILE,
    }
}

/// What each part is a part of: the places of results in their file, from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Wholes {
    /// Of the part, and of its whole; by part.
    pairs: Vec<(u32, u32)>,
}

impl Wholes {
    /// From the places of parts and of their wholes.
    pub(super) fn new(mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        Self { pairs }
    }

    /// The place of the whole of a part; `None` if the row is no part.
    pub(super) fn of(&self, part: u32) -> Option<u32> {
        let pair = self.pairs.binary_search_by_key(&part, |pair| pair.0);
        Some(self.pairs[pair.ok()?].1)
    }

    /// Each part with all that it is in, at any distance. There must be no circles.
    pub(super) fn closure(&self) -> impl Iterator<Item = (u32, u32)> {
        self.pairs.iter().flat_map(|(part, whole)| {
            std::iter::successors(Some(*whole), |whole| self.of(*whole))
                .map(move |whole| (*part, whole))
        })
    }

    /// The places of all parts and wholes, some several times.
    pub(super) fn places(&self) -> impl Iterator<Item = u32> {
        self.pairs.iter().flat_map(|(part, whole)| [*part, *whole])
    }

    /// The places of parts that are part of themselves.
    pub(super) fn in_circles(&self) -> Vec<u32> {
        let mut places: Vec<u32> = self.places().collect();
        places.sort_unstable();
        places.dedup();
        // `chain` wants numbers without gaps.
        let number = |place: u32| places.binary_search(&place).ok();
        let up: Vec<Option<usize>> = places
            .iter()
            .map(|place| number(self.of(*place)?))
            .collect();
        let circles = chain::cycles(&up).concat();
        circles.into_iter().map(|number| places[number]).collect()
    }
}

/// A place in a file as it is kept. No file has four billion rows that anybody waits for; beyond that, rows share a place.
pub(super) fn to_place(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
