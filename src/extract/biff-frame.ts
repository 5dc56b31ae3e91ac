/**
 * Whether the stream of an old workbook (xls) is whole: its chain of sectors, its first record, records that end where the stream ends, sheets that are
 * listed, texts that lie where they should, cells that a sheet can have. It reads no cell. The library that reads them takes a broken stream for an empty
 * workbook without a word.
 */
import { OLE_MAGIC, openOle } from '../container/ole.js';
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';
import { measureSharedStrings } from './biff-strings.js';

/** Names of the stream in BIFF8 and BIFF5 (MS-XLS 2.1.7.20). */
const STREAMS = ['Workbook', 'Book'];
/** Types of BOF from BIFF2 to BIFF8 (MS-XLS 2.4.21), and of EOF (2.4.103). */
const BEGIN: ReadonlySet<number> = new Set([0x0009, 0x0209, 0x0409, 0x0809]);
const END = 0x000a;
/** MS-XLS 2.4.28, 2.4.117, 2.4.265, 2.4.58, 2.4.149. */
const SHEET = 0x0085;
const LOCK = 0x002f;
const STRINGS = 0x00fc;
const CONTINUE = 0x003c;
const SHARED_CELL = 0x00fd;
/** Records that begin with row and column: of BIFF5 and BIFF8 (MS-XLS 2.3.2). */
const CELLS: ReadonlySet<number> = new Set([0x0006, 0x00bd, 0x00be, 0x00d6, SHARED_CELL, 0x0201, 0x0203, 0x0204, 0x0205, 0x027e]);
/** Columns of a sheet (MS-XLS 2.2.5). */
const COLUMNS = 256;
/** What a BOF begins (MS-XLS 2.4.21): the list of sheets and all that they share. */
const GLOBALS = 0x0005;

/** What is wrong with the stream; null when it is whole. */
export function damageOfBiff(source: Source): string | null {
  try {
    const stream = source.read(0, 8).equals(OLE_MAGIC) ? streamOf(source) : source.whole();
    return stream ? damageOfRecords(stream) : 'xls: no workbook';
  } catch (error) {
    if (error instanceof FileProblem) return error.detail;
    throw error;
  }
}

function streamOf(source: Source): Buffer | null {
  const ole = openOle(source);
  const name = STREAMS.find((candidate) => ole.entry(candidate)?.kind === 'stream');
  return name === undefined ? null : ole.stream(name, limits.wholeBytesMax);
}

function damageOfRecords(stream: Buffer): string | null {
  if (stream.length < 4 || !BEGIN.has(stream.readUInt16LE(0))) return 'xls: does not begin with BOF';
  const content = new ContentCheck();
  // Begins less ends: what stands behind the last end is padding.
  let open = 0;
  let at = 0;
  while (at + 4 <= stream.length) {
    const type = stream.readUInt16LE(at);
    if (open === 0 && !BEGIN.has(type)) return content.damage();
    if (BEGIN.has(type)) open++;
    else if (type === END) open--;
    const next = at + 4 + stream.readUInt16LE(at + 2);
    content.look(type, stream.subarray(at + 4, next));
    at = next;
  }
  return at > stream.length || open > 0 ? 'xls: ends inside a record or sheet' : content.damage();
}

/** What the records say that cannot be. Of an encrypted stream only types and lengths stand in the clear (MS-XLS 2.2.10). */
class ContentCheck {
  #globals = false;
  #sheets = 0;
  #locked = false;
  #impossible = 0;
  #strings = 0;
  #stringsOpen = false;
  #pieces: Buffer[] = [];
  #highest = -1;

  look(type: number, data: Buffer): void {
    if (type === 0x0809 && data.length >= 4 && data.readUInt16LE(2) === GLOBALS) this.#globals = true;
    else if (type === SHEET) this.#sheets++;
    else if (type === LOCK) this.#locked = true;
    if (this.#locked) return;
    if (type === STRINGS) {
      this.#strings++;
      this.#pieces = [data];
    } else if (type === CONTINUE && this.#stringsOpen) this.#pieces.push(data);
    else if (CELLS.has(type) && data.length >= 6) {
      if (data.readUInt16LE(2) >= COLUMNS) this.#impossible++;
      if (type === SHARED_CELL && data.length >= 10) this.#highest = Math.max(this.#highest, data.readUInt32LE(6));
    }
    this.#stringsOpen = type === STRINGS || (type === CONTINUE && this.#stringsOpen);
  }

  damage(): string | null {
    if (this.#globals && this.#sheets === 0) return 'xls: lists no sheet';
    if (this.#locked) return null;
    if (this.#impossible > 0) return `xls: ${this.#impossible} cells beyond column ${COLUMNS}`;
    if (this.#strings !== 1) return null;
    const { count, broken } = measureSharedStrings(this.#pieces);
    if (broken) return 'xls: shared texts run out of their records';
    return this.#highest >= count ? 'xls: shared texts are missing' : null;
  }
}
