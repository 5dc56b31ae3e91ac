import { describe, expect, it } from 'vitest';
import { ACCESS_BOUNDS } from '../../src/access/exposure.js';
import { createDirectory } from '../../src/access/known-directory.js';
import { parseSddl } from '../../src/access/nt/sddl.js';
import { windowsSource } from '../../src/access/windows.js';
import { localRecords, sidBytesOf, sidTextOf, withNames } from '../../src/access/windows-accounts.js';
import { createShareTable, type ShareReader, uncOf } from '../../src/access/windows-shares.js';
import type { Access, FileStat } from '../../src/model.js';
import { packDescriptor } from './nt/pack.js';

const MACHINE = 'S-1-5-21-1-2-3';
const YAMADA = `${MACHINE}-1001`;
const SATO = `${MACHINE}-1002`;
const DOMAIN_USER = 'S-1-5-21-7-8-9-1105';
const DOMAIN_GROUP = 'S-1-5-21-7-8-9-1200';

const packSddl = (text: string): Buffer => packDescriptor(parseSddl(text));
const sid = (text: string): Buffer => sidBytesOf(text)!;

const directory = withNames(
  createDirectory(
    localRecords({
      machine: sid(MACHINE),
      isDomainController: false,
      accounts: [
        { name: 'yamada', rid: 1001, isDisabled: false },
        { name: 'sato', rid: 1002, isDisabled: false },
        { name: 'taishoku', rid: 1003, isDisabled: true },
      ],
      groups: [
        { name: '経理', sid: sid(`${MACHINE}-1010`), members: [{ sid: sid(YAMADA), name: 'PC\\yamada', use: 1 }] },
        { name: '混在', sid: sid(`${MACHINE}-1011`), members: [{ sid: sid(DOMAIN_GROUP), name: 'DOM\\課', use: 2 }] },
        { name: '不明', sid: sid(`${MACHINE}-1012`), members: null },
      ],
    }),
  ),
  {
    named: (bytes) =>
      sidTextOf(bytes) === DOMAIN_USER
        ? { sid: bytes, name: 'DOM\\suzuki', use: 1 }
        : sidTextOf(bytes) === DOMAIN_GROUP
          ? { sid: bytes, name: 'DOM\\課', use: 2 }
          : null,
    sidOf: (name) => (name === 'DOM\\課' ? sid(DOMAIN_GROUP) : null),
  },
);

const STAT = { dev: 1, ino: 1 } as unknown as FileStat;
const NOT_SHARED: ShareReader = () => [];

/** The answers for one file with this descriptor (SDDL) or error, in this folder. */
function answer(descriptor: string | number, read: ShareReader = NOT_SHARED, folder = 'D:\\共有\\総務', isRemote = false): Access {
  const bytes = typeof descriptor === 'number' ? descriptor : packSddl(descriptor);
  const source = windowsSource(directory, ACCESS_BOUNDS, {
    descriptors: { read: () => bytes },
    shares: createShareTable({ directory, read, isRemote: () => isRemote }),
  });
  return source.file(() => `${folder}\\x`, STAT, source.folder(folder, STAT, null));
}

const FULL_FOR_EVERYONE = packSddl('D:(A;;FA;;;WD)');
const share = (name: string, path: string, descriptor: Buffer | null = FULL_FOR_EVERYONE) => ({ name, path, descriptor });

