// `/search?q=`: looks while one types. The words stand in the address, so a search can be shared and come back to.

import type { ResultOf } from "gql.tada";
import { useLocation } from "preact-iso";
import { useEffect, useRef, useState } from "preact/hooks";

import { graphql, unitFields } from "../api/graphql.ts";
import { useAnswer } from "../api/use-answer.ts";
import { address, divisionAddress, initiativeAddress, metricAddress } from "../lib/address.ts";
import { figure } from "../lib/figure.ts";
import { count } from "../lib/words.ts";
import { View } from "../ui/view.tsx";

const searchQuery = graphql(
  `
    query Search($text: String!) {
      search(text: $text, first: 30) {
        totalCount
        edges {
          cursor
          snippet {
            text
            isHit
          }
          node {
            __typename
            ... on Division {
              code
              name
              agency {
                code
                name
                reports(first: 1) {
                  nodes {
                    fiscalYear
                  }
                }
              }
            }
            ... on Initiative {
              slug
              name
              report {
                title
                fiscalYear
                agency {
                  code
                }
              }
            }
            ... on ReportedResult {
              label
              value
              precision
              unit {
                ...UnitFields
              }
              initiative {
                slug
                name
              }
              report {
                title
                fiscalYear
                agency {
                  code
                }
              }
            }
            ... on Metric {
              code
              name
              description
              unit {
                plural
              }
            }
          }
        }
      }
    }
  `,
  [unitFields],
);

type Edge = ResultOf<typeof searchQuery>["search"]["edges"][number];

export function Search() {
  const { query } = useLocation();
  const text = (query["q"] ?? "").trim();
  const question = text ? { document: searchQuery, variables: { text } } : undefined;
  const answer = useAnswer(question);
  const hits = question && answer.data?.search;
  const found = hits?.edges.map((edge) => ({ key: edge.cursor, snippet: edge.snippet, ...described(edge.node) }));
  return (
    <View
      title="Search"
      question={question}
      table={
        found && {
          name: "search",
          columns: ["kind", "name", "more", "address"],
          rows: found.map(({ kind, name, more, href }) => [kind, name, more, location.origin + href]),
        }
      }
      cited={{ title: text ? `Search for “${text}” in annals` : "Search in annals" }}
      answer={answer}
    >
      <SearchField text={query["q"] ?? ""} />
      <p role="status" class="quiet">
        {hits ? summary(text, hits.totalCount, hits.edges.length) : "Search names, codes and texts of divisions, initiatives, figures and metrics."}
      </p>
      <ol class="hits">
        {found?.map(({ key, kind, name, more, href, snippet }) => (
          <li key={key}>
            <span class="badge">{kind}</span>
            <a href={href}>{name}</a>
            <p>{snippet.map(({ text, isHit }, place) => (isHit ? <mark key={place}>{text}</mark> : text))}</p>
            <p class="quiet">{more}</p>
          </li>
        ))}
      </ol>
    </View>
  );
}

function summary(text: string, total: number, shown: number): string {
  if (total === 0) return `No results for “${text}”.`;
  return shown < total ? `${count(total, "result")}, the best ${shown} shown` : count(total, "result");
}

/** How long to wait for the next letter, in milliseconds. */
const PAUSE = 120;

/** What is typed replaces the address; so "back" leaves the search and does not go through its letters. */
function SearchField({ text }: { text: string }) {
  const { route } = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  useEffect(() => {
    if (text !== sent.current) setTyped(text);
    sent.current = text;
  }, [text]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      route(address("/search", { q: typed }), true);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => field.current?.focus(), []);
  return (
    <form role="search" class="search" onSubmit={(event) => event.preventDefault()}>
      <label for="search" class="hidden">
        Search for
      </label>
      <input
        ref={field}
        id="search"
        type="search"
        autocomplete="off"
        placeholder="fugitive operations, cocaine, OI …"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
    </form>
  );
}

interface Described {
  kind: string;
  name: string;
  more: string;
  href: string;
}

function described(node: Edge["node"]): Described {
  switch (node.__typename) {
    case "Division": {
      const { code, name, reports } = node.agency;
      const year = reports.nodes[0]?.fiscalYear;
      const href = year === undefined ? "/" : divisionAddress(code, year, node.code);
      return { kind: "Division", name: node.name, more: `${node.code}, ${name}`, href };
    }
    case "Initiative": {
      const { title, fiscalYear, agency } = node.report;
      return { kind: "Initiative", name: node.name, more: title, href: initiativeAddress(agency.code, fiscalYear, node.slug) };
    }
    case "ReportedResult": {
      const { initiative, label, precision, report, unit, value } = node;
      return {
        kind: "Figure",
        name: `${label}: ${figure(value, precision, unit)}`,
        more: `${initiative.name}, ${report.title}`,
        href: initiativeAddress(report.agency.code, report.fiscalYear, initiative.slug),
      };
    }
    case "Metric":
      return { kind: "Metric", name: node.name, more: `Unit: ${node.unit.plural}`, href: metricAddress(node.code) };
  }
}
