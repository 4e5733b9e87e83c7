//! Puts results together, one after the other, into the totals of each parent or group, and counts them on the way.
//!
//! What is kept grows with the totals and with what differs within them, never with the results; percentiles alone need
//! every value. What the numbers are worth is decided in [`total`](super::total).

use std::collections::{HashMap, HashSet, hash_map::Entry};

use entity::enums::{Additivity, Precision};

use super::{
    aggregates::{Aggregate, Aggregates, GROUP, Key},
    budget::Budget,
    rows::{Cell, Rows},
    snapshot::Record,
    total::{Total, TotalNumbers},
};
use crate::{
    error::Internal,
    plan::{Aggregated, Share, TotalNeeds, Totals},
    schema::declaration::Measure,
    sql::{SumColumns, TotalColumns},
};

/// Takes the rows of a statement of totals.
pub(super) struct Gatherer<'p> {
    wanted: &'p Totals,
    columns: TotalColumns,
    /// The counts of the plan, not begun.
    counts: Vec<Count>,
    places: HashMap<Key, usize>,
    /// The place of the last result: those of a parent or group mostly come together.
    last: Option<usize>,
    /// The key of the last result.
    key: Key,
    gathered: Vec<Gathered>,
    units: HashMap<i64, usize>,
    unit_rows: Rows,
    objects: HashMap<(usize, i64), String>,
    metrics: HashMap<i64, Metric>,
    budget: Budget,
    /// How many bytes all of it takes, roughly.
    bytes: usize,
}

/// What is counted for a number in a list, in a set, and for an entry of a map: lists and maps have room for twice as many
/// when they have grown.
const LISTED: usize = 16;
const IN_SET: usize = 24;
const IN_MAP: usize = 96;

/// What the catalogue says of a metric.
struct Metric {
    root: i64,
    additivity: i64,
}

/// What was gathered of one parent or group.
struct Gathered {
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

/// What was gathered of one unit and scope.
struct GatheredTotal {
    unit: i64,
    scope: i64,
    results: i64,
    smallest: i64,
    largest: i64,
    /// All values, if a percentile is asked for.
    values: Vec<i64>,
    sum: GatheredSum,
}

/// What was gathered of the results in a sum.
#[derive(Default)]
struct GatheredSum {
    results: i64,
    sum: i128,
    /// Which precisions there are, a bit for each code.
    precisions: u8,
    first_year: Option<i64>,
    has_several_years: bool,
    /// The metrics, ascending. There are few of them in a total.
    metrics: Vec<i64>,
    /// The initiative through which each report's year is in the total, until there are two of one: the first year
    /// apart, since most groups have no other.
    first_initiative: Option<((i64, i64), i64)>,
    initiatives: HashMap<(i64, i64), i64>,
    has_overlap: bool,
}

impl<'p> Gatherer<'p> {
    pub(super) fn new(
        aggregated: &Aggregated,
        wanted: &'p Totals,
        columns: TotalColumns,
        budget: Budget,
    ) -> Gatherer<'p> {
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
        Gatherer {
            wanted,
            columns,
            counts,
            places: HashMap::new(),
            last: None,
            key: Key::new(),
            gathered: Vec::new(),
            units: HashMap::new(),
            unit_rows: Rows::new(wanted.unit.columns.len()),
            objects: HashMap::new(),
            metrics: HashMap::new(),
            budget,
            bytes: 0,
        }
    }

