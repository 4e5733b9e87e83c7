/**
 * Words for people: what a disagreement looks like, and what was never drawn.
 * Must never decide whether something passes.
 */

const SHOWN = 400;
const BEFORE_DIFFERENCE = 120;

/**
 * @param {import('./judge.js').Disagreement} disagreement
 * @param {{label: string, seed: string}} origin
 * @returns {string[]} lines
 */
export function disagreementLines({ reason, request, expected, actual }, { label, seed }) {
  const start = Math.max(0, commonPrefix(expected, actual) - BEFORE_DIFFERENCE);
  return [
    `FAILED ${label}: ${reason}`,
    `  again with: --seed ${seed} --only ${label}`,
    ...(request.operationName ? [`  operation: ${request.operationName}`] : []),
    ...request.query.split('\n').map((line) => `  | ${line}`),
    `  variables: ${shorten(JSON.stringify(request.variables ?? null), 0)}`,
    `  reference: ${shorten(expected, start)}`,
    `  server:    ${shorten(actual, start)}`,
  ];
}

/**
 * @param {ReturnType<import('./coverage.js').Coverage['summary']>} summary
 * @returns {string[]} lines
 */
export function coverageLines({ fields, inputs, undrawnFields, undrawnInputs, unansweredFields }) {
  return [
    `drawn: ${fields - undrawnFields.length} of ${fields} fields, ${inputs - undrawnInputs.length} of ${inputs} arguments and input fields`,
    ...listLine('fields never drawn', undrawnFields),
    ...listLine('arguments and input fields never drawn', undrawnInputs),
    ...listLine('fields drawn, but never answered with a value', unansweredFields),
  ];
}

/**
 * @param {string} title
 * @param {string[]} names
 */
function listLine(title, names) {
  return names.length > 0 ? [`${title}: ${names.join(' ')}`] : [];
}

/**
 * @param {string} text
 * @param {number} start
 */
function shorten(text, start) {
  const end = start + SHOWN;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}

/**
 * @param {string} a
 * @param {string} b
 */
function commonPrefix(a, b) {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
