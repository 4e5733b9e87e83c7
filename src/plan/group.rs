//! Plans groups: by what the rows of a collection are put together, which groups are kept, in what order, and what is
//! asked of each.

use async_graphql::Value;

use super::{
    aggregated::Aggregated,
    arguments::Arguments,
    codes::Codes,
    fetch::Fetch,
    filter::Filter,
    having::{Having, having, measure},
    input::{Fault, given, items, only_entry, word},
    order::{Order, OrderBy, OrderKey, check_number, is_descending, scope},
    order_name::{key_text, order_by_text, order_name},
    output::{ConnectionOutput, FieldPlace, ResponseKey},
    page::{Listed, Page},
    planner::Planner,
    selection::Selected,
    tree::{Collection, GroupLink, ParentLink, Wanted},
};
use crate::{
    error::RequestError,
    schema::declaration::{ColumnRef, Connection, GroupType, Measure, ObjectType, Source},
};

/// One way in which all rows of a collection are put into groups.
pub struct Groups {
    /// What kind of groups.
    pub kind: &'static GroupType,
    /// What the rows of a group have in common.
    pub dimensions: Vec<GroupDimension>,
    /// The places in [`Fetch::columns`] of the values that tie the rows to the parent of the collection.
    pub parent_places: Vec<usize>,
    /// Which groups there are; `None` for all.
    pub having: Option<Having>,
    /// In what order they come.
    pub order: Order<GroupKey>,
    /// Which page.
    pub page: Page,
    /// What of the page has to be known.
    pub wanted: Wanted,
    /// What to say of each group.
    pub aggregated: Aggregated,
    /// The field that asks for them.
    pub asked: FieldPlace,
    /// What to show of the groups. Its first column is the group's number, the others are of the rows grouped.
    pub fetch: Fetch,
}

/// One thing that the rows of a group have in common.
pub struct GroupDimension {
    /// The value, and where it is put.
    pub link: GroupLink,
    /// Where the value is the id of an object: its type, by whose default order groups are ordered.
    pub target: Option<&'static ObjectType>,
}

/// What groups are ordered by.
#[derive(Clone)]
pub enum GroupKey {
    /// The dimension at this place.
    Dimension(usize),
    /// The count at this place in [`Aggregated::counts`].
    Count(usize),
    /// The part of a total's number over [`NUMBER_BASE`](crate::plan::NUMBER_BASE); missing where there is no such
    /// number.
    TotalHigh(TotalRef, TotalNumber),
    /// The rest of that number, from 0.
    TotalLow(TotalRef, TotalNumber),
}

/// Which number of a total is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalNumber {
    /// The sum.
    Sum,
    /// How many there are at the least.
    AtLeast,
}

/// One total of a group, by what tells it from the others.
#[derive(Clone)]
pub struct TotalRef {
    /// Code of its unit, whatever the case of the letters A to Z.
    pub unit: String,
    /// Code of its scope.
    pub scope: i64,
}

/// What the planner has to remember inside of a group.
#[derive(Default)]
pub(super) struct GroupLevel {
    /// What the rows grouped match.
    pub(super) filter: Option<Filter>,
    /// What the rows of a group have in common, those of the parent of the collection included.
    pub(super) links: Vec<GroupLink>,
    /// What is said of a group.
    pub(super) aggregated: Aggregated,
}

/// The total that a filter or an order names; its numbers are asked for in `aggregated`.
pub(super) fn total_ref(
    value: &Value,
    codes: Codes<'_>,
    aggregated: &mut Aggregated,
) -> Result<TotalRef, Fault> {
    let unit = given(value, "unit")
        .and_then(word)
        .ok_or_else(|| Fault::new("name a unit by its code").under("unit"))?;
    codes
        .check_unit(unit)
        .map_err(|fault| fault.under("unit"))?;
    aggregated.totals_mut().needs.judged = true;
    Ok(TotalRef {
        unit: unit.to_owned(),
        scope: scope(given(value, "scope"))?,
    })
}

/// The number of a total that was named, the sum where none was.
pub(super) fn total_number(value: Option<&Value>) -> Result<TotalNumber, Fault> {
    match value.and_then(word) {
        None | Some("SUM") => Ok(TotalNumber::Sum),
        Some("AT_LEAST") => Ok(TotalNumber::AtLeast),
        Some(_) => Err(Fault::new("there is no such number").under("by")),
    }
}

