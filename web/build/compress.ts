// Writes every built file in brotli and gzip beside itself, so that the server compresses nothing.
// Browsers take brotli over TLS and on localhost only; a phone on the local network takes gzip.

import { readdir, readFile, writeFile } from "node:fs/promises";
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

/** A form is kept only where it is smaller than the file. */
async function compressFile(path: string): Promise<void> {
  const plain = await readFile(path);
  const forms = [
    { ending: "br", bytes: await brotli(plain) },
    { ending: "gz", bytes: await promisify(gzip)(plain, { level: 9 }) },
  ];
  for (const { ending, bytes } of forms) {
    if (bytes.length < plain.length) await writeFile(`${path}.${ending}`, bytes);
  }
}

/** Brotli as a file is sent. */
export function brotli(bytes: Uint8Array): Promise<Buffer> {
  return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}
