// The way to what does not fit on a page. The place stands in the address, so that "back" leads to the page before.

import { useLocation } from "preact-iso";

import { address } from "../lib/address.ts";
import { count } from "../lib/words.ts";

interface Props {
  /** What is paged: `initiative`. */
  thing: string;
  shown: number;
  total: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Nothing where everything is shown. */
export function More({ thing, shown, total, pageInfo }: Props) {
  const { path, query } = useLocation();
  if (shown >= total) return null;
  return (
    <nav class="more" aria-label={`More ${thing}s`}>
      <span class="quiet">
        {shown} of {count(total, thing)}
      </span>
      {query["after"] && <a href={address(path, { ...query, after: undefined })}>From the first</a>}
      {pageInfo.hasNextPage && pageInfo.endCursor && (
        <a href={address(path, { ...query, after: pageInfo.endCursor })}>Next</a>
      )}
    </nav>
  );
}
