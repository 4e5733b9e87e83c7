//! Puts results together, one after the other, into the totals of each parent or group, and counts them on the way.
//!
//! What is accumulated of one total is in [`figures`](super::figures); what the numbers are worth is decided in
//! [`total`](super::total).

use std::collections::{HashMap, HashSet};

use super::{
    aggregates::{Aggregate, Aggregates, GROUP, Key},
    budget::Budget,
    catalogue::{Catalogue, Metric},
    figures::{Figure, GatheredTotal},
    rows::{Cell, Rows},
    snapshot::Record,
    total::Total,
};
use crate::{
    error::Internal,
    plan::{Aggregated, Totals},
    schema::declaration::Measure,
    sql::{JudgedColumns, TotalColumns},
};

/// Takes the rows of a statement of totals.
pub(super) struct Accumulator<'p> {
    wanted: &'p Totals,
    columns: TotalColumns,
    /// The counts of the plan, not begun.
    counts: Vec<Count>,
    places: HashMap<Key, usize>,
    /// The place of the last result: those of a parent or group mostly come together.
    last: Option<usize>,
    /// The key of the last result.
    key: Key,
    accumulated: Vec<Accumulated>,
    units: HashMap<i64, usize>,
    unit_rows: Rows,
    objects: HashMap<(usize, i64), String>,
    metrics: Vec<Metric>,
    budget: Budget,
    /// How many bytes all of it takes, roughly, but for what is needed until it is finished.
    bytes: usize,
    /// How many bytes that takes.
    passing: usize,
}

/// What is counted for a number in a set, and for an entry of a map: they have room for twice as many when they have
/// grown.
const IN_SET: usize = 24;
const IN_MAP: usize = 96;

/// What was accumulated of one parent or group.
struct Accumulated {
    counts: Vec<Count>,
    totals: Vec<GatheredTotal>,
}

/// A count under way, with the column it looks at.
#[derive(Clone)]
enum Count {
    Results(i64),
    True(usize, i64),
    Different(usize, HashSet<i64>),
}

