/** A file's name in a command line: a shell takes it for one word, whatever stands in it, and a terminal shows it harmless. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Remedy } from '../../src/parts.js';
import { remedyText } from '../../src/report/remedy.js';
import { quotePowerShell, quoteSh } from '../../src/report/shell.js';

const HOSTILE = [
  '/srv/名簿.xlsx',
  "/srv/it's",
  "/srv/';touch PWNED;'",
  '/srv/$(touch PWNED)',
  '/srv/`touch PWNED`',
  '/srv/a"b',
  '/srv/-rf',
  '/srv/a b  c',
  '/srv/line\nbreak; touch PWNED',
  '/srv/cr\rtab\t',
  '/srv/\u001b[31mred',
  '/srv/gpj.\u202etxt',
  '/srv/back\\slash\\012',
  '/srv/!history!!',
  '/srv/$'.concat('{IFS}*?[a]~#&|<>'),
  '/srv/ends in newline\n',
  "/srv/quote'and\nnewline",
];
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e]/u;
const bash = spawnSync('bash', ['-c', 'true']).status === 0;

function asBashSees(word: string): Buffer {
  return spawnSync('bash', ['-c', `printf %s ${word}`]).stdout;
}

describe.skipIf(!bash)('quoteSh', () => {
  it.each(HOSTILE)('%j is one word, and shown harmless', (path) => {
    expect(asBashSees(quoteSh(path)).toString()).toBe(path);
    expect(quoteSh(path)).not.toMatch(UNSEEN);
  });

  it('keeps names that are no Unicode byte for byte', () => {
    const path = Buffer.concat([Buffer.from('/srv/'), Buffer.from([0x83, 0x65, 0x83, 0x58, 0x5c, 0x27])]);
    expect(asBashSees(quoteSh(path)).equals(path)).toBe(true);
  });

  it('holds for any bytes but NUL', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 24, min: 1 }), (bytes) => {
        const path = Buffer.from(bytes);
        expect(asBashSees(quoteSh(path)).equals(path)).toBe(true);
        expect(quoteSh(path)).not.toMatch(UNSEEN);
      }),
      { numRuns: 100 },
    );
  });
});

describe('quotePowerShell', () => {
  it.each([
    ['C:\\共有\\名簿.xlsx', "'C:\\共有\\名簿.xlsx'"],
    ["C:\\it's", "'C:\\it''s'"],
    ['C:\\’; calc; ‘', "'C:\\’’; calc; ‘‘'"],
    ['C:\\$(calc)`n%PATH%', "'C:\\$(calc)`n%PATH%'"],
    ['C:\\a\u202eb', "(''+'C:\\a'+[char]0x202e+'b')"],
    ['\\\\nas\\共有\\a;b&c|d', "'\\\\nas\\共有\\a;b&c|d'"],
  ])('%j', (text, word) => {
    expect(quotePowerShell(text)).toBe(word);
  });
});

describe('remedyText', () => {
  const after = { state: 'restricted', source: '', broad: [], readers: 1, reason: '' } as const;
  const remedy = (over: Partial<Remedy>): Remedy => ({
    tool: 'posix',
    target: 'file',
    path: '/srv/a',
    commands: [['setfacl', '-n', '-x', 'g:5', '-m', 'o::---']],
    removes: [],
    keeps: [],
    after,
    ...over,
  });

  it('writes the backup first, and goes on only when it was written', () => {
    expect(remedyText(remedy({}), '2026').commands).toEqual([
      "(umask 077; getfacl -p -- '/srv/a' > ~/mimawari-2026-b068a6ce.facl) &&",
      "setfacl -n -x g:5 -m o::--- -- '/srv/a'",
    ]);
    expect(remedyText(remedy({ target: 'folder' }), '2026').commands[0]).toContain('getfacl -R -p --');
    expect(remedyText(remedy({}), '2026').restore).toBe('setfacl --restore=- < ~/mimawari-2026-b068a6ce.facl');
  });

  it('speaks PowerShell for icacls', () => {
    const commands = [
      ['icacls', '/inheritance:r', '/grant:r', '*S-1-5-18:(F)'],
      ['icacls', '/remove:g', '*S-1-1-0'],
    ];
    const text = remedyText(remedy({ tool: 'icacls', path: 'D:\\共有\\a.xlsx', commands }), '2026');
    expect(text.commands).toEqual([
      `icacls 'D:\\共有\\a.xlsx' /save "$HOME\\mimawari-2026-bb43ffc3.acl"`,
      "if ($?) { icacls 'D:\\共有\\a.xlsx' /inheritance:r /grant:r '*S-1-5-18:(F)' }",
      "if ($?) { icacls 'D:\\共有\\a.xlsx' /remove:g '*S-1-1-0' }",
    ]);
    expect(text.restore).toBe(`icacls 'D:\\共有' /restore "$HOME\\mimawari-2026-bb43ffc3.acl"`);
    expect(remedyText(remedy({ tool: 'icacls', path: 'D:\\a', commands }), '1').restore).toContain("icacls 'D:\\' ");
  });
});
