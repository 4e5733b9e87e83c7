//! Worlds of events, and reports that count them: what a total claims is true of the world that it was reported from.
//!
//! The events come first. Each is of one fiscal year and of one or more metrics, and several initiatives may have counted
//! it; reports then tell how many their initiatives counted, exactly, rounded or as a bound, in parts, and again in later
//! years with the value put right.

use std::collections::{BTreeMap, BTreeSet};

use annals::package::{
    self, Agency, Initiative, Metric, Package, PartOf, Report, ReportedResult, Source,
    UnitOfMeasure,
};
use entity::{
    decimal::SCALE,
    enums::{Additivity, Precision, Scope, UnitKind},
};
use fastrand::Rng;
use serde_json::Value;

use super::{api::Api, ask::ask, data, seed};

const WORLDS: usize = 150;
const YEARS: [i32; 2] = [2001, 2002];

/// A metric of a world: the place of its parent, and whether its children keep apart.
struct Kind {
    parent: Option<usize>,
    is_exclusive: bool,
}

/// Something that happened, once.
struct Event {
    year: i32,
    /// The metrics that it may be counted under.
    kinds: Vec<usize>,
}

/// Who counts: an initiative of an agency, by its slug, in the report of a year.
type Counter = (usize, i32, usize);

struct World {
    number: usize,
    kinds: Vec<Kind>,
    events: Vec<Event>,
    results: Vec<ReportedResult>,
    /// The events behind each figure, as it truly is.
    counted: Vec<BTreeSet<usize>>,
    reports: BTreeSet<(usize, i32)>,
    initiatives: BTreeSet<Counter>,
    /// Whether later reports put figures right.
    is_restated: bool,
}

impl World {
    fn random(rng: &mut Rng, number: usize) -> World {
        let mut kinds = vec![Kind {
            parent: None,
            is_exclusive: rng.bool(),
        }];
        for _ in 0..rng.usize(..6) {
            kinds.push(Kind {
                parent: Some(rng.usize(..kinds.len())),
                is_exclusive: rng.bool(),
            });
        }
        let mut world = World {
            number,
            kinds,
            events: Vec::new(),
            results: Vec::new(),
            counted: Vec::new(),
            reports: BTreeSet::new(),
            initiatives: BTreeSet::new(),
            is_restated: false,
        };
        for _ in 0..rng.usize(1..60) {
            let event = Event {
                year: YEARS[rng.usize(..YEARS.len())],
                kinds: world.kinds_of_one(rng),
            };
            world.events.push(event);
        }
        world.report(rng);
        world
    }

    /// Metrics that one event can be of: under exclusive children it is under one of them only.
    fn kinds_of_one(&self, rng: &mut Rng) -> Vec<usize> {
        let mut kinds: Vec<usize> = Vec::new();
        for _ in 0..rng.usize(1..4) {
            let kind = rng.usize(..self.kinds.len());
            if kinds.iter().all(|other| !self.are_apart(kind, *other)) {
                kinds.push(kind);
            }
        }
        kinds
    }

    fn path(&self, kind: usize) -> Vec<usize> {
        let above = self.kinds[kind].parent;
        let mut path = above.map_or_else(Vec::new, |parent| self.path(parent));
        path.push(kind);
        path
    }

