// How the site behaves: every view is an address, and what can be done with a view does what it says.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { settled, startBrowser } from "./support/browser.js";
import { figure, records } from "./support/read.js";
import { startServer } from "./support/server.js";
import { VIEWS } from "./support/views.js";

const REPORT = "/reports/ICE/2007";

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

for (const { name, path } of VIEWS) {
  test(`${name}: one request for data, nothing moves, and it is the same after a reload`, async () => {
    await browser.open(path, async (page, watch) => {
      await settled(page);
      await page.waitForLoadState("networkidle");
      assert.equal(watch.questions.length, 1);
      assert.equal(await shift(page), 0);
      const text = await page.locator("main").innerText();
      await page.reload();
      await settled(page);
      assert.equal(await page.locator("main").innerText(), text);
    });
  });

  test(`${name}: fits into 360 pixels`, async () => {
    const look = async (page) => {
      await settled(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 360, `${width} pixels wide`);
    };
    await browser.open(path, look, { width: 360 });
  });

  test(`${name}: its query leads to the explorer and gives what the page shows`, async () => {
    await browser.open(path, async (page, watch) => {
      await settled(page);
      const shown = await (await watch.questions[0].response()).json();
      const href = await page.getByRole("link", { name: "As GraphQL" }).getAttribute("href");
      assert.ok(href.startsWith("/playground#"), href);
      const shared = new URLSearchParams(href.split("#")[1]);
      const data = await server.ask(shared.get("query"), JSON.parse(shared.get("variables") ?? "{}"));
      assert.deepEqual(data, shown.data);
    });
  });

  test(`${name}: its link is copied, and it is cited`, async () => {
    await browser.open(path, async (page) => {
      await settled(page);
      await page.getByRole("button", { name: "Copy link" }).click();
      await page.getByText("Copied").waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
      await page.locator("summary", { hasText: "Cite" }).click();
      const citation = await page.locator(".cite p").innerText();
      assert.ok(citation.includes(page.url()), citation);
      assert.match(citation, /accessed [A-Z][a-z]+ \d{1,2}, \d{4}\.$/);
      assert.ok((await page.locator(".cite pre").innerText()).startsWith("@misc{"));
    });
  });

  test(`${name}: what it shows is there as CSV`, async () => {
    await browser.open(path, async (page) => {
      await settled(page);
      const file = await saved(page, page.locator(".actions").getByRole("button", { name: "CSV" }));
      assert.match(file.name, /\.csv$/);
      assert.ok(file.text.startsWith("\uFEFF"));
      assert.ok(records(file.text).length > 0);
    });
  });
}

test("the CSV of a report has every figure as the API has it", async () => {
  const { results } = await server.ask(`{ results(first: 1000) { nodes {
    label value precision isRecord note metric { code } unit { code } initiative { name action sourcePlace }
  } } }`);
  await browser.open(REPORT, async (page) => {
    await settled(page);
    const file = await saved(page, page.locator(".actions").getByRole("button", { name: "CSV" }));
    const words = { APPROXIMATE: "about", EXACT: "exactly", LOWER_BOUND: "at least", UPPER_BOUND: "at most" };
    assert.deepEqual(
      records(file.text)
        .filter(({ figure }) => figure)
        .map((row) => [row.initiative, row.figure, Number(row.value), row["how to read it"], row.unit, row.metric, row.note, row.record]),
      results.nodes.map((result) => [
        result.initiative.name,
        result.label,
        result.value,
        words[result.precision],
        result.unit.code,
        result.metric.code,
        result.note ?? "",
        String(result.isRecord),
      ]),
    );
  });
});

test("a table of its own has a CSV of its own", async () => {
  await browser.open("/catalogue/fugitive-operations-teams", async (page) => {
    await settled(page);
    const file = await saved(page, page.getByRole("button", { name: "CSV of Fugitive operations teams (on a given date)" }));
    const years = records(file.text).map((row) => [row["fiscal year"], row.sum, row.change, row["change in percent"]]);
    assert.deepEqual(years, [
      ["2005", "18", "", ""],
      ["2006", "50", "32", "177.7778"],
      ["2007", "75", "25", "50"],
    ]);
  });
});

