import { describe, expect, it } from 'vitest';
import { lzhExtractor } from '../../src/extract/lzh.js';
import { writeLzh } from '../kit/lzh-writer.js';
import { corpusFile } from '../kit/read-blocks.js';
import { countFaults, readMembers } from '../kit/read-members.js';

/** 表.txt in CP932: its second byte is a backslash. */
const NAME = Buffer.from('955c2e747874', 'hex');
const TEXT = Buffer.from('山田太郎 山田花子 山田太郎 abcabcabcabcabcabc');

describe('lzhExtractor', () => {
  it.each<[string, 0 | 1 | 2, '-lh0-' | '-lh5-', string]>([
    ['level 0, stored', 0, '-lh0-', '表.txt'],
    ['level 0, packed', 0, '-lh5-', '表.txt'],
    ['level 1, with its folder', 1, '-lh5-', 'dir/表.txt'],
    ['level 2', 2, '-lh5-', '表.txt'],
  ])('reads %s', async (_, level, method, name) => {
    const { members, problems } = await readMembers(lzhExtractor, writeLzh([{ name: NAME, content: TEXT, method, level }]));
    expect([members.map(([member, content]) => [member, content.toString()]), problems]).toEqual([[[name, TEXT.toString()]], []]);
  });

  it('tells methods without a decoder and entries that are cut, and reads the others', async () => {
    const first = { name: Buffer.from('a'), content: Buffer.from('x') };
    const odd = writeLzh([{ ...first, method: '-lh1-' }, first]);
    expect((await readMembers(lzhExtractor, odd)).problems).toEqual(['unsupported: 1 of 2 entries: lzh method -lh1-']);
    const whole = writeLzh([first, { name: Buffer.from('b'), content: TEXT, method: '-lh5-' }]);
    const { members, problems } = await readMembers(lzhExtractor, whole.subarray(0, whole.length - 20));
    expect([members.length, problems]).toEqual([1, ['damaged: 1 of 2 entries: lzh entry is cut']]);
  });

  it('tells a wrong checksum', async () => {
    const bytes = writeLzh([{ name: Buffer.from('a'), content: Buffer.from('stored') }]);
    bytes.write('S', bytes.indexOf('stored'));
    expect((await readMembers(lzhExtractor, bytes)).problems).toEqual(['a: damaged: lzh: differs from its checksum']);
  });

  it('never breaks on damaged bytes', async () => {
    expect(await countFaults(lzhExtractor, writeLzh([{ name: NAME, content: TEXT, method: '-lh5-', level: 1 }]), 200)).toBe(0);
  });

  const real = corpusFile('documents/hostile/lzh/libarchive__test_fuzz.lzh');
  it.skipIf(!real)('unpacks what other programs packed, by its checksums (test corpus)', async () => {
    const { members, problems } = await readMembers(lzhExtractor, real!);
    expect([members.length, problems.length]).toEqual([6, 1]);
  });
});
