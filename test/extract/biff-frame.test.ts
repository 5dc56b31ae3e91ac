import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { damageOfBiff } from '../../src/extract/biff-frame.js';
import { sheetjsExtractor } from '../../src/extract/sheetjs.js';
import { writeOle } from '../kit/ole-writer.js';
import { readBlocks } from '../kit/read-blocks.js';

function biff(...records: [number, Buffer][]): Buffer {
  return Buffer.concat(
    records.map(([type, data]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(type, 0);
      head.writeUInt16LE(data.length, 2);
      return Buffer.concat([head, data]);
    }),
  );
}
const BOF: [number, Buffer] = [0x0809, Buffer.from('00060500bb0dcc070000000006000000', 'hex')];
const EOF: [number, Buffer] = [0x000a, Buffer.alloc(0)];
const SHEET: [number, Buffer] = [0x0085, Buffer.from('0000000000000141', 'hex')];
const SHEET_BOF: [number, Buffer] = [0x0809, Buffer.from('00061000bb0dcc070000000006000000', 'hex')];
const whole = biff(BOF, [0x00e1, Buffer.alloc(2)], SHEET, EOF, SHEET_BOF, EOF);
/** A workbook whose shared texts, of one sheet's cells, are these records. */
const sharing = (strings: [number, Buffer][], ...cells: [number, Buffer][]) => biff(BOF, SHEET, ...strings, EOF, SHEET_BOF, ...cells, EOF);
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const SST = (text: string): [number, Buffer] => [0x00fc, hex(text)];
const CONTINUE = (text: string): [number, Buffer] => [0x003c, hex(text)];
const cell = (column: string, text: string): [number, Buffer] => [0x00fd, hex(`0000 ${column} 0000 ${text}`)];
const damageOf = (stream: Buffer, name = 'Workbook') => damageOfBiff(memorySource('a.xls', writeOle({ [name]: stream })));

describe('the frame of an old workbook', () => {
  it.each([
    ['whole', whole],
    ['padded with zeros', Buffer.concat([whole, Buffer.alloc(5_000)])],
    ['a chart inside a sheet', biff(BOF, SHEET, EOF, SHEET_BOF, SHEET_BOF, EOF, EOF)],
    ['two texts', sharing([SST('02000000 02000000 0100 00 41 0200 01 4230 4430')], cell('0000', '01000000'))],
    ['a text over two records that changes its width', sharing([SST('01000000 01000000 0400 01 4230 4430'), CONTINUE('00 4142')])],
    ['a text with runs and phonetics', sharing([SST('01000000 01000000 0100 0d 0100 02000000 4230 00000000 ffff')])],
    ['encrypted', biff(BOF, [0x002f, Buffer.alloc(6)], SHEET, SST('ff'), EOF, SHEET_BOF, cell('ffff', 'ffffffff'), EOF)],
  ])('finds nothing wrong with one that is %s', (_name, stream) => {
    expect(damageOf(stream)).toBeNull();
    expect(damageOf(stream, 'Book')).toBeNull();
    expect(damageOfBiff(memorySource('bare.xls', stream))).toBeNull();
  });

  it.each([
    ['spaces', Buffer.alloc(6_000, 0x20)],
    ['cut inside a record', whole.subarray(0, 22)],
    ['cut inside a sheet', biff(BOF, [0x00e1, Buffer.alloc(2)])],
    ['begun without end', biff(...Array<[number, Buffer]>(500).fill(BOF))],
    ['empty', Buffer.alloc(0)],
    ['without a sheet', biff(BOF, EOF)],
    ['of texts that run out', sharing([SST('01000000 01000000 ffff 00 41')])],
    ['of runs that run out', sharing([SST('01000000 01000000 0100 0d ffff ffffffff 4142')])],
    ['of more texts than there is room for', sharing([SST('ffffffff ffffffff')])],
    ['of a text that is not there', sharing([SST('01000000 01000000 0100 00 41')], cell('0000', '01000000'))],
    ['of a cell beyond the last column', sharing([SST('01000000 01000000 0100 00 41')], cell('ffff', '00000000'))],
  ])('tells one that is %s', (_name, stream) => {
    expect(damageOf(stream)).toMatch(/^(?:xls|ole): /);
  });

  it('is told of what the library takes for an empty workbook without a word', async () => {
    const told = await readBlocks(sheetjsExtractor, writeOle({ Workbook: Buffer.alloc(6_000, 0x20) })).then(
      ({ problems }) => problems,
      (error: Error) => [error.message],
    );
    expect(told.join()).toContain('damaged');
  });
});
