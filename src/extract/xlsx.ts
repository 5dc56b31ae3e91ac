/**
 * Reads workbooks (xlsx, xlsm): all sheets, hidden and very hidden ones, in constant memory, then all that hangs on them. It computes nothing, follows no
 * link out of the file and runs no macro.
 */
import { posix } from 'node:path';
import { memorySource } from '../container/memory-source.js';
import { type Relationship, readRelations } from '../container/opc.js';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, ProblemCode, RowBatch, Source, TextBlock } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import type { NumberFormat } from './number-format.js';
import { readStrayPart, strayBlocks, strayPartOf } from './office-strays.js';
import { tellOoxmlDates } from './package-dates.js';
import { Pictures } from './pictures.js';
import { BINARY_STRAYS, readBinaryStrays } from './xlsb-strays.js';
import { type LinkedSheet, type PivotField, readLinkedSheets, readPivotFields, readPivotRows } from './xlsx-caches.js';
import { type PlacedText, readAttributes, readComments, readShapes, readTexts, readVmlBoxes, THREADED_COPY } from './xlsx-parts.js';
import { SheetReader, type SheetRows, type Workbook } from './xlsx-sheet.js';
import { marginBlocks } from './xlsx-sheet-texts.js';
import { SharedStrings } from './xlsx-strings.js';
import { readFormats } from './xlsx-styles.js';
import { readWorkbook, type SheetEntry, type WorkbookPart } from './xlsx-workbook.js';

/** `pt` stands in charts of the newer sort (MS-ODRAWXML 2.24.3). */
const CHART_NAMES = new Set(['v', 't', 'pt']);
const AUTHOR_NAMES = new Set(['author']);
const PERSON_NAMES = new Set(['person']);
const DIAGRAM_NAMES = new Set(['t']);
const PROPERTY_NAMES = new Set([
  'title',
  'subject',
  'creator',
  'keywords',
  'description',
  'lastModifiedBy',
  'category',
  'Company',
  'Manager',
  'lpwstr',
  'lpstr',
]);

/** Small parts that no sheet leads to, by name: what of them is text, what the place is called, whether it stands elsewhere too. */
const SIDE_PARTS: readonly (readonly [RegExp, ReadonlySet<string> | null, string, boolean])[] = [
  [/^docProps\/(?:core|app|custom)\.xml$/i, PROPERTY_NAMES, 'property', false],
  [/^customXml\/item\d+\.xml$/i, null, 'data', true],
  [/^xl\/charts\/[^/]+\.xml$/i, CHART_NAMES, 'chart', true],
  [/^xl\/diagrams\/data[^/]*\.xml$/i, DIAGRAM_NAMES, 'textbox', false],
  // Logs of a shared workbook: contents of cells before and after each change (18.11).
  [/^xl\/revisions\/revisionLog[^/]*\.xml$/i, CHART_NAMES, 'deleted', true],
];
/** Where Excel puts the parts that relationships lead to, in either form. */
const PIVOT = /^xl\/pivotCache\/pivotCacheDefinition[^/]*\.(?:xml|bin)$/i;
const LINK = /^xl\/externalLinks\/externalLink[^/]*\.(?:xml|bin)$/i;
const COMMENTS = /^xl\/comments[^/]*\.(?:xml|bin)$/i;
/** Drawings that a chart holds, and any that no sheet leads to. */
const DRAWING = /^xl\/drawings\/[^/]+\.xml$/i;
const PERSONS = /^xl\/persons\/[^/]+\.xml$/i;

const BINARY_PLAN = { part: 'data', list: true, copy: true } as const;

