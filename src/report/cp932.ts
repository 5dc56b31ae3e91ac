/**
 * Text as bytes of CP932 (Windows-31J), for spreadsheets and macros that take nothing else. What it can't hold is written visibly and counted, never as
 * a silent question mark: by the character of the same place in JIS X 0208 where only the two Unicode tables differ, by the composed form of a
 * letter and its mark, else as `\u{20bb7}`, the notation of escape.ts.
 */

/** U+301C, U+2212 … and their counterparts in Windows' table of JIS X 0208 (W3C, "Ambiguities in conversion from Japanese encodings to Unicode"). */
const TWINS: ReadonlyMap<string, string> = new Map([
  ['\u301c', '\uff5e'],
  ['\u2016', '\u2225'],
  ['\u2212', '\uff0d'],
  ['\u2014', '\u2015'],
  ['\u00a2', '\uffe0'],
  ['\u00a3', '\uffe1'],
  ['\u00ac', '\uffe2'],
  ['\u00a6', '\uffe4'],
]);

export class Cp932 {
  private readonly table = sharedTable();
  /** Characters so far that were written otherwise. */
  replaced = 0;

  /** Pieces of text as pieces of bytes; a byte order mark at the start is left away, since it has none. No piece may end inside a surrogate pair. */
  *encode(pieces: Iterable<string>): Generator<Buffer> {
    let first = true;
    for (const piece of pieces) {
      yield this.bytesOf(first && piece.startsWith('\ufeff') ? piece.slice(1) : piece);
      first = false;
    }
  }

  private bytesOf(text: string): Buffer {
    const { table } = this;
    // A character that is written as an escape takes up to ten bytes.
    let bytes = Buffer.allocUnsafe(text.length * 2 + 64);
    let length = 0;
    for (let at = 0; at < text.length; at++) {
      if (bytes.length - length < 32) bytes = Buffer.concat([bytes], bytes.length * 2);
      const unit = text.charCodeAt(at);
      if (unit < 0x80) {
        bytes[length++] = unit;
        continue;
      }
      const code = table[unit]!;
      if (code !== 0 && !isMark(text.charCodeAt(at + 1))) {
        length = put(bytes, length, code);
        continue;
      }
      const char = String.fromCodePoint(text.codePointAt(at)!);
      const marked = char + text.slice(at + char.length, at + char.length + 1);
      const composed = marked.normalize('NFC');
      const twin = TWINS.get(char);
      if (composed.length === 1 && marked.length === 2 && table[composed.charCodeAt(0)] !== 0) {
        length = put(bytes, length, table[composed.charCodeAt(0)]!);
        this.replaced++;
        at += 1;
      } else if (code !== 0) length = put(bytes, length, code);
      else {
        this.replaced++;
        if (twin !== undefined) length = put(bytes, length, table[twin.charCodeAt(0)]!);
        else {
          length += bytes.write(`\\u{${char.codePointAt(0)!.toString(16)}}`, length, 'latin1');
          at += char.length - 1;
        }
      }
    }
    return bytes.subarray(0, length);
  }
}

/** Voiced and half-voiced marks, which names from a Mac keep apart from their kana, and the accents of Latin letters. */
function isMark(unit: number): boolean {
  return unit === 0x3099 || unit === 0x309a || (unit >= 0x300 && unit <= 0x36f);
}

function put(bytes: Buffer, at: number, code: number): number {
  if (code > 0xff) bytes[at++] = code >> 8;
  bytes[at] = code & 0xff;
  return at + 1;
}

/** NEC's selection of IBM's extensions stands twice; Windows writes the later place (Microsoft KB 170559), and of all other doubles the first. */
const NEC_SELECTED = [0xed, 0xee];

let shared: Uint16Array | null = null;

function sharedTable(): Uint16Array {
  shared ??= readTable();
  return shared;
}

/** The runtime only decodes, so its table is turned round once: code unit to one or two bytes, 0 where there is none. */
function readTable(): Uint16Array {
  const decoder = new TextDecoder('shift_jis');
  const table = new Uint16Array(0x1_0000);
  for (let byte = 0xa1; byte < 0xe0; byte++) table[byte - 0xa1 + 0xff61] = byte;
  const pair = Buffer.alloc(2);
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if ((lead > 0x9f && lead < 0xe0) || NEC_SELECTED.includes(lead)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      pair[0] = lead;
      pair[1] = trail;
      const text = decoder.decode(pair);
      const unit = text.charCodeAt(0);
      if (text.length === 1 && unit !== 0xfffd && unit >= 0x80 && table[unit] === 0) table[unit] = (lead << 8) | trail;
    }
  }
  return table;
}
