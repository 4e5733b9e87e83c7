// Brings what the fragment of the address names into sight once it is there: the page is made after the address was read.

import { useEffect } from "preact/hooks";

import { unescaped } from "../lib/address.ts";

export function useTarget(isThere: boolean): void {
  useEffect(() => {
    const name = unescaped(location.hash.slice(1));
    const element = isThere && name ? document.getElementById(name) : null;
    if (!element) return;
    element.scrollIntoView();
    element.classList.add("target");
    return () => element.classList.remove("target");
  }, [isThere, location.href]);
}
