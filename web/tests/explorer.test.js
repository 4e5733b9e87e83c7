// The explorer, as one uses it: it runs queries, explains the schema, completes fields and shares what stands in it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settled, startBrowser } from "./support/browser.js";
import { editor, run, turnTo } from "./support/explorer.js";
import { startServer } from "./support/server.js";

const QUERY = "query Codes($first: Int!) {\n  divisions(first: $first) {\n    nodes {\n      code\n    }\n  }\n}\n";
const VARIABLES = '{\n  "first": 2\n}';
const SHARED = `/playground#${new URLSearchParams({ query: QUERY, variables: VARIABLES })}`;

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

test("every example runs and has an answer", async () => {
  await browser.open("/playground", async (page) => {
    const tabs = page.getByRole("tab");
    await tabs.first().waitFor();
    assert.deepEqual(await tabs.allInnerTexts(), ["Report", "Totals", "Arrests", "MostArrests", "Series", "Search"]);
    for (const name of await tabs.allInnerTexts()) {
      await turnTo(page, name);
      const answer = await run(page);
      assert.deepEqual(Object.keys(answer), ["data"], name);
      assert.ok(JSON.stringify(answer).length > 100, name);
    }
  });
});

test("a link shares a query with its variables, and what is typed is shared in turn", async () => {
  const data = await server.ask(QUERY, JSON.parse(VARIABLES));
  await browser.open(SHARED, async (page) => {
    await editor(page).waitFor();
    assert.deepEqual(await run(page), { data });
    await type(page, "{ agencies { totalCount } }");
    await page.waitForFunction(() => location.hash.includes("agencies"));
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link);
    await editor(page).waitFor();
    assert.deepEqual(await run(page), { data: { agencies: { totalCount: 1 } } });
  });
});

test("the site opens its query there", async () => {
  await browser.open("/catalogue/fugitive-operations-teams", async (page, watch) => {
    await settled(page);
    const shown = await (await watch.questions[0].response()).json();
    await page.getByRole("link", { name: "As GraphQL" }).click();
    await editor(page).waitFor();
    assert.deepEqual(await run(page), shown);
  });
});

test("it is found under its other name, with what the link shares", async () => {
  await browser.open(SHARED.replace("playground", "graphiql"), async (page) => {
    await editor(page).waitFor();
    assert.equal(new URL(page.url()).pathname, "/playground");
    assert.ok((await editor(page).innerText()).includes("Codes"));
  });
});

test("it explains the schema", async () => {
  await browser.open("/playground", async (page) => {
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    const docs = page.locator(".graphiql-doc-explorer");
    await docs.getByRole("link", { name: "Query" }).click();
    await docs.getByRole("link", { name: "reports", exact: true }).click();
    await docs.getByText("ReportConnection").first().waitFor();
    await docs.getByRole("link", { name: "ReportConnection" }).first().click();
    await docs.getByText("A collection of reports").waitFor();
  });
});

test("it completes a field", { timeout: 60_000 }, async () => {
  await browser.open("/playground", async (page) => {
    await editor(page).waitFor();
    // The schema must be there before anything can be completed.
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.locator(".graphiql-doc-explorer").getByRole("link", { name: "Query" }).waitFor();
    await type(page, "{ report");
    const suggestion = page.locator(".suggest-widget.visible .monaco-list-row").filter({ hasText: "reports" }).first();
    // The worker that knows the fields gets the schema a little after the page has it; until then it knows none.
    let isThere = false;
    while (!isThere) {
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+Space");
      isThere = await suggestion.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    }
    await suggestion.click();
    await page.waitForFunction(() => location.hash.includes("reports"));
  });
});

test("what was run is remembered", async () => {
  await browser.open(SHARED, async (page) => {
    await editor(page).waitFor();
    await run(page);
    await page.getByRole("button", { name: "Show History" }).click();
    await page.locator(".graphiql-history").getByText("Codes").waitFor();
  });
});

test("it is light or dark as the system is", async () => {
  const grounds = {};
  for (const scheme of ["light", "dark"]) {
    const look = async (page) => {
      await editor(page).waitFor();
      grounds[scheme] = await page.locator(".graphiql-container").evaluate((element) => {
        const [red, green, blue] = getComputedStyle(element).backgroundColor.match(/\d+/g).map(Number);
        return (red + green + blue) / 3;
      });
    };
    await browser.open("/playground", look, { scheme });
  }
  assert.ok(grounds.light > 200 && grounds.dark < 80, JSON.stringify(grounds));
});

/** Puts a text in place of what stands in the editor. */
async function type(page, text) {
  await editor(page).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}
