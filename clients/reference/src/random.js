/**
 * A small seeded generator of pseudo-random choices (mulberry32): the same seed makes the same choices everywhere.
 * Must never look at the clock or at Math.random.
 */

export class Random {
  /** @param {string} seed any text */
  constructor(seed) {
    this.state = hash(seed);
  }

  /** @returns {number} at least 0 and below 1 */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** @param {number} limit @returns {number} an integer from 0 to below the limit */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  /** @param {number} probability */
  chance(probability) {
    return this.next() < probability;
  }

  /**
   * @template T
   * @param {readonly T[]} items at least one
   * @returns {T}
   */
  pick(items) {
    return items[this.below(items.length)];
  }

  /**
   * @template T
   * @param {[weight: number, item: T][]} choices at least one with a weight
   * @returns {T}
   */
  pickWeighted(choices) {
    let rest = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of choices) {
      rest -= weight;
      if (rest < 0) return item;
    }
    return choices[choices.length - 1][1]; // Only where the subtractions above have rounded.
  }

  /**
   * @template T
   * @param {readonly T[]} items
   * @returns {T[]} a shuffled copy
   */
  shuffle(items) {
    const shuffled = [...items];
    for (let index = shuffled.length - 1; index > 0; index--) {
      const other = this.below(index + 1);
      [shuffled[index], shuffled[other]] = [shuffled[other], shuffled[index]];
    }
    return shuffled;
  }
}

/** FNV-1a. @param {string} text */
function hash(text) {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value;
}
