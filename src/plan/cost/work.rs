//! How many rows must be looked at for what is asked of a collection, at the most: those that its filter, its order, its
//! totals and its groups go through, whatever is answered.
//!
//! It follows from the sizes of the tables and from what the indexes give. It is a price and promises no plan of the
//! database: where a filter names nothing that an index finds, every row counts, even if the first of them would do.

use entity::{enums::SearchKind, sizes::Sizes};

use super::Reach;
use crate::{
    plan::{
        aggregated::Aggregated,
        comparison::Test,
        filter::Filter,
        order::{Order, OrderBy},
        search::Search,
        tree::{Collection, ParentLink},
    },
    schema::{
        declaration::{Measure, ObjectType, Relation},
        search::SEARCHED,
    },
};

/// How many entries of an index are counted at the price of one row that is looked at, where nothing is read of them.
const COUNTED: u64 = 16;

/// The rows beside a page that tell what precedes and follows.
const NEIGHBOURS: u64 = 2;

/// Columns beside the sort keys in whose order an index gives all rows of a table.
const ORDERED: [(&str, &str); 2] = [
    ("reported_result", "value"),
    ("reported_result", "fiscal_year"),
];

/// The rows to look at for a page of a collection, of so many rows under each parent at most.
pub(super) fn of_page(
    sizes: &Sizes,
    collection: &Collection,
    parents: u64,
    scope: Reach,
    page: u64,
) -> u64 {
    let object = collection.connection.node;
    if collection.filter.is_none() && is_ordered(collection) {
        let of_page = parents.saturating_mul(page.saturating_add(NEIGHBOURS));
        return of_page.min(scope.rows.saturating_add(parents));
    }
    let (rows, filtering) = matching(sizes, object, collection.filter.as_ref(), scope.rows);
    rows.saturating_add(filtering)
        .saturating_add(of_order(sizes, &collection.order, rows))
}

/// The rows to look at for what is said of a whole collection, or of each of its groups.
pub(super) fn of_whole(
    sizes: &Sizes,
    collection: &Collection,
    aggregated: &Aggregated,
    is_grouped: bool,
    scope: Reach,
) -> u64 {
    let object = collection.connection.node;
    let filter = collection.filter.as_ref();
    let is_count = |measure: &Measure| matches!(measure, Measure::Count);
    let is_counted_only = aggregated.totals.is_none() && aggregated.counts.iter().all(is_count);
    if filter.is_none() && is_counted_only && !is_grouped {
        return scope.rows.div_ceil(COUNTED);
    }
    let (rows, filtering) = matching(sizes, object, filter, scope.rows);
    let counting = aggregated.counts.iter().map(|measure| match measure {
        Measure::CountReferring { table, foreign_key } => rows
            .saturating_mul(sizes.shared(table, foreign_key.name()))
            .min(sizes.rows(table)),
        _ => 0,
    });
    let has_shares = aggregated
        .totals
        .as_ref()
        .is_some_and(|totals| !totals.shares.is_empty());
    // Percentiles are found among all values.
    let sharing = if has_shares { rows } else { 0 };
    sum([rows, filtering, sharing].into_iter().chain(counting))
}

/// The documents to look at for a search: any of those that it is among may have its words.
pub(super) fn of_search(sizes: &Sizes, search: &Search) -> u64 {
    let documents = search.kinds.iter().map(|kind| documents(sizes, *kind));
    let passes = [
        search.wanted.anything(),
        search.has_snippets,
        search.is_counted,
    ];
    let passes = passes.into_iter().filter(|pass| *pass).count() as u64;
    sum(documents).saturating_mul(passes)
}

/// How many documents of a kind there are.
pub(super) fn documents(sizes: &Sizes, kind: SearchKind) -> u64 {
    sizes.rows(SEARCHED[kind as usize].table.name)
}

/// Whether an index gives the rows of a collection in their order, under each parent.
fn is_ordered(collection: &Collection) -> bool {
    let table = &collection.connection.node.table;
    let by = collection.order.keys.first().map(|key| &key.by);
    match (&collection.parent, by) {
        (None, Some(OrderBy::Column(column))) => {
            column.name() == table.sort_key.name() || ORDERED.contains(&(table.name, column.name()))
        }
        (Some(ParentLink::Reference { .. }), Some(OrderBy::Column(column))) => {
            column.name() == table.sort_key.name()
        }
        // The rows of a group are found one by one.
        _ => false,
    }
}

/// Of so many rows, those to look at for an order of them beside themselves.
fn of_order(sizes: &Sizes, order: &Order, rows: u64) -> u64 {
    let keys = order.keys.iter();
    sum(keys.map(|key| of_key(sizes, &key.by, rows)))
}

