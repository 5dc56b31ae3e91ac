import { describe, expect, it } from 'vitest';
import { dbfExtractor } from '../../src/extract/dbf.js';
import { cp932 } from '../kit/cp932.js';
import { writeDbf } from '../kit/dbf-writer.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
// Ten bytes are all that a name of dBASE III has.
const roster = (encode: (text: string) => Buffer) => [
  { name: encode('番号'), type: 'C', bytes: 12 },
  { name: encode('氏名'), type: 'C', bytes: 24 },
  { name: encode('生年'), type: 'D', bytes: 8 },
  { name: encode('住所'), type: 'C', bytes: 60 },
];
const people = (encode: (text: string) => Buffer) => [
  [ascii('1234-567890'), encode('山田太郎'), ascii('19650101'), encode('東京都千代田区霞が関1-2-3')],
  [ascii('2345-678902'), encode('髙橋花子'), ascii('19701231'), encode('大阪市北区梅田1丁目2番3号')],
];

describe('dbf', () => {
  it.each<[string, (text: string) => Buffer, { version?: number; driver?: number }]>([
    ['dBASE III in CP932, no code page told', cp932, {}],
    ['FoxPro in CP932', cp932, { version: 0x30, driver: 0x7b }],
    ['dBASE III in UTF-8', (text) => Buffer.from(text), {}],
    ['dBASE 7', cp932, { version: 4 }],
  ])('reads %s as a table under its field names', async (_, encode, wishes) => {
    const { blocks, problems } = await readBlocks(dbfExtractor, writeDbf(roster(encode), people(encode), wishes));
    expect(problems).toEqual([]);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]!.rows).toEqual([
      ['番号', '氏名', '生年', '住所'],
      ['1234-567890', '山田太郎', '1965-01-01', '東京都千代田区霞が関1-2-3'],
      ['2345-678902', '髙橋花子', '1970-12-31', '大阪市北区梅田1丁目2番3号'],
    ]);
  });

  it('reads deleted records as what the file keeps besides', async () => {
    const { blocks } = await readBlocks(dbfExtractor, writeDbf(roster(cp932), people(cp932), { deleted: [1] }));
    expect(blocks.map((block) => [block.where, block.rows!.length])).toEqual([
      [{}, 2],
      [{ part: 'deleted' }, 2],
    ]);
    expect(blocks[1]!.rows![1]![1]).toBe('髙橋花子');
  });

  it('reads the binary fields of FoxPro, long texts, and no memos', async () => {
    const fields = [
      { name: ascii('ID'), type: 'I', bytes: 4 },
      { name: ascii('PAID'), type: 'Y', bytes: 8 },
      { name: ascii('RATE'), type: 'B', bytes: 8 },
      { name: ascii('AT'), type: 'T', bytes: 8 },
      { name: ascii('LONG'), type: 'C', bytes: 300 },
      { name: ascii('NOTE'), type: 'M', bytes: 10 },
    ];
    const number = (bytes: number, write: (bytes: Buffer) => void): Buffer => {
      const buffer = Buffer.alloc(bytes);
      write(buffer);
      return buffer;
    };
    const row = [
      number(4, (bytes) => bytes.writeInt32LE(-7)),
      number(8, (bytes) => bytes.writeBigInt64LE(12_345_000n)),
      number(8, (bytes) => bytes.writeDoubleLE(0.1)),
      number(8, (bytes) => bytes.writeInt32LE(2_440_588)),
      ascii('x'.repeat(299)),
      ascii('         1'),
    ];
    const { blocks, problems } = await readBlocks(dbfExtractor, writeDbf(fields, [row], { version: 0x30 }));
    expect(blocks[0]!.rows![1]).toEqual(['-7', '1234.5', '0.1', '1970-01-01', 'x'.repeat(299), '']);
    expect(problems).toEqual([]);
  });

  it('tells a cut file, and takes damaged ones', async () => {
    const bytes = writeDbf(roster(cp932), people(cp932));
    expect((await readBlocks(dbfExtractor, bytes.subarray(0, -60))).problems).toEqual(['damaged: dbf: 1 of 2 records are missing']);
    expect(await errorsOfDamaged(dbfExtractor, bytes)).toEqual([]);
  });
});
