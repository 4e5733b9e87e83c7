/**
 * Serves the reference over HTTP, for people who want to look at it and for the judge's own tests.
 * Must never be taken for a server of the open internet: it has no limits.
 */

import { createServer } from 'node:http';
import { execute } from './execute.js';

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @param {(body: string) => string} [alter] changes each answer; tests break the server with it
 */
export function referenceServer(schema, alter = (body) => body) {
  return createServer(async (request, response) => {
    if (request.method !== 'POST' || request.url !== '/graphql') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('POST /graphql is all there is.\n');
      return;
    }
    try {
      const { text } = execute(schema, JSON.parse(await bodyOf(request)));
      response.writeHead(200, { 'content-type': 'application/json' }).end(alter(text));
    } catch (error) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(`${error}\n`);
    }
  });
}

/** @param {import('node:http').IncomingMessage} request */
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
