/**
 * What is selected so far where selections merge: response keys with the field and the arguments behind them.
 * Fields drawn through one scope can be merged, as GraphQL demands of equal response keys. Across types (two type
 * conditions on an interface) a scope does not look; such a conflict is left to validation.
 * Must never draw anything.
 */

import { print } from 'graphql';

/**
 * @typedef {object} Entry a field under its response key
 * @property {string} key
 * @property {import('graphql').GraphQLField<any, any>} field
 * @property {import('graphql').ArgumentNode[]} args
 * @property {number} rows how many objects it has at most for each of its parent
 * @property {string[]} types which object types to expect, where the field's own is abstract
 * @property {Scope} scope of its selections
 */

export class Scope {
  constructor() {
    /** @type {Map<string, Map<string, Entry>>} by the type that the fields are selected on, then by response key */
    this.byType = new Map();
  }

  /** @param {string} typeName @returns {Entry[]} */
  entries(typeName) {
    return [...(this.byType.get(typeName)?.values() ?? [])];
  }

  /** @param {string} typeName @param {string} key */
  get(typeName, key) {
    return this.byType.get(typeName)?.get(key);
  }

  /** @param {string} typeName @param {Entry} entry */
  add(typeName, entry) {
    if (!this.byType.has(typeName)) this.byType.set(typeName, new Map());
    this.byType.get(typeName).set(entry.key, entry);
  }

  /** @param {Scope} other @returns {boolean} whether all that is selected there may be selected here too */
  canAbsorb(other) {
    return other.flat().every(([typeName, entry]) => {
      const mine = this.get(typeName, entry.key);
      return !mine || (isSameField(mine, entry) && mine.scope.canAbsorb(entry.scope));
    });
  }

  /** Copies what the other has, so that neither grows with the other later on. @param {Scope} other */
  absorb(other) {
    for (const [typeName, entry] of other.flat()) {
      if (!this.get(typeName, entry.key)) this.add(typeName, { ...entry, scope: new Scope() });
      this.get(typeName, entry.key).scope.absorb(entry.scope);
    }
  }

  /** @returns {[typeName: string, entry: Entry][]} */
  flat() {
    return [...this.byType].flatMap(([typeName, entries]) =>
      [...entries.values()].map((entry) => /** @type {[string, Entry]} */ ([typeName, entry])),
    );
  }
}

/** @param {Entry} a @param {Entry} b */
function isSameField(a, b) {
  const text = (/** @type {Entry} */ { args }) => args.map(print).sort().join();
  return a.field === b.field && text(a) === text(b);
}
