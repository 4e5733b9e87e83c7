// One sum, compared between groups (divisions, goals, initiatives): a chart and the table beside it. All of it is under one
// root of the catalogue, so the bars share an axis.

import type { ComponentChildren } from "preact";

import type { Total } from "../api/graphql.ts";
import { capital, SCOPES } from "../lib/words.ts";
import { Bars } from "./bars.tsx";
import { Table, type TableColumn } from "./table.tsx";
import { totalColumn, totalKey, type MetricTotal } from "./totals.tsx";

/** What one of the things compared has, of one metric. */
export interface Group extends MetricTotal {
  key: string;
  label: string;
  show: ComponentChildren;
}

interface Props {
  /** What is compared: `division`. */
  by: string;
  /** The sum that is compared. */
  measure: MetricTotal;
  groups: Group[];
  /** The name of the CSV file. */
  name: string;
}

export function Comparison({ by, measure, groups, name }: Props) {
  const key = totalKey(measure);
  const rows = groups.filter((group) => totalKey(group) === key);
  const title = `${measureName(measure)}, by ${by}`;
  if (rows.length === 0) return <p class="quiet">No {by} has figures for this metric.</p>;
  return (
    <div class="comparison">
      <Bars title={title} unit={measure.total.unit} bars={rows.map(({ label, total: { sum } }) => ({ label, sum }))} />
      <Table caption={title} name={name} columns={columns(by)} rows={rows} rowKey={(row) => row.key} />
    </div>
  );
}

function measureName({ metric, total: { scope } }: MetricTotal): string {
  return scope === "PERIOD" ? metric.name : `${metric.name} (${SCOPES[scope]})`;
}

function columns(by: string): TableColumn<Group>[] {
  return [
    { name: capital(by), show: ({ show }) => show, cells: { [by]: ({ label }) => label } },
    totalColumn(),
    {
      name: "Figures",
      isNumber: true,
      show: ({ total }) => total.count,
      cells: { figures: ({ total }) => total.count },
    },
  ];
}

/** Which sum a view compares: that of its address, else the one with the most figures. */
export function chosenMeasure(totals: MetricTotal[], wanted: string | undefined): MetricTotal | undefined {
  const usual = totals.filter(({ total }) => total.sum !== null).sort((a, b) => b.total.count - a.total.count)[0];
  return totals.find((total) => totalKey(total) === wanted) ?? usual ?? totals[0];
}

interface ChoiceProps {
  totals: MetricTotal[];
  measure: MetricTotal;
  onChoice: (key: string) => void;
}

/** Chooses the sum that is compared. */
export function MeasureChoice({ totals, measure, onChoice }: ChoiceProps) {
  return (
    <label class="choice">
      Metric
      <select value={totalKey(measure)} onChange={(event) => onChoice(event.currentTarget.value)}>
        {totals.map((total) => (
          <option key={totalKey(total)} value={totalKey(total)}>
            {measureName(total)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Groups of results by root metric and something else, as queries give them, with what that is in each. */
export function grouped<Node extends { rootMetric: MetricTotal["metric"] | null; aggregate: { totals: Total[] } }>(
  nodes: Node[],
  describe: (node: Node) => Omit<Group, keyof MetricTotal> | null,
): Group[] {
  return nodes.flatMap((node) => {
    const described = describe(node);
    const { rootMetric, aggregate } = node;
    return described && rootMetric ? aggregate.totals.map((total) => ({ ...described, metric: rootMetric, total })) : [];
  });
}
