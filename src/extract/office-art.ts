/**
 * Texts of drawn shapes in the binary formats of Office (MS-ODRAW 2.2.9, 2.3): alternative text, names, tips, word art. They stand among the properties
 * of a shape, wherever a format keeps its drawings; they are found by the record that holds them.
 */

/** OfficeArtFOPT and its further tables. */
const TABLES = new Set([0xf00b, 0xf121, 0xf122]);
/** Complex properties that are text: gtextUNICODE, wzName, wzDescription, wzTooltip, wzScript. */
const TEXTS = new Set([0x00c0, 0x0380, 0x0381, 0x038d]);
const NAME = 0x0380;
const PROPERTIES_MAX = 1_000;
const TEXTS_MAX = 100_000;
const TEXT_BYTES_MAX = 64 * 1024;

/** Each text once, names of shapes only where they go beyond ASCII. At most TEXTS_MAX: a drawing has a few thousand shapes. */
export function officeArtTexts(bytes: Buffer): readonly string[] {
  const found = new Set<string>();
  for (const mark of [0xf0, 0xf1]) {
    let at = bytes.indexOf(mark, 3);
    while (at >= 0 && found.size < TEXTS_MAX) at = bytes.indexOf(mark, Math.max(at + 1, addTable(bytes, at - 3, found) + 3));
  }
  return [...found];
}

/** A table of properties that begins at `start`: their numbers, then the complex ones in the same order. @returns where it ends; `start` for none. */
function addTable(bytes: Buffer, start: number, found: Set<string>): number {
  if (start + 8 > bytes.length || !TABLES.has(bytes.readUInt16LE(start + 2))) return start;
  const head = bytes.readUInt16LE(start);
  const count = head >> 4;
  const end = start + 8 + bytes.readUInt32LE(start + 4);
  if ((head & 0xf) !== 3 || count === 0 || count > PROPERTIES_MAX || end > bytes.length) return start;
  let at = start + 8 + count * 6;
  for (let index = 0; index < count && at <= end; index++) {
    const entry = start + 8 + index * 6;
    const id = bytes.readUInt16LE(entry);
    if (!(id & 0x8000)) continue;
    const size = bytes.readUInt32LE(entry + 2);
    if (at + size > end) break;
    if (TEXTS.has(id & 0x3fff) && size <= TEXT_BYTES_MAX) {
      const text = bytes
        .toString('utf16le', at, at + (size & ~1))
        .replace(/\0.*$/s, '')
        .trim();
      if (text !== '' && ((id & 0x3fff) !== NAME || /[^\u0000-\u007f]/.test(text))) found.add(text);
    }
    at += size;
  }
  return end;
}
