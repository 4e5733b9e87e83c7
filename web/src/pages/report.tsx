// `/reports/<agency>/<year>`: a report at a glance, compared by division and goal, and its initiatives.

import { useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";

import { useAnswer } from "../api/use-answer.ts";
import { address, divisionAddress, reportAddress } from "../lib/address.ts";
import { describeDataset } from "../lib/dataset.ts";
import { count, date } from "../lib/words.ts";
import { chosenMeasure, Comparison, grouped, MeasureChoice } from "../ui/comparison.tsx";
import { Headlines } from "../ui/headlines.tsx";
import { figuresTable, Initiatives } from "../ui/initiatives.tsx";
import { More } from "../ui/more.tsx";
import { useTarget } from "../ui/target.ts";
import { Missing, Waiting } from "../ui/state.tsx";
import { metricTotals, SumTiles, TotalsTable } from "../ui/totals.tsx";
import { View } from "../ui/view.tsx";
import { ReportFilters } from "./report-filters.tsx";
import { reportQuery, reportVariables, type Report as ReportData } from "./report-query.ts";
import { Downloads } from "./downloads.tsx";
import { Source } from "./source.tsx";

export function Report({ agency, year }: { agency: string; year: string }) {
  const { query } = useLocation();
  const question = { document: reportQuery, variables: reportVariables(agency, Number(year), query) };
  const answer = useAnswer(question);
  useTarget(answer.data !== undefined);
  if (!answer.data) return <Waiting answer={answer} />;
  const report = answer.data.report;
  if (!report) {
    return (
      <Missing title="No such report">
        There is no report of {agency} for fiscal year {year} in this database. <a href="/">See all reports</a>.
      </Missing>
    );
  }
  const file = `${report.agency.code}-${report.fiscalYear}`;
  const initiatives = { initiatives: report.initiatives.nodes, agency: report.agency.code, fiscalYear: report.fiscalYear };
  return (
    <View
      title={report.title}
      above={[{ name: "Reports", address: "/" }]}
      lead={<Facts report={report} />}
      question={question}
      table={figuresTable(`${file}-figures`, initiatives)}
      cited={{
        title: report.title,
        author: report.agency.name,
        publisher: report.source.publisher ?? undefined,
        year: report.fiscalYear,
        revision: report.revision,
      }}
      answer={answer}
    >
      <ReportFilters report={report} />
      <Headlines figures={report.records.nodes} />
      <AtAGlance report={report} file={file} />
      <Compared report={report} file={file} />
      <section aria-labelledby="initiatives">
        <h2 id="initiatives">Initiatives</h2>
        {report.initiatives.nodes.length === 0 && <p>No initiatives match these filters.</p>}
        <Initiatives {...initiatives} />
        <More
          thing="initiative"
          shown={report.initiatives.nodes.length}
          total={report.initiatives.totalCount}
          pageInfo={report.initiatives.pageInfo}
        />
      </section>
      <Source source={report.source} summaryBy={report.summaryBy} revision={report.revision} publishedAt={report.publishedAt} />
      <Downloads agency={report.agency.code} fiscalYear={report.fiscalYear} />
      <Dataset report={report} />
    </View>
  );
}

function Facts({ report }: { report: ReportData }) {
  const { aggregate } = report.results;
  return (
    <>
      <p class="eyebrow">
        {report.agency.name}
        {report.agency.department && ` · ${report.agency.department}`}
      </p>
      {report.summary && <p>{report.summary}</p>}
      <p class="quiet">
        {date(report.periodStart)} to {date(report.periodEnd)} · {count(report.initiatives.totalCount, "initiative")} ·{" "}
        {count(aggregate.count, "figure")}, {aggregate.recordSettingCount} described as records
      </p>
    </>
  );
}

function AtAGlance({ report, file }: { report: ReportData; file: string }) {
  const totals = metricTotals(report.results.byMetric.nodes);
  if (totals.length === 0) return null;
  return (
    <section aria-labelledby="glance">
      <h2 id="glance">What the figures add up to</h2>
      <p class="quiet">Sums by annals of the figures in this report, metric by metric.</p>
      <SumTiles totals={totals} />
      <details class="all" open={totals.length <= 6}>
        <summary>All metrics in this report ({totals.length})</summary>
        <TotalsTable totals={totals} name={`${file}-totals`} caption="Totals by metric" />
      </details>
    </section>
  );
}

function Compared({ report, file }: { report: ReportData; file: string }) {
  const { path, query, route } = useLocation();
  const { byDivision, byGoal, byMetric } = report.results;
  const totals = metricTotals(byMetric.nodes);
  const measure = chosenMeasure(totals, query["measure"]);
  if (!measure) return null;
  const divisions = grouped(byDivision.nodes, ({ division }) => ({
    key: division?.code ?? "",
    label: division?.name ?? "No division named",
    show: division ? (
      <a href={divisionAddress(report.agency.code, report.fiscalYear, division.code)}>{division.name}</a>
    ) : (
      "No division named"
    ),
  }));
  const goals = grouped(byGoal.nodes, ({ goal }) => ({
    key: goal?.code ?? "",
    label: goal?.name ?? "No goal named",
    show: goal ? (
      <a href={address(reportAddress(report.agency.code, report.fiscalYear), { goal: goal.code })}>{goal.name}</a>
    ) : (
      "No goal named"
    ),
  }));
  return (
    <section aria-labelledby="compared">
      <div class="section-head">
        <h2 id="compared">By division and goal</h2>
        <MeasureChoice
          totals={totals}
          measure={measure}
          onChoice={(key) => route(address(path, { ...query, measure: key }), true)}
        />
      </div>
      <Comparison by="division" measure={measure} groups={divisions} name={`${file}-by-division`} />
      <Comparison by="goal" measure={measure} groups={goals} name={`${file}-by-goal`} />
    </section>
  );
}

/** What search engines for data read. It is data and no script, so the policy of the page lets it stand. */
function Dataset({ report }: { report: ReportData }) {
  const text = JSON.stringify(describeDataset(report, location.origin));
  useEffect(() => {
    const element = document.createElement("script");
    element.type = "application/ld+json";
    element.textContent = text;
    document.head.append(element);
    return () => element.remove();
  }, [text]);
  return null;
}
