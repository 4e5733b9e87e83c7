// A button that copies a text and says that it did.

import { useState } from "preact/hooks";

export function Copy({ label, text }: { label: string; text: () => string }) {
  const [state, setState] = useState<"" | "Copied" | "Not copied">("");
  const copy = async () => {
    setState(await copyText(text()).then(() => "Copied" as const, () => "Not copied" as const));
    setTimeout(() => setState(""), 2_000);
  };
  return (
    <button type="button" class="copy" onClick={copy}>
      <span class={state ? "unseen" : ""}>{label}</span>
      <span class="copied" role="status">
        {state}
      </span>
    </button>
  );
}

/** Outside TLS and localhost there is no clipboard to write to but that of a selection. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (!isCopied) throw new Error("the browser refused");
}
