// What is shown in place of a view: that it is under way, that it failed, that there is no such thing.

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import type { Answer } from "../api/use-answer.ts";

/** Shows nothing at first: an answer from the same machine is there before a sign could be read. */
export function Waiting<Data>({ answer }: { answer: Answer<Data> }) {
  if (!answer.error) {
    return (
      <p class="waiting" role="status">
        Loading …
      </p>
    );
  }
  return (
    <article>
      <h1>Couldn't load this page</h1>
      <Problem answer={answer} />
    </article>
  );
}

/** Why something could not be loaded, and another attempt. */
export function Problem<Data>({ answer: { error, retry } }: { answer: Answer<Data> }) {
  if (!error) return null;
  return (
    <div class="card problem" role="alert">
      <p>{error.message}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

export function Missing({ title, children }: { title: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · annals`;
  }, [title]);
  return (
    <article>
      <h1>{title}</h1>
      <p class="lead">{children}</p>
    </article>
  );
}
