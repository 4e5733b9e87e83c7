//! What a total is worth: the rules by which figures may be added up, applied to numbers that the database counted.
//!
//! Pure arithmetic on whole numbers; nothing here may read anything. The rules are those of the design's "Rules of
//! aggregates", and each has a test below.

use entity::enums::{Precision, Scope};

use crate::plan::{NUMBER_BASE, TotalNumber};

/// What the database counted of the results of one unit and scope, without those that are part of another one there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TotalNumbers {
    /// How many results are in the sum.
    pub summed: i64,
    /// Their values added up, in ten-thousandths.
    pub sum: i128,
    /// Whether one is a lower bound.
    pub has_lower_bound: bool,
    /// Whether one is an upper bound.
    pub has_upper_bound: bool,
    /// Whether one is approximate.
    pub has_approximate: bool,
    /// Whether their metrics are under more than one root of the catalogue.
    pub has_several_roots: bool,
    /// Whether they are about more than one fiscal year.
    pub has_several_years: bool,
    /// Whether one is of a semi-additive metric.
    pub has_semi_additive: bool,
    /// Whether one is of a metric that must never be added up.
    pub has_non_additive: bool,
    /// Whether two initiatives may have counted one event in one fiscal year.
    pub has_overlap: bool,
    /// How many there are at the least, if their metrics are of one root and their years may be added up; `None` where
    /// no figure proves anything.
    pub at_least: Option<i128>,
    /// How many figures had another value in an earlier report.
    pub restated: i64,
}

/// One total, ready to be written. Values are in ten-thousandths of the unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Total {
    /// Code of the scope.
    pub scope: i64,
    /// How many results, parts included.
    pub count: i64,
    /// How many of them are in the sum; 0 where nothing is judged.
    pub summed: i64,
    /// The sum; `None` where adding up would mislead, or nothing is judged.
    pub sum: Option<Amount>,
    /// How to read the sum if nothing in it were twice; `None` where nothing is judged.
    pub read_as: Option<Precision>,
    /// Whether a rounded figure is in the sum.
    pub has_rounded: bool,
    /// The sum over the results in it, to a ten-thousandth, half away from zero.
    pub mean: Option<Amount>,
    /// How many there are at the least.
    pub at_least: Option<i128>,
    /// The smallest and the largest figure, if asked for.
    pub extremes: Option<(Amount, Amount)>,
    /// The percentiles asked for, in the order of the plan.
    pub percentiles: Vec<Amount>,
    /// How many figures had another value in an earlier report.
    pub restated: i64,
    /// What to know.
    pub caveats: Caveats,
    /// Where the figures are from, if asked for.
    pub origin: Origin,
}

/// A number in ten-thousandths, and how to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub value: i128,
    /// How to read it; `None` for a sum in which something may be twice.
    pub precision: Option<Precision>,
}

impl Amount {
    /// A figure as it was reported: its value and the code of its precision.
    pub(super) fn reported((value, precision): (i64, u8)) -> Amount {
        Amount {
            value: value.into(),
            precision: Precision::from_code(precision.into()),
        }
    }
}

/// Which reports and fiscal years the figures of a total are from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The ids of the reports, ascending.
    reports: Vec<i64>,
    years: Option<(i64, i64)>,
}

impl Origin {
    pub(super) fn take(&mut self, report: i64, year: i64) {
        if let Err(place) = self.reports.binary_search(&report) {
            self.reports.insert(place, report);
        }
        let (first, last) = self.years.unwrap_or((year, year));
        self.years = Some((first.min(year), last.max(year)));
    }

    /// How many reports there are.
    pub fn reports(&self) -> usize {
        self.reports.len()
    }

    /// The first and the last fiscal year.
    pub fn years(&self) -> Option<(i64, i64)> {
        self.years
    }
}

/// A set of caveats, in the order in which the schema declares them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caveats(u8);

impl Caveats {
    const OVERLAP: u8 = 0;
    const MIXED_YEARS: u8 = 1;
    const MIXED_METRICS: u8 = 2;
    const MIXED_BOUNDS: u8 = 3;
    const NON_ADDITIVE: u8 = 4;
    const APPROXIMATE: u8 = 5;
    const TOO_LARGE: u8 = 6;
    const RESTATED: u8 = 7;

    /// The places of the caveats in the schema's `Caveat`, ascending.
    pub fn places(self) -> impl Iterator<Item = usize> {
        (0..=Self::RESTATED)
            .filter(move |place| self.has(*place))
            .map(usize::from)
    }

    fn has(self, place: u8) -> bool {
        self.0 & (1 << place) != 0
    }

    fn set(&mut self, place: u8, given: bool) {
        if given {
            self.0 |= 1 << place;
        }
    }

    /// Whether one of these is among them.
    fn has_any(self, places: &[u8]) -> bool {
        places.iter().any(|place| self.has(*place))
    }

    /// Whether something may be in the sum twice.
    pub fn overlap(self) -> bool {
        self.has(Self::OVERLAP)
    }

    /// Whether there are years that must not be added up.
    pub fn mixed_years(self) -> bool {
        self.has(Self::MIXED_YEARS)
    }

    /// Whether the figures count different things.
    pub fn mixed_metrics(self) -> bool {
        self.has(Self::MIXED_METRICS)
    }

    /// Whether lower and upper bounds meet.
    pub fn mixed_bounds(self) -> bool {
        self.has(Self::MIXED_BOUNDS)
    }

    /// Whether a figure must never be added up.
    pub fn non_additive(self) -> bool {
        self.has(Self::NON_ADDITIVE)
    }

