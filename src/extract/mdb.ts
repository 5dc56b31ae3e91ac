/**
 * Access databases: every table under a header of its columns, row by row in constant memory. Tables that are linked stand elsewhere; objects in fields,
 * forms and reports are not read. It needs no library: the one there is loads the whole file and reads no Japanese in files of Access 97.
 */
import { JetPages, readJetHeader } from '../container/jet-file.js';
import { limits } from '../limits.js';
import type { Block, Row, RowBatch } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { JetRows, type LongText } from './mdb-rows.js';
import { type JetTable, readJetTable } from './mdb-table.js';
import { blocksOf } from './text.js';

/** The catalogue's table stands here in every file. */
const CATALOGUE = 2;
const TABLE = 1;
const ASIDES_MAX = 20_000;

export const mdbExtractor: Extractor = {
  id: 'mdb',
  version: 1,
  formats: ['mdb', 'accdb'],
  *read(source, context) {
    const header = readJetHeader(source);
    if (header.encryption) throw new FileProblem('encrypted', `mdb: ${header.encryption.scheme}`);
    const pages = new JetPages(source, header);
    const rows = new JetRows(pages, context);
    const tables = readCatalogue(pages, rows);
    if (tables.length > limits.sheetsMax) context.problem('too-large', `more than ${limits.sheetsMax} tables`);
    for (const { name, root } of tables.slice(0, limits.sheetsMax)) {
      const table = readJetTable(pages, root);
      if (table) yield* readTable(name, table, rows, context);
      else context.problem('damaged', 'mdb: the definition of a table can not be read');
    }
    if (rows.objects > 0) context.problem('unsupported', `mdb: ${rows.objects} objects in fields are not read`);
  },
};

interface Named {
  readonly name: string;
  readonly root: number;
}

function readCatalogue(pages: JetPages, rows: JetRows): Named[] {
  const catalogue = readJetTable(pages, CATALOGUE);
  if (!catalogue) throw new FileProblem('damaged', 'mdb: no catalogue');
  const at = (name: string): number => catalogue.columns.findIndex((column) => column.name === name);
  const [id, name, type] = [at('Id'), at('Name'), at('Type')];
  if (id < 0 || name < 0 || type < 0) throw new FileProblem('damaged', 'mdb: no catalogue');
  const found: Named[] = [];
  for (const row of rows.of(catalogue, [])) {
    const [own, title] = [Number(row[id]), String(row[name] ?? '')];
    if (Number(row[type]) !== TABLE || title.startsWith('MSys')) continue;
    found.push({ name: title, root: own & 0xffffff });
  }
  return found;
}

function* readTable(name: string, table: JetTable, rows: JetRows, context: ExtractContext): Generator<Block> {
  const asides: LongText[] = [];
  const batches = batchesOf(table, rows, asides);
  yield { kind: 'table', where: { sheet: name }, rows: batches };
  // What nobody asked for is passed over, so that long texts are found all the same.
  for (const _batch of batches);
  if (asides.length > ASIDES_MAX) context.problem('too-large', `${asides.length - ASIDES_MAX} long texts of one table are not read`);
  for (const aside of asides.slice(0, ASIDES_MAX)) {
    for (const block of blocksOf([rows.longText(aside)], context)) yield { ...block, where: { ...block.where, sheet: name } };
  }
}

function* batchesOf(table: JetTable, rows: JetRows, asides: LongText[]): Generator<RowBatch> {
  let batch: Row[] = [table.columns.map((column) => column.name)];
  let firstRow = 1;
  for (const row of rows.of(table, asides)) {
    batch.push(row);
    if (batch.length < limits.batchRows && batch.length * row.length < 200_000) continue;
    yield { firstRow, rows: batch };
    firstRow += batch.length;
    batch = [];
  }
  if (batch.length > 0) yield { firstRow, rows: batch };
}
