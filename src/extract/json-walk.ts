/** Values of JSON as blocks: arrays of objects are tables, everything else becomes lines `key: value`. It parses nothing. */
import type { Cell } from '../../detectors/contract.js';
import { limits } from '../limits.js';
import type { Row, RowBatch, TableBlock, TextBlock } from '../model.js';
import { FileProblem } from '../problem.js';
import { FormattedNumber, GENERAL } from './number-format.js';
import { type Field, fieldLines, RecordTable } from './record-table.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** Values of one kind that stand in an array become a table of one column from so many on; fewer stay a field of their object. */
const LIST_FROM = 9;
const LINES_CHARS = 64 * 1024;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** All that stands in a value, each once; the rows of a block must be read before the next one. Throws FileProblem('too-deep'). */
export function* jsonBlocks(value: Json): Generator<TableBlock | TextBlock> {
  let waiting = [value];
  while (waiting.length > 0) {
    const asides: Json[] = [];
    for (const one of waiting) {
      if (isArray(one) && isTable(one)) yield recordTable(one, asides);
      else if (isArray(one) && one.some(isArray)) yield matrix(one, asides);
      else yield* linesOf(fieldsOf(one, asides));
    }
    waiting = asides;
  }
}

/** A record's fields; arrays that are tables of their own go to `asides`. Throws FileProblem('too-deep'). */
export function fieldsOf(value: Json, asides: Json[]): Field[] {
  const fields: Field[] = [];
  collect(value, '', '', fields, asides, 0);
  return fields;
}

function collect(value: Json, group: string, name: string, fields: Field[], asides: Json[], depth: number): void {
  if (depth > limits.xmlDepthMax) throw new FileProblem('too-deep', `json: more than ${limits.xmlDepthMax} values inside each other`);
  if (typeof value !== 'object' || value === null) {
    const cell = cellOf(value);
    if (cell !== '') fields.push({ group, name, value: cell });
    return;
  }
  if (isArray(value)) {
    if (depth > 0 && (isTable(value) || value.length >= LIST_FROM)) asides.push(value);
    else for (const one of value) collect(one, group, name, fields, asides, depth + 1);
    return;
  }
  const inner = name === '' ? group : group === '' ? name : `${group}.${name}`;
  for (const key of Object.keys(value)) collect(value[key] ?? null, inner, key, fields, asides, depth + 1);
}

/** Two objects or more, and hardly anything else. */
function isTable(value: readonly Json[]): boolean {
  return value.length >= 2 && isObject(value[0]) && isObject(value[1]);
}

function recordTable(records: readonly Json[], asides: Json[]): TableBlock {
  return { kind: 'table', where: {}, rows: recordRows(records, asides) };
}

function* recordRows(records: readonly Json[], asides: Json[]): Generator<RowBatch> {
  const table = new RecordTable();
  for (const record of records) {
    table.add(fieldsOf(record, asides));
    if (table.size > 0) yield* table.take();
  }
  table.close();
  yield* table.take();
}

/** An array of arrays: its rows as they stand. */
function matrix(values: readonly Json[], asides: Json[]): TableBlock {
  return { kind: 'table', where: {}, rows: matrixRows(values, asides) };
}

function* matrixRows(values: readonly Json[], asides: Json[]): Generator<RowBatch> {
  for (let at = 0; at < values.length; at += limits.batchRows) {
    const rows: Row[] = values.slice(at, at + limits.batchRows).map((value) =>
      (isArray(value) ? value : [value]).map((one) => {
        if (typeof one !== 'object' || one === null) return cellOf(one);
        asides.push(one);
        return '';
      }),
    );
    yield { firstRow: at + 1, rows };
  }
}

/** Numbers stay numbers: a pension number that was written as one has lost its leading zero. */
function cellOf(value: string | number | boolean | null): Cell {
  if (typeof value === 'number') return new FormattedNumber(value, GENERAL);
  return value === null ? '' : String(value);
}

function* linesOf(fields: readonly Field[]): Generator<TextBlock> {
  let from = 0;
  let chars = 0;
  for (const [at, { value }] of fields.entries()) {
    chars += typeof value === 'string' ? value.length : 16;
    if (chars < LINES_CHARS && at < fields.length - 1) continue;
    yield { kind: 'text', where: { line: from + 1 }, text: fieldLines(fields.slice(from, at + 1)) };
    from = at + 1;
    chars = 0;
  }
}
