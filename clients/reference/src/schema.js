/**
 * Puts the reference's resolvers on the schema that the Rust server exports. The reference may know more than the schema.
 * Must never repair a mismatch the other way: a field of the schema without a value is an error.
 */

import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { readPackages } from './package.js';
import { resolversOf } from './resolvers.js';

/**
 * @param {string} sdlPath
 * @param {string[]} packageFolders
 */
export function loadReference(sdlPath, packageFolders) {
  const data = readPackages(...packageFolders);
  return { data, schema: referenceSchema(readFileSync(sdlPath, 'utf8'), data) };
}

/**
 * @param {string} sdl
 * @param {import('./package.js').Data} data
 */
export function referenceSchema(sdl, data) {
  const schema = buildSchema(sdl);
  const resolvers = resolversOf(data, schema);
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = resolvers[type.name]?.[field.name] ?? storedValue(type.name, field.name);
      field.resolve = (source, args, notice, info) => {
        const value = resolve(source, args);
        notice(info, value, source);
        return value;
      };
    }
  }
  return schema;
}

/**
 * @param {string} typeName
 * @param {string} fieldName
 * @returns {import('./resolvers.js').Resolver}
 */
function storedValue(typeName, fieldName) {
  return (source) => {
    if (!Object.hasOwn(source, fieldName)) throw new Error(`the reference does not know ${typeName}.${fieldName}`);
    return source[fieldName];
  };
}
