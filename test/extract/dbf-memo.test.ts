import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { dbfMemoExtractor } from '../../src/extract/dbf-memo.js';
import { sniff } from '../../src/extract/sniff.js';
import { cp932 } from '../kit/cp932.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';

const TEXTS = [`山田太郎 ${'経過。'.repeat(300)}`, '二つ目の記録'].map(cp932);

/** Blocks behind a header; `wrap` puts a memo's own mark before it. */
function memoFile(blockBytes: number, wrap: (text: Buffer) => Buffer, header: (head: Buffer, blocks: number) => void): Buffer {
  const head = Buffer.alloc(Math.max(512, blockBytes));
  const blocks = TEXTS.map((text) => {
    const bytes = wrap(text);
    return Buffer.concat([bytes, Buffer.alloc(Math.ceil(bytes.length / blockBytes) * blockBytes - bytes.length)]);
  });
  const all = Buffer.concat([head, ...blocks]);
  header(all, all.length / blockBytes);
  return all;
}

const mark = (first: number, text: Buffer, own: number, little: boolean): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(first, 0);
  if (little) head.writeUInt32LE(text.length + own, 4);
  else head.writeUInt32BE(text.length + own, 4);
  return Buffer.concat([head, text]);
};
const fox = (): Buffer =>
  memoFile(
    64,
    (text) => mark(1, text, 0, false),
    (head, blocks) => {
      head.writeUInt32BE(blocks, 0);
      head.writeUInt16BE(64, 6);
    },
  );
const four = (): Buffer =>
  memoFile(
    512,
    (text) => mark(0xffff0800, text, 8, true),
    (head, blocks) => {
      head.writeUInt32LE(blocks, 0);
      head.writeUInt16LE(512, 20);
    },
  );
const three = (): Buffer =>
  memoFile(
    512,
    (text) => Buffer.concat([text, Buffer.of(0x1a, 0x1a)]),
    (head, blocks) => {
      head.writeUInt32LE(blocks, 0);
    },
  );

describe('dbf-memo', () => {
  it.each([
    ['x.fpt', fox],
    ['x.dbt', four],
    ['X.DBT', three],
  ])('reads the texts of %s', async (name, write) => {
    expect(sniff(memorySource(name, write())).format).toBe('dbf-memo');
    const { all, problems } = await readBlocks(dbfMemoExtractor, write());
    expect(problems).toEqual([]);
    expect(all.split(/\s*\n\s*/).filter(Boolean)).toEqual([`山田太郎 ${'経過。'.repeat(300)}`, '二つ目の記録']);
    expect(await errorsOfDamaged(dbfMemoExtractor, write(), 20)).toEqual([]);
  });

  it('is known by its name and its header together', () => {
    expect(sniff(memorySource('x.bin', fox())).format).not.toBe('dbf-memo');
    expect(sniff(memorySource('x.fpt', Buffer.alloc(3_000))).format).toBe('unknown-binary');
  });
});
