// Fails the build when a page, with all that it loads before it can be used, has become too large in brotli.

import type { Plugin, Rolldown } from "vite";

import { brotli } from "./compress.ts";

/** The page, and the most bytes that it may come to. */
interface Budget {
  page: string;
  bytes: number;
}

type OutputFile = Rolldown.OutputAsset | Rolldown.OutputChunk;

export function budget({ page, bytes }: Budget): Plugin {
  return {
    name: "annals:budget",
    apply: "build",
    enforce: "post",
    async generateBundle(_options, bundle) {
      const files = loadedBy(page, bundle);
      const sizes = await Promise.all(files.map(async (file) => (await brotli(content(file))).length));
      const size = sizes.reduce((sum, one) => sum + one, 0);
      if (size > bytes) {
        this.error(`${page} and what it loads come to ${size} bytes in brotli; at most ${bytes} are allowed`);
      }
      this.info(`${page} and what it loads: ${size} of ${bytes} bytes in brotli`);
    },
  };
}

/** The page, its scripts with all that they import, now or later, and its styles. */
function loadedBy(page: string, bundle: Rolldown.OutputBundle): OutputFile[] {
  const entry = Object.values(bundle).find(
    (file) => file.type === "chunk" && file.isEntry && file.facadeModuleId?.endsWith(`/${page}`),
  );
  const found = new Set<string>([page]);
  const open = entry ? [entry.fileName] : [];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const file = bundle[name];
    if (found.has(name) || file === undefined) continue;
    found.add(name);
    if (file.type === "chunk") {
      open.push(...file.imports, ...file.dynamicImports, ...(file.viteMetadata?.importedCss ?? []));
    }
  }
  return [...found].flatMap((name) => bundle[name] ?? []);
}

function content(file: OutputFile): Uint8Array {
  const source = file.type === "chunk" ? file.code : file.source;
  return typeof source === "string" ? new TextEncoder().encode(source) : source;
}
