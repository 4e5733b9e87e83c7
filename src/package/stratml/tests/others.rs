//! Documents that somebody else wrote.

use entity::enums::{Additivity, AttributionBasis, Precision, Scope, UnitKind};

use super::NoticeKind::{Assumed, LeftOut, Tolerated};
use super::*;

/// As an older tool wrote it: another namespace, a prefix, another order, dates of all kinds,
/// empty elements, and much that has no place in a package.
const OLDER: &str = r#"<s:PerformancePlanOrReport xmlns:s="http://www.stratml.net">
<s:Name> Harbors
  2016 </s:Name>
<s:AdministrativeInformation>
  <s:EndDate>2016-12</s:EndDate><s:StartDate>1/1/2016</s:StartDate>
</s:AdministrativeInformation>
<s:StrategicPlanCore>
  <s:Organization><s:Name>Office of Harbors</s:Name><s:Acronym/></s:Organization>
  <s:Mission><s:Description>Keep ships afloat.</s:Description></s:Mission>
  <s:Vision><s:Description/></s:Vision>
  <s:Goal>
    <s:SequenceIndicator>A</s:SequenceIndicator>
    <s:Name>Safe harbors</s:Name>
    <s:Description>No ship runs aground.</s:Description>
    <s:Objective>
      <s:Description>Dredge every harbor of the coast, each spring and each fall, before the fleets are back at sea.</s:Description>
      <s:SequenceIndicator>A.1</s:SequenceIndicator>
      <s:OtherInformation>With two dredgers.</s:OtherInformation>
      <s:PerformanceIndicator ValueChainStage="Output">
        <s:UnitOfMeasurement>Number of harbors</s:UnitOfMeasurement>
        <s:MeasurementDimension>Harbors dredged</s:MeasurementDimension>
        <s:MeasurementInstance>
          <s:ActualResult>
            <s:NumberOfUnits>+12.50</s:NumberOfUnits><s:EndDate>2015</s:EndDate>
            <s:Description>Two of them twice.</s:Description>
          </s:ActualResult>
          <s:TargetResult><s:NumberOfUnits>20</s:NumberOfUnits><s:EndDate>2015</s:EndDate></s:TargetResult>
        </s:MeasurementInstance>
      </s:PerformanceIndicator>
      <s:Budget>5</s:Budget>
    </s:Objective>
    <s:Objective><s:SequenceIndicator>A.2</s:SequenceIndicator><s:Name/></s:Objective>
  </s:Goal>
</s:StrategicPlanCore>
</s:PerformancePlanOrReport>"#;

#[test]
fn an_older_document_is_read_and_everything_about_it_is_listed() {
    let read = good(OLDER);
    let package = &read.package;
    assert_eq!(package.agencies[0].code, "OH");
    let report = &package.reports[0];
    assert_eq!((&*report.title, report.fiscal_year), ("Harbors 2016", 2016));
    assert_eq!(
        (&*report.period_start, &*report.period_end),
        ("2016-01-01", "2016-12-31")
    );
    assert_eq!(package.goals[0].code, "safe-harbors");
    let initiative = &package.initiatives[0];
    assert_eq!(
        initiative.name,
        "Dredge every harbor of the coast, each spring and each fall, before the fleets…"
    );
    assert!(
        initiative
            .action
            .ends_with("back at sea.\n\nWith two dredgers.")
    );
    assert_eq!(initiative.outcome, "Two of them twice.");
    assert_eq!(initiative.source_place, "goal A, objective A.1");
    let goal = initiative.goal.as_ref().unwrap();
    assert_eq!(
        (&*goal.code, goal.basis),
        ("safe-harbors", AttributionBasis::Stated)
    );
    let metric = &package.metrics[0];
    assert_eq!(
        (&*metric.code, &*metric.unit),
        ("harbors-dredged", "harbors")
    );
    assert_eq!(metric.additivity, Additivity::NonAdditive);
    let result = &package.results[0];
    assert_eq!((result.value, result.target), (125_000, Some(200_000)));
    assert_eq!((result.fiscal_year, result.scope), (2015, Scope::Period));
    assert_eq!(result.as_of.as_deref(), Some("2015-12-31"));
    assert_eq!(result.precision, Precision::Exact);
    assert_eq!(result.note.as_deref(), Some("Two of them twice."));

    assert_eq!(
        notices(&read, LeftOut),
        [
            "line 9: StrategicPlanCore/Mission: has no place in a package; left out: \"Keep ships afloat.\"",
            "line 14: Goal/Description: has no place in a package; left out: \"No ship runs aground.\"",
            "line 19: PerformanceIndicator/@ValueChainStage: has no place in a package; left out",
            "line 30: Objective/Budget: is not an element that annals reads here; left out: \"5\"",
            "line 32: Objective: holds nothing but its number; left out",
        ]
    );
    let tolerated = notices(&read, Tolerated);
    for expected in [
        "line 1: PerformancePlanOrReport: is in the namespace \"http://www.stratml.net\", not in \"urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport\"; read all the same",
        "line 1: PerformancePlanOrReport: has no Type; read as a Performance_Report",
        "line 5: AdministrativeInformation/StartDate: \"1/1/2016\" is not written like 2007-09-30; read as 2016-01-01",
        "line 5: AdministrativeInformation/EndDate: \"2016-12\" is not written like 2007-09-30; read as 2016-12-31",
        "line 19: PerformanceIndicator: holds its elements in another order than the schema; read all the same",
    ] {
        assert!(
            tolerated.contains(&expected.to_owned()),
            "{expected}\n{tolerated:#?}"
        );
    }
    assert_eq!(
        notices(&read, Assumed),
        [
            "line 8: Organization: has no Acronym; the code \"OH\" is made of its Name",
            "line 4: AdministrativeInformation: ends on 2016-12-31, which is not the end of a US federal fiscal year; the year of that day is taken as the fiscal year",
            "line 15: Objective: has no Name; named \"Dredge every harbor of the coast, each spring and each fall, before the fleets…\"",
            "line 19: PerformanceIndicator: StratML does not say whether figures may be added up; taken as NON_ADDITIVE, so no sum is shown",
            "line 23: ActualResult: StratML does not say how exact a figure is and whether it covers its period; taken as EXACT and, but for dates that say otherwise, as PERIOD",
        ]
    );
}

