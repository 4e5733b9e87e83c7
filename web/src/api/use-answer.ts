// The answer to a question, for a component. Answers are kept, so that going back shows the page at once.

import { useEffect, useRef, useState } from "preact/hooks";

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
  const [outcome, setOutcome] = useState<{ key?: string; error?: Error }>({});
  const [attempt, setAttempt] = useState(0);
  const shown = useRef<Data | undefined>(undefined);

  useEffect(() => {
    if (question === undefined || key === undefined || kept.has(key)) return;
    const abort = new AbortController();
    ask(question, abort.signal).then(
      (data) => {
        keep(key, data);
        setOutcome({ key });
      },
      (error: Error) => {
        if (!abort.signal.aborted) setOutcome({ key, error });
      },
    );
    return () => abort.abort();
  }, [key, attempt]);

  const known = key === undefined ? undefined : (kept.get(key) as Data | undefined);
  if (known !== undefined) shown.current = known;
  return {
    data: shown.current,
    error: known === undefined && outcome.key === key ? outcome.error : undefined,
    isStale: known === undefined && key !== undefined,
    retry: () => {
      setOutcome({});
      setAttempt((before) => before + 1);
    },
  };
}

function keep(key: string, data: unknown): void {
  kept.set(key, data);
  const oldest = kept.keys().next();
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
}
