/**
 * Run as a process of its own: builds the web client in memory and prints, as JSON, the scripts that a
 * browser fetches until the board is there, with their sizes as gzip sends them.
 */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const root = path.resolve(import.meta.dirname, '../../web');
const result = await build({ root, logLevel: 'error', build: { write: false } });
const { output } = [result].flat().find((each) => 'output' in each) ?? { output: [] };
const chunks = new Map(
  output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
);

/** The page's own script, and the workspace, which it asks for before anything can be seen. */
const first = [...chunks.values()].filter(
  ({ isEntry, facadeModuleId }) => isEntry || facadeModuleId?.endsWith('/app/Workspace.tsx'),
);

function withImports(chunk: Rolldown.OutputChunk, seen: Set<string>): void {
  if (seen.has(chunk.fileName)) return;
  seen.add(chunk.fileName);
  for (const name of chunk.imports) {
    const imported = chunks.get(name);
    if (imported !== undefined) withImports(imported, seen);
  }
}

const fetched = new Set<string>();
for (const chunk of first) withImports(chunk, fetched);
const sizes = [...fetched].map((name) => [name, gzipSync(chunks.get(name)?.code ?? '').length]);
process.stdout.write(
  JSON.stringify({ entries: first.length, chunks: chunks.size, sizes: Object.fromEntries(sizes) }),
);
