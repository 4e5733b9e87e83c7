// The sentence that may be printed, as the API makes it, and a button that copies it.

import { Copy } from "./copy.tsx";

export function Quote({ sentence }: { sentence: string }) {
  return (
    <details class="quote">
      <summary>Quote</summary>
      <p>{sentence}</p>
      <Copy label="Copy the sentence" text={() => sentence} />
    </details>
  );
}
