// Worked examples, one tab each. They run against the built-in report; a test asks them all.

import type { Shared } from "../src/lib/share.ts";

const MOST_ARRESTS = JSON.stringify({ metric: "arrests", first: 3 }, null, 2);

/** In the order of the tabs. A tab is called as its operation is. */
export const EXAMPLES: Shared[] = [
  `# Welcome! Every tab is an example. Run it with
# the button or Ctrl+Enter. Ctrl+Space completes
# fields, the book at the left explains them, and
# the address shares the query at hand.

query Report {
  report(agency: "ICE", fiscalYear: 2007) {
    title
    divisions {
      totalCount
      nodes {
        code
        name
        initiatives(first: 3) {
          totalCount
          nodes {
            name
            results {
              nodes {
                label
                value
                precision
                unit {
                  plural
                }
              }
            }
          }
        }
      }
    }
  }
}
`,
  `# What all figures add up to: a total for each unit
# and period. Different things are never added
# together. Where a sum would mislead there is none,
# and the caveats say why; inWords may be printed.

query Totals {
  report(agency: "ICE", fiscalYear: 2007) {
    results {
      aggregate {
        count
        totals {
          unit {
            plural
          }
          scope
          sum {
            value
            precision
          }
          atLeast
          caveats
          inWords
        }
      }
    }
  }
}
`,
  `# All arrests, whatever their kind, by division.
# Metrics form a tree, and "within" takes a metric
# with everything below it.

query Arrests {
  results(
    where: {
      metric: { within: { code: { eq: "arrests" } } }
      scope: { eq: PERIOD }
    }
  ) {
    aggregate {
      total(unit: "arrest") {
        sum {
          value
        }
        atLeast
        inWords
      }
    }
    groups(by: [DIVISION]) {
      nodes {
        division {
          name
        }
        aggregate {
          count
          totals {
            sum {
              value
            }
            atLeast
          }
        }
        results(
          orderBy: [{ value: DESC }]
          first: 1
        ) {
          nodes {
            value
            initiative {
              name
            }
          }
        }
      }
    }
  }
}
`,
  `# Initiatives by the sum of their arrests, largest
# first. Variables are below.

query MostArrests($metric: String!, $first: Int!) {
  initiatives(
    orderBy: [
      { total: { metric: $metric, direction: DESC } }
    ]
    first: $first
  ) {
    nodes {
      name
      outcome
      sourcePlace
      results(
        where: {
          metric: { within: { code: { eq: $metric } } }
        }
      ) {
        aggregate {
          totals {
            sum {
              value
              precision
            }
            atLeast
          }
        }
      }
    }
  }
}
`,
  `# A metric by fiscal year, with the change.

query Series {
  metric(code: "fugitive-operations-teams") {
    name
    series {
      fiscalYear
      total {
        sum {
          value
          precision
        }
      }
      change {
        absolute
        percent
      }
    }
  }
}
`,
  `# Everything with these words, best match first.

query Search {
  search(text: "cocaine seiz", first: 5) {
    totalCount
    edges {
      snippet {
        text
        isHit
      }
      node {
        __typename
        ... on ReportedResult {
          label
          value
        }
        ... on Metric {
          code
        }
        ... on Initiative {
          slug
        }
      }
    }
  }
}
`,
].map((query) => ({ query, variables: query.includes("$metric") ? MOST_ARRESTS : "" }));
