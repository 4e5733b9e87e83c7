//! The enums of the public schema. Each value is stored as its index in the list, and the order is part of the
//! contract with the `entity` crate (a test compares the two).

use super::declaration::EnumType;

/// How to read a figure.
pub static PRECISION: EnumType = EnumType {
    name: "Precision",
    description: "How to read a figure.",
    values: &[
        ("EXACT", "The figure is the number itself."),
        (
            "APPROXIMATE",
            "The figure is rounded or an estimate: \"roughly\", \"approximately\", \"1.3 million\".",
        ),
        (
            "LOWER_BOUND",
            "The true number is at least the figure: \"more than\", \"over\", \"topped\".",
        ),
        (
            "UPPER_BOUND",
            "The true number is at most the figure: \"less than\", \"under\".",
        ),
    ],
};

/// What span of time a figure covers.
pub static SCOPE: EnumType = EnumType {
    name: "Scope",
    description: "What span of time a figure covers.",
    values: &[
        ("PERIOD", "What happened over the fiscal year."),
        (
            "CUMULATIVE",
            "What has happened since the programme began, up to the fiscal year's end or the date in `asOf`.",
        ),
        (
            "POINT_IN_TIME",
            "A stock: how many there were at the fiscal year's end or at the date in `asOf`.",
        ),
    ],
};

/// Where a revision of a report came from.
pub static REVISION_ORIGIN: EnumType = EnumType {
    name: "RevisionOrigin",
    description: "Where a revision of a report came from.",
    values: &[
        ("BUILTIN", "The data package built into annals."),
        ("IMPORT", "A data package that was imported."),
        (
            "CATALOGUE",
            "The import of another report, which changed something the two share, such as the name of a metric.",
        ),
    ],
};

/// What a unit of measure measures.
pub static UNIT_KIND: EnumType = EnumType {
    name: "UnitKind",
    description: "What sort of quantity a unit measures.",
    values: &[
        ("COUNT", "Things, people or events counted."),
        ("MONEY", "An amount in a currency."),
        ("MASS", "A weight."),
        ("LENGTH", "A length or distance."),
        ("AREA", "An area."),
        ("VOLUME", "A volume."),
        ("DURATION", "A length of time."),
        (
            "RATIO",
            "A share, rate or percentage: never meaningful as a sum.",
        ),
        ("OTHER", "Anything else."),
    ],
};

/// What may be added up.
pub static ADDITIVITY: EnumType = EnumType {
    name: "Additivity",
    description: "Over what the figures of a metric may be added up.",
    values: &[
        (
            "ADDITIVE",
            "Over everything: years, divisions, initiatives.",
        ),
        (
            "SEMI_ADDITIVE",
            "Within one year, but not across years: stocks, such as teams in place.",
        ),
        ("NON_ADDITIVE", "Never: ratios and percentages."),
    ],
};

/// How it is known who an initiative belongs to.
pub static ATTRIBUTION_BASIS: EnumType = EnumType {
    name: "AttributionBasis",
    description: "How it is known that an initiative belongs to a division or a goal.",
    values: &[
        ("STATED", "The report says so."),
        (
            "INFERRED",
            "It follows from the subject; the note says how.",
        ),
    ],
};

/// What can be searched for.
pub static SEARCH_KIND: EnumType = EnumType {
    name: "SearchKind",
    description: "What can be searched for.",
    values: &[
        ("DIVISION", "Divisions, by name and code."),
        (
            "INITIATIVE",
            "Initiatives, by name, slug, what was done and what came of it.",
        ),
        ("RESULT", "Reported results, by label, key and note."),
        ("METRIC", "Metrics, by name, code and description."),
    ],
};

/// Which end of an order comes first.
pub static DIRECTION: EnumType = EnumType {
    name: "Direction",
    description: "Which end comes first. Missing values come last either way.",
    values: &[
        ("ASC", "Small first, A first, old first."),
        ("DESC", "Large first, Z first, new first."),
    ],
};

/// Which number of a total is compared.
pub static TOTAL_NUMBER: EnumType = EnumType {
    name: "TotalNumber",
    description: "A number of a total by which objects can be ordered.",
    values: &[
        ("SUM", "The sum."),
        ("AT_LEAST", "How many there are at the least."),
    ],
};

/// What makes a total doubtful or impossible.
pub static CAVEAT: EnumType = EnumType {
    name: "Caveat",
    description: "What to know before quoting a total: why a sum is missing, or what makes it doubtful. With MIXED_YEARS, MIXED_METRICS, MIXED_BOUNDS and NON_ADDITIVE there is no sum; with OVERLAP, APPROXIMATE and RESTATED there is one; with TOO_LARGE the number that is too large is missing.",
    values: &[
        (
            "OVERLAP",
            "Two initiatives, of whatever report or agency, contribute to the same fiscal year, and may have counted the same event. The sum stays, without a precision; `atLeast` counts nothing twice.",
        ),
        (
            "MIXED_YEARS",
            "Figures of different fiscal years that must not be added across years: running totals, or stocks. There is no sum.",
        ),
        (
            "MIXED_METRICS",
            "The metrics share no root in the catalogue, so they count different things in the same unit. There is no sum.",
        ),
        (
            "MIXED_BOUNDS",
            "A lower bound and an upper bound are both among the figures, so the sum would be neither. There is no sum.",
        ),
        (
            "NON_ADDITIVE",
            "A metric among them must never be added up, such as a percentage. There is no sum.",
        ),
        (
            "APPROXIMATE",
            "A rounded figure is inside a sum that is a bound: the bound itself is only about right. The sum stays.",
        ),
        (
            "TOO_LARGE",
            "The sum, the mean or `atLeast` has more than 15 significant digits and cannot be shown exactly. That number is null.",
        ),
        (
            "RESTATED",
            "An earlier report gives one of the figures another value. The sum stays: the latest report's value is in it.",
        ),
    ],
};
