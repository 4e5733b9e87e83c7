// What the page of a report asks: one request for all that it shows, whatever is chosen in it.

import type { ResultOf, VariablesOf } from "gql.tada";

import { graphql, totalFields, unitFields } from "../api/graphql.ts";
import { headlineFields } from "../ui/headlines.tsx";
import { initiativeFields } from "../ui/initiatives.tsx";

export const reportQuery = graphql(
  `
    query Report(
      $agency: String!
      $fiscalYear: Int!
      $results: ResultFilter
      $records: ResultFilter
      $initiatives: InitiativeFilter
      $figures: ResultFilter
      $after: String
    ) {
      report(agency: $agency, fiscalYear: $fiscalYear) {
        title
        summary
        summaryBy
        fiscalYear
        periodStart
        periodEnd
        publishedAt
        revision
        agency {
          code
          name
          department
        }
        source {
          title
          publisher
          url
          licence
          retrieved
          sha256
        }
        divisions(first: 100) {
          nodes {
            code
            name
          }
        }
        goals(first: 100) {
          nodes {
            code
            name
          }
        }
        everything: results {
          aggregate {
            count
            totals {
              unit {
                ...UnitFields
              }
            }
          }
        }
        records: results(where: $records, first: 12) {
          nodes {
            ...HeadlineFields
          }
        }
        results(where: $results) {
          aggregate {
            count
            recordSettingCount
          }
          byMetric: groups(by: [ROOT_METRIC], first: 200) {
            nodes {
              rootMetric {
                code
                name
              }
              aggregate {
                totals {
                  ...TotalFields
                }
              }
            }
          }
          byDivision: groups(by: [DIVISION, ROOT_METRIC], first: 1000) {
            nodes {
              rootMetric {
                code
                name
              }
              division {
                code
                name
              }
              aggregate {
                totals {
                  ...TotalFields
                }
              }
            }
          }
          byGoal: groups(by: [GOAL, ROOT_METRIC], first: 1000) {
            nodes {
              rootMetric {
                code
                name
              }
              goal {
                code
                name
              }
              aggregate {
                totals {
                  ...TotalFields
                }
              }
            }
          }
        }
        initiatives(where: $initiatives, first: 100, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...InitiativeFields
          }
        }
      }
    }
  `,
  [unitFields, totalFields, headlineFields, initiativeFields],
);

export type Report = NonNullable<ResultOf<typeof reportQuery>["report"]>;

/** What was chosen on the page, as it stands in the address. `none` is for what belongs to no division or goal. */
export interface Choice {
  division?: string | undefined;
  goal?: string | undefined;
  unit?: string | undefined;
  /** Only the initiatives after this cursor. */
  after?: string | undefined;
}

export const NONE = "none";

/** The variables of the query for a report and what was chosen in it. */
export function reportVariables(agency: string, fiscalYear: number, choice: Choice): VariablesOf<typeof reportQuery> {
  const { after, division, goal, unit } = choice;
  const shared = {
    ...(division === NONE && { divisionExists: false }),
    ...(division && division !== NONE && { division: { code: { eq: division } } }),
    ...(goal === NONE && { goalExists: false }),
    ...(goal && goal !== NONE && { goal: { code: { eq: goal } } }),
  };
  const counted = unit ? { unit: { code: { eq: unit } } } : undefined;
  return {
    agency,
    fiscalYear,
    results: { ...shared, ...counted },
    records: { ...shared, ...counted, isRecord: { eq: true } },
    initiatives: { ...shared, ...(counted && { results: { some: counted } }) },
    ...(counted && { figures: counted }),
    ...(after && { after }),
  };
}
