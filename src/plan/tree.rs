//! The data a plan is made of.
//!
//! A [`Fetch`] is one occurrence of an object type: the columns to read for its rows, and what hangs on each row. An
//! [`Object`] is one selection written from the rows of a fetch; several objects may share a fetch (`nodes` and
//! `edges { node }`, or a child that asks for its parent again).

use std::fmt;

use crate::schema::{
    change::ChangePart,
    declaration::{Closure, ColumnRef, Connection, Measure, ObjectType, Scalar},
    total::TotalPart,
    unit_of_measure::UNIT_OF_MEASURE,
};

use super::{
    filter::Filter,
    group::{GroupDimension, Groups},
    order::{Order, OrderBy},
    page::Page,
    search::{Search, SearchOutput},
    share::Share,
};

/// What one operation asks for.
pub struct Plan {
    /// The root fields, in the order of the answer.
    pub roots: Vec<(ResponseKey, RootOutput)>,
    /// What has to be loaded for them.
    pub loads: Vec<Root>,
}

impl Plan {
    /// Whether async-graphql has to answer a part of it.
    pub fn introspects(&self) -> bool {
        self.roots
            .iter()
            .any(|(_, output)| matches!(output, RootOutput::Introspection))
    }
}

/// One thing to load at the root.
pub enum Root {
    /// Rows of one type by their natural keys.
    Lookup {
        /// What to fetch of them.
        fetch: Box<Fetch>,
        /// The natural keys, without repetition.
        natural_keys: Vec<String>,
    },
    /// A collection of all rows of a type.
    Collection(Box<Collection>),
    /// What is found by its words.
    Search(Box<Search>),
}

/// How a root field is written.
pub enum RootOutput {
    /// `__typename`.
    Typename,
    /// `__schema` or `__type`, which async-graphql answers.
    Introspection,
    /// Null: an id or a key that cannot exist.
    Null,
    /// A row of a look-up, null where there is none.
    Row(RowOutput),
    /// Several rows of look-ups, in the order asked for, null where there is none.
    Rows(Vec<Option<RowOutput>>),
    /// The collection at this place in [`Plan::loads`].
    Collection(usize, Vec<(ResponseKey, ConnectionOutput)>),
    /// The search at this place in [`Plan::loads`].
    Search(usize, Vec<(ResponseKey, SearchOutput)>),
}

/// One row of a look-up, as an object.
pub struct RowOutput {
    /// The look-up's place in [`Plan::loads`].
    pub load: usize,
    /// The row's natural key.
    pub natural_key: String,
    /// What to write of it.
    pub object: std::sync::Arc<Object>,
}

/// One occurrence of an object type: what to read of its rows, and what hangs on each.
pub struct Fetch {
    /// The type of the rows.
    pub object: &'static ObjectType,
    /// What to read; the first column is always the row's id.
    pub columns: Vec<FetchColumn>,
    /// What to compute for each row; it comes behind the columns.
    pub computed: Vec<OrderBy>,
    /// Rows of small tables that come in the same statement.
    pub joins: Vec<Joined>,
    /// Rows of other tables that these rows refer to.
    pub to_ones: Vec<ToOne>,
    /// Collections under these rows.
    pub collections: Vec<Collection>,
    /// Lists of ancestors of these rows.
    pub ancestors: Vec<Ancestors>,
    /// Series of these rows.
    pub series: Vec<Series>,
    /// What the changes of these rows are made of, if they are asked for.
    pub change: Option<ChangeColumns>,
}

/// A column to read.
pub struct FetchColumn {
    /// The column.
    pub column: ColumnRef,
    /// The place in [`Fetch::joins`] of the table it is in; `None` for the fetch's own.
    pub join: Option<usize>,
}

/// A row of another table that comes in the same statement.
pub struct Joined {
    /// The other type.
    pub target: &'static ObjectType,
    /// The column that refers to it.
    pub key: ColumnRef,
}

/// Rows of another table, one for each row at most.
pub struct ToOne {
    /// How they are found.
    pub link: Link,
    /// What to fetch of them.
    pub fetch: Fetch,
}

/// How a row of another table is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// By its id, which is in the column at this place in [`Fetch::columns`].
    Key(usize),
    /// As the result of the fiscal year before.
    Previous,
}

/// What the change from the previous result is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeColumns {
    /// The place in [`Fetch::to_ones`] of the previous results.
    pub previous: usize,
    /// Where the figure is in a previous result.
    pub from: FigureColumns,
    /// Where the figure is in a result itself.
    pub to: FigureColumns,
}

