/** Structures that Windows hands out as pointers, laid out here byte by byte as its headers say, for 64 bits. */
import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { decodeMembers, decodeUsers } from '../../src/windows/accounts.js';
import { decodeShares } from '../../src/windows/shares.js';

/** Keeps what pointers lead to from being collected. */
const held: Buffer[] = [];

function addressOf(bytes: Buffer): bigint {
  held.push(bytes);
  return koffi.address(bytes);
}

function text(value: string): bigint {
  return addressOf(Buffer.from(`${value}\0`, 'utf16le'));
}

function block(size: number, fields: Readonly<Record<number, number | bigint>>): Buffer {
  const bytes = Buffer.alloc(size);
  for (const [at, value] of Object.entries(fields)) {
    if (typeof value === 'bigint') bytes.writeBigUInt64LE(value, Number(at));
    else bytes.writeUInt32LE(value, Number(at));
  }
  return bytes;
}

const EVERYONE = Buffer.from('010100000000000100000000', 'hex');
const USER = Buffer.from('010500000000000515000000010000000200000003000000e9030000', 'hex');

describe('structures of Windows', () => {
  it('SHARE_INFO_502: folders with path and permissions, without those for administrators and printers', () => {
    const descriptor = Buffer.from('0102030405', 'hex');
    const share = (name: string, type: number, path: string, list: bigint) =>
      block(72, { 0: text(name), 8: type, 16: text('備考'), 24: 7, 28: 8, 32: 9, 40: text(path), 48: 0n, 56: 0, 64: list });
    const list = Buffer.concat([
      share('総務', 0, 'D:\\共有\\総務', addressOf(descriptor)),
      share('C$', 0x80000000, 'C:\\', 0n),
      share('IPC$', 0x80000003, '', 0n),
      share('プリンター', 1, 'x', 0n),
      share('一時', 0x40000000, 'D:\\一時', 0n),
    ]);
    expect(decodeShares(koffi, addressOf(list), 5, () => descriptor.length)).toEqual([
      { name: '総務', path: 'D:\\共有\\総務', descriptor },
      { name: '一時', path: 'D:\\一時', descriptor: null },
    ]);
  });

  it('USER_INFO_20', () => {
    const user = (name: string, flags: number, rid: number) =>
      block(32, { 0: text(name), 8: text('氏名'), 16: text('説明'), 24: flags, 28: rid });
    const list = Buffer.concat([user('yamada', 0x201, 1001), user('退職者', 0x203, 1002)]);
    expect(decodeUsers(koffi, addressOf(list), 2)).toEqual([
      { name: 'yamada', rid: 1001, isDisabled: false },
      { name: '退職者', rid: 1002, isDisabled: true },
    ]);
  });

  it('LOCALGROUP_MEMBERS_INFO_2: SIDs as long as they say', () => {
    const member = (sid: bigint, use: number, name: bigint) => block(24, { 0: sid, 8: use, 16: name });
    const list = Buffer.concat([member(addressOf(EVERYONE), 5, text('Everyone')), member(addressOf(USER), 1, 0n), member(0n, 1, 0n)]);
    expect(decodeMembers(koffi, addressOf(list), 3)).toEqual([
      { sid: EVERYONE, use: 5, name: 'Everyone' },
      { sid: USER, use: 1, name: null },
    ]);
  });
});
