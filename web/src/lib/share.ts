// A query in the fragment of an address: it is shared by its link and never sent to a server.

/** A query with its variables as JSON; empty where there are none. */
export interface Shared {
  query: string;
  variables: string;
}

/** The fragment, with its `#`. */
export function toFragment({ query, variables }: Shared): string {
  const parameters = new URLSearchParams({ query });
  if (variables.trim()) parameters.set("variables", variables);
  return `#${parameters}`;
}

/** What a fragment shares; undefined where it shares no query. */
export function fromFragment(fragment: string): Shared | undefined {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ""));
  const query = parameters.get("query");
  return query ? { query, variables: parameters.get("variables") ?? "" } : undefined;
}

/** The address of the explorer with a query in it. */
export function explorerAddress(query: string, variables: Record<string, unknown>): string {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
  const text = Object.keys(set).length > 0 ? JSON.stringify(set, null, 2) : "";
  return `/playground${toFragment({ query, variables: text })}`;
}
