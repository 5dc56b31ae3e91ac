/** Writes small zip files for tests, plain or with the oddities that real ones have. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string | Buffer;
  readonly content: string | Buffer;
  readonly stored?: boolean;
  /** Written as method of the entry; the content then goes in as it is. */
  readonly method?: number;
  /** General purpose flags, beside the one for a data descriptor. */
  readonly flags?: number;
  readonly extra?: Buffer;
  /** Sizes behind the data, zeros before it. */
  readonly descriptor?: boolean;
  /** 64-bit sizes in the directory. */
  readonly wide?: boolean;
  /** What the directory states instead of the true size. */
  readonly statedBytes?: number;
}

export interface ZipOptions {
  readonly before?: Buffer;
  readonly after?: Buffer;
  readonly comment?: string;
  /** A zip64 end record with its locator. */
  readonly wide?: boolean;
}

export function writeZip(files: readonly ZipFile[], options: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { local, central } = writeEntry(file, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = writeEnd(files.length, directory.length, offset, options);
  return Buffer.concat([options.before ?? Buffer.alloc(0), ...locals, directory, ...end, options.after ?? Buffer.alloc(0)]);
}

function writeEntry(file: ZipFile, offset: number): { local: Buffer; central: Buffer } {
  const name = Buffer.from(file.name);
  const content = Buffer.from(file.content);
  const method = file.method ?? (file.stored ? 0 : 8);
  const packed = method === 8 && file.method === undefined ? deflateRawSync(content) : content;
  const flags = (file.flags ?? 0) | (file.descriptor ? 8 : 0);
  const sizes = [crc32(content), packed.length, file.statedBytes ?? content.length] as const;
  const local = header(0x04034b50, 30, { flags, method, name, sizes: file.descriptor ? [0, 0, 0] : sizes });
  local.writeUInt16LE(file.extra?.length ?? 0, 28);
  const extra = Buffer.concat([file.extra ?? Buffer.alloc(0), file.wide ? wideExtra(sizes[2], sizes[1]) : Buffer.alloc(0)]);
  const central = header(0x02014b50, 46, { flags, method, name, sizes: file.wide ? [sizes[0], 0xffffffff, 0xffffffff] : sizes });
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt32LE(offset, 42);
  const tail = file.descriptor ? descriptor(sizes) : Buffer.alloc(0);
  return {
    local: Buffer.concat([local, name, file.extra ?? Buffer.alloc(0), packed, tail]),
    central: Buffer.concat([central, name, extra]),
  };
}

interface Header {
  readonly flags: number;
  readonly method: number;
  readonly name: Buffer;
  readonly sizes: readonly [number, number, number];
}

/** The fields that local and central headers share; in the central one they stand 2 bytes further on. */
function header(mark: number, bytes: number, { flags, method, name, sizes }: Header): Buffer {
  const buffer = Buffer.alloc(bytes);
  const shift = bytes === 46 ? 2 : 0;
  buffer.writeUInt32LE(mark, 0);
  buffer.writeUInt16LE(20, 4);
  buffer.writeUInt16LE(flags, 6 + shift);
  buffer.writeUInt16LE(method, 8 + shift);
  buffer.writeUInt16LE((12 << 11) | (34 << 5), 10 + shift);
  buffer.writeUInt16LE(((2015 - 1980) << 9) | (3 << 5) | 23, 12 + shift);
  for (const [index, size] of sizes.entries()) buffer.writeUInt32LE(size >>> 0, 14 + shift + 4 * index);
  buffer.writeUInt16LE(name.length, 26 + shift);
  return buffer;
}

function wideExtra(unpackedBytes: number, packedBytes: number): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(unpackedBytes), 4);
  extra.writeBigUInt64LE(BigInt(packedBytes), 12);
  return extra;
}

function descriptor(sizes: readonly [number, number, number]): Buffer {
  const buffer = Buffer.alloc(16);
  buffer.writeUInt32LE(0x08074b50, 0);
  for (const [index, size] of sizes.entries()) buffer.writeUInt32LE(size >>> 0, 4 + 4 * index);
  return buffer;
}

function writeEnd(count: number, directoryBytes: number, offset: number, { comment = '', wide = false }: ZipOptions): Buffer[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(wide ? 0xffff : count, 8);
  end.writeUInt16LE(wide ? 0xffff : count, 10);
  end.writeUInt32LE(wide ? 0xffffffff : directoryBytes, 12);
  end.writeUInt32LE(wide ? 0xffffffff : offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  const tail = [end, Buffer.from(comment)];
  if (!wide) return tail;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator, ...tail];
}
