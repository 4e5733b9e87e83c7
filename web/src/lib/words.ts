// What the codes of the schema say to a reader. The words are ours; the schema's descriptions are the long form.

import type { Caveat, Scope } from "../api/graphql.ts";

/** What to know before quoting a sum, as a sentence. */
export const CAVEATS: Record<Caveat, string> = {
  APPROXIMATE: "A rounded figure is in it, so the bound itself is only about right.",
  MIXED_BOUNDS: "No sum: some figures are at least, others at most.",
  MIXED_METRICS: "No sum: the figures count different things in the same unit.",
  MIXED_YEARS: "No sum: figures of several years that must not be added up.",
  NON_ADDITIVE: "No sum: such figures never add up.",
  OVERLAP: "One event may be in it twice, reported by two initiatives.",
  TOO_LARGE: "No sum: it is too large to be shown exactly.",
};

/** The span that a figure covers, set beside it. */
export const SCOPES: Record<Scope, string> = {
  PERIOD: "in the year",
  CUMULATIVE: "since it began",
  POINT_IN_TIME: "at a date",
};

/** Over what the figures of a metric may be added up. */
export const ADDITIVITY = {
  ADDITIVE: "adds up",
  SEMI_ADDITIVE: "adds up within a year",
  NON_ADDITIVE: "never adds up",
} as const;

/** `1 figure`, `2 figures`. */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : several}`;
}

const day = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** A day or moment in ISO 8601 as a day for reading: `October 1, 2006`. */
export function date(iso: string): string {
  return day.format(new Date(iso));
}

/** With a capital letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
