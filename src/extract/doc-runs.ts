/**
 * What Word keeps of paragraphs and characters beside their text, as far as it says how to read them: which mark ends a cell or a row, what was
 * deleted (MS-DOC 2.4.2, 2.4.6, 2.6). All other properties are passed over.
 */

/** A stretch of the stream with the same properties, by offsets in bytes, `end` exclusive. */
export interface DocRun {
  readonly start: number;
  readonly end: number;
  readonly properties: DocProperties;
}

export interface DocProperties {
  /** In how many tables the paragraph stands. */
  readonly depth: number;
  /** The mark ends a row. */
  readonly rowEnd: boolean;
  /** The mark ends a cell of a table inside a table. */
  readonly innerCell: boolean;
  /** Right edges of the row's cells, in twips. */
  readonly edges: readonly number[];
  readonly deleted: boolean;
}

export const PLAIN: DocProperties = { depth: 0, rowEnd: false, innerCell: false, edges: [], deleted: false };

const PAGE_BYTES = 512;
const PAGES_MAX = 500_000;

/** Modifiers (2.6.1 to 2.6.3). */
const DELETED = 0x0800;
const IN_TABLE = 0x2416;
const ROW_END = 0x2417;
const INNER_CELL = 0x244b;
const INNER_ROW_END = 0x244c;
const DEPTH = 0x6649;
const ROW_LAYOUT = 0xd608;
const TABS = 0xc615;
const HUGE = new Set([0x6645, 0x6646]);
/** Bytes behind a modifier by the three highest bits of its number (2.2.5.1); 6 is variable. */
const OPERAND_BYTES = [1, 1, 2, 4, 2, 2, 0, 3];

/**
 * Runs of one sort, in order of their offsets; only those that say something. `list`: the structure that names the pages; `paragraphs` tells the two
 * sorts of page apart; `data`: the stream that holds long lists of properties.
 */
export function readRuns(list: Buffer, document: Buffer, paragraphs: boolean, data: Buffer): DocRun[] {
  const count = Math.min(PAGES_MAX, Math.floor((list.length - 4) / 8));
  const runs: DocRun[] = [];
  const seen = new Set<number>();
  for (let index = 0; index < count; index++) {
    const page = list.readUInt32LE((count + 1) * 4 + index * 4) & 0x3fffff;
    if (seen.has(page)) continue;
    seen.add(page);
    readPage(document.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES), paragraphs, data, runs);
  }
  return runs.sort((a, b) => a.start - b.start);
}

/** A page of 512 bytes: offsets, then for each run where in the page its properties stand (2.9.33, 2.9.175). */
function readPage(page: Buffer, paragraphs: boolean, data: Buffer, runs: DocRun[]): void {
  if (page.length < PAGE_BYTES) return;
  const count = page[PAGE_BYTES - 1]!;
  const placeBytes = paragraphs ? 13 : 1;
  if ((count + 1) * 4 + count * placeBytes > PAGE_BYTES - 1) return;
  for (let index = 0; index < count; index++) {
    const at = page[(count + 1) * 4 + index * placeBytes]! * 2;
    if (at === 0) continue;
    const properties = readProperties(paragraphs ? paragraphModifiers(page, at) : characterModifiers(page, at), data);
    if (properties === PLAIN) continue;
    runs.push({ start: page.readUInt32LE(index * 4), end: page.readUInt32LE(index * 4 + 4), properties });
  }
}

/** 2.9.114: a size in words, or zero and the size in the next byte; then the style. */
function paragraphModifiers(page: Buffer, at: number): Buffer {
  const words = page[at]!;
  const start = words === 0 ? at + 2 : at + 1;
  const bytes = words === 0 ? page[at + 1]! * 2 : words * 2 - 1;
  return page.subarray(start + 2, Math.min(start + bytes, PAGE_BYTES - 1));
}

function characterModifiers(page: Buffer, at: number): Buffer {
  return page.subarray(at + 1, Math.min(at + 1 + page[at]!, PAGE_BYTES - 1));
}

