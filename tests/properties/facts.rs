//! What each row says by itself: the values of its fields and the rows that it refers to, as a client sees them.
//!
//! Beside it the fields of each type that a request may filter and order by, written from the words of the design and
//! not from the declarations of the schema.

use std::collections::HashMap;

use annals::package::{Package, ReportedResult};
use entity::decimal::{MAX, SCALE};
use entity::enums::{Additivity, Precision, Scope, UnitKind};

use super::{
    model::{id, whole},
    rules::figure,
};

/// What a field is of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scalar {
    /// A whole number.
    Int,
    /// A figure, in ten-thousandths.
    Decimal,
    /// A text.
    Text,
    /// A day.
    Day,
    /// True or false.
    Truth,
    /// One of these words, in this order.
    Word(&'static [&'static str]),
}

/// A type and what its rows can be chosen and ordered by.
pub(super) struct Kind {
    /// The name of the type.
    pub(super) name: &'static str,
    /// The name of its filter's type.
    pub(super) filter: &'static str,
    /// The name of its order's type.
    pub(super) order: &'static str,
    /// Its own fields.
    pub(super) own: &'static [(&'static str, Scalar)],
    /// Fields that lead to one row of a type.
    pub(super) one: &'static [(&'static str, &'static str)],
    /// Those of them that may lead nowhere.
    pub(super) optional: &'static [&'static str],
    /// Collections: the field, the type, and the key of their count.
    pub(super) many: &'static [(&'static str, &'static str, &'static str)],
}

const ADDITIVITY: &[&str] = &["ADDITIVE", "SEMI_ADDITIVE", "NON_ADDITIVE"];
const PRECISION: &[&str] = &["EXACT", "APPROXIMATE", "LOWER_BOUND", "UPPER_BOUND"];
/// The scopes, in their order.
pub(super) const SCOPE: &[&str] = &["PERIOD", "CUMULATIVE", "POINT_IN_TIME"];
const UNIT_KIND: &[&str] = &[
    "COUNT", "MONEY", "MASS", "LENGTH", "AREA", "VOLUME", "DURATION", "RATIO", "OTHER",
];

