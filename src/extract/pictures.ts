/**
 * Pictures inside a document that are large enough to hold a page of text: told as `needs-ocr`, or given as members where OCR reads them. It decodes
 * no picture.
 */
import { memorySource } from '../container/memory-source.js';
import type { ZipDirectory, ZipEntry } from '../container/zip.js';
import type { MemberBlock } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';
import { holdsPage, PICTURE_HEAD_BYTES, pictureSize } from './picture-size.js';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');
/** Places in a stream that are looked at for a picture's first bytes. */
const LOOKS_MAX = 10_000;

/** Collects the large pictures of one document. */
export class Pictures {
  readonly #context: ExtractContext;
  #unread = 0;
  #named = 0;

  constructor(context: ExtractContext) {
    this.#context = context;
  }

  /** One picture as the bytes of its file; `name` as it is to be shown, else it is numbered. Nothing for one that is small or of another sort. */
  *take(bytes: Buffer, name?: string): Generator<MemberBlock> {
    if (!isLarge(bytes)) return;
    if (!this.#context.ocr) {
      this.#unread++;
      return;
    }
    this.#context.unpacked(bytes.length);
    const shown = name ?? `picture ${++this.#named}`;
    yield { kind: 'member', name: shown, source: memorySource(shown, bytes) };
  }

  /** PNG and JPEG files in a stream that holds pictures among other things. */
  *in(stream: Buffer): Generator<MemberBlock> {
    for (const sign of [PNG, JPEG]) {
      let looks = 0;
      for (let at = stream.indexOf(sign); at >= 0 && looks < LOOKS_MAX; looks++) {
        const end = sign === PNG ? endOfPng(stream, at) : endOfJpeg(stream, at);
        yield* this.take(stream.subarray(at, end));
        at = stream.indexOf(sign, Math.max(end, at + sign.length));
      }
    }
  }

  /** Entries of a package whose names `pattern` knows; `read` gives an entry's content, or null when it can't be had and that has been told. */
  *of(zip: ZipDirectory, pattern: RegExp, read: (entry: ZipEntry) => Buffer | null): Generator<MemberBlock> {
    for (const entry of zip.entries) {
      if (!pattern.test(entry.name) || !isLarge(headOf(zip, entry))) continue;
      const content = this.#context.ocr ? read(entry) : null;
      if (content !== null) yield* this.take(content, entry.name.slice(entry.name.lastIndexOf('/') + 1));
      else if (!this.#context.ocr) this.#unread++;
    }
  }

  /** Tells what was left unread; call it when the document has been read. */
  tell(): void {
    const count = this.#unread;
    if (count > 0) this.#context.problem('needs-ocr', `${count} ${count === 1 ? 'picture' : 'pictures'} as large as a page`);
  }
}

function isLarge(bytes: Buffer): boolean {
  const size = pictureSize(bytes);
  // What was taken for a picture within other bytes may state any size.
  return size !== null && holdsPage(size) && size.widthPx < 65_536 && size.heightPx < 65_536;
}

function headOf(zip: ZipDirectory, entry: ZipEntry): Buffer {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for (const piece of zip.streamEntry(entry)) {
      pieces.push(Buffer.from(piece));
      bytes += piece.length;
      if (bytes >= PICTURE_HEAD_BYTES) break;
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
  }
  return Buffer.concat(pieces);
}

/** Behind the chunk IEND (PNG, W3C Recommendation, 5.3); the stream's end where a chunk runs over it. */
function endOfPng(stream: Buffer, start: number): number {
  let at = start + PNG.length;
  while (at + 12 <= stream.length) {
    const isLast = stream.toString('latin1', at + 4, at + 8) === 'IEND';
    at += 12 + stream.readUInt32BE(at);
    if (isLast) return Math.min(at, stream.length);
  }
  return stream.length;
}

/** Behind the marker EOI (ITU-T T.81, B.1.1): segments are stepped over by their lengths, since a small preview may lie in one. */
function endOfJpeg(stream: Buffer, start: number): number {
  let at = start + 2;
  while (at + 4 <= stream.length) {
    if (stream[at] !== 0xff) {
      // Within the coded data a 0xFF is followed by 0 or a restart marker.
      at = stream.indexOf(0xff, at);
      if (at < 0) break;
      continue;
    }
    const marker = stream[at + 1]!;
    if (marker === 0xd9) return at + 2;
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd8)) at += marker === 0xff ? 1 : 2;
    else at += 2 + stream.readUInt16BE(at + 2);
  }
  return stream.length;
}
