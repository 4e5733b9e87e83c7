//! Small worlds, worked by hand.

use super::{
    super::catalogue::{Catalogue, Metric},
    Contribution, Found, find, put_together,
};

/// Money (1), of which fines (2) and seizures (3) keep apart; cash (4) and goods (5) are seizures that do not. Arrests (6)
/// and gang arrests (7) have nothing to do with them.
fn catalogue() -> Catalogue {
    let metric = |id, parent, is_exclusive| Metric {
        id,
        parent,
        additivity: 0,
        is_exclusive,
    };
    Catalogue::new(&[
        metric(4, Some(3), false),
        metric(7, Some(6), false),
        metric(1, None, true),
        metric(2, Some(1), false),
        metric(5, Some(3), false),
        metric(3, Some(1), false),
        metric(6, None, false),
    ])
}

/// In one year.
fn one(metric: i64, initiative: i64, proven: impl Into<Option<i64>>) -> Contribution {
    Contribution {
        fiscal_year: 2007,
        metric,
        initiative,
        proven: proven.into(),
    }
}

fn found(contributions: &[Contribution]) -> (bool, Option<i128>) {
    let catalogue = catalogue();
    let metrics: Vec<_> = contributions
        .iter()
        .filter_map(|one| catalogue.place(one.metric))
        .collect();
    let Found {
        has_overlap,
        at_least,
    } = find(&mut contributions.to_vec(), &metrics, &catalogue);
    (has_overlap, at_least)
}

#[test]
fn one_figure_stands_for_itself() {
    assert_eq!(found(&[one(6, 1, 10)]), (false, Some(10)));
    assert_eq!(found(&[one(6, 1, None)]), (false, None));
    assert_eq!(found(&[]), (false, None));
}

#[test]
fn within_an_initiative_figures_add_up_and_between_initiatives_the_larger_counts() {
    assert_eq!(found(&[one(6, 1, 10), one(7, 1, 5)]), (false, Some(15)));
    assert_eq!(
        found(&[one(6, 1, 10), one(7, 2, 12), one(7, 1, 5)]),
        (true, Some(15))
    );
}

#[test]
fn what_proves_nothing_still_overlaps() {
    assert_eq!(found(&[one(6, 1, 10), one(7, 2, None)]), (true, Some(10)));
}

#[test]
fn exclusive_children_add_up_and_do_not_overlap() {
    assert_eq!(found(&[one(2, 1, 30), one(3, 2, 8)]), (false, Some(38)));
    // Cash and goods are both seizures, and may be the same.
    assert_eq!(
        found(&[one(2, 1, 30), one(4, 2, 8), one(5, 3, 3)]),
        (true, Some(38))
    );
    assert_eq!(
        found(&[one(2, 1, 30), one(4, 2, 8), one(5, 2, 3)]),
        (false, Some(41))
    );
}

#[test]
fn of_a_metric_and_its_exclusive_children_the_larger_counts() {
    assert_eq!(
        found(&[one(1, 3, 20), one(2, 1, 30), one(3, 2, 8)]),
        (true, Some(38))
    );
    assert_eq!(
        found(&[one(1, 3, 50), one(2, 1, 30), one(3, 2, 8)]),
        (true, Some(50))
    );
    // One initiative: its own figures add up.
    assert_eq!(found(&[one(1, 1, 20), one(2, 1, 30)]), (false, Some(50)));
}

#[test]
fn those_of_the_same_are_put_together() {
    let mut all = vec![one(6, 2, 7), one(6, 1, 10), one(6, 2, None), one(6, 1, 5)];
    put_together(&mut all);
    assert_eq!(all.len(), 2);
    assert_eq!(found(&all), (true, Some(15)));
}

#[test]
fn fiscal_years_add_up_and_do_not_overlap() {
    let before = Contribution {
        fiscal_year: 2006,
        ..one(7, 2, 7)
    };
    assert_eq!(found(&[one(6, 1, 10), before]), (false, Some(17)));
}

#[test]
fn metrics_without_a_common_root_may_overlap() {
    assert!(found(&[one(2, 1, 10), one(6, 2, 10)]).0);
    assert!(!found(&[one(2, 1, 10), one(6, 1, 10)]).0);
}

#[test]
fn a_number_beyond_64_bits_is_kept() {
    let large = 9_000_000_000_000_000_000;
    let mut first = one(6, 1, large);
    assert!(!first.join(&one(6, 1, large)));
    assert_eq!(
        found(&[one(6, 1, large), one(6, 1, large)]),
        (false, Some(2 * i128::from(large)))
    );
}
