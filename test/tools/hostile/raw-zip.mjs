/** Writes zips whose words are lies: every field of an entry and of the end record can be set apart from what is really there. */
import { crc32, deflateRawSync } from 'node:zlib';

/** `entries`: { name, data, method?, packed?, flags?, crc?, statedBytes?, statedPackedBytes?, headerOffset?, shared? }; `shared`: no local header of its own. */
export function rawZip(entries, { count, directoryOffset, directoryBytes, tail = '' } = {}) {
  const locals = [];
  const centrals = [];
  let offset = 0;
  for (const entry of entries) {
    const { method = 8, flags = 0 } = entry;
    const data = Buffer.from(entry.data ?? '');
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(data) : data);
    const name = Buffer.from(entry.name);
    const words = [entry.crc ?? crc32(data), entry.statedPackedBytes ?? packed.length, entry.statedBytes ?? data.length];
    if (!entry.shared) {
      const local = Buffer.alloc(30);
      fill(local, 0x04034b50, 0, { flags, method, words, nameBytes: name.length });
      locals.push(local, name, packed);
    }
    const central = Buffer.alloc(46);
    fill(central, 0x02014b50, 2, { flags, method, words, nameBytes: name.length });
    central.writeUInt32LE((entry.headerOffset ?? offset) >>> 0, 42);
    centrals.push(central, name);
    if (!entry.shared) offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  for (const at of [8, 10]) end.writeUInt16LE((count ?? entries.length) & 0xffff, at);
  end.writeUInt32LE((directoryBytes ?? directory.length) >>> 0, 12);
  end.writeUInt32LE((directoryOffset ?? offset) >>> 0, 16);
  return Buffer.concat([...locals, directory, end, Buffer.from(tail)]);
}

/** The fields that local and central headers share (APPNOTE 4.3.7, 4.3.12). */
function fill(header, mark, shift, { flags, method, words, nameBytes }) {
  header.writeUInt32LE(mark, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6 + shift);
  header.writeUInt16LE(method, 8 + shift);
  header.writeUInt16LE(33, 12 + shift);
  words.forEach((value, at) => {
    header.writeUInt32LE(Number(BigInt.asUintN(32, BigInt(value))), 14 + shift + 4 * at);
  });
  header.writeUInt16LE(nameBytes, 26 + shift);
}

const MB = 1024 * 1024;
const bombs = new Map();
/** Zeros (or another byte) packed: made once for each size, since packing takes its time. */
export function packedZeros(sizeMb, byte = 0) {
  const key = `${sizeMb} ${byte}`;
  if (!bombs.has(key)) {
    const data = Buffer.alloc(sizeMb * MB, byte);
    bombs.set(key, { packed: deflateRawSync(data, { level: 9 }), crc: crc32(data), statedBytes: data.length });
  }
  return bombs.get(key);
}
