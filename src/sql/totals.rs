//! The statement for the totals of a collection of results, and for the counts that are asked for with them.
//!
//! It gives the results one by one, with what the rules of aggregates look at, and they are accumulated on the way
//! (`load::accumulate`). Grouping them in SQL costs SQLite three to five times as much: its `GROUP BY` sorts the results of
//! all parents first, and a median sorts them again. The catalogue (units, and metrics where the rules are asked) comes
//! in the same statement, each of it once and not joined to every result.

use entity::{metric, reported_result};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType};

use super::{
    Dialect, ParentKeys, ROW, Statement, column, filter, null, number, order,
    parents::{self, Under, under_parents},
    wholes::{WHOLE, standing},
};
use crate::{
    plan::{Aggregated, Collection, GroupDimension, Totals},
    schema::declaration::{ColumnRef, Measure, ObjectType},
};

/// Where the numbers are in the rows of a statement of totals.
///
/// A row is of a result where it has a scope. Where it has none it is of the catalogue: of an object of a dimension if
/// it says which, of a unit if it has a unit, else of a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalColumns {
    /// What tells the totals that a result belongs to: the parent, if there are parents, and the dimensions.
    pub keys: Vec<usize>,
    /// What says of objects how they are ordered, if groups are.
    pub objects: Option<ObjectColumns>,
    /// The unit's id, of a result and of a unit.
    pub unit: usize,
    /// The scope's code; null in rows of the catalogue.
    pub scope: usize,
    /// The value of a result.
    pub value: usize,
    /// The code of a result's precision.
    pub precision: usize,
    /// The figure that a result is a statement of.
    pub figure: usize,
    /// Which statement of its figure a result is; 0 where no other report publishes the figure.
    pub statement: usize,
    /// For each count of the plan, the column that it looks at, if it looks at one.
    pub counts: Vec<Option<usize>>,
    /// What the rules look at beyond that, if asked for.
    pub judged: Option<JudgedColumns>,
    /// The first of the columns of a unit, which come in the order of the plan.
    pub unit_columns: usize,
}

/// Where the objects are that results are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectColumns {
    /// The place of the dimension among those of the groups.
    pub dimension: usize,
    /// The id of the object.
    pub id: usize,
    /// The text by which it is ordered.
    pub text: usize,
}

/// Where the numbers are that the rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JudgedColumns {
    /// The code of a result's [`Standing`](super::Standing).
    pub standing: usize,
    /// The fiscal year that a result is about.
    pub fiscal_year: usize,
    /// The id of a result's initiative.
    pub initiative: usize,
    /// The id of a result's report.
    pub report: usize,
    /// The metric's id, of a result and of a metric.
    pub metric: usize,
    /// The id of a metric's parent, null for a root.
    pub parent: usize,
    /// The code of a metric's additivity.
    pub additivity: usize,
    /// Whether a metric's children are exclusive.
    pub is_exclusive: usize,
}

const UNIT_ID: ColumnRef = &reported_result::Column::UnitId;
const SCOPE: ColumnRef = &reported_result::Column::Scope;
const VALUE: ColumnRef = &reported_result::Column::Value;
const PRECISION: ColumnRef = &reported_result::Column::Precision;
const FISCAL_YEAR: ColumnRef = &reported_result::Column::FiscalYear;
const INITIATIVE_ID: ColumnRef = &reported_result::Column::InitiativeId;
const REPORT_ID: ColumnRef = &reported_result::Column::ReportId;
const FIGURE_ID: ColumnRef = &reported_result::Column::FigureId;
const STATEMENT: ColumnRef = &reported_result::Column::StatementNumber;
const METRIC_ID: ColumnRef = &reported_result::Column::MetricId;

const METRIC: &str = "m";
const UNIT: &str = "u";

