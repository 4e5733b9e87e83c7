//! Documents of others, hostile ones, and what is written.

use super::*;
use crate::package::builtin;

mod hostile;
mod others;
mod written;

/// A document in the namespace of the standard, with an agency and a fiscal year.
fn document(goals: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<PerformancePlanOrReport xmlns="{NAMESPACE}" Type="Performance_Report">
  <Name>Harbors 2016</Name>
  <StrategicPlanCore>
    <Organization><Name>Harbor Office</Name><Acronym>HO</Acronym></Organization>
{goals}
  </StrategicPlanCore>
  <AdministrativeInformation>
    <StartDate>2015-10-01</StartDate><EndDate>2016-09-30</EndDate>
    <Source>https://example.org/harbors.xml</Source>
  </AdministrativeInformation>
</PerformancePlanOrReport>
"#
    )
}

/// A document with one objective that has these indicators.
fn with_indicators(indicators: &str) -> String {
    document(&format!(
        "<Goal><Name>Safe harbors</Name><Description/>\n<Objective><Name>Dredging</Name>\
         <Description>Dredge the harbors.</Description>\n{indicators}</Objective></Goal>"
    ))
}

/// An indicator with one instance that holds this.
fn indicator(dimension: &str, unit: &str, instance: &str) -> String {
    format!(
        "<PerformanceIndicator><MeasurementDimension>{dimension}</MeasurementDimension>\
         <UnitOfMeasurement>{unit}</UnitOfMeasurement>\
         <MeasurementInstance>{instance}</MeasurementInstance></PerformanceIndicator>\n"
    )
}

fn good(document: &str) -> Document {
    read(document.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The problems of a document, as they are shown.
fn problems(document: &[u8]) -> Vec<String> {
    match read(document) {
        Ok(_) => Vec::new(),
        Err(error) => error.to_string().lines().map(str::to_owned).collect(),
    }
}

/// The notices of a kind, as they are shown.
fn notices(document: &Document, kind: NoticeKind) -> Vec<String> {
    let of_kind = document.notices.iter().filter(|notice| notice.kind == kind);
    of_kind.map(ToString::to_string).collect()
}

fn written(package: &Package) -> String {
    let mut document = Vec::new();
    write(package, &mut document).unwrap();
    String::from_utf8(document).unwrap()
}
