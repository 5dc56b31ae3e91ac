/** What the tag of a cell says (ECMA-376-1, 18.3.1.4), and numbers, straight from bytes: a large sheet has millions of both. */
import { latin1Text } from '../container/byte-text.js';
import type { XmlCursor } from '../container/xml.js';

const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const EQUALS = 0x3d;
const LOWER_R = 0x72;
const LOWER_S = 0x73;
const LOWER_T = 0x74;

/** `n` number, `s` shared string, `b` truth value, `d` ISO date; all others are text as it stands. */
export type CellType = 'n' | 's' | 'b' | 'd' | 'text';

export class CellTag {
  /** Counted from 0; -1 when the tag has no reference. */
  column = -1;
  style = 0;
  type: CellType = 'n';

  read(cursor: XmlCursor): void {
    const { bytes, attributesEnd: end } = cursor;
    this.column = -1;
    this.style = 0;
    this.type = 'n';
    let at = cursor.attributesStart;
    while (at < end) {
      while (at < end && bytes[at]! <= SPACE) at++;
      const name = bytes[at];
      const nameStart = at;
      while (at < end && bytes[at] !== EQUALS) at++;
      const single = at - nameStart === 1;
      at++;
      while (at < end && bytes[at] !== QUOTE && bytes[at] !== APOSTROPHE) at++;
      const quote = bytes[at++];
      const start = at;
      while (at < end && bytes[at] !== quote) at++;
      if (single) {
        if (name === LOWER_R) this.column = columnOf(bytes, start, at);
        else if (name === LOWER_S) this.style = parseNumber(bytes, start, at);
        else if (name === LOWER_T) this.type = typeOf(bytes, start, at);
      }
      at++;
    }
  }
}

function typeOf(bytes: Buffer, start: number, end: number): CellType {
  if (end - start !== 1) return 'text';
  switch (bytes[start]) {
    case 0x73:
      return 's';
    case 0x6e:
      return 'n';
    case 0x62:
      return 'b';
    case 0x64:
      return 'd';
    default:
      return 'text';
  }
}

/** The column of `AB12`, counted from 0; -1 when there are no letters. Ends after 4 letters: Excel has 3. */
export function columnOf(bytes: Buffer, start: number, end: number): number {
  let column = 0;
  for (let at = start; at < end && at < start + 4; at++) {
    const letter = (bytes[at]! | 0x20) - 0x60;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, power) => 10 ** power);

/**
 * A decimal number; NaN when it is none. Up to 15 digits with up to 22 decimals are exact after one division, all others go the long way.
 */
export function parseNumber(bytes: Buffer, start: number, end: number): number {
  let at = start;
  const minus = bytes[at] === 0x2d;
  if (minus) at++;
  let digits = 0;
  let value = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (bytes[at] === 0x2e && decimals < 0) decimals = 0;
    else break;
  }
  if (at < end || digits === 0 || digits > 15) return parseLong(bytes, start, end);
  if (decimals > 0) value /= POWERS[decimals]!;
  return minus ? -value : value;
}

function parseLong(bytes: Buffer, start: number, end: number): number {
  const text = latin1Text(bytes, start, end).trim();
  return text === '' ? Number.NaN : Number(text);
}
