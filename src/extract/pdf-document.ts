/**
 * One open PDF in PDFium's memory: characters with their places, pictures, notes, fields, attachments. Everything that it opens it closes; a page that
 * stays open is lost memory until the process ends.
 */
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import type { Raster } from './image-raster.js';
import { type Glyphs, makeGlyphs } from './pdf-layout.js';
import { plainCopy } from './pdf-plain.js';
import { renderPage } from './pdf-render.js';
import { surveyPage, widen } from './pdf-survey.js';
import { dropPdfium, type Pdfium, readString, withString } from './pdfium.js';

/** FPDF_GetLastError, public/fpdfview.h. */
const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;
/** FPDF_ANNOT_*, public/fpdf_annot.h. */
const ANNOT_LINK = 2;
const ANNOT_POPUP = 16;
const ANNOT_FILE = 17;
const ANNOT_WIDGET = 20;
/** PDFium writes a hyphen at a line's end as one of these, to tell it from a hyphen inside a word. */
const END_HYPHENS = new Set([0x02, 0xfffe]);
const BOOKMARKS_MAX = 10_000;
const FILES_MAX = 10_000;
const ANNOTATIONS_MAX = 10_000;
const STRING_CHARS_MAX = 1_000_000;

export interface PdfField {
  readonly label: string;
  readonly value: string;
}

export interface PdfPage {
  /** Shared by all pages: valid until the next page is read. */
  readonly glyphs: Glyphs;
  /** Characters whose font tells no character, or only private ones. */
  readonly unmapped: number;
  /** Characters beyond `limits.pageCharsMax` were left out. */
  readonly cut: boolean;
  /** PDFium leaves out text of this page that is there. */
  readonly lossy: boolean;
  /** Something is shown that only OCR can read. */
  readonly picture: boolean;
  readonly notes: readonly string[];
  readonly fields: readonly PdfField[];
}

export class PdfDocument {
  readonly pages: number;
  /** The one that opened it. */
  readonly password: string | undefined;
  readonly #pdfium: Pdfium;
  readonly #bytes: number;
  readonly #document: number;
  readonly #scratch: number;
  /** Annotations of pages that hold a file. */
  readonly #files: { readonly page: number; readonly annotation: number }[] = [];
  #form = 0;
  #formInfo = 0;
  #glyphs = makeGlyphs(4096);