test("a part of a report is chosen, undone with back, and kept by a reload", async () => {
  const { results, initiatives } = await server.ask(`{
    results(where: { division: { code: { eq: "OI" } }, unit: { code: { eq: "arrest" } } }) { aggregate { count totals { sum { value } } } }
    initiatives(first: 100, where: { division: { code: { eq: "OI" } }, results: { some: { unit: { code: { eq: "arrest" } } } } }) {
      nodes { name }
    }
  }`);
  const names = (page) => page.locator(".initiative h3").allInnerTexts();
  const chosen = initiatives.nodes.map(({ name }) => name);
  await browser.open(REPORT, async (page) => {
    await settled(page);
    const all = await names(page);
    await page.getByRole("combobox", { name: "Division" }).selectOption("OI");
    await page.waitForURL("**?division=OI");
    await page.getByRole("combobox", { name: "Unit" }).selectOption("arrest");
    await page.waitForURL("**?division=OI&unit=arrest");
    const assertChosen = async () => {
      await page.waitForFunction((count) => document.querySelectorAll(".initiative").length === count, chosen.length);
      await settled(page);
      assert.deepEqual(await names(page), chosen);
      assert.deepEqual((await page.locator("section[aria-labelledby=glance] .tile-figure").allInnerTexts()).map((text) => figure(text).value), [
        results.aggregate.totals[0].sum.value,
      ]);
      assert.ok((await page.locator(".lead").innerText()).includes(`${results.aggregate.count} figures`));
    };
    await assertChosen();
    await page.reload();
    await assertChosen();
    assert.equal(await page.getByRole("combobox", { name: "Division" }).inputValue(), "OI");
    await page.goBack();
    await page.waitForURL("**?division=OI");
    await page.goBack();
    await page.waitForFunction((count) => document.querySelectorAll(".initiative").length === count, all.length);
    assert.deepEqual(await names(page), all);
    await page.goForward();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.waitForURL(`**${REPORT}`);
  });
});

test("what belongs to no division can be chosen too", async () => {
  const { initiatives } = await server.ask("{ initiatives(where: { divisionExists: false }) { totalCount } }");
  await browser.open(`${REPORT}?division=none`, async (page) => {
    await settled(page);
    assert.equal(await page.locator(".initiative").count(), initiatives.totalCount);
  });
});

test("what does not fit on a page is paged by its address", async () => {
  const { report } = await server.ask(`{ report(agency: "ICE", fiscalYear: 2007) {
    initiatives(first: 20) { pageInfo { endCursor } }
    rest: initiatives(last: 7) { nodes { name } }
  } }`);
  await browser.open(`${REPORT}?after=${encodeURIComponent(report.initiatives.pageInfo.endCursor)}`, async (page) => {
    await settled(page);
    const names = await page.locator(".initiative h3").allInnerTexts();
    assert.deepEqual(names, report.rest.nodes.map(({ name }) => name));
    await page.getByText("7 of 27 initiatives").waitFor();
    await page.getByRole("link", { name: "From the first" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".initiative").length === 27);
  });
});

test("search looks while one types, and back leaves it", async () => {
  const { search } = await server.ask(`{ search(text: "fugitive oper", first: 30) { totalCount nodes {
    ... on Initiative { name } ... on Metric { name } ... on Division { name } ... on ReportedResult { label }
  } } }`);
  await browser.open("/catalogue", async (page) => {
    await settled(page);
    await page.getByRole("link", { name: "Search" }).click();
    await page.getByRole("searchbox").pressSequentially("fugitive oper", { delay: 20 });
    await page.waitForURL("**/search?q=fugitive+oper");
    await page.getByText(`${search.totalCount} results`).waitFor();
    const names = await page.locator(".hits a").allInnerTexts();
    assert.deepEqual(names.map((name) => name.split(":")[0]), search.nodes.map((node) => node.name ?? node.label));
    assert.ok((await page.locator(".hits mark").count()) > 0);
    await page.reload();
    await page.getByText(`${search.totalCount} results`).waitFor();
    assert.equal(await page.getByRole("searchbox").inputValue(), "fugitive oper");
    await page.locator(".hits a").first().click();
    await page.getByRole("heading", { level: 1, name: names[0] }).waitFor();
    await page.goBack();
    await page.getByText(`${search.totalCount} results`).waitFor();
    assert.equal(await page.getByRole("searchbox").inputValue(), "fugitive oper");
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Metrics" }).waitFor();
  });
});

