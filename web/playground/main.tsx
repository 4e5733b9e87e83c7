/** @jsxImportSource react */
// The explorer: GraphiQL with its editor and workers, all of it from this server.

import "graphiql/setup-workers/vite";
// The styles one by one: the whole of them brings 350 kB of typefaces, and the system has its own.
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./style.css";

import { useMonaco } from "@graphiql/react";
import type { Fetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { Kind, parse } from "graphql";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

import { EXAMPLES } from "./examples.ts";
import { firstTabs, keepShared, shared } from "./link.ts";
import { defineThemes } from "./theme.ts";

const fetcher: Fetcher = async ({ operationName, ...request }) => {
  const headers = { accept: "application/graphql-response+json, application/json", "content-type": "application/json" };
  // Right after a change of tabs, GraphiQL still has the name of the tab before. Where there is one operation, none is needed.
  const asked = hasOneOperation(request.query) ? request : { ...request, operationName };
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(asked) });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { errors: [{ message: text || `The server answered with status ${response.status}.` }] };
  }
};

function hasOneOperation(query: string): boolean {
  try {
    return parse(query).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
  } catch {
    return false;
  }
}

const opened = shared();
// A query that comes into the address later, from another link, opens as if the page were new.
addEventListener("hashchange", () => location.reload());

function Explorer() {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (monaco) defineThemes(monaco);
  }, [monaco]);
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={firstTabs(opened, EXAMPLES)}
      {...(opened && { initialQuery: opened.query, initialVariables: opened.variables })}
      onTabChange={keepShared}
      defaultEditorToolsVisibility={opened?.variables ? "variables" : false}
      isHeadersEditorEnabled={false}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <a className="home" href="/">
          annals
        </a>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

const root = document.getElementById("explorer");
if (root) createRoot(root).render(<Explorer />);
