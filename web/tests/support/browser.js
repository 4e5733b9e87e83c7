// Chromium, watched: whatever a page asks of anything but this machine, and whatever it complains of, fails the test.

import assert from "node:assert/strict";

import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
  // No name leads anywhere: nothing gets out even where it is not noticed.
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

export async function startBrowser(origin) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    /** Shows an address to `look`, and holds the page to its promises until the end. */
    async open(path, look, { width = 1280, scheme = "light", isOffline = false } = {}) {
      const context = await browser.newContext({
        acceptDownloads: true,
        baseURL: origin,
        colorScheme: scheme,
        permissions: ["clipboard-read", "clipboard-write"],
        reducedMotion: "reduce",
        viewport: { width, height: 900 },
      });
      const page = await context.newPage();
      const watch = watched(context, page, origin);
      await page.goto(path);
      await look(page, watch);
      await context.close();
      assert.deepEqual(watch.strays, [], "nothing is asked of another machine");
      if (!isOffline) assert.deepEqual(watch.complaints, [], "the page has nothing to complain of");
    },
    stop: () => browser.close(),
  };
}

function watched(context, page, origin) {
  const watch = {
    /** Requests to other machines. */
    strays: [],
    /** Errors of scripts, and what the console calls an error or a warning: a breach of the policy is one. */
    complaints: [],
    /** Requests for data. */
    questions: [],
  };
  context.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(`${origin}/graphql`)) watch.questions.push(request);
    else if (!url.startsWith(`${origin}/`) && !/^(blob|data):/.test(url)) watch.strays.push(url);
  });
  page.on("pageerror", (error) => watch.complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) watch.complaints.push(message.text());
  });
  return watch;
}

/** Waits until the view shows the answer to its question. */
export async function settled(page) {
  await page.locator("article:not([aria-busy=true]) h1").waitFor();
}
