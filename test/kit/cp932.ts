/** Text as the bytes of CP932 (Windows-31J): the runtime only decodes it, so the table is turned round once. */

let table: Map<string, Buffer> | undefined;

/** Throws for a character that it does not have. */
export function cp932(text: string): Buffer {
  table ??= readTable();
  const bytes = [...text].map((char) => {
    const found = table?.get(char);
    if (!found) throw new Error(`no such character in CP932: U+${char.codePointAt(0)?.toString(16)}`);
    return found;
  });
  return Buffer.concat(bytes);
}

function readTable(): Map<string, Buffer> {
  const decoder = new TextDecoder('shift_jis');
  const found = new Map<string, Buffer>();
  for (let byte = 0; byte < 0x80; byte++) found.set(String.fromCharCode(byte), Buffer.of(byte));
  for (let byte = 0xa1; byte < 0xe0; byte++) found.set(String.fromCharCode(byte - 0xa1 + 0xff61), Buffer.of(byte));
  for (const [from, to] of [
    [0x81, 0x9f],
    [0xe0, 0xfc],
  ] as const) {
    for (let lead = from; lead <= to; lead++) {
      for (let trail = 0x40; trail <= 0xfc; trail++) {
        const bytes = Buffer.of(lead, trail);
        const text = decoder.decode(bytes);
        // Extensions of IBM stand twice; the later place is the one that Windows writes.
        if (text.length === 1 && text !== '\ufffd') found.set(text, bytes);
      }
    }
  }
  return found;
}