impl<'q> Planner<'q> {
    /// The groups that a field asks for of a collection, and what to write of them.
    pub(super) fn groups(
        &mut self,
        collection: &Collection,
        kind: &'static GroupType,
        selected: &Selected<'q>,
    ) -> Result<(Groups, Vec<(ResponseKey, ConnectionOutput)>), RequestError> {
        let connection = collection.connection;
        let arguments = Arguments::new(self.operation, selected.field);
        let fault_in = |name: &'static str| {
            let arguments = &arguments;
            move |fault: Fault| arguments.fault_inside(name, &fault.path, fault.what)
        };
        let mut fetch = Fetch::new(kind.object);
        let parent_links = parent_links(collection.parent.as_ref(), &mut fetch);
        let by = arguments.object("by");
        let dimensions = dimensions(connection, kind, by.as_ref(), &mut fetch)
            .map_err(fault_in("by"))
            .map_err(|fault| self.here(fault))?;
        let mut aggregated = Aggregated::default();
        let having = arguments
            .object("having")
            .map(|value| having(connection, kind, &value, self.codes, &mut aggregated))
            .transpose()
            .map_err(fault_in("having"))
            .map_err(|fault| self.here(fault))?;
        let order_by = arguments.object("orderBy");
        let order = Ordering {
            connection,
            kind,
            dimensions: &dimensions,
            codes: self.codes,
        }
        .order(order_by.as_ref(), &mut aggregated)
        .map_err(fault_in("orderBy"))
        .map_err(|fault| self.here(fault))?;
        let listed = Listed {
            type_name: kind.object.name,
            plural: "groups",
        };
        let page = Page::from_arguments(&arguments, listed, &order, self.limits.pages(), true)
            .map_err(|fault| self.here(fault))?;

        let parent_places = parent_links.iter().map(|link| link.place).collect();
        let of_groups = dimensions.iter().map(|dimension| dimension.link.clone());
        let group = GroupLevel {
            filter: collection.filter.clone(),
            links: parent_links.into_iter().chain(of_groups).collect(),
            aggregated,
        };
        let mut wanted = Wanted::default();
        let (fetch, aggregated, fields) = self.in_group(fetch, group, |planner, level| {
            let fields = planner
                .operation
                .fields(kind.connection_name, false, &selected.sets);
            planner.each(fields, |planner, selected| {
                planner.groups_field(level, kind, &mut wanted, selected)
            })
        })?;
        let groups = Groups {
            kind,
            dimensions,
            parent_places,
            having,
            order,
            page,
            wanted,
            aggregated,
            asked: self.place(selected),
            fetch,
        };
        Ok((groups, fields))
    }

    fn groups_field(
        &mut self,
        level: usize,
        kind: &'static GroupType,
        wanted: &mut Wanted,
        selected: &Selected<'q>,
    ) -> Result<ConnectionOutput, RequestError> {
        match selected.field.name.as_str() {
            "__typename" => Ok(ConnectionOutput::Typename(kind.connection_name)),
            "nodes" => {
                wanted.rows = true;
                Ok(ConnectionOutput::Nodes(self.object(level, &selected.sets)?))
            }
            "edges" => {
                wanted.rows = true;
                Ok(ConnectionOutput::Edges(self.edges(
                    level,
                    kind.edge_name,
                    &selected.sets,
                )?))
            }
            "pageInfo" => Ok(ConnectionOutput::PageInfo(
                self.page_info(wanted, &selected.sets)?,
            )),
            // Groups are counted when they are put together: theirs is the one count there is.
            "totalCount" => Ok(ConnectionOutput::TotalCount(0)),
            _ => Err(self.unknown(kind.connection_name, selected)),
        }
    }
}

/// What ties the rows of a collection to its parent.
fn parent_links(parent: Option<&ParentLink>, fetch: &mut Fetch) -> Vec<GroupLink> {
    match parent {
        None => Vec::new(),
        Some(ParentLink::Reference { foreign_key, .. }) => vec![GroupLink {
            place: fetch.parent_column(*foreign_key),
            column: *foreign_key,
            by: OrderBy::Column(*foreign_key),
            nullable: false,
        }],
        Some(ParentLink::Group(links)) => links
            .iter()
            .map(|outer| GroupLink {
                place: fetch.parent_column(outer.column),
                ..outer.clone()
            })
            .collect(),
    }
}

fn link(by: OrderBy, column: ColumnRef, nullable: bool, fetch: &mut Fetch) -> GroupLink {
    GroupLink {
        place: fetch.column(column),
        column,
        by,
        nullable,
    }
}

