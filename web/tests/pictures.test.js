// Pictures of each page at two widths, to be looked at: they are kept with the output of a run. With ANNALS_PICTURES set,
// those of the README are taken anew.

import assert from "node:assert/strict";
import { mkdir, stat } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { settled, startBrowser } from "./support/browser.js";
import { run, turnTo } from "./support/explorer.js";
import { startServer } from "./support/server.js";
import { VIEWS } from "./support/views.js";

/** What is higher than this, in pixels, is shown down to there: not every machine can take a picture that is much higher. */
const HIGHEST = 6_000;

const OUTPUT = fileURLToPath(new URL("output/", import.meta.url));
const README = fileURLToPath(new URL("../../docs/images/", import.meta.url));

let server;
let browser;
before(async () => {
  await mkdir(OUTPUT, { recursive: true });
  server = await startServer();
  browser = await startBrowser(server.origin);
});
after(async () => {
  await browser?.stop();
  await server?.stop();
});

for (const { name, path } of VIEWS) {
  for (const [scheme, width] of [
    ["light", 1280],
    ["light", 360],
    ["dark", 1280],
  ]) {
    test(`${name}, ${scheme}, ${width} pixels`, async () => {
      const look = async (page) => {
        await settled(page);
        const path = `${OUTPUT}${name.replaceAll(" ", "-")}-${scheme}-${width}.png`;
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        if (height > HIGHEST) await page.setViewportSize({ width, height: HIGHEST });
        await page.screenshot({ path, fullPage: height <= HIGHEST });
      };
      await browser.open(path, look, { scheme, width });
    });
  }
}

for (const [scheme, width] of [
  ["light", 1280],
  ["dark", 1280],
  ["light", 360],
]) {
  test(`the explorer, ${scheme}, ${width} pixels`, async () => {
    const look = async (page) => {
      await asked(page);
      await page.screenshot({ path: `${OUTPUT}explorer-${scheme}-${width}.png` });
    };
    await browser.open("/playground", look, { scheme, width });
  });
}

test("the pictures of the README are there and small", async () => {
  if (process.env.ANNALS_PICTURES) {
    await mkdir(README, { recursive: true });
    await browser.open("/reports/ICE/2007?measure=money-secured:USD", async (page) => {
      await settled(page);
      await page.locator("#glance").evaluate((heading) => heading.scrollIntoView());
      await page.screenshot({ path: `${README}site.png` });
    });
    await browser.open("/playground", async (page) => {
      await asked(page);
      await page.screenshot({ path: `${README}explorer.png` });
    });
  }
  for (const name of ["site.png", "explorer.png"]) {
    const { size } = await stat(README + name);
    assert.ok(size < 200_000, `${name} has ${size} bytes`);
  }
});

/** The explorer with the answer to its second example. */
async function asked(page) {
  await turnTo(page, "Totals");
  await run(page);
}
