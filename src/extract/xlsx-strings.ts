/**
 * The shared strings of a workbook (ECMA-376-1, 18.4.9), kept as UTF-8 bytes and made to strings when asked: a large workbook has millions, and as
 * JavaScript strings they would fill the worker. Phonetic guides (`rPh`) are dropped: they repeat a cell's text in kana.
 */
import { latin1Text, utf8Text } from '../container/byte-text.js';
import { XmlCursor } from '../container/xml.js';
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import { decodeEscapes } from './xlsx-escape.js';

const SEGMENT_BYTES = 4 * 1024 * 1024;
/** The first segment begins with this and grows: most workbooks hold a few kilobytes of strings. */
const FIRST_BYTES = 16 * 1024;
/** A power of two; texts that stand in many cells (a section's name) are found here. */
const RECENT_SLOTS = 4096;

/** What stands behind `<si>` in nearly all strings. */
const OPEN_TEXT = Buffer.from('<t>');
const CLOSE_TEXT = Buffer.from('</t></si>');

const LOWER_T = 0x74;
const LOWER_S = 0x73;
const LOWER_I = 0x69;

export class SharedStrings {
  readonly #segments: Buffer[] = [];
  /** Start of each string, counted over all segments; the lowest bit tells that it is ASCII. One more than strings. */
  #starts = new Uint32Array(1024);
  #lengths = new Uint32Array(1024);
  #count = 0;
  #used = 0;
  #recent: string[] = [];
  #recentIndex = new Int32Array(0);

  get count(): number {
    return this.#count;
  }

  /** The string, or undefined where there is none: also for a negative index and for none (NaN), as damaged cells have them. */
  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    if (this.#recentIndex.length === 0) this.#makeRecent();
    const slot = index & (this.#recentIndex.length - 1);
    if (this.#recentIndex[slot] === index) return this.#recent[slot];
    const mark = this.#starts[index]!;
    const start = mark >>> 1;
    const segment = this.#segments[Math.floor(start / SEGMENT_BYTES)]!;
    const from = start % SEGMENT_BYTES;
    const to = from + this.#lengths[index]!;
    const text = decodeEscapes((mark & 1) === 1 ? latin1Text(segment, from, to) : utf8Text(segment, from, to));
    this.#recentIndex[slot] = index;
    this.#recent[slot] = text;
    return text;
  }

  /** As many places as there are strings, up to RECENT_SLOTS. */
  #makeRecent(): void {
    const slots = Math.min(RECENT_SLOTS, 2 ** Math.ceil(Math.log2(Math.max(this.#count, 2))));
    this.#recent = new Array<string>(slots).fill('');
    this.#recentIndex = new Int32Array(slots).fill(-1);
  }

  /** Adds one string behind the others. Throws FileProblem('too-large'). */
  add(text: string): void {
    const bytes = Buffer.from(text);
    this.#append(bytes, 0, bytes.length, isAscii(bytes));
  }

  /** Reads the part; throws FileProblem where it breaks off or passes a bound, after keeping what came before. */
  load(pieces: Iterable<Buffer>): void {
    const cursor = new XmlCursor(pieces);
    let inPhonetic = false;
    let text: Buffer | null = null;
    let empty = true;
    try {
      while (cursor.next()) {
        const { bytes, nameStart } = cursor;
        const length = cursor.nameEnd - nameStart;
        const first = bytes[nameStart];
        if (length === 1 && first === LOWER_T && cursor.closing && !inPhonetic) {
          if (empty && cursor.plain) this.#append(bytes, cursor.textStart, cursor.textEnd, cursor.ascii);
          else {
            const more = Buffer.from(cursor.text());
            text = Buffer.concat([text ?? this.#takeLast(empty), more]);
          }
          empty = false;
        } else if (
          length === 2 &&
          first === LOWER_S &&
          bytes[nameStart + 1] === LOWER_I &&
          !cursor.closing &&
          !cursor.selfClosing &&
          cursor.takeLeaf(OPEN_TEXT, CLOSE_TEXT)
        ) {
          this.#append(cursor.bytes, cursor.textStart, cursor.textEnd, cursor.ascii);
        } else if (length === 2 && first === LOWER_S && bytes[nameStart + 1] === LOWER_I && (cursor.closing || cursor.selfClosing)) {
          if (text) this.#append(text, 0, text.length, isAscii(text));
          else if (empty) this.#append(bytes, 0, 0, true);
          text = null;
          empty = true;
        } else if (length === 3 && cursor.name() === 'rPh' && !cursor.selfClosing) inPhonetic = !cursor.closing;
      }
    } finally {
      cursor.close();
    }
  }

  /** Takes the string that was kept last back, since more of it came. */
  #takeLast(none: boolean): Buffer {
    if (none) return Buffer.alloc(0);
    this.#count--;
    const start = this.#starts[this.#count]! >>> 1;
    const from = start % SEGMENT_BYTES;
    this.#used = from;
    return Buffer.from(this.#segments[this.#segments.length - 1]!.subarray(from, from + this.#lengths[this.#count]!));
  }

  #append(bytes: Buffer, start: number, end: number, ascii: boolean): void {
    const length = end - start;
    if (length > SEGMENT_BYTES) throw new FileProblem('too-large', `shared string of ${length} bytes`);
    const last = this.#segments.at(-1);
    if (!last || this.#used + length > last.length) this.#makeRoom(length);
    if (this.#count === this.#starts.length) this.#widen();
    const segment = this.#segments[this.#segments.length - 1]!;
    const at = this.#used;
    // Most strings are a few dozen bytes: a loop beats the call of copy().
    if (length < 64) for (let i = 0; i < length; i++) segment[at + i] = bytes[start + i]!;
    else bytes.copy(segment, at, start, end);
    this.#starts[this.#count] = (((this.#segments.length - 1) * SEGMENT_BYTES + at) * 2 + (ascii ? 1 : 0)) >>> 0;
    this.#lengths[this.#count] = length;
    this.#used += length;
    this.#count++;
  }

  #makeRoom(length: number): void {
    const last = this.#segments.at(-1);
    if (this.#segments.length === 1 && last && this.#used + length <= SEGMENT_BYTES) {
      const wider = Buffer.allocUnsafeSlow(Math.min(SEGMENT_BYTES, Math.max(4 * last.length, this.#used + length)));
      last.copy(wider, 0, 0, this.#used);
      this.#segments[0] = wider;
      return;
    }
    if (this.#segments.length * SEGMENT_BYTES >= limits.sharedStringsBytesMax) {
      throw new FileProblem('too-large', `shared strings of more than ${limits.sharedStringsBytesMax} bytes`);
    }
    this.#segments.push(Buffer.allocUnsafeSlow(last ? SEGMENT_BYTES : Math.max(FIRST_BYTES, length)));
    this.#used = 0;
  }

  #widen(): void {
    const starts = new Uint32Array(this.#count * 2);
    const lengths = new Uint32Array(this.#count * 2);
    starts.set(this.#starts);
    lengths.set(this.#lengths);
    this.#starts = starts;
    this.#lengths = lengths;
  }
}

function isAscii(bytes: Buffer): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}
