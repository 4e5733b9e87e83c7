// Chooses a part of a report. The choice stands in the address, so it can be shared and undone with "back".

import { useLocation } from "preact-iso";

import { address } from "../lib/address.ts";
import { capital } from "../lib/words.ts";
import { NONE, type Report } from "./report-query.ts";

interface Option {
  value: string;
  name: string;
}

export function ReportFilters({ report }: { report: Report }) {
  const { path, query, route } = useLocation();
  const units = new Map(report.everything.aggregate.totals.map(({ unit }) => [unit.code, unit.plural]));
  const choose = (name: string, value: string) => route(address(path, { ...query, after: undefined, [name]: value || undefined }));
  const isChosen = Boolean(query["division"] || query["goal"] || query["unit"]);
  return (
    <form class="filters" aria-label="Filter the report" onSubmit={(event) => event.preventDefault()}>
      <Filter
        label="Division"
        every="All divisions"
        chosen={query["division"]}
        options={[
          ...report.divisions.nodes.map(({ code, name }) => ({ value: code, name })),
          { value: NONE, name: "No division named" },
        ]}
        onChoice={(value) => choose("division", value)}
      />
      <Filter
        label="Goal"
        every="All goals"
        chosen={query["goal"]}
        options={[
          ...report.goals.nodes.map(({ code, name }) => ({ value: code, name })),
          { value: NONE, name: "No goal named" },
        ]}
        onChoice={(value) => choose("goal", value)}
      />
      <Filter
        label="Unit"
        every="All units"
        chosen={query["unit"]}
        options={[...units].map(([value, plural]) => ({ value, name: capital(plural) }))}
        onChoice={(value) => choose("unit", value)}
      />
      <button type="button" disabled={!isChosen} onClick={() => route(path)}>
        Clear filters
      </button>
    </form>
  );
}

interface FilterProps {
  label: string;
  every: string;
  chosen: string | undefined;
  options: Option[];
  onChoice: (value: string) => void;
}

function Filter({ label, every, chosen, options, onChoice }: FilterProps) {
  return (
    <label class="choice">
      {label}
      <select value={chosen ?? ""} onChange={(event) => onChoice(event.currentTarget.value)}>
        <option value="">{every}</option>
        {options.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
