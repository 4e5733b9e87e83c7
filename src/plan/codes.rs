//! The codes that an order or a condition of a total may name: those of metrics and units are data, and a code that is
//! none would sort by nothing without a word.

use super::input::Fault;
use crate::document::closest;

/// The codes there are, each list in the order of the codes in lower case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Codes<'c> {
    /// Those of metrics.
    pub metrics: &'c [String],
    /// Those of units of measure.
    pub units: &'c [String],
}

impl Codes<'_> {
    /// Makes sure that there is a metric with this code, whatever the case of the letters A to Z.
    pub(super) fn check_metric(self, code: &str) -> Result<(), Fault> {
        check("metric", self.metrics, code)
    }

    /// Makes sure that there is a unit with this code, whatever the case of the letters A to Z.
    pub(super) fn check_unit(self, code: &str) -> Result<(), Fault> {
        check("unit", self.units, code)
    }
}

fn check(kind: &str, known: &[String], code: &str) -> Result<(), Fault> {
    let lower = |code: &str| code.to_ascii_lowercase();
    let wanted = lower(code);
    if known
        .binary_search_by(|known| lower(known).cmp(&wanted))
        .is_ok()
    {
        return Ok(());
    }
    const SHOWN: usize = 60;
    let shown: String = code.chars().take(SHOWN).collect();
    let mut what = format!("there is no {kind} \"{shown}\"");
    if let Some(meant) = closest(code, known.iter().map(String::as_str)) {
        what.push_str(&format!("; did you mean \"{meant}\"?"));
    }
    Err(Fault::new(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_codes_are_named_with_what_may_be_meant() {
        let metrics = ["arrests", "Cases", "gang-arrests"].map(str::to_owned);
        let codes = Codes {
            metrics: &metrics,
            units: &[],
        };
        let told = |code| codes.check_metric(code).map_err(|fault| fault.what);
        for code in ["arrests", "ARRESTS", "cases", "Gang-Arrests"] {
            assert_eq!(told(code), Ok(()), "{code}");
        }
        for (code, what) in [
            (
                "arests",
                "there is no metric \"arests\"; did you mean \"arrests\"?",
            ),
            ("removals", "there is no metric \"removals\""),
            ("", "there is no metric \"\""),
        ] {
            assert_eq!(told(code), Err(what.to_owned()));
        }
        let unit = codes.check_unit("USD").map_err(|fault| fault.what);
        assert_eq!(unit, Err("there is no unit \"USD\"".to_owned()));
    }
}
