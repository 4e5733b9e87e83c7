//! What one report says: its initiatives and their results.

use crate::{
    Size,
    catalogue::{METRICS_PER_SUBJECT, Metric, SHARE_METRIC, STOCK},
    random::Random,
};

/// An initiative; divisions and goals by their place.
pub(crate) struct Initiative {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) action: String,
    pub(crate) outcome: String,
    pub(crate) division: Option<(usize, &'static str)>,
    pub(crate) goal: Option<(usize, &'static str)>,
    pub(crate) results: Vec<Reported>,
}

/// A result; `part_of` is the place of another result of the same initiative.
pub(crate) struct Reported {
    pub(crate) key: String,
    pub(crate) label: String,
    /// Place in the catalogue.
    pub(crate) metric: usize,
    /// In ten-thousandths.
    pub(crate) value: i64,
    pub(crate) precision: &'static str,
    pub(crate) fiscal_year: i32,
    pub(crate) scope: &'static str,
    pub(crate) as_of: Option<String>,
    pub(crate) is_record: bool,
    pub(crate) part_of: Option<usize>,
    pub(crate) note: Option<&'static str>,
}

/// How many subjects an agency works on.
const SUBJECTS_OF_AGENCY: usize = 6;

const REGIONS: [&str; 8] = [
    "northern region",
    "southern region",
    "eastern region",
    "western region",
    "coastal districts",
    "mountain districts",
    "capital area",
    "border districts",
];

const NOTES: [&str; 4] = [
    "The source names no period; taken as the fiscal year.",
    "Rounded in the source.",
    "Counted anew after a change of method.",
    "The source gives the figure in a table only.",
];

/// The initiatives of the report of an agency, both by their place.
pub(crate) fn initiatives(
    size: &Size,
    metrics: &[Metric],
    agency: usize,
    fiscal_year: i32,
) -> Vec<Initiative> {
    let mut random = Random::of(&[agency, fiscal_year as usize]);
    let mut spread = 0;
    (0..size.initiatives)
        .map(|place| {
            // Two neighbours have as many results together as two of the mean.
            let results = if place % 2 == 0 {
                spread = random.below(size.results / 2 + 1);
                size.results + spread
            } else {
                size.results - spread
            };
            let subject = subject_of(size, agency, &mut random);
            initiative(
                size,
                metrics,
                place,
                subject,
                fiscal_year,
                results,
                &mut random,
            )
        })
        .collect()
}

fn subject_of(size: &Size, agency: usize, random: &mut Random) -> usize {
    (agency + 3 * random.below(SUBJECTS_OF_AGENCY)) % size.subjects
}

fn initiative(
    size: &Size,
    metrics: &[Metric],
    place: usize,
    subject: usize,
    fiscal_year: i32,
    results: usize,
    random: &mut Random,
) -> Initiative {
    let root = &metrics[subject * METRICS_PER_SUBJECT];
    let region = random.pick(&REGIONS);
    let basis = |random: &mut Random| {
        if random.percent(60) {
            "STATED"
        } else {
            "INFERRED"
        }
    };
    let division = (!random.percent(4)).then(|| {
        let division = (place + fiscal_year as usize) % size.divisions;
        (division, basis(random))
    });
    let goal = random
        .percent(90)
        .then(|| (random.below(size.goals), basis(random)));
    let mut reported: Vec<Reported> = Vec::with_capacity(results);
    for place in 0..results {
        reported.push(result(
            size,
            metrics,
            subject,
            fiscal_year,
            place,
            &reported,
            random,
        ));
    }
    Initiative {
        slug: format!("{}-{:02}", root.code, place + 1),
        name: format!("{} in the {region}", root.name),
        action: format!(
            "Reorganised how {} are planned and recorded in the {region}, moved staff to where they were most needed, and \
             agreed with local partners on a common way of reporting.",
            root.unit.2
        ),
        outcome: format!(
            "More was done than the year before; {results} figures on {} and what belongs to them are given, with what \
             remains to be done.",
            root.unit.2
        ),
        division,
        goal,
        results: reported,
    }
}

fn result(
    size: &Size,
    metrics: &[Metric],
    subject: usize,
    report_year: i32,
    place: usize,
    earlier: &[Reported],
    random: &mut Random,
) -> Reported {
    if random.percent(8) && !earlier.is_empty() {
        return part(metrics, subject, place, earlier, random);
    }
    // Nine of ten figures are about the initiative's own subject.
    let subject = if random.percent(90) {
        subject
    } else {
        random.below(size.subjects)
    };
    let kind = random.below(METRICS_PER_SUBJECT);
    let metric = subject * METRICS_PER_SUBJECT + kind;
    let precision = random.weighted(&[
        (72, "EXACT"),
        (14, "APPROXIMATE"),
        (11, "LOWER_BOUND"),
        (3, "UPPER_BOUND"),
    ]);
    let scope = match kind {
        STOCK => "POINT_IN_TIME",
        SHARE_METRIC => "PERIOD",
        _ => random.weighted(&[(90, "PERIOD"), (8, "CUMULATIVE"), (2, "POINT_IN_TIME")]),
    };
    let fiscal_year = report_year - random.weighted(&[(93, 0), (5, 1), (2, 2)]);
    let dated = match scope {
        "POINT_IN_TIME" => random.percent(70),
        "CUMULATIVE" => random.percent(30),
        _ => false,
    };
    let value = value(kind, metrics[metric].unit.4, precision, random);
    Reported {
        as_of: dated.then(|| format!("{fiscal_year}-{:02}", 1 + random.below(9))),
        ..described(
            metrics,
            metric,
            place,
            value,
            precision,
            fiscal_year,
            scope,
            random,
        )
    }
}

/// A result that is part of an earlier one of the same initiative, and so has its unit, year and scope.
fn part(
    metrics: &[Metric],
    subject: usize,
    place: usize,
    earlier: &[Reported],
    random: &mut Random,
) -> Reported {
    let whole_place = random.below(earlier.len());
    let whole = &earlier[whole_place];
    let other = subject * METRICS_PER_SUBJECT + random.below(STOCK);
    let metric = if metrics[other].unit.0 == metrics[whole.metric].unit.0 {
        other
    } else {
        whole.metric
    };
    let value = match whole.value / 10_000 {
        0 => whole.value,
        whole => 10_000 * random.below(whole as usize + 1) as i64,
    };
    Reported {
        part_of: Some(whole_place),
        ..described(
            metrics,
            metric,
            place,
            value,
            "EXACT",
            whole.fiscal_year,
            whole.scope,
            random,
        )
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "what tells one figure from another, each of its own type"
)]
fn described(
    metrics: &[Metric],
    metric: usize,
    place: usize,
    value: i64,
    precision: &'static str,
    fiscal_year: i32,
    scope: &'static str,
    random: &mut Random,
) -> Reported {
    Reported {
        key: format!("{}-{}", metrics[metric].code, place + 1),
        label: format!("{}, {}", metrics[metric].name, random.pick(&REGIONS)),
        metric,
        value,
        precision,
        fiscal_year,
        scope,
        as_of: None,
        is_record: random.percent(1),
        part_of: None,
        note: random.percent(10).then(|| *random.pick(&NOTES)),
    }
}

/// A figure in ten-thousandths, of any order of magnitude that the kind of unit knows.
fn value(kind: usize, unit: &str, precision: &str, random: &mut Random) -> i64 {
    let magnitudes: &[i64] = match unit {
        _ if kind == SHARE_METRIC => &[100],
        "MONEY" => &[10_000, 100_000, 1_000_000, 10_000_000, 100_000_000],
        _ => &[1, 10, 100, 1_000, 10_000],
    };
    let magnitude = *random.pick(magnitudes);
    let whole = magnitude + random.below(9 * magnitude as usize) as i64;
    if precision != "EXACT" {
        // Two digits are left of a figure that was rounded.
        let step = (magnitude / 10).max(1);
        return whole / step * step * 10_000;
    }
    match unit {
        "COUNT" => whole * 10_000,
        "MONEY" => whole * 10_000 + 100 * random.below(100) as i64,
        _ => whole * 10_000 + 1_000 * random.below(10) as i64,
    }
}
