import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipExtractor } from '../../src/extract/gzip.js';
import { countFaults, readMembers } from '../kit/read-members.js';

/** With a file name in its header (RFC 1952 2.3.1). */
function named(name: Buffer, content: string): Buffer {
  const packed = gzipSync(content);
  packed[3] = 8;
  return Buffer.concat([packed.subarray(0, 10), name, Buffer.alloc(1), packed.subarray(10)]);
}

describe('gzipExtractor', () => {
  it.each<[string, Buffer, string, string]>([
    ['the name in the header', named(Buffer.from('8e5293632e637376', 'hex'), 'x'), 'a.gz', '山田.csv'],
    ['a name without its path', named(Buffer.from('C:\\dir\\a.csv'), 'x'), 'b.gz', 'a.csv'],
    ['the name of the file', gzipSync('x'), '名簿.csv.gz', '名簿.csv'],
    ['the name of a packed archive', gzipSync('x'), 'all.tgz', 'all.tar'],
    ['several pieces as one file', Buffer.concat([gzipSync(''), gzipSync('x')]), 'a.gz', 'a'],
  ])('takes %s', async (_, bytes, name, expected) => {
    const { members, problems } = await readMembers(gzipExtractor, bytes, { name });
    expect([members.map(([member, content]) => [member, content.toString()]), problems]).toEqual([[[expected, 'x']], []]);
  });

  it('hands on what it has of a file that breaks off, and tells', async () => {
    const text = Array.from({ length: 5000 }, (_, line) => `${line * 7919} line`).join('\n');
    const packed = gzipSync(text);
    const { members, problems } = await readMembers(gzipExtractor, packed.subarray(0, packed.length - 2000));
    expect(text.startsWith(members[0]![1].toString())).toBe(true);
    expect([members[0]![1].length > 1000, problems]).toEqual([true, ['file: damaged: gzip: cut']]);
  });

  it('refuses what unpacks to far more than its size', async () => {
    await expect(readMembers(gzipExtractor, gzipSync(Buffer.alloc(80 * 1024 * 1024)))).rejects.toThrow(/^too-large/);
  });

  it('never breaks on damaged bytes', async () => {
    expect(await countFaults(gzipExtractor, named(Buffer.from('a'), 'text '.repeat(50)))).toBe(0);
  });
});
