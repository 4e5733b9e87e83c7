#!/usr/bin/env node
/**
 * Serves the reference: `node bin/serve.js --port 8001`, then POST /graphql.
 */

import { parseArgs } from 'node:util';
import { PLACE_OPTIONS } from '../src/options.js';
import { loadReference } from '../src/schema.js';
import { referenceServer } from '../src/server.js';

const { values } = parseArgs({ options: { ...PLACE_OPTIONS, port: { type: 'string', default: '8001' } } });
const { schema } = loadReference(values.schema, values.data);
referenceServer(schema).listen(Number(values.port), '127.0.0.1', () => {
  console.log(`the reference answers POST http://127.0.0.1:${values.port}/graphql`);
});
