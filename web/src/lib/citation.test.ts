import { describe, expect, it } from "vitest";

import { bibtex, citation } from "./citation.ts";

// Late in the evening where the reader is, whatever day it is in Greenwich.
const ACCESSED = new Date(2026, 2, 4, 23, 30);
const URL = "https://annals.example/reports/ICE/2007";
const cited = {
  title: "ICE Fiscal Year 2007 Annual Report",
  author: "U.S. Immigration and Customs Enforcement",
  publisher: "Department of Homeland Security",
  year: 2007,
  revision: 1,
};

describe("a citation", () => {
  it("keeps author, publisher and annals apart, and says where and when", () => {
    expect(citation(cited, URL, ACCESSED)).toBe(
      `U.S. Immigration and Customs Enforcement. ICE Fiscal Year 2007 Annual Report. Published by Department of Homeland Security. Data from annals, revision 1, ${URL}, accessed March 4, 2026.`,
    );
    expect(citation({ ...cited, publisher: cited.author }, URL, ACCESSED)).toContain(". Published by the author. ");
  });

  it("says the year where the title does not, and leaves out what is not known", () => {
    expect(citation({ title: "Annual report", year: 2007 }, URL, ACCESSED)).toBe(
      `Annual report (fiscal year 2007). Data from annals, ${URL}, accessed March 4, 2026.`,
    );
    expect(citation({ title: "Metrics" }, URL, ACCESSED)).toBe(`Metrics. Data from annals, ${URL}, accessed March 4, 2026.`);
  });

  it("is there for BibTeX, with what BibTeX reads as syntax escaped", () => {
    expect(bibtex({ title: "Fines & 10% of {all}", year: 2007 }, URL, ACCESSED)).toBe(
      `@misc{fines-10-of-all-2007,
  title = {{Fines \\& 10\\% of \\{all\\}}},
  year = {2007},
  howpublished = {Data from annals},
  url = {${URL}},
  urldate = {2026-03-04},
}`,
    );
    expect(bibtex(cited, URL, ACCESSED)).toContain("@misc{ice-fiscal-year-2007,");
  });
});
