//! The words in which the schema is declared: object types, fields, connections, aggregates, scalars.
//!
//! A declaration is plain static data. Everything else is derived from it: the registry entries (SDL,
//! introspection, validation), what a plan asks the database for, and the keys an answer writes.
//! This module must never know how a query is planned or how SQL is written.

use sea_orm::IdenStatic;

/// A column of a stored table, with its type erased so that declarations can name columns of any entity.
pub trait Column: Sync {
    /// The column's name in the database.
    fn name(&self) -> &'static str;
}

impl<T: IdenStatic + Sync> Column for T {
    fn name(&self) -> &'static str {
        self.as_str()
    }
}

/// A column named by a declaration: `&reported_result::Column::Value`.
pub type ColumnRef = &'static dyn Column;

/// A stored table and the two columns by which its rows are found and listed.
pub struct Table {
    /// Name in the database.
    pub name: &'static str,
    /// Surrogate key; never shown.
    pub id: ColumnRef,
    /// Unique text made from the natural key in lower case; look-ups and GraphQL ids go by it.
    pub natural_key: ColumnRef,
    /// Unique, never null; ascending by its bytes it is the default order of every collection of the type.
    pub sort_key: ColumnRef,
}

/// An object type of the public schema that is stored in a table of its own.
pub struct ObjectType {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// Where its rows are.
    pub table: Table,
    /// Whether it implements `Node`.
    pub is_node: bool,
    /// Its fields, in the order in which they are documented.
    pub fields: &'static [Field],
    /// How its rows are chosen.
    pub filter: FilterType,
}

/// The input types by which rows of a type are chosen and ordered. Their keys follow from the fields of the type, by where
/// their values come from.
pub struct FilterType {
    /// GraphQL name.
    pub name: &'static str,
    /// GraphQL name of the input type that chooses rows by their children of this type.
    pub list_name: &'static str,
    /// GraphQL name of the input type that orders rows.
    pub order_name: &'static str,
    /// What rows can be chosen by beyond the fields of the type.
    pub extra: &'static [Field],
}

/// An object type whose fields are columns of the row it hangs on: `Source` of a report, `Attribution` of an initiative.
pub struct EmbeddedType {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// Its fields; the n-th is read from the n-th column that the embedding field names.
    pub fields: &'static [EmbeddedField],
}

/// A field of an [`EmbeddedType`].
pub struct EmbeddedField {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// How the column's value is written.
    pub scalar: Scalar,
    /// Whether the value may be missing.
    pub nullable: bool,
}

/// A field of an [`ObjectType`].
pub struct Field {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema, with units and what null means.
    pub description: &'static str,
    /// Whether the value may be missing.
    pub nullable: bool,
    /// Whether rows are neither chosen nor ordered by it, though its source would allow that.
    pub shown_only: bool,
    /// Where the value comes from.
    pub source: Source,
}

