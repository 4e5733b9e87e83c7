/**
 * Figures: exact decimals with four places, kept as a BigInt of ten-thousandths.
 * Must never compute in floating point; a figure becomes a `number` once, on its way out.
 */

const PLACES = 4;
const SCALE = 10n ** BigInt(PLACES);

/**
 * Reads plain decimal notation, e.g. "22304" or "-2.5".
 * @param {string} text
 * @returns {bigint} ten-thousandths
 */
export function parseDecimal(text) {
  const match = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text);
  if (!match) throw new Error(`not a plain decimal of at most ${PLACES} places: "${text}"`);
  const [, sign, whole, fraction = ''] = match;
  const magnitude = BigInt(whole) * SCALE + BigInt(fraction.padEnd(PLACES, '0'));
  return sign ? -magnitude : magnitude;
}

/**
 * The nearest `Float`. The detour over text rounds once; dividing a large integer would round twice.
 * @param {bigint} scaled
 */
export function toFloat(scaled) {
  const magnitude = abs(scaled);
  const fraction = String(magnitude % SCALE).padStart(PLACES, '0');
  return Number(`${scaled < 0n ? '-' : ''}${magnitude / SCALE}.${fraction}`);
}

/**
 * A `Float` as the decimal it is written as: 0.1 is a tenth, not the binary number next to it.
 * @param {number} number
 * @returns {{digits: bigint, exponent: number}} digits times ten to the exponent
 */
export function decimalOf(number) {
  const [, whole, fraction = '', exponent = '0'] = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number));
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/**
 * Whether a `Float` as it is written is read as what it says: written with as many digits, the floating-point number is
 * the same. Whole numbers are read whatever they are.
 * @param {string} written
 */
export function keepsItsDigits(written) {
  const digitsOf = (/** @type {string} */ text) => text.replace(/e.*/i, '').replace(/[^\d]/g, '').replace(/^0+|0+$/g, '');
  const digits = digitsOf(written);
  if (/^-?\d+$/.test(written) || digits.length <= 15 || !Number.isFinite(Number(written))) return true;
  return digits.length <= 100 && digitsOf(Number(written).toExponential(digits.length - 1)) === digits;
}

/**
 * @param {bigint} scaled
 * @param {number} number
 * @returns {number} 0 where they are equal to the last place, negative where the figure is less
 */
export function compareWithNumber(scaled, number) {
  const { digits, exponent } = decimalOf(number);
  const shift = exponent + PLACES;
  const figure = shift < 0 ? scaled * 10n ** BigInt(-shift) : scaled;
  const other = shift > 0 ? digits * 10n ** BigInt(shift) : digits;
  return figure < other ? -1 : figure > other ? 1 : 0;
}

/**
 * The share of a count, rounded up: exactly, so that 0.07 of 100 are 7.
 * @param {number} share at least 0
 * @param {number} count
 */
export function ceilingOfShare(share, count) {
  const { digits, exponent } = decimalOf(share);
  const product = digits * BigInt(count);
  if (exponent >= 0) return Number(product * 10n ** BigInt(exponent));
  const divisor = 10n ** BigInt(-exponent);
  return Number((product + divisor - 1n) / divisor);
}

/**
 * A quotient in ten-thousandths, rounded half away from zero.
 * @param {bigint} scaled
 * @param {number | bigint} divisor positive
 */
export function divideHalfAwayFromZero(scaled, divisor) {
  const count = BigInt(divisor);
  const rounded = (2n * abs(scaled) + count) / (2n * count);
  return scaled < 0n ? -rounded : rounded;
}

/** Beyond this a figure is never kept, nor with more than 15 significant digits. */
const MAX = 900_000_000_000_000n * SCALE;

/**
 * What one figure is of another, in ten-thousandths, rounded likewise; null where that could not be kept.
 * @param {bigint} of in ten-thousandths
 * @param {bigint} by in ten-thousandths, not 0
 * @returns {bigint | null}
 */
export function quotient(of, by) {
  const signed = by < 0n ? -of : of;
  const found = divideHalfAwayFromZero(signed * SCALE, abs(by));
  return abs(found) <= MAX && significantDigits(found) <= 15 ? found : null;
}

/**
 * How many hundredths of the base the part is, rounded likewise.
 * @param {bigint} part in ten-thousandths
 * @param {bigint} base in ten-thousandths, not 0
 * @returns {bigint} in ten-thousandths
 */
export function percentOf(part, base) {
  return divideHalfAwayFromZero(100n * SCALE * part, abs(base));
}

/**
 * How many decimal digits the figure needs, leading and trailing zeros not counted.
 * @param {bigint} scaled
 */
export function significantDigits(scaled) {
  return abs(scaled).toString().replace(/0+$/, '').length;
}

/** @param {bigint} scaled */
function abs(scaled) {
  return scaled < 0n ? -scaled : scaled;
}
