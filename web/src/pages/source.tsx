// The document that a report's figures come from.

import { date } from "../lib/words.ts";
import type { Report } from "./report-query.ts";

type Shown = Pick<Report, "source" | "summaryBy" | "revision" | "publishedAt">;

export function Source({ source, summaryBy, revision, publishedAt }: Shown) {
  const isWeb = source.url !== null && /^https?:\/\//.test(source.url);
  return (
    <section aria-labelledby="source">
      <h2 id="source">Source</h2>
      <dl class="grounds">
        <dt>Document</dt>
        <dd>{source.url && isWeb ? <a href={source.url}>{source.title}</a> : source.title}</dd>
        {source.publisher && (
          <>
            <dt>Publisher</dt>
            <dd>{source.publisher}</dd>
          </>
        )}
        {source.licence && (
          <>
            <dt>License</dt>
            <dd>{source.licence}</dd>
          </>
        )}
        {source.retrieved && (
          <>
            <dt>Retrieved</dt>
            <dd>{date(source.retrieved)}</dd>
          </>
        )}
        {source.sha256 && (
          <>
            <dt>SHA-256 of the file</dt>
            <dd class="code">{source.sha256}</dd>
          </>
        )}
        <dt>Summaries</dt>
        <dd>written by {summaryBy}, not quoted from the document</dd>
        <dt>In annals</dt>
        <dd>
          revision {revision}, loaded on {date(publishedAt)}
        </dd>
      </dl>
    </section>
  );
}