  /** Throws FileProblem('encrypted') when none of the passwords opens it, FileProblem('damaged') when it can't be read. */
  constructor(pdfium: Pdfium, content: Buffer, passwords: readonly string[]) {
    this.#pdfium = pdfium;
    this.#bytes = pdfium.malloc(content.length);
    if (this.#bytes === 0) throw new FileProblem('too-large', 'not enough memory for this PDF');
    new Uint8Array(pdfium.memory.buffer).set(content, this.#bytes);
    const opened = load(pdfium, this.#bytes, content.length, passwords);
    this.#document = opened.document;
    this.password = opened.password;
    if (this.#document === 0) {
      const code = pdfium.FPDF_GetLastError();
      pdfium.free(this.#bytes);
      if (code === ERROR_PASSWORD) throw new FileProblem('encrypted', 'needs a password to open');
      if (code === ERROR_SECURITY) throw new FileProblem('encrypted', 'encrypted by a scheme that is not supported');
      throw new FileProblem('damaged', `PDFium error ${code}`);
    }
    this.#scratch = pdfium.malloc(64);
    this.pages = pdfium.FPDF_GetPageCount(this.#document);
    if (this.pages < 1) {
      this.close();
      throw new FileProblem('damaged', 'PDF without pages');
    }
    if (pdfium.FPDF_GetFormType(this.#document) > 0) this.#openForm();
  }

  close(): void {
    const pdfium = this.#pdfium;
    if (this.#form) pdfium.FPDFDOC_ExitFormFillEnvironment(this.#form);
    pdfium.FPDF_CloseDocument(this.#document);
    if (this.#formInfo) pdfium.free(this.#formInfo);
    pdfium.free(this.#scratch);
    pdfium.free(this.#bytes);
  }

  /** Its bytes without encryption; null where they can't be had. */
  plain(): Buffer | null {
    return plainCopy(this.#pdfium, this.#document);
  }

  /** Title, Author, Subject, Keywords; '' when absent. */
  property(tag: string): string {
    const pdfium = this.#pdfium;
    return withString(pdfium, tag, (key) =>
      readString(pdfium, STRING_CHARS_MAX, (buffer, size) => pdfium.FPDF_GetMetaText(this.#document, key, buffer, size)),
    );
  }

  /** The page at `index`, from 0; null when it can't be loaded. */
  page(index: number): PdfPage | null {
    const pdfium = this.#pdfium;
    const page = pdfium.FPDF_LoadPage(this.#document, index);
    if (page === 0) return null;
    try {
      const text = pdfium.FPDFText_LoadPage(page);
      if (text === 0) return null;
      try {
        return this.#readPage(page, index, text);
      } finally {
        pdfium.FPDFText_ClosePage(text);
      }
    } finally {
      pdfium.FPDF_ClosePage(page);
    }
  }

  /** Those of the document, then those that hang on the pages that were read. */
  /** The page at `index` as it is printed. Throws FileProblem('damaged') when it can't be loaded. */
  picture(index: number): Raster {
    const page = this.#pdfium.FPDF_LoadPage(this.#document, index);
    if (page === 0) throw new FileProblem('damaged', 'the page could not be loaded');
    try {
      return renderPage(this.#pdfium, page);
    } finally {
      this.#pdfium.FPDF_ClosePage(page);
    }
  }

  attachments(): number {
    return this.#named() + this.#files.length;
  }

  /** Name and content of the attachment at `index`; null when it has no content. Throws FileProblem('too-large') above `limits.entryBytesMax`. */
  attachment(index: number): { name: string; content: Buffer } | null {
    const named = this.#named();
    if (index < named) return this.#attached(this.#pdfium.FPDFDoc_GetAttachment(this.#document, index), index);
    const file = this.#files[index - named];
    const page = file ? this.#pdfium.FPDF_LoadPage(this.#document, file.page) : 0;
    if (!file || page === 0) return null;
    const annotation = this.#pdfium.FPDFPage_GetAnnot(page, file.annotation);
    try {
      return annotation === 0 ? null : this.#attached(this.#pdfium.FPDFAnnot_GetFileAttachment(annotation), index);
    } finally {
      if (annotation !== 0) this.#pdfium.FPDFPage_CloseAnnot(annotation);
      this.#pdfium.FPDF_ClosePage(page);
    }
  }

  /** Titles of the outline (ISO 32000-1, 12.3.3), each entry once, however they point to each other. */
  bookmarks(): string[] {
    const pdfium = this.#pdfium;
    const titles: string[] = [];
    const seen = new Set<number>([0]);
    const open = [pdfium.FPDFBookmark_GetFirstChild(this.#document, 0)];
    for (let bookmark = open.pop(); bookmark !== undefined; bookmark = open.pop()) {
      if (seen.has(bookmark) || seen.size > BOOKMARKS_MAX) continue;
      seen.add(bookmark);
      const at = bookmark;
      const title = readString(pdfium, STRING_CHARS_MAX, (to, size) => pdfium.FPDFBookmark_GetTitle(at, to, size)).trim();
      if (title !== '') titles.push(title);
      open.push(pdfium.FPDFBookmark_GetNextSibling(this.#document, at), pdfium.FPDFBookmark_GetFirstChild(this.#document, at));
    }
    return titles;
  }

  #named(): number {
    return Math.max(0, this.#pdfium.FPDFDoc_GetAttachmentCount(this.#document));
  }

  #attached(attachment: number, index: number): { name: string; content: Buffer } | null {
    const pdfium = this.#pdfium;
    if (attachment === 0 || !pdfium.FPDFAttachment_GetFile(attachment, 0, 0, this.#scratch)) return null;
    const sizeBytes = new DataView(pdfium.memory.buffer).getUint32(this.#scratch, true);
    if (sizeBytes === 0) return null;
    if (sizeBytes > limits.entryBytesMax) throw new FileProblem('too-large', `attachment ${index + 1} unpacks to ${sizeBytes} bytes`);
    const buffer = pdfium.malloc(sizeBytes);
    try {
      if (!pdfium.FPDFAttachment_GetFile(attachment, buffer, sizeBytes, this.#scratch)) return null;
      const content = Buffer.from(new Uint8Array(pdfium.memory.buffer).slice(buffer, buffer + sizeBytes).buffer);
      const name = readString(pdfium, STRING_CHARS_MAX, (to, size) => pdfium.FPDFAttachment_GetName(attachment, to, size));
      return { name: name || `attachment-${index + 1}`, content };
    } finally {
      pdfium.free(buffer);
    }
  }

  #openForm(): void {
    // FPDF_FORMFILLINFO of version 2 without callbacks: about 140 bytes, of which only the version is not zero (public/fpdf_formfill.h).
    const sizeBytes = 256;
    this.#formInfo = this.#pdfium.malloc(sizeBytes);
    const memory = new Uint8Array(this.#pdfium.memory.buffer, this.#formInfo, sizeBytes);
    memory.fill(0);
    memory[0] = 2;
    this.#form = this.#pdfium.FPDFDOC_InitFormFillEnvironment(this.#document, this.#formInfo);
  }

  #readPage(page: number, number: number, text: number): PdfPage {
    const pdfium = this.#pdfium;
    let read = this.#readText(text);
    let survey = surveyPage(pdfium, page, this.#glyphs, this.#scratch);
    if (survey.narrow.length > 0) {
      widen(pdfium, survey.narrow);
      const wider = pdfium.FPDFText_LoadPage(page);
      if (wider !== 0) {
        try {
          read = this.#readText(wider);
        } finally {
          pdfium.FPDFText_ClosePage(wider);
        }
        survey = surveyPage(pdfium, page, this.#glyphs, this.#scratch);
      }
    }
    const notes: string[] = [];
    const fields: PdfField[] = [];
    this.#readAnnotations(page, number, notes, fields);
    return { glyphs: this.#glyphs, ...read, picture: survey.picture, lossy: survey.lossy, notes, fields };
  }

  /** The characters of a text page, up to the bound. */
  #readText(text: number): { unmapped: number; cut: boolean } {
    const total = Math.max(0, this.#pdfium.FPDFText_CountChars(text));
    const count = Math.min(total, limits.pageCharsMax);
    return { unmapped: this.#readGlyphs(text, count), cut: total > count };
  }

  #readGlyphs(text: number, count: number): number {
    const pdfium = this.#pdfium;
    if (this.#glyphs.codes.length < count) this.#glyphs = makeGlyphs(count * 2);
    const glyphs = this.#glyphs;
    const rect = this.#scratch;
    let box = new Float32Array(pdfium.memory.buffer, rect, 4);
    let kept = 0;
    let unmapped = 0;
    for (let index = 0; index < count; index += 1) {
      let code = pdfium.FPDFText_GetUnicode(text, index);
      if (END_HYPHENS.has(code)) code = 0x2d;
      // Spaces and line ends that PDFium supposes: the layout sees the gaps themselves.
      if (code <= 0x20 && (code === 0x0a || code === 0x0d || pdfium.FPDFText_IsGenerated(text, index) === 1)) continue;
      if (isUnmapped(code)) {
        unmapped += 1;
        continue;
      }
      if (code >= 0xe000 && code <= 0xf8ff) unmapped += 1;
      // A low half follows its high half as a character of its own.
      if (code >= 0xdc00 && code <= 0xdfff && kept > 0 && glyphs.codes[kept - 1]! >= 0xd800 && glyphs.codes[kept - 1]! <= 0xdbff) {
        glyphs.codes[kept - 1] = ((glyphs.codes[kept - 1]! - 0xd800) << 10) + (code - 0xdc00) + 0x10000;
        continue;
      }
      pdfium.FPDFText_GetLooseCharBox(text, index, rect);
      if (box.buffer !== pdfium.memory.buffer) box = new Float32Array(pdfium.memory.buffer, rect, 4);
      glyphs.codes[kept] = code;
      glyphs.lefts[kept] = box[0]!;
      glyphs.tops[kept] = box[1]!;
      glyphs.rights[kept] = box[2]!;
      glyphs.bottoms[kept] = box[3]!;
      glyphs.angles[kept] = pdfium.FPDFText_GetCharAngle(text, index);
      kept += 1;
    }
    glyphs.count = kept;
    return unmapped;
  }

  #readAnnotations(page: number, number: number, notes: string[], fields: PdfField[]): void {
    const pdfium = this.#pdfium;
    const count = Math.min(pdfium.FPDFPage_GetAnnotCount(page), ANNOTATIONS_MAX);
    for (let index = 0; index < count; index += 1) {
      const annotation = pdfium.FPDFPage_GetAnnot(page, index);
      if (annotation === 0) continue;
      const subtype = pdfium.FPDFAnnot_GetSubtype(annotation);
      if (subtype === ANNOT_WIDGET) {
        const value = this.#form
          ? readString(pdfium, STRING_CHARS_MAX, (to, size) => pdfium.FPDFAnnot_GetFormFieldValue(this.#form, annotation, to, size))
          : '';
        if (value !== '') fields.push({ label: this.#annotationText(annotation, 'TU') || this.#annotationText(annotation, 'T'), value });
      } else if (subtype !== ANNOT_LINK && subtype !== ANNOT_POPUP) {
        if (subtype === ANNOT_FILE && this.#files.length < FILES_MAX) this.#files.push({ page: number, annotation: index });
        const note = this.#annotationText(annotation, 'Contents');
        if (note !== '') notes.push(note);
      }
      pdfium.FPDFPage_CloseAnnot(annotation);
    }
  }

  #annotationText(annotation: number, key: string): string {
    const pdfium = this.#pdfium;
    return withString(pdfium, key, (at) =>
      readString(pdfium, STRING_CHARS_MAX, (to, size) => pdfium.FPDFAnnot_GetStringValue(annotation, at, to, size)),
    );
  }
}

/** Runs `use`; a trap inside PDFium becomes FileProblem('damaged'), and the instance is not used again. */
export function guardTrap<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RuntimeError') throw error;
    dropPdfium();
    throw new FileProblem('damaged', 'PDFium stopped on this file');
  }
}

function load(
  pdfium: Pdfium,
  bytes: number,
  sizeBytes: number,
  passwords: readonly string[],
): { document: number; password: string | undefined } {
  let document = pdfium.FPDF_LoadMemDocument(bytes, sizeBytes, 0);
  for (const password of passwords) {
    if (document !== 0 || pdfium.FPDF_GetLastError() !== ERROR_PASSWORD) break;
    document = withString(pdfium, password, (at) => pdfium.FPDF_LoadMemDocument(bytes, sizeBytes, at));
    if (document !== 0) return { document, password };
  }
  return { document, password: undefined };
}

function isUnmapped(code: number): boolean {
  return code < 0x20 ? code !== 0x09 : code === 0xfffd || code === 0xffff;
}
