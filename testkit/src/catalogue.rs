//! What is counted: units of measure, and the tree of metrics.
//!
//! A subject is a root of the tree with nine metrics below it: three kinds, four finer kinds of the first two, a stock
//! at the end of the year (semi-additive), and a share (non-additive, in a unit of its own).

/// A unit of measure: code, name, plural, symbol, kind.
pub(crate) type Unit = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// The units, the unit of each subject at its place. Two subjects share one, so that totals meet metrics of two roots.
const UNITS: [Unit; 19] = [
    ("inspection", "inspection", "inspections", "", "COUNT"),
    ("permit", "permit", "permits", "", "COUNT"),
    ("EUR", "euro", "euros", "€", "MONEY"),
    ("complaint", "complaint", "complaints", "", "COUNT"),
    ("h", "hour", "hours", "h", "DURATION"),
    ("km", "kilometre", "kilometres", "km", "LENGTH"),
    ("har", "hectare", "hectares", "ha", "AREA"),
    ("m3", "cubic metre", "cubic metres", "m³", "VOLUME"),
    ("t", "tonne", "tonnes", "t", "MASS"),
    ("dose", "dose", "doses", "", "COUNT"),
    ("visit", "visit", "visits", "", "COUNT"),
    ("licence", "licence", "licences", "", "COUNT"),
    ("audit", "audit", "audits", "", "COUNT"),
    ("hearing", "hearing", "hearings", "", "COUNT"),
    ("loan", "loan", "loans", "", "COUNT"),
    ("kW.h", "kilowatt hour", "kilowatt hours", "kWh", "OTHER"),
    ("repair", "repair", "repairs", "", "COUNT"),
    ("publication", "publication", "publications", "", "COUNT"),
    ("volunteer", "volunteer", "volunteers", "", "COUNT"),
];

/// The unit of shares.
const SHARE: Unit = ("[ppth]", "per mille", "per mille", "‰", "RATIO");

/// The subjects: the code of the root, its name, and the place of its unit.
const SUBJECTS: [(&str, &str, usize); 20] = [
    ("inspections", "Inspections", 0),
    ("permits", "Permits issued", 1),
    ("grants", "Grants paid", 2),
    ("complaints", "Complaints settled", 3),
    ("training", "Training given", 4),
    ("roads", "Roads renewed", 5),
    ("habitat", "Habitat restored", 6),
    ("water", "Water treated", 7),
    ("waste", "Waste recovered", 8),
    ("vaccinations", "Vaccine administered", 9),
    ("home-visits", "Home visits", 10),
    ("licences", "Licences renewed", 11),
    ("audits", "Audits closed", 12),
    ("hearings", "Hearings held", 13),
    ("loans", "Loans made", 14),
    ("energy", "Energy saved", 15),
    ("repairs", "Repairs done", 16),
    ("publications", "Publications", 17),
    ("volunteers", "Volunteers engaged", 18),
    ("penalties", "Penalties collected", 2),
];

/// How many metrics a subject has.
pub(crate) const METRICS_PER_SUBJECT: usize = 10;

/// Place in a subject of the stock at the end of the year.
pub(crate) const STOCK: usize = 8;

/// Place in a subject of the share.
pub(crate) const SHARE_METRIC: usize = 9;

/// What tells the metrics of a subject apart: code, name, place of the parent, additivity.
const KINDS: [(&str, &str, Option<usize>, &str); METRICS_PER_SUBJECT] = [
    ("", "", None, "ADDITIVE"),
    ("new", "new", Some(0), "ADDITIVE"),
    ("repeated", "repeated", Some(0), "ADDITIVE"),
    ("joint", "joint", Some(0), "ADDITIVE"),
    ("new-urban", "new, urban", Some(1), "ADDITIVE"),
    ("new-rural", "new, rural", Some(1), "ADDITIVE"),
    ("repeated-urban", "repeated, urban", Some(2), "ADDITIVE"),
    ("repeated-rural", "repeated, rural", Some(2), "ADDITIVE"),
    ("pending", "pending at year end", Some(0), "SEMI_ADDITIVE"),
    ("on-time", "share on time", Some(0), "NON_ADDITIVE"),
];

/// A metric of the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Metric {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) additivity: &'static str,
    pub(crate) parent: Option<String>,
}

/// The units that so many subjects need.
pub(crate) fn units(subjects: usize) -> Vec<Unit> {
    let mut units: Vec<Unit> = UNITS.into_iter().take(subjects).collect();
    units.push(SHARE);
    units
}

/// The metrics of so many subjects, [`METRICS_PER_SUBJECT`] each.
pub(crate) fn metrics(subjects: usize) -> Vec<Metric> {
    SUBJECTS
        .iter()
        .take(subjects)
        .flat_map(of_subject)
        .collect()
}

fn of_subject(subject: &'static (&str, &str, usize)) -> impl Iterator<Item = Metric> {
    let (root, title, unit) = *subject;
    let code = move |kind: usize| match KINDS[kind].0 {
        "" => root.to_owned(),
        kind => format!("{root}-{kind}"),
    };
    KINDS
        .iter()
        .enumerate()
        .map(move |(place, (_, name, parent, additivity))| Metric {
            code: code(place),
            name: match *name {
                "" => title.to_owned(),
                name => format!("{title}: {name}"),
            },
            unit: if place == SHARE_METRIC {
                SHARE
            } else {
                UNITS[unit]
            },
            additivity,
            parent: parent.map(code),
        })
}
