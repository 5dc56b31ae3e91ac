import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { zipArchiveExtractor } from '../../src/extract/zip-archive.js';
import type { MemberBlock } from '../../src/model.js';
import { corpusFile } from '../kit/read-blocks.js';
import { packArchive } from '../kit/seven-zip-writer.js';
import { writeZip } from '../kit/zip-writer.js';

function read(
  bytes: Buffer,
  passwords: readonly string[] = [],
): { members: [string, string][]; problems: string[]; unpackedBytes: number; locks: (string | null)[] } {
  const problems: string[] = [];
  const members: [string, string][] = [];
  const locks: (string | null)[] = [];
  let unpackedBytes = 0;
  const context = {
    format: 'zip',
    passwords,
    problem: (code: string, detail: string) => void problems.push(`${code}: ${detail}`),
    unpacked: (bytesMore: number) => {
      unpackedBytes += bytesMore;
    },
  };
  for (const block of zipArchiveExtractor.read(memorySource('t.zip', bytes), context) as Iterable<MemberBlock>) {
    if (block.problem) problems.push(`${block.name} ${block.problem.code}`);
    try {
      members.push([block.name, block.source.whole().toString()]);
    } catch (error) {
      problems.push(`${block.name} ${(error as Error).message}`);
      continue;
    }
    locks.push(block.password ? `${block.password.state} ${block.password.scheme}` : null);
  }
  return { members, problems, unpackedBytes, locks };
}

describe('zipArchiveExtractor', () => {
  it('hands on each file with its path, and no folder', () => {
    const bytes = writeZip([
      { name: '名簿/', content: '' },
      { name: '名簿/一覧.txt', content: '山田' },
      { name: '../../evil.txt', content: 'x' },
    ]);
    const { members, problems, unpackedBytes } = read(bytes);
    expect(members).toEqual([
      ['名簿/一覧.txt', '山田'],
      ['../../evil.txt', 'x'],
    ]);
    expect([problems, unpackedBytes]).toEqual([[], 7]);
  });

  it('hands on entries that it can not open with what is wrong with each, and reads the others', () => {
    const { members, problems } = read(
      writeZip([
        { name: 'a', content: 'x', flags: 1 },
        { name: 'b', content: 'open' },
        { name: 'c', content: 'x', flags: 1 },
        { name: 'd', content: 'x', method: 14 },
      ]),
    );
    expect(members).toEqual([['b', 'open']]);
    expect(problems).toEqual([
      'a encrypted: zip: entry encrypted with zipcrypto',
      'c encrypted: zip: entry encrypted with zipcrypto',
      'd unsupported: zip: method 14',
    ]);
  });

  it('tells entries of one name apart, and which one differs from its checksum', () => {
    const bytes = writeZip([
      { name: 'a.d/名簿', content: 'first' },
      { name: 'a.d/名簿', content: 'second' },
      { name: 'b.csv', content: 'damage', stored: true },
    ]);
    bytes[bytes.indexOf('damage')]! ^= 1;
    const { members, problems } = read(bytes);
    expect(members.map(([name]) => name)).toEqual(['a.d/名簿', 'a.d/名簿-2', 'b.csv']);
    expect(problems).toEqual(['b.csv damaged']);
  });

  it('refuses an archive whose entries are all encrypted', () => {
    expect(() => read(writeZip([{ name: 'a', content: 'x', flags: 1 }]))).toThrow(/^encrypted/);
  });

  it('opens entries with the passwords it is given, each with its own, and tells how they were locked', async () => {
    const steps = [
      ['-tzip', '-pfirst', '-mem=AES256', 'a.txt', 'b.txt'],
      ['-tzip', '-psecond', '-mem=ZipCrypto', 'c.txt'],
      ['-tzip', 'd.txt'],
      ['-tzip', '-punknown', '-mem=AES256', 'e.txt'],
    ];
    const bytes = await packArchive({ 'a.txt': '甲', 'b.txt': '乙', 'c.txt': '丙', 'd.txt': '丁', 'e.txt': '戊' }, ...steps);
    const { members, problems, locks } = read(bytes, ['no', 'second', 'first']);
    expect(members).toEqual([
      ['a.txt', '甲'],
      ['b.txt', '乙'],
      ['c.txt', '丙'],
      ['d.txt', '丁'],
    ]);
    expect(locks).toEqual(['set aes256', 'set aes256', 'weak zipcrypto', null]);
    expect(problems).toEqual([expect.stringMatching(/^\S+ encrypted: zip: entry encrypted with aes256$/)]);
    expect(() => read(writeZip([{ name: 'a', content: 'x', flags: 1 }]), ['no'])).toThrow(/^encrypted/);
  });

  it('tells a wrong checksum and hands the content on', () => {
    const bytes = writeZip([{ name: 'a', content: 'stored', stored: true }]);
    bytes.write('S', bytes.indexOf('stored'));
    const { members, problems } = read(bytes);
    expect([members, problems]).toEqual([[['a', 'Stored']], ['a damaged']]);
  });

  const real = corpusFile('documents/zip/libarchive__test_read_format_zip_filename_cp932.zip');
  it.skipIf(!real)('reads names of a Japanese archive (test corpus)', () => {
    expect(read(real!).members.map(([name]) => name)).toEqual(['表だよ/一覧表.txt', '表だよ/漢字.txt']);
  });
});
