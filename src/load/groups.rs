//! Loads groups: puts the rows of a collection together under each parent, keeps the groups that are wanted, orders them
//! and cuts the page.
//!
//! All groups of all parents come from one statement. Which of them are kept, and in what order, is decided here and not
//! in SQL, by the same sums that are shown.

use std::collections::HashMap;

use super::{
    aggregates::{Aggregate, Aggregates, LoadedAggregates, load_all},
    collection::{LoadedCollection, LoadedPage, PageSlice, arrange},
    rows::{Cell, Rows},
    snapshot::Session,
    total::key_parts,
    tree::load_below,
};
use crate::{
    error::Internal,
    plan::{Collection, GroupKey, Groups, Having, NumberTest, TotalNumber, TotalRef},
    sql::ParentKeys,
};

/// Loads the groups of a collection under each of the parents with these keys, or at the root, as a collection.
pub(super) fn load_groups(
    session: &mut Session<'_>,
    collection: &Collection,
    groups: &Groups,
    keys: Option<&ParentKeys>,
) -> Result<LoadedCollection, Internal> {
    let all = load_all(
        session,
        collection,
        &groups.aggregated,
        &groups.dimensions,
        Some(&groups.asked),
        keys,
    )?;
    let parents = keys.map_or(1, ParentKeys::len);
    let mut count_of_parent = vec![0; parents];
    let width = groups.fetch.columns.len() + groups.order.keys.len();
    let mut rows = Rows::new(width).within(session.budget());
    session.hold_each::<(i64, PageSlice)>(parents)?;
    let places = places(keys);
    let values = values(groups);
    for (key, aggregate) in &all.places {
        let group = Group {
            groups,
            all: &all,
            aggregate: &all.aggregates[*aggregate],
        };
        if !groups
            .having
            .as_ref()
            .is_none_or(|having| group.has(having))
        {
            continue;
        }
        let (parent, dimensions) = match keys {
            Some(_) => key.split_first().unwrap_or((&None, &[])),
            None => (&None, &key[..]),
        };
        for parent in places.get(parent).into_iter().flatten() {
            count_of_parent[*parent as usize] += 1;
            if !groups.wanted.anything() {
                continue;
            }
            rows.push_parent(*parent);
            for value in &values {
                rows.push(cell(match value {
                    Value::Number => Some(*aggregate as i64),
                    Value::Dimension(place) => dimensions[*place],
                    Value::Parent(place) => {
                        keys.and_then(|keys| keys.value(*parent as usize, *place))
                    }
                    Value::Missing => None,
                }))?;
            }
            for order in &groups.order.keys {
                rows.push(group.key(&order.by, dimensions))?;
            }
            rows.check()?;
        }
    }
    session.hold(rows.bytes())?;
    let page = groups
        .wanted
        .anything()
        .then(|| load_page(session, groups, rows, parents, all))
        .transpose()?;
    Ok(LoadedCollection {
        page,
        aggregates: Some(LoadedAggregates::of_counts(count_of_parent)),
        groups: Vec::new(),
    })
}

fn load_page(
    session: &mut Session<'_>,
    groups: &Groups,
    rows: Rows,
    parents: usize,
    all: Aggregates,
) -> Result<LoadedPage, Internal> {
    let width = groups.fetch.columns.len();
    let order_columns: Vec<usize> = (width..rows.width()).collect();
    let (kept, slices) = arrange(&groups.page, &groups.order, &order_columns, &rows, parents);
    let rows = rows.arranged(&kept);
    let numbers = (0..rows.len())
        .map(|row| {
            rows.int(row, 0)
                .and_then(|number| usize::try_from(number).ok())
        })
        .collect();
    // What the page cut off is dropped before anything is loaded below.
    let aggregates = LoadedAggregates::of_some(numbers, all)?;
    let mut fetch = load_below(session, &groups.fetch, rows)?;
    fetch.aggregates = Some(aggregates);
    Ok(LoadedPage {
        slices,
        type_name: groups.kind.object.name,
        order_name: groups.order.name.clone(),
        order_columns,
        fetch,
    })
}

