//! The catalog of reports in DCAT 3, as JSON-LD whose context is in the document, so that nobody has to fetch one.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::package::{Agency, FileFormat, ListedReport, Report, file_name};

/// How many reports a page of the catalog has at most.
pub const PAGE_SIZE: u64 = 500;

/// What stays as it is in a part of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Where the addresses in a catalog lead.
#[derive(Clone, Debug)]
pub struct Links {
    /// Scheme, host and perhaps a path, without a slash at the end. Where it is empty, addresses are relative.
    pub base: String,
    /// Whether the schema is served as a file.
    pub has_schema: bool,
}

/// The files of a report: format, ending, title, media type, and the specification that it follows.
const FILES: [(FileFormat, &str, &str, &str, Option<&str>); 4] = [
    (
        FileFormat::Zip,
        "zip",
        "Data package: all tables as CSV, with their Table Schemas",
        "application/zip",
        Some("https://specs.frictionlessdata.io/tabular-data-package/"),
    ),
    (
        FileFormat::Csv,
        "csv",
        "All reported results in one table",
        "text/csv",
        None,
    ),
    (
        FileFormat::Ndjson,
        "ndjson",
        "All reported results, one JSON object a line",
        "application/x-ndjson",
        None,
    ),
    (
        FileFormat::Stratml,
        "xml",
        "StratML performance report (ISO 17469-1)",
        "application/xml",
        Some("urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"),
    ),
];

impl FileFormat {
    /// The format of a file with this ending.
    pub fn of_extension(extension: &str) -> Option<FileFormat> {
        let mut files = FILES.iter();
        files
            .find(|(_, known, ..)| extension.eq_ignore_ascii_case(known))
            .map(|(format, ..)| *format)
    }

    /// The ending of such a file, without a dot.
    pub fn extension(self) -> &'static str {
        self.described().0
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.described().1
    }

    fn described(self) -> (&'static str, &'static str) {
        let found = FILES.iter().find(|(format, ..)| *format == self);
        found.map_or(("", ""), |(_, extension, _, media_type, _)| {
            (extension, media_type)
        })
    }
}

