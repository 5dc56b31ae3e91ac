import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { archiveExtractor } from '../../src/extract/archive.js';
import { archiveCheck } from '../../src/protect/password-archive.js';
import { corpusFile } from '../kit/read-blocks.js';
import { countFaults, readMembers } from '../kit/read-members.js';
import { packArchive } from '../kit/seven-zip-writer.js';

const FILES = { '名簿.txt': '山田太郎', 'b.csv': 'a,b\n1,2\n' };
const shown = async (bytes: Buffer, format = '7z', passwords: string[] = [], name = 'file'): Promise<unknown[]> => {
  const { members, problems } = await readMembers(archiveExtractor, bytes, { format, passwords, name });
  return [members.map(([member, content]) => [member, content.toString()]).sort(), problems];
};
const BOTH = [
  ['b.csv', 'a,b\n1,2\n'],
  ['名簿.txt', '山田太郎'],
];

describe('archiveExtractor', () => {
  it('hands on each file of a 7z', async () => {
    expect(await shown(await packArchive(FILES))).toEqual([BOTH, []]);
  });

  it.each([
    ['xz', '-txz', '名簿.tar.xz', '名簿.tar'],
    ['bz2', '-tbzip2', '名簿.csv.bz2', '名簿.csv'],
    ['bz2', '-tbzip2', 'all.tbz', 'all.tar'],
  ])('unpacks %s (%s) as %s', async (format, type, name, member) => {
    expect(await shown(await packArchive({ a: 'x' }, [type, 'a']), format, [], name)).toEqual([[[member, 'x']], []]);
  });

  it.each([
    ['names and files', ['-pgeheim', '-mhe=on']],
    ['files', ['-pgeheim']],
  ])('opens with a given password where %s are encrypted, and refuses without', async (_, switches) => {
    const bytes = await packArchive(FILES, [...switches, '名簿.txt', 'b.csv']);
    await expect(shown(bytes)).rejects.toThrow(/^encrypted/);
    await expect(shown(bytes, '7z', ['falsch'])).rejects.toThrow(/^encrypted/);
    expect(await shown(bytes, '7z', ['falsch', 'geheim'])).toEqual([BOTH, []]);
  });

  it('tells a locked list of names as locked whatever noise a wrong password makes of it', async () => {
    for (let i = 0; i < 5; i++) {
      const bytes = await packArchive({ 'a.csv': `${i},x,y\n`.repeat(50) }, ['-t7z', '-mhe=on', `-pgeheim${i}`, 'a.csv']);
      await expect(shown(bytes, '7z', ['a', 'b', 'c'])).rejects.toThrow(/^encrypted/);
      expect((await shown(bytes, '7z', ['a', 'b', 'c', `geheim${i}`]))[1]).toEqual([]);
    }
  }, 60_000);

  it('reads the open files of a half encrypted archive and tells the others', async () => {
    const bytes = await packArchive(FILES, ['-pgeheim', '名簿.txt'], ['b.csv']);
    const [members, problems] = await shown(bytes);
    expect(members).toEqual([BOTH[0]]);
    // Salted afresh each time: now and then 7-Zip also finds the undecrypted bytes damaged.
    expect(problems).toContain('名簿.txt: encrypted: archive: entry needs a password');
  });

  it('refuses what unpacks to far more than its size, whether it says so or not', async () => {
    const zeros = Buffer.alloc(80 * 1024 * 1024);
    await expect(shown(await packArchive({ a: zeros }, ['-mx=1', 'a']))).rejects.toThrow(/^too-large/);
    await expect(shown(await packArchive({ a: zeros }, ['-tbzip2', '-mx=1', 'a']), 'bz2')).rejects.toThrow(/^too-large/);
    expect(await shown(await packArchive(FILES))).toEqual([BOTH, []]);
  }, 60_000);

  it('never breaks on damaged bytes', async () => {
    expect(await countFaults(archiveExtractor, await packArchive(FILES), 40)).toBe(0);
  }, 60_000);

  const real = corpusFile('documents/rar/libarchive__test_read_format_rar5_encrypted.rar');
  it.skipIf(!real)('reads a half encrypted rar (test corpus)', async () => {
    const { members, problems } = await readMembers(archiveExtractor, real!, { format: 'rar' });
    expect([members.map(([name]) => name), problems]).toEqual([
      ['a.txt', 'c.txt'],
      ['b.txt', 'd.txt'].map((name) => `${name}: encrypted: archive: entry needs a password`),
    ]);
  });
});

