//! Chance that is the same everywhere and always.

/// SplitMix64 (Steele, Lea, Flood 2014). Ten lines of our own, since the crates keep the right to change their numbers
/// in any release, and with them every snapshot and figure that rests on this data.
pub(crate) struct Random(u64);

impl Random {
    /// The chance that belongs to a place in the data, such as an agency and a year, whatever was made before it.
    pub(crate) fn of(place: &[usize]) -> Random {
        place.iter().fold(Random(0x616e_6e61_6c73), |random, part| {
            let mut next = Random(random.0 ^ (*part as u64 + 1));
            Random(next.next())
        })
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the choices.
    pub(crate) fn pick<'c, T>(&mut self, choices: &'c [T]) -> &'c T {
        &choices[self.below(choices.len())]
    }

    /// One of the choices, each as often as its weight says; the weights add up to 100.
    pub(crate) fn weighted<T: Copy>(&mut self, choices: &[(usize, T)]) -> T {
        let mut left = self.below(100);
        for (weight, choice) in choices {
            if left < *weight {
                return *choice;
            }
            left -= weight;
        }
        choices[choices.len() - 1].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_never_change() {
        let mut random = Random::of(&[1, 2]);
        let drawn: Vec<usize> = (0..5).map(|_| random.below(1_000_000)).collect();
        assert_eq!(drawn, [464, 565_233, 482_916, 327_860, 382_940]);
    }

    #[test]
    fn places_have_chances_of_their_own() {
        let first = |place: &[usize]| Random::of(place).below(1 << 40);
        assert_ne!(first(&[1, 2]), first(&[2, 1]));
        assert_ne!(first(&[0]), first(&[0, 0]));
    }
}