/// The places of the parents with each key. Without parents there is one, the root, and no key.
fn places(keys: Option<&ParentKeys>) -> HashMap<Option<i64>, Vec<u32>> {
    let mut places: HashMap<Option<i64>, Vec<u32>> = HashMap::new();
    let Some(keys) = keys else {
        places.insert(None, vec![0]);
        return places;
    };
    for place in 0..keys.len() {
        places
            .entry(Some(keys.tag(place)))
            .or_default()
            .push(place as u32);
    }
    places
}

/// Where the value of a column of a group comes from.
enum Value {
    /// The group's number.
    Number,
    /// The dimension at this place.
    Dimension(usize),
    /// The place in the key of the parent.
    Parent(usize),
    /// Nowhere: it is not grouped by.
    Missing,
}

fn values(groups: &Groups) -> Vec<Value> {
    let of_column = |column: usize| {
        let dimension = groups
            .dimensions
            .iter()
            .position(|dimension| dimension.link.place == column);
        let parent = || {
            groups
                .parent_places
                .iter()
                .position(|place| *place == column)
        };
        match (column, dimension) {
            (0, _) => Value::Number,
            (_, Some(dimension)) => Value::Dimension(dimension),
            _ => parent().map_or(Value::Missing, Value::Parent),
        }
    };
    (0..groups.fetch.columns.len()).map(of_column).collect()
}

fn cell(value: Option<i64>) -> Cell<'static> {
    value.map_or(Cell::Null, Cell::Int)
}

/// One group, before it is known whether it is wanted.
struct Group<'g> {
    groups: &'g Groups,
    all: &'g Aggregates,
    aggregate: &'g Aggregate,
}

impl<'g> Group<'g> {
    /// Whether the group matches.
    fn has(&self, having: &Having) -> bool {
        match having {
            Having::All(all) => all.iter().all(|having| self.has(having)),
            Having::Any(any) => any.iter().any(|having| self.has(having)),
            Having::Not(having) => !self.has(having),
            Having::Count(place, test) => holds(test, Some(self.aggregate.counts[*place].into())),
            Having::Total(total, number, test) => holds(test, self.number(total, *number)),
        }
    }

    /// A number of a total; `None` where there is no such total, or no such number of it.
    fn number(&self, wanted: &TotalRef, number: TotalNumber) -> Option<i128> {
        let code = self.groups.aggregated.totals.as_ref()?.unit_code;
        let totals = self.aggregate.totals.clone();
        let place = self.all.find(totals, wanted, code)?;
        self.all.all_totals[place].number(number)
    }

    /// What the group is ordered by.
    fn key(&self, key: &GroupKey, dimensions: &[Option<i64>]) -> Cell<'g> {
        match key {
            GroupKey::Dimension(place) => match self.groups.dimensions[*place].target {
                None => cell(dimensions[*place]),
                Some(_) => dimensions[*place]
                    .and_then(|id| self.all.objects.get(&(*place, id)))
                    .map_or(Cell::Null, |text| Cell::Text(text)),
            },
            GroupKey::Count(place) => Cell::Int(self.aggregate.counts[*place]),
            GroupKey::TotalHigh(total, number) => cell(
                self.number(total, *number)
                    .map(|number| key_parts(number).0),
            ),
            GroupKey::TotalLow(total, number) => cell(
                self.number(total, *number)
                    .map(|number| key_parts(number).1),
            ),
        }
    }
}

fn holds(test: &NumberTest, number: Option<i128>) -> bool {
    match (test, number) {
        (NumberTest::IsMissing, number) => number.is_none(),
        (_, None) => false,
        (NumberTest::OneOf(numbers), Some(number)) => numbers.contains(&number),
        (NumberTest::AtMost(most), Some(number)) => number <= *most,
        (NumberTest::AtLeast(least), Some(number)) => number >= *least,
    }
}
