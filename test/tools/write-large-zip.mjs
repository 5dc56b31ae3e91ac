/** Writes a zip whose entries are made piece by piece, for workbooks larger than memory should hold. Entries and the whole stay below 4 GB. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { constants, crc32, deflateRawSync } from 'node:zlib';

/** Ends deflate's data: an empty last block (RFC 1951, 3.2.4). The pieces before it end in sync points, so that they can follow each other. */
const LAST_BLOCK = Buffer.from([3, 0]);

/** `entries`: [name, iterable of texts]. An entry's sizes are written into its head afterwards. */
export function writeLargeZip(file, entries) {
  const fd = openSync(file, 'w');
  const directory = [];
  let offset = 0;
  const append = (bytes) => {
    writeSync(fd, bytes, 0, bytes.length, offset);
    offset += bytes.length;
  };
  for (const [name, pieces] of entries) {
    const start = offset;
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt16LE(33, 8);
    head.writeUInt16LE(name.length, 22);
    const local = () => Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name)]);
    append(local());
    let [crc, packed, unpacked] = [0, 0, 0];
    const add = (bytes) => {
      packed += bytes.length;
      append(bytes);
    };
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      crc = crc32(bytes, crc);
      unpacked += bytes.length;
      add(deflateRawSync(bytes, { level: 6, finishFlush: constants.Z_SYNC_FLUSH }));
    }
    add(LAST_BLOCK);
    head.writeUInt32LE(crc, 10);
    head.writeUInt32LE(packed, 14);
    head.writeUInt32LE(unpacked, 18);
    writeSync(fd, local(), 0, undefined, start);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(start, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), head, tail, Buffer.from(name)]));
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  append(Buffer.concat([central, end]));
  closeSync(fd);
}
