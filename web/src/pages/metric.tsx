// `/catalogue/<code>`: one metric, its series over the years with the change, what is below it, and where it is reported.

import type { ResultOf } from "gql.tada";

import { graphql, totalFields, unitFields, type Scope } from "../api/graphql.ts";
import { useAnswer } from "../api/use-answer.ts";
import { initiativeAddress, metricAddress } from "../lib/address.ts";
import { difference, MARKS, percent } from "../lib/figure.ts";
import { ADDITIVITY, count, SCOPES } from "../lib/words.ts";
import { chosenMeasure, Comparison, type Group } from "../ui/comparison.tsx";
import { Columns } from "../ui/columns.tsx";
import { Figure, Mark, ScopeNote, Sum } from "../ui/figure.tsx";
import { Later, standingFields } from "../ui/standing.tsx";
import { Missing, Waiting } from "../ui/state.tsx";
import { Table, tableCells, type TableColumn } from "../ui/table.tsx";
import { SumTiles, totalColumn } from "../ui/totals.tsx";
import { View } from "../ui/view.tsx";

const metricQuery = graphql(
  `
    query Metric($code: String!) {
      metric(code: $code) {
        code
        name
        description
        additivity
        unit {
          ...UnitFields
        }
        ancestors {
          code
          name
        }
        children(first: 100) {
          nodes {
            code
          }
        }
        series {
          fiscalYear
          total {
            ...TotalFields
          }
          change {
            absolute
            percent
            precision
          }
        }
      }
      within: results(where: { metric: { within: { code: { eq: $code } } } }, first: 100) {
        totalCount
        aggregate {
          totals {
            ...TotalFields
          }
        }
        groups(by: [METRIC], first: 200) {
          nodes {
            metric {
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
        nodes {
          id
          label
          value
          precision
          scope
          fiscalYear
          note
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
      }
    }
  `,
  [unitFields, totalFields, standingFields],
);

type Metric = NonNullable<ResultOf<typeof metricQuery>["metric"]>;
type Point = Metric["series"][number];
type Within = ResultOf<typeof metricQuery>["within"];
type Result = Within["nodes"][number];

export function Metric({ code }: { code: string }) {
  const question = { document: metricQuery, variables: { code } };
  const answer = useAnswer(question);
  if (!answer.data) return <Waiting answer={answer} />;
  const { metric, within } = answer.data;
  if (!metric) {
    return (
      <Missing title="No such metric">
        There is no metric {code} in the catalogue. <a href="/catalogue">See all metrics</a>.
      </Missing>
    );
  }
  return (
    <View
      title={metric.name}
      above={[
        { name: "Metrics", address: "/catalogue" },
        ...[...metric.ancestors].reverse().map(({ code, name }) => ({ name, address: metricAddress(code) })),
      ]}
      lead={
        <>
          {metric.description && <p>{metric.description}</p>}
          <p class="quiet">
            Unit: {metric.unit.plural} · {ADDITIVITY[metric.additivity]} · {count(within.totalCount, "figure")}
          </p>
        </>
      }
      question={question}
      table={
        metric.series.length > 0
          ? { name: `${metric.code}-by-year`, ...tableCells(SERIES, metric.series) }
          : { name: `${metric.code}-figures`, ...tableCells(RESULTS, within.nodes) }
      }
      cited={{ title: `${metric.name}, a metric in annals` }}
      answer={answer}
    >
      {metric.series.length > 0 && <Series metric={metric} />}
      {metric.children.nodes.length > 0 && <Below metric={metric} within={within} />}
      <section aria-labelledby="reported">
        <h2 id="reported">Where it is reported</h2>
        {within.nodes.length === 0 ? (
          <p>No report has a figure for this metric.</p>
        ) : (
          <Table
            caption={`Figures of ${metric.name}`}
            hasHiddenCaption
            name={`${metric.code}-figures`}
            columns={RESULTS}
            rows={within.nodes}
            rowKey={({ id }) => id}
          />
        )}
        {within.totalCount > within.nodes.length && (
          <p class="quiet">These are the first {within.nodes.length} of {count(within.totalCount, "figure")}; the API has all of them.</p>
        )}
      </section>
    </View>
  );
}

function Series({ metric }: { metric: Metric }) {
  const scopes = [...new Set(metric.series.map(({ total }) => total.scope))];
  return (
    <section aria-labelledby="series">
      <h2 id="series">By fiscal year</h2>
      {scopes.map((scope) => (
        <SeriesOfScope key={scope} metric={metric} scope={scope} />
      ))}
    </section>
  );
}

