/** The file information block of a Word document (MS-DOC 2.5): where its texts and tables lie. Word 97 and later only. */
import type { OleDirectory } from '../container/ole.js';
import { FileProblem } from '../problem.js';

const MAGIC = 0xa5ec;
/** Word 97. Lower numbers are Word 6 and 95, which have another layout. */
const VERSION_MIN = 0xc1;
const ENCRYPTED = 0x0100;
const TABLE_1 = 0x0200;
/** FibRgFcLcb97 begins here; its pairs are numbered in the order of 2.5.6. */
const PAIRS_OFFSET = 0x9a;
const CHARACTERS_OFFSET = 0x4c;
const HEADER_BYTES = 0x9a + 93 * 8;

/** Parts of the text in the order in which they follow each other (2.3), and what their places are called. */
const STORIES: readonly (string | undefined)[] = [undefined, 'note', 'header', 'macro', 'comment', 'note', 'textbox', 'textbox'];

export interface DocStory {
  readonly part: string | undefined;
  /** Positions of characters, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface DocFib {
  readonly stories: readonly DocStory[];
  /** The stream that holds everything but the text. */
  readonly table: Buffer;
  /** A structure of the table stream by its pair's number; empty where it is absent or cut. */
  structure(pair: number): Buffer;
}

export const PAIR_CHARACTER_RUNS = 12;
export const PAIR_PARAGRAPH_RUNS = 13;
export const PAIR_PIECES = 33;

/** Throws FileProblem('encrypted' | 'unsupported' | 'damaged'). */
export function readFib(ole: OleDirectory, document: Buffer): DocFib {
  if (document.length < 32) throw new FileProblem('damaged', 'doc: header is cut');
  const flags = document.readUInt16LE(10);
  if (flags & ENCRYPTED) throw new FileProblem('encrypted', 'doc: encrypted');
  const magic = document.readUInt16LE(0);
  const version = document.readUInt16LE(2);
  if (magic !== MAGIC || version < VERSION_MIN) {
    const known = (magic & 0xff00) === 0xa500 && version < VERSION_MIN;
    throw new FileProblem(known ? 'unsupported' : 'damaged', known ? 'doc: Word 6 or 95' : 'doc: no header');
  }
  if (document.length < HEADER_BYTES) throw new FileProblem('damaged', 'doc: header is cut');
  const table = ole.stream(flags & TABLE_1 ? '1Table' : '0Table');
  return {
    stories: readStories(document),
    table,
    structure(pair) {
      const offset = document.readUInt32LE(PAIRS_OFFSET + pair * 8);
      const bytes = document.readUInt32LE(PAIRS_OFFSET + pair * 8 + 4);
      return table.subarray(Math.min(offset, table.length), Math.min(offset + bytes, table.length));
    },
  };
}

function readStories(document: Buffer): DocStory[] {
  let start = 0;
  return STORIES.map((part, index) => {
    const end = start + Math.max(0, document.readInt32LE(CHARACTERS_OFFSET + index * 4));
    const story = { part, start, end };
    start = end;
    return story;
  });
}
