//! How large a filter and how deep an order may be, so that the database can always take it.

use super::{filter::Filter, input::Fault};

/// The most conditions that one filter may be made of.
const MAX_CONDITIONS: usize = 250;

/// The most relations that may lie within each other.
pub(super) const MAX_RELATIONS: usize = 12;

/// The filter, if it is not too large.
pub(super) fn checked(filter: Filter) -> Result<Filter, Fault> {
    let Extent {
        conditions,
        relations,
    } = extent(&filter);
    if conditions > MAX_CONDITIONS {
        return Err(Fault::new(format!(
            "{conditions} conditions are more than the {MAX_CONDITIONS} a filter may have; `in` takes any number of values"
        )));
    }
    if relations > MAX_RELATIONS {
        return Err(Fault::new(format!(
            "{relations} relations within each other are more than the {MAX_RELATIONS} a filter may have"
        )));
    }
    Ok(filter)
}

/// How large a filter is.
struct Extent {
    conditions: usize,
    /// How many relations lie within each other at most.
    relations: usize,
}

fn extent(filter: &Filter) -> Extent {
    const ONE: Extent = Extent {
        conditions: 1,
        relations: 0,
    };
    match filter {
        Filter::All(filters) | Filter::Any(filters) => filters
            .iter()
            .map(extent)
            .reduce(|all, one| Extent {
                conditions: all.conditions + one.conditions,
                relations: all.relations.max(one.relations),
            })
            .unwrap_or(ONE),
        Filter::Column { .. } => ONE,
        Filter::ChildCount { .. } => inside(ONE, 1),
        Filter::Not(filter) => inside(extent(filter), 0),
        Filter::ToOne { filter, .. }
        | Filter::Some { filter, .. }
        | Filter::Within { filter, .. } => inside(extent(filter), 1),
    }
}

/// With a condition around it that leads over so many relations.
fn inside(inner: Extent, relations: usize) -> Extent {
    Extent {
        conditions: inner.conditions + 1,
        relations: inner.relations + relations,
    }
}
