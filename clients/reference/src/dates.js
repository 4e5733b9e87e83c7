/**
 * Days and moments: as filters take them, and how they compare. A stored moment is in UTC and of whole seconds, and what
 * is given may have any offset and lie between two seconds.
 * Must never take what the calendar does not have.
 */

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const MINUTE = 60_000;

/**
 * @param {unknown} text
 * @returns {string | null} null for what is no ISO 8601 calendar day
 */
export function dayOf(text) {
  const match = typeof text === 'string' ? DAY.exec(text) : null;
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? String(text) : null;
}

/**
 * @param {unknown} text
 * @returns {{second: string, isBetween: boolean} | null} the moment in UTC rounded down to a second, and whether it lies
 *   behind that; null for what is no RFC 3339 moment of the years 0 to 9999
 */
export function momentOf(text) {
  const match = typeof text === 'string' ? MOMENT.exec(text) : null;
  if (!match || dayOf(match[1]) === null) return null;
  const [, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = match;
  if (+hour > 23 || +minute > 59 || +second > 60 || +offsetHour > 23 || +offsetMinute > 59) return null;
  const offset = (sign === '-' ? -1 : 1) * (+offsetHour * 60 + +offsetMinute) * MINUTE;
  // A leap second lies between the second before it and the next minute.
  const isLeap = second === '60';
  const local = Date.parse(`${day}T${hour}:${minute}:${isLeap ? '59' : second}Z`);
  const utc = new Date(local - offset);
  if (utc.getUTCFullYear() < 0 || utc.getUTCFullYear() > 9999) return null;
  if (isLeap && !isLastSecond(utc)) return null;
  return { second: utc.toISOString().replace('.000', ''), isBetween: isLeap || /[1-9]/.test(fraction) };
}

/**
 * Leap seconds come at the end of a month.
 * @param {Date} utc
 */
function isLastSecond(utc) {
  const next = new Date(+utc + 1000);
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
}
