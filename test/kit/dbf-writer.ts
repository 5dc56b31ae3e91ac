/** Writes dBASE tables for tests: fields of fixed width, records of bytes that are ready. */

export interface DbfField {
  readonly name: Buffer;
  readonly type: string;
  readonly bytes: number;
  readonly decimals?: number;
}

export interface DbfWishes {
  readonly version?: number;
  readonly driver?: number;
  /** Numbers, from 0, of records that are marked as deleted. */
  readonly deleted?: readonly number[];
}

export function writeDbf(fields: readonly DbfField[], records: readonly (readonly Buffer[])[], wishes: DbfWishes = {}): Buffer {
  const version = wishes.version ?? 3;
  const isSeven = version === 4;
  const [first, each] = isSeven ? [68, 48] : [32, 32];
  const recordBytes = fields.reduce((sum, field) => sum + field.bytes, 1);
  const header = Buffer.alloc(first + fields.length * each + 1);
  Buffer.of(version, 115, 3, 23).copy(header);
  header.writeUInt32LE(records.length, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(recordBytes, 10);
  header[29] = wishes.driver ?? 0;
  fields.forEach(({ name, type, bytes, decimals = 0 }, index) => {
    const at = first + index * each;
    name.copy(header, at, 0, isSeven ? 31 : 10);
    header.write(type, at + (isSeven ? 32 : 11), 'latin1');
    header[at + (isSeven ? 33 : 16)] = bytes & 0xff;
    header[at + (isSeven ? 34 : 17)] = decimals || bytes >> 8;
  });
  header[header.length - 1] = 0x0d;
  const rows = records.map((values, number) => {
    const row = Buffer.alloc(recordBytes, 0x20);
    if (wishes.deleted?.includes(number)) row[0] = 0x2a;
    let at = 1;
    fields.forEach(({ bytes }, index) => {
      values[index]!.copy(row, at, 0, bytes);
      at += bytes;
    });
    return row;
  });
  return Buffer.concat([header, ...rows, Buffer.of(0x1a)]);
}
