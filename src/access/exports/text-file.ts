/**
 * A file that was taken elsewhere (an export of lists or accounts) as text: in which encoding it is, its pieces and its lines. It knows no form.
 * What the operator can mend is told as UsageError with file and line.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { limits } from '../../limits.js';
import { UsageError } from '../../problem.js';

export interface ExportFile {
  /** As the operator wrote it, for messages. */
  readonly name: string;
  /** From the start, as often as it is called. A piece is only valid until the next one. */
  chunks(): Iterable<Buffer>;
}

export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  /** False for a last line without its end, which every program writes: the file may be cut there. */
  readonly isWhole: boolean;
}

const CHUNK_BYTES = 256 * 1024;
/** Enough to meet an ASCII character in any form that is exported. */
const LOOK_BYTES = 4096;

/** Throws UsageError when it can't be opened or read, there and then or later. */
export function openExport(path: string): ExportFile {
  const refused = (error: unknown): UsageError => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    return new UsageError({
      ja: `${path}: ${isMissing ? 'そのようなファイルはありません' : `読めません（${code}）`}`,
      en: `${path}: ${isMissing ? 'no such file' : `can't be read (${code})`}`,
    });
  };
  try {
    // A pipe could not be read twice, and a device never ends.
    if (!statSync(path).isFile()) throw new UsageError({ ja: `${path}: ファイルではありません`, en: `${path}: is not a file` });
  } catch (error) {
    throw error instanceof UsageError ? error : refused(error);
  }
  return {
    name: path,
    *chunks() {
      let fd: number | null = null;
      const held = Buffer.alloc(CHUNK_BYTES);
      try {
        fd = openSync(path, 'r');
        for (let got = readSync(fd, held); got > 0; got = readSync(fd, held)) yield held.subarray(0, got);
      } catch (error) {
        throw error instanceof UsageError ? error : refused(error);
      } finally {
        if (fd !== null) closeSync(fd);
      }
    },
  };
}

export function exportFault(file: ExportFile, line: number | null, ja: string, en: string): UsageError {
  const place = line === null ? file.name : `${file.name}:${line}`;
  return new UsageError({ ja: oneLine(`${place}: ${ja}`), en: oneLine(`${place}: ${en}`) });
}

/** Names out of the file may stand in the text, and may hold anything. */
function oneLine(text: string): string {
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, ' ');
}

/** WHATWG's `shift_jis` is what Windows calls CP932. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'latin1';

/**
 * By the byte order mark; without one, by its zero bytes (icacls writes UTF-16 without a mark); then UTF-8 when the whole file is, else CP932,
 * which is what Windows in Japanese writes as "Default". The whole file is looked at, because the first name in kanji may stand far down.
 */
export function encodingOf(file: ExportFile): Encoding {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for (const chunk of file.chunks()) {
      const marked = isFirst ? byFirstBytes(chunk.subarray(0, LOOK_BYTES)) : null;
      if (marked !== null) return marked;
      isFirst = false;
      strict.decode(chunk, { stream: true });
    }
    strict.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'shift_jis';
    throw error;
  }
}

function byFirstBytes(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  const zeros = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) zeros[at % 2]!++;
  // A few zeros are dirt; lists, separators and drive letters are ASCII, which is a zero each.
  if (zeros[0] === zeros[1] || (zeros[0]! + zeros[1]!) * 20 < bytes.length) return null;
  return zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be';
}

/** The text in pieces, without a byte order mark. `latin1` gives each byte as one character. Throws UsageError for bytes of no encoding. */
export function* textOf(file: ExportFile, encoding: Encoding = encodingOf(file)): Generator<string> {
  if (encoding === 'latin1') {
    for (const chunk of file.chunks()) yield chunk.toString('latin1');
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'shift_jis' });
  let line = 1;
  try {
    for (const chunk of file.chunks()) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield text;
      if (encoding === 'shift_jis') line += countOf(text, '\n');
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw exportFault(
      file,
      line,
      'この行のあたりに、UTF-8 でも UTF-16 でも CP932 でもない文字があります。UTF-8 で書き出し直してください',
      'near this line are bytes of neither UTF-8, UTF-16 nor CP932; export it again as UTF-8',
    );
  }
}

/** Lines without their ends, LF or CR LF; the last one may have none. Throws UsageError for a line above `limits.exportEntryCharsMax`. */
export function* linesOf(file: ExportFile, encoding?: Encoding): Generator<Line> {
  let number = 1;
  let pieces: string[] = [];
  let pieceChars = 0;
  const whole = (tail: string): string => {
    const text = pieces.length === 0 ? tail : pieces.join('') + tail;
    pieces = [];
    pieceChars = 0;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  };
  for (const chunk of textOf(file, encoding)) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      yield { text: whole(chunk.slice(from, end)), number: number++, isWhole: true };
      from = end + 1;
    }
    if (from === chunk.length) continue;
    pieces.push(chunk.slice(from));
    pieceChars += chunk.length - from;
    if (pieceChars > limits.exportEntryCharsMax) throw tooLong(file, number);
  }
  if (pieceChars > 0) yield { text: whole(''), number, isWhole: false };
}

export function cutHere(file: ExportFile, line: number): UsageError {
  return exportFault(
    file,
    line,
    'ここで切れています。書き出しが最後まで終わったか確かめてください（終わっているなら、最後に改行を加えてください）',
    'is cut here; see whether the export ran to its end (if it did, add a line end)',
  );
}

export function tooLong(file: ExportFile, line: number): UsageError {
  return exportFault(
    file,
    line,
    'ここが長すぎます。指定した形式（form）のファイルではないようです',
    'too long here: this is no file of the given form',
  );
}

export function countOf(text: string, char: string): number {
  let count = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) count++;
  return count;
}
