/** Section 5.5: fragments and where they may be spread. */

const agency = (/** @type {string} */ inner) => `{ agency(code: "ICE") { ${inner} } }`;
const node = (/** @type {string} */ inner) => `{ node(id: "x") { ${inner} } }`;
const found = (/** @type {string} */ inner) => `{ search(text: "drug", first: 1) { nodes { ${inner} } } }`;

/** So many fragments, each of which spreads the next. */
const chain = (/** @type {number} */ length, /** @type {string} */ end) =>
  `{ ...F1 } ${Array.from({ length }, (_, place) => `fragment F${place + 1} on Query { ${place + 1 < length ? `...F${place + 2}` : end} }`).join(' ')}`;

export default {
  valid: [
    agency('...F') + ' fragment F on Agency { name }',
    agency('...F') + ' fragment F on Node { id }',
    agency('... on Node { id ... on Agency { name } }'),
    agency('... on Node { ... on Division { code } }'),
    agency('... { name }'),
    agency('... on Agency { ... on Agency { ... { name } } }'),
    node('...F') + ' fragment F on Agency { name }',
    node('... on Agency { name } ... on Metric { code }'),
    node('... on Node { id }'),
    node('...F') + ' fragment F on Node { id ...G } fragment G on Division { code }',
    found('... on Node { id }'),
    found('...F') + ' fragment F on SearchNode { ... on Metric { code } }',
    found('... on SearchNode { __typename }'),
    node('... on SearchNode { ... on Division { code } }'),
    agency('...A ...B') + ' fragment A on Agency { ...B } fragment B on Agency { name }',
    agency('divisions(first: 1) { nodes { ...D } }') + ' fragment D on Division { agency { ...A } } fragment A on Agency { name }',
    agency('...F @include(if: true)') + ' fragment F on Agency { name }',
    '{ ...agencies } fragment agencies on Query { agencies(first: 1) { ...connection } } fragment connection on AgencyConnection { totalCount }',
    chain(60, '__typename'),
  ],
  invalid: [
    chain(60, '...F1'),
    chain(60, '...F45'),
    chain(60, 'nothing'),
    agency('...F'),
    agency('...F') + ' fragment G on Agency { name }',
    agency('name') + ' fragment F on Agency { name }',
    agency('name') + ' fragment F on Agency { ...G } fragment G on Agency { ...F }',
    agency('name') + ' fragment F on Agency { ...F }',
    agency('...F') + ' fragment F on Agency { name } fragment F on Agency { name }',
    agency('...F') + ' fragment F on Agency { name } fragment F on Division { name }',
    agency('...F') + ' fragment F on Nothing { name }',
    agency('... on Nothing { name }'),
    agency('...F') + ' fragment F on String { length }',
    agency('... on Direction { name }'),
    agency('... on AgencyFilter { code }'),
    agency('...F') + ' fragment F on AgencyFilter { code }',
    agency('...F') + ' fragment F on Division { code }',
    agency('... on Division { code }'),
    agency('... on Query { agencies { totalCount } }'),
    agency('... on SearchNode { __typename }'),
    agency('...F') + ' fragment F on Agency { ...G } fragment G on Division { code }',
    node('... on UnitOfMeasure { code }'),
    node('... on AgencyConnection { totalCount }'),
    found('... on Agency { name }'),
    found('... on Report { title }'),
    agency('...F') + ' fragment F on Agency { ...F }',
    agency('...F') + ' fragment F on Agency { name ...G } fragment G on Agency { code ...F }',
    agency('...F') + ' fragment F on Agency { name ...G } fragment G on Agency { ...H } fragment H on Agency { ...I } fragment I on Agency { ...F }',
    agency('...F') + ' fragment F on Agency { divisions { nodes { agency { ...F } } } }',
    agency('...F') + ' fragment F on Agency { divisions { nodes { ...G } } } fragment G on Division { agency { ...F } }',
    agency('...F') + ' fragment F on Agency { name ...G } fragment G on Agency { ...G }',
    agency('... on Agency { ...F }') + ' fragment F on Agency { ... on Agency { ...F } }',
    agency('...F') + ' fragment F on agency { name }',
    agency('...f') + ' fragment F on Agency { name }',
    'fragment F on Agency { name }',
    'fragment F on Query { __typename } fragment G on Query { ...F }',
    { query: 'query A { ...F } query B { __typename } fragment F on Query { nothing }', operationName: 'B' },
  ],
};