/** Gives PLAIN itself when nothing is said. */
function readProperties(modifiers: Buffer, data: Buffer): DocProperties {
  const found = { ...PLAIN };
  const said = applyModifiers(modifiers, data, found, true);
  return said ? found : PLAIN;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function applyModifiers(modifiers: Buffer, data: Buffer, found: Mutable<DocProperties>, follow: boolean): boolean {
  let said = false;
  for (let at = 0; at + 2 < modifiers.length; ) {
    const modifier = modifiers.readUInt16LE(at);
    const operand = at + 2;
    const value = modifiers[operand] ?? 0;
    if (modifier === IN_TABLE) found.depth = Math.max(found.depth, value & 1);
    else if (modifier === DEPTH && operand + 4 <= modifiers.length) found.depth = Math.max(0, modifiers.readInt32LE(operand));
    else if (modifier === ROW_END || modifier === INNER_ROW_END) found.rowEnd = value !== 0;
    else if (modifier === INNER_CELL) found.innerCell = value !== 0;
    else if (modifier === DELETED) found.deleted = value === 1;
    else if (modifier === ROW_LAYOUT) found.edges = readEdges(modifiers, operand);
    else if (HUGE.has(modifier) && follow && operand + 4 <= modifiers.length) {
      if (applyModifiers(hugeModifiers(data, modifiers.readUInt32LE(operand)), data, found, false)) said = true;
    }
    if (SAYING.has(modifier)) said = true;
    at = operand + operandBytes(modifiers, modifier, operand);
  }
  return said;
}

const SAYING = new Set([IN_TABLE, DEPTH, ROW_END, INNER_ROW_END, INNER_CELL, DELETED, ROW_LAYOUT]);

function operandBytes(modifiers: Buffer, modifier: number, operand: number): number {
  const fixed = OPERAND_BYTES[modifier >> 13]!;
  if (fixed > 0) return fixed;
  // The two that are longer than a byte can tell (2.6.3, 2.6.2).
  if (modifier === ROW_LAYOUT) return operand + 2 <= modifiers.length ? modifiers.readUInt16LE(operand) + 1 : modifiers.length;
  if (modifier === TABS && modifiers[operand] === 255) return modifiers.length;
  return 1 + (modifiers[operand] ?? 0);
}

/** 2.9.321: count of cells, then their edges from the left margin, the first one the row's left edge. */
function readEdges(modifiers: Buffer, operand: number): number[] {
  const count = modifiers[operand + 2] ?? 0;
  const edges: number[] = [];
  for (let cell = 1; cell <= count; cell++) {
    const at = operand + 3 + cell * 2;
    if (at + 2 > modifiers.length) break;
    edges.push(modifiers.readInt16LE(at));
  }
  return edges;
}

function hugeModifiers(data: Buffer, at: number): Buffer {
  if (at + 2 > data.length) return Buffer.alloc(0);
  return data.subarray(at + 2, at + 2 + data.readUInt16LE(at));
}

/** Finds the run at an offset; asked in growing order it goes on from where it was. */
export class RunFinder {
  readonly #runs: readonly DocRun[];
  #index = 0;

  constructor(runs: readonly DocRun[]) {
    this.#runs = runs;
  }

  get empty(): boolean {
    return this.#runs.length === 0;
  }

  at(offset: number): DocProperties {
    const runs = this.#runs;
    if (runs[this.#index] && runs[this.#index]!.start <= offset && offset < runs[this.#index]!.end) return runs[this.#index]!.properties;
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (runs[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    this.#index = Math.max(0, low - 1);
    const run = runs[this.#index];
    return run && run.start <= offset && offset < run.end ? run.properties : PLAIN;
  }

  /** Where a stretch that begins at `offset` must be looked at anew: the next border of a run. */
  border(offset: number): number {
    const runs = this.#runs;
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (runs[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    const run = runs[low];
    if (!run) return Infinity;
    return run.start > offset ? run.start : run.end;
  }
}
