//! What packages hold, as the API should show it: rows in their default orders, and what hangs on what.
//!
//! Written from the words of the design over the plain rows of packages; it knows neither tables nor statements.

use std::collections::HashMap;

use annals::package::{Metric, Package, ReportedResult};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The collections at the root: the field, and the type of its nodes.
pub(super) const ROOTS: [(&str, &str); 7] = [
    ("agencies", "Agency"),
    ("reports", "Report"),
    ("goals", "Goal"),
    ("divisions", "Division"),
    ("initiatives", "Initiative"),
    ("results", "ReportedResult"),
    ("metrics", "Metric"),
];

/// A collection under each row of a type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nested {
    /// The type of the parents.
    pub(super) parent: &'static str,
    /// The field.
    pub(super) field: &'static str,
    /// The type of its nodes.
    pub(super) child: &'static str,
}

/// All nested collections.
pub(super) const NESTED: [Nested; 16] = [
    nested("Agency", "reports", "Report"),
    nested("Agency", "divisions", "Division"),
    nested("Agency", "initiatives", "Initiative"),
    nested("Agency", "results", "ReportedResult"),
    nested("Report", "goals", "Goal"),
    nested("Report", "divisions", "Division"),
    nested("Report", "initiatives", "Initiative"),
    nested("Report", "results", "ReportedResult"),
    nested("Goal", "initiatives", "Initiative"),
    nested("Goal", "results", "ReportedResult"),
    nested("Division", "initiatives", "Initiative"),
    nested("Division", "results", "ReportedResult"),
    nested("Initiative", "results", "ReportedResult"),
    nested("ReportedResult", "parts", "ReportedResult"),
    nested("Metric", "children", "Metric"),
    nested("Metric", "results", "ReportedResult"),
];

const fn nested(parent: &'static str, field: &'static str, child: &'static str) -> Nested {
    Nested {
        parent,
        field,
        child,
    }
}

/// One object.
pub(super) struct Row {
    /// Its global id.
    pub(super) id: String,
    /// Its name, title or label.
    pub(super) name: String,
    /// The ids of the rows that it hangs on in some collection.
    parents: Vec<String>,
    /// Where it stands among its like: agency or code, newest year first, position.
    order: (String, i32, i32),
}

/// The rows of several packages.
pub(super) struct Model {
    /// All rows of each type, in the default order.
    rows: HashMap<&'static str, Vec<Row>>,
    /// The places of the rows of a type that hang on the row with an id.
    under: HashMap<(&'static str, String), Vec<usize>>,
    /// All metrics, by code in lower case.
    pub(super) metrics: HashMap<String, Metric>,
    /// All results, by id.
    pub(super) results: HashMap<String, ReportedResult>,
}

impl Model {
    /// The rows of these packages together.
    pub(super) fn new(packages: &[&Package]) -> Model {
        let mut model = Model {
            rows: HashMap::new(),
            under: HashMap::new(),
            metrics: HashMap::new(),
            results: HashMap::new(),
        };
        for package in packages {
            model.add(package);
        }
        for (type_name, rows) in &mut model.rows {
            rows.sort_by(|a, b| a.order.cmp(&b.order));
            for (place, row) in rows.iter().enumerate() {
                for parent in &row.parents {
                    model
                        .under
                        .entry((type_name, parent.clone()))
                        .or_default()
                        .push(place);
                }
            }
        }
        model
    }

    /// All rows of a type, in the default order.
    pub(super) fn all(&self, type_name: &str) -> Vec<&Row> {
        self.rows[type_name].iter().collect()
    }

    /// The rows of a type that hang on the row with this id, in the default order.
    pub(super) fn under(&self, type_name: &'static str, parent: &str) -> Vec<&Row> {
        let places = self.under.get(&(type_name, parent.to_owned()));
        let rows = &self.rows[type_name];
        places
            .into_iter()
            .flatten()
            .map(|place| &rows[*place])
            .collect()
    }

