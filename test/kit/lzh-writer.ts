/** Writes LHA archives of level 0 to 2 for tests: stored, or as -lh5- with one block of literals and repeats of four bytes. */

export interface LzhFile {
  readonly name: Buffer;
  readonly content: Buffer;
  readonly method?: '-lh0-' | '-lh5-' | '-lh1-';
  readonly level?: 0 | 1 | 2;
}

export function writeLzh(files: readonly LzhFile[]): Buffer {
  return Buffer.concat([...files.map(writeFile), Buffer.alloc(1)]);
}

function writeFile({ name, content, method = '-lh0-', level = 0 }: LzhFile): Buffer {
  const packed = method === '-lh5-' ? packLh5(content) : content;
  const crc = crc16(content);
  if (level === 2) {
    const extension = Buffer.concat([Buffer.of(1), name, Buffer.alloc(2)]);
    const header = fields(26, method, packed.length, content.length, 2);
    header.writeUInt16LE(26 + extension.length, 0);
    header.writeUInt32LE(1_400_000_000, 15);
    header.writeUInt16LE(crc, 21);
    header.writeUInt16LE(extension.length, 24);
    extension.writeUInt16LE(0, extension.length - 2);
    return Buffer.concat([header, extension, packed]);
  }
  const extension = level === 1 ? Buffer.concat([Buffer.of(2), Buffer.from('dir'), Buffer.of(0xff), Buffer.alloc(2)]) : Buffer.alloc(0);
  const header = fields(22, method, packed.length + extension.length, content.length, level);
  header.writeUInt32LE((((2015 - 1980) << 25) | (3 << 21) | (23 << 16) | (12 << 11)) >>> 0, 15);
  header[21] = name.length;
  const tail = Buffer.alloc(level === 1 ? 5 : 2);
  tail.writeUInt16LE(crc, 0);
  if (level === 1) tail.writeUInt16LE(extension.length, 3);
  header[0] = 22 + name.length + tail.length - 2;
  header[1] = [...header.subarray(2), ...name, ...tail].reduce((sum, byte) => sum + byte, 0) & 0xff;
  return Buffer.concat([header, name, tail, extension, packed]);
}

function fields(size: number, method: string, packedBytes: number, unpackedBytes: number, level: number): Buffer {
  const header = Buffer.alloc(size);
  header.write(method, 2, 'latin1');
  header.writeUInt32LE(packedBytes, 7);
  header.writeUInt32LE(unpackedBytes, 11);
  header[19] = 0x20;
  header[20] = level;
  return header;
}

/** Every symbol gets nine bits, of which the format has a code of one length for each: simple, and larger than what is packed. */
function packLh5(content: Buffer): Buffer {
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  const symbols: (readonly [number, number])[] = [];
  for (let at = 0; at < content.length; ) {
    const before = at >= 4 && content.length - at >= 4 ? content.lastIndexOf(content.subarray(at, at + 4), at - 4) : -1;
    if (before >= 0 && at - before - 1 < 8192) {
      symbols.push([256 + 4 - 3, at - before - 1]);
      at += 4;
    } else symbols.push([content[at++]!, -1]);
  }
  put(symbols.length, 16);
  // Code lengths of the code lengths: all 510 symbols have nine bits, which is code 11; it alone has a code, of no bits.
  put(0, 5);
  put(11, 5);
  put(510, 9);
  // Distances: 14 codes of four bits.
  put(14, 4);
  for (let code = 0; code < 14; code++) put(4, 3);
  for (const [symbol, distance] of symbols) {
    put(symbol, 9);
    if (distance < 0) continue;
    const code = distance === 0 ? 0 : Math.floor(Math.log2(distance)) + 1;
    put(code, 4);
    if (code > 1) put(distance - 2 ** (code - 1), code - 1);
  }
  while (bits.length % 8 > 0) bits.push(0);
  return Buffer.from(Array.from({ length: bits.length / 8 }, (_, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2)));
}

function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