test("nothing that is typed is syntax", async () => {
  await browser.open("/search", async (page) => {
    await page.getByRole("searchbox").fill('"<img src=x onerror=alert(1)> NEAR( *');
    await page.getByText("No results for").waitFor();
    await page.getByRole("searchbox").fill("cocaine");
    await page.getByText("3 results").waitFor();
  });
});

test("an initiative found by its address is in sight", async () => {
  await browser.open(`${REPORT}#worksite-enforcement`, async (page) => {
    await settled(page);
    const initiative = page.locator('[id="worksite-enforcement"]');
    await page.waitForFunction(() => document.querySelector(".target"));
    const { y } = await initiative.boundingBox();
    assert.ok(y >= 0 && y < 300, `at ${y}`);
  });
});

test("it is used with the keyboard alone, and a new view is announced by its heading", async () => {
  await browser.open("/", async (page) => {
    await settled(page);
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "API");
    await page.getByRole("link", { name: "Metrics" }).focus();
    await page.keyboard.press("Enter");
    await settled(page);
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    assert.equal(await focused(page), "Metrics");
  });
});

test("a report is described as a dataset, and other views are not", async () => {
  const { report } = await server.ask('{ report(agency: "ICE", fiscalYear: 2007) { title periodStart periodEnd revision } }');
  await browser.open(REPORT, async (page) => {
    await settled(page);
    const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
    assert.equal(data["@type"], "Dataset");
    assert.equal(data.name, report.title);
    assert.equal(data.temporalCoverage, `${report.periodStart}/${report.periodEnd}`);
    assert.equal(data.version, String(report.revision));
    assert.equal(data.url, `${server.origin}${REPORT}`);
    assert.equal(data.creator.alternateName, "ICE");
    await page.getByRole("link", { name: "Metrics", exact: true }).click();
    await page.waitForURL("**/catalogue");
    await settled(page);
    assert.equal(await page.locator('script[type="application/ld+json"]').count(), 0);
  });
});

test("on paper there is what is read and not what is pressed", async () => {
  await browser.open(REPORT, async (page) => {
    await settled(page);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("navigation", { name: "Site" }).isVisible(), false);
    assert.equal(await page.locator(".filters").isVisible(), false);
    assert.equal(await page.getByRole("button").filter({ visible: true }).count(), 0);
    assert.equal(await page.locator(".initiative").last().isVisible(), true);
    const totals = await page.locator("section[aria-labelledby=glance] tbody tr").last().boundingBox();
    assert.ok(totals.height > 0, "totals that were folded up are there");
  });
});

test("what is not there is said", async () => {
  for (const [path, title] of [
    ["/reports/ICE/1999", "No such report"],
    ["/reports/ICE/2007/divisions/NONE", "No such division"],
    ["/catalogue/none", "No such metric"],
    ["/reports/ICE/x", "Page not found"],
    ["/catalogue/%E0%A4", "Page not found"],
  ]) {
    await browser.open(path, (page) => page.getByRole("heading", { level: 1, name: title }).waitFor());
  }
});

test("a server that cannot be reached is said, and asked again", async () => {
  const look = async (page) => {
    await settled(page);
    await page.route("**/graphql*", (route) => route.abort());
    await page.getByRole("link", { name: "Metrics", exact: true }).click();
    await page.getByText("The server cannot be reached.").waitFor();
    await page.unroute("**/graphql*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: "Metrics" }).waitFor();
  };
  const lookAgain = async (page) => {
    await settled(page);
    await page.route("**/graphql*", (route) => route.abort());
    await page.getByRole("combobox", { name: "Division" }).selectOption("OI");
    await page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
    await page.unroute("**/graphql*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".initiative").length === 9);
    assert.equal(await page.getByRole("alert").count(), 0);
  };
  await browser.open("/", look, { isOffline: true });
  await browser.open(REPORT, lookAgain, { isOffline: true });
});

const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());

/** How much of what was in sight has moved since the page began, as browsers measure it. */
function shift(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const moved = [];
        new PerformanceObserver((list) => moved.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(moved.reduce((sum, { value }) => sum + value, 0)), 300);
      }),
  );
}

/** The file that a button gives. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}