#[test]
fn a_plan_without_indicators_becomes_initiatives_without_figures() {
    let plan = document(
        "<Goal><Name>Goal</Name><Description/>\
         <Objective><Name>First &amp; last</Name><Description>Do it.</Description></Objective>\
         <Objective><Name>First &amp; last</Name><Description>Do it again.</Description></Objective></Goal>",
    )
    .replace("Performance_Report", "Strategic_Plan");
    let read = good(&plan);
    let slugs: Vec<_> = read
        .package
        .initiatives
        .iter()
        .map(|row| &*row.slug)
        .collect();
    assert_eq!(slugs, ["first-last", "first-last-2"]);
    assert_eq!(
        read.package.initiatives[0].outcome,
        "The document reports no result."
    );
    assert!(read.package.results.is_empty() && read.package.metrics.is_empty());
    assert_eq!(
        notices(&read, Tolerated),
        ["line 2: PerformancePlanOrReport: is a \"Strategic_Plan\"; read as a report"]
    );
    assert_eq!(
        notices(&read, Assumed),
        ["line 6: Objective: reports no result; its outcome says so (1 more)"]
    );
}

#[test]
fn an_indicator_without_an_actual_result_is_listed_and_leaves_no_metric() {
    let target = "<TargetResult><NumberOfUnits>9</NumberOfUnits></TargetResult>";
    let read = good(&with_indicators(&indicator("Docks built", "Docks", target)));
    assert!(read.package.results.is_empty() && read.package.metrics.is_empty());
    assert_eq!(
        notices(&read, LeftOut),
        [
            "line 8: MeasurementInstance/TargetResult: belongs to no figure of an actual result; left out: \"9\"",
            "line 8: Objective/PerformanceIndicator: reports no actual result; left out: \"Docks built Docks 9\"",
        ]
    );
}

#[test]
fn results_in_words_become_the_outcome() {
    let words = "<ActualResult><Descriptor><DescriptorName>Status</DescriptorName>\
         <DescriptorValue>On track</DescriptorValue></Descriptor>\
         <Description>All docks stand.</Description></ActualResult>";
    let read = good(&with_indicators(&indicator("Docks", "", words)));
    assert_eq!(
        read.package.initiatives[0].outcome,
        "Docks: All docks stand.\nStatus: On track"
    );
    assert!(read.package.results.is_empty());
}

