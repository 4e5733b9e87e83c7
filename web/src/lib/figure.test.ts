import { describe, expect, it } from "vitest";

import type { Unit } from "../api/graphql.ts";
import { difference, figure, number, percent, quantity, sum } from "./figure.ts";

const unit = (over: Partial<Unit>): Unit => ({ code: "x", name: "arrest", plural: "arrests", symbol: null, kind: "COUNT", ...over });
const usd = unit({ name: "US dollar", plural: "US dollars", symbol: "$", kind: "MONEY" });

describe("a number", () => {
  it.each([
    [0, "0"],
    [276912, "276,912"],
    [1549029, "1,549,029"],
    [760000, "760,000"],
    [1300000, "1.3 million"],
    [1550000, "1.55 million"],
    [30000000, "30 million"],
    [40400000, "40.4 million"],
    [1234567000, "1,234,567,000"],
    [2500000000, "2.5 billion"],
    [-7900000, "-7.9 million"],
    [0.1234, "0.1234"],
    [900000000000000, "900,000 billion"],
  ])("%d is written %s, and nothing is lost by it", (value, expected) => {
    expect(number(value)).toBe(expected);
  });
});

describe("a quantity", () => {
  it("has its unit as the unit is written", () => {
    expect(quantity(30000000, usd)).toBe("$30 million");
    expect(quantity(-5, usd)).toBe("-$5");
    expect(quantity(241967, unit({ symbol: "lb", kind: "MASS" }))).toBe("241,967 lb");
    expect(quantity(10, unit({ symbol: "%", kind: "RATIO" }))).toBe("10%");
    expect(quantity(1, unit({}))).toBe("1 arrest");
    expect(quantity(0, unit({}))).toBe("0 arrests");
  });
});

describe("a figure", () => {
  it("never stands without its mark", () => {
    expect(figure(30000000, "LOWER_BOUND", usd)).toBe("≥ $30 million");
    expect(figure(30000000, "UPPER_BOUND", usd)).toBe("≤ $30 million");
    expect(figure(30000000, "APPROXIMATE", usd)).toBe("≈ $30 million");
    expect(figure(30000000, "EXACT", usd)).toBe("$30 million");
  });
});

describe("a change", () => {
  it("has its sign", () => {
    expect([32, -1.5, 0].map(difference)).toEqual(["+32", "-1.5", "0"]);
    expect([177.7778, 50, -0.04].map(percent)).toEqual(["+177.8%", "+50%", "0%"]);
  });
});

describe("a sum", () => {
  const pounds = unit({ name: "pound", plural: "pounds", symbol: "lb", kind: "MASS" });

  it("is shown to three digits where it is about right, and in full where it is more", () => {
    expect(sum({ value: 1549029, precision: "APPROXIMATE" }, pounds)).toBe("≈ 1.55 million lb");
    expect(sum({ value: 1549029, precision: "EXACT" }, pounds)).toBe("1,549,029 lb");
    expect(sum({ value: 22304, precision: "LOWER_BOUND" }, unit({}))).toBe("≥ 22,304 arrests");
  });

  it("has no mark where it may count twice", () => {
    expect(sum({ value: 22304, precision: null }, unit({}))).toBe("22,304 arrests");
  });
});
