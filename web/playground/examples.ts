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
  `# What all figures come to: a total for each unit
# and span of time. Unlike things are never added
# up. Where a sum would mislead there is none, and
# the caveats say why.

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
          sum
          precision
          caveats
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
      totals {
        sum
        caveats
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
            sum
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
  `# Initiatives in the order of an honest sum: those
# with the most arrests first. Variables are below.

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
            sum
            precision
          }
        }
      }
    }
  }
}
`,
  `# A metric from year to year, with what changed.

query Series {
  metric(code: "fugitive-operations-teams") {
    name
    series {
      fiscalYear
      total {
        sum
        precision
      }
      change {
        absolute
        percent
      }
    }
  }
}
`,
  `# Everything that has these words, best first.

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