#[test]
fn figures_are_exact_or_refused() {
    for (number, expected) in [
        (
            "1,234",
            "StratML:8: value: \"1,234\" is not a plain decimal number; write 1234",
        ),
        (
            "about 5",
            "StratML:8: value: \"about 5\" is not a plain decimal number; write digits with at most one point, such as 1300000 or -2.5",
        ),
        (
            "0.00001",
            "StratML:8: value: \"0.00001\" has more than four decimals; round it to four",
        ),
    ] {
        let actual =
            format!("<ActualResult><NumberOfUnits>{number}</NumberOfUnits></ActualResult>");
        let document = with_indicators(&indicator("Docks", "", &actual));
        assert_eq!(problems(document.as_bytes()), [expected]);
    }
}

#[test]
fn a_target_goes_with_the_figure_of_its_day() {
    let result = |name: &str, end: &str, number: &str| {
        format!("<{name}><EndDate>{end}</EndDate><NumberOfUnits>{number}</NumberOfUnits></{name}>")
    };
    let instance = [
        result("TargetResult", "2015-09-30", "10"),
        result("TargetResult", "2016-09-30", "20"),
        result("TargetResult", "2017-09-30", "30"),
        result("ActualResult", "2016-09-30", "21"),
        result("ActualResult", "2015-09-30", "11"),
        result("ActualResult", "2014-09-30", "1"),
    ]
    .concat();
    let read = good(&with_indicators(&indicator("Docks", "docks", &instance)));
    let figures: Vec<_> = read
        .package
        .results
        .iter()
        .map(|row| {
            (
                row.fiscal_year,
                row.value,
                row.target,
                &*row.key,
                row.as_of.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        figures,
        [
            (2016, 210_000, Some(200_000), "docks", None),
            (2015, 110_000, Some(100_000), "docks-2", Some("2015-09-30")),
            (2014, 10_000, None, "docks-3", Some("2014-09-30")),
        ]
    );
    assert_eq!(
        notices(&read, LeftOut),
        [
            "line 8: MeasurementInstance/TargetResult: belongs to no figure of an actual result; left out: \"2017-09-30 30\""
        ]
    );
}

#[test]
fn units_and_metrics_are_shared_by_the_indicators_that_name_them() {
    let actual = "<ActualResult><NumberOfUnits>5</NumberOfUnits></ActualResult>";
    let indicators = [
        indicator("On time", "Percent", actual),
        indicator("on time", "%", actual),
        indicator("On time", "Ships", actual),
    ]
    .concat();
    let read = good(&with_indicators(&indicators));
    let metrics: Vec<_> = read
        .package
        .results
        .iter()
        .map(|row| &*row.metric)
        .collect();
    assert_eq!(metrics, ["on-time", "on-time", "on-time-2"]);
    let units: Vec<_> = read
        .package
        .units
        .iter()
        .map(|row| (&*row.code, row.kind))
        .collect();
    assert_eq!(units, [("%", UnitKind::Ratio), ("ships", UnitKind::Count)]);
}

#[test]
fn the_period_comes_from_the_dates_there_are() {
    let days = "<StartDate>2015-10-01</StartDate><EndDate>2016-09-30</EndDate>";
    for (dates, expected) in [
        (days, Some(("2015-10-01", "2016-09-30", 2016, 0))),
        (
            "<StartDate>2015-07-01</StartDate>",
            Some(("2015-07-01", "2016-06-30", 2016, 2)),
        ),
        (
            "<StartDate>2015-03-27</StartDate>",
            Some(("2015-03-27", "2015-12-31", 2015, 2)),
        ),
        (
            "<EndDate>2016-09-30</EndDate>",
            Some(("2015-10-01", "2016-09-30", 2016, 1)),
        ),
        (
            "<PublicationDate>2016-05</PublicationDate>",
            Some(("2016-01-01", "2016-12-31", 2016, 2)),
        ),
        ("<StartDate>soon</StartDate>", None),
        ("", None),
    ] {
        let document = with_indicators("").replace(days, dates);
        let Some((start, end, fiscal_year, assumed)) = expected else {
            assert_eq!(
                problems(document.as_bytes()),
                [
                    "StratML:10: AdministrativeInformation has no StartDate, EndDate or PublicationDate; fill in the first two, like 2007-09-30"
                ]
            );
            continue;
        };
        let read = good(&document);
        let report = &read.package.reports[0];
        assert_eq!(
            (
                &*report.period_start,
                &*report.period_end,
                report.fiscal_year
            ),
            (start, end, fiscal_year),
            "{dates}"
        );
        let of_period = notices(&read, Assumed);
        let of_period = of_period
            .iter()
            .filter(|notice| notice.contains("AdministrativeInformation"));
        assert_eq!(of_period.count(), assumed, "{dates}");
    }
}
