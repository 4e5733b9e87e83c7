/**
 * Changes a document at random: a token goes, comes twice, changes places, or becomes another one.
 * Must never ask whether the outcome is valid.
 */

import { Lexer, Source } from 'graphql';

/** Tokens that are put in: of each kind, and some that are none. */
const OTHERS = [
  '!', '$', '&', '(', ')', '...', ':', '=', '@', '[', ']', '{', '}', '|', '"', '"""', '""', '"a"', '""" b """', '#', '\\',
  '0', '-0', '01', '1.', '1.5', '1e2', '-', '.', '..', '2147483648', '1a', 'é', '\u0000', '\uFEFF', "'",
  String.raw`"\u{41}"`, String.raw`"\uD83D"`, String.raw`"\q"`,
  'null', 'true', 'on', 'query', 'mutation', 'fragment', 'ASC', 'a', '$a', '@skip(if: true)', '@include', '__typename',
  '...F', 'fragment F on Query { __typename }', 'query Z { __typename }', '"A description."', 'first: 1', 'where: {}',
];

/**
 * @param {string} document a text that can be parsed
 * @param {string[]} names names that may take another's place
 * @param {import('../../reference/src/random.js').Random} random
 * @returns {string}
 */
export function mutate(document, names, random) {
  const tokens = spans(document);
  const place = random.below(tokens.length);
  const { start, end, kind } = tokens[place];
  const [before, token, after] = [document.slice(0, start), document.slice(start, end), document.slice(end)];
  switch (random.below(6)) {
    case 0:
      return before + after;
    case 1:
      return `${before}${token} ${token}${after}`;
    case 2: {
      const other = tokens[random.below(tokens.length)];
      const [left, right] = other.start < start ? [other, tokens[place]] : [tokens[place], other];
      if (left === right) return before;
      const text = (/** @type {{ start: number, end: number }} */ span) => document.slice(span.start, span.end);
      return document.slice(0, left.start) + text(right) + document.slice(left.end, right.start) + text(left) + document.slice(right.end);
    }
    case 3:
      return `${before}${token} ${random.pick(OTHERS)} ${after}`;
    case 4:
      return `${before}${random.pick(OTHERS)}${after}`;
    default:
      return kind === 'Name' ? before + random.pick(names) + after : before + random.pick(OTHERS) + after;
  }
}

/**
 * The names in documents, each once.
 * @param {string[]} documents
 * @returns {string[]}
 */
export function namesIn(documents) {
  const names = documents.flatMap((document) =>
    spans(document).filter(({ kind }) => kind === 'Name').map(({ start, end }) => document.slice(start, end)),
  );
  return [...new Set(names)].sort();
}

/** @param {string} document */
function spans(document) {
  const lexer = new Lexer(new Source(document));
  const found = [];
  for (let token = lexer.advance(); token.kind !== '<EOF>'; token = lexer.advance()) {
    found.push({ start: token.start, end: token.end, kind: token.kind });
  }
  return found;
}
