/**
 * What programs pack into plain text: uuencoded files, which it unpacks, encrypted messages (RFC 4880 6.2, RFC 7468) and files in yEnc or BinHex, which it
 * tells. The text around them goes through as it is.
 */
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { MemberBlock } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { MemberNames } from './member-names.js';
import { UU_BEGIN, UuFile } from './uuencode.js';

/** Lines that begin something packed. Replies quote encrypted messages. Signed messages and keys are not encrypted. */
const BEGINS =
  'begin(?:-base64)? [0-7]{3,4} {1,4}\\S|[> \\t]{0,20}-----BEGIN (?:PGP MESSAGE|PKCS7|CMS|AGE ENCRYPTED FILE)[-,]|=ybegin [a-z]|\\(This file must be converted with BinHex';
const BEGIN = new RegExp(`(?:^|[\\r\\n])(?=${BEGINS})`);
/** What one of those lines has in it, or before it, with a rare sign in front: most texts hold none of them, and are asked quickly. */
const SIGNS = ['\nbegin', '\rbegin', '-----BEGIN ', '=ybegin ', '(This file must be converted with BinHex'];
/** So much of a line tells whether it begins something. */
const LINE_CHARS_MAX = 300;
/** Lines of packed data are shorter. */
const PACKED_LINE_CHARS_MAX = 1_024;
const ENCRYPTED = /^[> \t]{0,20}-----BEGIN /;
const ENCRYPTED_END = /^[> \t]{0,20}-----END /;
/** Of an encrypted message: a line of base64, its sum, a field (`Version: …`), nothing; the first line of one in the form of age. */
const ENCRYPTED_LINE =
  /^[> \t]{0,20}(?:[A-Za-z0-9+/]{0,100}={0,2}|=[A-Za-z0-9+/]{4}|(?:Version|Comment|Hash|Charset|MessageID): .{0,200})[ \t]{0,20}$/;

/** Whether a text holds something packed near its beginning: then it is a text, whatever marks stand in it. */
export function holdsPacked(start: string): boolean {
  return BEGIN.test(start);
}

export class PackedText {
  readonly #context: ExtractContext;
  readonly #label: string;
  readonly #files: UuFile[] = [];
  #heldBytes = 0;
  #open: UuFile | 'encrypted' | null = null;
  #beginLine = '';
  #encrypted = 0;
  #unknown = 0;
  #cut = 0;
  #tooLarge = 0;

  /** `label`: what the text is, for what is told. */
  constructor(context: ExtractContext, label: string) {
    this.#context = context;
    this.#label = label;
  }

  /** The pieces without what is packed in them; to be read to their end before the members. */
  *plain(pieces: Iterable<string>): Generator<string> {
    let rest = '';
    let isMidLine = false;
    for (const piece of pieces) {
      const text = rest + piece;
      const { plain, left, endsMidLine } = this.#strip(text, isMidLine);
      if (plain !== '') yield plain;
      rest = left;
      isMidLine = endsMidLine;
    }
    const { plain, left } = this.#strip(`${rest}\n`, isMidLine);
    const all = plain + left + this.#close();
    const last = all.endsWith('\n') ? all.slice(0, -1) : all;
    if (last !== '') yield last;
    this.#tell();
  }