/// A page of the catalog of so many reports in all.
pub(super) fn write(links: &Links, reports: &[ListedReport], page: u64, total: u64) -> Vec<u8> {
    let Links { base, has_schema } = links;
    let address = format!("{base}/catalog.jsonld");
    let service = format!("{base}/graphql");
    let datasets: Vec<Value> = reports
        .iter()
        .map(|listed| dataset(base, listed, &service))
        .collect();
    let mut described = json!({
        "@id": service,
        "@type": "dcat:DataService",
        "dcterms:title": "GraphQL API",
        "dcterms:description": "All reports, with filters, totals and comparisons.",
        "dcterms:conformsTo": "https://spec.graphql.org/",
        "dcat:endpointURL": service,
    });
    if *has_schema {
        described["dcat:endpointDescription"] = format!("{base}/schema.graphql").into();
    }
    described["dcat:servesDataset"] = datasets.iter().map(|set| set["@id"].clone()).collect();
    let mut catalog = json!({
        "@context": context(),
        "@id": address,
        "@type": "dcat:Catalog",
        "dcterms:title": "Annual performance reports",
        "dcterms:description": "Annual performance reports of public agencies as data: one dataset for each report.",
        "foaf:homepage": format!("{base}/"),
        "dcat:service": described,
        "dcat:dataset": datasets,
    });
    if let Some(modified) = reports.iter().map(|listed| &listed.modified).max() {
        catalog["dcterms:modified"] = modified.as_str().into();
    }
    catalog["hydra:totalItems"] = total.into();
    let last = total.div_ceil(PAGE_SIZE).max(1);
    if last > 1 {
        catalog["hydra:view"] = view(&address, page, last);
    }
    let mut bytes = serde_json::to_vec_pretty(&catalog).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What short names mean, and which values are addresses, dates or moments.
fn context() -> Value {
    let id = |name: &str| (name.to_owned(), json!({ "@type": "@id" }));
    let typed = |name: &str, kind: &str| (name.to_owned(), json!({ "@type": kind }));
    let prefixes = [
        ("dcat", "http://www.w3.org/ns/dcat#"),
        ("dcterms", "http://purl.org/dc/terms/"),
        ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("hydra", "http://www.w3.org/ns/hydra/core#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];
    let mut context: Map<String, Value> = prefixes
        .map(|(prefix, name)| (prefix.to_owned(), name.into()))
        .into_iter()
        .collect();
    context.extend([
        id("dcat:accessService"),
        id("dcat:accessURL"),
        id("dcat:downloadURL"),
        id("dcat:endpointDescription"),
        id("dcat:endpointURL"),
        id("dcat:landingPage"),
        id("dcat:mediaType"),
        id("dcat:servesDataset"),
        id("dcterms:conformsTo"),
        id("foaf:homepage"),
        id("foaf:page"),
        id("hydra:first"),
        id("hydra:last"),
        id("hydra:next"),
        id("hydra:previous"),
        typed("dcat:startDate", "xsd:date"),
        typed("dcat:endDate", "xsd:date"),
        typed("dcterms:issued", "xsd:dateTime"),
        typed("dcterms:modified", "xsd:dateTime"),
    ]);
    context.into()
}

fn dataset(base: &str, listed: &ListedReport, service: &str) -> Value {
    let ListedReport { agency, report, .. } = listed;
    let year = report.fiscal_year;
    let code = utf8_percent_encode(&agency.code, PLAIN);
    let page = format!("{base}/reports/{code}/{year}");
    let name = file_name(&agency.code, year);
    let description = report
        .summary
        .clone()
        .unwrap_or_else(|| format!("Figures of {} for fiscal year {year}.", agency.name));
    let mut dataset = json!({
        "@id": format!("{page}#dataset"),
        "@type": "dcat:Dataset",
        "dcterms:identifier": name,
        "dcterms:title": report.title,
        "dcterms:description": description,
        "dcterms:publisher": publisher(agency),
        "dcterms:temporal": {
            "@type": "dcterms:PeriodOfTime",
            "dcat:startDate": report.period_start,
            "dcat:endDate": report.period_end,
        },
        "dcterms:issued": listed.issued,
        "dcterms:modified": listed.modified,
        "dcat:version": listed.revision.to_string(),
        "dcat:landingPage": page,
        "dcterms:source": source(report),
    });
    if let Some(licence) = &report.source.licence {
        dataset["dcterms:license"] = json!({
            "@type": "dcterms:LicenseDocument",
            "dcterms:title": licence,
        });
    }
    let encoded = utf8_percent_encode(&name, PLAIN);
    let files = FILES
        .iter()
        .map(|(_, extension, title, media_type, follows)| {
            let address = format!("{base}/data/{encoded}.{extension}");
            let mut file = json!({
                "@id": address,
                "@type": "dcat:Distribution",
                "dcterms:title": title,
                "dcat:accessURL": address,
                "dcat:downloadURL": address,
            });
            // Those that begin with x- have no page there, so they have no address.
            if !media_type.contains("/x-") {
                let address = format!("https://www.iana.org/assignments/media-types/{media_type}");
                file["dcat:mediaType"] = address.into();
            }
            if let Some(specification) = follows {
                file["dcterms:conformsTo"] = (*specification).into();
            }
            file
        });
    let query = json!({
        "@type": "dcat:Distribution",
        "dcterms:title": "GraphQL API",
        "dcat:accessURL": service,
        "dcat:accessService": service,
    });
    dataset["dcat:distribution"] = files.chain([query]).collect();
    dataset
}

fn publisher(agency: &Agency) -> Value {
    json!({
        "@type": "foaf:Organization",
        "foaf:name": agency.name,
        "dcterms:identifier": agency.code,
    })
}

/// The document that the report was taken from.
fn source(report: &Report) -> Value {
    let mut source = json!({ "@type": "foaf:Document", "dcterms:title": report.source.title });
    if let Some(url) = &report.source.url {
        source["foaf:page"] = url.as_str().into();
    }
    source
}

/// Where the other pages are.
fn view(address: &str, page: u64, last: u64) -> Value {
    let at = |page: u64| match page {
        1 => address.to_owned(),
        page => format!("{address}?page={page}"),
    };
    let mut view = json!({
        "@type": "hydra:PartialCollectionView",
        "hydra:first": address,
        "hydra:last": at(last),
    });
    if page > 1 {
        view["hydra:previous"] = at(page - 1).into();
    }
    if page < last {
        view["hydra:next"] = at(page + 1).into();
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_leads_to_the_next() {
        let links = Links {
            base: String::new(),
            has_schema: false,
        };
        let page = |number, total| -> Value {
            let bytes = write(&links, &[], number, total);
            serde_json::from_slice(&bytes).unwrap()
        };
        assert_eq!(page(1, PAGE_SIZE)["hydra:view"], Value::Null);
        let view = |number| page(number, 2 * PAGE_SIZE + 1)["hydra:view"].clone();
        assert_eq!(view(1)["hydra:next"], "/catalog.jsonld?page=2");
        assert_eq!(view(2)["hydra:previous"], "/catalog.jsonld");
        assert_eq!(view(2)["hydra:next"], "/catalog.jsonld?page=3");
        assert_eq!(view(3)["hydra:next"], Value::Null);
        assert_eq!(view(3)["hydra:last"], "/catalog.jsonld?page=3");
    }

    #[test]
    fn an_agency_may_have_any_letters() {
        let report = Report {
            fiscal_year: 2020,
            ..Report::default()
        };
        let listed = ListedReport {
            agency: Agency {
                code: "Ä/B".into(),
                ..Agency::default()
            },
            report,
            revision: 1,
            issued: String::new(),
            modified: String::new(),
        };
        let set = dataset("https://example.org", &listed, "");
        assert_eq!(
            set["dcat:distribution"][0]["dcat:downloadURL"],
            "https://example.org/data/%C3%84%2Fb-2020.zip"
        );
        assert_eq!(
            set["dcat:landingPage"],
            "https://example.org/reports/%C3%84%2FB/2020"
        );
    }
}
