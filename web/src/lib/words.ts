// What the codes of the schema say to a reader. The words are ours; the schema's descriptions are the long form.

import type { Caveat, Scope } from "../api/graphql.ts";

/** What to know before quoting a sum, as a sentence. */
export const CAVEATS: Record<Caveat, string> = {
  APPROXIMATE: "Includes rounded figures.",
  MIXED_BOUNDS: "No sum: some figures are minimums, others are maximums.",
  MIXED_METRICS: "No sum: the figures measure different things in the same unit.",
  MIXED_YEARS: "No sum: these figures must not be added across years.",
  NON_ADDITIVE: "No sum: figures like these can't be added.",
  OVERLAP: "May count the same event twice: more than one program reported it.",
  RESTATED: "A figure was published again with another value; the later one counts.",
  TOO_LARGE: "No sum: it is too large to show exactly.",
};

/** The period that a figure covers, set beside it. */
export const SCOPES: Record<Scope, string> = {
  PERIOD: "in the fiscal year",
  CUMULATIVE: "cumulative, since the program began",
  POINT_IN_TIME: "on a given date",
};

/** Over what the figures of a metric can be added. */
export const ADDITIVITY = {
  ADDITIVE: "can be summed",
  SEMI_ADDITIVE: "can be summed within a year only",
  NON_ADDITIVE: "can't be summed",
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
