//! Each rule of aggregates on numbers that are made up.

use super::*;
use crate::schema::enums::CAVEAT;

const PERIOD: i64 = 0;
const CUMULATIVE: i64 = 1;

fn numbers(sum: i128) -> TotalNumbers {
    TotalNumbers {
        summed: 2,
        sum,
        ..TotalNumbers::default()
    }
}

fn total(scope: i64, numbers: TotalNumbers) -> Total {
    Total::new(scope, 2, Some(numbers))
}

fn caveats(total: &Total) -> Vec<&'static str> {
    total
        .caveats
        .places()
        .map(|place| CAVEAT.values[place].0)
        .collect()
}

fn exact(value: i128) -> Option<Amount> {
    Some(Amount {
        value,
        precision: Some(Precision::Exact),
    })
}

#[test]
fn figures_of_one_kind_and_year_are_added_up() {
    let total = total(PERIOD, numbers(30_000));
    assert_eq!(total.sum, exact(30_000));
    assert_eq!(total.mean, exact(15_000));
    assert!(caveats(&total).is_empty());
}

#[test]
fn additive_figures_of_a_period_add_up_across_years_but_stocks_and_running_totals_do_not() {
    let years = TotalNumbers {
        has_several_years: true,
        ..numbers(1)
    };
    assert!(total(PERIOD, years).sum.is_some());
    let running = total(CUMULATIVE, years);
    assert!(running.sum.is_none());
    assert_eq!(caveats(&running), ["MIXED_YEARS"]);
    let stock = TotalNumbers {
        has_semi_additive: true,
        ..years
    };
    assert_eq!(caveats(&total(PERIOD, stock)), ["MIXED_YEARS"]);
    let one_year = TotalNumbers {
        has_several_years: false,
        ..stock
    };
    assert!(total(PERIOD, one_year).sum.is_some());
}

#[test]
fn each_cause_leaves_out_the_sum_and_is_named() {
    for (cause, numbers) in [
        (
            "MIXED_METRICS",
            TotalNumbers {
                has_several_roots: true,
                ..numbers(1)
            },
        ),
        (
            "MIXED_BOUNDS",
            TotalNumbers {
                has_lower_bound: true,
                has_upper_bound: true,
                ..numbers(1)
            },
        ),
        (
            "NON_ADDITIVE",
            TotalNumbers {
                has_non_additive: true,
                ..numbers(1)
            },
        ),
        ("TOO_LARGE", numbers(1_234_567_890_123_456)),
    ] {
        let total = total(PERIOD, numbers);
        assert!(total.sum.is_none(), "{cause}");
        assert_eq!(caveats(&total), [cause]);
    }
}

#[test]
fn a_bound_wins_over_an_approximate_figure_and_says_so() {
    let approximate = TotalNumbers {
        has_approximate: true,
        ..numbers(1)
    };
    let sum = |numbers| total(PERIOD, numbers).sum.unwrap().precision.unwrap();
    assert_eq!(sum(approximate), Precision::Approximate);
    let lower = TotalNumbers {
        has_lower_bound: true,
        ..approximate
    };
    assert_eq!(sum(lower), Precision::LowerBound);
    assert_eq!(caveats(&total(PERIOD, lower)), ["APPROXIMATE"]);
    let upper = TotalNumbers {
        has_upper_bound: true,
        ..approximate
    };
    assert_eq!(sum(upper), Precision::UpperBound);
    assert_eq!(caveats(&total(PERIOD, upper)), ["APPROXIMATE"]);
}

#[test]
fn overlap_is_said_and_keeps_the_sum_without_a_precision() {
    let overlap = total(
        PERIOD,
        TotalNumbers {
            has_overlap: true,
            has_lower_bound: true,
            ..numbers(30_000)
        },
    );
    assert_eq!(
        overlap.sum,
        Some(Amount {
            value: 30_000,
            precision: None
        })
    );
    assert_eq!(overlap.mean.unwrap().precision, None);
    assert_eq!(caveats(&overlap), ["OVERLAP"]);
}

#[test]
fn what_is_certain_is_null_where_the_figures_are_not_of_one_thing() {
    let certain = TotalNumbers {
        at_least: Some(10_000),
        ..numbers(30_000)
    };
    let at_least = |numbers| total(PERIOD, numbers).at_least;
    assert_eq!(at_least(certain), Some(10_000));
    for (expected, numbers) in [
        (
            None,
            TotalNumbers {
                has_several_roots: true,
                ..certain
            },
        ),
        (
            None,
            TotalNumbers {
                has_non_additive: true,
                ..certain
            },
        ),
        (
            None,
            TotalNumbers {
                has_several_years: true,
                has_semi_additive: true,
                ..certain
            },
        ),
        (
            Some(10_000),
            TotalNumbers {
                has_lower_bound: true,
                has_upper_bound: true,
                has_approximate: true,
                ..certain
            },
        ),
    ] {
        assert_eq!(at_least(numbers), expected, "{numbers:?}");
    }
}

#[test]
fn each_number_of_more_than_15_digits_is_left_out_alone() {
    let third = TotalNumbers {
        summed: 3,
        at_least: Some(7),
        ..numbers(10_000_000_000_000_000)
    };
    let mean = total(PERIOD, third);
    assert_eq!(mean.sum, exact(10_000_000_000_000_000));
    assert_eq!(mean.mean, None);
    assert_eq!(mean.at_least, Some(7));
    assert_eq!(caveats(&mean), ["TOO_LARGE"]);
    let certain = total(
        PERIOD,
        TotalNumbers {
            at_least: Some(1_234_567_890_123_456),
            ..numbers(2)
        },
    );
    assert_eq!(certain.at_least, None);
    assert_eq!(certain.sum, exact(2));
    assert_eq!(caveats(&certain), ["TOO_LARGE"]);
}

#[test]
fn a_restated_figure_is_said_and_keeps_the_sum() {
    let restated = total(
        PERIOD,
        TotalNumbers {
            restated: 2,
            ..numbers(1)
        },
    );
    assert_eq!(restated.restated, 2);
    assert!(restated.sum.is_some());
    assert_eq!(caveats(&restated), ["RESTATED"]);
}

#[test]
fn zeros_at_the_end_do_not_count_as_digits() {
    assert_eq!(significant_digits(0), 1);
    assert_eq!(significant_digits(9_000_000_000_000_000_000), 1);
    assert_eq!(significant_digits(-123_456_789_012_345_000), 15);
    assert_eq!(significant_digits(1_234_567_890_123_456), 16);
}

#[test]
fn a_mean_is_rounded_half_away_from_zero() {
    assert_eq!(divide(5, 2), 3);
    assert_eq!(divide(-5, 2), -3);
    assert_eq!(divide(4, 3), 1);
    assert_eq!(divide(-4, 3), -1);
    assert_eq!(divide(7, 7), 1);
}
