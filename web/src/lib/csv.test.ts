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

  // What a spreadsheet makes of the file where semicolons, tabs or nothing but line breaks separate: quotes open at the
  // beginning of a cell only, and what stands behind them belongs to the cell.
  it.each(["x;=1+1", "x; =1+1", "x;=1+1;y", "x\n=1+1", "x\r\n@SUM(A1)", "x\t+1", 'x;"=1+1;"', "x;＝1", "-1;-1+1"])(
    "makes %j harmless where commas do not separate",
    (text) => {
      for (const cells of [[text], ["a", text], ["a", text, "b"], [1, text]]) {
        const cellsThere = line(...cells).split(/[;\t\r\n]/).map((cell) => cell.replace(/^"*/, ""));
        expect(cellsThere.filter((cell) => /^\s*[=+@＝]|^\s*-[^\d]|^\s*-\d+[^\d.,"]/.test(cell))).toEqual([]);
      }
    },
  );

  it("keeps a text with a semicolon or a tab in one cell", () => {
    expect(line("a;b", "c\td", "e; f")).toBe('"a;b","c\td","e; f"');
  });

  it("leaves numbers numbers, negative ones too", () => {
    expect(line(-7.5, 0, 30000000, 900000000000000, 0.0001)).toBe("-7.5,0,30000000,900000000000000,0.0001");
    expect(line("-12", "+3.5", "1e5")).toBe("-12,+3.5,1e5");
  });

  it("leaves other texts as they are", () => {
    expect(line("Arrests", "a=b", "x-y", "10%", "'quoted'")).toBe("Arrests,a=b,x-y,10%,'quoted'");
  });
});
