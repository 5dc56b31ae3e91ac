/** Writes a zip of stored entries for tests that only need a directory; `encrypt` marks entries as encrypted without encrypting them. */
import { crc32 } from 'node:zlib';

export interface MarkedEncryption {
  /** 1 ZipCrypto, 99 AES (with its extra field). */
  readonly method: 'zipcrypto' | 'aes';
  readonly names: readonly string[];
}

export function writePlainZip(entries: Readonly<Record<string, string | Buffer>>, encryption?: MarkedEncryption): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content);
    const marked = encryption?.names.includes(name) ?? false;
    const aes = marked && encryption?.method === 'aes';
    const extra = aes ? Buffer.from('019907000200414503' + '0000', 'hex') : Buffer.alloc(0);
    const nameBytes = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800 | (marked ? 1 : 0), 2);
    shared.writeUInt16LE(aes ? 99 : 0, 4);
    shared.writeUInt32LE(0x4a210000, 6);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    shared.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, nameBytes, extra, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, tail, nameBytes, extra]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
