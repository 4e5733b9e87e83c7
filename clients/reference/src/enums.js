/**
 * The places of enum values: as design.md lists them, and not as the exported schema does, which sorts them by name.
 * Must never hold a value that the schema has not.
 */

const PLACES = {
  precision: ['EXACT', 'APPROXIMATE', 'LOWER_BOUND', 'UPPER_BOUND'],
  scope: ['PERIOD', 'CUMULATIVE', 'POINT_IN_TIME'],
  additivity: ['ADDITIVE', 'SEMI_ADDITIVE', 'NON_ADDITIVE'],
  kind: ['COUNT', 'MONEY', 'MASS', 'LENGTH', 'AREA', 'VOLUME', 'DURATION', 'RATIO', 'OTHER'],
};

/**
 * @param {string} field of a row
 * @returns {field is keyof typeof PLACES}
 */
export function isCoded(field) {
  return Object.hasOwn(PLACES, field);
}

/**
 * @param {keyof typeof PLACES} field
 * @param {string} value
 * @returns {number}
 */
export function placeOf(field, value) {
  const place = PLACES[field].indexOf(value);
  if (place < 0) throw new Error(`the reference does not know ${value} as a value of ${field}`);
  return place;
}
