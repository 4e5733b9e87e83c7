// The figures of each page are those that the API gives, asked without the site's code.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settled, startBrowser } from "./support/browser.js";
import { cells, figure, figureOf, rows } from "./support/read.js";
import { startServer } from "./support/server.js";

const REPORT = "/reports/ICE/2007";
const TOTALS = "aggregate { count totals { unit { code plural } scope sum { value precision } atLeast caveats count inWords } }";
const BY_METRIC = `byMetric: groups(by: [ROOT_METRIC], first: 200) { nodes { rootMetric { code name } ${TOTALS} } }`;
const OF_REPORT = 'report(agency: "ICE", fiscalYear: 2007)';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser(server.origin);
});
after(async () => {
  await browser?.stop();
  await server?.stop();
});

const RECORDS = "results(where: { isRecord: { eq: true } }) { nodes { label value precision inWords } }";

test("the first page leads into the only report, by its own headline figures", async () => {
  const { report } = await server.ask(`{ ${OF_REPORT} { title records: ${RECORDS} } }`);
  await browser.open("/", async (page) => {
    await settled(page);
    assert.deepEqual((await tiles(page)).map(figure), report.records.nodes.map(({ value, precision }) => ({ value, precision })));
    await page.getByRole("link", { name: report.title }).click();
    await page.waitForURL(`**${REPORT}`);
    await page.getByRole("heading", { level: 1, name: report.title }).waitFor();
  });
});

test("a report leads with its records, and then says what each metric adds up to", async () => {
  const { report } = await server.ask(`{ ${OF_REPORT} { records: ${RECORDS} results { ${BY_METRIC} } } }`);
  const sums = metricTotals(report.results.byMetric).filter(({ total }) => total.sum !== null && total.count > 1);
  await browser.open(REPORT, async (page) => {
    await settled(page);
    const headings = await page.getByRole("heading", { level: 2 }).allInnerTexts();
    assert.deepEqual(headings.slice(0, 2), ["Headline figures", "What the figures add up to"]);
    const records = report.records.nodes.map(({ value, precision }) => ({ value, precision }));
    assert.deepEqual((await tiles(page)).map(figure), [...records, ...sums.map(({ total }) => figureOf(total))]);
    const names = await page.locator("section[aria-labelledby=glance] .tile-name").allInnerTexts();
    assert.deepEqual(names, sums.map(({ metric }) => metric.name));
    const tile = page.locator("section[aria-labelledby=glance] .tile").filter({ has: page.getByRole("link", { name: "Arrests", exact: true }) }).first();
    const arrests = sums.find(({ metric, total }) => metric.code === "arrests" && total.scope === "PERIOD").total;
    const text = await tile.innerText();
    assert.ok(text.includes(`${arrests.count} figures add up to this`), text);
    assert.ok(text.includes(`at least ${arrests.atLeast.toLocaleString("en-US")} arrests`), text);
    await tile.getByText("Quote").click();
    assert.ok((await tile.innerText()).includes(arrests.inWords));
  });
});

test("a report shows the totals of every metric with their marks and caveats", async () => {
  const { report } = await server.ask(`{ ${OF_REPORT} { results { ${BY_METRIC} } } }`);
  const totals = metricTotals(report.results.byMetric);
  assert.ok(totals.some(({ total }) => total.sum?.precision === "LOWER_BOUND"));
  await browser.open(REPORT, async (page) => {
    await settled(page);
    await page.getByText("All metrics in this report").click();
    const shown = await rows(page, "Totals by metric");
    assert.deepEqual(shown.map(totalOfRow), totals.map(totalOfApi));
    const caveats = shown.map((row) => (row[4] ? row[4].split("\n").length : 0));
    assert.deepEqual(caveats, totals.map(({ total }) => total.caveats.length));
  });
});