/// The dimensions that the coerced value of `by` names.
fn dimensions(
    connection: &Connection,
    kind: &'static GroupType,
    by: Option<&Value>,
    fetch: &mut Fetch,
) -> Result<Vec<GroupDimension>, Fault> {
    let names = by.map_or(&[][..], items);
    if names.is_empty() {
        return Err(Fault::new(format!(
            "name at least one {} to group by",
            kind.dimension.name
        )));
    }
    let mut places = Vec::new();
    let mut dimensions = Vec::new();
    for (index, named) in names.iter().enumerate() {
        let fault = |what: String| Fault::new(what).under(&index.to_string());
        let place = word(named)
            .and_then(|word| {
                let mut values = kind.dimension.values.iter();
                values.position(|(known, _)| *known == word)
            })
            .ok_or_else(|| fault(format!("{named} is no {}", kind.dimension.name)))?;
        if places.contains(&place) {
            return Err(fault(format!(
                "{named} is there already; name each dimension once"
            )));
        }
        places.push(place);
        let declared = &kind.dimensions[place];
        let (field, column) = kind
            .shown(declared)
            .ok_or_else(|| fault(format!("{named} cannot be grouped by")))?;
        let by = match declared.through {
            None => OrderBy::Column(column),
            Some((key, target)) => OrderBy::Related {
                key,
                target,
                by: Box::new(OrderBy::Column(column)),
            },
        };
        let node = connection.node;
        let nullable = node
            .fields
            .iter()
            .chain(node.filter.extra)
            .any(|known| known.name == field.name && known.nullable);
        dimensions.push(GroupDimension {
            link: link(by, column, nullable, fetch),
            target: match &field.source {
                Source::ToOne { target, .. } => Some(target),
                _ => None,
            },
        });
    }
    Ok(dimensions)
}

/// What an order of groups may be made of.
struct Ordering<'p> {
    connection: &'p Connection,
    kind: &'p GroupType,
    dimensions: &'p [GroupDimension],
    codes: Codes<'p>,
}

impl Ordering<'_> {
    fn order(
        &self,
        order_by: Option<&Value>,
        aggregated: &mut Aggregated,
    ) -> Result<Order<GroupKey>, Fault> {
        let asked = order_by.map_or(&[][..], items);
        check_number(asked)?;
        let mut keys = Vec::new();
        for (place, item) in asked.iter().enumerate() {
            let planned = self
                .keys(item, aggregated)
                .map_err(|fault| fault.under(&place.to_string()))?;
            keys.extend(planned);
        }
        keys.extend(self.by_dimensions(false));
        let texts: Vec<String> = keys
            .iter()
            .map(|key| key_text(key, |by| self.text(by, aggregated)))
            .collect();
        Ok(Order {
            name: order_name(&texts),
            keys,
        })
    }

    /// What a key compares, for the name of the order.
    fn text(&self, key: &GroupKey, aggregated: &Aggregated) -> String {
        match key {
            GroupKey::Dimension(place) => order_by_text(&self.dimensions[*place].link.by),
            GroupKey::Count(place) => match aggregated.counts[*place] {
                Measure::Count => "count".into(),
                Measure::CountTrue(column) => format!("count {}", column.name()),
                Measure::CountDistinct(column) => format!("count distinct {}", column.name()),
                Measure::CountReferring { table, .. } => format!("count {table}"),
                Measure::Totals | Measure::Total => "totals".into(),
            },
            GroupKey::TotalHigh(TotalRef { unit, scope }, number) => {
                format!("{number:?} {:?} {scope}", unit.to_ascii_lowercase())
            }
            GroupKey::TotalLow(..) => "rest of the number".into(),
        }
    }

    fn keys(
        &self,
        item: &Value,
        aggregated: &mut Aggregated,
    ) -> Result<Vec<OrderKey<GroupKey>>, Fault> {
        let (name, value) = only_entry(item)?;
        let under = |fault: Fault| fault.under(name);
        let number = |by, descending, nullable| OrderKey {
            by,
            descending,
            nullable,
            is_text: false,
        };
        match name {
            "key" => Ok(self.by_dimensions(is_descending(value).map_err(under)?)),
            "total" => {
                let total = total_ref(value, self.codes, aggregated).map_err(under)?;
                let descending = is_descending(given(value, "direction").unwrap_or(&Value::Null))
                    .map_err(|fault| under(fault.under("direction")))?;
                let compared = total_number(given(value, "by")).map_err(under)?;
                Ok(vec![
                    number(
                        GroupKey::TotalHigh(total.clone(), compared),
                        descending,
                        true,
                    ),
                    number(GroupKey::TotalLow(total, compared), descending, true),
                ])
            }
            _ => {
                let measure = measure(self.connection, self.kind, name)
                    .ok_or_else(|| under(Fault::new("there is no such key")))?;
                let descending = is_descending(value).map_err(under)?;
                let place = aggregated.count(measure);
                Ok(vec![number(GroupKey::Count(place), descending, false)])
            }
        }
    }

    fn by_dimensions(&self, descending: bool) -> Vec<OrderKey<GroupKey>> {
        let dimensions = self.dimensions.iter().enumerate();
        dimensions
            .map(|(place, dimension)| OrderKey {
                by: GroupKey::Dimension(place),
                descending,
                nullable: dimension.link.nullable,
                is_text: dimension.target.is_some(),
            })
            .collect()
    }
}
