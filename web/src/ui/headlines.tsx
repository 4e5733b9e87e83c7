// The figures that an agency itself puts first: those that its report describes as records. They come before any sum.

import type { ResultOf } from "gql.tada";

import { graphql, unitFields } from "../api/graphql.ts";
import { initiativeAddress } from "../lib/address.ts";
import { Figure } from "./figure.tsx";
import { Quote } from "./quote.tsx";
import { Later, Previous, standingFields } from "./standing.tsx";

export const headlineFields = graphql(
  `
    fragment HeadlineFields on ReportedResult {
      id
      label
      value
      precision
      inWords
      unit {
        ...UnitFields
      }
      initiative {
        slug
        name
      }
      report {
        fiscalYear
        agency {
          code
        }
      }
      ...StandingFields
    }
  `,
  [unitFields, standingFields],
);

type Headline = ResultOf<typeof headlineFields>;

export function Headlines({ figures }: { figures: Headline[] }) {
  if (figures.length === 0) return null;
  return (
    <section aria-labelledby="headlines">
      <h2 id="headlines">Headline figures</h2>
      <p class="quiet">Figures that the report describes as records.</p>
      <ul class="tiles">
        {figures.map((figure) => (
          <li key={figure.id} class="tile">
            <strong class="tile-figure">
              <Figure value={figure.value} precision={figure.precision} unit={figure.unit} />
            </strong>
            <a href={initiativeAddress(figure.report.agency.code, figure.report.fiscalYear, figure.initiative.slug)}>{figure.label}</a>
            <span class="quiet">{figure.initiative.name}</span>
            <Later result={figure} />
            <Previous result={figure} />
            <Quote sentence={figure.inWords} />
          </li>
        ))}
      </ul>
    </section>
  );
}
