// Two reports of one agency: the site shows both years of a figure, what changed, and that a figure was restated.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { settled, startBrowser } from "./support/browser.js";
import { records, rows } from "./support/read.js";
import { startServer } from "./support/server.js";

const SECOND_YEAR = fileURLToPath(new URL("../../examples/ice-fy2008", import.meta.url));

let server;
let browser;
before(async () => {
  server = await startServer({ packages: [SECOND_YEAR] });
  browser = await startBrowser(server.origin);
});
after(async () => {
  await browser?.stop();
  await server?.stop();
});

test("removals are shown for two years with their change, by the restated figure", async () => {
  await browser.open("/catalogue/removals", async (page) => {
    await settled(page);
    const [first, second, ...more] = await rows(page, "Removals");
    assert.deepEqual(more, []);
    const [firstYear, firstSum, firstChange] = first;
    assert.deepEqual([firstYear, firstChange], ["2007", ""]);
    // What the report for 2008 says of 2007, and not the 276,912 of the report for 2007.
    assert.match(firstSum, /^288,663 /);
    assert.match(firstSum, /published again with another value/);
    const [secondYear, secondSum, change] = second;
    assert.equal(secondYear, "2008");
    assert.match(secondSum, /^356,739 /);
    assert.equal(change, "+68,076 (+23.6%)");
    const figures = await page.locator("table", { has: page.locator("caption", { hasText: "Figures of" }) }).innerText();
    assert.match(figures, /276,912[^]*Published again as 288,663 people in ICE 2008\. Quote the later figure\./);
  });
});

test("the older report says which of its figures were restated, and where", async () => {
  await browser.open("/reports/ICE/2007", async (page) => {
    await settled(page);
    const restated = page.locator(".restated").first();
    assert.match(await restated.innerText(), /Published again as 288,663 people in ICE 2008/);
    assert.equal(await restated.getByRole("link").getAttribute("href"), "/reports/ICE/2008#removals");
  });
});

test("the first page leads to both reports", async () => {
  await browser.open("/reports", async (page) => {
    await settled(page);
    for (const year of [2007, 2008]) {
      assert.ok((await page.locator(`a[href="/reports/ICE/${year}"]`).count()) > 0, `${year}`);
    }
  });
});

test("a page leads to the catalog for data portals, which lists both reports", async () => {
  await browser.open("/reports/ICE/2008", async (page) => {
    await settled(page);
    const link = page.locator('link[rel="alternate"][type="application/ld+json"]');
    const catalog = await fetch(new URL(await link.getAttribute("href"), server.origin));
    const { "dcat:dataset": datasets } = await catalog.json();
    assert.deepEqual(
      datasets.map((dataset) => dataset["dcat:landingPage"]),
      [2007, 2008].map((year) => `${server.origin}/reports/ICE/${year}`),
    );
  });
});

test("a report is downloaded as a package and as a table", async () => {
  const { report } = await server.ask('{ report(agency: "ICE", fiscalYear: 2008) { results { nodes { label value } } } }');
  await browser.open("/reports/ICE/2008", async (page) => {
    await settled(page);
    const section = page.locator("section[aria-labelledby=downloads]");
    const download = async (name) => {
      const [file] = await Promise.all([page.waitForEvent("download"), section.getByRole("link", { name }).click()]);
      return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
    };
    const zip = await download("Data package (ZIP)");
    assert.equal(zip.name, "ice-2008.zip");
    assert.equal(zip.content.subarray(0, 4).toString("latin1"), "PK\u0003\u0004");
    const csv = await download("CSV");
    assert.equal(csv.name, "ice-2008.csv");
    const found = records(csv.content.toString().replaceAll("\n", "\r\n"));
    assert.deepEqual(
      found.map(({ label, value }) => ({ label, value: Number(value) })),
      report.results.nodes,
    );
  });
});
