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
  const request = { query: text(document), variables };
  const response = await send(JSON.stringify(request), signal);
  const answer = (await response.json().catch(() => ({}))) as { data?: Data; errors?: { message: string }[] };
  if (answer.data) return answer.data;
  throw new Error(answer.errors?.[0]?.message ?? `The server answered with status ${response.status}.`);
}

async function send(body: string, signal?: AbortSignal): Promise<Response> {
  const headers = { accept: "application/graphql-response+json", "content-type": "application/json" };
  try {
    return await fetch("/graphql", { method: "POST", headers, body, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Error("The server cannot be reached.", { cause });
  }
}
