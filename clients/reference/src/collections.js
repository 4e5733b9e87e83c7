/**
 * What the collections hold: all rows of a kind at the root, those that refer to the parent under an object.
 * Must never filter, order or page.
 */

/**
 * @typedef {import('./package.js').Row} Row
 * @typedef {import('./package.js').Data} Data
 * @typedef {keyof typeof STEMS} Kind
 * @typedef {{kind: Kind, reference: string, parent?: (parent: Row) => Row, order?: string}} Collection what the rows
 *   refer to their parent by; `parent` where they refer to something else than the parent itself; `order` where the usual
 *   one is not that of the kind
 * @typedef {(parent: Row, field: string) => Row[]} Children
 */

/** The stem of the names of each kind's input types: `ResultFilter` is of results. */
export const STEMS = /** @type {const} */ ({
  agencies: 'Agency',
  reports: 'Report',
  goals: 'Goal',
  divisions: 'Division',
  initiatives: 'Initiative',
  results: 'Result',
  metrics: 'Metric',
});

/** @type {Record<string, Record<string, Collection>>} by type and field */
export const COLLECTIONS = {
  Agency: {
    reports: { kind: 'reports', reference: 'agency' },
    divisions: { kind: 'divisions', reference: 'agency' },
    initiatives: { kind: 'initiatives', reference: 'agency' },
    results: { kind: 'results', reference: 'agency' },
  },
  Report: {
    goals: { kind: 'goals', reference: 'report' },
    // A report has no divisions of its own: they are its agency's.
    divisions: { kind: 'divisions', reference: 'agency', parent: (report) => report.agency },
    initiatives: { kind: 'initiatives', reference: 'report' },
    results: { kind: 'results', reference: 'report' },
  },
  Goal: {
    initiatives: { kind: 'initiatives', reference: 'goal' },
    results: { kind: 'results', reference: 'goal' },
  },
  Division: {
    initiatives: { kind: 'initiatives', reference: 'division' },
    results: { kind: 'results', reference: 'division' },
  },
  Initiative: { results: { kind: 'results', reference: 'initiative' } },
  ReportedResult: {
    parts: { kind: 'results', reference: 'partOf' },
    statements: { kind: 'results', reference: 'figure', parent: (result) => result.figure, order: 'statements' },
  },
  Metric: {
    children: { kind: 'metrics', reference: 'parent' },
    results: { kind: 'results', reference: 'metric' }, // Of exactly this metric, not of those below it.
  },
};

/**
 * @param {Data} data
 * @returns {Children}
 */
export function childrenIn(data) {
  /** @type {Map<string, Map<Row, Row[]>>} the rows of a kind by what they refer to, made at the first use */
  const indexes = new Map();
  return (parent, field) => {
    const collection = COLLECTIONS[parent.__typename]?.[field];
    if (!collection) throw new Error(`the reference does not know the collection ${parent.__typename}.${field}`);
    const { kind, reference, parent: holder = (/** @type {Row} */ row) => row } = collection;
    const name = `${kind} ${reference}`;
    if (!indexes.has(name))
      indexes.set(
        name,
        groupBy(data[kind], (row) => row[reference]),
      );
    return indexes.get(name).get(holder(parent)) ?? [];
  };
}

/**
 * @template Item, Key
 * @param {Item[]} items
 * @param {(item: Item) => Key} keyOf
 * @returns {Map<Key, Item[]>} in the order of first appearance
 */
export function groupBy(items, keyOf) {
  /** @type {Map<Key, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
