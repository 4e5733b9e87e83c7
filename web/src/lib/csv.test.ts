import { describe, expect, it } from "vitest";

import { csv, type Cell } from "./csv.ts";

const line = (...cells: Cell[]) => csv({ name: "x", columns: ["a"], rows: [cells] }).split("\r\n").slice(1, -1).join("\r\n");

describe("CSV", () => {
  it("is RFC 4180 in UTF-8 that says so", () => {
    expect(csv({ name: "x", columns: ["a", "b"], rows: [["1", "é"]] })).toBe("\uFEFFa,b\r\n1,é\r\n");
    expect(line('say "no"', "a,b", "two\nlines", null, undefined, true)).toBe('"say ""no""","a,b","two\nlines",,,true');
  });

  it.each(["=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＠x", "-", "+1+1", "-2+3"])(
    "makes %j harmless",
    (text) => {
      expect(line(text).replace(/^"/, "").startsWith("'")).toBe(true);
    },
  );

  it("makes a formula in quotes harmless too", () => {
    expect(line('=HYPERLINK("x","y")')).toBe(`"'=HYPERLINK(""x"",""y"")"`);
  });

  it("leaves numbers numbers, negative ones too", () => {
    expect(line(-7.5, 0, 30000000, 900000000000000, 0.0001)).toBe("-7.5,0,30000000,900000000000000,0.0001");
    expect(line("-12", "+3.5", "1e5")).toBe("-12,+3.5,1e5");
  });

  it("leaves other texts as they are", () => {
    expect(line("Arrests", "a=b", "x-y", "10%", "'quoted'")).toBe("Arrests,a=b,x-y,10%,'quoted'");
  });
});
