//! What is accumulated of one total, figure by figure.
//!
//! What is kept grows with the metrics and initiatives of a total and not with its results: contributions of the same are
//! put together whenever there have come to be twice as many. Percentiles need every value, and figures that several
//! reports publish are kept until it is known which statement is the latest.

use entity::enums::{Additivity, Precision};

use super::{
    catalogue::{Catalogue, MetricPlace},
    overlap::{self, Contribution},
    total::{Amount, Origin, Total, TotalNumbers},
};
use crate::{
    plan::{Share, Totals},
    sql::Standing,
};

/// One result, as far as a total looks at it.
#[derive(Clone, Copy, Default)]
pub(super) struct Figure {
    pub(super) value: i64,
    /// Code of its precision.
    pub(super) precision: u8,
    /// Code of its [`Standing`].
    pub(super) standing: i64,
    pub(super) fiscal_year: i64,
    pub(super) metric: i64,
    pub(super) report: i64,
    pub(super) initiative: i64,
}

impl Figure {
    fn stands(&self, standing: Standing) -> bool {
        self.standing == standing as i64
    }

    /// What it proves there is: nothing if it is rounded, an upper bound or negative.
    fn proven(&self) -> Option<i64> {
        let proves = [Precision::Exact, Precision::LowerBound]
            .into_iter()
            .any(|precision| self.is(precision));
        (proves && self.value >= 0).then_some(self.value)
    }

    fn is(&self, precision: Precision) -> bool {
        i16::from(self.precision) == precision.code()
    }
}

/// A value with the code of its precision.
type Reported = (i64, u8);

/// A statement of a figure that other reports publish too.
struct Statement {
    figure: i64,
    number: i64,
    result: Figure,
}

/// What was accumulated of one unit and scope.
pub(super) struct GatheredTotal {
    pub(super) unit: i64,
    pub(super) scope: i64,
    results: i64,
    smallest: Option<Reported>,
    largest: Option<Reported>,
    /// All values, if a percentile is asked for.
    values: Vec<Reported>,
    /// Where they are from, if that is asked for.
    origin: Origin,
    sum: GatheredSum,
    held: Vec<Statement>,
}

/// What was accumulated of the results in a sum.
#[derive(Default)]
struct GatheredSum {
    results: i64,
    sum: i128,
    /// Which precisions there are, a bit for each code.
    precisions: u8,
    contributions: Vec<Contribution>,
    /// How many contributions there were after those of the same metric, initiative and year had been put together last.
    different: usize,
}

/// Fewer contributions than this are not put together: most totals have a few.
const FEW: usize = 1024;

impl GatheredTotal {
    pub(super) fn new(unit: i64, scope: i64) -> GatheredTotal {
        GatheredTotal {
            unit,
            scope,
            results: 0,
            smallest: None,
            largest: None,
            values: Vec::new(),
            origin: Origin::default(),
            sum: GatheredSum::default(),
            held: Vec::new(),
        }
    }

    /// How many bytes it takes beside its own place.
    pub(super) fn bytes(&self) -> usize {
        self.values.capacity() * size_of::<Reported>()
            + self.held.capacity() * size_of::<Statement>()
            + self.sum.contributions.capacity() * size_of::<Contribution>()
    }

    /// Keeps a statement of a figure that other reports publish too.
    pub(super) fn hold(&mut self, figure: i64, number: i64, result: Figure) {
        self.held.push(Statement {
            figure,
            number,
            result,
        });
    }

    /// Takes a result that counts.
    pub(super) fn take(&mut self, result: &Figure, wanted: &Totals) {
        let reported = (result.value, result.precision);
        self.results += 1;
        if wanted.needs.extremes {
            // Of figures of the same value it is the one that claims least.
            let smallest = self.smallest.get_or_insert(reported);
            if (reported.0, smallest.1) < (smallest.0, reported.1) {
                *smallest = reported;
            }
            self.largest = self.largest.max(Some(reported));
        }
        if !wanted.shares.is_empty() {
            self.values.push(reported);
        }
        if wanted.needs.origin {
            self.origin.take(result.report, result.fiscal_year);
        }
        if wanted.needs.judged && result.stands(Standing::Alone) {
            self.sum.take(result);
        }
    }

    /// Takes, of each figure that several reports publish, what the latest of them says. How many of the figures had
    /// another value before.
    fn take_latest(&mut self, wanted: &Totals) -> i64 {
        let mut held = std::mem::take(&mut self.held);
        held.sort_unstable_by_key(|statement| (statement.figure, statement.number));
        let mut restated = 0;
        for figure in held.chunk_by(|left, right| left.figure == right.figure) {
            let mut reports = figure.chunk_by(|left, right| left.number == right.number);
            let Some(latest) = reports.next_back() else {
                continue;
            };
            for statement in latest {
                self.take(&statement.result, wanted);
            }
            restated += i64::from(reports.any(|earlier| worth(earlier) != worth(latest)));
        }
        restated
    }