describe('access on Windows', () => {
  it.each([
    ['Everyone', `O:${YAMADA}D:(A;;FR;;;WD)`, 'open', ['S-1-1-0'], null],
    ['no list at all', `O:${YAMADA}`, 'open', ['S-1-1-0'], null],
    ['the owner alone', `O:${YAMADA}D:(A;;FA;;;${YAMADA})(A;;FA;;;SY)(A;;FA;;;BA)`, 'restricted', [], 1],
    ['an owner who is not in the list', `O:${SATO}D:(A;;FR;;;${YAMADA})`, 'restricted', [], 2],
    ['a local group', `O:BAD:(A;;FR;;;${MACHINE}-1010)`, 'restricted', [], 1],
    ['a user of the domain', `O:${DOMAIN_USER}D:(A;;FA;;;${DOMAIN_USER})`, 'restricted', [], 1],
    ['a group of the domain', `O:BAD:(A;;FR;;;${DOMAIN_GROUP})`, 'unknown', [], null],
    ['a local group with a group of the domain in it', `O:BAD:(A;;FR;;;${MACHINE}-1011)`, 'unknown', [], null],
    ['a local group whose members can not be listed', `O:BAD:(A;;FR;;;${MACHINE}-1012)`, 'unknown', [], null],
    ['a disabled account and one that is gone', `O:BAD:(A;;FR;;;${MACHINE}-1003)(A;;FR;;;${MACHINE}-1999)`, 'restricted', [], 0],
    ['Users', `O:BAD:(A;;0x1200a9;;;BU)`, 'open', ['S-1-5-32-545'], null],
  ])('%s, not shared', (_, sddl, state, broad, readers) => {
    expect(answer(sddl)).toMatchObject({ source: 'windows', state, broad, readers });
  });

  it.each([5, 2, 32, 1307])('error %i is unknown, with its code', (code) => {
    const { state, reason } = answer(code);
    expect(state).toBe('unknown');
    expect(reason).toContain(String(code));
  });

  it('bytes that are no descriptor are unknown', () => {
    const source = windowsSource(directory, ACCESS_BOUNDS, {
      descriptors: { read: () => Buffer.alloc(7) },
      shares: createShareTable({ directory, read: NOT_SHARED, isRemote: () => false }),
    });
    expect(source.file(() => 'C:\\x', STAT, source.folder('C:\\', STAT, null)).state).toBe('unknown');
  });

  it('a share narrows the list, and the loosest share decides', () => {
    const narrow = packSddl(`D:(A;;0x1200a9;;;${YAMADA})`);
    expect(answer('O:BAD:(A;;FR;;;WD)', () => [share('総務', 'd:\\共有', narrow)])).toMatchObject({ state: 'restricted', readers: 1 });
    const both = answer('O:BAD:(A;;FR;;;WD)', () => [share('総務', 'd:\\共有\\総務', narrow), share('全部', 'D:\\')]);
    expect(both).toMatchObject({ state: 'open', broad: ['S-1-1-0'] });
    expect(both.reason).toContain('全部');
  });

  it('readers of several shares are counted together', () => {
    const one = packSddl(`D:(A;;FR;;;${YAMADA})`);
    const other = packSddl(`D:(A;;FR;;;${SATO})`);
    const access = answer('O:BAD:(A;;FR;;;WD)', () => [share('a', 'D:\\共有', one), share('b', 'D:\\共有', other)]);
    expect(access).toMatchObject({ state: 'restricted', readers: 2 });
  });

  it('a share of another folder, of one beside it, or of one below it does not count', () => {
    const read: ShareReader = () => [share('a', 'D:\\共'), share('b', 'E:\\'), share('c', 'D:\\共有\\総務\\下')];
    expect(answer('O:BAD:(A;;FR;;;WD)', read).reason).toContain('on no share');
  });

  it('execution is reading over a share, not at the computer itself', () => {
    const sddl = `O:BAD:(A;;0x1200a0;;;AU)`;
    expect(answer(sddl).state).toBe('restricted');
    expect(answer(sddl, () => [share('a', 'D:\\')]).state).toBe('open');
  });

  it('where the shares are not told nobody is proven to come in, and few readers stay few', () => {
    const denied: ShareReader = () => 5;
    expect(answer('O:BAD:(A;;FR;;;WD)', denied)).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('ERROR_ACCESS_DENIED (5)'),
    });
    expect(answer(`O:BAD:(A;;FR;;;${YAMADA})`, denied)).toMatchObject({ state: 'restricted', readers: 1 });
    expect(answer('O:BAD:(A;;FR;;;WD)', NOT_SHARED, 'X:\\総務', true).state).toBe('unknown');
    expect(answer('O:BAD:(A;;FR;;;WD)', () => [share('a', 'D:\\', Buffer.alloc(9))]).state).toBe('unknown');
  });

  it('a UNC path is looked up at its server, other shares of the same folder too', () => {
    const asked: (string | null)[] = [];
    const read: ShareReader = (server) => {
      asked.push(server);
      return [share('総務', 'D:\\data\\総務', packSddl(`D:(A;;FR;;;${YAMADA})`)), share('Data', 'D:\\data')];
    };
    expect(answer('O:BAD:(A;;FR;;;WD)', read, '\\\\Server\\総務\\名簿').state).toBe('open');
    expect(answer('O:BAD:(A;;FR;;;WD)', read, '\\\\Server\\なし\\名簿').state).toBe('unknown');
    expect(asked).toEqual(['Server', 'Server']);
    expect(uncOf('\\\\?\\UNC\\s\\h\\a\\b')).toEqual({ server: 's', share: 'h', rest: 'a\\b' });
    expect(uncOf('\\\\?\\C:\\a')).toBeNull();
    expect(uncOf('C:\\a')).toBeNull();
  });

  it('equal descriptors give the same object, with its owner by name', () => {
    const bytes = [`O:${YAMADA}D:(A;;FR;;;WD)`, `O:${DOMAIN_USER}D:(A;;FR;;;WD)`, `O:S-1-5-21-9-9-9-9D:(A;;FR;;;WD)`].map((sddl) =>
      packSddl(sddl),
    );
    let at = 0;
    const source = windowsSource(directory, ACCESS_BOUNDS, {
      descriptors: { read: () => bytes[at++ % bytes.length]! },
      shares: createShareTable({ directory, read: NOT_SHARED, isRemote: () => false }),
    });
    const gate = source.folder('C:\\a', STAT, null);
    const below = source.folder('C:\\a\\b', STAT, gate);
    const first = bytes.map(() => source.file(() => 'C:\\a\\x', STAT, gate));
    expect(bytes.map(() => source.file(() => 'C:\\a\\b\\x', STAT, below))).toEqual(first);
    expect(bytes.every((_, i) => source.file(() => 'x', STAT, below) === first[i])).toBe(true);
    expect(first.map((access) => source.ownerOf!(access))).toEqual(['yamada', 'DOM\\suzuki', 'S-1-5-21-9-9-9-9']);
  });

  it('a group of the site may be named as Windows names it', () => {
    const source = windowsSource(
      directory,
      { ...ACCESS_BOUNDS, broadGroups: ['DOM\\課'] },
      {
        descriptors: { read: () => packSddl(`O:BAD:(A;;FR;;;${DOMAIN_GROUP})`) },
        shares: createShareTable({ directory, read: NOT_SHARED, isRemote: () => false }),
      },
    );
    expect(source.file(() => 'x', STAT, source.folder('C:\\', STAT, null))).toMatchObject({ state: 'open', broad: ['DOM\\課'] });
  });

  it('SIDs as text and bytes', () => {
    for (const text of ['S-1-1-0', 'S-1-5-32-544', 'S-1-5-21-4294967295-0-1-500']) expect(sidTextOf(sid(text))).toBe(text);
    for (const odd of ['S-1-5', 'u:0', 'S-1-5-99999999999', 'S-1-0x100000000000-1']) expect(sidBytesOf(odd)).toBeNull();
  });

  it('a domain controller is never complete: it has groups that are not listed here', () => {
    const records = localRecords({ machine: sid(MACHINE), isDomainController: true, accounts: [], groups: [] });
    expect(records.completeDomains).toEqual([]);
  });
});
