// Horizontal bars, one below the other. A bound is drawn open and a rounded figure soft: no bar claims more than is known.

import type { Precision, Unit } from "../api/graphql.ts";
import { figure, MARKS } from "../lib/figure.ts";

export interface Bar {
  label: string;
  /** Null where there is no sum; then `without` is said in place of it. */
  value: number | null;
  precision: Precision | null;
  without?: string;
}

/** The same figures must stand in a table beside it: for those who cannot see it, the chart is one picture. */
export function Bars({ title, unit, bars }: { title: string; unit: Unit; bars: Bar[] }) {
  const largest = Math.max(0, ...bars.map((bar) => bar.value ?? 0));
  return (
    <figure class="bars">
      <div role="img" aria-label={`Bar chart: ${title}. The table beside it has the same figures.`}>
        {bars.map((bar) => (
          <div class="bar" key={bar.label}>
            <span class="bar-label">{bar.label}</span>
            <span class="bar-value">
              {bar.value === null || bar.precision === null ? bar.without : figure(bar.value, bar.precision, unit)}
            </span>
            {bar.value !== null && bar.precision !== null && (
              <Track share={largest > 0 ? Math.max(0, bar.value / largest) : 0} precision={bar.precision} />
            )}
          </div>
        ))}
      </div>
      <Legend figures={bars} />
    </figure>
  );
}

/** The end of a bar lies at `share` of the width; what is beyond it belongs to a mark. */
function Track({ share, precision }: { share: number; precision: Precision }) {
  const width = `${(share * 100).toFixed(3)}%`;
  return (
    <svg class="bar-track" width="100%" height="14">
      <rect class={precision === "UPPER_BOUND" ? "bar-open" : "bar-solid"} width={width} height="14" />
      <svg x={width} width="1" height="14" overflow="visible">
        <End precision={precision} />
      </svg>
    </svg>
  );
}

function End({ precision }: { precision: Precision }) {
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
      return null;
  }
}

const MEANINGS: Record<Precision, string> = {
  EXACT: "",
  APPROXIMATE: "a rounded figure: it ends softly",
  LOWER_BOUND: "a lower bound: it goes on beyond its end, nobody says how far",
  UPPER_BOUND: "an upper bound: it ends at the line or before",
};

/** Explains the marks that a chart has. */
export function Legend({ figures }: { figures: Pick<Bar, "value" | "precision">[] }) {
  const used = (Object.keys(MARKS) as Precision[]).filter(
    (precision) => MARKS[precision].sign && figures.some((one) => one.value !== null && one.precision === precision),
  );
  if (used.length === 0) return null;
  return (
    <figcaption class="legend">
      {used.map((precision) => (
        <span key={precision}>
          <b>{MARKS[precision].sign}</b> {MEANINGS[precision]}
        </span>
      ))}
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
