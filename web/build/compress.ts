// Puts every built file that this makes smaller into brotli and gzip, so that the server compresses nothing.
// Browsers take brotli over TLS and on localhost only; a phone on the local network takes gzip. The plain file goes:
// the few clients that take neither get the gzip inflated.

import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(css|html|js|json|svg|ttf|txt)$/;

export function compress(): Plugin {
  let folder = "";
  return {
    name: "annals:compress",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name));
      await Promise.all(files.map((file) => compressFile(join(file.parentPath, file.name))));
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const plain = await readFile(path);
  const [br, gz] = await Promise.all([brotli(plain), promisify(gzip)(plain, { level: 9 })]);
  if (gz.length >= plain.length) return;
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz), rm(path)]);
}

/** Brotli as a file is sent. */
export function brotli(bytes: Uint8Array): Promise<Buffer> {
  return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}
