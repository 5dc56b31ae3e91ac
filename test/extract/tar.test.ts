import { describe, expect, it } from 'vitest';
import { tarExtractor } from '../../src/extract/tar.js';
import { countFaults, readMembers } from '../kit/read-members.js';
import { paxRecord, writeTar } from '../kit/tar-writer.js';

const shown = async (bytes: Buffer): Promise<unknown[]> => {
  const { members, problems } = await readMembers(tarExtractor, bytes);
  return [members.map(([name, content]) => [name, content.toString()]), problems];
};

describe('tarExtractor', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8 names', writeTar([{ name: '名簿/一覧.txt', content: 'x' }]), '名簿/一覧.txt'],
    ['CP932 names', writeTar([{ name: Buffer.from('8e5293632e747874', 'hex'), content: 'x' }]), '山田.txt'],
    [
      'GNU long names',
      writeTar([
        { name: '././@LongLink', content: `${'長'.repeat(60)}.txt\0`, type: 'L' },
        { name: 'cut', content: 'x' },
      ]),
      `${'長'.repeat(60)}.txt`,
    ],
    [
      'pax names',
      writeTar([
        { name: 'pax', content: paxRecord('path', '山田/名簿.csv'), type: 'x' },
        { name: 'cut', content: 'x' },
      ]),
      '山田/名簿.csv',
    ],
    ['names that lead out', writeTar([{ name: '../../evil.txt', content: 'x' }]), '../../evil.txt'],
  ])('reads %s', async (_, bytes, name) => {
    expect(await shown(bytes)).toEqual([[[name, 'x']], []]);
  });

  it('passes over folders, links and devices, and tells sparse files', async () => {
    const bytes = writeTar([
      { name: 'dir/', type: '5' },
      { name: 'link', type: '2' },
      { name: 'device', type: '3' },
      { name: 'holes', type: 'S', content: 'x' },
      { name: 'a.txt', content: 'y' },
    ]);
    expect(await shown(bytes)).toEqual([[['a.txt', 'y']], ['unsupported: tar: 1 sparse files']]);
  });

  it('tells an archive that breaks off, and hands on what is there', async () => {
    const whole = writeTar(
      [
        { name: 'a', content: 'one' },
        { name: 'b', content: 'z'.repeat(600) },
      ],
      false,
    );
    expect(await shown(whole.subarray(0, 512 * 3 + 100))).toEqual([
      [
        ['a', 'one'],
        ['b', 'z'.repeat(100)],
      ],
      ['b: damaged: tar: entry 2 is cut'],
    ]);
    expect(await shown(whole.subarray(0, 512 * 2 + 100))).toEqual([[['a', 'one']], ['damaged: tar: cut behind entry 1']]);
  });

  it('refuses what is no archive, and never breaks on damaged bytes', async () => {
    await expect(shown(Buffer.alloc(1024, 'x'))).rejects.toThrow(/^damaged/);
    const nonsense = writeTar([{ name: 'a', content: 'one' }]);
    nonsense.fill(0xc3, 124, 136);
    const sum = nonsense.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
    nonsense.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    await expect(shown(nonsense)).rejects.toThrow(/^damaged/);
    expect(
      await countFaults(
        tarExtractor,
        writeTar([{ name: 'a', content: 'one' }, { name: 'p', content: paxRecord('path', 'q'), type: 'x' }, { name: 'b' }]),
      ),
    ).toBe(0);
  });
});
