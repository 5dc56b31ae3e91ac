/** Runs an extractor over bytes and collects what it gives and tells. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cell, cellText } from '../../detectors/contract.js';
import { memorySource } from '../../src/container/memory-source.js';
import type { DocumentDates, Where } from '../../src/model.js';
import type { Extractor } from '../../src/parts.js';

export interface ReadBlock {
  readonly where: Where;
  readonly text?: string;
  readonly rows?: string[][];
  readonly member?: string;
  readonly copy?: boolean;
}

export interface ReadResult {
  readonly blocks: ReadBlock[];
  readonly problems: string[];
  /** What it tells of its own dates. */
  readonly dates: DocumentDates | null;
  /** All text of blocks and cells, a line for each block and row. */
  readonly all: string;
}

export async function readBlocks(extractor: Extractor, bytes: Buffer, passwords: readonly string[] = []): Promise<ReadResult> {
  const blocks: ReadBlock[] = [];
  const problems: string[] = [];
  let dates: DocumentDates | null = null;
  const context = {
    format: extractor.formats[0]!,
    passwords,
    problem: (code: string, detail: string) => void problems.push(`${code}: ${detail}`),
    unpacked: () => undefined,
    dates: (told: DocumentDates) => {
      dates = told;
    },
  };
  for await (const block of extractor.read(memorySource('file', bytes), context)) {
    if (block.kind === 'member') blocks.push({ where: {}, member: block.name });
    else if (block.kind === 'text') blocks.push({ where: block.where, text: block.text, ...(block.copy && { copy: true }) });
    else {
      const rows: string[][] = [];
      for (const batch of block.rows) rows.push(...batch.rows.map((row) => row.map((cell: Cell) => cellText(cell))));
      blocks.push({ where: block.where, rows });
    }
  }
  const all = blocks
    .flatMap((block) => (block.text === undefined ? (block.rows ?? []).map((row) => row.join('\t')) : [block.text]))
    .join('\n');
  return { blocks, problems, dates, all };
}

/** A file of the test corpus that lies beside the project, or null where it is absent. */
export function corpusFile(path: string): Buffer | null {
  const full = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared', 'corpus', path);
  return existsSync(full) ? readFileSync(full) : null;
}
