/** A small zip writer (PKWARE APPNOTE 6.3): deflated or stored entries, UTF-8 or CP932 names, ZipCrypto where a password is given. Fixed times, so equal input gives equal bytes. */
import { crc32, deflateRawSync } from 'node:zlib';
import { encodeText } from './encode-text.mjs';

/** 2026-11-02 10:00 in DOS form; office programs write 1980-01-01 instead. */
const DOS_TIME = { time: 10 << 11, date: ((2026 - 1980) << 9) | (11 << 5) | 2 };
const EPOCH = { time: 0, date: 33 };

/** ZipCrypto (APPNOTE 6.1): three 32-bit keys fed with the password; the twelve-byte head ends in the CRC's high byte. */
function zipCrypto(data, password, crc, salt) {
  const table = (value, byte) => {
    let index = (value ^ byte) & 255;
    for (let bit = 0; bit < 8; bit++) index = index & 1 ? (index >>> 1) ^ 0xedb88320 : index >>> 1;
    return (index ^ (value >>> 8)) >>> 0;
  };
  let [a, b, c] = [0x12345678, 0x23456789, 0x34567890];
  const feed = (byte) => {
    a = table(a, byte);
    b = (Math.imul((b + (a & 255)) >>> 0, 134775813) + 1) >>> 0;
    c = table(c, b >>> 24);
  };
  for (const byte of Buffer.from(password)) feed(byte);
  const plain = Buffer.concat([salt.subarray(0, 11), Buffer.from([crc >>> 24]), data]);
  return plain.map((byte) => {
    const mixed = (c | 2) & 0xffff;
    const key = (Math.imul(mixed, mixed ^ 1) >>> 8) & 255;
    feed(byte);
    return byte ^ key;
  });
}

function describe({ name, data, store = false, password, salt, nameEncoding = 'utf-8', office = false }) {
  const nameBytes = encodeText(name, nameEncoding);
  const crc = crc32(data);
  const packed = store ? data : deflateRawSync(data, { level: 6 });
  const body = password ? zipCrypto(packed, password, crc, salt) : packed;
  // Bit 11 tells that a name is UTF-8; ASCII names of office files go without it.
  const flags = (password ? 1 : 0) | (nameEncoding === 'utf-8' && nameBytes.some((byte) => byte > 127) ? 0x800 : 0);
  const stamp = office ? EPOCH : DOS_TIME;
  const shared = Buffer.alloc(26);
  [20, flags, store ? 0 : 8, stamp.time, stamp.date].forEach((value, at) => {
    shared.writeUInt16LE(value, at * 2);
  });
  shared.writeUInt32LE(crc, 10);
  shared.writeUInt32LE(body.length, 14);
  shared.writeUInt32LE(data.length, 18);
  shared.writeUInt16LE(nameBytes.length, 22);
  return { nameBytes, body, shared };
}

/** `entries`: { name, data, store?, password?, salt?, nameEncoding?, office? } */
export function writeZip(entries) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const entry of entries) {
    const { nameBytes, body, shared } = describe(entry);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, nameBytes, body]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, tail, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}
