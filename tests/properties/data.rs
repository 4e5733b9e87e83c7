//! Random data packages: valid, small, and odd wherever a package may be.
//!
//! Rows lie in no order; codes differ in case and script; agencies, reports, goals, divisions and initiatives may be
//! empty; results are parts of parts; figures reach from -9·10¹⁴ to 9·10¹⁴ and come with every precision, scope and
//! additivity. The same seed gives the same package.

use annals::package::{
    Agency, Attribution, Division, Goal, Initiative, Metric, Package, PartOf, Report,
    ReportedResult, Source, UnitOfMeasure, builtin,
};
use entity::decimal::{MAX, SCALE};
use entity::enums::{Additivity, AttributionBasis, Precision, Scope, UnitKind};
use fastrand::Rng;

/// Agencies with reports, one with divisions alone, and one with nothing. The order of the bytes is not that of a
/// dictionary, one code begins like another, and `ICE` lies among them.
const AGENCIES: [(&str, Has); 6] = [
    ("zz", Has::Reports),
    ("AB", Has::Reports),
    ("Ämter", Has::Reports),
    ("ABC", Has::Reports),
    ("aux", Has::Divisions),
    ("Null", Has::Nothing),
];

#[derive(Clone, Copy, PartialEq)]
enum Has {
    Reports,
    Divisions,
    Nothing,
}

/// Texts that are easily broken on the way.
const NAMES: [&str; 6] = [
    "plain",
    "\"quoted\" \\ back\\slashed",
    "two\nlines\tand a tab",
    "Ünïcödé – 目的 💥",
    "control \u{1} \u{7f} \u{2028}",
    "'; DROP TABLE report; --",
];

/// A random package. It shares nothing with the built-in one.
pub(super) fn package(seed: u64) -> Package {
    let mut rng = Rng::with_seed(seed);
    let mut package = empty();
    units(&mut package);
    metrics(&mut rng, &mut package);
    for (code, has) in AGENCIES {
        package.agencies.push(Agency {
            code: code.into(),
            name: name(&mut rng),
            department: rng.bool().then(|| name(&mut rng)),
        });
        if has != Has::Nothing {
            divisions(&mut rng, &mut package, code);
        }
        if has == Has::Reports {
            let mut years: Vec<i32> = (1998..2012).collect();
            rng.shuffle(&mut years);
            for year in years.into_iter().take(rng.usize(3..7)) {
                report(&mut rng, &mut package, code, year);
            }
        }
    }
    shuffle(&mut rng, &mut package);
    package
}

/// A package without a row.
pub(super) fn empty() -> Package {
    let mut package = builtin().expect("the built-in package is valid");
    clear(&mut package);
    package
}

fn clear(package: &mut Package) {
    package.agencies.clear();
    package.reports.clear();
    package.goals.clear();
    package.divisions.clear();
    package.units.clear();
    package.metrics.clear();
    package.initiatives.clear();
    package.results.clear();
}

fn shuffle(rng: &mut Rng, package: &mut Package) {
    rng.shuffle(&mut package.agencies);
    rng.shuffle(&mut package.reports);
    rng.shuffle(&mut package.goals);
    rng.shuffle(&mut package.divisions);
    rng.shuffle(&mut package.units);
    rng.shuffle(&mut package.metrics);
    rng.shuffle(&mut package.initiatives);
    rng.shuffle(&mut package.results);
}

fn name(rng: &mut Rng) -> String {
    // Some are the same.
    let number = if rng.bool() {
        rng.u16(..3)
    } else {
        rng.u16(..)
    };
    format!("{} {number}", one_of(rng, &NAMES))
}

fn one_of<T: Copy>(rng: &mut Rng, choices: &[T]) -> T {
    choices[rng.usize(..choices.len())]
}

/// Places under one parent: distinct, with gaps, in no order.
fn positions(rng: &mut Rng, count: usize) -> Vec<i32> {
    let mut positions: Vec<i32> = (1..=count as i32)
        .map(|place| place * 37 - rng.i32(0..37))
        .collect();
    if let Some(last) = positions.last_mut() {
        *last = 999_999;
    }
    rng.shuffle(&mut positions);
    positions
}

fn units(package: &mut Package) {
    for (code, kind) in [
        ("[oz_av]", UnitKind::Mass),
        ("EUR", UnitKind::Money),
        ("visit", UnitKind::Count),
        ("Étage", UnitKind::Other),
    ] {
        package.units.push(UnitOfMeasure {
            code: code.into(),
            name: code.into(),
            plural: format!("{code}s"),
            symbol: (kind != UnitKind::Count).then(|| code.into()),
            kind,
        });
    }
}

