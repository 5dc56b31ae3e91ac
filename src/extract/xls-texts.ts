/**
 * The texts of an old workbook (xls) that stand in no cell: text boxes, headers and footers, charts, defined names, cells of linked workbooks, prompts
 * (MS-XLS 2.4). Of BIFF5 what has a record of its own. It reads no cell.
 */
import { createDecoder } from '../container/windows-decoder.js';
import type { Block, Where } from '../model.js';
import { FileProblem } from '../problem.js';
import { BiffRecords, countedText, shortText, unicodeText } from './xls-records.js';
import { marginText } from './xlsx-sheet-texts.js';

/** Types of records (2.3.1). */
const BOF = 0x0809;
const EOF = 0x000a;
const FILE_PASS = 0x002f;
const CODE_PAGE = 0x0042;
const BOUND_SHEET = 0x0085;
const HEADER = 0x0014;
const FOOTER = 0x0015;
const MARGINS = 0x089c;
const NAME = 0x0018;
const NAME_COMMENT = 0x0894;
const NOTE = 0x001c;
const OBJECT = 0x005d;
const TEXT = 0x01b6;
const LINKED_CELLS = 0x005a;
const SERIES_TEXT = 0x100d;
const LABEL = 0x0204;
const VALIDATION = 0x01be;

/** Types of a BOF (2.4.21). */
const CHART = 0x0020;
const BIFF8 = 0x0600;
/** Types of objects (2.5.143). */
const OBJECT_NOTE = 0x19;
const OBJECT_TEXT = 0x06;

/** All texts of one file. */
const CHARS_MAX = 64 * 1024 * 1024;

/** `told` gets what stands in the file and is not read. Throws FileProblem('too-large'). */
export function* readXlsTexts(stream: Buffer, tell: (detail: string) => void): Generator<Block> {
  const reading = new TextReading(stream);
  yield* reading.blocks();
  if (reading.isLocked) tell('what stands outside of cells is encrypted and was not read');
  if (reading.objects > 0) tell(`${reading.objects} text ${reading.objects === 1 ? 'box' : 'boxes'} of Excel 5 or 95 not read`);
}

interface Held {
  readonly where: Where;
  readonly lines: string[];
  readonly copy: boolean;
}

class TextReading {
  /** Text boxes of BIFF5, whose text lies inside of the object. */
  objects = 0;
  isLocked = false;
  readonly #record: BiffRecords;
  readonly #names = new Map<number, string>();
  /** Types of the streams that are open inside each other. */
  readonly #open: number[] = [];
  #sheet: string | undefined;
  #isWide = true;
  #decoder = new TextDecoder('shift_jis');
  #object = 0;
  #chars = 0;
  #held: Held | null = null;

  constructor(stream: Buffer) {
    this.#record = new BiffRecords(stream);
  }

  *blocks(): Generator<Block> {
    const record = this.#record;
    while (record.next()) {
      // Behind this record all is encrypted: whoever opens the file hands it on in plain.
      if (record.type === FILE_PASS) {
        this.isLocked = true;
        return;
      }
      yield* this.#take();
    }
    yield* this.#release();
  }

