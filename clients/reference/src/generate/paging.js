/**
 * Draws page arguments: forwards, backwards, none, empty, absent, null, with and without cursors.
 * Counts the rows that a page may have in the worst case against the draft. Must never draw a page that is an error.
 */

import { getNamedType, getNullableType, isInterfaceType, isListType, isObjectType } from 'graphql';
import { PAGE_SIZES } from '../connection.js';
import { isCollection, isPageArgument, makeProbe } from './probes.js';
import { argument } from './values.js';
import { variableNode } from './variables.js';

const SIZES = [0, 1, 1, 2, 2, 3, 4, 7, 30];
/** Once an operation has as many, its other pages do without cursors. */
const MOST_PROBES = 2;
/** Below this many rows left for each parent, no collection is drawn. */
const FEWEST_ROWS = 4;
/** How long a list of rows is taken to be that has no page, as the server takes it. */
const LIST_LENGTH = 10;

/** @type {[weight: number, names: string[]][]} */
const SHAPES = [
  [3, []],
  [3, ['first']],
  [3, ['last']],
  [3, ['first', 'after']],
  [3, ['last', 'before']],
  [1, ['first', 'before']],
  [1, ['last', 'after']],
  [1, ['first', 'after', 'before']],
  [1, ['last', 'after', 'before']],
  [1, ['after']],
  [1, ['before']],
];

/**
 * @param {import('./draft.js').Draft} draft
 * @param {import('./selections.js').Place} place the collection's parent
 * @param {import('graphql').GraphQLField<any, any>} field
 * @param {import('graphql').ArgumentNode[]} otherArgs of the same field
 * @returns {{args: import('graphql').ArgumentNode[], rows: number}}
 */
export function drawPage(draft, place, field, otherArgs) {
  const { random } = draft;
  if (isRanked(field)) return drawWhole(draft, place, field);
  const allowed = Math.floor(draft.left.rows / place.rows);
  const defaultSize = place.type === draft.schema.getQueryType() ? PAGE_SIZES.root : PAGE_SIZES.nested;
  const shapes = SHAPES.filter(([, names]) => defaultSize <= allowed || names.some(isSize));
  const names = random.pickWeighted(shapes);
  const sized = names.some(isSize);
  const size = sized ? random.pick(SIZES.filter((candidate) => candidate <= allowed)) : defaultSize;
  draft.left.rows -= size * place.rows;

  const typeOf = (/** @type {string} */ name) => field.args.find((arg) => arg.name === name).type;
  const step = { name: field.name, args: otherArgs, isCollection: true };
  const args = names
    .filter((name) => isSize(name) || draft.probes.length < MOST_PROBES)
    .map((name) =>
      argument(name, isSize(name) ? draft.expression(typeOf(name), size) : cursorVariable(draft, [...place.way, step])),
    );
  return { args: [...args, ...drawAbsent(draft, field, names, 0.06)], rows: size };
}

/**
 * Page arguments that are as if they were not there.
 * @param {import('./draft.js').Draft} draft
 * @param {import('graphql').GraphQLField<any, any>} field
 * @param {string[]} present
 * @param {number} probability of each of the others
 */
function drawAbsent(draft, field, present, probability) {
  return field.args
    .filter(({ name }) => isPageArgument(name) && !present.includes(name) && draft.random.chance(probability))
    .map(({ name, type }) => argument(name, absentValue(draft, type)));
}

/**
 * All rows at once: in which order they are ranked cannot be known, so that a part of them cannot be compared.
 * @param {import('./draft.js').Draft} draft
 * @param {import('./selections.js').Place} place
 * @param {import('graphql').GraphQLField<any, any>} field
 */
function drawWhole(draft, place, field) {
  draft.left.rows -= PAGE_SIZES.largest * place.rows;
  const name = draft.random.pick(['first', 'last']);
  const { type } = field.args.find((arg) => arg.name === name);
  const whole = argument(name, draft.expression(type, PAGE_SIZES.largest));
  return { args: [whole, ...drawAbsent(draft, field, [name], 0.15)], rows: PAGE_SIZES.largest };
}

/** Whether rows stand in an order of the server's own. @param {import('graphql').GraphQLField<any, any>} field */
function isRanked(field) {
  return getNamedType(field.type).name === 'SearchConnection';
}

/**
 * Whether there may be so many rows more.
 * @param {import('./draft.js').Draft} draft
 * @param {import('./selections.js').Place} place
 * @param {import('graphql').GraphQLField<any, any>} field
 */
export function hasRoomFor(draft, place, field) {
  const fewest = isRanked(field) ? PAGE_SIZES.largest : isCollection(field) ? FEWEST_ROWS : rowsOf(place, field);
  return fewest === 1 || draft.left.rows >= fewest * place.rows;
}

/**
 * How many rows a field without a page has at most under each parent. A connection's lists are as long as its page,
 * which is counted already; lists of other things than rows have nothing below them that could grow.
 * @param {import('./selections.js').Place} place
 * @param {import('graphql').GraphQLField<any, any>} field
 */
export function rowsOf(place, field) {
  const type = getNamedType(field.type);
  const isRow = isInterfaceType(type) || (isObjectType(type) && type.getInterfaces().length > 0);
  const isList = isListType(getNullableType(field.type)) && !place.type.name.endsWith('Connection');
  return isRow && isList ? LIST_LENGTH : 1;
}

/** @param {string} name */
function isSize(name) {
  return name === 'first' || name === 'last';
}

/**
 * Null, or a variable that is not given: both are as if the argument were not there.
 * @param {import('./draft.js').Draft} draft
 * @param {import('graphql').GraphQLInputType} type
 */
function absentValue(draft, type) {
  return draft.random.chance(0.5) ? draft.expression(type, null) : draft.variables.comingTo(type, undefined);
}

/**
 * @param {import('./draft.js').Draft} draft
 * @param {import('./probes.js').Step[]} way
 */
function cursorVariable(draft, way) {
  const variable = draft.variables.forCursor();
  draft.probes.push(makeProbe(variable, way, draft.variables.declared, draft.random));
  return variableNode(variable);
}