/** In what form the parts of a workbook's package are written: what differs between xlsx and xlsb. */
export interface WorkbookDialect {
  /** How the names of parts end where no relationship leads to them. */
  readonly suffix: string;
  readWorkbook(zip: ZipDirectory): WorkbookPart;
  readFormats(pieces: Iterable<Buffer>, is1904: boolean): readonly NumberFormat[];
  readComments(pieces: Iterable<Buffer>): readonly PlacedText[];
  /** Names of who wrote comments. */
  readAuthors(pieces: Iterable<Buffer>): readonly string[];
  loadStrings(strings: SharedStrings, pieces: Iterable<Buffer>): void;
  readPivotFields(pieces: Iterable<Buffer>): readonly PivotField[];
  readPivotRows(pieces: Iterable<Buffer>, fields: readonly PivotField[]): Iterable<RowBatch>;
  readLinkedSheets(pieces: Iterable<Buffer>): readonly LinkedSheet[];
  openSheet(pieces: Iterable<Buffer>, book: Workbook, label: string): SheetRows;
}

const MARKUP: WorkbookDialect = {
  suffix: 'xml',
  readWorkbook,
  readFormats,
  readComments,
  readAuthors: (pieces) => readTexts(pieces, AUTHOR_NAMES),
  loadStrings: (strings, pieces) => strings.load(pieces),
  readPivotFields,
  readPivotRows,
  readLinkedSheets,
  openSheet: (pieces, book, label) => new SheetReader(pieces, book, label),
};

export const xlsxExtractor: Extractor = { id: 'xlsx', version: 6, formats: ['xlsx', 'xlsm'], read };

function read(source: Source, context: ExtractContext): Iterable<Block | MemberBlock> {
  return new WorkbookReading(openZip(source), context, MARKUP).blocks();
}

export class WorkbookReading implements Workbook {
  formats: readonly NumberFormat[] = [];
  cellsLeft: number = limits.cellsMax;
  readonly #zip: ZipDirectory;
  readonly #context: ExtractContext;
  readonly #dialect: WorkbookDialect;
  readonly #seen = new Set<string>();
  #strings: SharedStrings | null = null;
  #stringsPart = '';

  constructor(zip: ZipDirectory, context: ExtractContext, dialect: WorkbookDialect) {
    this.#zip = zip;
    this.#dialect = dialect;
    this.#context = context;
  }

