import { describe, expect, it } from "vitest";

import { explorerAddress, fromFragment, toFragment } from "./share.ts";

describe("a shared query", () => {
  it("comes out of a fragment as it went in", () => {
    for (const shared of [
      { query: "{ a(b: \"c&d=e#f\") }\n# ünï", variables: '{\n  "x": "+ %"\n}' },
      { query: "{ a }", variables: "" },
    ]) {
      expect(fromFragment(toFragment(shared))).toEqual(shared);
    }
  });

  it("is none where there is no query", () => {
    expect(["", "#", "#other=1", "#query="].map(fromFragment)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("has the variables that are set", () => {
    const address = explorerAddress("{ a }", { first: 1, where: undefined });
    expect(address.startsWith("/playground#")).toBe(true);
    expect(fromFragment(address.split("#")[1] ?? "")).toEqual({ query: "{ a }", variables: '{\n  "first": 1\n}' });
    expect(fromFragment(explorerAddress("{ a }", {}).split("#")[1] ?? "")?.variables).toBe("");
  });
});
