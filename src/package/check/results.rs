//! Results, one after the other: a package may have millions, so they are not kept.
//!
//! Of each row some 44 bytes stay until all have been read: a hash of its key, its position, and what a part is compared with.
//! That is enough to find the rows that something may be wrong with. Only those, and what parts belong to, are then read
//! again and kept, for the other checks to say what it is: this module notes nothing that rows say of each other.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use entity::enums::{Precision, Scope};
use entity::keys;

use super::Rows;
use crate::package::PackageError;
use crate::package::problem::Problems;
use crate::package::results::{Wholes, to_place};
use crate::package::rows::{ReportedResult, Row};
use crate::package::source::Files;
use crate::package::table::{Placed, Reading, Table};

/// What was learned from reading all results once.
pub(in crate::package) struct Overview {
    /// How many rows could be read.
    pub(in crate::package) count: usize,
    /// See [`Reading::fingerprint`].
    pub(in crate::package) fingerprint: u64,
    /// What each part is a part of.
    pub(in crate::package) wholes: Wholes,
    complete: bool,
    /// The places of rows that something may be wrong with, with all parts and wholes; none if all is well.
    suspects: Vec<u32>,
}

/// Reads all results, noting what is wrong with their cells. `rows` are those of the other files.
pub(in crate::package) fn overview(
    files: &mut Files,
    rows: &Rows,
    problems: &mut Problems,
) -> Result<Overview, PackageError> {
    let Some(mut reading) = Reading::<ReportedResult>::begin(files, problems)? else {
        return Ok(Overview {
            count: 0,
            fingerprint: 0,
            wholes: Wholes::default(),
            complete: false,
            suspects: Vec::new(),
        });
    };
    let mut seen = Seen::new(rows);
    while let Some(row) = reading.next(problems)? {
        seen.add(&row);
    }
    let (fingerprint, complete) = (reading.fingerprint(), reading.is_complete());
    let count = seen.figures.len();
    let (wholes, suspects) = seen.judge();
    Ok(Overview {
        count,
        fingerprint,
        wholes,
        complete,
        suspects,
    })
}

impl Overview {
    /// The rows that the other checks have to look at: none if all is well.
    pub(in crate::package) fn suspects(
        &self,
        files: &mut Files,
    ) -> Result<Table<ReportedResult>, PackageError> {
        let mut table = Table::unreadable();
        table.complete = self.complete;
        if self.suspects.is_empty() {
            return Ok(table);
        }
        // What is wrong with cells has been noted.
        let mut noted = Problems::default();
        let Some(mut reading) = Reading::begin(files, &mut noted)? else {
            return Ok(table);
        };
        let mut suspects = self.suspects.iter().peekable();
        let mut place = 0;
        while let Some(row) = reading.next(&mut noted)? {
            if suspects.next_if_eq(&&place).is_some() {
                table.rows.push(row);
            }
            place += 1;
        }
        Ok(table)
    }
}

/// What has been seen of the results so far.
struct Seen {
    /// Each initiative of the package, by natural key: the number of its report.
    initiatives: HashMap<String, u32>,
    /// The agency, fiscal year and slug of the initiative of the last row, and the number of its report.
    last: Option<(String, i32, String, Option<u32>)>,
    /// The numbers of reports, by natural key.
    reports: HashMap<String, u32>,
    /// Each metric, by natural key: the number of its unit.
    metrics: HashMap<String, u32>,
    /// Hashes with keys drawn at random: that two of a million differing natural keys have one is as likely as 1 in 37
    /// million, and cannot be brought about.
    hasher: RandomState,
    /// The hash of each row's natural key, and its place.
    keys: Vec<(u64, u32)>,
    /// The number of the report of each sound row, its position, and its place.
    positions: Vec<(u32, i32, u32)>,
    figures: Vec<Figure>,
    /// The place of each part, and the hash of the natural key of its whole.
    parts: Vec<(u32, u64)>,
    suspects: Vec<u32>,
}

/// What a part is compared with.
struct Figure {
    value: i64,
    unit: u32,
    fiscal_year: i16,
    scope: Scope,
    precision: Precision,
}

impl Figure {
    /// Whether a part fits into this whole.
    fn holds(&self, part: &Self) -> bool {
        let bounded = matches!(self.precision, Precision::Exact | Precision::UpperBound);
        self.unit == part.unit
            && self.fiscal_year == part.fiscal_year
            && self.scope == part.scope
            && !(bounded && part.value > self.value)
    }
}