  *#take(): Generator<Block> {
    const record = this.#record;
    switch (record.type) {
      case BOF:
        if (this.#open.length === 0) {
          yield* this.#release();
          this.#isWide = record.uint16(0) === BIFF8;
          this.#sheet = this.#names.get(record.offset);
        }
        if (this.#open.length < 64) this.#open.push(record.uint16(2));
        return;
      case EOF:
        this.#open.pop();
        return;
      case CODE_PAGE:
        this.#decoder = decoderOf(record.uint16(0));
        return;
      case BOUND_SHEET:
        this.#names.set(record.uint32(0), this.#isWide ? shortText(record.bytes, 6).text : this.#bytes(7, record.byte(6)));
        return;
      case HEADER:
      case FOOTER:
        if (record.bytes.length > 0) {
          const text = this.#isWide ? countedText(record.bytes, 0).text : this.#bytes(1, record.byte(0));
          yield* this.#put(record.type === HEADER ? 'header' : 'footer', marginText(text));
        }
        return;
      case MARGINS:
        yield* this.#margins();
        return;
      case NAME:
        yield* this.#name();
        return;
      case NAME_COMMENT: {
        const name = unicodeText(record.bytes, 16, record.uint16(12));
        yield* this.#put('name', unicodeText(record.bytes, name.end, record.uint16(14)).text);
        return;
      }
      case NOTE:
        if (this.#isWide) yield* this.#put('author', countedText(record.bytes, 8).text);
        return;
      case OBJECT:
        this.#object = record.uint16(4);
        if (!this.#isWide && this.#object === OBJECT_TEXT) this.objects++;
        return;
      case TEXT:
        yield* this.#text();
        return;
      case LINKED_CELLS:
        yield* this.#linkedCells();
        return;
      case SERIES_TEXT:
        if (this.#isWide) yield* this.#put('chart', shortText(record.bytes, 2).text, true);
        return;
      case LABEL:
        if (this.#open.at(-1) === CHART && this.#isWide) yield* this.#put('chart', countedText(record.bytes, 6).text, true);
        return;
      case VALIDATION:
        if (this.#isWide) yield* this.#validation();
    }
  }

  /** Headers and footers of even and first pages (2.4.137). */
  *#margins(): Generator<Block> {
    const { bytes } = this.#record;
    let at = 38;
    for (const [index, part] of ['header', 'footer', 'header', 'footer'].entries()) {
      if (this.#record.uint16(30 + index * 2) === 0) continue;
      const text = countedText(bytes, at);
      yield* this.#put(part, marginText(text.text));
      at = text.end;
    }
  }

  /** A name and its constant (2.4.150); a name of a built-in meaning is one character. */
  *#name(): Generator<Block> {
    const record = this.#record;
    const chars = record.byte(3);
    const name = this.#isWide ? unicodeText(record.bytes, 14, chars) : { text: this.#bytes(14, chars), end: 14 + chars };
    const said = record.uint16(0) & 0x20 ? [] : [name.text];
    const formula = record.bytes.subarray(name.end, name.end + record.uint16(4));
    if (formula[0] === TOKEN_STRING)
      said.push(this.#isWide ? shortText(formula, 1).text : this.#decode(formula.subarray(2, 2 + (formula[1] ?? 0))));
    yield* this.#put('name', said.filter((text) => text !== '').join('\t'));
  }

  /** Text of a shape or of what is drawn as one (2.4.329), in the records that continue this one. Those of notes are read with their cells. */
  *#text(): Generator<Block> {
    const left = this.#record.uint16(10);
    const isNote = this.#object === OBJECT_NOTE;
    const pieces = this.#record.continued();
    this.#object = 0;
    if (isNote || left === 0) return;
    let text = '';
    for (const piece of pieces) {
      if (text.length >= left) break;
      const bytesPerChar = (piece[0] ?? 0) & 1 ? 2 : 1;
      const chars = Math.min(left - text.length, Math.floor((piece.length - 1) / bytesPerChar));
      text += unicodeText(piece, 0, chars).text;
    }
    yield* this.#put('textbox', text.replace(/\r\n?/g, '\n'));
  }

  /** Cells of one row of a linked workbook, as they were when it was open (2.4.64). */
  *#linkedCells(): Generator<Block> {
    const record = this.#record;
    const cells: string[] = [];
    let at = 4;
    for (let column = record.byte(1); column <= record.byte(0) && at < record.bytes.length; column++) {
      const type = record.byte(at);
      if (type !== 2) {
        if (type === 1) cells.push(String(record.double(at + 1)));
        at += 9;
        continue;
      }
      const text = countedText(record.bytes, at + 1);
      cells.push(text.text);
      at = text.end;
    }
    yield* this.#put('link', cells.join('\t'), true);
  }

  /** What a cell says to who writes into it, and a list of what may be written (2.4.94). */
  *#validation(): Generator<Block> {
    const { bytes } = this.#record;
    const texts: string[] = [];
    let at = 4;
    for (let index = 0; index < 4; index++) {
      const { text, end } = countedText(bytes, at);
      if (text !== '\0') texts.push(text);
      at = end;
    }
    if (bytes[at + 4] === TOKEN_STRING) texts.push(shortText(bytes, at + 5).text.replaceAll('\0', '\n'));
    yield* this.#put('prompt', texts.filter((text) => text !== '').join('\n'));
  }

  #bytes(at: number, count: number): string {
    return this.#decode(this.#record.bytes.subarray(at, at + count));
  }

  #decode(bytes: Buffer): string {
    return this.#decoder.decode(bytes);
  }

