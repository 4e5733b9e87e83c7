// Figures on a page: the mark of a bound or a rounded figure is read aloud in words.

import type { Precision, Total, Unit } from "../api/graphql.ts";
import { MARKS, quantity, shown } from "../lib/figure.ts";
import { CAVEATS, SCOPES } from "../lib/words.ts";

/** Without a precision there is no mark: the number is neither exact nor a bound. */
export function Figure({ value, precision, unit }: { value: number; precision: Precision | null; unit: Unit }) {
  return (
    <span class="figure">
      {precision && <Mark precision={precision} />}
      {quantity(value, unit)}
    </span>
  );
}

export function Mark({ precision }: { precision: Precision }) {
  const { sign, words } = MARKS[precision];
  if (!sign) return null;
  return (
    <>
      <span class="mark" role="img" aria-label={words} title={words}>
        {sign}
      </span>{" "}
    </>
  );
}

/** A sum, or that there is none. Why not, and what else to know, is said by `Caveats`. */
export function Sum({ total: { sum, unit } }: { total: Pick<Total, "sum" | "unit"> }) {
  if (!sum) return <span class="quiet">no sum</span>;
  const rounded = shown(sum);
  return (
    <span {...(rounded !== sum.value && { title: `In full: ${quantity(sum.value, { ...unit, symbol: unit.symbol })}` })}>
      <Figure value={rounded} precision={sum.precision} unit={unit} />
    </span>
  );
}

/** How many there are at the least, where the sum does not say so itself. */
export function atLeast({ atLeast, sum, unit }: Pick<Total, "atLeast" | "sum" | "unit">): string | undefined {
  const isSaid = sum?.value === atLeast && (sum?.precision === "EXACT" || sum?.precision === "LOWER_BOUND");
  return atLeast === null || isSaid ? undefined : `at least ${quantity(atLeast, unit)}`;
}

/** The scope, unless it is the usual one. */
export function ScopeNote({ scope }: { scope: Total["scope"] }) {
  return scope === "PERIOD" ? null : <span class="quiet"> {SCOPES[scope]}</span>;
}

/** What to know before quoting a sum, in words and where the sum is. */
export function Caveats({ total }: { total: Pick<Total, "caveats"> }) {
  if (total.caveats.length === 0) return null;
  return (
    <ul class="caveats">
      {total.caveats.map((caveat) => (
        <li key={caveat}>{CAVEATS[caveat]}</li>
      ))}
    </ul>
  );
}
