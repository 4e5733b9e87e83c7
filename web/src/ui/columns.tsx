// Columns side by side, one for each year. They are drawn as bars are.

import type { Precision, Sum, Unit } from "../api/graphql.ts";
import { sum as sumInWords } from "../lib/figure.ts";
import { fill, Legend } from "./bars.tsx";

export interface Column {
  year: number;
  /** Null where there is no sum. */
  sum: Sum | null;
}

const HEIGHT = 180;
/** Room for the figure above a column, and for what goes on above a lower bound. */
const HEAD = 44;

/** The same figures must stand in a table beside it. */
export function Columns({ title, unit, columns }: { title: string; unit: Unit; columns: Column[] }) {
  const largest = Math.max(0, ...columns.map(({ sum }) => sum?.value ?? 0));
  const width = 100 / Math.max(columns.length, 1);
  return (
    <figure class="columns">
      <svg
        role="img"
        aria-label={`Column chart: ${title}. The table beside it has the same figures.`}
        width="100%"
        height={HEIGHT + HEAD + 24}
      >
        {columns.map((column, place) => (
          <svg key={column.year} x={`${place * width}%`} width={`${width}%`} overflow="visible">
            <Column column={column} unit={unit} share={largest > 0 ? Math.max(0, (column.sum?.value ?? 0) / largest) : 0} />
            <text class="column-year" x="50%" y={HEIGHT + HEAD + 18}>
              {column.year}
            </text>
          </svg>
        ))}
        <line class="column-base" x1="0" x2="100%" y1={HEIGHT + HEAD} y2={HEIGHT + HEAD} />
      </svg>
      <Legend sums={columns.map(({ sum }) => sum)} />
    </figure>
  );
}

function Column({ column, unit, share }: { column: Column; unit: Unit; share: number }) {
  const { sum } = column;
  const top = HEAD + HEIGHT * (1 - share);
  if (sum === null) {
    return (
      <text class="column-value" x="50%" y={HEAD + HEIGHT - 8}>
        no sum
      </text>
    );
  }
  return (
    <>
      <End precision={sum.precision} top={top} />
      <rect
        class={fill(sum.precision)}
        x="25%"
        width="50%"
        y={top}
        height={Math.max(HEIGHT * share, 1)}
      />
      <text class="column-value" x="50%" y={top - (sum.precision === "LOWER_BOUND" || sum.precision === "APPROXIMATE" ? 24 : 8)}>
        {sumInWords(sum, unit)}
      </text>
    </>
  );
}

/** What is beyond the top of a column, or closes it. */
function End({ precision, top }: { precision: Precision | null; top: number }) {
  switch (precision) {
    case "LOWER_BOUND":
      return <rect class="bar-open" x="25%" width="50%" y={top - 16} height="16" />;
    case "UPPER_BOUND":
      return <line class="bar-arrow" x1="24%" x2="76%" y1={top} y2={top} />;
    case "APPROXIMATE":
      return <rect x="25%" width="50%" y={top - 12} height="12" fill="url(#soft-upwards)" />;
    case "EXACT":
    case null:
      return null;
  }
}