  /** Neighbours of the same part are lines of one block. */
  *#put(part: string, text: string, copy = false): Generator<Block> {
    const line = text.replaceAll('\0', '').trim();
    if (line === '') return;
    this.#chars += line.length;
    if (this.#chars > CHARS_MAX) throw new FileProblem('too-large', `xls: more than ${CHARS_MAX} characters outside of cells`);
    const joins = part !== 'textbox' && this.#held?.where.part === part && this.#held.lines.length < 1_000;
    if (!joins) {
      yield* this.#release();
      this.#held = { where: { ...(this.#sheet !== undefined && { sheet: this.#sheet }), part }, lines: [], copy };
    }
    this.#held!.lines.push(line);
  }

  *#release(): Generator<Block> {
    const held = this.#held;
    this.#held = null;
    if (held) yield { kind: 'text', where: held.where, text: held.lines.join('\n'), ...(held.copy && { copy: true }) };
  }
}

/** PtgStr (2.5.198.89). */
const TOKEN_STRING = 0x17;

/** A pivot cache's stream: fields with their values, then a row of numbers of values for each record (2.4.275, 2.4.276, 2.4.268). */
export function readXlsPivot(stream: Buffer): { readonly texts: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const record = new BiffRecords(stream);
  const fields: { readonly name: string; readonly short: boolean; readonly items: string[] }[] = [];
  const rows: string[][] = [];
  let chars = 0;
  /** Values that stand in the rows themselves, in the fields that share none. */
  let free: number[] = [];
  const place = (text: string): void => {
    chars += text.length;
    if (chars > CHARS_MAX) throw new FileProblem('too-large', `xls: pivot cache of more than ${CHARS_MAX} characters`);
    const row = rows.at(-1);
    if (!row) fields.at(-1)?.items.push(text);
    else row[free.shift() ?? row.length] = text;
  };
  while (record.next()) {
    switch (record.type) {
      case PIVOT_FIELD:
        if (fields.length < 16_384) {
          fields.push({ name: countedText(record.bytes, 14).text, short: (record.uint16(0) & 8) !== 0, items: [] });
        }
        break;
      case PIVOT_ROW: {
        let at = 0;
        const row: string[] = [];
        free = [];
        for (const [index, { items, short }] of fields.entries()) {
          row.push('');
          if (items.length === 0) {
            free.push(index);
            continue;
          }
          row[index] = items[short ? record.uint16(at) : record.byte(at)] ?? '';
          at += short ? 2 : 1;
        }
        chars += row.length;
        if (chars > CHARS_MAX) throw new FileProblem('too-large', `xls: pivot cache of more than ${CHARS_MAX} cells`);
        rows.push(row);
        break;
      }
      case PIVOT_TEXT:
        place(countedText(record.bytes, 0).text);
        break;
      case PIVOT_NUMBER:
        place(String(record.double(0)));
        break;
      case PIVOT_INTEGER:
        place(String((record.uint16(0) << 16) >> 16));
        break;
      case PIVOT_DATE:
        place(`${record.uint16(0)}-${record.uint16(2)}-${record.byte(4)}`);
        break;
      case PIVOT_BOOLEAN:
      case PIVOT_ERROR:
      case PIVOT_NIL:
        place('');
    }
  }
  const isTable = rows.length > 0;
  return {
    texts: isTable ? [] : fields.map(({ name, items }) => [name, ...items].join('\n')),
    rows: isTable ? [fields.map(({ name }) => name), ...rows] : [],
  };
}

const PIVOT_FIELD = 0x00c7;
const PIVOT_ROW = 0x00c8;
const PIVOT_NUMBER = 0x00c9;
const PIVOT_BOOLEAN = 0x00ca;
const PIVOT_ERROR = 0x00cb;
const PIVOT_INTEGER = 0x00cc;
const PIVOT_TEXT = 0x00cd;
const PIVOT_DATE = 0x00ce;
const PIVOT_NIL = 0x00cf;

function decoderOf(page: number): InstanceType<typeof TextDecoder> {
  if (page >= 1250 && page <= 1258) return createDecoder(`windows-${page}`);
  return new TextDecoder(page === 0x8000 ? 'macintosh' : 'shift_jis');
}