test("each metric is compared by division and by goal", async () => {
  const groups = (by) => `${by}: groups(by: [${by.toUpperCase()}, ROOT_METRIC], first: 1000) {
    nodes { ${by} { name } rootMetric { code } ${TOTALS} }
  }`;
  const { report } = await server.ask(`{ ${OF_REPORT} { results { ${BY_METRIC} ${groups("division")} ${groups("goal")} } } }`);
  await browser.open(REPORT, async (page) => {
    await settled(page);
    const choice = page.getByRole("combobox", { name: "Metric" });
    for (const { metric, total: { unit, scope } } of metricTotals(report.results.byMetric)) {
      await choice.selectOption([metric.code, unit.code, ...(scope === "PERIOD" ? [] : [scope])].join(":"));
      for (const by of ["division", "goal"]) {
        const expected = report.results[by].nodes.flatMap((group) => {
          if (group.rootMetric.code !== metric.code) return [];
          const total = group.aggregate.totals.find((total) => total.unit.code === unit.code && total.scope === scope);
          const name = group[by]?.name ?? `No ${by} named`;
          return total ? [[name, figureOf(total), String(total.count), total.sum?.precision]] : [];
        });
        const place = by === "division" ? 0 : 1;
        const table = page.locator("section[aria-labelledby=compared] table").nth(place);
        const shown = await cells(table);
        assert.deepEqual(
          shown.map(([name, sum, count]) => [name, figure(sum), count]),
          expected.map(([name, sum, count]) => [name, sum, count]),
          `${metric.code} ${unit.code} ${scope} by ${by}`,
        );
        await assertBars(page.locator("section[aria-labelledby=compared] figure").nth(place), expected);
      }
    }
  });
});

/** As many bars as there are sums, with the same figures, each bound drawn open and what may count twice pale. */
async function assertBars(chart, expected) {
  const values = await chart.locator(".bar-value").allInnerTexts();
  assert.deepEqual(values.map(figure), expected.map(([, sum]) => sum));
  const open = expected.filter(([, sum, , precision]) => sum && precision?.endsWith("BOUND"));
  assert.equal(await chart.locator(".bar-open").count(), open.length);
  const unsure = expected.filter(([, sum, , precision]) => sum && precision === null);
  assert.equal(await chart.locator(".bar-unsure").count(), unsure.length);
}

const INITIATIVES = `initiatives(first: 100) { nodes {
  slug name action outcome summaryBy sourcePlace
  division { name } divisionAttribution { basis note }
  goal { name } goalAttribution { basis note }
  results { nodes { label value precision note sourcePlace metric { name } } }
} }`;

test("a report shows its initiatives with figures, grounds and place in the source", async () => {
  const { report } = await server.ask(`{ ${OF_REPORT} { ${INITIATIVES} } }`);
  assert.equal(report.initiatives.nodes.length, 27);
  await browser.open(REPORT, async (page) => {
    await settled(page);
    await assertInitiatives(page, report.initiatives.nodes);
  });
});

test("a division shows its own", async () => {
  const { division } = await server.ask(`{ division(agency: "ICE", code: "OI") { name results { ${BY_METRIC} } ${INITIATIVES} } }`);
  await browser.open(`${REPORT}/divisions/OI`, async (page) => {
    await settled(page);
    assert.equal(await page.locator("h1").innerText(), division.name);
    const shown = await rows(page, "Totals by metric");
    assert.deepEqual(shown.map(totalOfRow), metricTotals(division.results.byMetric).map(totalOfApi));
    await assertInitiatives(page, division.initiatives.nodes);
  });
});

async function assertInitiatives(page, initiatives) {
  const shown = page.locator(".initiative");
  assert.deepEqual(await shown.locator("h3").allInnerTexts(), initiatives.map(({ name }) => name));
  for (const initiative of initiatives) {
    const article = page.locator(`.initiative[id="${initiative.slug}"]`);
    const text = await article.innerText();
    const places = initiative.results.nodes.map(({ sourcePlace }) => `In the source: ${sourcePlace}`);
    const writer = `as summarized by ${initiative.summaryBy}`;
    for (const expected of [initiative.action, initiative.outcome, writer, initiative.sourcePlace, ...places]) {
      assert.ok(text.includes(expected), `${initiative.slug}: ${expected}`);
    }
    for (const [object, attribution] of [
      [initiative.division, initiative.divisionAttribution],
      [initiative.goal, initiative.goalAttribution],
    ]) {
      assert.ok(text.includes(object?.name ?? "none named"));
      if (attribution?.basis === "INFERRED") assert.ok(text.includes(`Inferred: ${attribution.note}`), text);
      if (attribution?.basis === "STATED") assert.ok(text.includes("Named in the report."), text);
    }
    const { nodes } = initiative.results;
    const table = article.locator("table");
    const figures = nodes.length > 0 ? await cells(table) : [];
    assert.deepEqual(
      figures.map(([told, reported]) => [told.split("\n")[1], figure(reported)]),
      nodes.map(({ value, precision, metric }) => [`Metric: ${metric.name}`, { value, precision }]),
    );
    for (const { label, note } of nodes) {
      assert.ok(text.includes(label));
      if (note) assert.ok(text.includes(note), note);
    }
  }
}

