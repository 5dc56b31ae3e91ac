/**
 * Makes records of XML whose meaning nobody knows: elements of one name beside each other are the rows of a table, their children its columns; what
 * stands alone becomes lines `name: value`. It holds one record of each level at a time, not the document.
 */
import { FileProblem } from '../problem.js';
import type { BlockQueue } from './live-table.js';
import { type Field, fieldLines, RecordTable } from './record-table.js';

/** Leaves of one name that stay fields of their parent; more of them become a table of one column. */
const LIST_FROM = 256;
/** Fields of one element before they are handed on as lines. */
const FIELDS_MAX = 4_096;
/** Fields of all open elements together. */
const HELD_MAX = 2_000_000;
/** Names of nested elements, joined. */
const GROUP_CHARS_MAX = 200;
/** Mixed text of one element; what is longer is handed on in pieces. */
const MIXED_CHARS_MAX = 64 * 1024;

/** Elements that only mark text up where they stand in text: XHTML, DocBook. */
const INLINE: ReadonlySet<string> = new Set(['b', 'i', 'u', 'em', 'strong', 'span', 'font', 'ruby', 'sub', 'sup', 'emphasis']);
/** Elements that hold text, whatever stands before the first mark-up in it. */
const PARAGRAPHS: ReadonlySet<string> = new Set(['p', 'para', 'li', 'td', 'th', 'h1', 'h2', 'h3', 'title']);
/** Elements that may name themselves by an attribute: `<field name="氏名">…`. */
const NAMED = /^(?:field|column|col|item|property|entry|data|param|attribute|string|value|cell|項目|フィールド)$/i;
const NAMES: ReadonlySet<string> = new Set(['name', 'key', 'label', '名前', '項目名', '名称']);

interface Frame {
  readonly name: string;
  /** Fields that are complete: attributes, leaves, elements that stand alone in their parent. */
  fields: Field[];
  /** Text of the element itself, with that of marked-up pieces in it. */
  text: string;
  elements: number;
  /** True when its text came from runs in it (`<r><t>`, as in WordprocessingML). */
  runs: boolean;
  /** What an attribute says that the element is called. */
  readonly label: string | undefined;
  /** The first element of a name that is more than a leaf: it becomes a row when another one follows. */
  readonly firsts: Map<string, readonly Field[]>;
  readonly tables: Map<string, RecordTable>;
  readonly leaves: Map<string, number>;
}

export class XmlRecords {
  readonly #queue: BlockQueue;
  readonly #frames: Frame[] = [];
  #held = 0;
  dropped = 0;

  constructor(queue: BlockQueue) {
    this.#queue = queue;
  }

  open(name: string, attributes: readonly (readonly [string, string])[]): void {
    const parent = this.#frames.at(-1);
    if (parent) {
      parent.elements++;
      if (parent.text.length > MIXED_CHARS_MAX) this.#spill(parent);
    }
    const label = NAMED.test(name) ? attributes.find(([key]) => NAMES.has(key))?.[1] : undefined;
    const frame = newFrame(name, label);
    for (const [key, value] of attributes) if (value !== '') this.#keep(frame, { group: '', name: key, value });
    this.#frames.push(frame);
  }

  text(text: string): void {
    const frame = this.#frames.at(-1);
    if (frame) frame.text += text;
  }

