//! `datapackage.json`: checked when a package is read, and made when one is written.
//!
//! The Table Schemas in it are for other tools; what a column must hold is decided by the rows.
//! Where a schema is there all the same, it must not leave out a column that is required.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::column::Shape;
use super::problem::{Place, Problems, Rule};
use super::rows::{self, ColumnLayout, Layout};
use super::source::Files;
use super::{Package, PackageError};

/// Name of the file.
pub(super) const FILE: &str = "datapackage.json";

const PROFILE: &str = "tabular-data-package";

/// The parts of the descriptor that matter here.
#[derive(Deserialize)]
struct Descriptor {
    profile: String,
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
    schema: Option<Schema>,
}

#[derive(Deserialize)]
struct Schema {
    #[serde(default)]
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
}

/// Checks the descriptor.
pub(super) fn check(files: &mut Files, problems: &mut Problems) -> Result<(), PackageError> {
    if files.is_workbook() {
        return Ok(());
    }
    let place = Place::file(FILE);
    let Some(content) = files.read(FILE)? else {
        let help = "a data package has one; annals init writes one that fits";
        problems.note(Rule::MissingFile, place, "is missing", help);
        return Ok(());
    };
    // RFC 8259 lets a reader skip the mark; Windows editors write it.
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&content);
    let descriptor: Descriptor = match serde_json::from_slice(content) {
        Ok(descriptor) => descriptor,
        Err(error) => {
            let message = format!("is not a data package descriptor: {error}");
            let help = "correct it, or take the one that annals init writes";
            problems.note(Rule::Descriptor, place, message, help);
            return Ok(());
        }
    };
    let mut note = |message: String, help: String| {
        problems.note(Rule::Descriptor, place.clone(), message, help);
    };
    if descriptor.profile != PROFILE {
        note(
            format!("profile is {:?}", descriptor.profile),
            format!("write {PROFILE:?}"),
        );
    }
    let mut named = BTreeMap::new();
    for Resource { path, schema } in descriptor.resources {
        if !rows::FILES.contains(&path.as_str()) {
            note(
                format!("resource {path:?} is not a file of ours"),
                "take it out".into(),
            );
        } else if named.insert(path.clone(), schema).is_some() {
            note(
                format!("resource {path:?} is named twice"),
                "take one out".into(),
            );
        }
    }
    for file in rows::FILES
        .iter()
        .filter(|file| !named.contains_key(**file))
    {
        note(format!("resource {file:?} is not named"), "add it".into());
    }
    for layout in rows::layouts() {
        if let Some(Some(schema)) = named.get(layout.file) {
            check_schema(&layout, schema, problems);
        }
    }
    Ok(())
}

/// Checks the Table Schema of a file: it may leave out columns that are optional.
fn check_schema(layout: &Layout, schema: &Schema, problems: &mut Problems) {
    let Layout { file, columns, .. } = layout;
    for column in columns.iter().filter(|column| column.required) {
        if schema.fields.iter().all(|field| field.name != column.name) {
            let place = Place::column(FILE, None, column.name);
            let message = format!("is missing from the fields of {file:?}");
            problems.note(Rule::MissingColumn, place, message, "add it");
        }
    }
    for Field { name } in &schema.fields {
        if columns.iter().all(|column| column.name != name) {
            let place = Place::column(FILE, None, name);
            let message = format!("is a field of {file:?} that annals does not know");
            let help = "take it out, or leave it for other tools";
            problems.note(Rule::UnknownColumn, place, message, help);
        }
    }
}

/// The descriptor of a package: its reports, their sources, and a Table Schema for each file.
pub(super) fn write(package: &Package) -> String {
    let mut descriptor = Map::new();
    let mut put = |name: &str, value: Value| descriptor.insert(name.to_owned(), value);
    put("profile", PROFILE.into());
    put("name", name(package).into());
    let titles: Vec<&str> = package
        .reports
        .iter()
        .map(|report| &*report.title)
        .collect();
    if !titles.is_empty() {
        put("title", titles.join("; ").into());
    }
    put(
        "description",
        "Annual performance reports as data. Figures, names, units and dates are the source's; the sentences are the package author's own. Rows refer to each other by natural keys. Three references hold only where they are given (initiatives to divisions, initiatives to goals, results to the result they are part of); they are described with their fields and not declared as foreign keys, since common validators take a composite key with one empty part for a broken one.".into(),
    );
    let mut licences: Vec<&str> = Vec::new();
    for report in &package.reports {
        let licence = report.source.licence.as_deref();
        if let Some(licence) = licence.filter(|licence| !licences.contains(licence)) {
            licences.push(licence);
        }
    }
    if !licences.is_empty() {
        let licences = licences
            .iter()
            .map(|title| json!({"name": "other", "title": title}));
        put("licenses", licences.collect());
    }
    let sources = package.reports.iter().map(|report| {
        let mut source = Map::new();
        source.insert("title".into(), report.source.title.as_str().into());
        if let Some(url) = &report.source.url {
            source.insert("path".into(), url.as_str().into());
        }
        Value::Object(source)
    });
    if !package.reports.is_empty() {
        put("sources", sources.collect());
    }
    put("resources", rows::layouts().iter().map(resource).collect());
    let text = serde_json::to_string_pretty(&Value::Object(descriptor));
    text.unwrap_or_default() + "\n"
}