fn of_key(sizes: &Sizes, by: &OrderBy, rows: u64) -> u64 {
    match by {
        // The rest of a number comes with its part.
        OrderBy::Column(_) | OrderBy::TotalLow(_) => 0,
        OrderBy::Related { target, by, .. } => {
            let targets = rows.min(sizes.rows(target.table.name));
            rows.saturating_add(of_key(sizes, by, targets))
        }
        OrderBy::ChildCount(relation) => children(sizes, relation, rows),
        OrderBy::TotalHigh(total) => {
            let results = children(sizes, total.relation, rows);
            let node = total.relation.connection.node;
            let (rows, filtering) = matching(sizes, node, total.filter.as_ref(), results);
            rows.saturating_add(filtering)
        }
    }
}

/// Of so many rows of a type, those that must be looked at to find what matches; and the rows of other tables that must
/// be looked at for it.
fn matching(
    sizes: &Sizes,
    object: &'static ObjectType,
    filter: Option<&Filter>,
    rows: u64,
) -> (u64, u64) {
    match filter {
        None => (rows, 0),
        Some(filter) => {
            let rows = rows.min(found(sizes, object, filter));
            (rows, beside(sizes, filter, rows))
        }
    }
}

/// How many rows of a type an index finds for a filter; all of them where none helps.
fn found(sizes: &Sizes, object: &'static ObjectType, filter: &Filter) -> u64 {
    let table = &object.table;
    let all = sizes.rows(table.name);
    let of_values = |column: &'static str, values: usize| {
        (values as u64).saturating_mul(sizes.shared(table.name, column))
    };
    let found = match filter {
        Filter::All(filters) => filters
            .iter()
            .map(|filter| found(sizes, object, filter))
            .min()
            .unwrap_or(all),
        Filter::Any(filters) => sum(filters.iter().map(|filter| found(sizes, object, filter))),
        Filter::Column { column, test, .. } => match test {
            Test::OneOfTexts(ids) if column.name() == table.natural_key.name() => ids.len() as u64,
            Test::OneOf(numbers) => of_values(column.name(), numbers.len()),
            Test::OneOfWords(words) => of_values(column.name(), words.len()),
            _ => all,
        },
        Filter::ToOne {
            key,
            target,
            filter,
            ..
        } => {
            let targets = found(sizes, target, filter);
            if targets >= sizes.rows(target.table.name) {
                return all;
            }
            targets.saturating_mul(sizes.shared(table.name, key.name()))
        }
        Filter::Within {
            closure,
            target,
            filter,
        } => {
            let below = sizes.shared(closure.table, closure.ancestor.name());
            found(sizes, target, filter).saturating_mul(below.saturating_add(1))
        }
        Filter::Some { relation, filter } => {
            let node = relation.connection.node;
            match found(sizes, node, filter) {
                few if few < sizes.rows(node.table.name) => few,
                _ => all,
            }
        }
        Filter::Not(_) | Filter::ChildCount { .. } => all,
    };
    found.min(all)
}

/// The rows of other tables that must be looked at to tell of so many rows whether they match.
fn beside(sizes: &Sizes, filter: &Filter, rows: u64) -> u64 {
    match filter {
        Filter::All(filters) | Filter::Any(filters) => {
            sum(filters.iter().map(|filter| beside(sizes, filter, rows)))
        }
        Filter::Not(filter) => beside(sizes, filter, rows),
        Filter::Column { .. } => 0,
        Filter::ToOne { target, filter, .. } | Filter::Within { target, filter, .. } => {
            let targets = found(sizes, target, filter);
            targets.saturating_add(beside(sizes, filter, targets))
        }
        Filter::Some { relation, filter } => {
            let node = relation.connection.node;
            let looked_at = found(sizes, node, filter).min(children(sizes, relation, rows));
            looked_at.saturating_add(beside(sizes, filter, looked_at))
        }
        Filter::ChildCount { relation, .. } => children(sizes, relation, rows),
    }
}

/// How many rows refer to so many rows, at the most.
fn children(sizes: &Sizes, relation: &Relation, rows: u64) -> u64 {
    let table = relation.connection.node.table.name;
    rows.saturating_mul(sizes.shared(table, relation.foreign_key.name()))
        .min(sizes.rows(table))
}

/// How many rows a collection has under each parent at most, whatever it is asked for.
pub(super) fn under_one(sizes: &Sizes, collection: &Collection) -> u64 {
    let table = collection.connection.node.table.name;
    match &collection.parent {
        Some(ParentLink::Reference { foreign_key, .. }) => sizes.shared(table, foreign_key.name()),
        Some(ParentLink::Group(_)) | None => sizes.rows(table),
    }
}

fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}
