//! `results.csv`

use std::borrow::Cow;

use entity::enums::{Precision, Scope};
use entity::{decimal, keys};

use super::{Reference, Row};
use crate::package::column::{
    Cell, Code, Column, DayOrMonth, Figure, FiscalYear, Flag, Kind, Position, Text, Word, optional,
    required,
};
use crate::package::problem::Rule;

/// One reported figure of one initiative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportedResult {
    /// Code of the report's agency.
    pub agency: String,
    /// Fiscal year of the report.
    pub report_fiscal_year: i32,
    /// Slug of the initiative.
    pub initiative: String,
    /// Key within the initiative.
    pub key: String,
    /// Place in the report (not in the initiative), from 1.
    pub position: i32,
    /// What it is, in a few words.
    pub label: String,
    /// Code of the metric.
    pub metric: String,
    /// The figure, in ten-thousandths.
    pub value: i64,
    /// What was aimed for, in ten-thousandths, if the report says so.
    pub target: Option<i64>,
    /// How to read the figure.
    pub precision: Precision,
    /// The fiscal year that the figure is about.
    pub fiscal_year: i32,
    /// Over that year, to date, or at a date.
    pub scope: Scope,
    /// A date that the source gives, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// The source calls it a record.
    pub is_record: bool,
    /// The result of the same report that it is a part of, if any.
    pub part_of: Option<PartOf>,
    /// What a reader should know, if anything.
    pub note: Option<String>,
    /// Where in the source, if known.
    pub source_place: Option<String>,
}

/// A result of the same report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartOf {
    /// Slug of its initiative.
    pub initiative: String,
    /// Its key within the initiative.
    pub key: String,
}

impl ReportedResult {
    /// What share of the target was attained, in ten-thousandths: only of an exact figure.
    pub(in crate::package) fn attainment(&self) -> Option<i64> {
        match self.precision {
            Precision::Exact => decimal::quotient(self.value, self.target?),
            _ => None,
        }
    }

    /// The natural key of its initiative.
    pub(in crate::package) fn initiative_key(&self) -> String {
        keys::initiative(&self.agency, self.report_fiscal_year, &self.initiative)
    }

    /// The natural key of the result that it is a part of, if any.
    pub(in crate::package) fn whole_key(&self) -> Option<String> {
        let whole = self.part_of.as_ref()?;
        Some(keys::result(
            &self.agency,
            self.report_fiscal_year,
            &whole.initiative,
            &whole.key,
        ))
    }
}

impl Row for ReportedResult {
    const FILE: &'static str = "results.csv";
    const TITLE: &'static str = "Results";
    const DESCRIPTION: &'static str = "Reported figures, one row for each.";
    const KEY: &'static [&'static str] = &["agency", "report_fiscal_year", "initiative", "key"];
    const REFERENCES: &'static [Reference] = &[
        Reference {
            columns: &["agency", "report_fiscal_year", "initiative"],
            file: "initiatives.csv",
            key: &["agency", "fiscal_year", "slug"],
        },
        Reference {
            columns: &["metric"],
            file: "metrics.csv",
            key: &["code"],
        },
    ];
    const COLUMNS: &'static [Column<Self>] = &[
        required!(
            "agency",
            Code,
            agency,
            "EXA",
            "Code of the agency (agencies.csv)."
        ),
        required!(
            "report_fiscal_year",
            FiscalYear,
            report_fiscal_year,
            "2025",
            "Fiscal year of the report that gives the figure."
        ),
        required!(
            "initiative",
            Code,
            initiative,
            "bridge-inspections",
            "Slug of the initiative in that report (initiatives.csv)."
        ),
        required!(
            "key",
            Code,
            key,
            "inspections",
            "Natural key within the initiative."
        ),
        required!(
            "position",
            Position,
            position,
            "1",
            "Place in the source order, counted from 1 through the whole report; unique within the report."
        ),
        required!(
            "label",
            Text,
            label,
            "Inspections completed",
            "What the figure is, in a few words."
        ),
        required!(
            "metric",
            Code,
            metric,
            "bridge-inspections",
            "Code of the metric (metrics.csv); the unit is the metric's."
        ),
        required!(
            "value",
            Figure,
            value,
            "1200",
            "The figure as printed, in the metric's unit: at most 15 significant digits and four decimals."
        ),
        required!(
            "precision",
            Word<Precision>,
            precision,
            "LOWER_BOUND",
            "How to read the figure: as it stands, as a rounded figure (\"about\"), or as a bound (\"more than\", \"less than\")."
        ),
        required!(
            "fiscal_year",
            FiscalYear,
            fiscal_year,
            "2025",
            "Fiscal year that the figure is about; may differ from the report's."
        ),
        required!(
            "scope",
            Word<Scope>,
            scope,
            "PERIOD",
            "PERIOD: over the fiscal year. CUMULATIVE: since the program began. POINT_IN_TIME: a stock at a date."
        ),
        optional!(
            "as_of",
            DayOrMonth,
            as_of,
            "",
            "Day or month that the source gives for the figure (YYYY-MM-DD or YYYY-MM)."
        ),
        required!(
            "is_record",
            Flag,
            is_record,
            "false",
            "Whether the source calls the figure a record."
        ),
        Column {
            name: "part_of_initiative",
            required: false,
            shape: Code::SHAPE,
            description: "With part_of_key, the result that this one is a part of: the slug of its initiative, in the same report. Unit, fiscal year and scope are the same. Empty where the figure is no part of another.",
            example: "",
            read: |cell, row| {
                row.part_of = cell.optional::<Code>().map(|initiative| PartOf {
                    initiative,
                    key: String::new(),
                });
            },
            write: |row| {
                let whole = row.part_of.as_ref();
                whole.map_or_else(Cow::default, |whole| Code::write(&whole.initiative))
            },
        },
        Column {
            name: "part_of_key",
            required: false,
            shape: Code::SHAPE,
            description: "The key of the result that this one is a part of; given with part_of_initiative.",
            example: "",
            read: read_part_of_key,
            write: |row| {
                let whole = row.part_of.as_ref();
                whole.map_or_else(Cow::default, |whole| Code::write(&whole.key))
            },
        },
        optional!(
            "note",
            Text,
            note,
            "",
            "What a reader should know about the figure."
        ),
        optional!(
            "target",
            Figure,
            target,
            "",
            "What was aimed for, in the metric's unit; empty where the report does not say."
        ),
        optional!(
            "source_place",
            Text,
            source_place,
            "page 12, first paragraph",
            "Where in the source the figure is, where that is known: page, row, and what stands around it, in the package author's own words."
        ),
    ];

    fn natural_key(&self) -> String {
        keys::result(
            &self.agency,
            self.report_fiscal_year,
            &self.initiative,
            &self.key,
        )
    }
}

/// Reads the second of the two cells that name a whole, which are there together or not at all.
fn read_part_of_key(cell: &mut Cell<'_>, row: &mut ReportedResult) {
    let key = cell.optional::<Code>();
    match (&mut row.part_of, key) {
        (Some(whole), Some(key)) => whole.key = key,
        (None, None) => {}
        (Some(_), None) => {
            row.part_of = None;
            let message = "is missing beside part_of_initiative";
            cell.problem(Rule::MissingValue, message, "fill it in");
        }
        (None, Some(_)) => {
            let message = "is missing beside part_of_key";
            let column = "part_of_initiative";
            cell.problem_of(column, Rule::MissingValue, message, "fill it in");
        }
    }
}
