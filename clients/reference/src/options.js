/**
 * The command-line options that both programs have: where the schema and the data packages are.
 * Must never depend on the folder that a program is started in, unless the user names a relative path.
 */

import { fileURLToPath } from 'node:url';

const inProject = (/** @type {string} */ path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export const PLACE_OPTIONS = /** @satisfies {import('node:util').ParseArgsConfig['options']} */ ({
  schema: { type: 'string', default: inProject('schema.graphql') },
  data: { type: 'string', multiple: true, default: [inProject('data/ice-fy2007')] },
});
