//! Documents that are no documents, or that ask for more than they may.

use super::*;

#[test]
fn what_is_not_stratml_is_refused_with_its_line() {
    let utf16: Vec<u8> = "\u{FEFF}<a/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, expected) in [
        (
            &b""[..],
            "StratML:1: has no element; give a StratML document",
        ),
        (
            b"code,name\n",
            "StratML:1: has text outside of the root element; correct it with the program that wrote it",
        ),
        (
            b"<html/>",
            "StratML:1: <html> is not StratML; give a <PerformancePlanOrReport> (Part 2) or a <StrategicPlan> (Part 1)",
        ),
        (
            b"<a>\n<b>\n",
            "StratML:3: ends inside <b>, which begins on line 2; correct it with the program that wrote it",
        ),
        (
            b"<a/>\n<b/>",
            "StratML:2: has a second element beside the root; correct it with the program that wrote it",
        ),
        (
            b"<a>\n\xFF</a>",
            "StratML:2: is not UTF-8; save it as UTF-8",
        ),
        (&utf16, "StratML:1: is UTF-16; save it as UTF-8"),
        (
            b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
            "StratML:1: says that it is \"ISO-8859-1\"; save it as UTF-8, and say so in its first line",
        ),
        (
            b"<a>\n&nbsp;</a>",
            "StratML:2: uses the entity &nbsp;, which XML does not know; write the character itself",
        ),
    ] {
        assert_eq!(problems(bytes), [expected]);
    }
    let unclosed = problems(b"<a>\n</b>");
    assert!(
        unclosed[0].starts_with("StratML:2: is not well-formed XML: "),
        "{unclosed:?}"
    );
}

#[test]
fn a_document_type_is_refused_whatever_it_declares() {
    for head in [
        "<!DOCTYPE a>",
        r#"<!DOCTYPE a SYSTEM "file:///etc/passwd">"#,
        r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>"#,
        r#"<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>"#,
    ] {
        let document = format!("{head}<a>&x;</a>");
        assert_eq!(
            problems(document.as_bytes()),
            ["StratML:1: has a document type (<!DOCTYPE …>); take it out"]
        );
    }
}

#[test]
fn depth_elements_and_size_are_bounded() {
    let deep = "<a>".repeat(33);
    assert_eq!(
        problems(deep.as_bytes()),
        ["StratML:1: nests more than 32 deep; this is not StratML"]
    );
    let many = format!("<a>{}</a>", "<b/>".repeat(1_000_000));
    assert_eq!(
        problems(many.as_bytes()),
        ["StratML:1: has more than 1000000 elements; split the report"]
    );
    let large = vec![b' '; (64 << 20) + 1];
    assert_eq!(
        problems(&large),
        ["StratML:1: is larger than 64 MiB; split the report"]
    );
}

#[test]
fn notices_are_counted_beyond_the_first_thousand() {
    let goals = "<Goal><Name>Goal</Name><Description>In words.</Description></Goal>".repeat(1_500);
    let read = good(&document(&goals));
    assert_eq!(read.notices.iter().count(), 1_000);
    assert_eq!(read.notices.beyond(), 500);
    assert_eq!(read.package.goals.len(), 1_500);
    assert_eq!(read.package.goals[1_499].code, "goal-1500");
}

/// What is said once in a document is not repeated with each of its figures.
#[test]
fn long_texts_are_not_multiplied() {
    let figures = "<ActualResult><NumberOfUnits>1</NumberOfUnits></ActualResult>".repeat(300);
    let dimension = "long ".repeat(2_000);
    let mut indicator = indicator(&dimension, "", &figures);
    let other = format!(
        "<OtherInformation>{}</OtherInformation>",
        "words ".repeat(2_000)
    );
    indicator = indicator.replace(
        "</PerformanceIndicator>",
        &format!("{other}</PerformanceIndicator>"),
    );
    let read = good(&with_indicators(&indicator));
    let results = &read.package.results;
    assert_eq!(results.len(), 300);
    assert!(results.iter().all(|row| row.label.len() <= 500));
    assert_eq!(results.iter().filter(|row| row.note.is_some()).count(), 1);

    let acronym = "X".repeat(201);
    let document = with_indicators("").replace("<Acronym>HO", &format!("<Acronym>{acronym}"));
    let said = problems(document.as_bytes());
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].ends_with("is longer than 200 bytes; shorten it"),
        "{said:?}"
    );
}