impl<'p> Accumulator<'p> {
    pub(super) fn new(
        aggregated: &Aggregated,
        wanted: &'p Totals,
        columns: TotalColumns,
        budget: Budget,
    ) -> Accumulator<'p> {
        let counts = aggregated
            .counts
            .iter()
            .zip(&columns.counts)
            .map(|(measure, column)| match (measure, column) {
                (Measure::CountTrue(_), Some(column)) => Count::True(*column, 0),
                (Measure::CountDistinct(_), Some(column)) => {
                    Count::Different(*column, HashSet::new())
                }
                _ => Count::Results(0),
            })
            .collect();
        Accumulator {
            wanted,
            columns,
            counts,
            places: HashMap::new(),
            last: None,
            key: Key::new(),
            accumulated: Vec::new(),
            units: HashMap::new(),
            unit_rows: Rows::new(wanted.unit.columns.len()),
            objects: HashMap::new(),
            metrics: Vec::new(),
            budget,
            bytes: 0,
            passing: 0,
        }
    }

    /// How many bytes all takes that stays when it is finished, roughly.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, record: &dyn Record) -> Result<(), Internal> {
        self.take_row(record)?;
        self.budget.check(self.bytes + self.passing)
    }

    fn take_row(&mut self, record: &dyn Record) -> Result<(), Internal> {
        let int = |column: usize| record.int(column).unwrap_or_default();
        match (record.int(self.columns.scope), self.columns.judged) {
            (Some(scope), _) => self.take_result(record, scope),
            (None, _) if self.take_object(record)? => {}
            (None, Some(judged)) if record.int(self.columns.unit).is_none() => {
                self.metrics.push(Metric {
                    id: int(judged.metric),
                    parent: record.int(judged.parent),
                    additivity: int(judged.additivity),
                    is_exclusive: int(judged.is_exclusive) != 0,
                });
                self.bytes += IN_MAP;
            }
            (None, _) => {
                self.units
                    .insert(int(self.columns.unit), self.unit_rows.len());
                let first = self.columns.unit_columns;
                let before = self.unit_rows.bytes();
                for column in first..first + self.unit_rows.width() {
                    self.unit_rows.push(record.cell(column)?)?;
                }
                self.bytes += IN_MAP + self.unit_rows.bytes() - before;
            }
        }
        Ok(())
    }

    /// Takes an object that results are grouped by, if the row is of one.
    fn take_object(&mut self, record: &dyn Record) -> Result<bool, Internal> {
        let Some(columns) = self.columns.objects else {
            return Ok(false);
        };
        let (Some(dimension), Some(id)) = (record.int(columns.dimension), record.int(columns.id))
        else {
            return Ok(false);
        };
        if let Cell::Text(text) = record.cell(columns.text)? {
            let place = usize::try_from(dimension).unwrap_or_default();
            self.objects.insert((place, id), text.to_owned());
            self.bytes += IN_MAP + text.len();
        }
        Ok(true)
    }

    fn take_result(&mut self, record: &dyn Record, scope: i64) {
        let int = |column: usize| record.int(column).unwrap_or_default();
        let place = self.place(record);
        let accumulated = &mut self.accumulated[place];
        for count in &mut accumulated.counts {
            match count {
                Count::Results(results) => *results += 1,
                Count::True(column, results) => *results += int(*column),
                Count::Different(column, values) => {
                    if values.insert(int(*column)) {
                        self.bytes += IN_SET;
                    }
                }
            }
        }
        let totals = accumulated.totals.len();
        let total = accumulated.total(int(self.columns.unit), scope);
        let before = total.bytes();
        let mut figure = Figure {
            value: int(self.columns.value),
            precision: int(self.columns.precision) as u8,
            ..Figure::default()
        };
        if let Some(columns) = self.columns.judged {
            judge(&mut figure, record, columns);
        }
        match record.int(self.columns.statement) {
            None | Some(0) => total.take(&figure, self.wanted),
            Some(number) => total.hold(int(self.columns.figure), number, figure),
        }
        self.passing = self.passing + total.bytes() - before;
        if accumulated.totals.len() > totals {
            // The first of a group is all that there is room for.
            let grown = usize::from(totals > 0);
            self.bytes += (1 + grown) * size_of::<GatheredTotal>() + size_of::<Total>();
        }
    }

    /// The place of what was accumulated of the parent or group of a result.
    fn place(&mut self, record: &dyn Record) -> usize {
        let keys = &self.columns.keys;
        let mut values = keys.iter().map(|column| record.int(*column));
        if let Some(last) = self.last
            && self.key.iter().all(|known| values.next() == Some(*known))
        {
            return last;
        }
        self.key.clear();
        let values = keys.iter().map(|column| record.int(*column));
        self.key.extend(values);
        let place = match self.places.get(&self.key) {
            Some(place) => *place,
            None => {
                self.bytes += GROUP + size_of_val(&self.key[..]) + size_of_val(&self.counts[..]);
                self.accumulated.push(Accumulated {
                    counts: self.counts.clone(),
                    totals: Vec::new(),
                });
                let place = self.accumulated.len() - 1;
                self.places.insert(self.key.clone(), place);
                place
            }
        };
        self.last = Some(place);
        place
    }

    /// How many parents and groups have been met.
    pub(super) fn groups(&self) -> usize {
        self.accumulated.len()
    }

    /// The aggregates, with each parent's totals in the order of the answer.
    ///
    /// # Errors
    /// [`Internal::Refused`] where the units of all totals take too much.
    pub(super) fn finish(self) -> Result<Aggregates, Internal> {
        let mut all_totals = Vec::new();
        let mut units = Rows::new(self.unit_rows.width()).within(self.budget);
        let mut aggregates = Vec::with_capacity(self.accumulated.len());
        // The statement gives every unit that there is.
        let row = |total: &GatheredTotal| self.units.get(&total.unit).copied().unwrap_or_default();
        let code = |total: &GatheredTotal| self.unit_rows.text(row(total), self.wanted.unit_code);
        let catalogue = Catalogue::new(&self.metrics);
        for mut accumulated in self.accumulated {
            let start = all_totals.len();
            accumulated
                .totals
                .sort_by(|a, b| (code(a), a.scope).cmp(&(code(b), b.scope)));
            for total in accumulated.totals {
                for column in 0..units.width() {
                    units.push(self.unit_rows.cell(row(&total), column))?;
                }
                units.check()?;
                all_totals.push(total.finish(self.wanted, &catalogue));
            }
            aggregates.push(Aggregate {
                counts: accumulated.counts.iter().map(Count::finish).collect(),
                totals: start..all_totals.len(),
            });
        }
        Ok(Aggregates {
            places: self.places,
            aggregates,
            all_totals,
            units,
            objects: self.objects,
        })
    }
}

impl Accumulated {
    /// What was accumulated of a unit and scope.
    fn total(&mut self, unit: i64, scope: i64) -> &mut GatheredTotal {
        let known = self
            .totals
            .iter()
            .position(|total| total.unit == unit && total.scope == scope);
        let place = known.unwrap_or_else(|| {
            // Most groups have one total, and there may be hundreds of thousands of groups.
            if self.totals.is_empty() {
                self.totals.reserve_exact(1);
            }
            self.totals.push(GatheredTotal::new(unit, scope));
            self.totals.len() - 1
        });
        &mut self.totals[place]
    }
}

impl Count {
    fn finish(&self) -> i64 {
        match self {
            Count::Results(results) | Count::True(_, results) => *results,
            Count::Different(_, values) => values.len() as i64,
        }
    }
}

/// Reads what the rules look at.
fn judge(figure: &mut Figure, record: &dyn Record, columns: JudgedColumns) {
    let int = |column: usize| record.int(column).unwrap_or_default();
    figure.standing = int(columns.standing);
    figure.fiscal_year = int(columns.fiscal_year);
    figure.metric = int(columns.metric);
    figure.report = int(columns.report);
    figure.initiative = int(columns.initiative);
}