  /** Files that were packed. `names` are given out in their container so far. */
  *members(names = new MemberNames(), rename = (name: string) => name): Generator<MemberBlock> {
    for (const file of this.#files) {
      const name = names.unique(rename(file.name).replaceAll('\\', '/').replace(/^.*\//, '').trim() || 'attachment');
      this.#context.unpacked(file.size);
      yield { kind: 'member', name, source: memorySource(name, file.bytes) };
    }
  }

  /** `left`: the beginning of a line that is to be seen whole. */
  #strip(text: string, isMidLine: boolean): { readonly plain: string; readonly left: string; readonly endsMidLine: boolean } {
    let plain = '';
    let at = 0;
    let midLine = isMidLine;
    while (at < text.length) {
      if (this.#open !== null) {
        const end = lineEnd(text, at);
        if (end < 0 && text.length - at <= PACKED_LINE_CHARS_MAX) return { plain, left: text.slice(at), endsMidLine: false };
        const line = end < 0 ? null : text.slice(at, end).trimEnd();
        if (line !== null && this.#take(line)) at = end;
        else plain += this.#close();
        continue;
      }
      const begin = this.#nextBegin(text, at, midLine);
      if (begin < 0) break;
      plain += text.slice(at, begin);
      midLine = false;
      const end = lineEnd(text, begin);
      if (end < 0 && text.length - begin <= LINE_CHARS_MAX) return { plain, left: text.slice(begin), endsMidLine: false };
      const lineTo = end < 0 ? text.length : end;
      if (!this.#begin(text.slice(begin, lineTo))) plain += text.slice(begin, lineTo);
      at = lineTo;
      midLine = end < 0;
    }
    const tail = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    const isShort = tail >= at && text.length - tail <= LINE_CHARS_MAX && !(midLine && tail === 0);
    const keptFrom = isShort ? tail : text.length;
    return {
      plain: plain + text.slice(at, keptFrom),
      left: text.slice(keptFrom),
      endsMidLine: !isShort && (midLine || text.length > tail),
    };
  }

  #nextBegin(text: string, from: number, isMidLine: boolean): number {
    if (!text.startsWith('begin', from) && !SIGNS.some((sign) => text.indexOf(sign, from) >= 0)) return -1;
    const looked = from === 0 ? text : text.slice(from);
    const found = BEGIN.exec(isMidLine ? `-${looked}` : looked);
    return found ? from + found.index + found[0].length - (isMidLine ? 1 : 0) : -1;
  }

  /** Begins what a line says; false when the line is text all the same. */
  #begin(line: string): boolean {
    const uu = UU_BEGIN.exec(line.trimEnd());
    if (uu) {
      this.#open = new UuFile(uu[2]!, uu[1] !== undefined);
      this.#beginLine = line;
      return true;
    }
    if (ENCRYPTED.test(line)) {
      this.#encrypted++;
      this.#open = 'encrypted';
      this.#beginLine = '';
      return true;
    }
    this.#unknown++;
    return false;
  }

  /** False when the line belongs to the text again. */
  #take(line: string): boolean {
    if (this.#open instanceof UuFile) {
      if (!this.#open.take(line)) return false;
      if (this.#open.ended) this.#close();
      else if (this.#heldBytes + this.#open.held > limits.entryBytesMax) {
        this.#tooLarge++;
        this.#open = null;
      }
      return true;
    }
    if (ENCRYPTED_END.test(line)) this.#open = null;
    return this.#open === null || ENCRYPTED_LINE.test(line);
  }

  /** Ends what is open; gives back the line that seemed to begin a file and did not. */
  #close(): string {
    const open = this.#open;
    this.#open = null;
    if (!(open instanceof UuFile)) return '';
    if (open.size === 0) return open.ended ? '' : this.#beginLine;
    if (!open.ended) this.#cut++;
    if (this.#files.length >= limits.membersMax) this.#tooLarge++;
    else {
      this.#files.push(open);
      this.#heldBytes += open.held;
    }
    return '';
  }

  #tell(): void {
    const tell = this.#context.problem;
    if (this.#encrypted > 0) tell('encrypted', `${this.#label}: ${this.#encrypted} encrypted messages`);
    if (this.#unknown > 0) tell('unsupported', `${this.#label}: ${this.#unknown} files in yEnc or BinHex`);
    if (this.#cut > 0) tell('damaged', `${this.#label}: ${this.#cut} uuencoded files have no end`);
    if (this.#tooLarge > 0) tell('too-large', `${this.#label}: ${this.#tooLarge} uuencoded files beyond the bound`);
  }
}

/** Behind the line end that follows; -1 where none does. A CR at the very end may be the half of one. */
function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const bound = feed < 0 ? text.length : feed;
  const back = text.indexOf('\r', from);
  if (back < 0 || back >= bound) return feed < 0 ? -1 : feed + 1;
  if (back + 1 === text.length) return -1;
  return text[back + 1] === '\n' ? back + 2 : back + 1;
}
