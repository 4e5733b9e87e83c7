// The tabs that the explorer opens with, and the address that shares the one at hand.

import type { TabsState } from "@graphiql/react";

import { fromFragment, toFragment, type Shared } from "../src/lib/share.ts";

/** The tabs of a first visit: what the address shares stands before the examples. */
export function firstTabs(shared: Shared | undefined, examples: Shared[]): Shared[] {
  return shared ? [shared, ...examples] : examples;
}

/** Keeps the address that of the query at hand; another query in it opens that one. */
export function keepShared(tabs: TabsState): void {
  const tab = tabs.tabs[tabs.activeTabIndex];
  if (tab?.query) history.replaceState(null, "", toFragment({ query: tab.query, variables: tab.variables ?? "" }));
}

/** What the address shares. */
export function shared(): Shared | undefined {
  return fromFragment(location.hash);
}