    fn add(&mut self, package: &Package) {
        for agency in &package.agencies {
            self.row(
                "Agency",
                &[&agency.code],
                &agency.name,
                (&agency.code, 0, 0),
                vec![],
            );
        }
        for report in &package.reports {
            let year = report.fiscal_year;
            let key: [&dyn ToString; 2] = [&report.agency, &year];
            let order = (report.agency.as_str(), -year, 0);
            self.row(
                "Report",
                &key,
                &report.title,
                order,
                vec![id("Agency", &[&report.agency])],
            );
        }
        for goal in &package.goals {
            let year = goal.fiscal_year;
            let key: [&dyn ToString; 3] = [&goal.agency, &year, &goal.code];
            let order = (goal.agency.as_str(), -year, goal.position);
            self.row(
                "Goal",
                &key,
                &goal.name,
                order,
                vec![id("Report", &key[..2])],
            );
        }
        for division in &package.divisions {
            let key: [&dyn ToString; 2] = [&division.agency, &division.code];
            let order = (division.agency.as_str(), 0, division.position);
            let mut parents = vec![id("Agency", &key[..1])];
            // A report shows the divisions of its agency.
            let reports = package
                .reports
                .iter()
                .filter(|report| report.agency == division.agency);
            parents
                .extend(reports.map(|report| id("Report", &[&report.agency, &report.fiscal_year])));
            self.row("Division", &key, &division.name, order, parents);
        }
        for metric in &package.metrics {
            let parents = metric.parent.iter().map(|parent| id("Metric", &[parent]));
            let order = (metric.code.as_str(), 0, 0);
            self.row(
                "Metric",
                &[&metric.code],
                &metric.name,
                order,
                parents.collect(),
            );
            self.metrics
                .insert(metric.code.to_ascii_lowercase(), metric.clone());
        }
        self.add_initiatives(package);
    }

    fn add_initiatives(&mut self, package: &Package) {
        let mut above = HashMap::new();
        for initiative in &package.initiatives {
            let year = initiative.fiscal_year;
            let key: [&dyn ToString; 3] = [&initiative.agency, &year, &initiative.slug];
            let order = (initiative.agency.as_str(), -year, initiative.position);
            let mut parents = vec![id("Agency", &key[..1]), id("Report", &key[..2])];
            if let Some(division) = &initiative.division {
                parents.push(id("Division", &[&initiative.agency, &division.code]));
            }
            if let Some(goal) = &initiative.goal {
                parents.push(id("Goal", &[&initiative.agency, &year, &goal.code]));
            }
            above.insert(id("Initiative", &key), parents.clone());
            self.row("Initiative", &key, &initiative.name, order, parents);
        }
        for result in &package.results {
            let year = result.report_fiscal_year;
            let key: [&dyn ToString; 4] = [&result.agency, &year, &result.initiative, &result.key];
            let order = (result.agency.as_str(), -year, result.position);
            let initiative = id("Initiative", &key[..3]);
            let mut parents = above[&initiative].clone();
            parents.extend([initiative, id("Metric", &[&result.metric])]);
            parents.extend(whole(result));
            self.row("ReportedResult", &key, &result.label, order, parents);
            self.results
                .insert(id("ReportedResult", &key), result.clone());
        }
    }

    fn row(
        &mut self,
        type_name: &'static str,
        key: &[&dyn ToString],
        name: &str,
        (code, year, position): (&str, i32, i32),
        parents: Vec<String>,
    ) {
        let rows = self.rows.entry(type_name).or_default();
        rows.push(Row {
            id: id(type_name, key),
            name: name.into(),
            parents,
            order: (code.into(), year, position),
        });
    }
}

/// The id of the result that a result is a part of.
pub(super) fn whole(result: &ReportedResult) -> Option<String> {
    let whole = result.part_of.as_ref()?;
    Some(id(
        "ReportedResult",
        &[
            &result.agency,
            &result.report_fiscal_year,
            &whole.initiative,
            &whole.key,
        ],
    ))
}

/// The global id of a natural key.
pub(super) fn id(type_name: &str, key: &[&dyn ToString]) -> String {
    let key: Vec<String> = key.iter().map(|part| part.to_string()).collect();
    URL_SAFE_NO_PAD.encode(format!(
        "{type_name} {}",
        key.join(" ").to_ascii_lowercase()
    ))
}
