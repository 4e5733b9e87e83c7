//! What is said of totals that are made up here; those of the built-in report are in `tests/graphql`.

use super::*;
use crate::load::{Origin, TotalNumbers};

const ARREST: Unit<'static> = Unit {
    name: "arrest",
    plural: "arrests",
    symbol: None,
    kind: Some(UnitKind::Count),
};
const DOLLAR: Unit<'static> = Unit {
    name: "US dollar",
    plural: "US dollars",
    symbol: Some("$"),
    kind: Some(UnitKind::Money),
};

/// A total of so many figures, whose numbers are whole.
fn sentence(unit: &Unit<'_>, count: i64, numbers: TotalNumbers) -> String {
    let numbers = TotalNumbers {
        summed: count,
        sum: numbers.sum * 10_000,
        at_least: numbers.at_least.map(|number| number * 10_000),
        ..numbers
    };
    total(
        &Total {
            origin: Origin::default(),
            ..Total::new(0, count, Some(numbers))
        },
        unit,
    )
}

#[test]
fn a_sum_says_how_sure_it_is() {
    let numbers = TotalNumbers {
        sum: 1_549_029,
        at_least: Some(249_029),
        ..TotalNumbers::default()
    };
    let exact = TotalNumbers {
        at_least: Some(1_549_029),
        ..numbers
    };
    assert_eq!(
        sentence(&ARREST, 2, exact),
        "Two figures add up to 1,549,029 arrests."
    );
    let rounded = TotalNumbers {
        has_approximate: true,
        ..numbers
    };
    assert_eq!(
        sentence(&ARREST, 4, rounded),
        "Four figures add up to about 1.55 million arrests. At least 249,029 arrests."
    );
    let lower = TotalNumbers {
        has_lower_bound: true,
        ..exact
    };
    assert_eq!(
        sentence(&DOLLAR, 13, lower),
        "13 figures add up to at least $1,549,029."
    );
    let upper = TotalNumbers {
        has_upper_bound: true,
        at_least: None,
        ..numbers
    };
    assert_eq!(
        sentence(&DOLLAR, 2, upper),
        "Two figures add up to at most $1,549,029."
    );
}

#[test]
fn a_bound_that_nothing_proves_is_not_called_at_least() {
    let negative = TotalNumbers {
        sum: -5,
        has_lower_bound: true,
        ..TotalNumbers::default()
    };
    assert_eq!(
        sentence(&DOLLAR, 2, negative),
        "Two figures add up to -$5 or more."
    );
}

#[test]
fn an_overlapping_sum_is_no_bound() {
    let overlap = TotalNumbers {
        sum: 173_000,
        at_least: Some(100_000),
        has_lower_bound: true,
        has_overlap: true,
        ..TotalNumbers::default()
    };
    assert_eq!(
        sentence(&ARREST, 2, overlap),
        "Two figures add up to 173,000 arrests; some are lower bounds, and more than one program may have counted the \
         same arrest. At least 100,000 arrests."
    );
}

#[test]
fn where_there_is_no_sum_every_reason_is_given() {
    let mixed = TotalNumbers {
        sum: 10,
        at_least: Some(7),
        has_lower_bound: true,
        has_upper_bound: true,
        ..TotalNumbers::default()
    };
    assert_eq!(
        sentence(&ARREST, 2, mixed),
        "Two figures are not added up: some are lower bounds and some are upper bounds. At least 7 arrests."
    );
    let never = TotalNumbers {
        sum: 12_345_678_901_234_567,
        ..TotalNumbers::default()
    };
    assert_eq!(
        sentence(&ARREST, 2, never),
        "Two figures are not added up: the sum has too many digits to be exact."
    );
}

#[test]
fn restated_figures_are_counted() {
    let restated = |restated| TotalNumbers {
        sum: 1,
        at_least: Some(1),
        restated,
        ..TotalNumbers::default()
    };
    assert_eq!(
        sentence(&ARREST, 3, restated(1)),
        "Three figures add up to 1 arrest. One figure was restated; the latest report's value counts."
    );
    assert_eq!(
        sentence(&ARREST, 3, restated(2)),
        "Three figures add up to 1 arrest. Two figures were restated; the latest report's values count."
    );
}

#[test]
fn dates_are_written_out() {
    assert_eq!(date("2007-06").as_deref(), Some("June 2007"));
    assert_eq!(date("2007-06-03").as_deref(), Some("June 3, 2007"));
    assert_eq!(date("2007-13"), None);
    assert_eq!(date("soon"), None);
}
