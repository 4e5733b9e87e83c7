// Initiatives: what was done, what came of it, the figures, on what ground each is attributed, and its place in the source.

import type { ResultOf } from "gql.tada";

import { graphql } from "../api/graphql.ts";
import { divisionAddress, metricAddress, reportAddress } from "../lib/address.ts";
import type { Table as CsvTable } from "../lib/csv.ts";
import { MARKS } from "../lib/figure.ts";
import { count, SCOPES } from "../lib/words.ts";
import { Figure } from "./figure.tsx";
import { Quote } from "./quote.tsx";
import { Later, Previous, standingFields } from "./standing.tsx";
import { Table, tableCells, type TableColumn } from "./table.tsx";

/** Its query says in `$figures` which of the figures are shown. */
export const initiativeFields = graphql(
  `
    fragment InitiativeFields on Initiative {
      slug
      position
      name
      action
      outcome
      summaryBy
      sourcePlace
      division {
        code
        name
      }
      divisionAttribution {
        basis
        note
      }
      goal {
        code
        name
      }
      goalAttribution {
        basis
        note
      }
      results(where: $figures, first: 25) {
        totalCount
        nodes {
          key
          label
          value
          precision
          scope
          fiscalYear
          asOf
          isRecord
          note
          sourcePlace
          partOf {
            label
          }
          metric {
            code
            name
          }
          inWords
          ...StandingFields
        }
      }
    }
  `,
  [standingFields],
);

type Initiative = ResultOf<typeof initiativeFields>;
type Result = Initiative["results"]["nodes"][number];

interface Props {
  initiatives: Initiative[];
  agency: string;
  fiscalYear: number;
}

export function Initiatives({ initiatives, agency, fiscalYear }: Props) {
  return (
    <ol class="initiatives">
      {initiatives.map((initiative) => (
        <li key={initiative.slug} id={initiative.slug} class="initiative">
          <h3>
            <a href={`#${encodeURIComponent(initiative.slug)}`} aria-label={`${initiative.name}: link to it`}>
              {initiative.name}
            </a>
          </h3>
          <div class="told">
            <div>
              <h4>What was done, as summarized by {initiative.summaryBy}</h4>
              <p>{initiative.action}</p>
            </div>
            <div>
              <h4>What came of it, as summarized by {initiative.summaryBy}</h4>
              <p>{initiative.outcome}</p>
            </div>
          </div>
          <Figures initiative={initiative} fiscalYear={fiscalYear} />
          <Grounds initiative={initiative} agency={agency} fiscalYear={fiscalYear} />
        </li>
      ))}
    </ol>
  );
}

function Figures({ initiative, fiscalYear }: { initiative: Initiative; fiscalYear: number }) {
  const { nodes, totalCount } = initiative.results;
  if (nodes.length === 0) return <p class="quiet">The report gives no figure for this initiative.</p>;
  return (
    <>
      <Table
        caption={`Figures of ${initiative.name}`}
        hasHiddenCaption
        name={initiative.slug}
        columns={figureColumns(fiscalYear)}
        rows={nodes}
        rowKey={({ key }) => key}
      />
      {totalCount > nodes.length && (
        <p class="quiet">These are the first {nodes.length} of {count(totalCount, "figure")}; the API has all of them.</p>
      )}
    </>
  );
}

function figureColumns(fiscalYear: number): TableColumn<Result>[] {
  return [
    {
      name: "Figure",
      show: ({ label, isRecord, metric, note, partOf, sourcePlace }) => (
        <>
          {label}
          {isRecord && <span class="badge">record</span>}
          {partOf && <span class="quiet"> part of “{partOf.label}”</span>}
          <span class="note">
            Metric: <a href={metricAddress(metric.code)}>{metric.name}</a>
          </span>
          {note && <span class="note">{note}</span>}
          {sourcePlace && <span class="note">In the source: {sourcePlace}</span>}
        </>
      ),
      cells: {
        figure: ({ label }) => label,
        metric: ({ metric }) => metric.code,
        note: ({ note }) => note,
        "figure in the source": ({ sourcePlace }) => sourcePlace,
      },
    },
    {
      name: "Reported",
      isNumber: true,
      show: (result) => (
        <>
          <Figure value={result.value} precision={result.precision} unit={result.unit} />
          <span class="note">{when(result, fiscalYear)}</span>
          <Later result={result} />
          <Previous result={result} />
          <Quote sentence={result.inWords} />
        </>
      ),
      cells: RESULT_CELLS,
    },
  ];
}

/** What a figure covers, where that is not the whole of the report's year. */
function when({ asOf, fiscalYear, scope }: Result, ofReport: number): string {
  const parts = [scope !== "PERIOD" && SCOPES[scope], fiscalYear !== ofReport && `fiscal year ${fiscalYear}`, asOf && `as of ${asOf}`];
  return parts.filter(Boolean).join(", ");
}

const RESULT_CELLS = {
  value: ({ value }: Result) => value,
  "how to read it": ({ precision }: Result) => MARKS[precision].words || "exactly",
  unit: ({ unit }: Result) => unit.code,
  "fiscal year": ({ fiscalYear }: Result) => fiscalYear,
  period: ({ scope }: Result) => SCOPES[scope],
  "as of": ({ asOf }: Result) => asOf,
  record: ({ isRecord }: Result) => isRecord,
};

function Grounds({ initiative, agency, fiscalYear }: { initiative: Initiative } & Omit<Props, "initiatives">) {
  const { division, divisionAttribution, goal, goalAttribution, sourcePlace } = initiative;
  return (
    <dl class="grounds">
      <dt>Division</dt>
      <dd>
        {division ? <a href={divisionAddress(agency, fiscalYear, division.code)}>{division.name}</a> : "none named"}
        <Ground attribution={divisionAttribution} />
      </dd>
      <dt>Goal</dt>
      <dd>
        {goal ? <a href={`${reportAddress(agency, fiscalYear)}?goal=${encodeURIComponent(goal.code)}`}>{goal.name}</a> : "none named"}
        <Ground attribution={goalAttribution} />
      </dd>
      <dt>In the source</dt>
      <dd>{sourcePlace}</dd>
    </dl>
  );
}

function Ground({ attribution }: { attribution: Initiative["goalAttribution"] }) {
  if (!attribution) return null;
  const words = attribution.basis === "STATED" ? "Named in the report." : `Inferred: ${attribution.note}`;
  return (
    <span class="quiet">
      {" · "}
      {words}
    </span>
  );
}

/** All figures of the initiatives as one table; an initiative without a figure has a row of its own. */
export function figuresTable(name: string, { initiatives, fiscalYear }: Omit<Props, "agency">): CsvTable {
  const { columns } = tableCells(figureColumns(fiscalYear), []);
  const rows = initiatives.flatMap((initiative) => {
    const head = [
      initiative.position,
      initiative.name,
      initiative.division?.code,
      initiative.divisionAttribution?.basis.toLowerCase(),
      initiative.goal?.name,
      initiative.goalAttribution?.basis.toLowerCase(),
      initiative.action,
      initiative.outcome,
      initiative.summaryBy,
      initiative.sourcePlace,
    ];
    const figures = tableCells(figureColumns(fiscalYear), initiative.results.nodes).rows;
    return (figures.length > 0 ? figures : [columns.map(() => null)]).map((cells) => [...head, ...cells]);
  });
  return { name, columns: [...HEAD, ...columns], rows };
}

const HEAD = [
  "place",
  "initiative",
  "division",
  "division is",
  "goal",
  "goal is",
  "what was done",
  "what came of it",
  "summarized by",
  "place in the source",
];
