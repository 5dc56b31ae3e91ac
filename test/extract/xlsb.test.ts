import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type * as SheetJs from 'xlsx';
import { xlsbExtractor } from '../../src/extract/xlsb.js';
import { rkNumber } from '../../src/extract/xlsb-sheet.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';
import { writeZip } from '../kit/zip-writer.js';

const { utils, write } = createRequire(import.meta.url)('xlsx') as typeof SheetJs;

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const wide = (text: string) => Buffer.concat([uint32(text.length), Buffer.from(text, 'utf16le')]);
const record = (type: number, ...parts: Buffer[]) => {
  const content = Buffer.concat(parts);
  const head = type < 128 ? [type] : [(type & 0x7f) | 0x80, type >> 7];
  const length = content.length < 128 ? [content.length] : [(content.length & 0x7f) | 0x80, content.length >> 7];
  return Buffer.concat([Buffer.from([...head, ...length]), content]);
};

/** A package of a workbook with one sheet, and no other part unless told. */
function book(sheet: Buffer[], parts: Record<string, Buffer> = {}): Buffer {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet';
  return writeZip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'xl/workbook.bin', content: record(156, uint32(0), uint32(1), wide('rId1'), wide('名簿')) },
    {
      name: 'xl/_rels/workbook.bin.rels',
      content: `<Relationships><Relationship Id="rId1" Type="${type}" Target="worksheets/sheet1.bin"/></Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.bin', content: Buffer.concat(sheet) },
    ...Object.entries(parts).map(([name, content]) => ({ name, content })),
  ]);
}

const row = (index: number) => record(0, uint32(index), Buffer.alloc(13));
const text = (column: number, value: string) => record(6, uint32(column), uint32(0), wide(value));

describe('xlsb', () => {
  it('gives all kinds of cells without any other part', async () => {
    const double = Buffer.alloc(8);
    double.writeDoubleLE(1234567890);
    const sheet = [
      row(0),
      text(0, '氏名'),
      record(2, uint32(1), uint32(0), uint32((12_345 << 2) | 3)),
      record(5, uint32(3), uint32(0), double),
      row(2),
      record(4, uint32(0), uint32(0), Buffer.from([1])),
      record(3, uint32(1), uint32(0), Buffer.from([42])),
      record(17, uint32(0), wide('後')),
      record(62, uint32(3), uint32(0), Buffer.from([1]), wide('山田太郎'), uint32(0)),
      record(8, uint32(4), uint32(0), wide('式'), Buffer.alloc(6)),
    ];
    const { blocks, problems } = await readBlocks(xlsbExtractor, book(sheet));
    expect(problems).toEqual([]);
    expect(blocks).toEqual([
      { where: { sheet: '名簿' }, rows: [['氏名', '123.45', '', '1234567890'], [], ['TRUE', '#N/A', '後', '山田太郎', '式']] },
    ]);
  });

  it('reads shared strings, formats and dates as another program writes them', async () => {
    const sheet = utils.aoa_to_sheet([
      ['氏名', '生年月日', '番号'],
      ['山田太郎', { t: 'n', v: 20152, z: 'yyyy/m/d' }, { t: 'n', v: 123456789, z: '0000-000000' }],
    ]);
    const bytes = write({ SheetNames: ['名簿'], Sheets: { 名簿: sheet } }, { type: 'buffer', bookType: 'xlsb', bookSST: true }) as Buffer;
    const { blocks } = await readBlocks(xlsbExtractor, bytes);
    expect(blocks.find(({ rows }) => rows)?.rows).toEqual([
      ['氏名', '生年月日', '番号'],
      ['山田太郎', '1955-03-04', '0123-456789'],
    ]);
  });

  it('gives headers and footers', async () => {
    const none = uint32(0xffffffff);
    const margins = record(479, Buffer.alloc(2), wide('&C取扱注意'), wide('&P'), none, none, none, none);
    const { blocks } = await readBlocks(xlsbExtractor, book([row(0), text(0, 'a'), margins]));
    expect(blocks[1]).toEqual({ where: { sheet: '名簿', part: 'header' }, text: '\n取扱注意' });
  });

  it.each([
    [0x3ff00000, 1],
    [0x40590000, 100],
    [(5 << 2) | 2, 5],
    [((-5 << 2) | 2) >>> 0, -5],
    [0x405ee001, 1.235],
  ])('RK number %i', (bits, value) => {
    expect(rkNumber(bits)).toBeCloseTo(value, 10);
  });

  it('keeps the cells before a cut, and tells', async () => {
    const cut = text(1, '山田太郎').subarray(0, 12);
    const { blocks, problems } = await readBlocks(xlsbExtractor, book([row(0), text(0, '佐藤'), cut]));
    expect(blocks[0]?.rows).toEqual([['佐藤']]);
    expect(problems).toEqual(['damaged: sheet 1: xlsb: ends inside a record']);
  });

  it('takes damaged files', async () => {
    const sheet = Buffer.concat([row(0), text(0, '佐藤'), text(1, '山田'), row(1), text(0, '鈴木')]);
    for (let at = 0; at < sheet.length; at++) {
      const flipped = Buffer.from(sheet);
      flipped[at] = flipped[at]! ^ 0x91;
      await readBlocks(xlsbExtractor, book([flipped]));
    }
    expect(await errorsOfDamaged(xlsbExtractor, book([sheet]))).toEqual([]);
  });
});
