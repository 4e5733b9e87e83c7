import { describe, expect, it } from "vitest";

import { reportVariables } from "../pages/report-query.ts";
import { address, divisionAddress, initiativeAddress, metricAddress, SITE } from "./address.ts";

describe("an address", () => {
  it("has the parameters that have a value", () => {
    expect(address("/search", { q: "a b&c", page: undefined, empty: "" })).toBe("/search?q=a+b%26c");
    expect(address("/search")).toBe("/search");
  });

  it("escapes what codes may have in them", () => {
    expect(divisionAddress("A/B", 2007, "O I")).toBe("/reports/A%2FB/2007/divisions/O%20I");
    expect(initiativeAddress("ICE", 2007, "a b")).toBe("/reports/ICE/2007#a%20b");
    expect(metricAddress("[lb]/x")).toBe("/catalogue/%5Blb%5D%2Fx");
  });

  it("is followed by the site only where the site has a view", () => {
    const own = ["/", "/?a=1", "/reports", "/reports/ICE/2007", "/catalogue/arrests", "/search?q=x"];
    const others = ["/playground", "/graphql", "/schema.graphql", "/reportsx", "/searching", "//elsewhere.example/"];
    expect(own.filter((path) => SITE.test(path))).toEqual(own);
    expect(others.filter((path) => SITE.test(path))).toEqual([]);
  });
});

describe("what is chosen in a report", () => {
  it("is asked of figures and initiatives alike", () => {
    const records = { isRecord: { eq: true } };
    expect(reportVariables("ICE", 2007, {})).toEqual({ agency: "ICE", fiscalYear: 2007, results: {}, records, initiatives: {} });
    expect(reportVariables("ICE", 2007, { division: "OI", goal: "none", unit: "arrest" })).toEqual({
      agency: "ICE",
      fiscalYear: 2007,
      results: { division: { code: { eq: "OI" } }, goalExists: false, unit: { code: { eq: "arrest" } } },
      records: { division: { code: { eq: "OI" } }, goalExists: false, unit: { code: { eq: "arrest" } }, isRecord: { eq: true } },
      initiatives: {
        division: { code: { eq: "OI" } },
        goalExists: false,
        results: { some: { unit: { code: { eq: "arrest" } } } },
      },
      figures: { unit: { code: { eq: "arrest" } } },
    });
  });
});
