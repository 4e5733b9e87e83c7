// What figures come to: the sums as tiles, and every total in a table. Each stands with what must be known of it.

import type { Total } from "../api/graphql.ts";
import { MARKS } from "../lib/figure.ts";
import { CAVEATS, capital, count, SCOPES } from "../lib/words.ts";
import { Caveats, Figure, ScopeNote, Sum } from "./figure.tsx";
import { Table, type TableColumn } from "./table.tsx";

/** A total is one of a unit and a scope. */
export function totalKey({ unit, scope }: Pick<Total, "unit" | "scope">): string {
  return scope === "PERIOD" ? unit.code : `${unit.code}:${scope}`;
}

/** The sums of more than one figure: what nobody can read off a single line of the report. */
export function SumTiles({ totals }: { totals: Total[] }) {
  const sums = totals.filter((total) => total.sum !== null && total.count > 1);
  if (sums.length === 0) return null;
  return (
    <ul class="tiles">
      {sums.map((total) => (
        <li key={totalKey(total)} class="tile">
          <TileFigure total={total} />
          <span class="quiet">
            of {count(total.count, "figure")}, {SCOPES[total.scope]}
          </span>
          <Caveats total={total} />
        </li>
      ))}
    </ul>
  );
}

/** Money and weights carry their sign; what is counted stands below the number. */
function TileFigure({ total: { sum, precision, unit } }: { total: Total }) {
  if (sum === null || precision === null) return null;
  const hasSign = unit.symbol !== null;
  return (
    <>
      <strong class="tile-figure">
        <Figure value={sum} precision={precision} unit={hasSign ? unit : { ...unit, name: "", plural: "" }} />
      </strong>
      <span class="tile-unit">{capital(unit.plural)}</span>
    </>
  );
}

export function TotalsTable({ totals, name, caption }: { totals: Total[]; name: string; caption: string }) {
  return <Table caption={caption} name={name} columns={TOTAL_COLUMNS} rows={totals} rowKey={totalKey} />;
}

const TOTAL_COLUMNS: TableColumn<Total>[] = [
  {
    name: "Counted",
    show: ({ unit, scope }) => (
      <>
        {capital(unit.plural)}
        <ScopeNote scope={scope} />
      </>
    ),
    cells: { unit: ({ unit }) => unit.code, counted: ({ unit }) => unit.plural, scope: ({ scope }) => scope },
  },
  {
    name: "In all",
    isNumber: true,
    show: (total) => <Sum total={total} />,
    cells: sumCells(),
  },
  {
    name: "Figures",
    isNumber: true,
    show: ({ count }) => count,
    cells: { figures: ({ count }) => count },
  },
  {
    name: "To know before quoting it",
    show: (total) => total.caveats.length > 0 && <Caveats total={total} />,
    cells: { caveats: ({ caveats }) => caveats.map((caveat) => CAVEATS[caveat]).join(" ") },
  },
];

/** The column of what each row comes to, with all that must be known of it. */
export function totalColumn<Row extends { total: Total }>(): TableColumn<Row> {
  const { sum, "how to read it": reading } = sumCells();
  return {
    name: "In all",
    isNumber: true,
    show: ({ total }) => (
      <>
        <Sum total={total} />
        <Caveats total={total} />
      </>
    ),
    cells: {
      sum: ({ total }) => sum(total),
      unit: ({ total }) => total.unit.code,
      "how to read it": ({ total }) => reading(total),
      caveats: ({ total }) => total.caveats.map((caveat) => CAVEATS[caveat]).join(" "),
    },
  };
}

/** A sum in a CSV: the number apart from its mark, so that it stays one. */
function sumCells() {
  return {
    sum: ({ sum }: Total) => sum,
    "how to read it": ({ precision }: Total) => precision && (MARKS[precision].words || "exactly"),
  };
}
