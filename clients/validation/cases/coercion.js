/** Section 6.1.2: the values of variables. */

const INT = 'query ($v: Int) { agencies(first: $v) { totalCount } }';
const YEAR = 'query ($v: Int!) { report(agency: "ICE", fiscalYear: $v) { title } }';
const FLOAT = 'query ($v: Float) { results(first: 1, where: { value: { gt: $v } }) { totalCount } }';
const TEXT = 'query ($v: String!) { agency(code: $v) { name } }';
const ID = 'query ($v: ID!) { node(id: $v) { id } }';
const TRUTH = 'query ($v: Boolean!) { __typename @skip(if: $v) a: __typename }';
const ENUM = 'query ($v: Direction!) { agencies(first: 1, orderBy: [{ code: $v }]) { totalCount } }';
const DATE = 'query ($v: Date) { reports(first: 1, where: { periodStart: { gt: $v } }) { totalCount } }';
const LIST = 'query ($v: [ID!]!) { nodes(ids: $v) { id } }';
const FILTER = 'query ($v: AgencyFilter) { agencies(first: 1, where: $v) { totalCount } }';
const FILTERS = 'query ($v: [AgencyFilter!]) { agencies(first: 1, where: { and: $v }) { totalCount } }';
const ORDER = 'query ($v: [AgencyOrder!]) { agencies(first: 1, orderBy: $v) { totalCount } }';
const GROUPS = 'query ($v: [ResultGroupOrder!]) { results(first: 1) { groups(by: SCOPE, orderBy: $v) { totalCount } } }';
const BY = 'query ($v: [ResultDimension!]!) { results(first: 1) { groups(by: $v) { totalCount } } }';

const sent = (/** @type {string} */ query, /** @type {unknown[]} */ ...values) =>
  values.map((v) => ({ query, variables: { v } }));

export default {
  valid: [
    ...sent(INT, 0, 1, 1e2, -0, null),
    ...sent(YEAR, 2007, -1, 2147483647, -2147483648),
    ...sent(FLOAT, 1, 1.5, -2.25, 1e10, 123456789.25, null, 2 ** 53 - 1, 2 ** 53, -(2 ** 60), 1e20, 1e21, 1e300),
    ...sent(TEXT, '', 'ICE', '💥', 'null'),
    ...sent(ID, 'a', '', 1, -5, 0),
    ...sent(TRUTH, true, false),
    ...sent(ENUM, 'ASC', 'DESC'),
    ...sent(DATE, '2007-01-01', null),
    ...sent(LIST, [], ['a'], 'a', 5, [1, 'b']),
    ...sent(FILTER, null, {}, { code: { eq: 'a' } }, { code: { in: 'a' } }, { reportCount: { eq: -0 } }, { and: {} }, { and: [{}, {}] }, { or: [{ code: { in: ['a'] } }], not: {} }),
    ...sent(FILTERS, [], {}, [{}]),
    ...sent(ORDER, null, [], { code: 'ASC' }, [{ code: 'ASC' }, { name: 'DESC' }]),
    ...sent(GROUPS, { total: { unit: 'USD', direction: 'ASC' } }, { total: { unit: 'USD', direction: 'ASC', scope: 'PERIOD' } }),
    ...sent(BY, 'SCOPE', ['SCOPE'], ['SCOPE', 'METRIC']),
    { query: INT },
    { query: INT, variables: {} },
    { query: INT, variables: null },
    { query: INT, variables: { v: 1, more: 'ignored' } },
    { query: '{ __typename }', variables: { more: [{}] } },
    { query: 'query ($v: String! = "ICE") { agency(code: $v) { name } }', variables: {} },
    { query: 'query ($v: String! = "ICE") { agency(code: $v) { name } }', variables: { v: 'x' } },
    { query: 'query ($v: Int = 1) { agencies(first: $v) { totalCount } }', variables: { v: null } },
    { query: 'query A($v: Int!) { agencies(first: $v) { totalCount } } query B { __typename }', operationName: 'B' },
  ],
  variables: [
    ...sent(INT, 1.5, '1', '', true, [1], [], {}, 2147483648, -2147483649, 1e20, 'one'),
    ...sent(YEAR, null, '2007', 2007.5, false, [2007]),
    ...sent(FLOAT, '1', '', true, [1], {}, 'NaN'),
    ...sent(TEXT, null, 1, true, ['ICE'], {}, 1.5),
    ...sent(ID, null, 1.5, true, ['a'], {}),
    ...sent(TRUTH, null, 0, 1, 'true', '', [true], {}),
    ...sent(ENUM, null, 'asc', 'UP', '', 1, true, ['ASC'], {}),
    ...sent(LIST, null, [null], ['a', null], [['a']], [1.5], {}, [true]),
    ...sent(FILTER, 'a', 1, [], [{}], { nothing: 1 }, { code: 'a' }, { code: { eq: 1 } }, { code: { nothing: 'a' } }, { code: { in: [null] } }, { code: { in: [1] } }, { and: [null] }, { and: [{ nothing: 1 }] }, { not: { not: { code: { isNull: 'x' } } } }, { __proto: {} }),
    ...sent(FILTERS, [null], 'a', [[{}]]),
    ...sent(ORDER, {}, [{}], [null], { code: null }, { code: 'ASC', name: 'ASC' }, { code: 'ASC', name: null }, { code: 'UP' }, { nothing: 'ASC' }, 'code', [[{ code: 'ASC' }]]),
    ...sent(GROUPS, { total: {} }, { total: { unit: 'USD' } }, { total: { direction: 'ASC' } }, { total: { unit: null, direction: 'ASC' } }, { total: { unit: 'USD', direction: 'ASC', scope: 'NOTHING' } }),
    ...sent(BY, null, [null], 'scope', ['SCOPE', 'x'], [['SCOPE']]),
    { query: TEXT },
    { query: TEXT, variables: {} },
    { query: TEXT, variables: { V: 'ICE' } },
    { query: 'query ($v: String! = "ICE") { agency(code: $v) { name } }', variables: { v: null } },
    { query: 'query A($v: Int!) { agencies(first: $v) { totalCount } } query B { __typename }', operationName: 'A' },
    { query: 'query ($v: Boolean!, $w: Int!) { __typename @skip(if: $v) agencies(first: $w) { totalCount } }', variables: { v: true } },
  ],
};