    fn are_apart(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.path(a), self.path(b));
        let common = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
        common < a.len() && common < b.len() && self.kinds[a[common - 1]].is_exclusive
    }

    /// Lets the agencies' initiatives count, and their reports tell.
    fn report(&mut self, rng: &mut Rng) {
        let chance = rng.u8(1..5);
        self.is_restated = rng.bool();
        for agency in 0..rng.usize(1..3) {
            for year in YEARS {
                for slug in 0..rng.usize(..4) {
                    // Other reports of the agency do not count what this one counts, but under the same slug.
                    let slug = slug + 10 * usize::try_from(year - YEARS[0]).expect("years ascend");
                    self.count(rng, (agency, year, slug), chance);
                }
            }
        }
    }

    /// One initiative counts each event once at most, under one metric, and tells how many there were of each.
    fn count(&mut self, rng: &mut Rng, counter: Counter, chance: u8) {
        let (_, report, _) = counter;
        let mut figures: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (place, event) in self.events.iter().enumerate() {
            if event.year == report && rng.u8(..5) < chance {
                let kind = event.kinds[rng.usize(..event.kinds.len())];
                figures.entry(kind).or_default().insert(place);
            }
        }
        for (kind, events) in figures {
            let whole = self.tell(rng, counter, kind, report, &events, None);
            if rng.u8(..3) == 0 {
                let part = events.iter().take(rng.usize(..=events.len())).copied();
                self.tell(rng, counter, kind, report, &part.collect(), Some(whole));
            }
            if self.is_restated && rng.bool() {
                // The next report has it right; what this one said was wrong.
                let later = (counter.0, report + 1, counter.2);
                self.tell(rng, later, kind, report, &events, None);
                self.results[whole].value = rng.i64(0..100) * SCALE;
                self.results[whole].precision = Precision::LowerBound;
            }
        }
    }

    /// Puts a figure into a report; its place.
    fn tell(
        &mut self,
        rng: &mut Rng,
        (agency, report, slug): Counter,
        kind: usize,
        year: i32,
        events: &BTreeSet<usize>,
        whole: Option<usize>,
    ) -> usize {
        let truth = i64::try_from(events.len()).expect("there are few events");
        let (precision, value) = match rng.u8(..6) {
            0 => (Precision::LowerBound, truth - rng.i64(0..=truth)),
            1 => (Precision::Approximate, truth + rng.i64(-2..=2)),
            2 => (Precision::UpperBound, truth + rng.i64(0..5)),
            _ => (Precision::Exact, truth),
        };
        let whole = whole.map(|place| &mut self.results[place]);
        let part_of = whole.map(|whole| {
            // A part must fit into its whole as that is told, so the whole is told without a bound above.
            if matches!(whole.precision, Precision::Exact | Precision::UpperBound)
                && whole.value < value * SCALE
            {
                whole.precision = Precision::Approximate;
            }
            PartOf {
                initiative: whole.initiative.clone(),
                key: whole.key.clone(),
            }
        });
        let place = self.results.len();
        self.reports.insert((agency, report));
        self.initiatives.insert((agency, report, slug));
        self.results.push(ReportedResult {
            agency: self.agency(agency),
            report_fiscal_year: report,
            initiative: format!("slug-{slug}"),
            key: format!("key-{place}"),
            position: i32::try_from(place).expect("there are few results") + 1,
            label: "Things".into(),
            metric: self.metric(kind),
            value: value * SCALE,
            target: None,
            precision,
            fiscal_year: year,
            scope: Scope::Period,
            as_of: None,
            is_record: false,
            part_of,
            note: None,
            source_place: None,
        });
        self.counted.push(events.clone());
        place
    }

    fn agency(&self, agency: usize) -> String {
        format!("WORLD{}-{agency}", self.number)
    }

    fn metric(&self, kind: usize) -> String {
        format!("world-{}-{kind}", self.number)
    }

    fn unit(&self) -> String {
        format!("thing-{}", self.number)
    }

    fn add_to(self, package: &mut Package) {
        package.units.push(UnitOfMeasure {
            code: self.unit(),
            name: "thing".into(),
            plural: "things".into(),
            symbol: None,
            kind: UnitKind::Count,
        });
        for (place, kind) in self.kinds.iter().enumerate() {
            package.metrics.push(Metric {
                code: self.metric(place),
                name: "Things".into(),
                description: None,
                unit: self.unit(),
                additivity: Additivity::Additive,
                children_are_exclusive: kind.is_exclusive,
                parent: kind.parent.map(|parent| self.metric(parent)),
            });
        }
        let agencies: BTreeSet<usize> = self.reports.iter().map(|(agency, _)| *agency).collect();
        package
            .agencies
            .extend(agencies.iter().map(|agency| Agency {
                code: self.agency(*agency),
                name: "Agency".into(),
                department: None,
            }));
        package
            .reports
            .extend(self.reports.iter().map(|(agency, year)| Report {
                agency: self.agency(*agency),
                fiscal_year: *year,
                period_start: format!("{}-10-01", year - 1),
                period_end: format!("{year}-09-30"),
                title: "Report".into(),
                summary: None,
                source: Source {
                    title: "Report".into(),
                    publisher: None,
                    url: None,
                    retrieved: None,
                    sha256: None,
                    licence: None,
                },
                summary_by: "somebody".into(),
            }));
        let initiatives = self.initiatives.iter().zip(1..);
        package
            .initiatives
            .extend(
                initiatives.map(|((agency, year, slug), position)| Initiative {
                    agency: self.agency(*agency),
                    fiscal_year: *year,
                    slug: format!("slug-{slug}"),
                    position,
                    name: "Initiative".into(),
                    action: "Action.".into(),
                    outcome: "Outcome.".into(),
                    source_place: "page 1".into(),
                    division: None,
                    goal: None,
                }),
            );
        package.results.extend(self.results);
    }
}

/// The results that a total is of.
struct Selection {
    filter: String,
    chosen: Vec<usize>,
}

