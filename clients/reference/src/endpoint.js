/**
 * The server under judgement, over HTTP.
 * Must never look into an answer: the body goes on as the text it is.
 */

const TIMEOUT_MS = 30_000;
const PAUSE_MS = 200;

/** @typedef {(request: import('./execute.js').Request) => Promise<string>} Ask */

/**
 * @param {string} url
 * @returns {Ask}
 */
export function endpoint(url) {
  return async (request) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
      },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.text();
  };
}

/**
 * Waits for a server that is only just being started.
 * @param {Ask} ask
 * @param {number} seconds
 */
export async function waitFor(ask, seconds) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await ask({ query: '{ __typename }' });
      return;
    } catch (error) {
      if (Date.now() >= end) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