function SeriesOfScope({ metric, scope }: { metric: Metric; scope: Scope }) {
  const points = metric.series.filter(({ total }) => total.scope === scope);
  const title = scope === "PERIOD" ? metric.name : `${metric.name} (${SCOPES[scope]})`;
  return (
    <div class="comparison">
      {points.length > 1 ? (
        <Columns
          title={title}
          unit={metric.unit}
          columns={points.map(({ fiscalYear, total: { sum } }) => ({ year: fiscalYear, sum }))}
        />
      ) : (
        <SinglePoint point={points[0]} scope={scope} />
      )}
      <Table
        caption={title}
        name={`${metric.code}-by-year`}
        columns={SERIES}
        rows={points}
        rowKey={({ fiscalYear }) => String(fiscalYear)}
      />
    </div>
  );
}

/** One year is no chart. */
function SinglePoint({ point, scope }: { point: Point | undefined; scope: Scope }) {
  if (!point) return null;
  return (
    <div class="tile">
      <strong class="tile-figure">
        <Sum total={point.total} />
      </strong>
      <span class="quiet">
        {scope === "PERIOD" ? "" : `${SCOPES[scope]}, `}fiscal year {point.fiscalYear}
      </span>
    </div>
  );
}

function Below({ metric, within }: { metric: Metric; within: Within }) {
  const totals = within.aggregate.totals.map((total) => ({ metric, total }));
  const measure = chosenMeasure(totals, undefined);
  return (
    <section aria-labelledby="below">
      <h2 id="below">Including the metrics below it</h2>
      <SumTiles totals={totals} />
      {measure && (
        <Comparison
          by="metric"
          measure={measure}
          name={`${metric.code}-by-metric`}
          groups={within.groups.nodes.flatMap(({ metric: part, aggregate }): Group[] =>
            part
              ? aggregate.totals.map((total) => ({
                  key: part.code,
                  label: part.name,
                  show: <a href={metricAddress(part.code)}>{part.name}</a>,
                  metric,
                  total,
                }))
              : [],
          )}
        />
      )}
    </section>
  );
}

const SERIES: TableColumn<Point>[] = [
  {
    name: "Fiscal year",
    show: ({ fiscalYear }) => fiscalYear,
    cells: { "fiscal year": ({ fiscalYear }) => fiscalYear, period: ({ total }) => SCOPES[total.scope] },
  },
  totalColumn(),
  {
    name: "Change",
    isNumber: true,
    show: ({ change }) =>
      change && (
        <>
          {change.precision && <Mark precision={change.precision} />}
          {difference(change.absolute)}
          {change.percent !== null && <span class="quiet"> ({percent(change.percent)})</span>}
        </>
      ),
    cells: {
      change: ({ change }) => change?.absolute,
      "change in percent": ({ change }) => change?.percent,
      "how to read the change": ({ change }) =>
        change && (change.precision ? MARKS[change.precision].words || "exactly" : "may count twice"),
    },
  },
];

const RESULTS: TableColumn<Result>[] = [
  {
    name: "Figure",
    show: ({ label, initiative, note, report }) => (
      <>
        {label}
        <span class="note">
          <a href={initiativeAddress(report.agency.code, report.fiscalYear, initiative.slug)}>{initiative.name}</a>,{" "}
          {report.agency.code} {report.fiscalYear}
        </span>
        {note && <span class="note">{note}</span>}
      </>
    ),
    cells: {
      figure: ({ label }) => label,
      initiative: ({ initiative }) => initiative.name,
      report: ({ report }) => `${report.agency.code} ${report.fiscalYear}`,
      note: ({ note }) => note,
    },
  },
  {
    name: "Reported",
    isNumber: true,
    show: (result) => (
      <>
        <Figure value={result.value} precision={result.precision} unit={result.unit} />
        <ScopeNote scope={result.scope} />
        <Later result={result} />
      </>
    ),
    cells: {
      value: ({ value }) => value,
      "how to read it": ({ precision }) => MARKS[precision].words || "exactly",
      unit: ({ unit }) => unit.code,
      period: ({ scope }) => SCOPES[scope],
    },
  },
  {
    name: "Year",
    isNumber: true,
    show: ({ fiscalYear }) => fiscalYear,
    cells: { "fiscal year": ({ fiscalYear }) => fiscalYear },
  },
];
