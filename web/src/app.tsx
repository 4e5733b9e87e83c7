// The frame around every view, and which address shows which.

import { useEffect, useState } from "preact/hooks";
import { LocationProvider, Route, Router, useLocation } from "preact-iso";

import { SITE, unescaped } from "./lib/address.ts";
import { Division } from "./pages/division.tsx";
import { Metric } from "./pages/metric.tsx";
import { Metrics } from "./pages/metrics.tsx";
import { Report } from "./pages/report.tsx";
import { Reports } from "./pages/reports.tsx";
import { Search } from "./pages/search.tsx";
import { ChartFills } from "./ui/bars.tsx";
import { Missing } from "./ui/state.tsx";

export function App() {
  return (
    <LocationProvider scope={SITE}>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <Head />
      <main id="content" tabIndex={-1}>
        <Views />
      </main>
      <Foot />
      <ChartFills />
    </LocationProvider>
  );
}

function Views() {
  const { path } = useLocation();
  if (unescaped(path) === undefined) return <NoSuchPage />;
  return (
    <Router>
      <Route path="/" component={Reports} />
      <Route path="/reports" component={Reports} />
      <Route path="/reports/:agency/:year" component={ReportRoute} />
      <Route path="/reports/:agency/:year/divisions/:code" component={DivisionRoute} />
      <Route path="/catalogue" component={Metrics} />
      <Route path="/catalogue/:code" component={MetricRoute} />
      <Route path="/search" component={Search} />
      <Route default component={NoSuchPage} />
    </Router>
  );
}

interface Parameters {
  params: Record<string, string>;
}

const YEAR = /^\d{4}$/;

// A view of another object is another view: by its key it begins anew instead of showing the one before.
const ReportRoute = ({ params: { agency = "", year = "" } }: Parameters) =>
  YEAR.test(year) ? <Report key={`${agency} ${year}`} agency={agency} year={year} /> : <NoSuchPage />;
const DivisionRoute = ({ params: { agency = "", year = "", code = "" } }: Parameters) =>
  YEAR.test(year) ? (
    <Division key={`${agency} ${year} ${code}`} agency={agency} year={year} code={code} />
  ) : (
    <NoSuchPage />
  );
const MetricRoute = ({ params: { code = "" } }: Parameters) => <Metric key={code} code={code} />;

function NoSuchPage() {
  return (
    <Missing title="Page not found">
      There is no page at this address. <a href="/">See all reports</a>.
    </Missing>
  );
}

function Head() {
  return (
    <header class="site-head">
      <div class="inner">
        <a class="brand" href="/">
          annals
        </a>
        <nav aria-label="Site">
          <Tab href="/" name="Reports" isHere={(path) => path === "/" || path.startsWith("/reports")} />
          <Tab href="/catalogue" name="Metrics" isHere={(path) => path.startsWith("/catalogue")} />
          <Tab href="/search" name="Search" isHere={(path) => path === "/search"} />
          <a href="/playground">Explorer</a>
        </nav>
      </div>
    </header>
  );
}

function Tab({ href, name, isHere }: { href: string; name: string; isHere: (path: string) => boolean }) {
  const { path } = useLocation();
  return (
    <a href={href} {...(isHere(path) ? { "aria-current": "page" as const } : {})}>
      {name}
    </a>
  );
}

/** Whether the server gives its schema; with --no-introspection it does not. */
function useSchemaFile() {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    fetch("/schema.graphql", { method: "HEAD" }).then(
      (response) => setIsThere(response.ok),
      // A server that is not reached has said so in the view.
      () => {},
    );
  }, []);
  return isThere;
}

function Foot() {
  const hasSchema = useSchemaFile();
  return (
    <footer class="site-foot">
      <div class="inner">
        <p>
          Figures are as reported. <b>≥</b> means at least, <b>≤</b> at most, <b>≈</b> about. Different measures are never added together.
        </p>
        <p>
          <a href="/playground">Explorer</a>
          {hasSchema && (
            <>
              {" · "}
              <a href="/schema.graphql">Schema</a>
            </>
          )}
        </p>
      </div>
    </footer>
  );
}
