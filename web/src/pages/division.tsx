// `/reports/<agency>/<year>/divisions/<code>`: what one division did in the year.

import { useLocation } from "preact-iso";

import { graphql, totalFields } from "../api/graphql.ts";
import { useAnswer } from "../api/use-answer.ts";
import { address, initiativeAddress, reportAddress } from "../lib/address.ts";
import { count } from "../lib/words.ts";
import { chosenMeasure, Comparison, MeasureChoice } from "../ui/comparison.tsx";
import { figuresTable, initiativeFields, Initiatives } from "../ui/initiatives.tsx";
import { More } from "../ui/more.tsx";
import { Missing, Waiting } from "../ui/state.tsx";
import { SumTiles, TotalsTable } from "../ui/totals.tsx";
import { View } from "../ui/view.tsx";

const divisionQuery = graphql(
  `
    query Division($agency: String!, $fiscalYear: Int!, $code: String!, $figures: ResultFilter, $after: String) {
      report(agency: $agency, fiscalYear: $fiscalYear) {
        title
        revision
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
            recordSettingCount
            totals {
              ...TotalFields
            }
          }
          groups(by: [INITIATIVE], first: 100) {
            nodes {
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
  const { aggregate, groups } = division.results;
  const { nodes, pageInfo, totalCount } = division.initiatives;
  const measure = chosenMeasure(aggregate.totals, query["measure"]);
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
      cited={{ title: `${division.name}, in: ${report.title}`, author: division.agency.name, year: fiscalYear, revision: report.revision }}
      answer={answer}
    >
      {totalCount === 0 && <p>The report attributes no initiative to this division, and none follows from its subject.</p>}
      {measure && (
        <section aria-labelledby="glance">
          <h2 id="glance">At a glance</h2>
          <SumTiles totals={aggregate.totals} />
          <TotalsTable totals={aggregate.totals} name={`${file}-totals`} caption="Totals by unit and span" />
          <div class="section-head">
            <h2 id="compared">By initiative</h2>
            <MeasureChoice
              totals={aggregate.totals}
              measure={measure}
              onChoice={(key) => route(address(path, { ...query, measure: key }), true)}
            />
          </div>
          <Comparison
            by="initiative"
            measure={measure}
            name={`${file}-by-initiative`}
            groups={groups.nodes.flatMap(({ initiative, aggregate }) =>
              initiative
                ? {
                    key: initiative.slug,
                    label: initiative.name,
                    show: <a href={initiativeAddress(agency, fiscalYear, initiative.slug)}>{initiative.name}</a>,
                    totals: aggregate.totals,
                  }
                : [],
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
