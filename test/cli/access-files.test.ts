/** Judging a copy by lists and accounts that were taken on the server, as an auditor does. Uses the compiled program in dist/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sidBytes } from '../kit/export-file.js';
import { roster, Share } from '../kit/share.js';

const D = 'S-1-5-21-1-2-3';
let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

function ldif(): string {
  const sid = (rid: number): string => `objectSid:: ${sidBytes(`${D}-${rid}`).toString('base64')}`;
  const users = Array.from({ length: 40 }, (_, i) =>
    [`dn: CN=staff${i},DC=x`, 'objectClass: user', `sAMAccountName: staff${i}`, 'primaryGroupID: 513', sid(1100 + i), '', ''].join('\n'),
  );
  const group = (name: string, rid: number, members: number): string =>
    [
      `dn:: ${Buffer.from(`CN=${name},DC=x`).toString('base64')}`,
      'objectClass: group',
      `sAMAccountName:: ${Buffer.from(name).toString('base64')}`,
      sid(rid),
      ...Array.from({ length: members }, (_, i) => `member: CN=staff${i},DC=x`),
      '',
      '',
    ].join('\n');
  return users.join('') + group('人事課', 2001, 3) + group('総務課', 2002, 15);
}

function prepare(more = ''): string[] {
  for (const path of ['人事/名簿.csv', '人事/総務も.csv', '総務/名簿.csv', '全員.csv', '新しい.csv']) share.put(path, roster(3));
  const lists = {
    共有: 'D:PAI(A;OICI;0x1200a9;;;AU)',
    '共有\\人事\\名簿.csv': `D:AI(A;ID;FA;;;SY)(A;ID;0x1200a9;;;${D}-2001)S:AI`,
    '共有\\人事\\総務も.csv': `D:(A;;0x1200a9;;;${D}-2001)(A;;0x1200a9;;;${D}-2002)(A;;FA;;;OW)`,
    '共有\\総務\\名簿.csv': `D:(A;;0x1200a9;;;${D}-2002)(A;;RC;;;OW)`,
    '共有\\全員.csv': 'D:AI(A;ID;0x1200a9;;;AU)',
  };
  const lines = Object.entries(lists).map(([name, list]) => `${name}\r\n${list}\r\n`);
  mkdirSync(share.beside('policy'));
  writeFileSync(share.beside('policy/acl.txt'), Buffer.from(lines.join(''), 'utf16le'));
  writeFileSync(share.beside('policy/ad.ldf'), ldif());
  const policy = `directory: {form: ldif, file: ad.ldf, complete: ${D}}
accessFrom: {root: ../share, form: icacls, file: acl.txt, exportedAs: 'D:\\共有'}
${more}`;
  writeFileSync(share.beside('policy/policy.yaml'), policy);
  return ['--policy', share.beside('policy/policy.yaml')];
}

describe('lists and accounts from files', () => {
  it('scan judges the copy by them, and leaves out what they do not hold', () => {
    const { files } = share.scan(...prepare());
    expect(files.map(({ path, access }) => [path, (access as { state: string }).state, (access as { readers: number }).readers])).toEqual([
      ['全員.csv', 'open', null],
      ['新しい.csv', 'unknown', null],
      ['人事/名簿.csv', 'restricted', 4],
      ['人事/総務も.csv', 'restricted', 15],
      ['総務/名簿.csv', 'restricted', 15],
    ]);
    expect(files.find(({ path }) => path === '新しい.csv')).toMatchObject({
      verdict: 'undetermined',
      access: { source: 'icacls', reason: 'not in the export acl.txt' },
    });
  });

  it('readers besides the people concerned make a folder open, by name, and nowhere else', () => {
    const { files } = share.scan(...prepare('concerned: [{folder: 人事, readers: [人事課]}]'));
    const accessOf = (path: string): unknown => files.find((file) => file.path === path)?.access;
    expect(accessOf('人事/総務も.csv')).toMatchObject({ state: 'open', readers: 15 });
    expect((accessOf('人事/総務も.csv') as { reason: string }).reason).toBe(
      '人事課, 総務課: not among the people concerned: staff3, staff4, staff5, staff6, staff7 and 7 more',
    );
    expect(accessOf('人事/名簿.csv')).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('its owner is not in the export'),
    });
    expect(accessOf('総務/名簿.csv')).toMatchObject({ state: 'restricted' });
  });

  it('explain uses them too', () => {
    const policy = prepare();
    const verdict = (path: string): string =>
      share.run('explain', `${share.root}/${path}`, '--lang', 'en', ...policy).stdout.split('\n')[1]!;
    expect(verdict('人事/名簿.csv')).toContain('Verdict: compliant');
    expect(verdict('全員.csv')).toContain('readable beyond the people concerned');
    expect(verdict('新しい.csv')).toContain('Verdict: undetermined');
  });

  it.each([
    ['concerned: [{folder: 人事, readers: [人事科]}]', '「人事科」という名前のグループもアカウントもありません'],
    ['readersMax: 0', '1 から 1000000 までの整数'],
  ])('tells %s before anything is scanned', (more, told) => {
    const { code, stderr } = share.run('scan', share.root, '--inventory', share.beside('i.db'), '--lang', 'ja', ...prepare(more));
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
  });

  it('tells a file that is missing, with its place', () => {
    const policy = prepare();
    writeFileSync(policy[1]!, 'directory: {form: passwd, file: none.txt}');
    const { code, stderr } = share.run('scan', share.root, '--inventory', share.beside('i.db'), '--lang', 'en', ...policy);
    expect([code, stderr]).toEqual([2, expect.stringContaining('policy/none.txt: no such file')]);
  });
});
