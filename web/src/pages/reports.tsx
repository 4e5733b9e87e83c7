// `/`: all reports. Where there is one, it leads into it.

import type { ResultOf } from "gql.tada";
import { useLocation } from "preact-iso";

import { graphql } from "../api/graphql.ts";
import { useAnswer } from "../api/use-answer.ts";
import { reportAddress } from "../lib/address.ts";
import { count, date } from "../lib/words.ts";
import { Headlines, headlineFields } from "../ui/headlines.tsx";
import { More } from "../ui/more.tsx";
import { Waiting } from "../ui/state.tsx";
import { Table, tableCells, type TableColumn } from "../ui/table.tsx";
import { View } from "../ui/view.tsx";

const reportsQuery = graphql(
  `
    query Reports($after: String) {
      reports(first: 100, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          title
          summary
          fiscalYear
          periodStart
          periodEnd
          revision
          agency {
            code
            name
            department
          }
          divisions {
            totalCount
          }
          initiatives {
            totalCount
          }
          records: results(where: { isRecord: { eq: true } }, first: 12) {
            nodes {
              ...HeadlineFields
            }
          }
          results {
            aggregate {
              count
              recordSettingCount
            }
          }
        }
      }
    }
  `,
  [headlineFields],
);

type Report = ResultOf<typeof reportsQuery>["reports"]["nodes"][number];

export function Reports() {
  const { after } = useLocation().query;
  const question = { document: reportsQuery, variables: after ? { after } : {} };
  const answer = useAnswer(question);
  if (!answer.data) return <Waiting answer={answer} />;
  const { nodes, pageInfo, totalCount } = answer.data.reports;
  const [first] = nodes;
  return (
    <View
      title="What agencies say they did"
      lead={
        <p>
          Annual reports of public agencies as data: what was done, what came of it, and totals that say how far you can
          trust them. Everything here is also in the <a href="/playground">API</a>.
        </p>
      }
      question={question}
      table={{ name: "reports", ...tableCells(COLUMNS, nodes) }}
      cited={{ title: "Annual reports in annals" }}
      answer={answer}
    >
      {totalCount === 0 && <p>There is no report in this database yet.</p>}
      {totalCount === 1 && first ? (
        <Lead report={first} />
      ) : (
        nodes.length > 0 && (
          <Table caption="Reports, by agency, newest first" name="reports" columns={COLUMNS} rows={nodes} rowKey={address} />
        )
      )}
      <More thing="report" shown={nodes.length} total={totalCount} pageInfo={pageInfo} />
    </View>
  );
}

const address = ({ agency, fiscalYear }: Report) => reportAddress(agency.code, fiscalYear);

const COLUMNS: TableColumn<Report>[] = [
  {
    name: "Report",
    show: (report) => <a href={address(report)}>{report.title}</a>,
    cells: { report: ({ title }) => title },
  },
  { name: "Agency", show: ({ agency }) => agency.name, cells: { agency: ({ agency }) => agency.name } },
  {
    name: "Fiscal year",
    isNumber: true,
    show: ({ fiscalYear }) => fiscalYear,
    cells: {
      "fiscal year": ({ fiscalYear }) => fiscalYear,
      "first day": ({ periodStart }) => periodStart,
      "last day": ({ periodEnd }) => periodEnd,
    },
  },
  {
    name: "Initiatives",
    isNumber: true,
    show: ({ initiatives }) => initiatives.totalCount,
    cells: { initiatives: ({ initiatives }) => initiatives.totalCount },
  },
  {
    name: "Figures",
    isNumber: true,
    show: ({ results }) => results.aggregate.count,
    cells: { figures: ({ results }) => results.aggregate.count },
  },
];

function Lead({ report }: { report: Report }) {
  const { agency, divisions, initiatives, records, results } = report;
  return (
    <section class="card leading" aria-labelledby="leading">
      <p class="eyebrow">
        {agency.name}
        {agency.department && ` · ${agency.department}`}
      </p>
      <h2 id="leading">
        <a href={address(report)}>{report.title}</a>
      </h2>
      {report.summary && <p>{report.summary}</p>}
      <p class="quiet">
        {date(report.periodStart)} to {date(report.periodEnd)} · {count(divisions.totalCount, "division")} ·{" "}
        {count(initiatives.totalCount, "initiative")} · {count(results.aggregate.count, "figure")},{" "}
        {results.aggregate.recordSettingCount} described as records
      </p>
      <Headlines figures={records.nodes} />
      <p>
        <a class="button strong" href={address(report)}>
          Read the report
        </a>
      </p>
    </section>
  );
}
