// annals as it is shipped, on a free port and a database of its own.

import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Starts the binary that ANNALS_BINARY names, with these data packages beside the built-in report. */
export async function startServer({ packages = [] } = {}) {
  const binary = process.env.ANNALS_BINARY;
  if (!binary) throw new Error("ANNALS_BINARY names no binary; `just web-test` builds one and runs these tests");
  const folder = await mkdtemp(join(tmpdir(), "annals-"));
  const database = `sqlite://${join(folder, "annals.db")}`;
  if (packages.length > 0) execFileSync(binary, ["import", "--database-url", database, ...packages], { stdio: "pipe" });
  const server = spawn(binary, ["serve", "--listen", "127.0.0.1:0", "--database-url", database]);
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const log = [];
  const origin = await new Promise((resolve, reject) => {
    createInterface(server.stderr).on("line", (line) => {
      log.push(line);
      const found = /listening on (http:\/\/[^/]+)/.exec(line);
      if (found) resolve(found[1]);
    });
    ended.then(() => reject(new Error(`annals did not start:\n${log.join("\n")}`)));
  });
  return {
    origin,
    /** What the API answers, asked without the site's code. */
    async ask(query, variables = {}) {
      const response = await fetch(`${origin}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = await response.json();
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    async stop() {
      server.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
