//! What the change from one number to another is worth.
//!
//! Pure arithmetic on whole numbers; nothing here may read anything. Each rule has a test below.

use entity::enums::Precision;

use super::total::{Amount, MAX_DIGITS, divide, precision_of_sum, significant_digits};

/// A change, ready to be written. Numbers are in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The earlier number.
    pub from: i128,
    /// The later number.
    pub to: i128,
    /// The later number less the earlier one.
    pub absolute: i128,
    /// That in hundredths of the earlier one, half away from zero; `None` where the earlier one is 0.
    pub percent: Option<i128>,
    /// How to read the difference; `None` where one of the two numbers has no precision.
    pub precision: Option<Precision>,
}

impl Change {
    /// The change from one number to another; `None` where there is nothing to be said of it: the difference would be
    /// bounded on neither side, or it cannot be shown exactly.
    pub(super) fn new(from: Amount, to: Amount) -> Option<Change> {
        let absolute = to.value - from.value;
        let percent = (from.value != 0).then(|| {
            const HUNDRED: i128 = 100 * entity::decimal::SCALE as i128;
            divide(absolute * HUNDRED, from.value.abs())
        });
        let precision = match to.precision.zip(from.precision) {
            Some((of, taken)) => Some(difference(of, taken)?),
            None => None,
        };
        (significant_digits(absolute) <= MAX_DIGITS).then_some(Change {
            from: from.value,
            to: to.value,
            absolute,
            percent,
            precision,
        })
    }
}

/// How to read a number from which another one is taken away; `None` where it is bounded on neither side.
fn difference(of: Precision, taken: Precision) -> Option<Precision> {
    // To take away at least so much leaves at most so much.
    let turned = match taken {
        Precision::LowerBound => Precision::UpperBound,
        Precision::UpperBound => Precision::LowerBound,
        plain => plain,
    };
    let has = |precision| of == precision || turned == precision;
    let (lower, upper) = (has(Precision::LowerBound), has(Precision::UpperBound));
    (!(lower && upper)).then(|| precision_of_sum(lower, upper, has(Precision::Approximate)))
}

#[cfg(test)]
mod tests {
    use entity::enums::Precision::{Approximate, Exact, LowerBound, UpperBound};

    use super::*;

    fn change((from, how): (i128, Precision), (to, so): (i128, Precision)) -> Option<Change> {
        let figure = |value, precision| Amount {
            value: value * 10_000,
            precision: Some(precision),
        };
        Change::new(figure(from, how), figure(to, so))
    }

    #[test]
    fn a_change_is_the_difference_and_its_share_of_the_earlier_number() {
        assert_eq!(
            change((50, Exact), (75, Exact)),
            Some(Change {
                from: 500_000,
                to: 750_000,
                absolute: 250_000,
                percent: Some(500_000),
                precision: Some(Exact),
            })
        );
    }

    #[test]
    fn a_decrease_is_negative() {
        let change = change((80, Exact), (20, Exact)).unwrap();
        assert_eq!(change.absolute, -600_000);
        assert_eq!(change.percent, Some(-750_000));
    }

    #[test]
    fn per_cents_are_rounded_to_four_decimals_half_away_from_zero() {
        let percent = |from, to| change((from, Exact), (to, Exact)).unwrap().percent;
        // 177.777…
        assert_eq!(percent(18, 50), Some(1_777_778));
        assert_eq!(percent(50, 18), Some(-640_000));
        // 0.00005 and its negative.
        assert_eq!(percent(2_000_000, 2_000_001), Some(1));
        assert_eq!(percent(2_000_000, 1_999_999), Some(-1));
        assert_eq!(percent(2_000_001, 2_000_002), Some(0));
    }

    #[test]
    fn from_nothing_there_are_no_per_cents() {
        let change = change((0, Exact), (7, Exact)).unwrap();
        assert_eq!(change.absolute, 70_000);
        assert_eq!(change.percent, None);
    }

    #[test]
    fn per_cents_are_of_the_size_of_a_negative_number() {
        let change = change((-10, Exact), (-5, Exact)).unwrap();
        assert_eq!(change.absolute, 50_000);
        assert_eq!(change.percent, Some(500_000));
    }

    #[test]
    fn the_bound_of_what_is_taken_away_turns_round() {
        for (from, to, expected) in [
            (Exact, Exact, Some(Exact)),
            (Exact, Approximate, Some(Approximate)),
            (Exact, LowerBound, Some(LowerBound)),
            (Exact, UpperBound, Some(UpperBound)),
            (Approximate, Exact, Some(Approximate)),
            (Approximate, Approximate, Some(Approximate)),
            (Approximate, LowerBound, Some(LowerBound)),
            (Approximate, UpperBound, Some(UpperBound)),
            (LowerBound, Exact, Some(UpperBound)),
            (LowerBound, Approximate, Some(UpperBound)),
            (LowerBound, LowerBound, None),
            (LowerBound, UpperBound, Some(UpperBound)),
            (UpperBound, Exact, Some(LowerBound)),
            (UpperBound, Approximate, Some(LowerBound)),
            (UpperBound, LowerBound, Some(LowerBound)),
            (UpperBound, UpperBound, None),
        ] {
            let precision = change((1, from), (2, to)).and_then(|change| change.precision);
            assert_eq!(precision, expected, "from {from:?} to {to:?}");
        }
    }

    #[test]
    fn of_a_sum_without_precision_the_difference_has_none() {
        let overlapping = Amount {
            value: 20_000,
            precision: None,
        };
        let lower = Amount {
            value: 10_000,
            precision: Some(LowerBound),
        };
        for (from, to) in [
            (overlapping, lower),
            (lower, overlapping),
            (overlapping, overlapping),
        ] {
            let change = Change::new(from, to).unwrap();
            assert_eq!(change.precision, None);
            assert_eq!(change.absolute, to.value - from.value);
        }
    }

    #[test]
    fn a_difference_that_cannot_be_shown_exactly_is_none() {
        let difference = |from, to| {
            let exact = |value| Amount {
                value,
                precision: Some(Exact),
            };
            Change::new(exact(from), exact(to)).map(|change| change.absolute)
        };
        let largest = i128::from(entity::decimal::MAX);
        assert_eq!(difference(-largest, largest), Some(2 * largest));
        assert_eq!(difference(1, largest), None);
        assert_eq!(
            difference(1, 1_000_000_000_000_000),
            Some(999_999_999_999_999)
        );
        assert_eq!(difference(1, 10_000_000_000_000_000), None);
    }

    #[test]
    fn the_largest_change_in_per_cent_does_not_wrap() {
        let exact = |value| Amount {
            value,
            precision: Some(Exact),
        };
        let largest = i128::from(entity::decimal::MAX);
        // From a ten-thousandth to a million times the largest figure, less that ten-thousandth.
        let change = Change::new(exact(10_000), exact(1_000_000 * largest + 10_000)).unwrap();
        assert_eq!(change.percent, Some(largest * 100 * 1_000_000));
    }
}