  *blocks(): Generator<Block | MemberBlock> {
    const book = this.#dialect.readWorkbook(this.#zip);
    if (this.#zip.damage !== null) this.tell('damaged', this.#zip.damage);
    tellOoxmlDates(this.#zip, this.#context);
    this.#prepare(book);
    for (const [index, sheet] of book.sheets.entries()) yield* this.#sheet(sheet, `sheet ${index + 1}`);
    if (book.names.length > 0) yield { kind: 'text', where: { part: 'name' }, text: book.names.join('\n') };
    yield* this.#sideParts();
    yield* this.#caches();
    yield* this.#strays();
    yield* this.#pictures();
  }

  /** Shared strings are read when the first cell asks: many workbooks have none. */
  string(index: number): string | undefined {
    if (!this.#strings) {
      this.#strings = new SharedStrings();
      const strings = this.#strings;
      const entry = this.#zip.entry(this.#stringsPart);
      if (entry) this.#guarded('shared strings', () => this.#dialect.loadStrings(strings, this.#pieces(entry)));
    }
    return this.#strings.at(index);
  }

  tell(code: ProblemCode, detail: string): void {
    this.#context.problem(code, detail);
  }

  #prepare(book: WorkbookPart): void {
    const partOf = (type: string, fallback: string) => book.relations.find((relation) => relation.type === type)?.target ?? fallback;
    const folder = posix.dirname(book.part);
    const { suffix } = this.#dialect;
    this.#stringsPart = partOf('sharedStrings', `${folder}/sharedStrings.${suffix}`);
    const styles = this.#zip.entry(partOf('styles', `${folder}/styles.${suffix}`));
    if (!styles) return;
    this.#guarded('styles', () => {
      this.formats = this.#dialect.readFormats(this.#pieces(styles), book.is1904);
    });
  }

  *#sheet(sheet: SheetEntry, label: string): Generator<Block | MemberBlock> {
    const entry = sheet.part === null ? undefined : this.#zip.entry(sheet.part);
    if (!entry) return this.tell('damaged', `${label}: its part is missing`);
    const reader = this.#dialect.openSheet(this.#pieces(entry), this, label);
    yield { kind: 'table', where: { sheet: sheet.name }, rows: reader.rows() };
    reader.finish();
    yield* marginBlocks(reader.margins, sheet.name);
    yield* this.#attached(entry.name, sheet.name, label);
  }

  /** What a sheet's relationships lead to. */
  *#attached(part: string, sheet: string, label: string): Generator<Block> {
    const relations = this.#guarded(label, () => readRelations(this.#zip, part)) ?? [];
    const threaded = this.#texts(relations, 'threadedComment', label, readComments);
    yield* placed(threaded, sheet, 'comment');
    for (const comment of this.#texts(relations, 'comments', label, this.#dialect.readComments)) {
      yield* placed([comment], sheet, 'comment', threaded.length > 0 && THREADED_COPY.test(comment.text));
    }
    yield* placed(this.#texts(relations, 'vmlDrawing', label, readVmlBoxes), sheet, 'textbox');
    for (const drawing of relations.filter(({ type }) => type === 'drawing')) {
      yield* placed(this.#texts([drawing], 'drawing', label, readShapes), sheet, 'textbox');
      const inner = this.#guarded(label, () => readRelations(this.#zip, drawing.target)) ?? [];
      yield* joined(
        this.#texts(inner, 'chart', label, (pieces) => readTexts(pieces, CHART_NAMES)),
        sheet,
        'chart',
        true,
      );
      yield* joined(
        this.#texts(inner, 'diagramData', label, (pieces) => readTexts(pieces, DIAGRAM_NAMES)),
        sheet,
        'textbox',
        false,
      );
    }
  }

  #texts<T>(
    relations: readonly Relationship[],
    type: string,
    label: string,
    readPart: (pieces: Iterable<Buffer>) => readonly T[],
  ): readonly T[] {
    const texts: T[] = [];
    for (const relation of relations) {
      if (relation.type !== type || this.#seen.has(relation.target)) continue;
      this.#seen.add(relation.target);
      const entry = this.#zip.entry(relation.target);
      if (!entry) continue;
      const found = this.#guarded(`${label}, ${type}`, () => readPart(this.#pieces(entry)));
      for (const text of found ?? []) texts.push(text);
    }
    return texts;
  }

  /** What belongs to the whole workbook or was led to by no sheet, and files that lie in it. */
  *#sideParts(): Generator<Block | MemberBlock> {
    for (const entry of this.#zip.entries) {
      const { name } = entry;
      const side = SIDE_PARTS.find(([pattern]) => pattern.test(name));
      if (side) {
        const [, names, part, copy] = side;
        if (!this.#seen.has(name)) yield* this.#side(part, copy, () => readTexts(this.#pieces(entry), names));
      } else if (COMMENTS.test(name)) {
        yield* this.#side('author', false, () => this.#dialect.readAuthors(this.#pieces(entry)));
      } else if (DRAWING.test(name) && !this.#seen.has(name)) {
        yield* this.#side('textbox', false, () => readShapes(this.#pieces(entry)).map(({ text }) => text));
      } else if (PERSONS.test(name)) {
        yield* this.#side('author', false, () => readAttributes(this.#pieces(entry), PERSON_NAMES, 'displayName'));
      } else if (/^xl\/embeddings\/[^/]+$/i.test(name)) {
        const bytes = this.#guarded('embedded file', () => this.#zip.readEntry(entry));
        if (!bytes) continue;
        this.#context.unpacked(bytes.length);
        const base = posix.basename(name);
        yield { kind: 'member', name: base, source: memorySource(base, bytes) };
      }
    }
  }

  *#side(part: string, copy: boolean, readPart: () => readonly string[]): Generator<TextBlock> {
    const texts = this.#guarded(part, readPart) ?? [];
    if (texts.length > 0) yield { kind: 'text', where: { part }, text: texts.join('\n'), ...(copy && { copy }) };
  }

  /** Rows behind pivot tables and cells of linked workbooks: the same once more, or what is left of rows that are gone. */
  *#caches(): Generator<Block> {
    for (const entry of this.#zip.entries) {
      if (PIVOT.test(entry.name)) yield* this.#pivot(entry);
      else if (LINK.test(entry.name)) {
        const sheets = this.#guarded('external link', () => this.#dialect.readLinkedSheets(this.#pieces(entry))) ?? [];
        for (const rows of sheets) yield { kind: 'table', where: { part: 'link' }, rows, copy: true };
      }
    }
  }

  *#pivot(entry: ZipEntry): Generator<Block> {
    const fields = this.#guarded('pivot cache', () => this.#dialect.readPivotFields(this.#pieces(entry)));
    if (!fields) return;
    const relations = this.#guarded('pivot cache', () => readRelations(this.#zip, entry.name)) ?? [];
    const target = relations.find(({ type }) => type === 'pivotCacheRecords')?.target;
    const records = target === undefined ? undefined : this.#zip.entry(target);
    const where = { part: 'pivot' };
    if (records) yield { kind: 'table', where, rows: this.#told('pivot cache', () => this.#pivotRows(records, fields)), copy: true };
    // Without rows the values of each field are all that is left.
    else {
      for (const { name, items } of fields) {
        const rows = [[name], ...items.map((item) => [item])];
        if (items.length > 0) yield { kind: 'table', where, rows: [{ firstRow: 1, rows }], copy: true };
      }
    }
  }

  *#pivotRows(entry: ZipEntry, fields: readonly PivotField[]): Generator<RowBatch> {
    for (const batch of this.#dialect.readPivotRows(this.#pieces(entry), fields)) {
      for (const { length } of batch.rows) this.cellsLeft -= length;
      if (this.cellsLeft < 0) throw new FileProblem('too-large', `more than ${limits.cellsMax} cells`);
      yield batch;
    }
  }

  /** Rows up to where they break off, which is told. */
  *#told(label: string, rows: () => Iterable<RowBatch>): Generator<RowBatch> {
    try {
      yield* rows();
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.tell(error.code, `${label}: ${error.detail}`);
    }
  }

  /** What stands in attributes, in parts that nobody read, and where links lead. */
  *#strays(): Generator<Block> {
    for (const entry of this.#zip.entries) {
      const plan = BINARY_STRAYS.test(entry.name) ? BINARY_PLAN : strayPartOf(entry.name, this.#seen.has(entry.name));
      if (!plan) continue;
      const texts = this.#guarded(plan.part, () =>
        'known' in plan ? readStrayPart(this.#pieces(entry), plan) : readBinaryStrays(this.#pieces(entry)),
      );
      yield* strayBlocks(texts ?? [], plan);
    }
  }

  *#pictures(): Generator<MemberBlock> {
    const pictures = new Pictures(this.#context);
    const content = (entry: ZipEntry) => this.#guarded('picture', () => this.#zip.readEntry(entry)) ?? null;
    yield* pictures.of(this.#zip, /^xl\/media\/[^/]+\.(?:png|jpe?g|gif|bmp)$/i, content);
    pictures.tell();
  }

  *#pieces(entry: ZipEntry): Generator<Buffer, void, undefined> {
    for (const piece of this.#zip.streamEntry(entry)) {
      this.#context.unpacked(piece.length);
      yield piece;
    }
  }

  /** A part that can't be read costs itself alone. */
  #guarded<T>(label: string, readPart: () => T): T | undefined {
    try {
      return readPart();
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.tell(error.code, `${label}: ${error.detail}`);
      return undefined;
    }
  }
}

function* placed(texts: readonly PlacedText[], sheet: string, part: string, copy = false): Generator<Block> {
  for (const { cell, text } of texts) {
    yield { kind: 'text', where: { sheet, ...(cell !== undefined && { cell }), part }, text, ...(copy && { copy }) };
  }
}

function* joined(texts: readonly string[], sheet: string, part: string, copy: boolean): Generator<Block> {
  if (texts.length > 0) yield { kind: 'text', where: { sheet, part }, text: texts.join('\n'), ...(copy && { copy }) };
}