    /// How many bytes all that was gathered takes, roughly.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, record: &dyn Record) -> Result<(), Internal> {
        self.take_row(record)?;
        self.budget.check(self.bytes)
    }

    fn take_row(&mut self, record: &dyn Record) -> Result<(), Internal> {
        let int = |column: usize| record.int(column).unwrap_or_default();
        match (record.int(self.columns.scope), self.columns.sum) {
            (Some(scope), _) => self.take_result(record, scope),
            (None, _) if self.take_object(record)? => {}
            (None, Some(sum)) if record.int(self.columns.unit).is_none() => {
                let metric = Metric {
                    root: int(sum.root),
                    additivity: int(sum.additivity),
                };
                self.metrics.insert(int(sum.metric), metric);
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
        let gathered = &mut self.gathered[place];
        for count in &mut gathered.counts {
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
        let value = int(self.columns.value);
        let totals = gathered.totals.len();
        let total = gathered.total(int(self.columns.unit), scope);
        total.results += 1;
        total.smallest = total.smallest.min(value);
        total.largest = total.largest.max(value);
        let needs = self.wanted.needs;
        if !self.wanted.shares.is_empty() {
            total.values.push(value);
            self.bytes += LISTED;
        }
        if let Some(columns) = self.columns.sum
            && int(columns.contributes) != 0
        {
            self.bytes += total.sum.take(record, columns, value, needs);
        }
        if gathered.totals.len() > totals {
            // The first of a group is all that there is room for.
            let grown = usize::from(totals > 0);
            self.bytes += (1 + grown) * size_of::<GatheredTotal>() + size_of::<Total>();
        }
    }

    /// The place of what was gathered of the parent or group of a result.
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
                self.gathered.push(Gathered {
                    counts: self.counts.clone(),
                    totals: Vec::new(),
                });
                let place = self.gathered.len() - 1;
                self.places.insert(self.key.clone(), place);
                place
            }
        };
        self.last = Some(place);
        place
    }

    /// The aggregates, with each parent's totals in the order of the answer.
    ///
    /// # Errors
    /// [`Internal::Refused`] where the units of all totals take too much.
    pub(super) fn finish(self) -> Result<Aggregates, Internal> {
        let mut all_totals = Vec::new();
        let mut units = Rows::new(self.unit_rows.width()).within(self.budget);
        let mut aggregates = Vec::with_capacity(self.gathered.len());
        // The statement gives every unit that there is.
        let row = |total: &GatheredTotal| self.units.get(&total.unit).copied().unwrap_or_default();
        let code = |total: &GatheredTotal| self.unit_rows.text(row(total), self.wanted.unit_code);
        for mut gathered in self.gathered {
            let start = all_totals.len();
            gathered
                .totals
                .sort_by(|a, b| (code(a), a.scope).cmp(&(code(b), b.scope)));
            for total in gathered.totals {
                for column in 0..units.width() {
                    units.push(self.unit_rows.cell(row(&total), column))?;
                }
                units.check()?;
                all_totals.push(total.finish(self.wanted, &self.metrics));
            }
            aggregates.push(Aggregate {
                counts: gathered.counts.iter().map(Count::finish).collect(),
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

impl Gathered {
    /// What was gathered of a unit and scope.
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
            self.totals.push(GatheredTotal {
                unit,
                scope,
                results: 0,
                smallest: i64::MAX,
                largest: i64::MIN,
                values: Vec::new(),
                sum: GatheredSum::default(),
            });
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

impl GatheredTotal {
    fn finish(mut self, wanted: &Totals, metrics: &HashMap<i64, Metric>) -> Total {
        let needs = wanted.needs;
        let numbers = (needs.sum || needs.caveats).then(|| self.sum.finish(metrics));
        Total::new(
            self.scope,
            self.results,
            needs.extremes.then_some((self.smallest, self.largest)),
            percentiles(&mut self.values, &wanted.shares),
            numbers,
        )
    }
}

impl GatheredSum {
    /// Takes a result, and tells how many bytes it takes beside what there was.
    fn take(
        &mut self,
        record: &dyn Record,
        columns: SumColumns,
        value: i64,
        needs: TotalNeeds,
    ) -> usize {
        let before = (self.metrics.len(), self.initiatives.len());
        let int = |column: usize| record.int(column).unwrap_or_default();
        self.results += 1;
        self.sum += i128::from(value);
        self.precisions |= 1 << (int(columns.precision) & 7);
        let year = int(columns.fiscal_year);
        match self.first_year {
            Some(first) => self.has_several_years |= first != year,
            None => self.first_year = Some(year),
        }
        let metric = int(columns.metric);
        if let Err(place) = self.metrics.binary_search(&metric) {
            if self.metrics.is_empty() {
                self.metrics.reserve_exact(1);
            }
            self.metrics.insert(place, metric);
        }
        if needs.caveats && !self.has_overlap {
            let year = (int(columns.report), year);
            self.has_overlap = self.take_initiative(year, int(columns.initiative));
        }
        (self.metrics.len() - before.0) * LISTED + (self.initiatives.len() - before.1) * IN_MAP
    }

    /// Whether another initiative has contributed to the year of the report.
    fn take_initiative(&mut self, year: (i64, i64), initiative: i64) -> bool {
        match self.first_initiative {
            None => {
                self.first_initiative = Some((year, initiative));
                false
            }
            Some((first, other)) if first == year => other != initiative,
            Some(_) => match self.initiatives.entry(year) {
                Entry::Vacant(place) => {
                    place.insert(initiative);
                    false
                }
                Entry::Occupied(other) => *other.get() != initiative,
            },
        }
    }

    fn finish(&self, metrics: &HashMap<i64, Metric>) -> TotalNumbers {
        let has = |precision: Precision| self.precisions & (1 << precision.code()) != 0;
        let of_metrics = || self.metrics.iter().filter_map(|metric| metrics.get(metric));
        let any = |additivity: Additivity| {
            of_metrics().any(|metric| metric.additivity == i64::from(additivity.code()))
        };
        let first_root = of_metrics().next().map(|metric| metric.root);
        TotalNumbers {
            summed: self.results,
            sum: self.sum,
            has_lower_bound: has(Precision::LowerBound),
            has_upper_bound: has(Precision::UpperBound),
            has_approximate: has(Precision::Approximate),
            has_several_roots: of_metrics().any(|metric| Some(metric.root) != first_root),
            has_several_years: self.has_several_years,
            has_semi_additive: any(Additivity::SemiAdditive),
            has_non_additive: any(Additivity::NonAdditive),
            has_overlap: self.has_overlap,
        }
    }
}

/// For each share the smallest value with at least that share of the values at or below it. There is a value in every
/// total.
fn percentiles(values: &mut [i64], shares: &[Share]) -> Vec<i64> {
    let place = |share: &Share, count| share.rank(count) - 1;
    match shares {
        // To find one value is cheaper than to put all in order.
        [share] => {
            let place = place(share, values.len());
            vec![*values.select_nth_unstable(place).1]
        }
        _ => {
            values.sort_unstable();
            shares
                .iter()
                .map(|share| values[place(share, values.len())])
                .collect()
        }
    }
}
