// Figures as text: the number, its unit and how to read it. A figure is never written without its mark.

import type { Precision, Sum, Unit } from "../api/graphql.ts";

/** What a reader sees before the number, and what it means. */
export const MARKS: Record<Precision, { sign: string; words: string }> = {
  EXACT: { sign: "", words: "" },
  APPROXIMATE: { sign: "≈", words: "about" },
  LOWER_BOUND: { sign: "≥", words: "at least" },
  UPPER_BOUND: { sign: "≤", words: "at most" },
};

const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4, signDisplay: "negative" });
const MILLION = 1e6;
const BILLION = 1e9;

/** A number as it is read: `276,912`, and `1.3 million` where nothing is lost by it. */
export function number(value: number): string {
  const size = Math.abs(value);
  for (const [step, name] of [[BILLION, "billion"], [MILLION, "million"]] as const) {
    if (size >= step && Number.isInteger((size * 100) / step)) return `${plain.format(value / step)} ${name}`;
  }
  return plain.format(value);
}

/** A number in its unit: `22,304 arrests`, `$30 million`, `1,549,029 lb`, `10%`. */
export function quantity(value: number, unit: Unit): string {
  if (unit.kind === "MONEY" && unit.symbol) {
    return `${value < 0 ? "-" : ""}${unit.symbol}${number(Math.abs(value))}`;
  }
  if (unit.kind === "RATIO") return `${number(value)}${unit.symbol ?? ` ${unit.plural}`}`;
  return `${number(value)} ${unit.symbol ?? (value === 1 ? unit.name : unit.plural)}`;
}

/** A figure with its mark, as it stands in a sentence or on a chart: `≥ $30 million`. */
export function figure(value: number, precision: Precision, unit: Unit): string {
  const { sign } = MARKS[precision];
  return sign ? `${sign} ${quantity(value, unit)}` : quantity(value, unit);
}

/** How many digits of a sum of rounded figures are shown. */
const DIGITS = 3;

/** What is shown of a sum: all of it, or of one with rounded figures in it the first three digits. */
export function shown({ value, precision }: Sum): number {
  return precision === "APPROXIMATE" ? Number(value.toPrecision(DIGITS)) : value;
}

/** A sum with its mark. One without a precision has no mark: it is neither exact nor a bound. */
export function sum(of: Sum, unit: Unit): string {
  return of.precision ? figure(shown(of), of.precision, unit) : quantity(of.value, unit);
}

/** A change with its sign: `+32`, `-1.5`, `0`. */
export function difference(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value);
}

/** A change in per cent, to one decimal: `+177.8%`. */
export function percent(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return `${difference(rounded)}%`;
}