test("the catalogue has every metric below the one that it is a kind of", async () => {
  const { metrics } = await server.ask(
    "{ metrics(first: 1000) { nodes { name unit { plural } parent { name } results { totalCount } } } }",
  );
  await browser.open("/catalogue", async (page) => {
    await settled(page);
    const shown = await rows(page, "The catalogue");
    const plain = (rows) => rows.sort((a, b) => a[0].localeCompare(b[0]));
    assert.deepEqual(
      plain(shown.map(([name, unit, , count]) => [name.split("\n")[0], unit, count])),
      plain(metrics.nodes.map(({ name, unit, results }) => [name, unit.plural, String(results.totalCount)])),
    );
    const place = (name) => shown.findIndex((row) => row[0].split("\n")[0] === name);
    for (const { name, parent } of metrics.nodes) {
      if (parent) assert.ok(place(name) > place(parent.name), `${name} stands below ${parent.name}`);
    }
  });
});

test("a metric shows its series and what changed", async () => {
  const { metric } = await server.ask(`{ metric(code: "fugitive-operations-teams") { name series {
    fiscalYear total { sum { value precision } } change { absolute percent }
  } } }`);
  await browser.open("/catalogue/fugitive-operations-teams", async (page) => {
    await settled(page);
    const shown = await rows(page, `${metric.name} (on a given date)`);
    const changes = shown.map(([, , change]) => change && change.replace(/[+()%]/g, "").split(" ").map(Number));
    assert.deepEqual(
      shown.map(([year, sum]) => [Number(year), figure(sum)]),
      metric.series.map(({ fiscalYear, total }) => [fiscalYear, figureOf(total)]),
    );
    assert.deepEqual(
      changes,
      metric.series.map(({ change }) => (change ? [change.absolute, Math.round(change.percent * 10) / 10] : "")),
    );
    const columns = await page.locator(".column-value").allTextContents();
    assert.deepEqual(columns.map(figure), metric.series.map(({ total }) => figureOf(total)));
  });
});

test("a general metric is put together from those below it, bounds drawn open", async () => {
  const { results } = await server.ask(`{ results(where: { metric: { within: { code: { eq: "money-secured" } } } }) {
    ${TOTALS} groups(by: [METRIC]) { nodes { metric { name } ${TOTALS} } } nodes { label value precision }
  } }`);
  const expected = results.groups.nodes.map(({ metric, aggregate: { totals } }) => [
    metric.name,
    figureOf(totals[0]),
    String(totals[0].count),
    totals[0].sum?.precision,
  ]);
  assert.ok(expected.some(([, , , precision]) => precision === "LOWER_BOUND"));
  await browser.open("/catalogue/money-secured", async (page) => {
    await settled(page);
    assert.deepEqual((await tiles(page)).map(figure), results.aggregate.totals.map(figureOf));
    const shown = await rows(page, ", by metric");
    assert.deepEqual(
      shown.map(([name, sum, count]) => [name, figure(sum), count]),
      expected.map(([name, sum, count]) => [name, sum, count]),
    );
    await assertBars(page.locator("figure").first(), expected);
    const figures = await rows(page, "Figures of Money secured");
    assert.deepEqual(
      figures.map(([told, reported]) => [told.split("\n")[0], figure(reported)]),
      results.nodes.map(({ label, value, precision }) => [label, { value, precision }]),
    );
  });
});

const tiles = (page) => page.locator(".tile-figure").allInnerTexts();

/** The totals of groups by root metric, one after the other. */
function metricTotals({ nodes }) {
  return nodes.flatMap(({ rootMetric, aggregate }) => aggregate.totals.map((total) => ({ metric: rootMetric, total })));
}

function totalOfRow([metric, sum, atLeast, count]) {
  return [metric, figure(sum), atLeast, count];
}

function totalOfApi({ metric, total }) {
  const scopes = { PERIOD: "", CUMULATIVE: " cumulative, since the program began", POINT_IN_TIME: " on a given date" };
  const atLeast = total.atLeast === null ? "" : total.atLeast.toLocaleString("en-US");
  return [`${metric.name}${scopes[total.scope]}`, figureOf(total), atLeast, String(total.count)];
}