/// Where a field's value comes from.
pub enum Source {
    /// The global id: type name and natural key.
    Id,
    /// A column of the row.
    Column(ColumnRef, Scalar),
    /// A column of a row of another table, which `key` refers to by its id; fetched in the statement that fetches this row.
    OfJoined {
        /// The other type.
        target: &'static ObjectType,
        /// The column of this row that holds the other row's id.
        key: ColumnRef,
        /// The column of the other row.
        column: ColumnRef,
        /// How its value is written.
        scalar: Scalar,
    },
    /// Several columns of the row, as an object; null where `present` is null.
    Embedded {
        /// The object's type.
        target: &'static EmbeddedType,
        /// One column a field of the target.
        columns: &'static [ColumnRef],
        /// The column that decides whether there is an object at all.
        present: Option<ColumnRef>,
    },
    /// One row of another table, which `key` refers to by its id.
    ToOne {
        /// The other type.
        target: &'static ObjectType,
        /// The column of this row that holds the other row's id.
        key: ColumnRef,
        /// Set where `key` repeats a column of a row that this row refers to.
        repeats: Option<Repeats>,
    },
    /// As [`Source::ToOne`], but fetched in the statement that fetches this row: for small tables that always come along.
    Joined {
        /// The other type; it must have columns only.
        target: &'static ObjectType,
        /// The column of this row that holds the other row's id.
        key: ColumnRef,
    },
    /// Many rows of another table, as a connection.
    Collection(Relation),
    /// The rows that a closure table names as ancestors of this row, nearest first, as a plain list.
    Ancestors(&'static Closure, &'static ObjectType),
    /// The few rows of another table that refer to this row, as a plain list: those that cannot be chosen or paged.
    List(ListOf),
    /// The result of the fiscal year before this one; only of reported results.
    Previous(&'static ObjectType),
    /// What changed from that result; only of reported results.
    Change(ChangeOf),
    /// The figure as a sentence; only of reported results.
    InWords(&'static FigureInWords),
    /// What the row's results come to, year by year.
    Series(SeriesOf),
    /// What can be said of the rows of a group.
    Aggregate(&'static AggregateType),
    /// The rows of a group, as a connection.
    Members(&'static Connection),
}

/// Between which figures there is a change.
pub struct ChangeOf {
    /// The type of both results.
    pub result: &'static ObjectType,
    /// The column of the figure.
    pub value: ColumnRef,
    /// The column that says how to read it.
    pub precision: ColumnRef,
}

/// What the sentence of a figure is made of.
pub struct FigureInWords {
    /// The type of initiatives.
    pub initiative: &'static ObjectType,
    /// The column that refers to the initiative.
    pub initiative_key: ColumnRef,
    /// The column of the initiative that names it.
    pub initiative_name: ColumnRef,
    /// The type of agencies.
    pub agency: &'static ObjectType,
    /// The column that refers to the agency.
    pub agency_key: ColumnRef,
    /// The column of the agency that names it in short.
    pub agency_code: ColumnRef,
    /// The type of units.
    pub unit: &'static ObjectType,
    /// The column that refers to the unit.
    pub unit_key: ColumnRef,
    /// The columns of the unit: name, plural, symbol, and the code of its kind.
    pub unit_columns: [ColumnRef; 4],
    /// What the figure is.
    pub label: ColumnRef,
    /// The figure.
    pub value: ColumnRef,
    /// How to read it.
    pub precision: ColumnRef,
    /// The fiscal year that it is about.
    pub fiscal_year: ColumnRef,
    /// Its scope.
    pub scope: ColumnRef,
    /// The date that the source gives.
    pub as_of: ColumnRef,
    /// Whether a later report publishes it again.
    pub is_superseded: ColumnRef,
}

/// Of which results a series is.
pub struct SeriesOf {
    /// The results of the row.
    pub results: Relation,
    /// The column of the results that refers to their agency.
    pub agency_key: ColumnRef,
    /// The type of agencies.
    pub agency: &'static ObjectType,
    /// The column of the results that says their fiscal year.
    pub year: ColumnRef,
}

/// A foreign key kept twice: `reported_result.report_id` is the `report_id` of the row behind `initiative_id`.
///
/// Because of it `initiative { results { report } }` needs no statement where the initiative's report is at hand.
pub struct Repeats {
    /// The column of this row that refers to the row which holds the original.
    pub through: ColumnRef,
    /// The column of that row which holds the same value.
    pub original: ColumnRef,
}

/// How the rows of a collection are found from their parent.
pub struct Relation {
    /// The collection's connection type.
    pub connection: &'static Connection,
    /// The column of the parent that the rows refer to: mostly its id.
    pub parent_key: ColumnRef,
    /// The column of the rows that refers to the parent.
    pub foreign_key: ColumnRef,
    /// The name by which parents are chosen by how many rows they have: `resultCount`.
    pub count_name: &'static str,
    /// The name by which parents are ordered by the sum of their rows: `total`. `None` where the rows are not results, or
    /// are not those that the parent is known by.
    pub total_name: Option<&'static str>,
}

/// Which rows a plain list has, and in which order.
pub struct ListOf {
    /// The type of the rows.
    pub target: &'static ObjectType,
    /// The column of the rows that refers to the id of this row.
    pub foreign_key: ColumnRef,
    /// A column of whole numbers; the rows come by it, the largest first.
    pub descending: ColumnRef,
}

/// A table that holds, for each row of a tree, all its ancestors with their distance.
pub struct Closure {
    /// Name in the database.
    pub table: &'static str,
    /// Refers to the row.
    pub descendant: ColumnRef,
    /// Refers to one of its ancestors.
    pub ancestor: ColumnRef,
    /// 1 for the parent, 2 for its parent, and so on.
    pub distance: ColumnRef,
}

/// A connection type: page, count and aggregate of a collection.
pub struct Connection {
    /// GraphQL name; the edge type's name is derived from the node's.
    pub name: &'static str,
    /// GraphQL name of the edge type.
    pub edge_name: &'static str,
    /// What the collection holds, in the plural, for descriptions.
    pub plural: &'static str,
    /// The default order in words, for descriptions.
    pub default_order: &'static str,
    /// What the default order goes by before the sort key of the nodes, ascending, if by anything.
    pub ordered_first_by: Option<ColumnRef>,
    /// The type of the nodes.
    pub node: &'static ObjectType,
    /// What `aggregate` answers.
    pub aggregate: &'static AggregateType,
    /// What `groups` answers; `None` where there is no such field.
    pub groups: Option<&'static GroupType>,
}

/// How the rows of a collection are put into groups.
pub struct GroupType {
    /// A group as an object. Its columns are those of the rows that are grouped, its id is not shown, and a field whose
    /// column is not a dimension asked for is null.
    pub object: &'static ObjectType,
    /// GraphQL name of the connection type.
    pub connection_name: &'static str,
    /// GraphQL name of the edge type.
    pub edge_name: &'static str,
    /// What there is to group by, in the order of `dimensions`.
    pub dimension: &'static EnumType,
    /// Where each dimension is.
    pub dimensions: &'static [Dimension],
    /// The counts by which groups can be chosen and ordered: fields of the aggregate.
    pub counts: &'static [&'static str],
    /// Whether groups can be chosen and ordered by their totals.
    pub has_totals: bool,
}

/// One thing that rows are grouped by.
pub struct Dimension {
    /// The field of the group that shows it: a column, or a row that a column refers to.
    pub field: &'static str,
    /// Set where the column is not one of the rows themselves but of a row that they refer to.
    pub through: Option<(ColumnRef, &'static ObjectType)>,
}

/// What can be asked about a whole collection.
pub struct AggregateType {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// Its fields.
    pub fields: &'static [AggregateField],
}

/// A field of an [`AggregateType`].
pub struct AggregateField {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// How it is counted.
    pub measure: Measure,
}

/// How a number about a whole collection is counted. Missing rows are counted as none, so no measure is ever null.
#[derive(Clone, Copy)]
pub enum Measure {
    /// The rows.
    Count,
    /// The rows in which a boolean column is true.
    CountTrue(ColumnRef),
    /// The different values of a column.
    CountDistinct(ColumnRef),
    /// The rows of another table that refer to the rows.
    CountReferring {
        /// The other table.
        table: &'static str,
        /// Its column that refers to the row.
        foreign_key: ColumnRef,
    },
    /// One total a unit and scope; only for reported results.
    Totals,
    /// One of those totals; only for reported results.
    Total,
}

/// How a stored value is written in an answer.
#[derive(Clone, Copy)]
pub enum Scalar {
    /// `Int`.
    Int,
    /// `Float`, stored as a 64-bit count of ten-thousandths.
    Decimal,
    /// `String`.
    String,
    /// `Boolean`, stored as 0 or 1.
    Boolean,
    /// `Date`, stored as ISO 8601 text.
    Date,
    /// `DateTime`, stored as RFC 3339 text in UTC.
    DateTime,
    /// An enum, stored as the index of its value.
    Enum(&'static EnumType),
}

impl Scalar {
    /// The GraphQL type's name.
    pub const fn type_name(self) -> &'static str {
        match self {
            Scalar::Int => "Int",
            Scalar::Decimal => "Float",
            Scalar::String => "String",
            Scalar::Boolean => "Boolean",
            Scalar::Date => "Date",
            Scalar::DateTime => "DateTime",
            Scalar::Enum(enumeration) => enumeration.name,
        }
    }
}

/// An enum type of the public schema.
pub struct EnumType {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// Names and descriptions; a value is stored as its index.
    pub values: &'static [(&'static str, &'static str)],
}

/// A field of the query root.
pub struct RootField {
    /// GraphQL name.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// What it answers.
    pub source: RootSource,
}

/// What a field of the query root answers.
pub enum RootSource {
    /// Any one object by its id.
    Node,
    /// Many objects by their ids.
    Nodes,
    /// One object by the parts of its natural key.
    Lookup(&'static ObjectType, &'static [KeyPart]),
    /// All rows of a type.
    Collection(&'static Connection),
    /// What is found by its words.
    Search,
}

/// One part of a natural key, as an argument. Parts are joined in the order in which they are declared.
pub struct KeyPart {
    /// Name of the argument.
    pub name: &'static str,
    /// Description for the person exploring the schema.
    pub description: &'static str,
    /// `String` or `Int`; never null.
    pub scalar: Scalar,
}

impl ObjectType {
    /// The declared field of that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl GroupType {
    /// The field of the group that shows a dimension, and the column of its value.
    pub fn shown(&self, dimension: &Dimension) -> Option<(&'static Field, ColumnRef)> {
        let field = self.object.field(dimension.field)?;
        match &field.source {
            Source::Column(column, _) => Some((field, *column)),
            Source::ToOne { key, .. } => Some((field, *key)),
            _ => None,
        }
    }
}

impl FilterType {
    /// That of a type whose objects cannot be chosen or ordered by their fields.
    pub const NONE: FilterType = FilterType {
        name: "",
        list_name: "",
        order_name: "",
        extra: &[],
    };
}

impl Field {
    const fn new(name: &'static str, source: Source, description: &'static str) -> Field {
        Field {
            name,
            description,
            nullable: false,
            shown_only: false,
            source,
        }
    }

    /// The same field, but rows are neither chosen nor ordered by it.
    pub const fn shown_only(mut self) -> Field {
        self.shown_only = true;
        self
    }

    /// The same field, but the value may be missing.
    pub const fn nullable(mut self) -> Field {
        self.nullable = true;
        self
    }

    /// The same collection, of results by whose sum the parents can be ordered under this name.
    pub const fn with_total(mut self, name: &'static str) -> Field {
        if let Source::Collection(relation) = &mut self.source {
            relation.total_name = Some(name);
        }
        self
    }
}

/// The global id.
pub const fn id() -> Field {
    Field::new(
        "id",
        Source::Id,
        "Global id, opaque. Made from the type and its natural key, so it is the same in every database and stays the same when a report is loaded again.",
    )
}

/// A field that is a column.
pub const fn column(
    name: &'static str,
    column: ColumnRef,
    scalar: Scalar,
    description: &'static str,
) -> Field {
    Field::new(name, Source::Column(column, scalar), description)
}

/// A field that is one row of another table.
pub const fn to_one(
    name: &'static str,
    target: &'static ObjectType,
    key: ColumnRef,
    description: &'static str,
) -> Field {
    Field::new(
        name,
        Source::ToOne {
            target,
            key,
            repeats: None,
        },
        description,
    )
}

/// A field that is one row of another table, whose key is kept in a nearer row too.
pub const fn to_one_repeated(
    name: &'static str,
    target: &'static ObjectType,
    key: ColumnRef,
    through: ColumnRef,
    original: ColumnRef,
    description: &'static str,
) -> Field {
    Field::new(
        name,
        Source::ToOne {
            target,
            key,
            repeats: Some(Repeats { through, original }),
        },
        description,
    )
}

/// A field that is a collection.
pub const fn collection(
    name: &'static str,
    connection: &'static Connection,
    parent_key: ColumnRef,
    foreign_key: ColumnRef,
    count_name: &'static str,
    description: &'static str,
) -> Field {
    Field::new(
        name,
        Source::Collection(Relation {
            connection,
            parent_key,
            foreign_key,
            count_name,
            total_name: None,
        }),
        description,
    )
}

/// A field whose value comes from elsewhere than a column, a row or a collection.
pub const fn other(name: &'static str, source: Source, description: &'static str) -> Field {
    Field::new(name, source, description)
}

/// A dimension that is a column of the rows themselves, shown by that field of a group.
pub const fn dimension(field: &'static str) -> Dimension {
    Dimension {
        field,
        through: None,
    }
}