/// The places in [`Fetch::columns`] of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureColumns {
    /// Of the value.
    pub value: usize,
    /// Of how to read it.
    pub precision: usize,
}

/// The ancestors of each row.
pub struct Ancestors {
    /// Where they are recorded.
    pub closure: &'static Closure,
    /// What to fetch of them.
    pub fetch: Fetch,
}

/// What the results under each row come to, year by year.
pub struct Series {
    /// The results, of which no page is asked for.
    pub results: Collection,
    /// The fiscal year that they are put together by.
    pub year: GroupDimension,
}

/// One occurrence of a collection.
pub struct Collection {
    /// Which collection.
    pub connection: &'static Connection,
    /// The columns that tie it to its parent; `None` at the root.
    pub parent: Option<ParentLink>,
    /// Which rows it has: those that match; `None` for all.
    pub filter: Option<Filter>,
    /// In what order its rows come.
    pub order: Order,
    /// Where the value of each key of the order is in a row.
    pub order_places: Vec<OrderPlace>,
    /// Which page.
    pub page: Page,
    /// What of the page has to be known.
    pub wanted: Wanted,
    /// What to fetch of the rows of the page.
    pub fetch: Fetch,
    /// What to say of the whole collection.
    pub aggregated: Aggregated,
    /// In which ways to put all its rows into groups.
    pub groups: Vec<Groups>,
}

/// What to say of a whole collection, or of a whole group.
#[derive(Default)]
pub struct Aggregated {
    /// What to count.
    pub counts: Vec<Measure>,
    /// What to total.
    pub totals: Option<Totals>,
}

/// Where the value of a key of an order is in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderPlace {
    /// A place in [`Fetch::columns`].
    Column(usize),
    /// A place in [`Fetch::computed`].
    Computed(usize),
}

/// How a collection is tied to its parent.
pub enum ParentLink {
    /// Its rows refer to the parent.
    Reference {
        /// The place in the parent's [`Fetch::columns`] of the column that the rows refer to.
        parent_key: usize,
        /// The column of the rows that refers to it.
        foreign_key: ColumnRef,
    },
    /// Its rows are those of a group: they have all these values.
    Group(Vec<GroupLink>),
}

/// A value that the rows of a group have in common.
#[derive(Clone)]
pub struct GroupLink {
    /// The place of the value in the group's [`Fetch::columns`].
    pub place: usize,
    /// The column that it is shown as there.
    pub column: ColumnRef,
    /// Where the rows have it.
    pub by: OrderBy,
    /// Whether it may be missing.
    pub nullable: bool,
}

/// What of a page has to be known.
#[derive(Clone, Copy, Default)]
pub struct Wanted {
    /// The rows themselves, or cursors.
    pub rows: bool,
    /// Whether something follows.
    pub next: bool,
    /// Whether something precedes.
    pub previous: bool,
}

impl Wanted {
    /// Whether anything has to be read for the page at all.
    pub fn anything(self) -> bool {
        self.rows || self.next || self.previous
    }
}

/// What to total over a collection of results.
pub struct Totals {
    /// Which numbers are asked for.
    pub needs: TotalNeeds,
    /// The shares whose percentiles are asked for; the median is that of one half.
    pub shares: Vec<Share>,
    /// What to fetch of the units.
    pub unit: Fetch,
    /// The place in its columns of the code by which totals are listed.
    pub unit_code: usize,
}

/// Which groups of numbers a total needs; each costs the database something.
#[derive(Clone, Copy, Default)]
pub struct TotalNeeds {
    /// Sum, precision or mean.
    pub sum: bool,
    /// The caveats.
    pub caveats: bool,
    /// Smallest and largest.
    pub extremes: bool,
}

/// A response key, ready to be written: `"key":`.
#[derive(Clone)]
pub struct ResponseKey(Box<str>);

impl ResponseKey {
    /// The key of a field; GraphQL names need no escaping in JSON.
    pub fn new(name: &str) -> ResponseKey {
        ResponseKey(format!("\"{name}\":").into())
    }

    /// The key with its quotes and colon.
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// The key itself.
    pub fn name(&self) -> &str {
        &self.0[1..self.0.len() - 2]
    }
}

impl fmt::Debug for ResponseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One selection of an object: response keys and where their values come from.
#[derive(Default)]
pub struct Object {
    /// In the order of the answer.
    pub fields: Vec<(ResponseKey, Output)>,
}