/// Selections that have all statements of a figure, or the latest alone.
fn selections(world: &World) -> Vec<Selection> {
    let all = 0..world.results.len();
    let mut selections: Vec<Selection> = ["{}", "{isSuperseded: {eq: false}}"]
        .into_iter()
        .map(|filter| Selection {
            filter: filter.into(),
            chosen: all.clone().collect(),
        })
        .collect();
    let mut add = |filter: String, is_chosen: &dyn Fn(usize) -> bool| {
        selections.push(Selection {
            filter,
            chosen: all.clone().filter(|place| is_chosen(*place)).collect(),
        });
    };
    for year in YEARS {
        add(format!("{{fiscalYear: {{eq: {year}}}}}"), &|place| {
            world.results[place].fiscal_year == year
        });
    }
    for kind in 0..world.kinds.len() {
        let code = world.metric(kind);
        let kind_of = |place: usize| {
            let kinds = 0..world.kinds.len();
            let mut kinds = kinds.filter(|kind| world.metric(*kind) == world.results[place].metric);
            kinds.next().expect("a result is of a metric of its world")
        };
        add(
            format!("{{metric: {{within: {{code: {{eq: \"{code}\"}}}}}}}}"),
            &|place| world.path(kind_of(place)).contains(&kind),
        );
        add(
            format!("{{metric: {{code: {{eq: \"{code}\"}}}}}}"),
            &|place| kind_of(place) == kind,
        );
    }
    for agency in 0..2 {
        let code = world.agency(agency);
        add(
            format!("{{report: {{agency: {{code: {{eq: \"{code}\"}}}}}}}}"),
            &|place| world.results[place].agency == world.agency(agency),
        );
    }
    selections
}

#[test]
fn totals_claim_nothing_that_the_world_refutes() {
    let mut rng = Rng::with_seed(seed());
    let worlds: Vec<World> = (0..WORLDS)
        .map(|number| World::random(&mut rng, number))
        .collect();
    let queries: Vec<Vec<Selection>> = worlds.iter().map(selections).collect();
    let questions: Vec<Vec<(String, usize)>> = worlds
        .iter()
        .zip(&queries)
        .map(|(world, selections)| {
            let questions = selections.iter().map(|selection| {
                let counted = selection.chosen.iter().map(|place| &world.counted[*place]);
                let distinct: BTreeSet<&usize> = counted.flatten().collect();
                let filter = format!(
                    "{{and: [{}, {{unit: {{code: {{eq: \"{}\"}}}}}}]}}",
                    selection.filter,
                    world.unit()
                );
                let query = format!(
                    "{{ results(where: {filter}) {{ aggregate {{ total(unit: \"{}\") {{ \
                     count sum {{ value precision }} atLeast restatedCount caveats inWords }} }} }} }}",
                    world.unit()
                );
                (query, distinct.len())
            });
            questions.collect()
        })
        .collect();
    let mut package = data::empty();
    for world in worlds {
        world.add_to(&mut package);
    }
    let (api, store) = Api::open();
    api.wait(async {
        let transaction = store.begin().await.expect("nobody else writes");
        package::import(&transaction, &package)
            .await
            .expect("the worlds' reports are sound");
        transaction.commit().await.expect("the import is written");
    });
    let mut seen = BTreeMap::new();
    for (query, distinct) in questions.into_iter().flatten() {
        let total = ask(&api, &query)["results"]["aggregate"]["total"].take();
        judge(&total, distinct as f64, &mut seen);
    }
    for claim in [
        "EXACT",
        "APPROXIMATE",
        "LOWER_BOUND",
        "UPPER_BOUND",
        "none",
        "at least",
        "restated",
    ] {
        let times = seen.get(claim).copied().unwrap_or_default();
        assert!(times >= 20, "{claim}: {times}, {seen:?}");
    }
}

/// Holds a total against how many different things were counted.
fn judge(total: &Value, distinct: f64, seen: &mut BTreeMap<String, usize>) {
    if total.is_null() {
        return;
    }
    let mut note = |claim: &str| *seen.entry(claim.to_owned()).or_default() += 1;
    if let Some(at_least) = total["atLeast"].as_f64() {
        assert!(at_least <= distinct, "{at_least} of {distinct}: {total}");
        note("at least");
    }
    if total["restatedCount"].as_i64() > Some(0) {
        note("restated");
    }
    let Some(sum) = total["sum"]["value"].as_f64() else {
        return;
    };
    let precision = total["sum"]["precision"].as_str();
    let count = total["count"].as_f64().expect("a total has a count");
    let holds = match precision {
        Some("EXACT") => sum == distinct,
        // A bound is only about right where a rounded figure is inside.
        _ if total["caveats"]
            .as_array()
            .is_some_and(|caveats| caveats.iter().any(|caveat| caveat == "APPROXIMATE")) =>
        {
            true
        }
        Some("LOWER_BOUND") => sum <= distinct,
        Some("UPPER_BOUND") => sum >= distinct,
        Some("APPROXIMATE") => (sum - distinct).abs() <= 2.0 * count,
        _ => true,
    };
    assert!(holds, "{distinct} things: {total}");
    note(precision.unwrap_or("none"));
}
