/** Texts of Samba's tools: the shares' own lists, accounts, mapped groups, shares made by users. */
import { describe, expect, it } from 'vitest';
import { parseGroupMap, parsePassdb } from '../../../src/access/samba/passdb.js';
import { parseShareLists } from '../../../src/access/samba/share-text.js';
import { parseUserShare } from '../../../src/access/samba/user-share.js';

describe('parseShareLists', () => {
  const text = `[kyoyu]
REVISION:1
CONTROL:SR|DP
OWNER:
GROUP:
ACL:S-1-22-1-64002:DENIED/0x0/X
ACL:S-1-5-11:ALLOWED/OI|CI/READ
ACL:S-1-22-2-64502:ALLOWED/0x0/CHANGE
ACL:S-1-1-0:ALLOWED/0x0/0x00100001
ACL:DOM\\Domain Users:ALLOWED/0x0/RX

[Shut]
Unable to retrieve permissions for share [Shut]

[odd]
REVISION:1
ACL:S-1-1-0:ALLOWED/0x0/SOMETHING
`;

  it('reads words, letters and numbers', () => {
    const list = parseShareLists(text).get('kyoyu');
    expect(typeof list === 'object' && list.dacl!.map(({ type, sid, mask }) => [type, sid, mask])).toEqual([
      [1, 'S-1-22-1-64002', 0x1200a0],
      [0, 'S-1-5-11', 0x1200a9],
      [0, 'S-1-22-2-64502', 0x1301ff],
      [0, 'S-1-1-0', 0x100001],
      [0, 'DOM\\Domain Users', 0x1200a9],
    ]);
  });

  it('tells what is no list as unreadable, never as none', () => {
    const lists = parseShareLists(text);
    expect([lists.get('shut'), lists.get('odd'), lists.get('other')]).toEqual(['unreadable', 'unreadable', undefined]);
  });
});

describe('accounts of the server', () => {
  it('puts SID and uid of a person together', () => {
    const text = `---------------
Unix username:        sato
NT username:
User SID:             S-1-5-21-1-2-3-1000
Primary Group SID:    S-1-5-21-1-2-3-513
---------------
Unix username:        gone
User SID:             S-1-5-21-1-2-3-1002
`;
    expect(parsePassdb(text, (name) => (name === 'sato' ? 'u:4001' : null))).toEqual([
      { name: 'sato', ids: ['u:4001', 'S-1-5-21-1-2-3-1000'] },
    ]);
  });

  it('reads mapped groups', () => {
    const text = 'Staff of all (S-1-5-21-1-2-3-1005) -> staff\nUsers (S-1-5-32-545) -> nowhere\n';
    expect(parseGroupMap(text, (name) => (name === 'staff' ? 'g:50' : null))).toEqual([
      { name: 'staff', ids: ['g:50', 'S-1-5-21-1-2-3-1005'] },
    ]);
  });
});

describe('parseUserShare', () => {
  it('reads path, guests and list', () => {
    const text = '#VERSION 2\npath=/srv/x\ncomment=c\nusershare_acl=S-1-1-0:R,S-1-5-21-1-2-3-4:d\nguest_ok=y\nsharename=X share\n';
    const share = parseUserShare(text, 'x share')!;
    expect([share.name, share.path, share.isGuestOk]).toEqual(['X share', '/srv/x', true]);
    expect(share.list).toMatchObject({
      dacl: [
        { type: 0, mask: 0x1200a9 },
        { type: 1, sid: 'S-1-5-21-1-2-3-4' },
      ],
    });
  });

  it.each(['', 'path=/x', '#VERSION 2\npath=relative'])('refuses %j', (text) => {
    expect(parseUserShare(text, 'x')).toBeNull();
  });

  it('a broken list is unreadable', () => {
    expect(parseUserShare('#VERSION 2\npath=/x\nusershare_acl=S-1-1-0:Q\n', 'x')?.list).toBe('unreadable');
  });
});
