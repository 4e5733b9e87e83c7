import { describe, expect, it } from "vitest";

import { bibtex, citation } from "./citation.ts";

const READ = new Date("2026-03-04T23:30:00Z");
const URL = "https://annals.example/reports/ICE/2007";
const cited = { title: "ICE Fiscal Year 2007 Annual Report", author: "U.S. Immigration and Customs Enforcement", year: 2007, revision: 1 };

describe("a citation", () => {
  it("says who, what, in which revision, where and when", () => {
    expect(citation(cited, URL, READ)).toBe(
      `U.S. Immigration and Customs Enforcement. ICE Fiscal Year 2007 Annual Report. revision 1. annals, ${URL}, read on 2026-03-04.`,
    );
  });

  it("says the year where the title does not, and leaves out what is not known", () => {
    expect(citation({ title: "Annual report", year: 2007 }, URL, READ)).toBe(
      `Annual report (fiscal year 2007). annals, ${URL}, read on 2026-03-04.`,
    );
    expect(citation({ title: "Metrics" }, URL, READ)).toBe(`Metrics. annals, ${URL}, read on 2026-03-04.`);
  });

  it("is there for BibTeX, with what BibTeX reads as syntax escaped", () => {
    expect(bibtex({ title: "Fines & 10% of {all}", year: 2007 }, URL, READ)).toBe(
      `@misc{fines-10-of-all-2007,
  title = {{Fines \\& 10\\% of \\{all\\}}},
  year = {2007},
  url = {${URL}},
  urldate = {2026-03-04},
}`,
    );
    expect(bibtex(cited, URL, READ)).toContain("@misc{ice-fiscal-year-2007,");
  });
});
