/** Finds attributes among the bytes of a tag. */
import { decodeEntities } from './xml-text.js';

const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const COLON = 0x3a;
const EQUALS = 0x3d;

/**
 * The value in bytes[attributesStart, end), entities resolved. `name` is a local name, for which one without a prefix is preferred, or a
 * name with its prefix, which must be equal. A value whose quote is never closed reaches to the end of the tag.
 */
export function findAttribute(bytes: Buffer, attributesStart: number, end: number, name: string): string | undefined {
  let found: string | undefined;
  let at = attributesStart;
  while (at < end) {
    while (at < end && bytes[at]! <= SPACE) at++;
    const start = at;
    let local = at;
    while (at < end && bytes[at] !== EQUALS && bytes[at]! > SPACE) if (bytes[at++] === COLON) local = at;
    const nameEnd = at;
    while (at < end && (bytes[at]! <= SPACE || bytes[at] === EQUALS)) at++;
    const quote = bytes[at];
    if (quote !== QUOTE && quote !== APOSTROPHE) {
      if (at === start) at++;
      continue;
    }
    const closing = bytes.indexOf(quote, at + 1);
    // A value without its closing quote ends with the tag; going on from -1 would begin again.
    const valueEnd = closing < 0 || closing > end ? end : closing;
    const whole = equalsName(bytes, start, nameEnd, name);
    if (whole || (found === undefined && local > start && equalsName(bytes, local, nameEnd, name))) {
      found = decodeEntities(bytes.toString('utf8', at + 1, valueEnd));
      if (whole) return found;
    }
    at = valueEnd + 1;
  }
  return found;
}

function equalsName(bytes: Buffer, start: number, end: number, name: string): boolean {
  if (end - start !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
  return true;
}

/**
 * Calls `take` for each attribute in bytes[attributesStart, end) with its local name; `value` decodes what it says. `isWide`: it has a byte or a
 * reference beyond ASCII. Values without their closing quote reach to the end of the tag.
 */
export function eachAttribute(
  bytes: Buffer,
  attributesStart: number,
  end: number,
  take: (name: string, isWide: boolean, value: () => string) => void,
): void {
  let at = attributesStart;
  while (at < end) {
    while (at < end && bytes[at]! <= SPACE) at++;
    const start = at;
    let local = at;
    while (at < end && bytes[at] !== EQUALS && bytes[at]! > SPACE) if (bytes[at++] === COLON) local = at;
    const nameEnd = at;
    while (at < end && (bytes[at]! <= SPACE || bytes[at] === EQUALS)) at++;
    const quote = bytes[at];
    if (quote !== QUOTE && quote !== APOSTROPHE) {
      if (at === start) at++;
      continue;
    }
    const from = at + 1;
    let wide = false;
    for (at = from; at < end && bytes[at] !== quote; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x80 || (byte === AMPERSAND && bytes[at + 1] === HASH)) wide = true;
    }
    const valueEnd = at;
    if (valueEnd > from) take(bytes.toString('latin1', local, nameEnd), wide, () => decodeEntities(bytes.toString('utf8', from, valueEnd)));
    at = valueEnd + 1;
  }
}
