// How a figure stands to other publications of it and to the year before.

import type { ResultOf } from "gql.tada";

import { graphql, unitFields } from "../api/graphql.ts";
import { initiativeAddress } from "../lib/address.ts";
import { difference, figure, MARKS, percent } from "../lib/figure.ts";

export const standingFields = graphql(
  `
    fragment StandingFields on ReportedResult {
      unit {
        ...UnitFields
      }
      supersededBy {
        value
        precision
        report {
          fiscalYear
          agency {
            code
          }
        }
        initiative {
          slug
        }
      }
      previous {
        value
        precision
        fiscalYear
      }
      change {
        absolute
        percent
        precision
      }
    }
  `,
  [unitFields],
);

type Standing = ResultOf<typeof standingFields>;

/** That a later report gives the figure anew, and with which value. */
export function Later({ result: { supersededBy, unit } }: { result: Standing }) {
  if (!supersededBy) return null;
  const { initiative, precision, report, value } = supersededBy;
  const { agency, fiscalYear } = report;
  return (
    <span class="note restated">
      Published again as {figure(value, precision, unit)} in{" "}
      <a href={initiativeAddress(agency.code, fiscalYear, initiative.slug)}>
        {agency.code} {fiscalYear}
      </a>
      . Quote the later figure.
    </span>
  );
}

/** The same figure a year earlier, and what changed. */
export function Previous({ result: { change, previous, unit } }: { result: Standing }) {
  if (!previous) return null;
  const sign = change?.precision && MARKS[change.precision].sign;
  return (
    <span class="note">
      Fiscal year {previous.fiscalYear}: {figure(previous.value, previous.precision, unit)}
      {change && (
        <>
          {" "}
          ({sign && `${sign} `}
          {difference(change.absolute)}
          {change.percent !== null && `, ${percent(change.percent)}`})
        </>
      )}
    </span>
  );
}