/// All types, a unit of measure included, which is no collection of its own.
pub(super) const KINDS: [Kind; 8] = [
    Kind {
        name: "Agency",
        filter: "AgencyFilter",
        order: "AgencyOrder",
        own: &[
            ("code", Scalar::Text),
            ("name", Scalar::Text),
            ("department", Scalar::Text),
        ],
        one: &[],
        optional: &[],
        many: &[
            ("reports", "Report", "reportCount"),
            ("divisions", "Division", "divisionCount"),
            ("initiatives", "Initiative", "initiativeCount"),
            ("results", "ReportedResult", "resultCount"),
        ],
    },
    Kind {
        name: "Report",
        filter: "ReportFilter",
        order: "ReportOrder",
        own: &[
            ("fiscalYear", Scalar::Int),
            ("periodStart", Scalar::Day),
            ("periodEnd", Scalar::Day),
            ("title", Scalar::Text),
            ("summary", Scalar::Text),
            ("summaryBy", Scalar::Text),
            ("revision", Scalar::Int),
        ],
        one: &[("agency", "Agency")],
        optional: &[],
        many: &[
            ("goals", "Goal", "goalCount"),
            ("divisions", "Division", "divisionCount"),
            ("initiatives", "Initiative", "initiativeCount"),
            ("results", "ReportedResult", "resultCount"),
        ],
    },
    Kind {
        name: "Goal",
        filter: "GoalFilter",
        order: "GoalOrder",
        own: &[
            ("code", Scalar::Text),
            ("name", Scalar::Text),
            ("position", Scalar::Int),
        ],
        one: &[("report", "Report")],
        optional: &[],
        many: &[
            ("initiatives", "Initiative", "initiativeCount"),
            ("results", "ReportedResult", "resultCount"),
        ],
    },
    Kind {
        name: "Division",
        filter: "DivisionFilter",
        order: "DivisionOrder",
        own: &[
            ("code", Scalar::Text),
            ("name", Scalar::Text),
            ("position", Scalar::Int),
        ],
        one: &[("agency", "Agency")],
        optional: &[],
        many: &[
            ("initiatives", "Initiative", "initiativeCount"),
            ("results", "ReportedResult", "resultCount"),
        ],
    },
    Kind {
        name: "Initiative",
        filter: "InitiativeFilter",
        order: "InitiativeOrder",
        own: &[
            ("slug", Scalar::Text),
            ("name", Scalar::Text),
            ("position", Scalar::Int),
            ("action", Scalar::Text),
            ("outcome", Scalar::Text),
            ("sourcePlace", Scalar::Text),
        ],
        one: &[
            ("report", "Report"),
            ("division", "Division"),
            ("goal", "Goal"),
        ],
        optional: &["division", "goal"],
        many: &[("results", "ReportedResult", "resultCount")],
    },
    Kind {
        name: "ReportedResult",
        filter: "ResultFilter",
        order: "ResultOrder",
        own: &[
            ("key", Scalar::Text),
            ("position", Scalar::Int),
            ("label", Scalar::Text),
            ("value", Scalar::Decimal),
            ("target", Scalar::Decimal),
            ("attainment", Scalar::Decimal),
            ("precision", Scalar::Word(PRECISION)),
            ("fiscalYear", Scalar::Int),
            ("scope", Scalar::Word(SCOPE)),
            ("asOf", Scalar::Text),
            ("isRecord", Scalar::Truth),
            ("isSuperseded", Scalar::Truth),
            ("note", Scalar::Text),
            ("sourcePlace", Scalar::Text),
        ],
        one: &[
            ("initiative", "Initiative"),
            ("report", "Report"),
            ("division", "Division"),
            ("goal", "Goal"),
            ("metric", "Metric"),
            ("unit", "UnitOfMeasure"),
            ("partOf", "ReportedResult"),
        ],
        optional: &["division", "goal", "partOf"],
        many: &[("parts", "ReportedResult", "partCount")],
    },
    Kind {
        name: "Metric",
        filter: "MetricFilter",
        order: "MetricOrder",
        own: &[
            ("code", Scalar::Text),
            ("name", Scalar::Text),
            ("description", Scalar::Text),
            ("additivity", Scalar::Word(ADDITIVITY)),
            ("childrenAreExclusive", Scalar::Truth),
        ],
        one: &[("unit", "UnitOfMeasure"), ("parent", "Metric")],
        optional: &["parent"],
        many: &[
            ("children", "Metric", "childCount"),
            ("results", "ReportedResult", "resultCount"),
        ],
    },
    Kind {
        name: "UnitOfMeasure",
        filter: "UnitFilter",
        order: "UnitOrder",
        own: &[
            ("code", Scalar::Text),
            ("name", Scalar::Text),
            ("plural", Scalar::Text),
            ("symbol", Scalar::Text),
            ("kind", Scalar::Word(UNIT_KIND)),
        ],
        one: &[],
        optional: &[],
        many: &[],
    },
];

/// The type of a name.
pub(super) fn kind(name: &str) -> &'static Kind {
    let kind = KINDS.iter().find(|kind| kind.name == name);
    kind.expect("there is such a type")
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// A number; a truth is 0 or 1, a word its place among the words, a figure is in ten-thousandths.
    Number(i128),
    /// A text.
    Text(String),
}

/// What a row says by itself.
#[derive(Default)]
pub(super) struct Row {
    own: HashMap<&'static str, Fact>,
    one: HashMap<&'static str, String>,
}

impl Row {
    /// The value of a field; none where it is missing.
    pub(super) fn own(&self, field: &str) -> Option<&Fact> {
        self.own.get(field)
    }

