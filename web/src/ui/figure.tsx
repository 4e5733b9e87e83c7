// Figures on a page: the mark of a bound or a rounded figure is read aloud in words.

import type { Precision, Total, Unit } from "../api/graphql.ts";
import { MARKS, quantity } from "../lib/figure.ts";
import { CAVEATS, SCOPES } from "../lib/words.ts";

export function Figure({ value, precision, unit }: { value: number; precision: Precision; unit: Unit }) {
  return (
    <span class="figure">
      <Mark precision={precision} />
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
export function Sum({ total }: { total: Total }) {
  if (total.sum === null || total.precision === null) return <span class="quiet">no sum of {total.unit.plural}</span>;
  return <Figure value={total.sum} precision={total.precision} unit={total.unit} />;
}

/** The scope, unless it is the usual one. */
export function ScopeNote({ scope }: { scope: Total["scope"] }) {
  return scope === "PERIOD" ? null : <span class="quiet"> {SCOPES[scope]}</span>;
}

/** What to know before quoting a sum, in words and where the sum is. */
export function Caveats({ total }: { total: Total }) {
  if (total.caveats.length === 0) return null;
  return (
    <ul class="caveats">
      {total.caveats.map((caveat) => (
        <li key={caveat}>{CAVEATS[caveat]}</li>
      ))}
    </ul>
  );
}
