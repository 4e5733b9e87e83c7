//! What to read: the columns of an object type's rows, and what hangs on each row.

use super::{group::GroupDimension, order::OrderBy, output::FieldPlace, tree::Collection};
use crate::schema::declaration::{Closure, ColumnRef, ListOf, ObjectType};

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
    /// Plain lists of rows under these rows.
    pub lists: Vec<List>,
    /// Series of these rows.
    pub series: Vec<Series>,
    /// What the changes of these rows are made of, if they are asked for.
    pub change: Option<ChangeColumns>,
}

/// A column to read.
pub struct FetchColumn {
    /// The column.
    pub column: ColumnRef,
    /// Whose it is.
    pub holder: Holder,
}

/// Whose a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The row's own.
    Row,
    /// The table at this place in [`Fetch::joins`].
    Join(usize),
    /// What the collection hangs on that the row is a group of. No field shows it: a field of the same column is the
    /// row's own, and null where it is not grouped by.
    Parent,
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

/// The rows of a plain list, for each row.
pub struct List {
    /// How they are found.
    pub link: ListLink,
    /// What to fetch of them.
    pub fetch: Fetch,
}

/// How the rows of a plain list are found.
#[derive(Clone, Copy)]
pub enum ListLink {
    /// As ancestors, nearest first.
    Closure(&'static Closure),
    /// By their reference to the row.
    Reference(&'static ListOf),
}

impl ListLink {
    /// The table and the column that say of which row's list a row is.
    pub fn shared(self) -> (&'static str, &'static str) {
        match self {
            ListLink::Closure(closure) => (closure.table, closure.descendant.name()),
            ListLink::Reference(list) => (list.target.table.name, list.foreign_key.name()),
        }
    }
}

/// What the results under each row come to, year by year.
pub struct Series {
    /// The results, of which no page is asked for.
    pub results: Collection,
    /// The fiscal year that they are put together by.
    pub year: GroupDimension,
    /// The field that asks for it.
    pub asked: FieldPlace,
}

/// Where the value of a key of an order is in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderPlace {
    /// A place in [`Fetch::columns`].
    Column(usize),
    /// A place in [`Fetch::computed`].
    Computed(usize),
}

impl Fetch {
    /// A fetch of nothing but the rows' ids.
    pub fn new(object: &'static ObjectType) -> Fetch {
        Fetch {
            object,
            columns: vec![FetchColumn {
                column: object.table.id,
                holder: Holder::Row,
            }],
            computed: Vec::new(),
            joins: Vec::new(),
            to_ones: Vec::new(),
            collections: Vec::new(),
            lists: Vec::new(),
            series: Vec::new(),
            change: None,
        }
    }

    /// The place of a column among those to read; it is added if it is not there yet.
    pub fn column(&mut self, column: ColumnRef) -> usize {
        self.place(column, Holder::Row)
    }

    /// Whether nothing is asked of the rows but that they are there.
    pub fn is_bare(&self) -> bool {
        // Taken apart, so that nothing that will ever hang on rows is forgotten here.
        let Fetch {
            object: _,
            columns,
            computed,
            joins,
            to_ones,
            collections,
            lists,
            series,
            change,
        } = self;
        columns.len() == 1
            && computed.is_empty()
            && joins.is_empty()
            && to_ones.is_empty()
            && collections.is_empty()
            && lists.is_empty()
            && series.is_empty()
            && change.is_none()
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

    /// The place of what ties the rows of groups to the parent of their collection.
    pub(super) fn parent_column(&mut self, column: ColumnRef) -> usize {
        self.place(column, Holder::Parent)
    }

    /// The place of a column of a joined table.
    pub fn joined_column(&mut self, join: usize, column: ColumnRef) -> usize {
        self.place(column, Holder::Join(join))
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
            .position(|known| known.holder == Holder::Row && known.column.name() == column.name())
    }

    fn place(&mut self, column: ColumnRef, holder: Holder) -> usize {
        match self
            .columns
            .iter()
            .position(|known| known.holder == holder && known.column.name() == column.name())
        {
            Some(place) => place,
            None => {
                self.columns.push(FetchColumn { column, holder });
                self.columns.len() - 1
            }
        }
    }
}
