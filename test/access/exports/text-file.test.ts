/** In which encoding an export is, and its lines; what is too long or no text is told with its line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodingOf, linesOf, openExport } from '../../../src/access/exports/text-file.js';
import { limits } from '../../../src/limits.js';
import { cp932 } from '../../kit/cp932.js';
import { exportFile, faultOf } from '../../kit/export-file.js';

const TEXT = 'Path,名前\r\n総務部,"é"\r\n最後';
const LINES = ['Path,名前', '総務部,"é"', '最後'];
const base = mkdtempSync(join(tmpdir(), 'mimawari-export-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('encodings', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16LE without a mark', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    ['UTF-16BE with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16BE without a mark', Buffer.from(TEXT, 'utf16le').swap16(), 'utf-16be'],
  ])('%s', (_title, bytes, encoding) => {
    for (const chunkBytes of [3, 4096]) {
      const file = exportFile(bytes, 'utf8', chunkBytes);
      if (chunkBytes > 3) expect(encodingOf(file)).toBe(encoding);
    }
    const lines = [...linesOf(exportFile(bytes, 'utf8', 4096))];
    expect(lines.map((line) => line.text)).toEqual(LINES);
    expect(lines.map((line) => line.number)).toEqual([1, 2, 3]);
    expect(lines.map((line) => line.isWhole)).toEqual([true, true, false]);
  });

  it('CP932, also where the first name in kanji stands far down', () => {
    const bytes = Buffer.concat([Buffer.from('a,b\r\n'.repeat(2000)), cp932('総務部ソ表\r\n')]);
    expect(encodingOf(exportFile(bytes, 'utf8', 1000))).toBe('shift_jis');
    expect([...linesOf(exportFile(bytes, 'utf8', 1000))].at(-1)).toEqual({ text: '総務部ソ表', number: 2001, isWhole: true });
  });

  it('tells bytes of no encoding with their line', () => {
    const bytes = Buffer.concat([Buffer.from('a\nb\n'), Buffer.of(0x81, 0xff, 0xfd), Buffer.from('\n')]);
    expect(faultOf(() => [...linesOf(exportFile(bytes))])).toMatch(/^export\.txt:\d+: near this line are bytes of neither/);
  });
});

describe('bounds', () => {
  it('refuses a giant line, whatever its pieces', () => {
    const giant = Buffer.alloc(limits.exportEntryCharsMax + 4096, 0x61);
    expect(faultOf(() => [...linesOf(exportFile(Buffer.concat([Buffer.from('x\n'), giant]), 'utf8', 65_536))])).toBe(
      'export.txt:2: too long here: this is no file of the given form',
    );
  });

  it('tells a file that is missing, and one that is none', () => {
    expect(faultOf(() => openExport(join(base, 'none')))).toContain('none: no such file');
    expect(faultOf(() => openExport(base))).toContain('is not a file');
    expect(faultOf(() => openExport('/dev/zero'))).toContain('is not a file');
    writeFileSync(join(base, 'two'), 'a\nb');
    const file = openExport(join(base, 'two'));
    expect([1, 2].map(() => [...linesOf(file)].length)).toEqual([2, 2]);
  });
});
