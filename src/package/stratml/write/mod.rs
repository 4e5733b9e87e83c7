//! From a package with one report, its rows in order, to a document: the elements of the standard
//! in its order, and beside them lines for what it has no element for.

use std::collections::HashMap;
use std::io;

use entity::{decimal, keys};
use quick_xml::Writer;

use super::carried::{self, RowKind};
use super::{NAMESPACE, text};
use crate::package::{Agency, Goal, Initiative, Metric, Package, Report, ReportedResult};

mod cells;
mod element;
mod when;

use cells::Line;
use element::Xml;

/// The name of the goal that holds what belongs to no goal; our line in it has no code.
const NO_GOAL: &str = "No goal stated";

/// Writes the document.
pub(super) fn write(package: &Package, mut out: impl io::Write) -> io::Result<()> {
    let report = &package.reports[0];
    let agency = package
        .agencies
        .iter()
        .find(|agency| keys::agency(&agency.code) == keys::agency(&report.agency));
    let agency = agency.ok_or_else(|| io::Error::other("the report has no agency"))?;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    let mut xml = Xml::new(Writer::new_with_indent(&mut out, b' ', 2));
    let attributes = [("xmlns", NAMESPACE), ("Type", "Performance_Report")];
    xml.element("PerformancePlanOrReport", &attributes, |xml| {
        xml.text("Name", &text::label(&text::cleaned(&report.title)))?;
        if let Some(summary) = &report.summary {
            xml.text("Description", &text::prose(&text::cleaned(summary)))?;
        }
        xml.text("OtherInformation", &root_lines(package, agency, report))?;
        xml.element("StrategicPlanCore", &[], |xml| {
            organization(xml, agency)?;
            goals(xml, package)
        })?;
        xml.element("AdministrativeInformation", &[], |xml| {
            xml.text("StartDate", when::day(&report.period_start).unwrap_or(""))?;
            xml.text("EndDate", when::day(&report.period_end).unwrap_or(""))?;
            match report
                .source
                .url
                .as_deref()
                .filter(|url| element::is_uri(url))
            {
                Some(url) => xml.text("Source", url),
                None => Ok(()),
            }
        })
    })?;
    writeln!(out)
}

/// The lines of what belongs to the whole document.
fn root_lines(package: &Package, agency: &Agency, report: &Report) -> String {
    let mut lines = vec![cells::report(report, agency).finish()];
    for row in &package.agencies {
        let is_of_report = std::ptr::eq(row, agency);
        lines.extend(cells::agency(row, is_of_report).map(Line::finish));
    }
    lines.extend(
        package
            .divisions
            .iter()
            .map(|row| cells::division(row).finish()),
    );
    lines.extend(package.units.iter().map(|row| cells::unit(row).finish()));
    lines.extend(
        package
            .metrics
            .iter()
            .map(|row| cells::metric(row).finish()),
    );
    lines.join("\n")
}

fn organization(xml: &mut Xml<'_>, agency: &Agency) -> io::Result<()> {
    xml.element("Organization", &[], |xml| {
        xml.text("Name", &text::label(&text::cleaned(&agency.name)))?;
        xml.text("Acronym", &text::cleaned(&agency.code))
    })
}

/// All goals with their initiatives, and at the end those of no goal.
fn goals(xml: &mut Xml<'_>, package: &Package) -> io::Result<()> {
    let document = Index::new(package);
    for goal in &package.goals {
        let key = keys::goal(&goal.agency, goal.fiscal_year, &goal.code);
        self::goal(xml, goal, |xml| document.objectives(xml, Some(&key)))?;
    }
    let of_no_goal = package.initiatives.iter().any(|row| row.goal.is_none());
    // The schema wants a goal in every document.
    if !of_no_goal && !package.goals.is_empty() {
        return Ok(());
    }
    xml.element("Goal", &[], |xml| {
        xml.text("Name", NO_GOAL)?;
        xml.text("Description", "")?;
        xml.text("OtherInformation", &carried::line(RowKind::Goal, &[]))?;
        document.objectives(xml, None)
    })
}

fn goal(
    xml: &mut Xml<'_>,
    goal: &Goal,
    objectives: impl FnOnce(&mut Xml<'_>) -> io::Result<()>,
) -> io::Result<()> {
    xml.element("Goal", &[], |xml| {
        xml.text("Name", &text::label(&text::cleaned(&goal.name)))?;
        xml.text("Description", "")?;
        xml.text(
            "Identifier",
            &text::xml_id("goal", &[&goal.code.to_ascii_lowercase()]),
        )?;
        xml.text("SequenceIndicator", &goal.position.to_string())?;
        xml.text("OtherInformation", &cells::goal(goal).finish())?;
        objectives(xml)
    })
}

/// The rows of a package by what they belong to.
struct Index<'a> {
    report: &'a Report,
    initiatives: HashMap<Option<String>, Vec<&'a Initiative>>,
    results: HashMap<String, Vec<&'a ReportedResult>>,
    metrics: HashMap<String, (&'a Metric, &'a str)>,
}

