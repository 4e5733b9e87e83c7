//! What spreadsheets make of the texts of a CSV file. Nothing here knows what a text is about.

use std::borrow::Cow;

/// A text that a spreadsheet does not run: one that it would take for a formula gets an apostrophe in front.
pub(crate) fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{text}").into(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_other_texts_are_left_alone() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(formula.into()), format!("'{formula}"));
        }
        for plain in ["Removals", "1 = 1", "'quoted", ""] {
            assert_eq!(harmless(plain.into()), plain);
        }
    }
}
