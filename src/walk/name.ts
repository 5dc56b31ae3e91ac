/**
 * Key names: a file's name as a string that every byte sequence has, and only one, so that names which are no valid Unicode (Shift_JIS on
 * an old NAS) can be kept, compared, opened and shown. It never looks at the disk.
 *
 * A name that is valid UTF-8 is its own key. Any other byte b becomes the code point U+10FF00 + b of plane 16 (private use); a name that
 * already holds one of U+10FF00 to U+10FFFF has those four bytes escaped the same way, so that the mapping can be undone.
 */

const ESCAPE_BASE = 0x10ff00;
/** UTF-16 of U+10FF00 to U+10FFFF. */
const ESCAPED = /\uDBFF[\uDF00-\uDFFF]/;
/** What a lossy decoding leaves behind (U+FFFD), or what may be an escape: such a name must be read again as bytes. */
const DOUBTFUL = /\uFFFD|\uDBFF[\uDF00-\uDFFF]/;

/** Whether a name that came as a string may stand for other bytes than its own UTF-8. */
export function isDoubtful(name: string): boolean {
  return DOUBTFUL.test(name);
}

/** The key of a name or path of any bytes. */
export function keyOfBytes(bytes: Buffer): string {
  const decoded = bytes.toString('utf8');
  // A lossy decoding leaves U+FFFD; without one the bytes were valid UTF-8.
  if (!DOUBTFUL.test(decoded)) return decoded;
  let key = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    const plain = length > 0 ? bytes.toString('utf8', at, at + length) : '';
    const end = at + Math.max(length, 1);
    if (plain !== '' && !ESCAPED.test(plain)) key += plain;
    else for (let i = at; i < end; i++) key += String.fromCodePoint(ESCAPE_BASE + bytes[i]!);
    at = end;
  }
  return key;
}

/** The bytes behind a key name or key path. */
export function bytesOfKey(key: string): Buffer {
  if (!ESCAPED.test(key)) return Buffer.from(key, 'utf8');
  const parts: Buffer[] = [];
  let plain = '';
  for (const char of key) {
    const code = char.codePointAt(0)!;
    if (code < ESCAPE_BASE) {
      plain += char;
      continue;
    }
    if (plain !== '') parts.push(Buffer.from(plain, 'utf8'));
    plain = '';
    parts.push(Buffer.of(code - ESCAPE_BASE));
  }
  if (plain !== '') parts.push(Buffer.from(plain, 'utf8'));
  return Buffer.concat(parts);
}

/** The bytes of a key path that is not valid Unicode; null for one that is. */
export function keyPathBytes(key: string): Buffer | null {
  return ESCAPED.test(key) ? bytesOfKey(key) : null;
}

/** What `fs` can open: a string where both key paths are plain, else bytes. `keyPath` '' is the root itself. */
export function openablePath(root: string, keyPath: string): string | Buffer {
  const path = keyPath === '' ? root : root.endsWith('/') ? root + keyPath : `${root}/${keyPath}`;
  return keyPathBytes(path) ?? path;
}

/** A key path as a person reads it. Each name that is no Unicode is decoded as CP932 or EUC-JP, or else its bytes are written `\xNN`. */
export function showKey(key: string): string {
  return ESCAPED.test(key) ? key.split('/').map(showName).join('/') : key;
}

/** Orders by the UTF-8 bytes of the keys, as `sort` does in the C locale; UTF-16 units sort astral characters too early. */
export function compareKeys(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rankOfUnit(x) - rankOfUnit(y);
  }
  return a.length - b.length;
}

/** Sorts in place in the order of compareKeys. */
export function sortKeys(keys: string[]): string[] {
  // The engine's own order differs only where surrogates meet U+E000 to U+FFFF.
  return keys.some((key) => SURROGATE.test(key)) ? keys.sort(compareKeys) : keys.sort();
}

const SURROGATE = /[\uD800-\uDFFF]/;

/** Lifts surrogates above the rest of the basic plane, which is where UTF-8 puts what they stand for. */
function rankOfUnit(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** The length of the well-formed UTF-8 sequence that starts here, 0 when there is none (Unicode 15, table 3-7). */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = at + 2; i < at + length; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

const cp932 = new TextDecoder('shift_jis', { fatal: true });
const eucJp = new TextDecoder('euc-jp', { fatal: true });
const HALF_WIDTH_KANA = /[\uFF61-\uFF9F]/g;

function showName(name: string): string {
  const bytes = keyPathBytes(name);
  if (bytes === null) return name;
  const asCp932 = decode(cp932, bytes);
  const asEucJp = decode(eucJp, bytes);
  if (asCp932 === null) return asEucJp ?? showEscapes(name);
  // EUC-JP read as CP932 turns into half-width kana almost throughout; nobody names files so.
  return asEucJp !== null && countKana(asCp932) * 2 > asCp932.length && countKana(asEucJp) === 0 ? asEucJp : asCp932;
}

function decode(decoder: typeof cp932, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function countKana(text: string): number {
  return text.match(HALF_WIDTH_KANA)?.length ?? 0;
}

function showEscapes(name: string): string {
  let shown = '';
  for (const char of name) {
    const code = char.codePointAt(0)!;
    shown += code < ESCAPE_BASE ? char : `\\x${(code - ESCAPE_BASE).toString(16).padStart(2, '0').toUpperCase()}`;
  }
  return shown;
}