/// Where the value of a response key comes from.
pub enum Output {
    /// The type's name.
    Typename(&'static str),
    /// The global id, from the natural key in this column.
    Id(&'static str, usize),
    /// A column.
    Scalar(usize, Scalar),
    /// An object made of columns of the same row; null where the column `present` is null.
    SameRow {
        /// The deciding column; `None` where there always is an object.
        present: Option<usize>,
        /// The object.
        object: Object,
    },
    /// A row of [`Fetch::to_ones`].
    ToOne {
        /// Its place there.
        child: usize,
        /// The object, the same under every row that refers to it.
        object: Object,
    },
    /// A row that this row hangs on, which has been read already.
    AtHand {
        /// How many parents up it is.
        levels: usize,
        /// The object.
        object: Object,
    },
    /// A collection of [`Fetch::collections`].
    Collection {
        /// Its place there.
        child: usize,
        /// What to write of it.
        fields: Vec<(ResponseKey, ConnectionOutput)>,
    },
    /// A list of [`Fetch::ancestors`].
    Ancestors {
        /// Its place there.
        child: usize,
        /// What to write of each.
        object: Object,
    },
    /// The change from the previous result.
    Change(Vec<(ResponseKey, ChangeOutput)>),
    /// A series of [`Fetch::series`].
    Series {
        /// Its place there.
        child: usize,
        /// What to write of each point.
        fields: Vec<(ResponseKey, SeriesOutput)>,
    },
    /// What can be said of the rows of a group.
    Aggregate(Vec<(ResponseKey, AggregateOutput)>),
}

/// A field of a change.
#[derive(Clone, Copy)]
pub enum ChangeOutput {
    /// The type's name.
    Typename,
    /// A number, or how to read it.
    Part(ChangePart),
}

/// A field of a point of a series.
pub enum SeriesOutput {
    /// The type's name.
    Typename,
    /// The fiscal year.
    FiscalYear,
    /// The total of the year.
    Total(Vec<(ResponseKey, TotalOutput)>),
    /// The change from the year before.
    Change(Vec<(ResponseKey, ChangeOutput)>),
}

/// A field of a connection.
pub enum ConnectionOutput {
    /// The type's name.
    Typename(&'static str),
    /// The rows of the page.
    Nodes(Object),
    /// The rows of the page with their cursors.
    Edges(Vec<(ResponseKey, EdgeOutput)>),
    /// Where the page lies.
    PageInfo(Vec<(ResponseKey, PageInfoField)>),
    /// The count at this place in [`Aggregated::counts`].
    TotalCount(usize),
    /// What can be said of the whole collection.
    Aggregate(Vec<(ResponseKey, AggregateOutput)>),
    /// The groups at this place in [`Collection::groups`].
    Groups(usize, Vec<(ResponseKey, ConnectionOutput)>),
}

/// A field of an edge.
pub enum EdgeOutput {
    /// The type's name.
    Typename(&'static str),
    /// The row's cursor.
    Cursor,
    /// The row.
    Node(Object),
}

/// A field of `PageInfo`.
#[derive(Clone, Copy)]
pub enum PageInfoField {
    /// The type's name.
    Typename,
    /// Whether something follows.
    HasNextPage,
    /// Whether something precedes.
    HasPreviousPage,
    /// Cursor of the first row.
    StartCursor,
    /// Cursor of the last row.
    EndCursor,
}

/// A field of an aggregate.
pub enum AggregateOutput {
    /// The type's name.
    Typename(&'static str),
    /// The count at this place in [`Aggregated::counts`].
    Count(usize),
    /// The totals.
    Totals(Vec<(ResponseKey, TotalOutput)>),
}

/// A field of a total.
pub enum TotalOutput {
    /// The type's name.
    Typename,
    /// A number or a list of names.
    Part(TotalPart),
    /// The percentile of the share at this place in [`Totals::shares`].
    Percentile(usize),
    /// The unit.
    Unit(Object),
}

impl Fetch {
    /// A fetch of nothing but the rows' ids.
    pub fn new(object: &'static ObjectType) -> Fetch {
        Fetch {
            object,
            columns: vec![FetchColumn {
                column: object.table.id,
                join: None,
            }],
            computed: Vec::new(),
            joins: Vec::new(),
            to_ones: Vec::new(),
            collections: Vec::new(),
            ancestors: Vec::new(),
            series: Vec::new(),
            change: None,
        }
    }

    /// The place of a column among those to read; it is added if it is not there yet.
    pub fn column(&mut self, column: ColumnRef) -> usize {
        self.place(column, None)
    }

    /// Whether nothing is asked of the rows but that they are there.
    pub fn is_bare(&self) -> bool {
        self.width() == 1
            && self.joins.is_empty()
            && self.to_ones.is_empty()
            && self.collections.is_empty()
            && self.ancestors.is_empty()
    }

    /// How many values a row has.
    pub fn width(&self) -> usize {
        self.columns.len() + self.computed.len()
    }

    /// Where the value of a key of an order is in a row; it is added if it is not read yet.
    pub fn order_place(&mut self, by: &OrderBy) -> OrderPlace {
        match by {
            OrderBy::Column(column) => OrderPlace::Column(self.column(*column)),
            computed => {
                self.computed.push(computed.clone());
                OrderPlace::Computed(self.computed.len() - 1)
            }
        }
    }

    /// The place of a value among all values of a row.
    pub fn resolve(&self, place: OrderPlace) -> usize {
        match place {
            OrderPlace::Column(column) => column,
            OrderPlace::Computed(computed) => self.columns.len() + computed,
        }
    }

    /// A place of its own for a value that no field shows: what the rows of a group have from the parent of their
    /// collection. A field of the same column is another place, null where it is not grouped by.
    pub(super) fn hidden(&mut self, column: ColumnRef) -> usize {
        self.columns.push(FetchColumn {
            column,
            join: Some(usize::MAX),
        });
        self.columns.len() - 1
    }

    /// The place of a column of a joined table.
    pub fn joined_column(&mut self, join: usize, column: ColumnRef) -> usize {
        self.place(column, Some(join))
    }

    /// The place of a joined table; it is added if it is not there yet.
    pub fn join(&mut self, target: &'static ObjectType, key: ColumnRef) -> usize {
        match self
            .joins
            .iter()
            .position(|join| join.key.name() == key.name())
        {
            Some(place) => place,
            None => {
                self.joins.push(Joined { target, key });
                self.joins.len() - 1
            }
        }
    }

    /// The place of a column that is known to be read.
    pub fn place_of(&self, column: ColumnRef) -> Option<usize> {
        self.columns
            .iter()
            .position(|known| known.join.is_none() && known.column.name() == column.name())
    }

    fn place(&mut self, column: ColumnRef, join: Option<usize>) -> usize {
        match self
            .columns
            .iter()
            .position(|known| known.join == join && known.column.name() == column.name())
        {
            Some(place) => place,
            None => {
                self.columns.push(FetchColumn { column, join });
                self.columns.len() - 1
            }
        }
    }
}

impl Aggregated {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.totals.is_none()
    }

    /// The totals, which are asked for from now on.
    pub(super) fn totals_mut(&mut self) -> &mut Totals {
        self.totals.get_or_insert_with(|| {
            let mut unit = Fetch::new(&UNIT_OF_MEASURE);
            let unit_code = unit.column(UNIT_OF_MEASURE.table.sort_key);
            Totals {
                needs: TotalNeeds::default(),
                shares: Vec::new(),
                unit,
                unit_code,
            }
        })
    }

    /// The place of a measure among those to count; it is added if it is not there yet.
    pub fn count(&mut self, measure: Measure) -> usize {
        match self
            .counts
            .iter()
            .position(|known| same_measure(*known, measure))
        {
            Some(place) => place,
            None => {
                self.counts.push(measure);
                self.counts.len() - 1
            }
        }
    }
}

impl Totals {
    /// The place of a share among those whose percentiles are asked for; it is added if it is not there yet.
    pub fn percentile(&mut self, share: Share) -> usize {
        match self.shares.iter().position(|known| *known == share) {
            Some(place) => place,
            None => {
                self.shares.push(share);
                self.shares.len() - 1
            }
        }
    }
}

fn same_measure(a: Measure, b: Measure) -> bool {
    match (a, b) {
        (Measure::Count, Measure::Count) => true,
        (Measure::CountTrue(a), Measure::CountTrue(b))
        | (Measure::CountDistinct(a), Measure::CountDistinct(b)) => a.name() == b.name(),
        (Measure::CountReferring { table: a, .. }, Measure::CountReferring { table: b, .. }) => {
            a == b
        }
        _ => false,
    }
}
