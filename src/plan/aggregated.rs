//! What to say of a whole collection, or of a whole group: counts and totals.

use super::{fetch::Fetch, share::Share};
use crate::schema::{declaration::Measure, unit_of_measure::UNIT_OF_MEASURE};

/// What to say of a whole collection, or of a whole group.
#[derive(Default)]
pub struct Aggregated {
    /// What to count.
    pub counts: Vec<Measure>,
    /// What to total.
    pub totals: Option<Totals>,
}

/// What to total over a collection of results.
pub struct Totals {
    /// Which numbers are asked for.
    pub needs: TotalNeeds,
    /// The shares whose percentiles are asked for; the median is that of one half.
    pub shares: Vec<Share>,
    /// What to fetch of the units.
    pub unit: Fetch,
    /// The place in its columns of the code by which totals are listed.
    pub unit_code: usize,
}

/// Which groups of numbers a total needs; each costs the database something.
#[derive(Clone, Copy, Default)]
pub struct TotalNeeds {
    /// What the rules decide together: sum, mean, `atLeast`, the caveats, and how many figures are restated.
    pub judged: bool,
    /// Smallest and largest.
    pub extremes: bool,
    /// How many reports and which fiscal years it is from.
    pub origin: bool,
}

/// The places in [`Fetch::columns`] of what a sentence says of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitPlaces {
    /// Of its name in the singular.
    pub name: usize,
    /// Of its name in the plural.
    pub plural: usize,
    /// Of its symbol, which may be missing.
    pub symbol: usize,
    /// Of the code of its kind.
    pub kind: usize,
}

impl UnitPlaces {
    /// The places of these columns, in the order of the fields.
    pub(super) fn new([name, plural, symbol, kind]: [usize; 4]) -> UnitPlaces {
        UnitPlaces {
            name,
            plural,
            symbol,
            kind,
        }
    }
}

impl Aggregated {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.totals.is_none()
    }

    /// The totals, which are asked for from now on.
    pub(super) fn totals_mut(&mut self) -> &mut Totals {
        self.totals.get_or_insert_with(Totals::new)
    }

    /// The place of a measure among those to count; it is added if it is not there yet.
    pub fn count(&mut self, measure: Measure) -> usize {
        match self
            .counts
            .iter()
            .position(|known| same_measure(*known, measure))
        {
            Some(place) => place,
            None => {
                self.counts.push(measure);
                self.counts.len() - 1
            }
        }
    }
}

impl Totals {
    /// Totals of which nothing but their units and scopes is asked for.
    pub(super) fn new() -> Totals {
        let mut unit = Fetch::new(&UNIT_OF_MEASURE);
        let unit_code = unit.column(UNIT_OF_MEASURE.table.sort_key);
        Totals {
            needs: TotalNeeds::default(),
            shares: Vec::new(),
            unit,
            unit_code,
        }
    }

    /// The place of a share among those whose percentiles are asked for; it is added if it is not there yet.
    pub fn percentile(&mut self, share: Share) -> usize {
        match self.shares.iter().position(|known| *known == share) {
            Some(place) => place,
            None => {
                self.shares.push(share);
                self.shares.len() - 1
            }
        }
    }
}

fn same_measure(a: Measure, b: Measure) -> bool {
    match (a, b) {
        (Measure::Count, Measure::Count) => true,
        (Measure::CountTrue(a), Measure::CountTrue(b))
        | (Measure::CountDistinct(a), Measure::CountDistinct(b)) => a.name() == b.name(),
        (Measure::CountReferring { table: a, .. }, Measure::CountReferring { table: b, .. }) => {
            a == b
        }
        _ => false,
    }
}
