/**
 * Reads workbooks (xlsx, xlsm): all sheets, hidden and very hidden ones, in constant memory, then all that hangs on them. It computes nothing, follows no
 * link out of the file and runs no macro.
 */
import { posix } from 'node:path';
import { memorySource } from '../container/memory-source.js';
import { type Relationship, readRelations } from '../container/opc.js';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, ProblemCode, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import type { NumberFormat } from './number-format.js';
import { holdsPage, PICTURE_HEAD_BYTES, pictureSize } from './picture-size.js';
import { type PlacedText, readComments, readShapes, readTexts, readVmlBoxes, THREADED_COPY } from './xlsx-parts.js';
import { SheetReader, type SheetRows, type Workbook } from './xlsx-sheet.js';
import { SharedStrings } from './xlsx-strings.js';
import { readFormats } from './xlsx-styles.js';
import { readWorkbook, type SheetEntry, type WorkbookPart } from './xlsx-workbook.js';

const CHART_NAMES = new Set(['v', 't']);
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

/** In what form the parts of a workbook's package are written: what differs between xlsx and xlsb. */
export interface WorkbookDialect {
  /** How the names of parts end where no relationship leads to them. */
  readonly suffix: string;
  readWorkbook(zip: ZipDirectory): WorkbookPart;
  readFormats(pieces: Iterable<Buffer>, is1904: boolean): readonly NumberFormat[];
  readComments(pieces: Iterable<Buffer>): readonly PlacedText[];
  loadStrings(strings: SharedStrings, pieces: Iterable<Buffer>): void;
  openSheet(pieces: Iterable<Buffer>, book: Workbook, label: string): SheetRows;
}

const MARKUP: WorkbookDialect = {
  suffix: 'xml',
  readWorkbook,
  readFormats,
  readComments,
  loadStrings: (strings, pieces) => strings.load(pieces),
  openSheet: (pieces, book, label) => new SheetReader(pieces, book, label),
};

export const xlsxExtractor: Extractor = { id: 'xlsx', version: 1, formats: ['xlsx', 'xlsm'], read };

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
    this.#prepare(book);
    for (const [index, sheet] of book.sheets.entries()) yield* this.#sheet(sheet, `sheet ${index + 1}`);
    yield* this.#sideParts();
    this.#tellPictures();
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
    for (const { part, text } of reader.margins) {
      if (text.trim() !== '') yield { kind: 'text', where: { sheet: sheet.name, part }, text };
    }
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

  /** Properties of the document and files that lie in it. */
  *#sideParts(): Generator<Block | MemberBlock> {
    for (const entry of this.#zip.entries) {
      if (/^docProps\/(?:core|app|custom)\.xml$/i.test(entry.name)) {
        const texts = this.#guarded('properties', () => readTexts(this.#pieces(entry), PROPERTY_NAMES));
        if (texts && texts.length > 0) yield { kind: 'text', where: { part: 'property' }, text: texts.join('\n') };
      } else if (/^xl\/embeddings\/[^/]+$/i.test(entry.name)) {
        const bytes = this.#guarded('embedded file', () => this.#zip.readEntry(entry));
        if (!bytes) continue;
        this.#context.unpacked(bytes.length);
        const name = posix.basename(entry.name);
        yield { kind: 'member', name, source: memorySource(name, bytes) };
      }
    }
  }

  #tellPictures(): void {
    const large = this.#zip.entries.filter(
      (entry) => /^xl\/media\/[^/]+\.(?:png|jpe?g|gif|bmp)$/i.test(entry.name) && this.#isLarge(entry),
    ).length;
    if (large > 0) this.tell('needs-ocr', `${large} ${large === 1 ? 'picture' : 'pictures'} as large as a page`);
  }

  #isLarge(entry: ZipEntry): boolean {
    const pieces: Buffer[] = [];
    let bytes = 0;
    this.#guarded('picture', () => {
      for (const piece of this.#zip.streamEntry(entry)) {
        pieces.push(Buffer.from(piece));
        bytes += piece.length;
        if (bytes >= PICTURE_HEAD_BYTES) break;
      }
    });
    const size = pictureSize(Buffer.concat(pieces));
    return size !== null && holdsPage(size);
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
