// `/reports/<agency>/<year>/divisions/<code>`: what one division did in the year.

import { useLocation } from "preact-iso";

import { graphql, totalFields } from "../api/graphql.ts";
import { useAnswer } from "../api/use-answer.ts";
import { address, initiativeAddress, reportAddress } from "../lib/address.ts";
import { count } from "../lib/words.ts";
import { chosenMeasure, Comparison, grouped, MeasureChoice } from "../ui/comparison.tsx";
import { figuresTable, initiativeFields, Initiatives } from "../ui/initiatives.tsx";
import { More } from "../ui/more.tsx";
import { Missing, Waiting } from "../ui/state.tsx";
import { metricTotals, SumTiles, TotalsTable } from "../ui/totals.tsx";
import { View } from "../ui/view.tsx";

const divisionQuery = graphql(
  `
    query Division($agency: String!, $fiscalYear: Int!, $code: String!, $figures: ResultFilter, $after: String) {
      report(agency: $agency, fiscalYear: $fiscalYear) {
        title
        revision
        source {
          publisher
        }
      }
      division(agency: $agency, code: $code) {
        code
        name
        agency {
          code
          name
        }
        results(where: { report: { fiscalYear: { eq: $fiscalYear } } }) {
          aggregate {
            count
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
          byInitiative: groups(by: [INITIATIVE, ROOT_METRIC], first: 1000) {
            nodes {
              rootMetric {
                code
                name
              }
              initiative {
                slug
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
        initiatives(where: { report: { fiscalYear: { eq: $fiscalYear } } }, first: 100, after: $after) {
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
  [totalFields, initiativeFields],
);

export function Division({ agency, year, code }: { agency: string; year: string; code: string }) {
  const fiscalYear = Number(year);
  const { path, query, route } = useLocation();
  const after = query["after"];
  const question = { document: divisionQuery, variables: { agency, fiscalYear, code, ...(after && { after }) } };
  const answer = useAnswer(question);
  if (!answer.data) return <Waiting answer={answer} />;
  const { report, division } = answer.data;
  if (!report || !division) {
    return (
      <Missing title="No such division">
        There is no division {code} in a report of {agency} for fiscal year {year}. <a href="/">See all reports</a>.
      </Missing>
    );
  }
  const { aggregate, byInitiative, byMetric } = division.results;
  const totals = metricTotals(byMetric.nodes);
  const { nodes, pageInfo, totalCount } = division.initiatives;
  const measure = chosenMeasure(totals, query["measure"]);
  const file = `${agency}-${year}-${division.code}`;
  const initiatives = { initiatives: nodes, agency, fiscalYear };
  return (
    <View
      title={division.name}
      above={[
        { name: "Reports", address: "/" },
        { name: report.title, address: reportAddress(agency, fiscalYear) },
      ]}
      lead={
        <>
          <p class="eyebrow">
            {division.agency.name} · {division.code}
          </p>
          <p class="quiet">
            Fiscal year {year} · {count(totalCount, "initiative")} · {count(aggregate.count, "figure")}
          </p>
        </>
      }
      question={question}
      table={figuresTable(`${file}-figures`, initiatives)}
      cited={{
        title: `${division.name}, in: ${report.title}`,
        author: division.agency.name,
        publisher: report.source.publisher ?? undefined,
        year: fiscalYear,
        revision: report.revision,
      }}
      answer={answer}
    >
      {totalCount === 0 && <p>The report names no initiative of this division, and none can be inferred.</p>}
      {measure && (
        <section aria-labelledby="glance">
          <h2 id="glance">What the figures add up to</h2>
          <p class="quiet">Sums by annals of this division's figures, metric by metric.</p>
          <SumTiles totals={totals} />
          <TotalsTable totals={totals} name={`${file}-totals`} caption="Totals by metric" />
          <div class="section-head">
            <h2 id="compared">By initiative</h2>
            <MeasureChoice
              totals={totals}
              measure={measure}
              onChoice={(key) => route(address(path, { ...query, measure: key }), true)}
            />
          </div>
          <Comparison
            by="initiative"
            measure={measure}
            name={`${file}-by-initiative`}
            groups={grouped(
              byInitiative.nodes,
              ({ initiative }) =>
                initiative && {
                  key: initiative.slug,
                  label: initiative.name,
                  show: <a href={initiativeAddress(agency, fiscalYear, initiative.slug)}>{initiative.name}</a>,
                },
            )}
          />
        </section>
      )}
      {totalCount > 0 && (
        <section aria-labelledby="initiatives">
          <h2 id="initiatives">Initiatives</h2>
          <Initiatives {...initiatives} />
          <More thing="initiative" shown={nodes.length} total={totalCount} pageInfo={pageInfo} />
        </section>
      )}
    </View>
  );
}