/// The results under all parents (distinct ids, or groups) and the catalogue.
pub fn totals(
    dialect: Dialect,
    collection: &Collection,
    aggregated: &Aggregated,
    wanted: &Totals,
    dimensions: &[GroupDimension],
    parents: Option<&ParentKeys>,
) -> (Statement, TotalColumns) {
    let Under { select, parent } = under_parents(dialect, collection, parents);
    let of_groups = dimensions
        .iter()
        .map(|dimension| order::value(&dimension.link.by, ROW));
    let keys = parent.into_iter().chain(of_groups).collect();
    let selected = selected_wholes(dialect, collection, dimensions);
    let mut arms = Arms::new(dialect, select);
    let mut columns = arms.of_totals(keys, selected, aggregated, wanted);
    let table = &collection.connection.node.table;
    columns.objects = (!dimensions.is_empty()).then(|| ObjectColumns {
        dimension: arms.add(dialect.null_of(table.id)),
        id: arms.add(dialect.null_of(table.id)),
        text: arms.add(dialect.null_of(table.sort_key)),
    });
    let width = arms.results.len();
    let mut select = arms.select(columns.judged.is_some());
    for (place, dimension) in dimensions.iter().enumerate() {
        if let (Some(target), Some(objects)) = (dimension.target, columns.objects) {
            let used = used(dialect, collection, dimension, parents);
            select.union(UnionType::All, objects.arm(place, target, width, used));
        }
    }
    (dialect.statement(&select), columns)
}

/// The results of a statement `FROM` and `WHERE` they are, one total for each of these keys, and the catalogue. Those
/// that are `selected` with a result, as conditions on [`WHOLE`], are in its total.
pub(super) fn totals_of(
    dialect: Dialect,
    results: SelectStatement,
    keys: Vec<Expr>,
    selected: Vec<Expr>,
    aggregated: &Aggregated,
    wanted: &Totals,
) -> (Statement, TotalColumns) {
    let mut arms = Arms::new(dialect, results);
    let columns = arms.of_totals(keys, selected, aggregated, wanted);
    let select = arms.select(columns.judged.is_some());
    (dialect.statement(&select), columns)
}

/// The parts of the statement, with equally many columns.
struct Arms {
    dialect: Dialect,
    from: SelectStatement,
    results: Vec<Expr>,
    units: Vec<Expr>,
    metrics: Vec<Expr>,
}

impl Arms {
    fn new(dialect: Dialect, from: SelectStatement) -> Arms {
        Arms {
            dialect,
            from,
            results: Vec::new(),
            units: Vec::new(),
            metrics: Vec::new(),
        }
    }

    /// Adds what totals are accumulated from.
    fn of_totals(
        &mut self,
        keys: Vec<Expr>,
        selected: Vec<Expr>,
        aggregated: &Aggregated,
        wanted: &Totals,
    ) -> TotalColumns {
        let keys = keys.into_iter().map(|key| self.place(key)).collect();
        let unit = self.of_result(UNIT_ID);
        self.units[unit] = column(UNIT, wanted.unit.object.table.id);
        let scope = self.of_result(SCOPE);
        let value = self.of_result(VALUE);
        let precision = self.of_result(PRECISION);
        let figure = self.of_result(FIGURE_ID);
        let statement = self.of_result(STATEMENT);
        let counts = aggregated
            .counts
            .iter()
            .map(|measure| match measure {
                Measure::CountTrue(counted) | Measure::CountDistinct(counted) => {
                    Some(self.of_result(*counted))
                }
                Measure::Count
                | Measure::CountReferring { .. }
                | Measure::Totals
                | Measure::Total => None,
            })
            .collect();
        let judged = wanted.needs.judged.then(|| self.judged(selected));
        let unit_columns = self.results.len();
        for wanted in &wanted.unit.columns {
            let place = self.add(self.dialect.null_of(wanted.column));
            self.units[place] = column(UNIT, wanted.column);
        }
        TotalColumns {
            keys,
            objects: None,
            unit,
            scope,
            value,
            precision,
            figure,
            statement,
            counts,
            judged,
            unit_columns,
        }
    }