  close(): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    const parent = this.#frames.at(-1);
    const isNamed = frame.label !== undefined && frame.elements === 0 && frame.fields.length === 1 && frame.text.trim() !== '';
    if (isNamed) this.#drop(frame);
    if (parent && isInline(frame, parent)) {
      parent.text += frame.text;
      parent.runs ||= frame.name === 't' || frame.runs;
      return;
    }
    const fields = this.#finish(frame);
    if (!parent) this.#lines(fields);
    else this.#join(parent, isNamed && frame.label ? frame.label : frame.name, fields);
  }

  /** Closes what a broken document left open. */
  finish(): void {
    while (this.#frames.length > 0) this.close();
  }

  #drop(frame: Frame): void {
    this.#held -= frame.fields.length;
    frame.fields = [];
  }

  /** The fields of an element that ended; its tables end with it. */
  #finish(frame: Frame): readonly Field[] {
    for (const [name, fields] of frame.firsts) for (const field of nested(name, fields)) frame.fields.push(field);
    for (const table of frame.tables.values()) {
      table.close();
      this.dropped += table.dropped;
      if (!table.told) this.#queue.addTable(table, {});
    }
    this.#held -= frame.fields.length;
    const text = tidy(frame.text);
    if (text !== '') frame.fields.unshift({ group: '', name: '', value: text });
    return frame.fields;
  }

  #join(parent: Frame, name: string, fields: readonly Field[]): void {
    if (fields.length === 0) return;
    const table = parent.tables.get(name);
    if (table) this.#addRow(table, fields);
    else if (fields.length === 1 && !parent.firsts.has(name)) this.#addLeaf(parent, name, fields);
    else {
      const first = parent.firsts.get(name);
      if (first) {
        parent.firsts.delete(name);
        this.#held -= first.length;
        this.#openTable(parent, name, first, fields);
      } else {
        parent.firsts.set(name, fields);
        this.#hold(fields.length);
      }
    }
  }

  /** One value: a field of its parent, or, where many follow each other, a row. */
  #addLeaf(parent: Frame, name: string, fields: readonly Field[]): void {
    const times = (parent.leaves.get(name) ?? 0) + 1;
    parent.leaves.set(name, times);
    if (times > LIST_FROM)
      this.#openTable(
        parent,
        name,
        fields.map((field) => ({ ...field, name: field.name || name })),
      );
    else for (const field of nested(name, fields)) this.#keep(parent, field);
  }

  #openTable(parent: Frame, name: string, ...rows: readonly (readonly Field[])[]): void {
    const table = new RecordTable();
    parent.tables.set(name, table);
    for (const row of rows) this.#addRow(table, row);
  }

  #addRow(table: RecordTable, fields: readonly Field[]): void {
    table.add(fields);
    if (!table.told && table.size > 0) this.#queue.addTable(table, {});
  }

  #keep(frame: Frame, field: Field): void {
    if (frame.fields.length >= FIELDS_MAX) {
      this.#lines(frame.fields);
      this.#held -= frame.fields.length;
      frame.fields = [];
    }
    frame.fields.push(field);
    this.#hold(1);
  }

  #hold(fields: number): void {
    this.#held += fields;
    if (this.#held > HELD_MAX) throw new FileProblem('too-large', `xml: more than ${HELD_MAX} fields inside of each other`);
  }

  #spill(frame: Frame): void {
    const text = tidy(frame.text);
    frame.text = '';
    if (text !== '') this.#queue.add({ kind: 'text', where: {}, text });
  }

  #lines(fields: readonly Field[]): void {
    if (fields.length === 0) return;
    this.#queue.add({ kind: 'text', where: {}, text: fieldLines(fields) });
  }
}

/** True when the text of an element belongs to the text that its parent holds. */
function isInline(frame: Frame, parent: Frame): boolean {
  if (frame.fields.length > 0 || frame.firsts.size > 0 || frame.tables.size > 0) return false;
  if (frame.name === 't') return parent.name === 'r';
  if (frame.name === 'r') return frame.runs;
  return INLINE.has(frame.name) && (parent.text.trim() !== '' || PARAGRAPHS.has(parent.name) || INLINE.has(parent.name));
}

function newFrame(name: string, label: string | undefined): Frame {
  return { name, label, fields: [], text: '', elements: 0, runs: false, firsts: new Map(), tables: new Map(), leaves: new Map() };
}

/** Fields of an element as fields of its parent. A value without a name of its own takes the element's. */
function nested(element: string, fields: readonly Field[]): Field[] {
  return fields.map(({ group, name, value }) =>
    name === ''
      ? { group: '', name: element, value }
      : { group: group === '' ? element : `${element}.${group}`.slice(0, GROUP_CHARS_MAX), name, value },
  );
}

/** Text of an element without the white space that only lays out its source. */
function tidy(text: string): string {
  const trimmed = text.trim();
  return trimmed.includes('\n') ? trimmed.replace(/[ \t]{0,99}\n\s*/g, '\n') : trimmed;
}