    /// The id of the row that a field leads to; none where it leads nowhere.
    pub(super) fn one(&self, field: &str) -> Option<&str> {
        self.one.get(field).map(String::as_str)
    }

    fn text(mut self, field: &'static str, text: &str) -> Row {
        self.own.insert(field, Fact::Text(text.into()));
        self
    }

    fn text_or_none(self, field: &'static str, text: Option<&String>) -> Row {
        match text {
            Some(text) => self.text(field, text),
            None => self,
        }
    }

    fn number(mut self, field: &'static str, number: impl Into<i128>) -> Row {
        self.own.insert(field, Fact::Number(number.into()));
        self
    }

    fn number_or_none(self, field: &'static str, number: Option<i64>) -> Row {
        match number {
            Some(number) => self.number(field, number),
            None => self,
        }
    }

    fn to(mut self, field: &'static str, id: String) -> Row {
        self.one.insert(field, id);
        self
    }

    fn leading_to(self, field: &'static str, id: Option<String>) -> Row {
        match id {
            Some(id) => self.to(field, id),
            None => self,
        }
    }
}

/// What all rows of several packages say, by their ids; a unit's id is made like any other.
pub(super) fn facts(packages: &[&Package]) -> HashMap<String, Row> {
    let mut facts = HashMap::new();
    for package in packages {
        shared(&mut facts, package);
        reports(&mut facts, package);
        results(&mut facts, package);
    }
    facts
}

fn shared(facts: &mut HashMap<String, Row>, package: &Package) {
    for agency in &package.agencies {
        let row = Row::default()
            .text("code", &agency.code)
            .text("name", &agency.name)
            .text_or_none("department", agency.department.as_ref());
        facts.insert(id("Agency", &[&agency.code]), row);
    }
    for division in &package.divisions {
        let row = Row::default()
            .text("code", &division.code)
            .text("name", &division.name)
            .number("position", division.position)
            .to("agency", id("Agency", &[&division.agency]));
        let key: [&dyn ToString; 2] = [&division.agency, &division.code];
        facts.insert(id("Division", &key), row);
    }
    for unit in &package.units {
        let row = Row::default()
            .text("code", &unit.code)
            .text("name", &unit.name)
            .text("plural", &unit.plural)
            .text_or_none("symbol", unit.symbol.as_ref())
            .number("kind", place(UNIT_KIND, unit.kind, UnitKind::graphql_name));
        facts.insert(id("UnitOfMeasure", &[&unit.code]), row);
    }
    for metric in &package.metrics {
        let additivity = place(ADDITIVITY, metric.additivity, Additivity::graphql_name);
        let parent = metric.parent.as_ref();
        let row = Row::default()
            .text("code", &metric.code)
            .text("name", &metric.name)
            .text_or_none("description", metric.description.as_ref())
            .number("additivity", additivity)
            .number("childrenAreExclusive", metric.children_are_exclusive)
            .to("unit", id("UnitOfMeasure", &[&metric.unit]))
            .leading_to("parent", parent.map(|parent| id("Metric", &[parent])));
        facts.insert(id("Metric", &[&metric.code]), row);
    }
}

