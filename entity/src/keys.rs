//! How natural keys and sort keys are put together. Nobody else joins the parts of a key.
//!
//! A natural key says which row is meant, in every database alike: lower case (ASCII), parts
//! joined by one space. A sort key holds a default order in one text, compared by bytes: codes as
//! written, numbers padded. Both rest on codes and slugs holding neither white space nor control
//! characters (the import refuses them), so that a space ends a part and sorts before all else.

/// The natural key made of these parts, in the order in which the functions below take them.
pub fn from_parts<P: AsRef<str>>(parts: &[P]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    parts.join(" ").to_ascii_lowercase()
}

/// The parts that a natural key is made of.
pub fn parts(natural_key: &str) -> impl Iterator<Item = &str> {
    natural_key.split(' ')
}

/// The natural key of an agency: `ice`.
pub fn agency(code: &str) -> String {
    code.to_ascii_lowercase()
}

/// The natural key of a report: `ice 2007`.
pub fn report(agency: &str, fiscal_year: i32) -> String {
    format!("{agency} {fiscal_year}").to_ascii_lowercase()
}

/// The natural key of a goal: `ice 2007 enforcement`.
pub fn goal(agency: &str, fiscal_year: i32, code: &str) -> String {
    format!("{agency} {fiscal_year} {code}").to_ascii_lowercase()
}

/// The natural key of a division: `ice dro`.
pub fn division(agency: &str, code: &str) -> String {
    format!("{agency} {code}").to_ascii_lowercase()
}

/// The natural key of an initiative: `ice 2007 removals`.
pub fn initiative(agency: &str, fiscal_year: i32, slug: &str) -> String {
    in_lower_case(format!("{agency} {fiscal_year} {slug}"))
}

/// The natural key of a result: `ice 2007 removals removed`.
pub fn result(agency: &str, fiscal_year: i32, slug: &str, key: &str) -> String {
    in_lower_case(format!("{agency} {fiscal_year} {slug} {key}"))
}

/// The natural key of a metric: `criminal-arrests`.
pub fn metric(code: &str) -> String {
    code.to_ascii_lowercase()
}

/// The natural key of a unit of measure: `[lb_av]`.
pub fn unit(code: &str) -> String {
    code.to_ascii_lowercase()
}

/// A key in lower case, in the memory that it has: there are millions of those of results.
fn in_lower_case(mut key: String) -> String {
    key.make_ascii_lowercase();
    key
}

/// The default orders. Agencies, metrics and units have no sort key: they go by `code`.
pub mod sort {
    /// Largest position that keeps its place in a sort key.
    pub const MAX_POSITION: i32 = 999_999;

    /// Divisions by agency, then position: `ICE 000001`.
    pub fn division(agency: &str, position: i32) -> String {
        format!("{agency} {position:06}")
    }

    /// Reports by agency, then newest fiscal year first: `ICE 7992`.
    pub fn report(agency: &str, fiscal_year: i32) -> String {
        format!("{agency} {:04}", 9999 - fiscal_year)
    }

    /// Goals, initiatives and results by report, then position: `ICE 7992 000001`.
    pub fn in_report(agency: &str, fiscal_year: i32, position: i32) -> String {
        format!("{} {position:06}", report(agency, fiscal_year))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natural_keys_are_lower_case_with_single_spaces() {
        assert_eq!(agency("ICE"), "ice");
        assert_eq!(report("ICE", 2007), "ice 2007");
        assert_eq!(goal("ICE", 2007, "Enforcement"), "ice 2007 enforcement");
        assert_eq!(division("ICE", "DRO"), "ice dro");
        assert_eq!(initiative("ICE", 2007, "removals"), "ice 2007 removals");
        assert_eq!(
            result("ICE", 2007, "removals", "Removed"),
            "ice 2007 removals removed"
        );
        assert_eq!(metric("Arrests"), "arrests");
        assert_eq!(unit("[lb_av]"), "[lb_av]");
    }

    #[test]
    fn a_key_is_made_of_its_parts_and_falls_into_them() {
        let key = result("ICE", 2007, "removals", "Removed");
        assert_eq!(from_parts(&["ICE", "2007", "removals", "Removed"]), key);
        assert_eq!(
            parts(&key).collect::<Vec<_>>(),
            ["ice", "2007", "removals", "removed"]
        );
    }

    #[test]
    fn only_ascii_letters_change_case() {
        assert_eq!(agency("ÉTAT"), "État");
    }

    #[test]
    fn sort_keys_keep_codes_as_written_and_pad_numbers() {
        assert_eq!(sort::division("ICE", 1), "ICE 000001");
        assert_eq!(sort::report("ICE", 2007), "ICE 7992");
        assert_eq!(sort::in_report("ICE", 2007, 12), "ICE 7992 000012");
    }

    #[test]
    fn sort_keys_put_newer_reports_first_and_agencies_in_order_of_code() {
        assert!(sort::report("ICE", 2008) < sort::report("ICE", 2007));
        assert!(sort::report("ICE", 9998) < sort::report("ICE", 1789));
        assert!(sort::report("IC", 1789) < sort::report("ICE", 9998));
        assert!(sort::in_report("ICE", 2007, 9) < sort::in_report("ICE", 2007, 10));
        assert!(sort::in_report("ICE", 2008, sort::MAX_POSITION) < sort::in_report("ICE", 2007, 1));
    }
}
