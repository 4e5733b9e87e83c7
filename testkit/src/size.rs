//! How much data there is.

/// How much data to make. All numbers of parents are exact; children vary about their mean where a field says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    /// What its database file is called.
    pub name: &'static str,
    /// Agencies.
    pub agencies: usize,
    /// Fiscal years; every agency reports on each.
    pub years: usize,
    /// Divisions of an agency.
    pub divisions: usize,
    /// Goals of a report.
    pub goals: usize,
    /// Initiatives of a report, an even number.
    pub initiatives: usize,
    /// Results of an initiative, in the mean. The results of a report are exactly as many as this makes.
    pub results: usize,
    /// Subjects of the catalogue, at most 20; each has ten metrics.
    pub subjects: usize,
}

impl Size {
    /// 1,000,000 results in 20,000 initiatives of 2,000 reports by 200 agencies with 1,000 divisions, of 200 metrics.
    pub const FULL: Size = Size {
        name: "full",
        agencies: 200,
        years: 10,
        divisions: 5,
        goals: 3,
        initiatives: 10,
        results: 50,
        subjects: 20,
    };

    /// 52,000 results in 2,600 initiatives of 260 reports by 26 agencies with 130 divisions, of 200 metrics.
    pub const MEDIUM: Size = Size {
        name: "medium",
        agencies: 26,
        results: 20,
        ..Size::FULL
    };

    /// 480 results in 48 initiatives of 12 reports by 4 agencies with 12 divisions, of 30 metrics.
    pub const SMALL: Size = Size {
        name: "small",
        agencies: 4,
        years: 3,
        divisions: 3,
        goals: 2,
        initiatives: 4,
        results: 10,
        subjects: 3,
    };

    /// The fiscal years, oldest first.
    pub fn fiscal_years(&self) -> impl Iterator<Item = i32> {
        (2001..).take(self.years)
    }

    /// How many reports there are.
    pub fn all_reports(&self) -> usize {
        self.agencies * self.years
    }

    /// How many initiatives there are.
    pub fn all_initiatives(&self) -> usize {
        self.all_reports() * self.initiatives
    }

    /// How many results there are.
    pub fn all_results(&self) -> usize {
        self.all_initiatives() * self.results
    }
}
