import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findByLook } from '../../src/walk/find-name.js';
import { keyOfBytes } from '../../src/walk/name.js';
import { walk } from '../../src/walk/walk.js';

// 名簿.csv and フォルダ in CP932.
const FILE = Buffer.from('96bc95eb2e637376', 'hex');
const FOLDER = Buffer.from('83748348838b835f', 'hex');
const below = (folder: string, ...names: Buffer[]) =>
  Buffer.concat([Buffer.from(folder), ...names.flatMap((name) => [Buffer.from('/'), name])]);

let top: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'find-name-'));
  mkdirSync(below(top, FOLDER));
  writeFileSync(below(top, FILE), 'a');
  writeFileSync(below(top, FOLDER, FILE), 'b');
  mkdirSync(join(top, '二つ'));
  for (const byte of [0x80, 0x81]) writeFileSync(below(join(top, '二つ'), Buffer.from([byte])), '');
});
afterAll(() => rmSync(top, { recursive: true }));

describe.skipIf(process.platform !== 'linux')('a path with a name that is no Unicode', () => {
  const key = (...names: Buffer[]) => `${top}/${names.map(keyOfBytes).join('/')}`;

  it.each([
    ['as it is shown', '名簿.csv', [FILE]],
    ['as a shell hands its bytes over', FILE.toString('utf8'), [FILE]],
    ['as its key', keyOfBytes(FILE), [FILE]],
    ['in a folder with such a name', 'フォルダ/名簿.csv', [FOLDER, FILE]],
    ['the folder alone', 'フォルダ', [FOLDER]],
  ] as const)('is found %s', (_how, path, names) => expect(findByLook(join(top, path))).toBe(key(...names)));

  it.each(['いない.csv', 'フォルダ/いない.csv', '二つ/\ufffd'])('is not found where nothing, or more than one, can be meant: %s', (path) =>
    expect(findByLook(join(top, path))).toBeNull(),
  );

  it('can be walked, as a file and as a folder', () => {
    const names = (path: string) =>
      [...walk([path], { include: [], exclude: [], excluded: new Map() })].flatMap(({ entries }) => entries.map(({ name }) => name));
    expect(names(join(top, '名簿.csv'))).toEqual([keyOfBytes(FILE)]);
    expect(names(join(top, 'フォルダ'))).toEqual([keyOfBytes(FILE)]);
  });
});
