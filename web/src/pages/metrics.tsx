// `/catalogue`: the catalogue, as the tree that it is.

import type { ResultOf } from "gql.tada";

import { graphql } from "../api/graphql.ts";
import { useAnswer } from "../api/use-answer.ts";
import { metricAddress } from "../lib/address.ts";
import { ADDITIVITY, count } from "../lib/words.ts";
import { Waiting } from "../ui/state.tsx";
import { Table, tableCells, type TableColumn } from "../ui/table.tsx";
import { View } from "../ui/view.tsx";

const metricsQuery = graphql(`
  query Metrics {
    metrics(first: 1000) {
      totalCount
      nodes {
        code
        name
        description
        additivity
        unit {
          plural
        }
        parent {
          code
        }
        results {
          totalCount
        }
      }
    }
  }
`);

type Metric = ResultOf<typeof metricsQuery>["metrics"]["nodes"][number];
/** A metric with how many stand above it. */
type Placed = Metric & { depth: number };

export function Metrics() {
  const question = { document: metricsQuery, variables: {} };
  const answer = useAnswer(question);
  if (!answer.data) return <Waiting answer={answer} />;
  const { nodes, totalCount } = answer.data.metrics;
  const rows = asTree(nodes);
  return (
    <View
      title="Metrics"
      lead={
        <p>
          What the reports measure, in which unit, and what can be summed. Each metric is listed under the more general
          one that it belongs to.
        </p>
      }
      question={question}
      table={{ name: "metrics", ...tableCells(COLUMNS, rows) }}
      cited={{ title: "The catalogue of metrics in annals" }}
      answer={answer}
    >
      <Table caption={`The catalogue: ${count(totalCount, "metric")}`} name="metrics" columns={COLUMNS} rows={rows} rowKey={({ code }) => code} />
    </View>
  );
}

const COLUMNS: TableColumn<Placed>[] = [
  {
    name: "Metric",
    show: ({ code, name, description, depth }) => (
      <div class={`depth depth-${Math.min(depth, 4)}`}>
        <a href={metricAddress(code)}>{name}</a>
        {description && <span class="note">{description}</span>}
      </div>
    ),
    cells: {
      code: ({ code }) => code,
      metric: ({ name }) => name,
      above: ({ parent }) => parent?.code,
      description: ({ description }) => description,
    },
  },
  { name: "Unit", show: ({ unit }) => unit.plural, cells: { unit: ({ unit }) => unit.plural } },
  {
    name: "Sums",
    show: ({ additivity }) => ADDITIVITY[additivity],
    cells: { sums: ({ additivity }) => ADDITIVITY[additivity] },
  },
  {
    name: "Figures",
    isNumber: true,
    show: ({ results }) => results.totalCount,
    cells: { figures: ({ results }) => results.totalCount },
  },
];

/** Each metric behind the one that it belongs to. One whose parent is not among them stands at the top. */
function asTree(metrics: Metric[]): Placed[] {
  const known = new Set(metrics.map(({ code }) => code));
  const above = ({ parent }: Metric) => (parent && known.has(parent.code) ? parent.code : null);
  const below = (code: string | null, depth: number): Placed[] =>
    metrics
      .filter((metric) => above(metric) === code)
      .flatMap((metric) => [{ ...metric, depth }, ...below(metric.code, depth + 1)]);
  return below(null, 0);
}
