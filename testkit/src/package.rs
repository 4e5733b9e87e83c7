//! Writes the reports of a fiscal year as a data package.

use std::{fs, path::Path};

use csv::Writer;

use crate::{
    Size,
    catalogue::{self, Metric},
    report::{self, Initiative},
};

/// Writes the reports of all agencies on these fiscal years into a folder, as one package.
///
/// # Panics
/// Where the folder cannot be written to.
pub fn write_package(size: &Size, fiscal_years: impl IntoIterator<Item = i32>, folder: &Path) {
    let metrics = catalogue::metrics(size.subjects);
    descriptor(folder, size.name);
    shared(size, &metrics, folder);
    let mut reports = Table::new(
        folder,
        "reports",
        "agency,fiscal_year,period_start,period_end,title,summary,source_title,source_publisher,source_url,\
         source_retrieved,source_sha256,source_licence",
    );
    let mut goals = Table::new(folder, "goals", "agency,fiscal_year,code,name,position");
    let mut initiatives = Table::new(
        folder,
        "initiatives",
        "agency,fiscal_year,slug,position,name,action,outcome,source_place,division,division_basis,division_note,goal,\
         goal_basis,goal_note",
    );
    let mut results = Table::new(
        folder,
        "results",
        "agency,report_fiscal_year,initiative,key,position,label,metric,value,precision,fiscal_year,scope,as_of,\
         is_record,part_of_initiative,part_of_key,note",
    );
    for fiscal_year in fiscal_years {
        let year = fiscal_year.to_string();
        for agency in 0..size.agencies {
            let code = agency_code(agency);
            reports.row([
                &code,
                &year,
                &format!("{}-10-01", fiscal_year - 1),
                &format!("{fiscal_year}-09-30"),
                &format!("Annual report of {code} for fiscal year {fiscal_year}"),
                "What was undertaken in the year and what came of it.",
                &format!("Fiscal Year {fiscal_year} Annual Report"),
                &agency_name(agency),
                &format!("https://reports.example/{code}/{fiscal_year}"),
                &format!("{}-01-15", fiscal_year + 1),
                "",
                "",
            ]);
            for goal in 0..size.goals {
                let (code_of_goal, position) = (goal_code(goal), (goal + 1).to_string());
                let name = format!("Strategic goal {position}");
                goals.row([&code, &year, &code_of_goal, &name, &position]);
            }
            let of_report = report::initiatives(size, &metrics, agency, fiscal_year);
            let mut position = 0;
            for (place, initiative) in of_report.iter().enumerate() {
                initiatives.row(initiative_row(&code, &year, place, initiative));
                for result in &initiative.results {
                    position += 1;
                    let whole = result.part_of.map(|whole| &initiative.results[whole]);
                    results.row([
                        code.as_str(),
                        &year,
                        &initiative.slug,
                        &result.key,
                        &position.to_string(),
                        &result.label,
                        &metrics[result.metric].code,
                        &decimal(result.value),
                        result.precision,
                        &result.fiscal_year.to_string(),
                        result.scope,
                        result.as_of.as_deref().unwrap_or_default(),
                        if result.is_record { "true" } else { "false" },
                        whole.map_or("", |_| &initiative.slug),
                        whole.map_or("", |whole| &whole.key),
                        result.note.unwrap_or_default(),
                    ]);
                }
            }
        }
    }
    for table in [reports, goals, initiatives, results] {
        table.finish();
    }
}

fn descriptor(folder: &Path, name: &str) {
    let resources: Vec<String> = [
        "agencies",
        "reports",
        "goals",
        "divisions",
        "units",
        "metrics",
        "initiatives",
        "results",
    ]
    .iter()
    .map(|name| format!("{{ \"name\": \"{name}\", \"path\": \"{name}.csv\" }}"))
    .collect();
    let text = format!(
        "{{ \"profile\": \"tabular-data-package\", \"name\": \"generated-{name}\", \"resources\": [{}] }}",
        resources.join(", ")
    );
    fs::write(folder.join("datapackage.json"), text).expect("the folder can be written to");
}

/// What the packages of all years have alike.
fn shared(size: &Size, metrics: &[Metric], folder: &Path) {
    let mut agencies = Table::new(folder, "agencies", "code,name,department");
    let mut divisions = Table::new(folder, "divisions", "agency,code,name,position");
    for agency in 0..size.agencies {
        let code = agency_code(agency);
        let department = format!("Department {}", 1 + agency / 10);
        agencies.row([code.as_str(), &agency_name(agency), &department]);
        for division in 0..size.divisions {
            let position = (division + 1).to_string();
            let name = format!("Office {position} of {code}");
            divisions.row([code.as_str(), &division_code(division), &name, &position]);
        }
    }
    let mut units = Table::new(folder, "units", "code,name,plural,symbol,kind");
    for (code, name, plural, symbol, kind) in catalogue::units(size.subjects) {
        units.row([code, name, plural, symbol, kind]);
    }
    let mut catalogue = Table::new(
        folder,
        "metrics",
        "code,name,description,unit,additivity,parent",
    );
    for metric in metrics {
        catalogue.row([
            metric.code.as_str(),
            &metric.name,
            "",
            metric.unit.0,
            metric.additivity,
            metric.parent.as_deref().unwrap_or_default(),
        ]);
    }
    for table in [agencies, divisions, units, catalogue] {
        table.finish();
    }
}

fn initiative_row(agency: &str, year: &str, place: usize, initiative: &Initiative) -> [String; 14] {
    let position = (place + 1).to_string();
    let note = |basis: &str| match basis {
        "INFERRED" => "The subject is one of its tasks.",
        _ => "",
    };
    let (division, goal) = (initiative.division, initiative.goal);
    [
        agency.into(),
        year.into(),
        initiative.slug.clone(),
        position.clone(),
        initiative.name.clone(),
        initiative.action.clone(),
        initiative.outcome.clone(),
        format!("section {position}"),
        division.map_or(String::new(), |(division, _)| division_code(division)),
        division.map_or("", |(_, basis)| basis).into(),
        division.map_or("", |(_, basis)| note(basis)).into(),
        goal.map_or(String::new(), |(goal, _)| goal_code(goal)),
        goal.map_or("", |(_, basis)| basis).into(),
        goal.map_or("", |(_, basis)| note(basis)).into(),
    ]
}

fn agency_code(agency: usize) -> String {
    format!("AG{:03}", agency + 1)
}

fn agency_name(agency: usize) -> String {
    format!("Agency for Public Works No. {}", agency + 1)
}

fn division_code(division: usize) -> String {
    format!("D{}", division + 1)
}

fn goal_code(goal: usize) -> String {
    format!("goal-{}", goal + 1)
}

/// Ten-thousandths in plain decimal notation; none of ours is negative.
fn decimal(ten_thousandths: i64) -> String {
    let (whole, fraction) = (ten_thousandths / 10_000, ten_thousandths % 10_000);
    if fraction == 0 {
        return whole.to_string();
    }
    format!("{whole}.{fraction:04}")
        .trim_end_matches('0')
        .to_owned()
}

/// A CSV file.
struct Table(Writer<fs::File>);

impl Table {
    fn new(folder: &Path, name: &str, columns: &str) -> Table {
        let path = folder.join(name).with_extension("csv");
        let mut table = Table(Writer::from_path(path).expect("the folder can be written to"));
        table.row(columns.split(','));
        table
    }

    fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) {
        self.0.write_record(cells).expect("a row can be written");
    }

    fn finish(mut self) {
        self.0.flush().expect("a file can be finished");
    }
}
