import { describe, expect, it } from 'vitest';
import { xlsExtractor } from '../../src/extract/xls.js';
import { readXlsPivot, readXlsTexts } from '../../src/extract/xls-texts.js';
import { writeOle } from '../kit/ole-writer.js';
import { readBlocks } from '../kit/read-blocks.js';

const uint16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value & 0xffff, at * 2);
  return bytes;
};
const record = (type: number, ...pieces: Buffer[]): Buffer => {
  const content = Buffer.concat(pieces);
  return Buffer.concat([uint16(type, content.length), content]);
};
const wide = (text: string): Buffer => Buffer.concat([Buffer.from([1]), Buffer.from(text, 'utf16le')]);
const counted = (text: string): Buffer => Buffer.concat([uint16(text.length), wide(text)]);
const begin = (type = 0x10, version = 0x0600): Buffer => record(0x0809, uint16(version, type, 0, 0), Buffer.alloc(8));
const end = record(0x000a);
const box = (stated: number, ...pieces: Buffer[]): Buffer[] => [
  record(0x01b6, uint16(0, 0, 0, 0, 0, stated, 0, 0, 0)),
  ...pieces.map((piece) => record(0x003c, piece)),
];

function texts(...records: Buffer[]): [part: string | undefined, text: string][] {
  const blocks = [...readXlsTexts(Buffer.concat([begin(), ...records, end]), () => {})];
  return blocks.map((block) => [block.where.part, block.kind === 'text' ? block.text : '']);
}

describe('texts beside the cells of an old workbook', () => {
  it('join a text box over its records, wide and narrow ones, up to the stated length', () => {
    const narrow = Buffer.concat([Buffer.from([0]), Buffer.from('abc')]);
    expect(texts(...box(6, wide('山田\r'), narrow, Buffer.alloc(16)))).toEqual([['textbox', '山田\nabc']]);
    expect(texts(...box(60, wide('山田')))).toEqual([['textbox', '山田']]);
    expect(texts(...box(0), record(0x003c, wide('x')))).toEqual([]);
  });

  it('leave the text of a note to who reads the cells, and take its author', () => {
    const note = record(0x005d, uint16(0x15, 0x12, 0x19, 1));
    expect(texts(note, ...box(2, wide('山田')), record(0x001c, uint16(0, 0, 0, 1), counted('佐藤')))).toEqual([['author', '佐藤']]);
  });

  it('stand with the name of their sheet', () => {
    const globals = (offset: number): Buffer =>
      Buffer.concat([begin(5), record(0x0085, uint16(offset, 0, 0), Buffer.from([2]), wide('名簿')), end]);
    const stream = Buffer.concat([globals(globals(0).length), begin(), record(0x0014, counted('&L&"ＭＳ,標準"山田&R&P')), end]);
    expect([...readXlsTexts(stream, () => {})]).toEqual([{ kind: 'text', where: { sheet: '名簿', part: 'header' }, text: '山田' }]);
  });

  it('are decoded by the code page before Excel 97, whose text boxes are told', () => {
    const told: string[] = [];
    const bytes = Buffer.from('8e529363', 'hex');
    const stream = Buffer.concat([
      begin(0x10, 0x0500),
      record(0x0042, uint16(932)),
      record(0x0015, Buffer.from([4]), bytes),
      record(0x005d, uint16(0, 0, 6, 1)),
      end,
    ]);
    const [footer] = readXlsTexts(stream, (detail) => told.push(detail));
    expect(footer).toMatchObject({ where: { part: 'footer' }, text: '山田' });
    expect([...readXlsTexts(stream, (detail) => told.push(detail))]).toHaveLength(1);
    expect(told).toContain('1 text box of Excel 5 or 95 not read');
  });

  it('take the values of a chart for a copy', () => {
    const chart = [begin(0x20), record(0x0204, uint16(0, 0, 0), counted('山田')), end];
    expect([...readXlsTexts(Buffer.concat([begin(), ...chart, end]), () => {})]).toEqual([
      { kind: 'text', where: { part: 'chart' }, text: '山田', copy: true },
    ]);
  });
});

describe('a pivot cache', () => {
  const field = (name: string, flags = 0): Buffer => record(0x00c7, uint16(flags, 0, 0, 0, 0, 0, 0), counted(name));
  const value = (text: string): Buffer => record(0x00cd, counted(text));
  const number = (amount: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(amount);
    return record(0x00c9, bytes);
  };

  it('is a table: values by their number, and those that stand in the row', () => {
    const rows = [record(0x00c8, Buffer.from([1]), uint16(0)), number(5), record(0x00c8, Buffer.from([0]), uint16(9)), number(7)];
    const stream = Buffer.concat([field('氏名'), value('山田'), value('鈴木'), field('数'), field('課', 8), value('総務'), ...rows]);
    expect(readXlsPivot(stream)).toEqual({
      texts: [],
      rows: [
        ['氏名', '数', '課'],
        ['鈴木', '5', '総務'],
        ['山田', '7', ''],
      ],
    });
  });

  it('gives the values of each field where its rows are gone', () => {
    expect(readXlsPivot(Buffer.concat([field('氏名'), value('山田'), value('鈴木')]))).toEqual({ texts: ['氏名\n山田\n鈴木'], rows: [] });
  });
});

describe('a broken workbook', () => {
  it('gives what stands beside its cells, and is told', async () => {
    const workbook = Buffer.concat([begin(), record(0x0014, counted('山田')), Buffer.from('ffff', 'hex')]);
    const { blocks, problems } = await readBlocks(xlsExtractor, writeOle({ Workbook: Buffer.concat([workbook, Buffer.alloc(6_000)]) }));
    expect(blocks.map((block) => block.text)).toContain('山田');
    expect(problems).not.toEqual([]);
  });

  it('is told where nothing at all can be read', async () => {
    const { blocks, problems } = await readBlocks(xlsExtractor, writeOle({ Workbook: Buffer.alloc(6_000, 0xff) }));
    expect(blocks).toEqual([]);
    expect(problems).toEqual(['damaged: xls: does not begin with BOF']);
  });
});