impl Seen {
    fn new(rows: &Rows) -> Self {
        let mut reports = HashMap::new();
        let initiatives = rows.initiatives.rows.iter().map(|placed| {
            let report = keys::report(&placed.row.agency, placed.row.fiscal_year);
            (placed.row.natural_key(), number(&mut reports, report))
        });
        let initiatives: HashMap<String, u32> = initiatives.collect();
        let mut units = HashMap::new();
        let metrics = rows.metrics.rows.iter().map(|placed| {
            let unit = keys::unit(&placed.row.unit);
            (placed.row.natural_key(), number(&mut units, unit))
        });
        Self {
            initiatives,
            last: None,
            reports,
            metrics: metrics.collect(),
            hasher: RandomState::new(),
            keys: Vec::new(),
            positions: Vec::new(),
            figures: Vec::new(),
            parts: Vec::new(),
            suspects: Vec::new(),
        }
    }

    /// Takes the next row.
    fn add(&mut self, placed: &Placed<ReportedResult>) {
        let row = &placed.row;
        let place = to_place(self.figures.len());
        let initiative = self.report_of(row);
        let unit = self.metrics.get(&keys::metric(&row.metric)).copied();
        if !placed.sound || initiative.is_none() || unit.is_none() {
            self.suspects.push(place);
        }
        self.keys
            .push((self.hasher.hash_one(row.natural_key()), place));
        if placed.sound {
            let report = initiative.unwrap_or_else(|| {
                let report = keys::report(&row.agency, row.report_fiscal_year);
                number(&mut self.reports, report)
            });
            self.positions.push((report, row.position, place));
        }
        if let Some(whole) = row.whole_key() {
            self.parts.push((place, self.hasher.hash_one(whole)));
        }
        self.figures.push(Figure {
            value: row.value,
            unit: unit.unwrap_or(u32::MAX),
            fiscal_year: i16::try_from(row.fiscal_year).unwrap_or_default(),
            scope: row.scope,
            precision: row.precision,
        });
    }

    /// The number of the report of a result's initiative; `None` if the package has no such initiative.
    fn report_of(&mut self, row: &ReportedResult) -> Option<u32> {
        // Results mostly come initiative by initiative.
        if let Some((agency, year, slug, report)) = &self.last
            && *agency == row.agency
            && *year == row.report_fiscal_year
            && *slug == row.initiative
        {
            return *report;
        }
        let report = self.initiatives.get(&row.initiative_key()).copied();
        let (agency, slug) = (row.agency.clone(), row.initiative.clone());
        self.last = Some((agency, row.report_fiscal_year, slug, report));
        report
    }

    /// What is a part of what, and which rows have to be looked at.
    fn judge(mut self) -> (Wholes, Vec<u32>) {
        self.keys.sort_unstable();
        for pair in self.keys.windows(2) {
            if pair[0].0 == pair[1].0 {
                self.suspects.extend([pair[0].1, pair[1].1]);
            }
        }
        self.positions.sort_unstable();
        for pair in self.positions.windows(2) {
            if (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1) {
                self.suspects.extend([pair[0].2, pair[1].2]);
            }
        }
        let mut wholes = Vec::with_capacity(self.parts.len());
        let mut unfit = Vec::new();
        for (part, key) in &self.parts {
            let first = self.keys.partition_point(|(hash, _)| hash < key);
            match self.keys.get(first).filter(|(hash, _)| hash == key) {
                Some((_, whole)) => {
                    wholes.push((*part, *whole));
                    let figure = |place: &u32| &self.figures[*place as usize];
                    if !figure(whole).holds(figure(part)) {
                        unfit.push(*part);
                    }
                }
                None => unfit.push(*part),
            }
        }
        let wholes = Wholes::new(wholes);
        self.suspects.extend(unfit);
        self.suspects.extend(wholes.in_circles());
        if !self.suspects.is_empty() {
            self.suspects.extend(wholes.places());
            self.suspects
                .extend(self.parts.iter().map(|(part, _)| *part));
        }
        self.suspects.sort_unstable();
        self.suspects.dedup();
        (wholes, self.suspects)
    }
}

/// The number of a key: that of the same key before, or the next one.
fn number(numbers: &mut HashMap<String, u32>, key: String) -> u32 {
    let next = to_place(numbers.len());
    *numbers.entry(key).or_insert(next)
}
