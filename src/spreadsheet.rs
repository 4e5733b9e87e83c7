//! Texts in CSV that no spreadsheet runs as formulas. Numbers are not texts: they must never come here.

use std::borrow::Cow;

/// What a formula begins with, in full width too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What ends a cell where commas do not: in many countries a spreadsheet splits lines at semicolons, and then quotes that
/// begin inside its cells protect nothing.
const SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];

/// A text with an apostrophe ahead of whatever a spreadsheet would run.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    let mut copied = 0;
    // Whether nothing has come yet of the text, and of the cell, but what a spreadsheet skips.
    let (mut text_begins, mut cell_begins) = (true, true);
    let mut is_first_cell = true;
    for (place, letter) in text.char_indices() {
        let is_run = cell_begins && FORMULA.contains(&letter);
        let breaks_out = place == 0 && matches!(letter, '\t' | '\r' | '\n');
        if is_run || breaks_out {
            let at = if text_begins { 0 } else { place };
            safe.push_str(&text[copied..at]);
            safe.push('\'');
            copied = at;
            text_begins = false;
        }
        let ends_cell = SEPARATORS.contains(&letter);
        is_first_cell &= !ends_cell;
        let is_skipped = letter.is_whitespace() || (letter == '"' && !is_first_cell);
        text_begins &= is_skipped;
        cell_begins = ends_cell || (cell_begins && is_skipped);
    }
    match safe.is_empty() {
        true => text.into(),
        false => (safe + &text[copied..]).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_get_an_apostrophe_wherever_a_spreadsheet_might_see_one() {
        for (formula, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("  =1", "'  =1"),
            ("\t=1", "'\t'=1"),
            ("\rx", "'\rx"),
            ("x;=1+1;y", "x;'=1+1;y"),
            ("x; \"=1", "x; \"'=1"),
            ("x\r\n@SUM(A1)", "x\r\n'@SUM(A1)"),
            (";-1;-2", ";'-1;'-2"),
        ] {
            assert_eq!(harmless(formula), expected, "{formula:?}");
        }
    }

    #[test]
    fn other_texts_are_left_alone() {
        for plain in [
            "Removals", "1 = 1", "'quoted", "", "a; b", "x-y", "\"-\"", "10%",
        ] {
            assert_eq!(harmless(plain), plain);
        }
    }
}
