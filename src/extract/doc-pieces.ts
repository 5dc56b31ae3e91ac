/** The text of a Word document: pieces of one- and two-byte characters, wherever saving left them (MS-DOC 2.4.1, 2.8.35). */
import { createDecoder } from '../container/windows-decoder.js';
import { FileProblem } from '../problem.js';

export interface DocPiece {
  /** Positions of characters, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Offset of the first character in the stream. */
  readonly offset: number;
  readonly bytesPerChar: 1 | 2;
}

const PIECE_BYTES = 8;
const COMPRESSED = 0x40000000;

/** `clx`: the structure that lists them (2.9.38). Throws FileProblem('damaged') where there is no list. */
export function readPieces(clx: Buffer, document: Buffer): { readonly pieces: readonly DocPiece[]; readonly cut: boolean } {
  const list = findList(clx);
  const count = Math.floor((list.length - 4) / (4 + PIECE_BYTES));
  const pieces: DocPiece[] = [];
  let cut = false;
  let last = 0;
  // Pieces may lie upon each other in a forged file; honest ones never hold more characters than the stream has bytes.
  let room = document.length;
  for (let index = 0; index < count; index++) {
    const start = list.readUInt32LE(index * 4);
    const end = list.readUInt32LE(index * 4 + 4);
    // Positions only grow: what goes back would be read again and again.
    if (end <= start || start < last) {
      if (end !== start) cut = true;
      continue;
    }
    last = end;
    const place = list.readUInt32LE((count + 1) * 4 + index * PIECE_BYTES + 2);
    const bytesPerChar = place & COMPRESSED ? 1 : 2;
    const offset = bytesPerChar === 1 ? Math.floor((place & 0x3fffffff) / 2) : place & 0x3fffffff;
    const whole = Math.max(0, Math.min(end - start, room, Math.floor((document.length - offset) / bytesPerChar)));
    room -= whole;
    if (whole < end - start) cut = true;
    if (whole > 0) pieces.push({ start, end: start + whole, offset, bytesPerChar });
  }
  return { pieces, cut };
}

/** Behind lists of properties, each with a mark 1 and its size, stands the list of pieces with a mark 2. */
function findList(clx: Buffer): Buffer {
  let at = 0;
  while (at + 3 <= clx.length && clx[at] === 1) at += 3 + clx.readUInt16LE(at + 1);
  if (at + 5 > clx.length || clx[at] !== 2) throw new FileProblem('damaged', 'doc: no list of pieces');
  const bytes = clx.readUInt32LE(at + 1);
  const list = clx.subarray(at + 5, Math.min(at + 5 + bytes, clx.length));
  if (list.length < 4 + 4 + PIECE_BYTES) throw new FileProblem('damaged', 'doc: no pieces');
  return list;
}

const western = createDecoder('windows-1252');

/** Characters of a piece from `start` to before `end`. */
export function pieceText(document: Buffer, piece: DocPiece, start: number, end: number): string {
  const from = piece.offset + (start - piece.start) * piece.bytesPerChar;
  const to = piece.offset + (end - piece.start) * piece.bytesPerChar;
  if (piece.bytesPerChar === 2) return document.toString('utf16le', from, to);
  return western.decode(document.subarray(from, to));
}
