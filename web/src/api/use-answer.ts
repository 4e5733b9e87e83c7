// The answer to a question, for a component. Answers are kept, so that going back shows the page at once.

import { useEffect, useState } from "preact/hooks";

import { ask, text, type Question } from "./ask.ts";

export interface Answer<Data> {
  /** The answer, or that to the question before while this one is under way. */
  data: Data | undefined;
  error: Error | undefined;
  /** `data` is not yet the answer to this question. */
  isStale: boolean;
  retry: () => void;
}

const KEPT = 50;
const kept = new Map<string, unknown>();

/** Asks `question`, or nothing where there is none. */
export function useAnswer<Data, Variables>(question: Question<Data, Variables> | undefined): Answer<Data> {
  const key = question && JSON.stringify([text(question.document), question.variables]);
  const [state, setState] = useState<{ key?: string; data?: Data; error?: Error }>({});
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (question === undefined || key === undefined || kept.has(key)) return;
    const abort = new AbortController();
    ask(question, abort.signal).then(
      (data) => {
        keep(key, data);
        setState({ key, data });
      },
      (error: Error) => {
        if (!abort.signal.aborted) setState((before) => ({ ...before, key, error }));
      },
    );
    return () => abort.abort();
  }, [key, attempt]);

  const known = key === undefined ? undefined : (kept.get(key) as Data | undefined);
  const data = known ?? state.data;
  return {
    data,
    error: known === undefined && state.key === key ? state.error : undefined,
    isStale: known === undefined && key !== undefined,
    retry: () => {
      setState((before) => (before.data === undefined ? {} : { data: before.data }));
      setAttempt((before) => before + 1);
    },
  };
}

function keep(key: string, data: unknown): void {
  kept.set(key, data);
  const oldest = kept.keys().next();
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
}
