/**
 * What becomes of a request before anything is read, as one word: the same words for the judge and for the server.
 * Must never say why: messages differ, verdicts must not.
 */

import {
  buildSchema,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  MaxIntrospectionDepthRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

/**
 * @typedef {{ query: string, operationName?: string | null, variables?: Record<string, unknown> | null }} Request
 * @typedef {'valid' | 'syntax' | 'invalid' | 'operation' | 'variables' | 'definition'} Word
 * @typedef {{ word: Word, line?: number, message?: string }} Verdict
 */

/** The rules of the specification: how deep introspection may go is a limit, and the server has its own. */
const RULES = specifiedRules.filter((rule) => rule !== MaxIntrospectionDepthRule);

/** @type {Record<string, Word>} */
const WORDS = {
  GRAPHQL_PARSE_FAILED: 'syntax',
  GRAPHQL_VALIDATION_FAILED: 'invalid',
  OPERATION_RESOLUTION_FAILURE: 'operation',
  BAD_USER_INPUT: 'variables',
  // A limit of the server says nothing about the specification.
  QUERY_TOO_LARGE: 'valid',
  QUERY_TOO_COMPLEX: 'valid',
};

/** How the server refuses the definition of a type. It reads no further, and so tells no faults behind it. */
const DEFINITION = 'A request has operations and fragments';

/** How the server refuses a number that it would have to round. */
const DIGITS = 'has more digits than a 64-bit floating-point number keeps';

/**
 * The judge: graphql-js on the schema as text.
 * @param {string} sdl
 * @returns {(request: Request) => Verdict}
 */
export function judge(sdl) {
  const schema = buildSchema(sdl);
  // Operation Type Existence (5.2.1.1) is a rule of graphql-js only since version 17.
  const hasNoRoot = (/** @type {import('graphql').DefinitionNode} */ definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && !schema.getRootType(definition.operation);
  return ({ query, operationName, variables }) => {
    let document;
    try {
      document = parse(query);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { word: 'syntax', line: error.locations?.[0].line, message: error.message };
    }
    const [fault] = validate(schema, document, RULES);
    if (fault) return { word: 'invalid', message: fault.message };
    if (document.definitions.some(hasNoRoot)) return { word: 'invalid', message: 'no such kind of operation' };
    const operation = getOperationAST(document, operationName);
    if (!operation) return { word: 'operation' };
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {});
    return errors ? { word: 'variables', message: errors[0].message } : { word: 'valid' };
  };
}

/**
 * The server's verdict, from the body of its response.
 * @param {string} body
 * @returns {Verdict}
 */
export function verdictOf(body) {
  const { data, errors } = JSON.parse(body);
  if (data !== undefined) return { word: 'valid' };
  const [{ message, extensions, locations, path }] = errors;
  // What is found in planning has the path of its field: the type system has nothing against it.
  if (extensions.code === 'BAD_USER_INPUT' && path) return { word: 'valid', message };
  // Neither has it anything against digits that a number loses; annals does not compare by another number than was sent.
  if (message.includes(DIGITS)) return { word: 'valid', message };
  if (message.startsWith(DEFINITION)) return { word: 'definition', message };
  const word = WORDS[extensions.code];
  if (!word) throw new Error(`the server answered ${body}`);
  return { word, message, line: locations?.[0].line };
}

/**
 * How two verdicts differ; nothing where they agree.
 * @param {Verdict} expected
 * @param {Verdict} found
 * @returns {string | undefined}
 */
export function difference(expected, found) {
  if (found.word === 'definition' && ['syntax', 'invalid'].includes(expected.word)) return undefined;
  const lines = expected.word === 'syntax' && expected.line !== found.line;
  if (expected.word === found.word && !lines) return undefined;
  const told = ({ word, line, message }) => `${word}${line ? ` in line ${line}` : ''}${message ? ` (${message})` : ''}`;
  return `graphql-js says ${told(expected)}\nannals says ${told(found)}`;
}
