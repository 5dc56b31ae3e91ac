/** A password as bytes, the way programs before Unicode took it: in the code page of Japanese Windows, or in Latin-1. */

/** Nothing where neither has all of its characters; one answer where both are the same. */
export function codePageBytes(text: string): Buffer[] {
  const isAscii = /^[\x20-\x7e]*$/.test(text);
  if (isAscii) return [Buffer.from(text, 'latin1')];
  const japanese = cp932Bytes(text);
  const isLatin = [...text].every((character) => (character.codePointAt(0) ?? 0) <= 0xff);
  return [...(japanese ? [japanese] : []), ...(isLatin ? [Buffer.from(text, 'latin1')] : [])];
}

let table: Map<string, number> | null = null;

function cp932Bytes(text: string): Buffer | null {
  table ??= makeTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = table.get(character);
    if (code === undefined) return null;
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Buffer.from(bytes);
}

/** Turned round from what Node decodes. Of a code that stands twice Windows writes the first, but never the doubles that NEC selected. */
function makeTable(): Map<string, number> {
  const decoder = new TextDecoder('shift_jis');
  const codes = new Map<string, number>();
  const add = (code: number, bytes: readonly number[]): void => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if (character !== '\ufffd' && [...character].length === 1 && !codes.has(character)) codes.set(character, code);
  };
  for (let byte = 0x20; byte < 0xe0; byte++) if (byte < 0x7f || byte > 0xa0) add(byte, [byte]);
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if ((lead > 0x9f && lead < 0xe0) || lead === 0xed || lead === 0xee) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) add((lead << 8) | trail, [lead, trail]);
  }
  return codes;
}
