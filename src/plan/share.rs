//! A share of a whole, from 0 to 1, and the place in an order that it stands for.
//!
//! It is the decimal that was typed and not the nearest binary fraction: 0.07 of 100 values is the 7th, where floating
//! point makes it the 8th.

use super::decimal::Decimal;

/// A number from 0 to 1: `digits` · 10^-`decimals`, without zeros at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    digits: u64,
    decimals: u32,
}

impl Share {
    /// One half, the share of the median.
    pub const HALF: Share = Share {
        digits: 5,
        decimals: 1,
    };

    /// The share that a number is; `None` where it is not between 0 and 1.
    pub(super) fn new(number: Decimal) -> Option<Share> {
        let (digits, exponent) = number.shortest();
        let digits = u64::try_from(digits).ok()?;
        let decimals = u32::try_from(exponent.checked_neg()?).ok()?;
        let one = 10_u128.checked_pow(decimals);
        one.is_none_or(|one| u128::from(digits) <= one)
            .then_some(Share { digits, decimals })
    }

    /// The place, from 1, of the first of so many values in ascending order that has at least this share of them at or
    /// before it.
    pub fn rank(self, count: usize) -> usize {
        let part = u128::from(self.digits) * count as u128;
        // Where 10^decimals is out of reach, the part is less than one whole value.
        let whole = 10_u128
            .checked_pow(self.decimals)
            .map_or(1, |one| part.div_ceil(one));
        usize::try_from(whole).unwrap_or(count).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(text: &str) -> Option<Share> {
        let number = serde_json::from_str(text).expect("a number");
        Share::new(Decimal::of_number(&number).expect("a number of JSON is a decimal"))
    }

    #[test]
    fn the_rank_is_the_share_of_the_count_rounded_up_and_at_least_one() {
        for (text, count, rank) in [
            ("0", 10, 1),
            ("0.0", 10, 1),
            ("-0.0", 10, 1),
            ("1", 10, 10),
            ("1.0", 10, 10),
            ("0.5", 4, 2),
            ("0.5", 5, 3),
            ("0.25", 4, 1),
            ("0.2500001", 4, 2),
            ("0.9", 1, 1),
            ("1e-300", 10, 1),
            ("0.9999999999999999", 10, 10),
        ] {
            assert_eq!(share(text).unwrap().rank(count), rank, "{text} of {count}");
        }
    }

    #[test]
    fn the_rank_is_exact_where_floating_point_is_not() {
        for (text, count, rank) in [("0.07", 100, 7), ("0.28", 100, 28), ("0.55", 100, 55)] {
            let float: f64 = text.parse().unwrap();
            assert_ne!((float * count as f64).ceil() as usize, rank, "{text}");
            assert_eq!(share(text).unwrap().rank(count), rank, "{text}");
        }
    }

    #[test]
    fn only_numbers_from_0_to_1_are_shares() {
        for text in ["-0.1", "-1e-300", "1.0000000000000002", "2", "50", "1e300"] {
            assert_eq!(share(text), None, "{text}");
        }
        assert_eq!(share("0.5"), Some(Share::HALF));
        assert_eq!(share("0.50"), Some(Share::HALF));
        assert_eq!(share("5e-1"), Some(Share::HALF));
        assert_eq!(share("1"), share("1.0"));
    }
}
