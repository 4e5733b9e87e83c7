//! Units of measure as documents write them, and as packages do.

use super::text;

/// A unit: code, name of one, name of several, symbol, kind.
pub(super) struct Unit {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) plural: String,
    pub(super) symbol: &'static str,
    pub(super) kind: &'static str,
}

/// What is written, in lower case, and the unit that is meant.
const KNOWN: &[(&[&str], [&str; 5])] = &[
    (
        &[
            "percent",
            "%",
            "percentage",
            "per cent",
            "pct",
            "percent (%)",
            "percentage (%)",
        ],
        ["%", "percent", "percent", "%", "RATIO"],
    ),
    (
        &[
            "usd",
            "$",
            "dollar",
            "dollars",
            "us dollar",
            "us dollars",
            "u.s. dollars",
            "us$",
            "dollars ($)",
            "dollars (usd)",
        ],
        ["USD", "US dollar", "US dollars", "$", "MONEY"],
    ),
    (
        &["eur", "€", "euro", "euros"],
        ["EUR", "euro", "euros", "€", "MONEY"],
    ),
    (
        &["gbp", "£", "pound sterling", "pounds sterling"],
        ["GBP", "pound sterling", "pounds sterling", "£", "MONEY"],
    ),
    (
        &["hour", "hours", "hrs"],
        ["h", "hour", "hours", "h", "DURATION"],
    ),
    (&["day", "days"], ["d", "day", "days", "d", "DURATION"]),
    (&["year", "years"], ["a", "year", "years", "", "DURATION"]),
    (
        &["pound", "pounds", "lb", "lbs"],
        ["[lb_av]", "pound", "pounds", "lb", "MASS"],
    ),
    (
        &["kg", "kilogram", "kilograms"],
        ["kg", "kilogram", "kilograms", "kg", "MASS"],
    ),
    (
        &["person", "persons", "people"],
        ["person", "person", "people", "", "COUNT"],
    ),
    (
        &[
            "", "number", "numbers", "count", "#", "no.", "each", "unit", "units", "quantity",
        ],
        ["unit", "unit", "units", "", "COUNT"],
    ),
];

/// The unit that a document means; for what is not known, one with a code made of the text.
pub(super) fn unit(written: &str) -> Unit {
    let mut noun = written;
    for prefix in ["number of ", "# of ", "no. of "] {
        if let Some((head, tail)) = written.split_at_checked(prefix.len())
            && head.eq_ignore_ascii_case(prefix)
        {
            noun = tail;
        }
    }
    let lower = noun.to_lowercase();
    let known = KNOWN.iter().find(|(names, _)| names.contains(&&*lower));
    if let Some((_, [code, name, plural, symbol, kind])) = known {
        return Unit {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            plural: (*plural).to_owned(),
            symbol,
            kind,
        };
    }
    let code = match text::slug(noun) {
        slug if slug.is_empty() => "unit-of-measurement".to_owned(),
        slug => slug,
    };
    Unit {
        code,
        name: noun.to_owned(),
        plural: noun.to_owned(),
        symbol: "",
        kind: "COUNT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_units_have_their_codes_and_others_are_nouns() {
        for (written, code, plural, kind) in [
            ("Percent", "%", "percent", "RATIO"),
            ("Dollars", "USD", "US dollars", "MONEY"),
            ("", "unit", "units", "COUNT"),
            ("Number", "unit", "units", "COUNT"),
            ("Number of Persons", "person", "people", "COUNT"),
            ("Number of Arrests", "arrests", "Arrests", "COUNT"),
            ("目的", "unit-of-measurement", "目的", "COUNT"),
        ] {
            let unit = unit(written);
            assert_eq!(
                (&*unit.code, &*unit.plural, unit.kind),
                (code, plural, kind)
            );
        }
    }
}