fn reports(facts: &mut HashMap<String, Row>, package: &Package) {
    for report in &package.reports {
        let row = Row::default()
            .number("fiscalYear", report.fiscal_year)
            .text("periodStart", &report.period_start)
            .text("periodEnd", &report.period_end)
            .text("title", &report.title)
            .text_or_none("summary", report.summary.as_ref())
            .text("summaryBy", &report.summary_by)
            .number("revision", 1)
            .to("agency", id("Agency", &[&report.agency]));
        let key: [&dyn ToString; 2] = [&report.agency, &report.fiscal_year];
        facts.insert(id("Report", &key), row);
    }
    for goal in &package.goals {
        let key: [&dyn ToString; 3] = [&goal.agency, &goal.fiscal_year, &goal.code];
        let row = Row::default()
            .text("code", &goal.code)
            .text("name", &goal.name)
            .number("position", goal.position)
            .to("report", id("Report", &key[..2]));
        facts.insert(id("Goal", &key), row);
    }
    for initiative in &package.initiatives {
        let year = initiative.fiscal_year;
        let key: [&dyn ToString; 3] = [&initiative.agency, &year, &initiative.slug];
        let division = initiative
            .division
            .as_ref()
            .map(|division| id("Division", &[&initiative.agency, &division.code]));
        let goal = initiative
            .goal
            .as_ref()
            .map(|goal| id("Goal", &[&initiative.agency, &year, &goal.code]));
        let row = Row::default()
            .text("slug", &initiative.slug)
            .text("name", &initiative.name)
            .number("position", initiative.position)
            .text("action", &initiative.action)
            .text("outcome", &initiative.outcome)
            .text("sourcePlace", &initiative.source_place)
            .to("report", id("Report", &key[..2]))
            .leading_to("division", division)
            .leading_to("goal", goal);
        facts.insert(id("Initiative", &key), row);
    }
}

fn results(facts: &mut HashMap<String, Row>, package: &Package) {
    let mut newest = HashMap::new();
    for result in &package.results {
        let year = newest.entry(figure(result)).or_insert(i32::MIN);
        *year = result.report_fiscal_year.max(*year);
    }
    for result in &package.results {
        let year = result.report_fiscal_year;
        let key: [&dyn ToString; 4] = [&result.agency, &year, &result.initiative, &result.key];
        let initiative = id("Initiative", &key[..3]);
        let metric = id("Metric", &[&result.metric]);
        let of_initiative = |field| facts[&initiative].one(field).map(str::to_owned);
        let precision = place(PRECISION, result.precision, Precision::graphql_name);
        let row = Row::default()
            .text("key", &result.key)
            .number("position", result.position)
            .text("label", &result.label)
            .number("value", result.value)
            .number_or_none("target", result.target)
            .number_or_none("attainment", attainment(result))
            .number("precision", precision)
            .number("fiscalYear", result.fiscal_year)
            .number("scope", place(SCOPE, result.scope, Scope::graphql_name))
            .text_or_none("asOf", result.as_of.as_ref())
            .number("isRecord", result.is_record)
            .number("isSuperseded", year < newest[&figure(result)])
            .text_or_none("note", result.note.as_ref())
            .text_or_none("sourcePlace", result.source_place.as_ref())
            .to("report", id("Report", &key[..2]))
            .leading_to("division", of_initiative("division"))
            .leading_to("goal", of_initiative("goal"))
            .leading_to("unit", facts[&metric].one("unit").map(str::to_owned))
            .leading_to("partOf", whole(result))
            .to("metric", metric)
            .to("initiative", initiative);
        facts.insert(id("ReportedResult", &key), row);
    }
}

/// The place of a value among the words of its type.
fn place<T>(words: &[&str], value: T, word: impl Fn(T) -> &'static str) -> i32 {
    let word = word(value);
    let place = words.iter().position(|known| *known == word);
    let place = place.expect("the words of the type are known");
    i32::try_from(place).expect("there are few words")
}

/// The share of the target in ten-thousandths, half away from zero; only of an exact figure.
fn attainment(result: &ReportedResult) -> Option<i64> {
    let target = result.target.filter(|target| *target != 0)?;
    let exact = i128::from(result.value) * i128::from(SCALE);
    let (whole, rest) = (exact / i128::from(target), exact % i128::from(target));
    let is_up = 2 * rest.abs() >= i128::from(target).abs();
    let away = if (exact < 0) == (target < 0) { 1 } else { -1 };
    let quotient = i64::try_from(whole + if is_up { away } else { 0 }).ok()?;
    let digits = quotient.unsigned_abs().to_string();
    let fits = quotient.abs() <= MAX && digits.trim_end_matches('0').len() <= 15;
    (result.precision == Precision::Exact && fits).then_some(quotient)
}
