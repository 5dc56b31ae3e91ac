/**
 * Reads SYLK (.slk), which Excel and Multiplan save: one sheet, streamed line by line. A record is a letter with fields behind semicolons; a cell's record
 * tells the place only where it differs from the one before, and its number format in a record of its own (Microsoft, "SYLK file format", Excel 97 SDK).
 */
import type { Cell } from '../../detectors/contract.js';
import { limits } from '../limits.js';
import type { Block, RowBatch, Source, TextBlock } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { type DecodeCount, decodeText } from './encoding.js';
import { createNumberFormat, FormattedNumber, GENERAL, type NumberFormat } from './number-format.js';
import { RowBatcher } from './row-batcher.js';
import { tellReplaced } from './text.js';
import { overHoles } from './text-hole.js';
import { columnName } from './xlsx-parts.js';

const ROWS_MAX = 1_048_576;
const FORMATS_MAX = 100_000;
const REMARKS_MAX = 100_000;

export const sylkExtractor: Extractor = { id: 'sylk', version: 2, formats: ['sylk'], read };

function* read(source: Source, context: ExtractContext): Generator<Block> {
  const count: DecodeCount = { chars: 0, replaced: 0 };
  const reading = new SylkReading(context);
  yield { kind: 'table', where: {}, rows: reading.rows(linesOf(overHoles(decodeText(source.chunks(), count), context), context)) };
  yield* reading.remarks;
  tellReplaced(count, context);
}

class SylkReading {
  readonly remarks: TextBlock[] = [];
  readonly #batcher = new RowBatcher();
  readonly #formats: NumberFormat[] = [];
  #row: Cell[] = [];
  #x = 1;
  #y = 1;
  #format: NumberFormat = GENERAL;
  #cells = 0;
  #told = false;

  constructor(private readonly context: ExtractContext) {}

  *rows(lines: Iterable<string>): Generator<RowBatch> {
    for (const line of lines) {
      const fields = fieldsOf(line);
      const kind = fields[0]!;
      if (kind === 'C') {
        const full = this.#place(fields);
        if (full) yield full;
        this.#cell(fields);
      } else if (kind === 'F') {
        const full = this.#place(fields);
        if (full) yield full;
        const format = field(fields, 'P');
        if (format !== undefined) this.#format = this.#formats[Number(format)] ?? GENERAL;
      } else if (kind === 'P') this.#takeFormat(field(fields, 'P'));
      else if (kind === 'NN') this.#remark('name', [field(fields, 'N'), field(fields, 'E')].join(' '));
      else if (kind === 'E') break;
    }
    const full = this.#endRow();
    if (full) yield full;
    const rest = this.#batcher.take();
    if (rest) yield rest;
  }

  /** Goes to the place that a record names; gives the batch that is full when the row before it ended. */
  #place(fields: readonly string[]): RowBatch | null {
    const y = placeOf(fields, 'Y') ?? this.#y;
    const x = placeOf(fields, 'X') ?? this.#x;
    let full: RowBatch | null = null;
    if (x !== this.#x || y !== this.#y) this.#format = GENERAL;
    if (y !== this.#y) full = this.#endRow();
    this.#x = x;
    this.#y = y;
    return full;
  }

  #endRow(): RowBatch | null {
    if (this.#row.length === 0) return null;
    const row = Array.from(this.#row, (cell) => cell ?? '');
    this.#row = [];
    return this.#batcher.add(this.#y, row);
  }

  #cell(fields: readonly string[]): void {
    const remark = field(fields, 'A');
    if (remark !== undefined) this.#remark('comment', unescaped(remark), `${columnName(this.#x - 1)}${this.#y}`);
    const text = field(fields, 'K');
    if (text === undefined) return;
    if (this.#x > limits.columnsMax || this.#y > ROWS_MAX) {
      this.#tellBeyond();
      return;
    }
    if (++this.#cells > limits.cellsMax) throw new FileProblem('too-large', `more than ${limits.cellsMax} cells`);
    this.#row[this.#x - 1] = this.#value(text);
  }

  #value(text: string): Cell {
    if (text.startsWith('"')) return unescaped(text.replace(/^"|"$/g, ''));
    const number = Number(text);
    return text.trim() === '' || Number.isNaN(number) ? unescaped(text) : new FormattedNumber(number, this.#format);
  }

  #takeFormat(code: string | undefined): void {
    // Records of fonts have no pattern.
    if (code === undefined || this.#formats.length >= FORMATS_MAX) return;
    this.#formats.push(code === 'General' ? GENERAL : createNumberFormat(unescaped(code), false));
  }

  #remark(part: string, text: string, cell?: string): void {
    if (text.trim() === '') return;
    if (this.remarks.length >= REMARKS_MAX) this.#tellBeyond();
    else this.remarks.push({ kind: 'text', where: { ...(cell !== undefined && { cell }), part }, text });
  }

  #tellBeyond(): void {
    if (!this.#told) this.context.problem('too-large', 'sylk: cells or remarks beyond the bounds of a sheet');
    this.#told = true;
  }
}

/** A record's fields without their semicolons; two semicolons are one that belongs to a text. */
function fieldsOf(line: string): string[] {
  if (!line.includes(';;')) return line.split(';');
  return line
    .replaceAll(';;', '\0')
    .split(';')
    .map((part) => part.replaceAll('\0', ';'));
}

function field(fields: readonly string[], letter: string): string | undefined {
  for (let at = 1; at < fields.length; at++) if (fields[at]!.startsWith(letter)) return fields[at]!.slice(1);
  return undefined;
}

function placeOf(fields: readonly string[], letter: string): number | undefined {
  const text = field(fields, letter);
  return text !== undefined && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}

/** Control characters are ESC and two characters, each with four bits of theirs: a line end in a cell is `ESC space :`. */
function unescaped(text: string): string {
  if (!text.includes('\x1b')) return text;
  return text.replace(/\x1b([ -/])([0-?])/g, (_, high: string, low: string) =>
    String.fromCharCode(((high.charCodeAt(0) & 15) << 4) | (low.charCodeAt(0) & 15)),
  );
}

/** Lines without their ends; one that is too long is told and given up to the bound. */
function* linesOf(pieces: Iterable<string>, context: ExtractContext): Generator<string> {
  let rest = '';
  let cut = false;
  for (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r/);
    rest = lines.pop()!;
    yield* lines;
    if (rest.length <= limits.lineCharsMax) continue;
    if (!cut) context.problem('too-large', `sylk: a record of more than ${limits.lineCharsMax} characters`);
    cut = true;
    yield rest;
    rest = '';
  }
  if (rest !== '') yield rest;
}
