/** Finds one attribute among the bytes of a tag. */
import { decodeEntities } from './xml-text.js';

const SPACE = 0x20;
const QUOTE = 0x22;
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