    /// Whether a rounded figure is inside a bound.
    pub fn approximate(self) -> bool {
        self.has(Self::APPROXIMATE)
    }
}

impl Total {
    /// Decides what the numbers are worth. Without `numbers` nothing is judged.
    pub fn new(scope: i64, count: i64, numbers: Option<TotalNumbers>) -> Total {
        let Some(numbers) = numbers else {
            return Total {
                scope,
                count,
                ..Total::default()
            };
        };
        let caveats = numbers.caveats(scope);
        let has_sum = numbers.summed > 0 && !caveats.has_any(&WITHOUT_SUM);
        let shown = |value: i128| is_shown(value).then_some(value);
        let precision = numbers.precision();
        let amount = |value: i128| shown(value).map(|value| Amount { value, precision });
        let sum = amount(numbers.sum).filter(|_| has_sum);
        Total {
            scope,
            count,
            summed: numbers.summed,
            sum,
            read_as: Some(numbers.read_as()),
            has_rounded: numbers.has_approximate,
            mean: sum.and_then(|_| amount(numbers.mean())),
            at_least: numbers
                .at_least
                .filter(|_| !caveats.has_any(&WITHOUT_AT_LEAST))
                .and_then(shown),
            restated: numbers.restated,
            caveats,
            ..Total::default()
        }
    }
}

impl Total {
    /// A number by which totals are compared, where there is one.
    pub(super) fn number(&self, number: TotalNumber) -> Option<i128> {
        match number {
            TotalNumber::Sum => self.sum.map(|sum| sum.value),
            TotalNumber::AtLeast => self.at_least,
        }
    }
}

/// A number as the two keys of an order: its multiples of [`NUMBER_BASE`], rounded down, and the rest.
pub(super) fn key_parts(number: i128) -> (i64, i64) {
    let base = i128::from(NUMBER_BASE);
    let part = |part: i128| i64::try_from(part).unwrap_or(i64::MAX);
    (part(number.div_euclid(base)), part(number.rem_euclid(base)))
}

/// The caveats that leave no sum.
const WITHOUT_SUM: [u8; 4] = [
    Caveats::MIXED_YEARS,
    Caveats::MIXED_METRICS,
    Caveats::MIXED_BOUNDS,
    Caveats::NON_ADDITIVE,
];

/// The caveats under which nothing is certain.
const WITHOUT_AT_LEAST: [u8; 3] = [
    Caveats::MIXED_YEARS,
    Caveats::MIXED_METRICS,
    Caveats::NON_ADDITIVE,
];

impl TotalNumbers {
    fn caveats(&self, scope: i64) -> Caveats {
        let is_period = scope == i64::from(Scope::Period.code());
        let mut caveats = Caveats::default();
        caveats.set(Caveats::OVERLAP, self.has_overlap);
        caveats.set(
            Caveats::MIXED_YEARS,
            self.has_several_years && (self.has_semi_additive || !is_period),
        );
        caveats.set(Caveats::MIXED_METRICS, self.has_several_roots);
        caveats.set(
            Caveats::MIXED_BOUNDS,
            self.has_lower_bound && self.has_upper_bound,
        );
        caveats.set(Caveats::NON_ADDITIVE, self.has_non_additive);
        caveats.set(
            Caveats::APPROXIMATE,
            self.has_approximate && (self.has_lower_bound || self.has_upper_bound),
        );
        let at_least = self
            .at_least
            .filter(|_| !caveats.has_any(&WITHOUT_AT_LEAST));
        let is_too_large = [Some(self.sum), Some(self.mean()), at_least]
            .into_iter()
            .flatten()
            .any(|number| !is_shown(number));
        caveats.set(Caveats::TOO_LARGE, is_too_large);
        caveats.set(Caveats::RESTATED, self.restated > 0);
        caveats
    }

    fn mean(&self) -> i128 {
        divide(self.sum, i128::from(self.summed.max(1)))
    }

    /// How to read the sum. One in which something may be twice is neither exact nor a bound of anything.
    fn precision(&self) -> Option<Precision> {
        (!self.has_overlap).then(|| self.read_as())
    }

    fn read_as(&self) -> Precision {
        precision_of_sum(
            self.has_lower_bound,
            self.has_upper_bound,
            self.has_approximate,
        )
    }
}

/// How to read a sum of which one number at least is a lower bound, an upper bound, or approximate.
pub(super) fn precision_of_sum(
    has_lower_bound: bool,
    has_upper_bound: bool,
    has_approximate: bool,
) -> Precision {
    if has_lower_bound {
        Precision::LowerBound
    } else if has_upper_bound {
        Precision::UpperBound
    } else if has_approximate {
        Precision::Approximate
    } else {
        Precision::Exact
    }
}

/// The most significant digits that a `Float` carries exactly.
pub(super) const MAX_DIGITS: u32 = 15;

/// Whether a number can be shown exactly.
fn is_shown(number: i128) -> bool {
    significant_digits(number) <= MAX_DIGITS
}

/// The decimal digits of a number without the zeros at its end.
pub(super) fn significant_digits(number: i128) -> u32 {
    let mut number = number.unsigned_abs();
    if number == 0 {
        return 1;
    }
    while number.is_multiple_of(10) {
        number /= 10;
    }
    number.ilog10() + 1
}

/// The quotient rounded to the nearest whole number, half away from zero. The divisor is positive.
pub(super) fn divide(number: i128, divisor: i128) -> i128 {
    let half = if number < 0 { -divisor } else { divisor };
    (2 * number + half) / (2 * divisor)
}

#[cfg(test)]
mod tests;
