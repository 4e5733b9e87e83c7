// Queries typed from schema.graphql: a field that is not there fails the build.

import type { introspection } from "#schema";
import { initGraphQLTada, type ResultOf } from "gql.tada";

export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Date: string; DateTime: string };
}>();

/** What a page must know of a unit to write a figure in it. */
export const unitFields = graphql(`
  fragment UnitFields on UnitOfMeasure {
    code
    name
    plural
    symbol
    kind
  }
`);

/** A total with all that must be said beside it. */
export const totalFields = graphql(
  `
    fragment TotalFields on Total {
      unit {
        ...UnitFields
      }
      scope
      sum {
        value
        precision
      }
      atLeast
      caveats
      count
      inWords
    }
  `,
  [unitFields],
);

export type Unit = ResultOf<typeof unitFields>;
export type Total = ResultOf<typeof totalFields>;
export type Sum = NonNullable<Total["sum"]>;
export type Precision = NonNullable<Sum["precision"]>;
export type Scope = Total["scope"];
export type Caveat = Total["caveats"][number];
