import { z } from 'zod';
import type { ImportChunk } from './imports.schema.ts';

/** A document holds 1 MiB; this leaves room for its name and its other fields. */
const MAX_CHUNK_BYTES = 900_000;
const MAX_CHUNK_ROWS = 1000;

const rowsSchema = z.array(z.array(z.string()));
type Rows = readonly (readonly string[])[];

/** Divides rows, which count from 1, into parts that fit into a document each. */
export function packRows(rows: Rows): Pick<ImportChunk, 'firstRow' | 'rows'>[] {
  const chunks: { firstRow: number; lines: string[]; bytes: number }[] = [];
  for (const [index, row] of rows.entries()) {
    const line = JSON.stringify(row);
    const bytes = Buffer.byteLength(line) + 1;
    const last = chunks.at(-1);
    const fits =
      last !== undefined &&
      last.lines.length < MAX_CHUNK_ROWS &&
      last.bytes + bytes <= MAX_CHUNK_BYTES;
    if (fits) {
      last.lines.push(line);
      last.bytes += bytes;
    } else {
      chunks.push({ firstRow: index + 1, lines: [line], bytes });
    }
  }
  return chunks.map(({ firstRow, lines }) => ({ firstRow, rows: `[${lines.join(',')}]` }));
}

/** The rows of one part. */
export function unpackRows({ rows }: Pick<ImportChunk, 'rows'>): Rows {
  return rowsSchema.parse(JSON.parse(rows));
}
