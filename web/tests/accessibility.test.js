// axe finds nothing to object to: on each page, light and dark, wide and narrow.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { settled, startBrowser } from "./support/browser.js";
import { startServer } from "./support/server.js";
import { VIEWS } from "./support/views.js";

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

const MISSING = { name: "what is not there", path: "/reports/ICE/1999" };

for (const { name, path } of [...VIEWS, MISSING]) {
  for (const scheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      test(`${name}, ${scheme}, ${width} pixels`, async () => {
        const look = async (page) => {
          await settled(page);
          await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
          assert.deepEqual(await objections(page), []);
        };
        await browser.open(path, look, { scheme, width });
      });
    }
  }
}

for (const scheme of ["light", "dark"]) {
  test(`the explorer, ${scheme}`, async () => {
    const look = async (page) => {
      await page.locator(".graphiql-query-editor .view-lines").waitFor();
      // Each of GraphiQL's tabs has its buttons inside: that is for its makers to mend.
      assert.deepEqual(await objections(page, { "nested-interactive": { enabled: false } }), []);
    };
    await browser.open("/playground", look, { scheme });
  });
}

async function objections(page, rules = {}) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (rules) => globalThis.axe.run(document, { resultTypes: ["violations"], rules }),
    rules,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n")}`);
}
