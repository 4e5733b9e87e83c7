// What figures add up to, metric by metric: the sums as tiles, and every total in a table. Each stands with what must be
// known of it.

import type { Total } from "../api/graphql.ts";
import { metricAddress } from "../lib/address.ts";
import { MARKS } from "../lib/figure.ts";
import { CAVEATS, count, SCOPES } from "../lib/words.ts";
import { atLeast, Caveats, ScopeNote, Sum } from "./figure.tsx";
import { Quote } from "./quote.tsx";
import { Table, type TableColumn } from "./table.tsx";

/** A total, and the metric at the root of what it adds up. */
export interface MetricTotal {
  metric: { code: string; name: string };
  total: Total;
}

/** Groups of results by the root of their metric, as queries give them. */
interface RootGroup {
  rootMetric: MetricTotal["metric"] | null;
  aggregate: { totals: Total[] };
}

/** The totals of groups by root metric, one after the other. */
export function metricTotals(groups: RootGroup[]): MetricTotal[] {
  return groups.flatMap(({ rootMetric, aggregate }) =>
    rootMetric ? aggregate.totals.map((total) => ({ metric: rootMetric, total })) : [],
  );
}

/** A total is one of a root metric, a unit and a scope. */
export function totalKey({ metric, total: { unit, scope } }: MetricTotal): string {
  return [metric.code, unit.code, ...(scope === "PERIOD" ? [] : [scope])].join(":");
}

/** The sums of more than one figure: what nobody can read off a single line of the report. */
export function SumTiles({ totals }: { totals: MetricTotal[] }) {
  const sums = totals.filter(({ total }) => total.sum !== null && total.count > 1);
  if (sums.length === 0) return null;
  return (
    <ul class="tiles">
      {sums.map((sum) => (
        <li key={totalKey(sum)} class="tile">
          <a class="tile-name" href={metricAddress(sum.metric.code)}>
            {sum.metric.name}
          </a>
          <strong class="tile-figure">
            <Sum total={sum.total} />
          </strong>
          <span class="quiet">{addsUp(sum.total)}</span>
          <Caveats total={sum.total} />
          <Quote sentence={sum.total.inWords} />
        </li>
      ))}
    </ul>
  );
}

/** What a sum is: never how many there were. */
function addsUp(total: Total): string {
  const parts = [
    `${count(total.count, "figure")} add up to this, ${SCOPES[total.scope]}`,
    atLeast(total),
    "the report may leave others out",
  ];
  return `${parts.filter(Boolean).join("; ")}.`;
}

export function TotalsTable({ totals, name, caption }: { totals: MetricTotal[]; name: string; caption: string }) {
  return <Table caption={caption} name={name} columns={TOTAL_COLUMNS} rows={totals} rowKey={totalKey} />;
}

const TOTAL_COLUMNS: TableColumn<MetricTotal>[] = [
  {
    name: "Metric",
    show: ({ metric, total }) => (
      <>
        <a href={metricAddress(metric.code)}>{metric.name}</a>
        <ScopeNote scope={total.scope} />
      </>
    ),
    cells: {
      metric: ({ metric }) => metric.code,
      name: ({ metric }) => metric.name,
      scope: ({ total }) => total.scope,
    },
  },
  {
    name: "Adds up to",
    isNumber: true,
    show: ({ total }) => <Sum total={total} />,
    cells: sumCells(),
  },
  {
    name: "At least",
    isNumber: true,
    show: ({ total }) => total.atLeast?.toLocaleString("en-US"),
    cells: { "at least": ({ total }) => total.atLeast },
  },
  {
    name: "Figures",
    isNumber: true,
    show: ({ total }) => total.count,
    cells: { figures: ({ total }) => total.count },
  },
  {
    name: "Before you quote it",
    show: ({ total }) => total.caveats.length > 0 && <Caveats total={total} />,
    cells: {
      caveats: ({ total }) => total.caveats.map((caveat) => CAVEATS[caveat]).join(" "),
      "in words": ({ total }) => total.inWords,
    },
  },
];

/** The column of what each row adds up to, with all that must be known of it. */
export function totalColumn<Row extends { total: Total }>(): TableColumn<Row> {
  return {
    name: "Adds up to",
    isNumber: true,
    show: ({ total }) => (
      <>
        <Sum total={total} />
        {atLeast(total) && <span class="note">{atLeast(total)}</span>}
        <Caveats total={total} />
      </>
    ),
    cells: {
      ...sumCells<Row>(),
      "at least": ({ total }) => total.atLeast,
      caveats: ({ total }) => total.caveats.map((caveat) => CAVEATS[caveat]).join(" "),
      "in words": ({ total }) => total.inWords,
    },
  };
}

/** A sum in a CSV: the number apart from its mark, so that it stays one, and in full. */
function sumCells<Row extends { total: Total }>() {
  return {
    sum: ({ total }: Row) => total.sum?.value,
    unit: ({ total }: Row) => total.unit.code,
    "how to read it": ({ total: { sum } }: Row) => sum && (sum.precision ? MARKS[sum.precision].words || "exactly" : "may count twice"),
  };
}
