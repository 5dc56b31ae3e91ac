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
const whole = biff(BOF, [0x00e1, Buffer.alloc(2)], EOF, BOF, EOF);
const damageOf = (stream: Buffer, name = 'Workbook') => damageOfBiff(memorySource('a.xls', writeOle({ [name]: stream })));

describe('the frame of an old workbook', () => {
  it.each([
    ['whole', whole],
    ['padded with zeros', Buffer.concat([whole, Buffer.alloc(5_000)])],
    ['a chart inside a sheet', biff(BOF, EOF, BOF, BOF, EOF, EOF)],
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
