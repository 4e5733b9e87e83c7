//! Whether a number keeps its digits where it is read as a 64-bit floating-point number.

use crate::error::{Code, RequestError};

/// So many digits are always kept.
const KEPT: usize = 15;

/// No floating-point number has more.
const MOST: usize = 767;

/// Makes sure that a number with a fraction or an exponent means what it says: that the floating-point number that it is
/// read as, written with as many digits, is the same. So `0.1` passes, and 0.1 as written by programs that write all 17
/// digits; `899999999999999.9999`, which would be read as 900000000000000, does not. Whole numbers always pass.
///
/// # Errors
/// `BAD_USER_INPUT` where digits would be lost.
pub(super) fn check_number(written: &str) -> Result<(), RequestError> {
    match keeps_its_digits(written) {
        true => Ok(()),
        false => {
            const SHOWN: usize = 40;
            let shown = match written.get(..SHOWN) {
                Some(start) => format!("{start}…"),
                None => written.to_owned(),
            };
            let message = format!(
                "{shown} has more digits than a 64-bit floating-point number keeps; write it with at most {KEPT}."
            );
            Err(RequestError::new(Code::BadUserInput, message))
        }
    }
}

fn keeps_its_digits(written: &str) -> bool {
    if !written.contains(['.', 'e', 'E']) {
        return true;
    }
    let digits = significant(written);
    if digits.len() <= KEPT {
        return true;
    }
    // What is no number, or beyond all numbers, is refused by whoever reads it.
    let Some(number) = written
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
    else {
        return true;
    };
    digits.len() <= MOST && significant(&format!("{number:.*e}", digits.len() - 1)) == digits
}

/// The digits of a number without zeros at either end.
fn significant(written: &str) -> String {
    let mantissa = written.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_mean_what_they_say_pass() {
        for number in [
            "0",
            "-0",
            "123456789012345678901234567890",
            "0.1",
            "-2.50000000000000000000000000",
            "0.00000000000000000000000000000123456789012345",
            "1e300",
            "1e400",
            "123456789012345e-4",
            // As programs write them that write what tells each from its neighbors, or 17 digits, or all.
            "0.30000000000000004",
            "0.10000000000000001",
            "0.1000000000000000055511151231257827021181583404541015625",
            "true",
            "E",
        ] {
            assert_eq!(check_number(number), Ok(()), "{number}");
        }
    }

    #[test]
    fn numbers_that_would_be_rounded_do_not() {
        for number in [
            "899999999999999.9999",
            "-899999999999999.99",
            "8.999999999999999999e14",
            "9007199254740993e0",
            "0.12345678901234567890123456789",
            &format!("0.{}", "3".repeat(100_000)),
        ] {
            let fault = check_number(number).expect_err("digits are lost");
            assert!(fault.message.len() < 140, "{}", fault.message);
        }
    }
}