impl<'a> Index<'a> {
    fn new(package: &'a Package) -> Self {
        let mut index = Self {
            report: &package.reports[0],
            initiatives: HashMap::new(),
            results: HashMap::new(),
            metrics: HashMap::new(),
        };
        for row in &package.initiatives {
            index
                .initiatives
                .entry(row.goal_key())
                .or_default()
                .push(row);
        }
        for row in &package.results {
            index
                .results
                .entry(row.initiative_key())
                .or_default()
                .push(row);
        }
        let plurals: HashMap<_, _> = package
            .units
            .iter()
            .map(|unit| (keys::unit(&unit.code), &*unit.plural))
            .collect();
        for row in &package.metrics {
            let plural = plurals.get(&keys::unit(&row.unit)).copied();
            let entry = (row, plural.unwrap_or_default());
            index.metrics.insert(keys::metric(&row.code), entry);
        }
        index
    }

    fn objectives(&self, xml: &mut Xml<'_>, goal: Option<&str>) -> io::Result<()> {
        let found = self.initiatives.get(&goal.map(str::to_owned));
        for initiative in found.into_iter().flatten() {
            self.objective(xml, initiative)?;
        }
        Ok(())
    }

    fn objective(&self, xml: &mut Xml<'_>, initiative: &Initiative) -> io::Result<()> {
        let slug = initiative.slug.to_ascii_lowercase();
        let other = cells::initiative(initiative).finish_after(&initiative.outcome);
        xml.element("Objective", &[], |xml| {
            xml.text("Name", &text::label(&text::cleaned(&initiative.name)))?;
            xml.text(
                "Description",
                &text::prose(&text::cleaned(&initiative.action)),
            )?;
            xml.text("Identifier", &text::xml_id("initiative", &[&slug]))?;
            xml.text("SequenceIndicator", &initiative.position.to_string())?;
            xml.text("OtherInformation", &other)?;
            let key =
                keys::initiative(&initiative.agency, initiative.fiscal_year, &initiative.slug);
            for result in self.results.get(&key).into_iter().flatten() {
                self.indicator(xml, result)?;
            }
            Ok(())
        })
    }

    fn indicator(&self, xml: &mut Xml<'_>, result: &ReportedResult) -> io::Result<()> {
        let metric = self.metrics.get(&keys::metric(&result.metric));
        let (dimension, unit) =
            metric.map_or(("", ""), |(metric, plural)| (&*metric.name, *plural));
        let id = |initiative: &str, key: &str| {
            let codes = [initiative.to_ascii_lowercase(), key.to_ascii_lowercase()];
            text::xml_id("result", &[&codes[0], &codes[1]])
        };
        let note = result.note.as_deref().unwrap_or_default();
        let other = cells::result(result).finish_after(note);
        let kind = [("PerformanceIndicatorType", "Quantitative")];
        xml.element("PerformanceIndicator", &kind, |xml| {
            xml.text("SequenceIndicator", &result.position.to_string())?;
            xml.text(
                "MeasurementDimension",
                &text::label(&text::cleaned(dimension)),
            )?;
            xml.text("UnitOfMeasurement", &text::label(&text::cleaned(unit)))?;
            xml.text("Identifier", &id(&result.initiative, &result.key))?;
            if let Some(whole) = &result.part_of {
                let narrower = [("RelationshipType", "Narrower_Than")];
                xml.element("Relationship", &narrower, |xml| {
                    xml.text("ReferentIdentifier", &id(&whole.initiative, &whole.key))?;
                    xml.text("Name", "Part of")
                })?;
            }
            xml.element("MeasurementInstance", &[], |xml| self.instance(xml, result))?;
            xml.text("OtherInformation", &other)
        })
    }

    fn instance(&self, xml: &mut Xml<'_>, result: &ReportedResult) -> io::Result<()> {
        let (start, end) = when::days(self.report, result);
        let dates = |xml: &mut Xml<'_>| -> io::Result<()> {
            for (name, day) in [("StartDate", &start), ("EndDate", &end)] {
                if let Some(day) = day {
                    xml.text(name, day)?;
                }
            }
            Ok(())
        };
        if let Some(target) = result.target {
            xml.element("TargetResult", &[], |xml| {
                dates(xml)?;
                xml.text("NumberOfUnits", &decimal::to_text(target))
            })?;
        }
        xml.element("ActualResult", &[], |xml| {
            dates(xml)?;
            xml.text("NumberOfUnits", &decimal::to_text(result.value))?;
            xml.text("Description", &text::label(&text::cleaned(&result.label)))
        })
    }
}
