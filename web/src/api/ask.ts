// Asks the API. Nothing else in the site may use the network.

import { print } from "@0no-co/graphql.web";
import type { TadaDocumentNode } from "gql.tada";

/** A query with its variables: what a page shows, and what "as GraphQL" opens. */
export interface Question<Data, Variables> {
  document: TadaDocumentNode<Data, Variables>;
  variables: Variables;
}

/** The query as it is sent and shown. */
export function text<Data, Variables>(document: TadaDocumentNode<Data, Variables>): string {
  return print(document);
}

/**
 * Asks and gives the data.
 *
 * @throws an error whose message is for the reader: the API's own where it refuses.
 */
export async function ask<Data, Variables>(
  { document, variables }: Question<Data, Variables>,
  signal?: AbortSignal,
): Promise<Data> {
  const response = await send(text(document), JSON.stringify(variables), signal);
  const answer = (await response.json().catch(() => ({}))) as { data?: Data; errors?: { message: string }[] };
  if (answer.data) return answer.data;
  throw new Error(answer.errors?.[0]?.message ?? `The server answered with status ${response.status}.`);
}

const ACCEPT = "application/graphql-response+json";

/** The longest address that proxies on the way can be trusted with. */
const LONGEST_ADDRESS = 7_000;

/** A GET where the question fits into an address: such answers are kept by the browser, and asked for again by their tag. */
async function send(query: string, variables: string, signal?: AbortSignal): Promise<Response> {
  const address = `/graphql?${new URLSearchParams({ query: packed(query), variables })}`;
  const headers = { accept: ACCEPT };
  const post = {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ query, variables: JSON.parse(variables) as unknown }),
  };
  const isShort = address.length <= LONGEST_ADDRESS;
  try {
    return await fetch(isShort ? address : "/graphql", { ...(isShort ? { headers } : post), signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Error("The server cannot be reached.", { cause });
  }
}

/** Without the white space that is there for readers. Our queries have no texts in them: those are variables. */
function packed(query: string): string {
  return query.replace(/\s+/g, " ");
}
