// What every view has: a title, where it stands, its query, its CSV, its link and its citation.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { text, type Question } from "../api/ask.ts";
import type { Answer } from "../api/use-answer.ts";
import { bibtex, citation, type Cited } from "../lib/citation.ts";
import { download, type Table } from "../lib/csv.ts";
import { explorerAddress } from "../lib/share.ts";
import { Copy } from "./copy.tsx";
import { Problem } from "./state.tsx";

interface Props<Data, Variables> {
  title: string;
  /** The views above it, from the top. */
  above?: { name: string; address: string }[];
  lead?: ComponentChildren;
  /** None as long as nothing is asked. */
  question: Question<Data, Variables> | undefined;
  /** None as long as nothing is shown. */
  table: Table | undefined;
  cited: Cited;
  /** What is shown, or what was shown before while it is under way or after it failed. */
  answer: Answer<Data>;
  children?: ComponentChildren;
}

export function View<Data, Variables>(props: Props<Data, Variables>) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { title, above = [], lead, question, table, cited, answer } = props;
  useEffect(() => {
    document.title = `${title} · annals`;
  }, [title]);
  useEffect(() => announce(heading.current), []);
  return (
    <article aria-busy={answer.isStale && !answer.error}>
      <header class="view-head">
        {above.length > 0 && (
          <nav aria-label="Where this is" class="crumbs">
            {above.map(({ name, address }) => (
              <a key={address} href={address}>
                {name}
              </a>
            ))}
          </nav>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <div class="lead">{lead}</div>}
        <Actions question={question} table={table} cited={cited} />
      </header>
      <Problem answer={answer} />
      {props.children}
    </article>
  );
}

let isFirstView = true;

/** After the first view, a new one is announced as a page would be: by its heading. */
function announce(heading: HTMLHeadingElement | null): void {
  const holder = document.activeElement;
  if (!isFirstView && !(holder instanceof HTMLInputElement)) heading?.focus({ preventScroll: true });
  isFirstView = false;
}

function Actions<Data, Variables>({ question, table, cited }: Pick<Props<Data, Variables>, "question" | "table" | "cited">) {
  return (
    <div class="actions">
      {question ? (
        <a class="button" href={explorerAddress(text(question.document), question.variables as Record<string, unknown>)}>
          As GraphQL
        </a>
      ) : (
        <a class="button" role="link" aria-disabled="true">
          As GraphQL
        </a>
      )}
      <button type="button" disabled={!table} onClick={() => table && download(table)}>
        CSV
      </button>
      <Copy label="Copy link" text={() => location.href} />
      <Cite cited={cited} />
    </div>
  );
}

/** The citation is made when it is opened: it says on which day that was. */
function Cite({ cited }: { cited: Cited }) {
  const [opened, setOpened] = useState<Date>();
  return (
    <details class="cite" onToggle={(event) => setOpened(event.currentTarget.open ? new Date() : undefined)}>
      <summary class="button">Cite</summary>
      {opened && <Citations cited={cited} accessed={opened} />}
    </details>
  );
}

function Citations({ cited, accessed }: { cited: Cited; accessed: Date }) {
  const plain = citation(cited, location.href, accessed);
  const entry = bibtex(cited, location.href, accessed);
  return (
    <div class="card">
      <p>{plain}</p>
      <Copy label="Copy the citation" text={() => plain} />
      <pre tabIndex={0} aria-label="BibTeX">{entry}</pre>
      <Copy label="Copy for BibTeX" text={() => entry} />
    </div>
  );
}
