import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { csvExtractor } from '../../src/extract/csv.js';
import { sniff } from '../../src/extract/sniff.js';
import { textExtractor } from '../../src/extract/text.js';
import { beforeHole, HOLE_CHARS } from '../../src/extract/text-hole.js';
import { readBlocks } from '../kit/read-blocks.js';

const TEXT = Buffer.from('番号,氏名\r\n1,山田\r\n2,佐藤\r\n');
const nuls = (count: number) => Buffer.alloc(count);

describe('a text in which NULs stand where text is missing', () => {
  it.each([HOLE_CHARS, 5_000, 200_000])('is read up to %i of them at its end, and what is missing is told', async (count) => {
    const bytes = Buffer.concat([TEXT, nuls(count)]);
    expect(sniff(memorySource('名簿.csv', bytes)).format).toBe('csv');
    const { blocks, problems } = await readBlocks(csvExtractor, bytes);
    expect(blocks[0]!.rows!.filter((row) => row.some((cell) => cell !== ''))).toEqual([
      ['番号', '氏名'],
      ['1', '山田'],
      ['2', '佐藤'],
    ]);
    expect(problems).toEqual(['damaged: text: NULs stand where text is missing']);
  });

  it('is read on both sides of a hole', async () => {
    const { all, problems } = await readBlocks(textExtractor, Buffer.concat([TEXT, nuls(4096), TEXT]));
    expect(all.match(/山田/g)).toHaveLength(2);
    expect(problems).toHaveLength(1);
  });

  it('is whole where NULs only pad a field', async () => {
    const { problems } = await readBlocks(textExtractor, Buffer.concat([TEXT, nuls(HOLE_CHARS - 1), TEXT]));
    expect(problems).toEqual([]);
  });

  it('is told from UTF-16, and from what holds nothing else', () => {
    const wide = Buffer.from('\ufeff番号,氏名\n1,山田\n', 'utf16le');
    expect(beforeHole(Buffer.concat([wide, nuls(600)]))).toEqual(wide);
    expect(sniff(memorySource('a.csv', Buffer.concat([wide, nuls(600)]))).format).toBe('csv');
    expect(sniff(memorySource('a.csv', nuls(5_000))).format).toBe('unknown-binary');
    expect(beforeHole(nuls(300))).toHaveLength(300);
  });
});
