/// <reference types="vitest/config" />
// Two pages, bundled apart: the site (Preact, small) and the explorer (React and Monaco, large).

import { defineConfig } from "vite";

import { budget } from "./build/budget.ts";
import { compress } from "./build/compress.ts";

// `npm run dev` shows what this server answers.
const server = process.env["ANNALS_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  appType: "spa",
  plugins: [budget({ page: "index.html", bytes: 100_000 }), compress(), explorer()],
  worker: { format: "es" },
  build: {
    // Nothing may be inlined as `data:`: the policy of the pages names every source.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4_000,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: { index: "index.html", playground: "playground.html" } },
    target: "es2022",
  },
  // Development alone: what begins workers must stay apart from what Vite bundles beforehand.
  optimizeDeps: { exclude: ["graphiql/setup-workers/vite", "@graphiql/react/setup-workers/vite"] },
  server: { proxy: { "/graphql": server, "/schema.graphql": server } },
  test: { include: ["src/**/*.test.ts", "playground/**/*.test.ts"] },
});

/** In development, `/playground` is the explorer as it is in the binary. */
function explorer() {
  return {
    name: "annals:explorer",
    configureServer(dev: import("vite").ViteDevServer) {
      dev.middlewares.use((request, _response, next) => {
        if (/^\/(playground|graphiql)(?=$|[?#])/.test(request.url ?? "")) request.url = "/playground.html";
        next();
      });
    },
  };
}
