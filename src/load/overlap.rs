//! What may have been counted twice, and how many there are at the least: rules 6 and 9 of the aggregates.
//!
//! Pure arithmetic on what was accumulated of one total; nothing here may read anything.

use super::catalogue::{Catalogue, MetricPlace};

/// What one figure, or several alike, contribute to a total.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contribution {
    pub(super) fiscal_year: i64,
    pub(super) metric: i64,
    pub(super) initiative: i64,
    /// What they prove there is, in ten-thousandths: `None` for rounded figures, upper bounds and negative numbers.
    pub(super) proven: Option<i64>,
}

impl Contribution {
    /// Takes another one of the same metric, initiative and year; whether it could.
    pub(super) fn join(&mut self, other: &Contribution) -> bool {
        let is_alike = self.initiative == other.initiative
            && self.metric == other.metric
            && self.fiscal_year == other.fiscal_year;
        if !is_alike {
            return false;
        }
        let proven = match (self.proven, other.proven) {
            (Some(left), Some(right)) => match left.checked_add(right) {
                Some(sum) => Some(sum),
                None => return false,
            },
            (left, right) => left.or(right),
        };
        self.proven = proven;
        true
    }
}

/// What the contributions to one total come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Whether two initiatives may have counted one event in the same year.
    pub(super) has_overlap: bool,
    /// How many there are at the least, in ten-thousandths; `None` where no figure proves anything.
    pub(super) at_least: Option<i128>,
}

/// A contribution with the place of its metric.
type Placed = (MetricPlace, Contribution);

/// Looks at all contributions to a total, which are of these metrics, and leaves them in another order. Where the metrics
/// share no root there is nothing that `at_least` could be a number of, and it must not be shown.
pub(super) fn find(
    contributions: &mut [Contribution],
    metrics: &[MetricPlace],
    catalogue: &Catalogue,
) -> Found {
    // Most totals have one figure.
    if let [only] = contributions {
        return Found {
            has_overlap: false,
            at_least: only.proven.map(i128::from),
        };
    }
    let mut found = Found {
        has_overlap: false,
        at_least: contributions
            .iter()
            .any(|one| one.proven.is_some())
            .then_some(0),
    };
    let mut add = |of_year: OfYear| {
        found.has_overlap |= of_year.overlaps;
        found.at_least = found.at_least.map(|sum| sum + of_year.least);
    };
    let is_exclusive = |metric: &MetricPlace| catalogue.has_exclusive(catalogue.root(*metric));
    if metrics.iter().any(is_exclusive) {
        let mut placed: Vec<Placed> = contributions
            .iter()
            .filter_map(|one| Some((catalogue.place(one.metric)?, *one)))
            .collect();
        placed.sort_unstable_by_key(|(place, one)| (one.fiscal_year, *place));
        let of_one_year =
            |(_, left): &Placed, (_, right): &Placed| left.fiscal_year == right.fiscal_year;
        for year in placed.chunk_by_mut(of_one_year) {
            add(under(None, year, catalogue));
        }
    } else {
        // Nothing keeps any two apart, whatever their metrics.
        contributions.sort_unstable_by_key(|one| (one.fiscal_year, one.initiative));
        for year in contributions.chunk_by(|left, right| left.fiscal_year == right.fiscal_year) {
            add(scan(year, |one| one.initiative));
        }
    }
    found
}

/// What contributions of one year come to.
#[derive(Clone, Copy, Default)]
struct OfYear {
    overlaps: bool,
    least: i128,
}

/// Looks at the contributions of one year under a metric, or under all roots. They lie in the order of the catalogue.
fn under(metric: Option<MetricPlace>, year: &mut [Placed], catalogue: &Catalogue) -> OfYear {
    let plain = match metric {
        Some(metric) => !catalogue.has_exclusive(metric),
        None => year
            .iter()
            .all(|(place, _)| !catalogue.has_exclusive(catalogue.root(*place))),
    };
    if plain {
        // Nothing keeps any two apart.
        return scan(sorted(year), |one| one.1.initiative);
    }
    let own = match metric {
        Some(metric) => year.partition_point(|(place, _)| *place == metric),
        None => 0,
    };
    let is_exclusive = metric.is_some_and(|metric| catalogue.is_exclusive(metric));
    let mut sibling = metric.map(|metric| catalogue.first_below(metric));
    let (own, mut below) = year.split_at_mut(own);
    let mut all = scan(sorted(own), |one| one.1.initiative);
    // What is counted under all children, if they are kept apart, or under the one that has most.
    let mut of_children = OfYear::default();
    // Each with the part of the metric that it is in: its own, or a child. Parts that are kept apart are one.
    let mut parts: Vec<(i64, Placed)> = own.iter().map(|one| (-1, *one)).collect();
    let mut child = 0;
    while let Some((place, _)) = below.first() {
        let top = match sibling {
            Some(sibling) => catalogue.sibling_above(sibling, *place),
            None => catalogue.root(*place),
        };
        let end = catalogue.end(top);
        sibling = sibling.map(|_| end);
        let ended = below.partition_point(|(place, _)| *place < end);
        let (of_child, rest) = std::mem::take(&mut below).split_at_mut(ended);
        below = rest;
        parts.extend(of_child.iter().map(|one| (child, *one)));
        let found = under(Some(top), of_child, catalogue);
        of_children.overlaps |= found.overlaps;
        of_children.least = match is_exclusive {
            true => of_children.least + found.least,
            false => of_children.least.max(found.least),
        };
        child += i64::from(!is_exclusive);
    }
    let across = scan(sorted(&mut parts), |(part, _)| *part);
    all.overlaps |= of_children.overlaps || across.overlaps;
    all.least = all.least.max(across.least).max(of_children.least);
    all
}

/// One contribution, whatever else is known of it.
trait Contributes {
    fn contribution(&self) -> &Contribution;
}

impl Contributes for Contribution {
    fn contribution(&self) -> &Contribution {
        self
    }
}

impl Contributes for Placed {
    fn contribution(&self) -> &Contribution {
        &self.1
    }
}

impl Contributes for (i64, Placed) {
    fn contribution(&self) -> &Contribution {
        &self.1.1
    }
}

/// These by initiative.
fn sorted<T: Contributes>(all: &mut [T]) -> &[T] {
    all.sort_unstable_by_key(|one| one.contribution().initiative);
    all
}

/// The most that one initiative proves, and whether two initiatives are in different parts. They lie by initiative.
///
/// If there are two parts at all, and two initiatives, some two are in different parts: were all pairs across the parts of
/// one initiative, so would be all that is in either.
fn scan<T: Contributes>(all: &[T], part: impl Fn(&T) -> i64) -> OfYear {
    let initiative = |one: &T| one.contribution().initiative;
    let Some((first, last)) = all.first().zip(all.last()) else {
        return OfYear::default();
    };
    let has_parts = all.iter().any(|one| part(one) != part(first));
    let proven = |of_one: &[T]| -> i128 {
        let proven = of_one.iter().filter_map(|one| one.contribution().proven);
        proven.map(i128::from).sum()
    };
    let of_each = all.chunk_by(|left, right| initiative(left) == initiative(right));
    OfYear {
        overlaps: has_parts && initiative(first) != initiative(last),
        least: of_each.map(proven).max().unwrap_or_default(),
    }
}

/// Makes one of those that have the same metric, initiative and year.
pub(super) fn put_together(contributions: &mut Vec<Contribution>) {
    contributions.sort_unstable_by_key(|one| (one.initiative, one.fiscal_year, one.metric));
    contributions.dedup_by(|one, before| before.join(one));
}

#[cfg(test)]
mod tests;
