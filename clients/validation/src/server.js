/**
 * The server under judgement and the schema that both are judged by.
 * Must never look into a verdict.
 */

import { readFileSync } from 'node:fs';
import { endpoint } from '../../reference/src/endpoint.js';

/** The project's schema, as text. */
export const SDL = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8');

/** Asks the running server; gives back the body. */
export const ask = endpoint(process.env.ANNALS_URL ?? 'http://127.0.0.1:8000/graphql');