/// A name in the letters that descriptors allow: `ice-fy2007`, or that of the first report and the
/// number of the others.
fn name(package: &Package) -> String {
    let Some(report) = package.reports.first() else {
        return "annals".into();
    };
    let plain = |char: char| match char.to_ascii_lowercase() {
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    let agency: String = report.agency.chars().map(plain).collect();
    let name = format!("{agency}-fy{}", report.fiscal_year);
    match package.reports.len() - 1 {
        0 => name,
        others => format!("{name}-and-{others}"),
    }
}

/// The resource of a file.
fn resource(layout: &Layout) -> Value {
    let mut schema = json!({
        "fields": layout.columns.iter().map(|column| field(column, layout.key)).collect::<Value>(),
        "missingValues": [""],
        "primaryKey": layout.key,
    });
    let references = layout.references.iter().map(|reference| {
        // A reference to rows of the same file is written with an empty name.
        let other = Some(reference.file).filter(|file| *file != layout.file);
        json!({
            "fields": one_or_many(reference.columns),
            "reference": {
                "resource": other.map_or("", resource_name),
                "fields": one_or_many(reference.key),
            },
        })
    });
    if !layout.references.is_empty() {
        schema["foreignKeys"] = references.collect();
    }
    json!({
        "name": resource_name(layout.file),
        "title": layout.title,
        "description": layout.description,
        "profile": "tabular-data-resource",
        "path": layout.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
        },
        "schema": schema,
    })
}

fn resource_name(file: &'static str) -> &'static str {
    file.trim_end_matches(".csv")
}

fn one_or_many(names: &[&str]) -> Value {
    match names {
        [one] => (*one).into(),
        many => many.into(),
    }
}

fn field(column: &ColumnLayout, key: &[&str]) -> Value {
    let mut field = Map::new();
    let mut constraints = Map::new();
    let (kind, format) = match column.shape {
        Shape::Text | Shape::Code | Shape::Word(_) | Shape::DayOrMonth | Shape::Sha256 => {
            ("string", None)
        }
        Shape::Url => ("string", Some("uri")),
        Shape::Figure => ("number", None),
        Shape::Integer(..) => ("integer", None),
        Shape::Flag => ("boolean", None),
        Shape::Day => ("date", Some("default")),
    };
    field.insert("name".into(), column.name.into());
    field.insert("type".into(), kind.into());
    if let Some(format) = format {
        field.insert("format".into(), format.into());
    }
    if column.shape == Shape::Flag {
        field.insert("trueValues".into(), json!(["true"]));
        field.insert("falseValues".into(), json!(["false"]));
    }
    field.insert("description".into(), column.description.into());
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    if key == [column.name] {
        constraints.insert("unique".into(), true.into());
    }
    let mut constraint = |name: &str, value: Value| constraints.insert(name.to_owned(), value);
    match column.shape {
        Shape::Code => drop(constraint("pattern", "^\\S+$".into())),
        Shape::Word(words) => drop(constraint("enum", words.into())),
        Shape::Integer(least, most) => {
            constraint("minimum", least.into());
            constraint("maximum", most.into());
        }
        Shape::Figure => {
            let most = entity::decimal::MAX / entity::decimal::SCALE;
            constraint("minimum", (-most).into());
            constraint("maximum", most.into());
        }
        Shape::DayOrMonth => drop(constraint(
            "pattern",
            "^[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$".into(),
        )),
        Shape::Sha256 => drop(constraint("pattern", "^[0-9a-f]{64}$".into())),
        Shape::Text | Shape::Flag | Shape::Day | Shape::Url => {}
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), constraints.into());
    }
    Value::Object(field)
}