/// A forest, up to some levels deep; a metric may have another unit than its parent.
fn metrics(rng: &mut Rng, package: &mut Package) {
    for number in 0..36 {
        let parent = (number > 4 && rng.u8(..10) < 7).then(|| rng.usize(..number));
        let parent = parent.map(|parent| package.metrics[parent].clone());
        let unit = match &parent {
            Some(parent) if rng.u8(..10) < 8 => parent.unit.clone(),
            _ => package.units[rng.usize(..package.units.len())].code.clone(),
        };
        package.metrics.push(Metric {
            code: format!("{}-{number}", one_of(rng, &["beta", "Zeta", "été", "_x"])),
            name: name(rng),
            description: rng.bool().then(|| name(rng)),
            unit,
            additivity: match rng.u8(..20) {
                0 | 1 => Additivity::SemiAdditive,
                2 => Additivity::NonAdditive,
                _ => Additivity::Additive,
            },
            parent: parent.map(|parent| parent.code),
            children_are_exclusive: rng.bool(),
        });
    }
}

fn divisions(rng: &mut Rng, package: &mut Package, agency: &str) {
    let count = rng.usize(1..7);
    for (number, position) in positions(rng, count).into_iter().enumerate() {
        package.divisions.push(Division {
            agency: agency.into(),
            code: format!("Div{number}"),
            name: name(rng),
            position,
        });
    }
}

fn report(rng: &mut Rng, package: &mut Package, agency: &str, year: i32) {
    package.reports.push(Report {
        agency: agency.into(),
        fiscal_year: year,
        period_start: format!("{}-10-01", year - 1),
        period_end: format!("{year}-09-30"),
        title: name(rng),
        summary: rng.bool().then(|| name(rng)),
        source: Source {
            title: name(rng),
            publisher: None,
            url: None,
            retrieved: None,
            sha256: None,
            licence: None,
        },
        summary_by: name(rng),
    });
    let count = rng.usize(..5);
    for (number, position) in positions(rng, count).into_iter().enumerate() {
        package.goals.push(Goal {
            agency: agency.into(),
            fiscal_year: year,
            code: format!("Goal-{number}"),
            name: name(rng),
            position,
        });
    }
    let initiatives = rng.usize(..40);
    for (number, position) in positions(rng, initiatives).into_iter().enumerate() {
        let divisions = package
            .divisions
            .iter()
            .filter(|division| division.agency == agency);
        let divisions: Vec<String> = divisions.map(|division| division.code.clone()).collect();
        let goals = package
            .goals
            .iter()
            .filter(|goal| goal.agency == agency && goal.fiscal_year == year);
        let goals: Vec<String> = goals.map(|goal| goal.code.clone()).collect();
        package.initiatives.push(Initiative {
            agency: agency.into(),
            fiscal_year: year,
            slug: slug(year, number),
            position,
            name: name(rng),
            action: name(rng),
            outcome: name(rng),
            source_place: format!("page {number}"),
            division: attribution(rng, &divisions),
            goal: attribution(rng, &goals),
        });
    }
    results(rng, package, agency, year, initiatives);
}

/// An initiative of one number has the same slug in all reports, but for the case of its letters.
fn slug(year: i32, number: usize) -> String {
    let slug = format!("Slug-{number}");
    if year % 2 == 0 {
        slug
    } else {
        slug.to_uppercase()
    }
}

/// For what an initiative has in common with that of the same slug in the agency's other reports.
fn rng_of(agency: &str, initiative: usize) -> Rng {
    let agency: u64 = agency.bytes().map(u64::from).sum();
    Rng::with_seed(1000 * agency + initiative as u64)
}

/// To one of these, to none often enough, and never to the last one: it stays empty.
fn attribution(rng: &mut Rng, codes: &[String]) -> Option<Attribution> {
    let code = codes.get(rng.usize(..codes.len() + 1))?;
    (codes.last() != Some(code)).then(|| Attribution {
        code: code.clone(),
        basis: AttributionBasis::Inferred,
        note: Some("because".into()),
    })
}

/// Drawn from a stream of its own, so that other choices are the same with and without it.
fn target(habit: &Habit, year: i32, position: i32) -> Option<i64> {
    let seed = u64::from(year.unsigned_abs()) << 32 | u64::from(position.unsigned_abs());
    let mut rng = Rng::with_seed(seed);
    match rng.u8(..8) {
        0..=3 => None,
        4 => Some(0),
        _ => Some(habit.value(&mut rng)),
    }
}

