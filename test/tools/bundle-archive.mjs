/** Archives with equal bytes for equal files: sorted names, one time, one owner. `files`: path → { bytes, isProgram }. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

const sorted = (files) => [...files].sort(([a], [b]) => (a < b ? -1 : 1));

/** ustar (POSIX.1-1988); throws RangeError for a name that it can't hold. */
export function tarGz(files, seconds) {
  const pieces = [];
  for (const [path, { bytes, isProgram }] of sorted(files)) {
    const cut = path.length <= 100 ? -1 : path.lastIndexOf('/', 155);
    const [prefix, name] = [path.slice(0, Math.max(cut, 0)), path.slice(cut + 1)];
    if (name.length > 100) throw new RangeError(`${path} is too long for a tar archive`);
    const head = Buffer.alloc(512);
    const octal = (value, at, length) => head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
    head.write(name, 0);
    octal(isProgram ? 0o755 : 0o644, 100, 8);
    octal(0, 108, 8);
    octal(0, 116, 8);
    octal(bytes.length, 124, 12);
    octal(seconds, 136, 12);
    head.write('        0', 148);
    head.write('ustar\x0000root', 257);
    head.write('root', 297);
    head.write(prefix, 345);
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    pieces.push(head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  pieces.push(Buffer.alloc(1024));
  return gzipSync(Buffer.concat(pieces), { level: 6 });
}

/** PKWARE APPNOTE 6.3 without its 64-bit forms. Explorer shows the times as those of UTC. */
export function zip(files, seconds) {
  const day = new Date(seconds * 1000);
  const date = ((day.getUTCFullYear() - 1980) << 9) | ((day.getUTCMonth() + 1) << 5) | day.getUTCDate();
  const time = (day.getUTCHours() << 11) | (day.getUTCMinutes() << 5) | (day.getUTCSeconds() >> 1);
  const bodies = [];
  const directory = [];
  let at = 0;
  for (const [path, { bytes }] of sorted(files)) {
    const packed = deflateRawSync(bytes, { level: 6 });
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    // Bit 11: the name is UTF-8.
    shared.writeUInt16LE(0x800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt16LE(time, 6);
    shared.writeUInt16LE(date, 8);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    const name = Buffer.from(path);
    shared.writeUInt16LE(name.length, 22);
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), shared, name, packed);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 0, 'latin1');
    entry.writeUInt16LE(20, 4);
    shared.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    directory.push(entry, name);
    at += 30 + name.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, index, end]);
}
