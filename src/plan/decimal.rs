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

    /// The number of units of 10^-`decimals` that it is exactly; `None` if it is not a whole number of them, or too
    /// large to be stored.
    pub(super) fn exactly(self, decimals: u32) -> Option<i64> {
        let (floor, is_exact) = self.units(decimals);
        i64::try_from(floor).ok().filter(|_| is_exact)
    }

    /// The largest number of units that is not more than it, within 64 bits.
    pub(super) fn floor(self, decimals: u32) -> i64 {
        clamp(self.units(decimals).0)
    }

    /// The smallest number of units that is not less than it, within 64 bits.
    pub(super) fn ceiling(self, decimals: u32) -> i64 {
        let (floor, is_exact) = self.units(decimals);
        clamp(if is_exact {
            floor
        } else {
            floor.saturating_add(1)
        })
    }

    /// The number of units, rounded down, and whether nothing was lost. What is out of reach is told from its sign.
    pub(super) fn units(self, decimals: u32) -> (i128, bool) {
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
            (scaled.unwrap_or(beyond), true)
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

fn clamp(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
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
        assert_eq!(decimal("1e300").floor(4), i64::MAX);
        assert_eq!(decimal("-1e300").ceiling(4), i64::MIN);
        assert_eq!(decimal("1e-300").floor(4), 0);
        assert_eq!(decimal("1e-300").ceiling(4), 1);
    }
}