fn results(rng: &mut Rng, package: &mut Package, agency: &str, year: i32, initiatives: usize) {
    let counts: Vec<usize> = (0..initiatives)
        .map(|_| rng.usize(..26).saturating_sub(3))
        .collect();
    let mut positions = positions(rng, counts.iter().sum()).into_iter();
    let first = package.results.len();
    for (initiative, count) in counts.into_iter().enumerate() {
        let habit = match initiative % 2 {
            0 => Habit::new(&mut rng_of(agency, initiative), package),
            _ => Habit::new(rng, package),
        };
        for number in 0..count {
            let position = positions
                .next()
                .expect("there is a position for each result");
            let mut result = ReportedResult {
                agency: agency.into(),
                report_fiscal_year: year,
                initiative: slug(year, initiative),
                key: format!("Key-{number}"),
                position,
                label: name(rng),
                metric: habit.metrics[rng.usize(..habit.metrics.len())].clone(),
                value: habit.value(rng),
                target: target(&habit, year, position),
                precision: one_of(rng, habit.precisions),
                fiscal_year: if habit.is_of_one_year {
                    year
                } else {
                    year - rng.i32(0..3)
                },
                scope: one_of(rng, habit.scopes),
                as_of: rng.bool().then(|| format!("{year}-06")),
                is_record: rng.u8(..8) == 0,
                part_of: None,
                note: rng.bool().then(|| name(rng)),
                source_place: rng.bool().then(|| name(rng)),
            };
            let earlier = &package.results[first..];
            if !earlier.is_empty() && rng.u8(..10) < 4 {
                // Mostly one of the last few, so that parts have parts.
                let back = if rng.bool() {
                    rng.usize(..earlier.len())
                } else {
                    rng.usize(..earlier.len().min(4))
                };
                let whole = earlier[earlier.len() - 1 - back].clone();
                make_part_of(rng, &package.metrics, &mut result, whole);
            }
            package.results.push(result);
        }
    }
}

/// Turns a result into a part that fits into its whole.
fn make_part_of(
    rng: &mut Rng,
    metrics: &[Metric],
    result: &mut ReportedResult,
    whole: ReportedResult,
) {
    let unit = |code: &str| {
        let metric = metrics.iter().find(|metric| metric.code == code);
        metric.expect("a result has a metric").unit.as_str()
    };
    let unit_of_whole = unit(&whole.metric);
    if unit(&result.metric) != unit_of_whole {
        let fitting: Vec<&Metric> = metrics
            .iter()
            .filter(|metric| metric.unit == unit_of_whole)
            .collect();
        result.metric = one_of(rng, &fitting).code.clone();
    }
    if matches!(whole.precision, Precision::Exact | Precision::UpperBound) {
        result.value = result.value.min(whole.value);
    }
    result.fiscal_year = whole.fiscal_year;
    result.scope = whole.scope;
    result.part_of = Some(PartOf {
        initiative: whole.initiative,
        key: whole.key,
    });
}

/// What the results of one initiative have in common, so that some of them can be added up.
struct Habit {
    metrics: Vec<String>,
    precisions: &'static [Precision],
    scopes: &'static [Scope],
    is_of_one_year: bool,
    size: Size,
}

#[derive(Clone, Copy)]
enum Size {
    Small,
    Decimals,
    Large,
}

impl Habit {
    fn new(rng: &mut Rng, package: &Package) -> Habit {
        use Precision::{Approximate, Exact, LowerBound, UpperBound};
        let metrics =
            (0..rng.usize(1..4)).map(|_| one_of(rng, &package.metrics.iter().collect::<Vec<_>>()));
        Habit {
            metrics: metrics.map(|metric| metric.code.clone()).collect(),
            precisions: one_of(
                rng,
                &[
                    &[Exact],
                    &[Exact, Approximate],
                    &[Exact, LowerBound],
                    &[UpperBound, Approximate],
                    &[Exact, Approximate, LowerBound, UpperBound],
                ],
            ),
            scopes: one_of(
                rng,
                &[
                    &[Scope::Period],
                    &[Scope::Period, Scope::Cumulative],
                    Scope::ALL,
                ],
            ),
            is_of_one_year: rng.bool(),
            size: one_of(
                rng,
                &[Size::Small, Size::Small, Size::Decimals, Size::Large],
            ),
        }
    }

    /// A figure in ten-thousandths, of at most 15 digits.
    fn value(&self, rng: &mut Rng) -> i64 {
        match self.size {
            Size::Small => rng.i64(-50..100_000) * SCALE,
            Size::Decimals => rng.i64(-1_000_000..1_000_000),
            Size::Large if rng.bool() => {
                (MAX / SCALE - rng.i64(0..1_000_000)) * SCALE * if rng.bool() { 1 } else { -1 }
            }
            Size::Large => rng.i64(-999_999_999_999_999..=999_999_999_999_999),
        }
    }
}