describe('archiveCheck', () => {
  const check = (bytes: Buffer, format: string): string => {
    const { state, scheme } = archiveCheck.check(memorySource('a', bytes), format);
    return `${state} ${scheme}`;
  };

  it.each<[string, readonly (readonly string[])[], string]>([
    ['no password', [['名簿.txt', 'b.csv']], 'none null'],
    ['a header that is not packed', [['-mhc=off', '名簿.txt', 'b.csv']], 'none null'],
    ['encrypted files', [['-pgeheim', '名簿.txt', 'b.csv']], 'set aes256'],
    ['encrypted files, header not packed', [['-pgeheim', '-mhc=off', '名簿.txt']], 'set aes256'],
    ['encrypted names', [['-pgeheim', '-mhe=on', '名簿.txt', 'b.csv']], 'set aes256'],
    ['some encrypted files', [['-pgeheim', '名簿.txt'], ['b.csv']], 'partial aes256'],
  ])('judges a 7z with %s', async (_, steps, expected) => {
    expect(check(await packArchive(FILES, ...steps), '7z')).toBe(expected);
  });

  it('judges a 7z of many files, whose header is long', async () => {
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, number) => [`${number}-${number * 7919}.txt`, String(number)]));
    expect(check(await packArchive(files, ['-pgeheim', ...Object.keys(files)]), '7z')).toBe('set aes256');
  });

  it.each<[string, string, string]>([
    ['RAR 4, nothing locked', rar4(0, [0x80]), 'none null'],
    ['RAR 4, a file locked', rar4(0, [0x84]), 'set aes128'],
    ['RAR 4, one of two locked', rar4(0, [0x84, 0x80]), 'partial aes128'],
    ['RAR 4, names locked', rar4(0x80, []), 'set aes128'],
    ['RAR 5, names locked', `526172211a070100 00000000 03 04 00 00`, 'set aes256'],
  ])('judges %s', (_, hex, expected) => {
    expect(check(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 'rar')).toBe(expected);
  });

  it.each(['7z', 'rar'])('calls a %s that can not be told damaged', (format) => {
    const mark = format === '7z' ? '377abcaf271c0004 00000000 ffffff0000000000 2000000000000000 00000000' : '526172211a0700 0000';
    expect(() => check(Buffer.from(mark.replaceAll(' ', ''), 'hex'), format)).toThrow(/^damaged/);
  });
});

/** The main header with its flags, then a file header for each entry of `files`: their flags. */
function rar4(mainFlags: number, files: readonly number[]): string {
  const block = (type: number, flags: number, body: Buffer): Buffer => {
    const head = Buffer.alloc(7);
    head[2] = type;
    head.writeUInt16LE(flags, 3);
    head.writeUInt16LE(7 + body.length, 5);
    return Buffer.concat([head, body]);
  };
  const entries = files.map((flags) => {
    const body = Buffer.alloc(26);
    body.writeUInt32LE(4, 0);
    body.writeUInt32LE(4, 4);
    return Buffer.concat([block(0x74, flags | 0x8000, body), Buffer.from('data')]);
  });
  return Buffer.concat([Buffer.from('526172211a0700', 'hex'), block(0x73, mainFlags, Buffer.alloc(6)), ...entries]).toString('hex');
}
