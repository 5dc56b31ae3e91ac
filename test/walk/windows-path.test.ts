import { win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBelow } from '../../src/cli/paths.js';
import type { Entry } from '../../src/model.js';
import { withMarks } from '../../src/walk/folder.js';
import { isReservedName, namesStream, withoutLiteralPrefix } from '../../src/walk/windows-path.js';
import { literalPath } from '../../src/windows/library.js';

describe('paths of Windows', () => {
  it.each(['CON', 'con.txt', 'Aux.csv', 'nul', 'COM1', 'lpt9.tar.gz', 'com¹', 'CON .txt', '末尾の点.', '空白 '])(
    '%j is reserved',
    (name) => {
      expect(isReservedName(name)).toBe(true);
    },
  );

  it.each(['console.txt', 'COM10', 'lpt', '名簿.xlsx', 'x.con', '.aux', 'nul_1'])('%j is not reserved', (name) => {
    expect(isReservedName(name)).toBe(false);
  });

  it.each([
    ['名簿.txt:old', true],
    ['C:\\共有\\名簿.txt:Zone.Identifier:$DATA', true],
    ['\\\\?\\C:\\名簿.txt:old', true],
    ['.\\x:y', true],
    ['C:\\共有\\名簿.txt', false],
    ['c:名簿.txt', false],
    ['\\\\?\\C:\\名簿.txt', false],
    ['\\\\server\\share\\名簿.txt', false],
    ['名簿：旧.txt', false],
  ])('%j names a stream: %s', (path, expected) => {
    expect(namesStream(path)).toBe(expected);
  });

  it.each([
    ['\\\\?\\C:\\a\\b', 'C:\\a\\b'],
    ['//?/c:/a', 'c:/a'],
    ['\\\\?\\UNC\\server\\share\\a', '\\\\server\\share\\a'],
    ['\\\\server\\share', '\\\\server\\share'],
    ['\\\\?\\Volume{1}\\a', '\\\\?\\Volume{1}\\a'],
    ['C:\\a', 'C:\\a'],
  ])('%j without its literal prefix is %j', (path, expected) => {
    expect(withoutLiteralPrefix(path)).toBe(expected);
  });

  it.each([
    ['C:\\共有/総務/名簿.csv', '\\\\?\\C:\\共有\\総務\\名簿.csv'],
    ['\\\\server\\share\\a/b', '\\\\?\\UNC\\server\\share\\a\\b'],
    ['C:\\a/CON', '\\\\?\\C:\\a\\CON'],
    ['C:\\a/末尾の点.', '\\\\?\\C:\\a\\末尾の点.'],
    [`C:\\${'あ'.repeat(300)}`, `\\\\?\\C:\\${'あ'.repeat(300)}`],
    ['C:\\', '\\\\?\\C:\\'],
  ])('%j is opened as %j', (path, expected) => {
    expect(literalPath(path)).toBe(expected);
  });

  it.each([
    ['C:\\Share', 'c:\\share\\x', true],
    ['C:\\Share', 'C:\\Shares\\x', false],
    ['C:\\Share', 'D:\\Share\\x', false],
    ['C:\\', 'C:\\Users\\x', true],
    ['\\\\server\\share', '\\\\SERVER\\share\\a\\x', true],
    ['\\\\server\\share', '\\\\server\\other\\x', false],
    ['C:\\Share\\a', 'C:\\Share\\x', false],
    ['C:\\Share', 'C:\\Share\\..x', true],
  ])('below %s: %s is %s', (folder, place, expected) => {
    expect(isBelow(folder, place, win32)).toBe(expected);
  });

  it('a placeholder is told, a strange link is a link, and what failed already keeps its problem', () => {
    const entry = (name: string, sort: Entry['sort'], problem: Entry['problem'] = null): Entry => ({ name, sort, stat: null, problem });
    const gone = { stage: 'walk', code: 'gone', detail: '' } as const;
    const entries = [entry('cloud', 'file'), entry('wsl', 'file'), entry('plain', 'file'), entry('lost', 'file', gone), entry('l', 'link')];
    const marks = new Map([
      ['cloud', { attributes: 0x400000, tag: 0 }],
      ['wsl', { attributes: 0x400, tag: 0xa000001d }],
      ['plain', { attributes: 0x20, tag: 0 }],
      ['lost', { attributes: 0x1000, tag: 0 }],
    ]);
    const seen = withMarks(entries, (name) => marks.get(name) ?? null);
    expect(seen.map(({ sort, problem }) => [sort, problem?.code ?? null])).toEqual([
      ['file', 'offline'],
      ['link', null],
      ['file', null],
      ['file', 'gone'],
      ['link', null],
    ]);
  });
});