    pub(super) fn finish(mut self, wanted: &Totals, catalogue: &Catalogue) -> Total {
        let restated = self.take_latest(wanted);
        let extremes = self.smallest.zip(self.largest);
        let sum = std::mem::take(&mut self.sum);
        let numbers = wanted.needs.judged.then(|| sum.finish(restated, catalogue));
        Total {
            extremes: extremes
                .map(|(smallest, largest)| (Amount::reported(smallest), Amount::reported(largest))),
            percentiles: percentiles(&mut self.values, &wanted.shares),
            origin: self.origin,
            ..Total::new(self.scope, self.results, numbers)
        }
    }
}

/// What one report says of a figure. It may give a whole and its part under one key.
fn worth(statements: &[Statement]) -> i128 {
    let results = statements.iter().map(|statement| &statement.result);
    results
        .filter(|result| !result.stands(Standing::PartOfItsFigure))
        .map(|result| i128::from(result.value))
        .sum()
}

impl GatheredSum {
    fn take(&mut self, result: &Figure) {
        self.results += 1;
        self.sum += i128::from(result.value);
        self.precisions |= 1 << (result.precision & 7);
        let contribution = Contribution {
            fiscal_year: result.fiscal_year,
            metric: result.metric,
            initiative: result.initiative,
            proven: result.proven(),
        };
        let last = self.contributions.last_mut();
        if last.is_some_and(|last| last.join(&contribution)) {
            return;
        }
        // Most groups have one, and there may be hundreds of thousands of groups.
        if self.contributions.is_empty() {
            self.contributions.reserve_exact(1);
        }
        let is_full = self.contributions.len() == self.contributions.capacity();
        if is_full && self.contributions.len() >= FEW.max(2 * self.different) {
            overlap::put_together(&mut self.contributions);
            self.different = self.contributions.len();
        }
        self.contributions.push(contribution);
    }

    fn finish(mut self, restated: i64, catalogue: &Catalogue) -> TotalNumbers {
        let metrics = self.metrics(catalogue);
        let found = overlap::find(&mut self.contributions, &metrics, catalogue);
        let has = |precision: Precision| self.precisions & (1 << precision.code()) != 0;
        let mut years = self.contributions.iter().map(|one| one.fiscal_year);
        let first_year = years.next();
        let any = |additivity| {
            metrics
                .iter()
                .any(|metric| catalogue.is(*metric, additivity))
        };
        let mut roots = metrics.iter().map(|metric| catalogue.root(*metric));
        let first_root = roots.next();
        TotalNumbers {
            summed: self.results,
            sum: self.sum,
            has_lower_bound: has(Precision::LowerBound),
            has_upper_bound: has(Precision::UpperBound),
            has_approximate: has(Precision::Approximate),
            has_several_roots: roots.any(|root| Some(root) != first_root),
            has_several_years: years.any(|year| Some(year) != first_year),
            has_semi_additive: any(Additivity::SemiAdditive),
            has_non_additive: any(Additivity::NonAdditive),
            has_overlap: found.has_overlap,
            at_least: found.at_least,
            restated,
        }
    }

    /// The metrics of the results, each once, in the order of the catalogue.
    fn metrics(&self, catalogue: &Catalogue) -> Vec<MetricPlace> {
        let mut ids: Vec<i64> = self.contributions.iter().map(|one| one.metric).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut places: Vec<MetricPlace> = ids
            .into_iter()
            .filter_map(|metric| catalogue.place(metric))
            .collect();
        places.sort_unstable();
        places
    }
}

/// For each share the smallest figure with at least that share of the values at or below it. There is a value in every
/// total. Of figures of the same value it is the one that claims least.
fn percentiles(values: &mut [Reported], shares: &[Share]) -> Vec<Amount> {
    let place = |share: &Share, count| share.rank(count) - 1;
    match shares {
        // To find one value is cheaper than to put all in order.
        [share] => {
            let place = place(share, values.len());
            let (_, found, above) = values.select_nth_unstable(place);
            let alike = above.iter().filter(|(value, _)| *value == found.0);
            let precision = alike.map(|(_, precision)| *precision).max();
            let precision = precision.map_or(found.1, |precision| precision.max(found.1));
            vec![Amount::reported((found.0, precision))]
        }
        _ => {
            values.sort_unstable();
            let last_alike = |share: &Share| {
                let (value, _) = values[place(share, values.len())];
                let end = values.partition_point(|(other, _)| *other <= value);
                Amount::reported(values[end - 1])
            };
            shares.iter().map(last_alike).collect()
        }
    }
}
