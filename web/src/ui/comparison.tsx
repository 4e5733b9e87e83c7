// One total, compared between groups (divisions, goals, initiatives): a chart and the table beside it.

import type { ComponentChildren } from "preact";

import type { Total } from "../api/graphql.ts";
import { capital, SCOPES } from "../lib/words.ts";
import { Bars } from "./bars.tsx";
import { Table, type TableColumn } from "./table.tsx";
import { totalColumn, totalKey } from "./totals.tsx";

export interface Group {
  key: string;
  label: string;
  show: ComponentChildren;
  totals: Total[];
}

interface Props {
  /** What is compared: `division`. */
  by: string;
  /** The total that is compared. */
  measure: Total;
  groups: Group[];
  /** The name of the CSV file. */
  name: string;
}

interface Row extends Omit<Group, "totals"> {
  total: Total;
}

export function Comparison({ by, measure, groups, name }: Props) {
  const key = totalKey(measure);
  const rows = groups.flatMap(({ totals, ...group }): Row[] => {
    const total = totals.find((total) => totalKey(total) === key);
    return total ? [{ ...group, total }] : [];
  });
  const title = `${capital(measure.unit.plural)} ${SCOPES[measure.scope]}, by ${by}`;
  if (rows.length === 0) return <p class="quiet">No {by} has figures in {measure.unit.plural}.</p>;
  const bars = rows.map(({ label, total: { sum, precision } }) => ({ label, value: sum, precision, without: "no sum" }));
  return (
    <div class="comparison">
      <Bars title={title} unit={measure.unit} bars={bars} />
      <Table caption={title} name={name} columns={columns(by)} rows={rows} rowKey={(row) => row.key} />
    </div>
  );
}

function columns(by: string): TableColumn<Row>[] {
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

/** Which total a view compares: that of its address, else the one of most figures in the year. */
export function chosenMeasure(totals: Total[], wanted: string | undefined): Total | undefined {
  const usual = totals.filter((total) => total.sum !== null).sort((a, b) => b.count - a.count)[0];
  return totals.find((total) => totalKey(total) === wanted) ?? usual ?? totals[0];
}

/** Chooses the total that is compared. */
export function MeasureChoice({ totals, measure, onChoice }: { totals: Total[]; measure: Total; onChoice: (key: string) => void }) {
  return (
    <label class="choice">
      Compare by
      <select value={totalKey(measure)} onChange={(event) => onChoice(event.currentTarget.value)}>
        {totals.map((total) => (
          <option key={totalKey(total)} value={totalKey(total)}>
            {capital(total.unit.plural)}
            {total.scope === "PERIOD" ? "" : `, ${SCOPES[total.scope]}`}
          </option>
        ))}
      </select>
    </label>
  );
}