    /// Adds what the rules look at.
    fn judged(&mut self, selected: Vec<Expr>) -> JudgedColumns {
        let columns = JudgedColumns {
            standing: self.add(standing(self.dialect, ROW, selected)),
            fiscal_year: self.of_result(FISCAL_YEAR),
            initiative: self.of_result(INITIATIVE_ID),
            report: self.of_result(REPORT_ID),
            metric: self.of_result(METRIC_ID),
            parent: self.of_metric(&metric::Column::ParentId),
            additivity: self.of_metric(&metric::Column::Additivity),
            is_exclusive: self.of_metric(&metric::Column::ChildrenAreExclusive),
        };
        self.metrics[columns.metric] = column(METRIC, &metric::Column::Id);
        columns
    }

    /// Adds a column of metrics alone.
    fn of_metric(&mut self, wanted: ColumnRef) -> usize {
        let place = self.add(self.dialect.null_of(wanted));
        self.metrics[place] = column(METRIC, wanted);
        place
    }

    /// The place of a column of the results; it is added if it is not there yet.
    fn of_result(&mut self, wanted: ColumnRef) -> usize {
        self.place(column(ROW, wanted))
    }

    /// The place of a value of the results; it is added if it is not there yet.
    fn place(&mut self, wanted: Expr) -> usize {
        match self.results.iter().position(|known| *known == wanted) {
            Some(place) => place,
            None => self.add(wanted),
        }
    }

    /// Adds a column that is null in the catalogue, and gives its place.
    fn add(&mut self, of_result: Expr) -> usize {
        self.results.push(of_result);
        self.units.push(null());
        self.metrics.push(null());
        self.results.len() - 1
    }

    fn select(self, has_metrics: bool) -> SelectStatement {
        let mut select = self.from;
        select.exprs(self.results);
        let mut catalogue = |table: &'static str, alias: &'static str, columns: Vec<Expr>| {
            let arm = Query::select()
                .exprs(columns)
                .from_as(Alias::new(table), Alias::new(alias))
                .to_owned();
            select.union(UnionType::All, arm);
        };
        catalogue("unit_of_measure", UNIT, self.units);
        if has_metrics {
            catalogue("metric", METRIC, self.metrics);
        }
        select
    }
}

/// The ids of the objects that the results have in a dimension; `None` for all that there are, since without parents and
/// filter hardly any is without results.
fn used(
    dialect: Dialect,
    collection: &Collection,
    dimension: &GroupDimension,
    parents: Option<&ParentKeys>,
) -> Option<SelectStatement> {
    let is_whole = collection.parent.is_none() && collection.filter.is_none();
    (!is_whole).then(|| {
        let mut results = under_parents(dialect, collection, parents).select;
        results.expr(order::value(&dimension.link.by, ROW));
        results
    })
}

impl ObjectColumns {
    /// The objects of a dimension, in a row of so many columns.
    fn arm(
        self,
        dimension: usize,
        target: &ObjectType,
        width: usize,
        used: Option<SelectStatement>,
    ) -> SelectStatement {
        const OBJECT: &str = "d";
        let mut values = vec![null(); width];
        values[self.dimension] = number(dimension as i64);
        values[self.id] = column(OBJECT, target.table.id);
        values[self.text] = column(OBJECT, target.table.sort_key);
        let mut arm = Query::select();
        arm.exprs(values)
            .from_as(Alias::new(target.table.name), Alias::new(OBJECT));
        if let Some(used) = used {
            arm.and_where(column(OBJECT, target.table.id).in_subquery(used));
        }
        arm
    }
}

/// Which of the results that another one is part of are in the same total: those under the same parent that match, in the
/// same group.
fn selected_wholes(
    dialect: Dialect,
    collection: &Collection,
    dimensions: &[GroupDimension],
) -> Vec<Expr> {
    let parent = collection.parent.iter();
    let under_parent = parent.map(|parent| parents::together(dialect, parent, WHOLE, ROW));
    let in_group = dimensions.iter().map(|dimension| {
        let of_part = order::value(&dimension.link.by, ROW);
        parents::equal(dialect, &dimension.link, WHOLE, of_part)
    });
    let matching = filter::matching(dialect, collection.filter.as_ref(), WHOLE);
    under_parent.chain(in_group).chain(matching).collect()
}
