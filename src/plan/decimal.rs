//! Numbers as they were typed, exactly: whole digits and a power of ten.

use async_graphql::Number;

/// A decimal number: `digits` · 10^`exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    pub(super) fn whole(number: i64) -> Decimal {
        Decimal {
            digits: number.into(),
            exponent: 0,
        }
    }

    /// A number of JSON or of a document; a floating-point number is the shortest decimal that is read as it.
    pub(super) fn of_number(number: &Number) -> Option<Decimal> {
        if let Some(number) = number.as_i64() {
            return Some(Decimal::whole(number));
        }
        let text = number.to_string();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text.as_str(), 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}").parse::<i128>().ok()?;
        let exponent = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(Decimal { digits, exponent })
    }

    /// Its digits without zeros at their end, and its exponent.
    pub(super) fn shortest(self) -> (i128, i32) {
        if self.digits == 0 {
            return (0, 0);
        }
        let Decimal {
            mut digits,
            mut exponent,
        } = self;
        while digits % 10 == 0 && exponent < i32::MAX {
            digits /= 10;
            exponent += 1;
        }
        (digits, exponent)
    }

    /// The number of units of 10^-`decimals` that it is exactly; `None` if it is not a whole number of them, or out
    /// of reach.
    pub(super) fn exactly(self, decimals: u32) -> Option<i128> {
        let (floor, is_exact) = self.units(decimals);
        is_exact.then_some(floor)
    }

    /// The largest number of units that is not more than it; the nearest there is where that is out of reach.
    pub(super) fn floor(self, decimals: u32) -> i128 {
        self.units(decimals).0
    }

    /// The smallest number of units that is not less than it; the nearest there is where that is out of reach.
    pub(super) fn ceiling(self, decimals: u32) -> i128 {
        let (floor, is_exact) = self.units(decimals);
        floor.saturating_add(i128::from(!is_exact))
    }

    /// The number of units, rounded down, and whether nothing was lost. What is out of reach is told from its sign.
    fn units(self, decimals: u32) -> (i128, bool) {
        let shift = i64::from(self.exponent) + i64::from(decimals);
        if self.digits == 0 {
            return (0, true);
        }
        let power = |exponent: i64| {
            u32::try_from(exponent)
                .ok()
                .and_then(|exponent| 10_i128.checked_pow(exponent))
        };
        if shift >= 0 {
            let beyond = if self.digits < 0 {
                i128::MIN
            } else {
                i128::MAX
            };
            let scaled = power(shift).and_then(|power| self.digits.checked_mul(power));
            (scaled.unwrap_or(beyond), scaled.is_some())
        } else {
            match power(-shift) {
                Some(power) => (
                    self.digits.div_euclid(power),
                    self.digits.rem_euclid(power) == 0,
                ),
                None => (if self.digits < 0 { -1 } else { 0 }, false),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::of_number(&serde_json::from_str(text).unwrap()).unwrap()
    }

    #[test]
    fn numbers_between_two_stored_ones_are_neither() {
        assert_eq!(decimal("0.00001").exactly(4), None);
        assert_eq!(decimal("0.00001").floor(4), 0);
        assert_eq!(decimal("0.00001").ceiling(4), 1);
        assert_eq!(decimal("-0.00001").floor(4), -1);
        assert_eq!(decimal("-0.00001").ceiling(4), 0);
        assert_eq!(decimal("2.5").exactly(4), Some(25_000));
        assert_eq!(decimal("0.1").exactly(4), Some(1_000));
        assert_eq!(decimal("2.5").exactly(0), None);
    }

    #[test]
    fn numbers_out_of_reach_are_beyond_all_others() {
        assert_eq!(decimal("1e300").exactly(4), None);
        assert!(decimal("1e300").floor(4) > i64::MAX.into());
        assert!(decimal("-1e300").ceiling(4) < i64::MIN.into());
        assert_eq!(decimal("1e-300").floor(4), 0);
        assert_eq!(decimal("1e-300").ceiling(4), 1);
    }
}
