// Horizontal bars, one below the other. A bound is drawn open, a rounded figure soft, and a sum that may count twice pale:
// no bar claims more than is known.

import type { Precision, Sum, Unit } from "../api/graphql.ts";
import { MARKS, sum as sumInWords } from "../lib/figure.ts";

export interface Bar {
  label: string;
  /** Null where there is no sum. */
  sum: Sum | null;
}

/** The same figures must stand in a table beside it: for those who cannot see it, the chart is one picture. */
export function Bars({ title, unit, bars }: { title: string; unit: Unit; bars: Bar[] }) {
  const largest = Math.max(0, ...bars.map((bar) => bar.sum?.value ?? 0));
  return (
    <figure class="bars">
      <div role="img" aria-label={`Bar chart: ${title}. The table beside it has the same figures.`}>
        {bars.map((bar) => (
          <div class="bar" key={bar.label}>
            <span class="bar-label">{bar.label}</span>
            <span class="bar-value">{bar.sum ? sumInWords(bar.sum, unit) : "no sum"}</span>
            {bar.sum && (
              <Track share={largest > 0 ? Math.max(0, bar.sum.value / largest) : 0} precision={bar.sum.precision} />
            )}
          </div>
        ))}
      </div>
      <Legend sums={bars.map(({ sum }) => sum)} />
    </figure>
  );
}

/** The end of a bar lies at `share` of the width; what is beyond it belongs to a mark. */
function Track({ share, precision }: { share: number; precision: Precision | null }) {
  const width = `${(share * 100).toFixed(3)}%`;
  return (
    <svg class="bar-track" width="100%" height="14">
      <rect class={fill(precision)} width={width} height="14" />
      <svg x={width} width="1" height="14" overflow="visible">
        <End precision={precision} />
      </svg>
    </svg>
  );
}

/** How the known part of a bar or column is filled. */
export function fill(precision: Precision | null): string {
  if (precision === null) return "bar-unsure";
  return precision === "UPPER_BOUND" ? "bar-open" : "bar-solid";
}

function End({ precision }: { precision: Precision | null }) {
  switch (precision) {
    case "LOWER_BOUND":
      return (
        <>
          <rect class="bar-open" width="18" height="14" />
          <path class="bar-arrow" d="M20 2l6 5-6 5" />
        </>
      );
    case "UPPER_BOUND":
      return <path class="bar-arrow" d="M0 -1v16" />;
    case "APPROXIMATE":
      return <rect width="12" height="14" fill="url(#soft)" />;
    case "EXACT":
    case null:
      return null;
  }
}

const MEANINGS: Record<Precision, string> = {
  EXACT: "",
  APPROXIMATE: "About this much; the report rounds it.",
  LOWER_BOUND: "At least this much; the report gives no upper limit.",
  UPPER_BOUND: "At most this much; the report gives no lower limit.",
};

/** Explains the marks that a chart has. */
export function Legend({ sums }: { sums: (Sum | null)[] }) {
  const used = (Object.keys(MARKS) as Precision[]).filter(
    (precision) => MARKS[precision].sign && sums.some((sum) => sum?.precision === precision),
  );
  const isUnsure = sums.some((sum) => sum?.precision === null);
  if (used.length === 0 && !isUnsure) return null;
  return (
    <figcaption class="legend">
      {used.map((precision) => (
        <span key={precision}>
          <b>{MARKS[precision].sign}</b> {MEANINGS[precision]}
        </span>
      ))}
      {isUnsure && <span>Pale: may count the same event twice.</span>}
    </figcaption>
  );
}

/** What charts are filled with; once on a page. */
export function ChartFills() {
  return (
    <svg class="fills" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-ground" width="6" height="6" />
          <rect class="hatch-line" width="2.5" height="6" />
        </pattern>
        <linearGradient id="soft">
          <stop class="soft-from" offset="0" />
          <stop class="soft-to" offset="1" />
        </linearGradient>
        <linearGradient id="soft-upwards" x1="0" x2="0" y1="1" y2="0">
          <stop class="soft-from" offset="0" />
          <stop class="soft-to" offset="1" />
        </linearGradient>
      </defs>
    </svg>
  );
}
