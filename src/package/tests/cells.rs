//! What is said about headers, rows and single cells.

use super::{each, read_with};
use crate::package::{PackageError, Rule};

#[test]
fn headers_and_rows_have_the_columns_that_they_must_have() {
    each(
        "agencies.csv",
        &[
            (
                "code,name",
                "code,names",
                "agencies.csv:1: name: is a required column and missing; add it",
            ),
            (
                "code,name",
                "code,code",
                "agencies.csv:1: code: is there twice; take one out\n\
                 agencies.csv:1: name: is a required column and missing; add it",
            ),
            (
                "Boats,",
                "Boats, and more,",
                "agencies.csv:2: has 4 cells where the header has 3; \
                 put cells that hold commas in quotes",
            ),
        ],
    );
}

#[test]
fn text_is_there_and_clean() {
    each(
        "agencies.csv",
        &[
            ("AB,", ",", "agencies.csv:2: code: is missing; fill it in"),
            (
                "Agency of Boats",
                "",
                "agencies.csv:2: name: is missing; fill it in",
            ),
            (
                "Agency of Boats",
                " Boats",
                "agencies.csv:2: name: begins or ends with white space; take it away",
            ),
            (
                "Agency of Boats",
                "Bo\0ats",
                "agencies.csv:2: name: holds a NUL character; take it out",
            ),
        ],
    );
    each(
        "units.csv",
        &[(
            "USD,",
            "US D,",
            "units.csv:3: code: \"US D\" holds white space; write it without, such as with hyphens",
        )],
    );
}

#[test]
fn text_is_utf_8() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in super::TINY {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let latin_1 = b"code,name,department\nAB,Agency of Boats,D\xE9partement\n";
    std::fs::write(folder.path().join("agencies.csv"), latin_1).unwrap();
    let error = crate::package::open(folder.path()).unwrap_err().to_string();
    let first = error.lines().next().unwrap();
    assert_eq!(
        first,
        "agencies.csv:2: cell 3 is not UTF-8; save the file as UTF-8"
    );
}

#[test]
fn numbers_are_whole_and_in_range() {
    for position in ["0", "1000000", "-1", "1.0", "one", "+1"] {
        each(
            "results.csv",
            &[(
                "all,1,",
                &format!("all,{position},"),
                &format!(
                    "results.csv:2: position: {position:?} is not a whole number from 1 to 999999; \
                     write digits only"
                ),
            )],
        );
    }
    each(
        "results.csv",
        &[
            (
                "EXACT,2020",
                "EXACT,1788",
                "results.csv:2: fiscal_year: \"1788\" is not a whole number from 1789 to 9998; \
                 write digits only",
            ),
            (
                "EXACT,2020",
                "EXACT,9999",
                "results.csv:2: fiscal_year: \"9999\" is not a whole number from 1789 to 9998; \
                 write digits only",
            ),
        ],
    );
}

#[test]
fn figures_words_dates_and_truth_values_are_what_they_must_be() {
    each(
        "results.csv",
        &[
            (
                ",20.5,",
                ",\"20,5\",",
                "results.csv:3: value: \"20,5\" is not a plain decimal number; write 20.5",
            ),
            (
                ",20.5,",
                ",0.00001,",
                "results.csv:3: value: \"0.00001\" has more than four decimals; round it to four",
            ),
            (
                ",20.5,",
                ",,",
                "results.csv:3: value: is missing; fill it in",
            ),
            (
                "LOWER_BOUND",
                "MORE_THAN",
                "results.csv:3: precision: \"MORE_THAN\" is not one of \
                 EXACT, APPROXIMATE, LOWER_BOUND, UPPER_BOUND; write one of them",
            ),
            (
                "2020-06,",
                "June 2020,",
                "results.csv:3: as_of: \"June 2020\" is neither a day nor a month; \
                 write it like 2007-09-30 or 2007-06",
            ),
            (
                "true",
                "yes",
                "results.csv:2: is_record: \"yes\" is not one of false, true; \
                 write one of them",
            ),
            (
                "true",
                "",
                "results.csv:2: is_record: is missing; fill it in",
            ),
        ],
    );
    each(
        "reports.csv",
        &[
            (
                "2019-10-01",
                "10/01/2019",
                "reports.csv:2: period_start: \"10/01/2019\" is not a day; write it like 2007-09-30",
            ),
            (
                "2020-09-30",
                "2019-09-30",
                "reports.csv:2: period_end: \"2019-09-30\" is before period_start, \
                 \"2019-10-01\"; it must not be",
            ),
            (
                "https://example",
                "example",
                "reports.csv:2: source_url: \"example.org/boats\" does not begin with \
                 https:// or http://; write the whole address",
            ),
            (
                "2021-01-31,",
                "2021-01-31,abc",
                "reports.csv:2: source_sha256: \"abc\" is not 64 lower-case hexadecimal digits; \
                 write what sha256sum prints",
            ),
        ],
    );
}

#[test]
fn cells_that_belong_together_are_there_together() {
    each(
        "initiatives.csv",
        &[
            (
                "STATED",
                "",
                "initiatives.csv:2: division_basis: is missing; fill it in",
            ),
            (
                "STATED",
                "GUESSED",
                "initiatives.csv:2: division_basis: \"GUESSED\" is not one of STATED, INFERRED; \
                 write one of them",
            ),
            (
                "RIV,",
                ",",
                "initiatives.csv:2: division_basis: is there without a division; take it out",
            ),
            (
                "Checks make boats safe.",
                "",
                "initiatives.csv:2: goal_note: is missing; say what the inference rests on",
            ),
            (
                "safe,INFERRED",
                ",",
                "initiatives.csv:2: goal_note: is there without a goal; take it out",
            ),
        ],
    );
    each(
        "results.csv",
        &[
            (
                "checks,all,About",
                ",all,About",
                "results.csv:3: part_of_initiative: is missing beside part_of_key; fill it in",
            ),
            (
                "checks,all,About",
                "checks,,About",
                "results.csv:3: part_of_key: is missing beside part_of_initiative; fill it in",
            ),
        ],
    );
}

#[test]
fn a_problem_keeps_its_place_apart_from_its_text() {
    let Err(PackageError::Invalid(problems)) = read_with("results.csv", "20.5", "many") else {
        panic!("a word is not a figure");
    };
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.place.file, "results.csv");
    assert_eq!(problem.place.line, Some(3));
    assert_eq!(problem.place.column.as_deref(), Some("value"));
    assert_eq!(problem.value.as_deref(), Some("many"));
    assert_eq!(problem.rule, Rule::BadFigure);
}
