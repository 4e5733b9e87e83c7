/**
 * The client preset of GraphQL Code Generator, with the schema of a running server.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { generate } from '@graphql-codegen/cli';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';

const schema = process.env.ANNALS_URL ?? 'http://127.0.0.1:8000/graphql';

const document = /* GraphQL */ `
  query Divisions($first: Int) {
    divisions(first: $first) {
      totalCount
      nodes {
        code
        results {
          nodes {
            value
          }
        }
      }
    }
  }
`;

/** The text of the files that are made, by name; none is written. */
async function generated(generates) {
  const files = await generate({ schema, documents: [document], generates, silent: true, errorsOnly: true }, false);
  return new Map(files.map(({ filename, content }) => [filename, content]));
}

test('operations are typed from the schema of the server', async () => {
  const files = await generated({ 'made/': { preset: 'client' } });
  const types = files.get('made/graphql.ts');
  assert.match(types, /export type DivisionsQuery =/);
  assert.match(types, /export const DivisionsDocument =/);
  assert.match(types, /export type DivisionsQueryVariables = /);
});

test('the schema that is read over HTTP is that of schema.graphql', async () => {
  const files = await generated({ 'schema.graphql': { plugins: ['schema-ast'] } });
  // The generator does not ask for these two directives.
  const unasked = / @(oneOf|specifiedBy\(.*\))/g;
  const printed = (text) => printSchema(lexicographicSortSchema(buildSchema(text))).replaceAll(unasked, '');
  const file = await readFile(new URL('../../../schema.graphql', import.meta.url), 'utf8');
  assert.equal(printed(files.get('schema.graphql')), printed(file));
});
