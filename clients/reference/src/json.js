/**
 * Reads JSON without losing what JSON.parse loses: how a number is written, and a key that stands twice.
 * Must never be used where JSON.parse serves.
 */

const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s[\]{}:,"]+|[[\]{}:,]/g;

/** A number as written. */
export class JsonNumber {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** An object as the list of its members, in order. */
export class JsonObject {
  /** @param {[key: string, value: JsonValue][]} members */
  constructor(members) {
    this.members = members;
  }

  /** @param {string} key */
  get(key) {
    return this.members.find(([name]) => name === key)?.[1];
  }
}

/**
 * @typedef {null | boolean | string | JsonNumber | JsonObject | JsonList} JsonValue
 * @typedef {Array<JsonValue>} JsonList
 */

/**
 * @param {string} text
 * @returns {JsonValue}
 */
export function readJson(text) {
  JSON.parse(text); // Judges the syntax, so that what follows may take it for granted.
  const tokens = /** @type {string[]} */ (text.match(TOKEN));
  let position = 0;
  return value();

  /** @returns {JsonValue} */
  function value() {
    const token = tokens[position++];
    if (token === '{') return new JsonObject(items('}', member));
    if (token === '[') return items(']', value);
    if (/^[-\d]/.test(token)) return new JsonNumber(token);
    return JSON.parse(token);
  }

  /** @returns {[string, JsonValue]} */
  function member() {
    const key = JSON.parse(tokens[position]);
    position += 2; // The key and its colon.
    return [key, value()];
  }

  /**
   * @template T
   * @param {string} close
   * @param {() => T} item
   */
  function items(close, item) {
    const read = [];
    while (tokens[position] !== close) {
      if (tokens[position] === ',') position++;
      read.push(item());
    }
    position++;
    return read;
  }
}
