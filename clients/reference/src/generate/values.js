/**
 * Values of input types: drawn at random, and written as literals.
 * Knows input types in general (scalars, enums, lists, input objects, @oneOf), so that a new argument needs nothing here.
 * Must never know a particular field; where an argument wants known codes, that is `vocabulary.js`.
 */

import {
  getNullableType,
  GraphQLNonNull,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  Kind,
} from 'graphql';

/** Objects within objects, as deep as a filter is drawn. */
const DEEPEST = 3;
const INTEGERS = [0, 1, 2, 3, 27, 2006, 2007, -1];
const FLOATS = [0, 1, 2.5, 1000, 22304, -0.0001];

/**
 * @typedef {import('../random.js').Random} Random
 * @typedef {import('graphql').GraphQLInputType} InputType
 * @typedef {import('./vocabulary.js').Vocabulary} Vocabulary
 */

/**
 * The type of the one key of a @oneOf object: null may not stand there, nor a variable that may be null, not even one
 * with a default.
 * @extends {GraphQLNonNull<any>}
 */
export class OnlyKeyType extends GraphQLNonNull {}

/**
 * @param {Random} random
 * @param {Vocabulary} vocabulary
 * @param {InputType} type
 * @param {number} [depth]
 * @returns {unknown} JSON
 */
export function drawValue(random, vocabulary, type, depth = 0) {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const length = depth < DEEPEST ? random.below(3) : 0;
    return Array.from({ length }, () => drawValue(random, vocabulary, nullable.ofType, depth + 1));
  }
  if (isEnumType(nullable)) return random.pick(nullable.getValues()).name;
  if (isInputObjectType(nullable)) return drawObject(random, vocabulary, nullable, depth);
  switch (nullable.name) {
    case 'Int':
      return random.pick(INTEGERS);
    case 'Float':
      return random.pick(FLOATS);
    case 'Boolean':
      return random.chance(0.5);
    case 'ID':
      return random.pick(vocabulary.ids);
    default:
      return random.pick(vocabulary.texts);
  }
}

/**
 * @param {Random} random
 * @param {Vocabulary} vocabulary
 * @param {import('graphql').GraphQLInputObjectType} type
 * @param {number} depth
 */
function drawObject(random, vocabulary, type, depth) {
  const fields = Object.values(type.getFields());
  const chosen = type.isOneOf
    ? [random.pick(fields)]
    : fields.filter((field) => isRequiredInputField(field) || (depth < DEEPEST && random.chance(2 / fields.length)));
  return Object.fromEntries(chosen.map((field) => [field.name, drawValue(random, vocabulary, field.type, depth + 1)]));
}

/**
 * @param {InputType} type
 * @param {unknown} value JSON
 * @param {Random} random
 * @param {(type: InputType, value: unknown) => import('graphql').ValueNode} [writeInner] writes what stands inside a
 *   list or an object, where variables may stand there; without it literals again, and no key whose value is undefined
 * @returns {import('graphql').ValueNode}
 */
export function writeLiteral(type, value, random, writeInner) {
  const write = writeInner ?? ((inner, item) => writeLiteral(inner, item, random));
  const nullable = getNullableType(type);
  if (value === null) return { kind: Kind.NULL };
  if (isListType(nullable)) {
    const values = /** @type {unknown[]} */ (value).map((item) => write(nullable.ofType, item));
    // One item may stand for a list of one.
    return values.length === 1 && random.chance(0.4) ? values[0] : { kind: Kind.LIST, values };
  }
  if (isInputObjectType(nullable)) {
    const typeOf = (/** @type {string} */ name) => {
      const { type: keyType } = nullable.getFields()[name];
      return nullable.isOneOf ? new OnlyKeyType(/** @type {any} */ (keyType)) : keyType;
    };
    const fields = Object.entries(/** @type {object} */ (value))
      .filter(([, item]) => writeInner || item !== undefined)
      .map(([name, item]) => ({
        kind: /** @type {const} */ (Kind.OBJECT_FIELD),
        name: nameNode(name),
        value: write(typeOf(name), item),
      }));
    return { kind: Kind.OBJECT, fields };
  }
  if (isEnumType(nullable)) return { kind: Kind.ENUM, value: String(value) };
  if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value };
  if (typeof value === 'number') return numberNode(String(value));
  const text = String(value);
  // A block string changes white space at its ends; words survive it.
  return { kind: Kind.STRING, value: text, block: /^[\w-]+$/.test(text) && random.chance(0.1) };
}

/** @param {string} value as JavaScript writes it @returns {import('graphql').ValueNode} */
function numberNode(value) {
  return { kind: /^-?\d+$/.test(value) ? Kind.INT : Kind.FLOAT, value };
}

/** @param {string} value @returns {import('graphql').NameNode} */
export function nameNode(value) {
  return { kind: Kind.NAME, value };
}

/**
 * @param {string} name
 * @param {import('graphql').ValueNode} value
 * @returns {import('graphql').ArgumentNode}
 */
export function argument(name, value) {
  return { kind: Kind.ARGUMENT, name: nameNode(name), value };
}
